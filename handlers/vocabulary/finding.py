"""Lists, searches, and the pipeline as a whole."""

from handlers.vocabulary.command import Command, Subject
from pipeline.permissions import Act

FINDING: tuple[Command, ...] = (
    Command(
        Subject.LIST,
        ("list", "ls"),
        ("liste", "auflisten"),
        (
            (
                "list [STAGE] [in PIPELINE] [@owner] [mine] [unowned] [stale] [overdue] [parked] [over AMOUNT] "
                "[closing this month]"
            ),
            (
                "liste [PHASE] [in PIPELINE] [@wer] [meine] [ohne Besitzer] [liegt] [überfällig] [geparkt] "
                "[über BETRAG] [schließt diesen Monat]"
            ),
        ),
        (
            "Open deals, narrowed down by what you add",
            "Offene Deals, eingegrenzt durch das, was du dazuschreibst",
        ),
        ("list negotiation mine over 50k", "liste Verhandlung meine über 50k"),
        Act.LOOK,
    ),
    Command(
        Subject.FIND,
        ("find", "search"),
        ("suche", "suchen", "finde"),
        ("find WORDS", "suche WORTE"),
        (
            "Deals by parts of title, company or contact, closed ones too",
            "Deals nach Teilen von Titel, Firma oder Kontakt, auch geschlossene",
        ),
        ("find acme", "suche acme"),
        Act.LOOK,
    ),
    Command(
        Subject.TOP,
        ("top", "priorities", "priority"),
        ("prioritäten", "vorrang", "wichtigste"),
        (
            "top [mine] [@person] [team] [STAGE] [in PIPELINE]",
            "prioritäten [meine] [@wer] [team] [PHASE] [in PIPELINE]",
        ),
        (
            "The few deals that deserve attention first and those at risk, and why",
            "Die wenigen Deals, die zuerst Aufmerksamkeit verdienen, und die gefährdeten, und warum",
        ),
        ("top mine", "prioritäten meine"),
        Act.LOOK,
    ),
    Command(
        Subject.BOARD,
        ("board",),
        ("tafel", "übersicht", "pipeline"),
        ("board [PIPELINE]", "tafel [PIPELINE]"),
        (
            "Each stage with its deals, their value and weighted value",
            "Jede Phase mit ihren Deals, deren Wert und gewichtetem Wert",
        ),
        ("board", "tafel"),
        Act.LOOK,
    ),
    Command(
        Subject.BOTTLENECKS,
        ("bottlenecks", "bottleneck"),
        ("engpässe", "engpass"),
        ("bottlenecks [PIPELINE]", "engpässe [PIPELINE]"),
        (
            "Where deals get stuck, and which stage would bring most if it were better",
            "Wo Deals hängen bleiben, und in welcher Phase eine Verbesserung am meisten brächte",
        ),
        ("bottlenecks", "engpässe"),
        Act.LOOK,
    ),
    Command(
        Subject.CHANGES,
        ("changes", "bridge"),
        ("änderungen", "aenderungen", "brücke"),
        (
            "changes [since monday | since DATE | since last week] [in PIPELINE] [mine] [@owner] [closing this quarter]",
            "änderungen [seit montag | seit DATUM | seit letzter woche] [in PIPELINE] [meine] [@wer] [schließt dieses quartal]",
        ),
        (
            "From what was open then to what is open now: each step with its deals",
            "Von dem, was damals offen war, zu dem, was jetzt offen ist: jeder Schritt mit seinen Deals",
        ),
        ("changes since monday", "änderungen seit montag"),
        Act.LOOK,
    ),
)
