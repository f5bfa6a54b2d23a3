"""Which table of texts a person or channel gets."""

from functools import cache

from handlers.texts.english import English
from handlers.texts.german import German


@cache
def texts(language: str | None) -> English:
    """English for every language but German."""
    return German() if (language or "").lower().startswith("de") else English()
