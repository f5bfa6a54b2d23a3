"""Words of `/deal`: one table behind parsing, help, README and manifest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from handlers.slack_text import Decoded
from handlers.vocabulary.care import CARE
from handlers.vocabulary.command import Command, Subject
from handlers.vocabulary.deals import DEALS
from handlers.vocabulary.finding import FINDING
from handlers.vocabulary.forecasting import FORECASTING
from handlers.vocabulary.settings import SETTINGS
from pipeline.deal import read_code
from pipeline.names import fold

# Words that have nothing to do with each other come near: "target" is 73 like "stage".
NEAR = 74
# "please set the value": in front of a command they say nothing.
_COURTESIES = frozenset(
    map(
        fold,
        ("please", "pls", "set", "update", "the", "bitte", "setze", "den", "die", "das"),
    )
)

COMMANDS: tuple[Command, ...] = (*DEALS, *CARE, *FINDING, *FORECASTING, *SETTINGS)
# Folded words with their subject and how they are written; every request looks its word up here.
_WORDS: Mapping[str, tuple[Subject, str]] = {
    fold(each): (command.subject, each) for command in COMMANDS for each in command.words
}
_BY_SUBJECT: Mapping[Subject, Command] = {command.subject: command for command in COMMANDS}


@dataclass(frozen=True, slots=True)
class Typed:
    """A command with its rest; no subject where its word is unknown, then with the nearest ones."""

    subject: Subject | None
    word: str
    rest: Decoded
    nearest: Sequence[str] = ()


def parse(decoded: Decoded) -> Typed:
    """Total: any text gives a subject or a hint."""
    text = decoded.text.strip()
    if not text:
        return Typed(Subject.NEW, "", Decoded("", decoded.mentions))
    word, rest = _first(text)
    subject = subject_of(word)
    if subject:
        return Typed(subject, word, Decoded(rest.strip(), decoded.mentions))
    plain = _without_courtesies(text)
    if plain != text and subject_of(_first(plain)[0]):
        return parse(Decoded(plain, decoded.mentions))
    if read_code(word) is not None:
        return _deal_alone(word, rest, decoded)
    return Typed(None, decoded.spelled(word), Decoded(rest.strip(), decoded.mentions), nearest(word))


def _first(text: str) -> tuple[str, str]:
    """The word of the command and what follows: `close date` is `close-date`, a second `/deal` is none."""
    words = text.split(maxsplit=2)
    if len(words) > 1 and words[0] == "/deal":
        return _first(text.split(maxsplit=1)[1])
    joined = "-".join(words[:2])
    if len(words) > 1 and subject_of(joined):
        return joined, "".join(words[2:])
    return words[0], text[len(words[0]) :]


def _without_courtesies(text: str) -> str:
    words = text.split(maxsplit=1)
    while len(words) > 1 and fold(words[0]) in _COURTESIES and not subject_of(words[0]):
        text = words[1]
        words = text.split(maxsplit=1)
    return text


def _deal_alone(word: str, rest: str, decoded: Decoded) -> Typed:
    """A code and nothing else is a deal to be shown; what is to be done with it must be said."""
    whole = Decoded(f"{word} {rest.strip()}".strip(), decoded.mentions)
    if not rest.strip():
        return Typed(Subject.SHOW, word, whole)
    return Typed(None, word, whole, (command_of(Subject.MOVE).words[0],))


def subject_of(word: str) -> Subject | None:
    found = _WORDS.get(fold(word))
    return found[0] if found else None


def command_of(subject: Subject) -> Command:
    return _BY_SUBJECT[subject]


def nearest(word: str) -> Sequence[str]:
    """Words that look like the one typed, of two subjects at most, best first."""
    found = process.extract(fold(word), list(_WORDS), scorer=fuzz.ratio, limit=None, score_cutoff=NEAR)
    best: dict[Subject, str] = {}
    for match in found:
        subject, meant = _WORDS[match[0]]
        best.setdefault(subject, meant)
    return tuple(best.values())[:2]
