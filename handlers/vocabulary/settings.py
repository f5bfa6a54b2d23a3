"""People, settings, and help."""

from handlers.vocabulary.command import Command, Subject
from pipeline.permissions import Act

SETTINGS: tuple[Command, ...] = (
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
