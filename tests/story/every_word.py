"""Each word of `/deal` with a line that works, in both languages: what is answered, and what is then in the row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from handlers.vocabulary.command import Subject
from pipeline.deal import ChangeKind
from pipeline.money import Money
from pipeline.orders import Said
from pipeline.stages import Category, Field


@dataclass(frozen=True)
class Sample:
    """`rest` follows the word and `said` is part of the answer, in English and in German.

    `state` is how the deal stands before; `kind` the change that the line makes, with what the deal holds then. None
    changes no deal.
    """

    rest: tuple[str, str]
    said: tuple[str, str]
    kind: ChangeKind | None = None
    holds: Said = field(default_factory=dict)
    stage: str = "lead"
    state: str = ""


def _same(text: str) -> tuple[str, str]:
    return text, text


SAMPLES: Mapping[Subject, Sample] = {
    Subject.NEW: Sample(
        ("{title} 12k at Acme by 2030-12-15", "{title} 12k bei Acme bis 15.12.2030"),
        ("is in Lead generation, €12,000, Acme", "steht in Lead-Generierung, 12.000 €, Acme"),
        ChangeKind.CREATED,
        {Field.VALUE: Money(1_200_000, "EUR"), Field.COMPANY: "Acme", Field.CLOSE_ON: date(2030, 12, 15)},
        state="none",
    ),
    Subject.SHOW: Sample(
        _same("D-{0}"), ("{title} · €1 · Lead generation", "{title} · 1 € · Lead-Generierung")
    ),
    Subject.MOVE: Sample(
        ("D-{0} qualification", "D-{0} Qualifizierung"),
        ("Lead generation → Qualification by olga", "Lead-Generierung → Qualifizierung"),
        ChangeKind.MOVED,
        stage="qualification",
    ),
    Subject.WON: Sample(_same("D-{0}"), ("→ Won by olga", "→ Gewonnen"), ChangeKind.WON, stage="won"),
    Subject.LOST: Sample(
        ("D-{0} too dear", "D-{0} too dear"),
        ("→ Lost by olga", "→ Verloren"),
        ChangeKind.LOST,
        {Field.REASON: "too dear"},
        stage="lost",
    ),
    Subject.REOPEN: Sample(
        _same("D-{0}"),
        ("Lost → Lead generation", "Verloren → Lead-Generierung"),
        ChangeKind.REOPENED,
        {Field.REASON: ""},
        state="lost",
    ),
    Subject.UNDO: Sample(_same("D-{0}"), ("was taken back", "zurückgenommen"), ChangeKind.UNDONE),
    Subject.VALUE: Sample(
        ("D-{0} 9k", "D-{0} 9.000 €"),
        ("Value: €9,000", "Wert: 9.000 €"),
        ChangeKind.EDITED,
        {Field.VALUE: Money(900_000, "EUR")},
    ),
    Subject.HISTORY: Sample(_same("D-{0}"), ("History of D-{0} {title}", "Verlauf von D-{0} {title}")),
    Subject.EDIT: Sample(_same("D-{0}"), ("Edit D-{0}", "D-{0}"), state="form"),
    Subject.ASSIGN: Sample(
        _same("D-{0} @ben"), ("Owner: ben", "Besitzer: ben"), ChangeKind.EDITED, {Field.OWNER: "U0BEN"}
    ),
    Subject.CLAIM: Sample(
        _same("D-{0}"), ("Owner: olga", "Besitzer: jonas"), ChangeKind.EDITED, state="unowned"
    ),
    Subject.CLOSE_DATE: Sample(
        ("D-{0} 2030-03-31", "D-{0} 31.3.2030"),
        ("Expected close: Mar 31, 2030", "31.03.2030"),
        ChangeKind.EDITED,
        {Field.CLOSE_ON: date(2030, 3, 31)},
    ),
    Subject.NEXT: Sample(
        ("D-{0} call them 2030-01-15", "D-{0} call them 15.1.2030"),
        ("Next step: call them", "Nächster Schritt: call them"),
        ChangeKind.EDITED,
        {Field.NEXT_STEP: "call them", Field.NEXT_STEP_ON: date(2030, 1, 15)},
    ),
    Subject.NOTE: Sample(
        ("D-{0} they called", "D-{0} they called"),
        ("note by olga: they called", "Notiz von jonas: they called"),
        ChangeKind.NOTED,
    ),
    Subject.NURTURE: Sample(
        ("D-{0} until 2030-02-01", "D-{0} bis 1.2.2030"),
        ("Parked until: Feb 1, 2030", "01.02.2030"),
        ChangeKind.EDITED,
        {Field.NURTURE_UNTIL: date(2030, 2, 1)},
    ),
    Subject.SNOOZE: Sample(
        ("D-{0} until 2030-02-01", "D-{0} bis 1.2.2030"),
        ("is out of the top list until Feb 1, 2030", "fehlt bis 01.02.2030 in den Prioritäten"),
        ChangeKind.SNOOZED,
        {Field.SNOOZED_UNTIL: date(2030, 2, 1)},
    ),
    Subject.MERGE: Sample(
        _same("D-{0} D-{other}"), ("took in D-{other}", "D-{other}"), ChangeKind.MERGED, state="twice"
    ),
    Subject.VOID: Sample(_same("D-{0}"), ("was made void by olga", "ungültig"), ChangeKind.VOIDED),
    Subject.FORGET: Sample(_same("{contact}"), ("One deal has this contact", "Ein Deal hat diesen Kontakt")),
    Subject.LIST: Sample(("mine", "meine"), ("Open deals: Owner olga", "Offene Deals: Besitzer jonas")),
    Subject.FIND: Sample(_same("{title}"), ("D-{0} ", "D-{0} ")),
    Subject.TOP: Sample(("mine", "meine"), ("Top deals: Owner olga", "Prioritäten: Besitzer jonas")),
    Subject.BOARD: Sample(_same(""), ("Negotiation", "Verhandlung")),
    Subject.CHANGES: Sample(("since yesterday", "seit gestern"), ("Changes since", "Änderungen seit")),
    Subject.BOTTLENECKS: Sample(_same(""), ("ottlenecks", "Engpäss")),
    Subject.FORECAST: Sample(("quarter", "quartal"), ("forecast yet", "Prognose")),
    Subject.CALL: Sample(
        ("120k quarter", "120k quartal"),
        ("you call €120,000 for everybody.", "Du sagst 120.000 € an, für alle."),
    ),
    Subject.TARGET: Sample(
        ("300k quarter", "300k quartal"),
        ("the target is €300,000 now", "Das Ziel ist jetzt 300.000 €"),
    ),
    Subject.CATEGORY: Sample(
        ("D-{0} best case", "D-{0} Bestfall"),
        ("Forecast category: best case", "Prognosekategorie: Bestfall"),
        ChangeKind.EDITED,
        {Field.CATEGORY: Category.BEST_CASE},
    ),
    Subject.PEOPLE: Sample(_same("@mia manager"), ("mia is manager now", "mia hat jetzt die Rolle Manager")),
    Subject.STAGES: Sample(
        ("chance proposal {chance}%", "wahrscheinlichkeit Angebotserstellung {chance} %"),
        ("Proposal: {chance} % chance", "Angebotserstellung: {chance} % Wahrscheinlichkeit"),
    ),
    Subject.SETTINGS: Sample(
        ("zone {zone}", "zeitzone {zone}"), ("The time zone is {zone} now", "Die Zeitzone ist jetzt {zone}")
    ),
    Subject.HELP: Sample(
        ("move", "verschiebe"), ("Move a deal to a stage", "Bringt einen Deal in eine Phase")
    ),
}
