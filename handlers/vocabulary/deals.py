"""Acts on a deal."""

from handlers.vocabulary.command import Command, Subject
from pipeline.permissions import Act

DEALS: tuple[Command, ...] = (
    Command(
        Subject.NEW,
        ("new", "create", "add"),
        ("neu", "neuer", "anlegen"),
        (
            "new TITLE [VALUE] [@owner] [at COMPANY] [by DATE] [in PIPELINE]",
            "neu TITEL [WERT] [@wer] [bei FIRMA] [bis DATUM] [in PIPELINE]",
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
        ("verschiebe", "verschieb", "verschieben", "bewege"),
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
)
