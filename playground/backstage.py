"""What the page may ask of the program that runs the bot beside this Slack."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class CommandWord:
    """One word of the bot's command, offered while somebody types."""

    word: str
    usage: str
    does: str


@dataclass(frozen=True)
class Shortcut:
    """An entry of the bot in Slack's menus; `kind` is `message` or `global`."""

    name: str
    callback_id: str
    kind: str


@dataclass(frozen=True)
class Offers:
    """What the bot's manifest tells Slack, and what a person may type after the command."""

    command: str
    words: Sequence[CommandWord]
    shortcuts: Sequence[Shortcut]


class Backstage(Protocol):
    """A bot that runs elsewhere has none, and the page then offers none of this. Calls may take seconds."""

    def bot_runs(self) -> bool: ...

    def stop_bot(self) -> None: ...

    def start_bot(self) -> None: ...

    def start_over(self) -> None:
        """The sample deals again, and an empty Slack."""
        ...

    def read_file(self, name: str, content: bytes, *, apply: bool) -> str:
        """What an import of this file would do, or has done, in lines of text."""
        ...

    def clock_moved(self) -> None:
        """What is due now shall happen now."""
        ...

    def offers(self, locale: str) -> Offers: ...
