"""What `/deal stages ...` is read as."""

from dataclasses import replace

import pytest

from handlers.stage_lines import UnreadableShape, read_shape
from pipeline.errors import UnknownStage
from pipeline.shapes import AddStage, AlterStage, ArchiveStage, PlaceStage, Reshaping, RestoreStage
from pipeline.stages import Category, Field
from tests.views.gallery.sitter import PIPELINE

LEAD, QUALIFICATION, PROPOSAL, CLOSING, WON = 1, 2, 3, 5, 6


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("rename proposal to Offer", AlterStage(PROPOSAL, english="Offer")),
        ("rename lead generation to In box", AlterStage(LEAD, english="In box")),
        ("rename prop -> Offer / Angebot", AlterStage(PROPOSAL, english="Offer", german="Angebot")),
        ("umbenennen Lead-Generierung in Eingang", AlterStage(LEAD, english="Eingang")),
        ("rename won to Signed", AlterStage(WON, english="Signed")),
        ("chance lead generation 40 %", AlterStage(LEAD, chance=40)),
        ("wahrscheinlichkeit Abschluss 95%", AlterStage(CLOSING, chance=95)),
        ("patience proposal 10d", AlterStage(PROPOSAL, patience=10)),
        ("patience proposal 3 weeks", AlterStage(PROPOSAL, patience=21)),
        ("gate proposal close date", AlterStage(PROPOSAL, gate=[Field.CLOSE_ON])),
        ("geduld Abschluss 3 Tage", AlterStage(CLOSING, patience=3)),
        ("gate proposal contact, value", AlterStage(PROPOSAL, gate=[Field.CONTACT, Field.VALUE])),
        (
            "gate proposal close on and next step",
            AlterStage(PROPOSAL, gate=[Field.CLOSE_ON, Field.NEXT_STEP]),
        ),
        ("pflichtfelder proposal Bedarf und Wert", AlterStage(PROPOSAL, gate=[Field.NEED, Field.VALUE])),
        ("gate proposal none", AlterStage(PROPOSAL, gate=())),
        ("category proposal best case", AlterStage(PROPOSAL, category=Category.BEST_CASE)),
        ("kategorie proposal Zusage", AlterStage(PROPOSAL, category=Category.COMMIT)),
        ("add Demo", AddStage("Demo", "Demo")),
        ("add Day after / Tag danach after lead generation", AddStage("Day after", "Tag danach", LEAD)),
        ("add Demo before proposal", AddStage("Demo", "Demo", QUALIFICATION)),
        ("neu Demo vor Angebotserstellung", AddStage("Demo", "Demo", QUALIFICATION)),
        ("order closing before proposal", PlaceStage(CLOSING, QUALIFICATION)),
        ("order closing before lead", PlaceStage(CLOSING, None)),
        ("order proposal before closing", PlaceStage(PROPOSAL, 4)),
        ("order closing first", PlaceStage(CLOSING, None)),
        ("ordnen Abschluss nach Qualifizierung", PlaceStage(CLOSING, QUALIFICATION)),
        ("archive lead generation", ArchiveStage(LEAD)),
        ("archive lead generation into closing", ArchiveStage(LEAD, CLOSING)),
        ("archivieren lead in Abschluss", ArchiveStage(LEAD, CLOSING)),
        ("restore proposal", RestoreStage(PROPOSAL)),
    ],
)
def test_a_line_says_what_is_to_be_done_to_which_stage(line: str, order: Reshaping) -> None:
    assert read_shape(PIPELINE, line) == order


def test_a_separating_word_may_stand_in_a_name() -> None:
    stages = [replace(each, english="Made to order") if each.id == LEAD else each for each in PIPELINE.stages]
    pipeline = replace(PIPELINE, stages=tuple(stages))
    assert read_shape(pipeline, "rename Made to order to Custom") == AlterStage(LEAD, english="Custom")


@pytest.mark.parametrize(
    "line",
    [
        "frob",
        "rename",
        "rename proposal",
        "chance proposal",
        "chance proposal x",
        "add Demo 30% 5 days",
        "add X before lead",
    ],
)
def test_half_a_line_is_asked_about(line: str) -> None:
    with pytest.raises(UnreadableShape):
        read_shape(PIPELINE, line)


@pytest.mark.parametrize(
    "line", ["archive nowhere", "rename no such to Offer", "archive lead into nowhere", "add X after Y"]
)
def test_a_stage_of_nowhere_is_named(line: str) -> None:
    with pytest.raises(UnknownStage):
        read_shape(PIPELINE, line)
