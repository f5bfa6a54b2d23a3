"""What the bot says, in German."""

from typing_extensions import override  # noqa: F401

from handlers.texts.english import English


class German(English):
    locale = "de"
