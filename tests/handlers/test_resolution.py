"""Which deal and which stage is meant; in doubt, the person is asked."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.resolution import PICKED, deal_in, nearest_stages, stage_for
from pipeline.deal import Deal
from pipeline.errors import SeveralDeals, UnknownDeal, UnknownStage
from pipeline.ports import Work
from pipeline.stages import Field, Stage, StageKind
from storage.store import Store
from tests.conftest import TEAM
from tests.pipeline.desk import Desk
from tests.views.gallery.sitter import DEAL, PIPELINE


@pytest.fixture
def dialect() -> str:
    """How names are compared is the archive's business, and tested there on both engines."""
    return "sqlite"


@pytest.fixture
def acme(desk: Desk) -> Deal:
    return desk.new("Acme renewal", fields={Field.COMPANY: "Acme Corp"})


@pytest.fixture
def globex(desk: Desk) -> Deal:
    return desk.new("Globex pilot", fields={Field.COMPANY: "Globex"})


@pytest.fixture
def work(store: Store, acme: Deal, globex: Deal) -> Iterator[Work]:
    assert acme.number != globex.number
    with store.read(TEAM) as opened:
        yield opened


@pytest.mark.parametrize("code", ["D-1", "d-1", "D1", "d1", "#1", "1", "001", "D 1", "D-1:"])
def test_a_code_names_its_deal_however_it_is_written(work: Work, acme: Deal, code: str) -> None:
    named = deal_in(work, f"{code}  won  at last")
    assert (named.deal.id, named.rest) == (acme.id, "won  at last")


@pytest.mark.parametrize("gap", ["\n", "\t", "\u00a0"])
def test_any_space_parts_the_code_from_the_rest(work: Work, acme: Deal, gap: str) -> None:
    named = deal_in(work, f"D-1{gap}won")
    assert (named.deal.id, named.rest) == (acme.id, "won")


def test_a_code_that_nobody_bears_is_refused_and_never_read_as_a_name(work: Work) -> None:
    with pytest.raises(UnknownDeal, match="D-99"):
        deal_in(work, "D-99 renewal")


@pytest.mark.parametrize("quotes", ['""', "“”", "„“", "«»", "»«", "''", "\u2018\u2019", "\u201a\u2018"])
def test_a_quoted_name_is_taken_whole(work: Work, acme: Deal, quotes: str) -> None:
    named = deal_in(work, f"{quotes[0]}Acme renewal{quotes[1]} negotiation now")
    assert (named.deal.id, named.rest) == (acme.id, "negotiation now")


def test_a_quoted_name_that_is_no_deals_is_refused_by_that_name(work: Work) -> None:
    with pytest.raises(UnknownDeal, match=r"^Initech$"):
        deal_in(work, '"Initech" won')


@pytest.mark.parametrize(
    "text",
    [
        "Acme renewal won",
        "acme RENEWAL won",
        "Acme won",
        "renewal won",
        "Acme Corp won",
        "ácme won",
        "cme ren won",
    ],
)
def test_a_deal_is_found_by_all_or_part_of_its_title_or_company(work: Work, acme: Deal, text: str) -> None:
    named = deal_in(work, text)
    assert (named.deal.id, named.rest) == (acme.id, "won")


def test_the_longest_leading_words_are_the_name(desk: Desk, store: Store, acme: Deal) -> None:
    longer = desk.new("Acme renewal two")
    with store.read(TEAM) as work:
        assert deal_in(work, "Acme renewal two won").deal.id == longer.id
        assert deal_in(work, "Acme renewal won").deal.id == acme.id


def test_an_exact_name_goes_before_a_prefix_and_a_prefix_before_a_part(desk: Desk, store: Store) -> None:
    part, prefix = desk.new("Big Pump"), desk.new("Pump works")
    with store.read(TEAM) as work:
        assert deal_in(work, "pump").deal.id == prefix.id
    exact = desk.new("Pump")
    with store.read(TEAM) as work:
        assert deal_in(work, "pump").deal.id == exact.id
        assert deal_in(work, "big").deal.id == part.id


@pytest.mark.parametrize("text", ["to negotiation", "to", "am Freitag", "the", "in on"])
def test_a_filling_word_names_no_deal_that_has_it_inside(desk: Desk, store: Store, text: str) -> None:
    for title in ("Toner", "Amboss", "Other things", "Inonut"):
        desk.new(title)
    with store.read(TEAM) as work, pytest.raises(UnknownDeal):
        deal_in(work, text)


def test_a_deal_may_be_called_by_a_filling_word_alone(desk: Desk, store: Store) -> None:
    desk.new("Toner")
    called = desk.new("To")
    with store.read(TEAM) as work:
        assert deal_in(work, "to negotiation").deal.id == called.id


@pytest.mark.parametrize(
    "text", ["the Acme renewal negotiation", "deal D-1 negotiation", "das Acme renewal negotiation"]
)
def test_an_article_before_the_name_is_passed_over(work: Work, acme: Deal, text: str) -> None:
    named = deal_in(work, text)
    assert (named.deal.id, named.rest) == (acme.id, "negotiation")


def test_a_code_behind_other_words_is_found(work: Work, acme: Deal) -> None:
    named = deal_in(work, "to negotiation D-1")
    assert (named.deal.id, named.rest) == (acme.id, "to negotiation")
    with pytest.raises(UnknownDeal):
        deal_in(work, "to negotiation D-1 D-2")
    with pytest.raises(UnknownDeal):
        deal_in(work, "to negotiation 1")


def test_several_deals_of_a_name_are_offered_with_the_rest_kept(desk: Desk, store: Store, acme: Deal) -> None:
    other = desk.new("Acme expansion")
    with store.read(TEAM) as work, pytest.raises(SeveralDeals) as asked:
        deal_in(work, "Acme negotiation because  they agree")
    assert {deal.id for deal in asked.value.deals} == {acme.id, other.id}
    assert (asked.value.word, asked.value.total) == ("Acme", 2)
    assert asked.value.rest == "negotiation because  they agree"


def test_no_more_are_offered_than_can_be_picked_from(desk: Desk, store: Store) -> None:
    for place in range(PICKED + 2):
        desk.new(f"Pump {place}")
    with store.read(TEAM) as work, pytest.raises(SeveralDeals) as asked:
        deal_in(work, "pump")
    assert len(asked.value.deals) == PICKED
    assert asked.value.total > PICKED


def test_a_voided_deal_is_not_found_by_name(desk: Desk, store: Store) -> None:
    desk.undo(desk.new("Mistake"))
    with store.read(TEAM) as work, pytest.raises(UnknownDeal):
        deal_in(work, "Mistake won")


def test_in_a_cards_thread_the_deal_may_be_left_out(work: Work, acme: Deal) -> None:
    for text in ("", "won", "negotiation at last"):
        named = deal_in(work, text, fallback=acme)
        assert (named.deal.id, named.rest) == (acme.id, text)


@pytest.mark.parametrize("text", ["of D-2 to 12k", "von D-2 to 12k", "deal D-2 to 12k", "of deal d 2 to 12k"])
def test_a_word_may_lead_to_a_code(work: Work, globex: Deal, text: str) -> None:
    named = deal_in(work, text)
    assert (named.deal.id, named.rest) == (globex.id, "to 12k")


def test_in_a_cards_thread_another_deal_is_named_by_code_or_its_very_name(
    work: Work, acme: Deal, globex: Deal
) -> None:
    assert deal_in(work, "D-2 won", fallback=acme).deal.id == globex.id
    assert deal_in(work, "Globex pilot won", fallback=acme).deal.id == globex.id
    assert deal_in(work, "pil won", fallback=acme).deal.id == acme.id


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_names_a_deal_or_is_refused(work: Work, text: str) -> None:
    try:
        named = deal_in(work, text)
    except (UnknownDeal, SeveralDeals):
        return
    assert named.deal.number in (1, 2)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("negotiation", "negotiation"),
        ("Verhandlung", "negotiation"),
        ("VERHANDLUNG", "negotiation"),
        ("Lead generation", "lead"),
        ("lead-generierung", "lead"),
        ("lead", "lead"),
        ("quali", "qualification"),
        ("prop", "proposal"),
        ("angebot", "proposal"),
        ("verh", "negotiation"),
        ("negotation", "negotiation"),
        ("qualifcation", "qualification"),
        ("won", "won"),
        ("Gewonnen", "won"),
        ("lost", "lost"),
        ("verloren", "lost"),
    ],
)
def test_a_stage_goes_by_key_name_prefix_or_near_miss(text: str, key: str) -> None:
    stage, note = stage_for(DEAL, PIPELINE, text)
    assert (stage.key, note) == (key, "")


@pytest.mark.parametrize(
    "text",
    [
        "to the negotiation stage",
        "back to negotiation",
        "zurück in die Verhandlung",
        "in die Verhandlung",
        "the negotiation",
    ],
)
def test_a_stage_may_be_told_in_a_sentence(text: str) -> None:
    stage, note = stage_for(DEAL, PIPELINE, text)
    assert (stage.key, note) == ("negotiation", "")


def test_what_follows_the_stage_is_the_note_as_typed() -> None:
    stage, note = stage_for(DEAL, PIPELINE, "Lead generation  all  over\nagain")
    assert (stage.key, note) == ("lead", "all  over\nagain")


@pytest.mark.parametrize("text", ["wo", "wonn", "los", "lostt", "verlore", "gewonne", "gewonnnen"])
def test_no_slip_closes_a_deal(text: str) -> None:
    with pytest.raises(UnknownStage) as asked:
        stage_for(DEAL, PIPELINE, f"{text} now")
    assert asked.value.note == "now"
    assert any(not stage.is_open for stage in asked.value.nearest)


@given(text=st.text(max_size=12))
def test_only_the_exact_word_closes_a_deal(text: str) -> None:
    exact = {name.casefold() for stage in (PIPELINE.won, PIPELINE.lost) for name in _names(stage)}
    try:
        stage, _ = stage_for(DEAL, PIPELINE, text)
    except UnknownStage:
        return
    assert stage.is_open or text.split(maxsplit=1)[0].casefold() in exact


def _names(stage: Stage) -> tuple[str, str, str]:
    return stage.key, stage.english, stage.german


@pytest.mark.parametrize("text", ["v", "l", "ver", "xyzzy", "—", "\u200b"])
def test_what_could_be_two_stages_or_none_is_asked(text: str) -> None:
    with pytest.raises(UnknownStage) as asked:
        stage_for(DEAL, PIPELINE, text)
    assert asked.value.word == text
    assert len(asked.value.stages) == len(PIPELINE.living)


def test_no_word_at_all_asks_which_stage() -> None:
    with pytest.raises(UnknownStage) as asked:
        stage_for(DEAL, PIPELINE, "  ")
    assert (asked.value.word, asked.value.nearest) == ("", ())


def test_an_archived_stage_is_not_found_by_its_name() -> None:
    closing = PIPELINE.keyed("closing")
    assert closing
    stages = tuple(replace(stage, archived=stage.key == "closing") for stage in PIPELINE.stages)
    with pytest.raises(UnknownStage):
        stage_for(DEAL, replace(PIPELINE, stages=stages), "closing")


def test_the_nearest_stages_are_two_at_most_the_best_first() -> None:
    near = nearest_stages(PIPELINE, "Verhandlungen")
    assert near[0].key == "negotiation"
    assert len(near) <= 2
    assert nearest_stages(PIPELINE, "xyzzy") == []
    assert {stage.kind for stage in nearest_stages(PIPELINE, "wonn")} >= {StageKind.WON}
