"""Pipelines in what people type."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.filters import Asking, UnknownFilter, read_filters
from handlers.new_line import may_name_pipeline, read_new_line
from handlers.pipeline_lines import UnreadablePipeline, meant, read_pipeline_line
from handlers.slack_text import decode
from pipeline.finding import Wanted
from pipeline.shapes import EstablishPipeline, RenamePipeline
from pipeline.stages import Pipeline, evenly_planned
from tests.views.gallery.sitter import PIPELINE, pipeline_of

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def other(number: int, name: str, *stages: str) -> Pipeline:
    made = pipeline_of(evenly_planned(stages or ("Contact", "Pilot", "Proposal")))
    numbered = tuple(replace(stage, id=stage.id + 10 * number) for stage in made.stages)
    return replace(made, id=number, key=name.lower(), name=name, stages=numbered)


SALES = replace(PIPELINE, name="Sales")
PARTNERS = other(2, "Partners")
PUBLIC = other(3, "Public Sector", "Tender", "Award")
KNOWN = (SALES, PARTNERS, PUBLIC, other(4, "3 weeks"), other(5, "90000 days"))
THREE = (("Contact", "Kontakt"), ("Pilot", "Pilot"), ("Contract", "Contract"))


@pytest.mark.parametrize(
    "line",
    [
        "new Resellers: Contact / Kontakt, Pilot, Contract",
        "new pipeline Resellers: Contact/Kontakt; Pilot ; Contract,",
        "neu Resellers:Contact / Kontakt → Pilot → Contract",
        "neue Pipeline “Resellers”: Contact / Kontakt | Pilot | Contract",
    ],
)
def test_a_pipeline_is_made_of_a_name_and_its_stages(line: str) -> None:
    assert read_pipeline_line(line, KNOWN, SALES) == EstablishPipeline("Resellers", THREE)


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("rename pipeline Partners to Resellers", RenamePipeline(2, "Resellers")),
        ("rename pipeline public sector -> Tenders to come", RenamePipeline(3, "Tenders to come")),
        ("umbenennen Pipeline Sales in Vertrieb", RenamePipeline(1, "Vertrieb")),
        ("rename pipeline to Direct", RenamePipeline(1, "Direct")),
    ],
)
def test_a_pipeline_is_renamed_by_its_name_or_where_one_is(line: str, order: RenamePipeline) -> None:
    assert read_pipeline_line(line, KNOWN, SALES) == order


@pytest.mark.parametrize(
    "line",
    [
        "new Demo",
        "new Demo after lead",
        "add Demo: late",
        "rename proposal to Offer",
        "chance lead 5",
        "frob",
    ],
)
def test_what_is_about_a_stage_stays_so(line: str) -> None:
    assert read_pipeline_line(line, KNOWN, SALES) is None


def test_a_stage_that_is_called_pipeline_goes_first() -> None:
    here = other(9, "Odd", "Pipeline check", "Signature")
    assert read_pipeline_line("rename pipeline to Check", KNOWN, here) is None


@pytest.mark.parametrize(
    "line",
    [
        "new Resellers:",
        "new : A, B",
        "new pipeline Resellers",
        "new Resellers Contact, Pilot",
        "rename pipeline",
        "rename pipeline X to Y",
    ],
)
def test_half_a_line_is_asked_about(line: str) -> None:
    with pytest.raises(UnreadablePipeline):
        read_pipeline_line(line, KNOWN, SALES)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Partners", PARTNERS),
        ("“partners”", PARTNERS),
        ("public-sector", PUBLIC),
        ("par", PARTNERS),
        ("Partnesr", PARTNERS),
        ("pa", None),
        ("p", None),
        ("nobody", None),
        ("...", None),
        ("", None),
    ],
)
def test_a_name_is_known_whole_begun_or_missed_by_a_little(name: str, found: Pipeline | None) -> None:
    assert meant(KNOWN, name) == found


def test_between_two_that_are_near_nobody_guesses() -> None:
    regions = [other(6, "Region North"), other(7, "Region Norte")]
    assert meant(regions, "region nort") is None
    assert meant(regions, "region north") == regions[0]


@pytest.mark.parametrize(
    ("line", "title", "pipeline_id"),
    [
        ("Acme renewal in Partners", "Acme renewal", 2),
        ("Acme renewal in PARTNERS 12k", "Acme renewal", 2),
        ("Acme renewal 12k <@U1|ana> in public-sector, by friday", "Acme renewal", 3),
        ("Acme renewal in Partners at Globex", "Acme renewal", 2),
        ("Acme renewal at Globex in Partners", "Acme renewal", 2),
        ("Acme renewal in the Partners pipeline", "Acme renewal", 2),
        ("Acme renewal in der Partners-Pipeline", "Acme renewal", 2),
        ("Acme renewal in pipeline partners", "Acme renewal", 2),
        ("Acme renewal in “Partners”", "Acme renewal", 2),
        ("Trust in Partners in Sales", "Trust in Partners", 1),
        ("Rollout by in 3 weeks in Partners", "Rollout", 2),
        ("Rollout in 3 weeks", "Rollout in 3 weeks", None),
        ("Rollout in 90000 days", "Rollout in 90000 days", None),
        ("Training in Sales skills", "Training in Sales skills", None),
        ("Acme in Partner", "Acme in Partner", None),
        ("Acme in Part", "Acme in Part", None),
        ("Acme within Partners", "Acme within Partners", None),
        ("“Trust in Partners” 12k", "Trust in Partners", None),
        ("in Partners", "in Partners", None),
    ],
)
def test_only_a_whole_name_at_the_end_of_a_part_takes_a_new_deal_elsewhere(
    line: str, title: str, pipeline_id: int | None
) -> None:
    read = read_new_line(decode(line), TODAY, "EUR", KNOWN)
    assert (read.title, read.pipeline_id) == (title, pipeline_id)
    assert read.company in (None, "Globex")
    assert may_name_pipeline(decode(line)) or pipeline_id is None


def test_one_pipeline_is_no_choice() -> None:
    read = read_new_line(decode("Training in Sales"), TODAY, "EUR", [SALES])
    assert (read.title, read.pipeline_id) == ("Training in Sales", None)


@given(st.lists(st.sampled_from(["in", "at", "the", "Partners", "pipeline", "3", "weeks"])))
def test_no_word_is_lost_and_none_is_made_up(words: list[str]) -> None:
    line = " ".join(["Acme", *words])
    read = read_new_line(decode(line), TODAY, "EUR", KNOWN)
    assert set(read.title.split()) <= {"Acme", *words}
    assert read.pipeline_id in (None, 2)


@pytest.mark.parametrize(
    ("text", "pipeline_id", "stage_ids"),
    [
        ("in Partners", 2, ()),
        ("in partner", 2, ()),
        ("in the Partners pipeline", 2, ()),
        ("mine in Partners", 2, ()),
        ("pilot in partners", 2, (22,)),
        ("in pilot in Partners", 2, (22,)),
        ("proposal in Sales", 1, (3,)),
        ("in negotiation", None, (4,)),
        ("negotiation", None, (4,)),
        ("tender", None, (31,)),
        ("proposal", None, (3, 23, 43, 53)),
        ("in pub", 3, ()),
    ],
)
def test_a_list_is_narrowed_down_to_a_pipeline_and_to_its_stages(
    text: str, pipeline_id: int | None, stage_ids: tuple[int, ...]
) -> None:
    read = read_filters(decode(text), Asking("U0ANA", "EUR", KNOWN), Wanted(TODAY, NOW))
    assert (read.pipeline_id, read.stage_ids) == (pipeline_id, stage_ids)


@pytest.mark.parametrize("text", ["in nowhere", "tender in Partners", "in Partners nowhere"])
def test_what_no_pipeline_has_is_named(text: str) -> None:
    with pytest.raises(UnknownFilter):
        read_filters(decode(text), Asking("U0ANA", "EUR", KNOWN), Wanted(TODAY, NOW))
