"""What every bot that runs in a test logs at DEBUG, as the product would write it: searched when the bot stops."""

import io
import logging
import re
from collections.abc import Iterable, Iterator

from sqlalchemy import text

from bot.app import Bot
from bot.logs import hush, writing_to
from bot.settings import Settings
from handlers.vocabulary.command import Subject
from pipeline.errors import ArchiveDown
from pipeline.stages import LIMITS

_SECRET = re.compile(
    r"xox[a-z]-|xapp-|xoxe[.-]|hooks\.slack\.com|/response/|\bticket=\w|authorization\W+(?:bearer|basic)",
    re.IGNORECASE,
)
# Shorter ones stand in ordinary words.
LEAST_WORD = 6
READ_SECONDS = 0.5
# A line names its command; who writes a note "forget" has not been overheard by it.
_OWN = frozenset(subject.value for subject in Subject)
# What people say in stories, wherever it is not written down: refused, misread, or taken back at once.
PLANTED = (
    *("Acme renewal", "Beta rollout", "Zebrafinch", "Quokka", "Wilhelmina", "frobnicate"),
    *("too expensive", "whispered", "They like the pilot", "They called", "Budget is fixed", "Psst"),
)
_FREE = ", ".join(f"'{field.value}'" for field in LIMITS)
_TYPED = (
    *(f"SELECT {field.value} FROM deals" for field in LIMITS),  # noqa: S608 - our words
    "SELECT note FROM changes",
    *(f"SELECT {side} FROM field_changes WHERE field IN ({_FREE})" for side in ("old", "new")),  # noqa: S608 - our words
)


class LogNet:
    """From before the bot is built, because Bolt asks only then how much it is to say."""

    def __init__(self, settings: Settings) -> None:
        self._said = io.StringIO()
        self._secrets = settings.secrets
        self._handler = writing_to(self._said, settings.secrets)
        # pytest puts back what tests/conftest.py has set.
        logging.getLogger().setLevel(logging.DEBUG)
        logging.getLogger().addHandler(self._handler)
        hush()

    def close(self) -> None:
        logging.getLogger().removeHandler(self._handler)

    def leaks(self, typed: Iterable[str] = ()) -> list[str]:
        return leaking(self._said.getvalue().splitlines(), (*self._secrets, *typed))


def leaking(lines: Iterable[str], words: Iterable[str] = ()) -> list[str]:
    """Lines that hold a secret, or what people have typed."""
    sought = {each.casefold() for each in (*PLANTED, *words) if len(each) >= LEAST_WORD} - _OWN
    folded = ((line, line.casefold()) for line in lines)
    return [line for line, low in folded if _SECRET.search(low) or any(word in low for word in sought)]


def typed_into(bot: Bot, until: float) -> Iterator[str]:
    """Every text that people have given and that is written down; none where the database is away."""
    try:
        with bot.store.read("T0SALES", until) as work:
            for statement in _TYPED:
                yield from filter(None, work.tx.connection.execute(text(statement)).scalars())
    except ArchiveDown:
        return
