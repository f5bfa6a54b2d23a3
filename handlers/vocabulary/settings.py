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
        Subject.STAGES,
        ("stages", "stage"),
        ("phasen", "phase"),
        (
            "stages [in PIPELINE:] [new PIPELINE: STAGE, STAGE | add | rename | chance | patience | gate | category | order | archive | restore …]",
            "phasen [in PIPELINE:] [neu PIPELINE: PHASE, PHASE | neu | umbenennen | wahrscheinlichkeit | geduld | pflichtfelder | kategorie | ordnen | archivieren | wiederherstellen …]",
        ),
        (
            "The stages, their chances, patience and gates; admins change them and make other pipelines",
            "Die Phasen, ihre Wahrscheinlichkeit, Geduld und Pflichtfelder; Admins ändern sie und legen weitere Pipelines an",
        ),
        ("stages rename proposal to Offer", "phasen umbenennen Verhandlung in Endverhandlung"),
        Act.LOOK,
    ),
    Command(
        Subject.SETTINGS,
        ("settings", "setting"),
        ("einstellungen", "einstellung"),
        (
            "settings [language | zone | currency | main-channel | money …]",
            "einstellungen [sprache | zeitzone | währung | hauptkanal | geld …]",
        ),
        (
            "Language, zone, currency, main channel, money in a channel; admins change them",
            "Sprache, Zeitzone, Währung, Hauptkanal, Geld in einem Kanal; Admins ändern sie",
        ),
        ("settings zone Europe/Berlin", "einstellungen zeitzone Europe/Berlin"),
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
