"""Words of `/deal`: one table behind parsing, help, README and manifest."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from handlers.slack_text import Decoded
from pipeline.names import fold
from pipeline.permissions import Act

NEAR = 70


class Subject(StrEnum):
    NEW = "new"
    SHOW = "show"
    MOVE = "move"
    WON = "won"
    LOST = "lost"
    REOPEN = "reopen"
    UNDO = "undo"
    VALUE = "value"
    HISTORY = "history"
    PEOPLE = "people"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Command:
    """One subject: its words in both languages, how it is used, what it does, what it takes to use it."""

    subject: Subject
    english: tuple[str, ...]
    german: tuple[str, ...]
    usage: tuple[str, str]
    does: tuple[str, str]
    example: tuple[str, str]
    act: Act

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.english, *self.german)


COMMANDS: tuple[Command, ...] = (
    Command(
        Subject.NEW,
        ("new", "create", "add"),
        ("neu", "neuer", "anlegen"),
        (
            "new TITLE [VALUE] [@owner] [at COMPANY] [by DATE]",
            "neu TITEL [WERT] [@wer] [bei FIRMA] [bis DATUM]",
        ),
        (
            "Create a deal; without a title it opens a form",
            "Legt einen Deal an; ohne Titel öffnet sich ein Formular",
        ),
        ("new Acme renewal 12k at Acme by 15.12.", "neu Acme Verlängerung 12k bei Acme bis 15.12."),
        Act.CREATE,
    ),
    Command(
        Subject.SHOW,
        ("show", "view", "open"),
        ("zeige", "zeig", "zeigen"),
        ("show DEAL", "zeige DEAL"),
        ("Show a deal with a button for every stage", "Zeigt einen Deal mit einem Knopf je Phase"),
        ("show D-42", "zeige D-42"),
        Act.LOOK,
    ),
    Command(
        Subject.MOVE,
        ("move", "mv"),
        ("verschiebe", "verschieben", "bewege"),
        ("move DEAL STAGE [note]", "verschiebe DEAL PHASE [Notiz]"),
        ("Move a deal to a stage, forwards or backwards", "Bringt einen Deal in eine Phase, vor oder zurück"),
        ("move D-42 negotiation", "verschiebe D-42 Verhandlung"),
        Act.CHANGE,
    ),
    Command(
        Subject.WON,
        ("won", "win"),
        ("gewonnen",),
        ("won DEAL [note]", "gewonnen DEAL [Notiz]"),
        ("Close a deal as won", "Schließt einen Deal als gewonnen"),
        ("won D-42", "gewonnen D-42"),
        Act.CHANGE,
    ),
    Command(
        Subject.LOST,
        ("lost", "lose"),
        ("verloren",),
        ("lost DEAL REASON", "verloren DEAL GRUND"),
        ("Close a deal as lost, with the reason", "Schließt einen Deal als verloren, mit Grund"),
        ("lost D-42 too expensive", "verloren D-42 zu teuer"),
        Act.CHANGE,
    ),
    Command(
        Subject.REOPEN,
        ("reopen",),
        ("wiedereröffnen", "öffne"),
        ("reopen DEAL", "wiedereröffnen DEAL"),
        (
            "Open a closed deal again, where it was closed",
            "Öffnet einen Deal wieder, wo er geschlossen wurde",
        ),
        ("reopen D-42", "wiedereröffnen D-42"),
        Act.CHANGE,
    ),
    Command(
        Subject.UNDO,
        ("undo",),
        ("rückgängig", "zurücknehmen"),
        ("undo DEAL", "rückgängig DEAL"),
        (
            "Take back the last change of a deal, for a day",
            "Nimmt die letzte Änderung zurück, einen Tag lang",
        ),
        ("undo D-42", "rückgängig D-42"),
        Act.UNDO,
    ),
    Command(
        Subject.VALUE,
        ("value", "worth"),
        ("wert",),
        ("value DEAL AMOUNT", "wert DEAL BETRAG"),
        ("Say what a deal is worth", "Sagt, was ein Deal wert ist"),
        ("value D-42 12k", "wert D-42 12.000 €"),
        Act.CHANGE,
    ),
    Command(
        Subject.HISTORY,
        ("history", "log"),
        ("verlauf", "historie"),
        ("history DEAL", "verlauf DEAL"),
        ("Everything that happened to a deal", "Alles, was mit einem Deal geschah"),
        ("history D-42", "verlauf D-42"),
        Act.LOOK,
    ),
    Command(
        Subject.PEOPLE,
        ("people", "roles"),
        ("leute", "rollen"),
        ("people [@person ROLE]", "leute [@wer ROLLE]"),
        ("Who has which role; admins change it", "Wer welche Rolle hat; Admins ändern sie"),
        ("people @ana manager", "leute @ana manager"),
        Act.LOOK,
    ),
    Command(
        Subject.HELP,
        ("help", "?"),
        ("hilfe",),
        ("help [word]", "hilfe [Wort]"),
        ("This list, or one word in detail", "Diese Liste, oder ein Wort genauer"),
        ("help move", "hilfe verschiebe"),
        Act.LOOK,
    ),
)


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
    word, rest = (*text.split(maxsplit=1), "")[:2]
    subject = subject_of(word)
    if subject:
        return Typed(subject, word, Decoded(rest.strip(), decoded.mentions))
    return Typed(None, decoded.spelled(word), Decoded(rest.strip(), decoded.mentions), nearest(word))


def subject_of(word: str) -> Subject | None:
    folded = fold(word)
    return next(
        (command.subject for command in COMMANDS for each in command.words if fold(each) == folded), None
    )


def command_of(subject: Subject) -> Command:
    return next(command for command in COMMANDS if command.subject is subject)


def nearest(word: str) -> Sequence[str]:
    """Words that look like the one typed, of two subjects at most, best first."""
    words = {fold(each): (command.subject, each) for command in COMMANDS for each in command.words}
    found = process.extract(fold(word), list(words), scorer=fuzz.ratio, limit=None, score_cutoff=NEAR)
    best: dict[Subject, str] = {}
    for match in found:
        subject, meant = words[match[0]]
        best.setdefault(subject, meant)
    return tuple(best.values())[:2]
