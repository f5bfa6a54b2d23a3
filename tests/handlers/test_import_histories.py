"""The form with a row per stage entered: one deal with its past, however its rows lie."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.importing.stage_names import StageNames
from pipeline.imports import ImportedDeal, Skipped, SkipReason
from pipeline.money import Money
from pipeline.stages import Field, evenly_planned
from tests.handlers.imported import deal, path, taken


def test_a_history_is_one_deal_however_its_rows_lie() -> None:
    content = (
        "deal_id,stage,entered_at,amount\n"
        "b,lead,2024-01-01T00:00:00Z,0\n"
        "a,proposal,2024-01-03T00:00:00Z,50\n"
        "b,won,2024-01-05T00:00:00Z,\n"
        "a,lead,2024-01-01T00:00:00Z,10\n"
    )
    first, second = taken(content)
    assert isinstance(first, ImportedDeal)
    assert isinstance(second, ImportedDeal)
    assert (first.external_id, path(first), first.said[Field.VALUE]) == ("b", ["lead", "won"], None)
    assert (second.external_id, path(second)) == ("a", ["lead", "proposal"])
    assert second.said[Field.VALUE] == Money(5000, "EUR")


def test_equal_stages_collapse_backward_moves_and_short_stays_and_reopening_stay() -> None:
    stages = ["lead", "lead", "proposal", "lead", "won", "proposal", "lost"]
    rows = "".join(f"1,{stage},2024-01-01T00:00:00.00{place}Z\n" for place, stage in enumerate(stages))
    imported = deal(f"deal_id,stage,entered_at\n{rows}")
    assert path(imported) == ["lead", "proposal", "lead", "won", "proposal", "lost"]
    assert imported.past_known


def test_rows_of_one_moment_keep_their_order() -> None:
    rows = "".join(f"1,{stage},2024-01-01\n" for stage in ("proposal", "lead", "won"))
    assert path(deal(f"deal_id,stage,entered_at\n{rows}")) == ["proposal", "lead", "won"]


def test_one_unreadable_row_spoils_the_past_of_its_deal_only() -> None:
    content = (
        "deal_id,stage,entered_at,left_at\n"
        "1,lead,2024-01-01,2024-01-02\n"
        "1,proposal,soon,\n"
        "2,lead,2024-01-01,\n"
        "3,lead,2024-01-02,2024-01-01\n"
    )
    first, second, third = taken(content)
    assert isinstance(first, Skipped)
    assert (first.line, first.reason) == (3, SkipReason.BAD_DATE)
    assert isinstance(second, ImportedDeal)
    assert isinstance(third, Skipped)
    assert third.reason is SkipReason.BACKWARDS


_ROWS = st.lists(
    st.tuples(
        st.sampled_from("abcdefghij"), st.sampled_from(["lead", "proposal", "won"]), st.integers(0, 59)
    ),
    min_size=1,
    max_size=60,
)


@given(_ROWS)
def test_every_history_is_whole_and_in_the_order_of_first_rows(rows: list[tuple[str, str, int]]) -> None:
    lines = [f"{name},{stage},2024-01-01T00:00:{second:02}Z\n" for name, stage, second in rows]
    found = taken("deal_id,stage,entered_at\n" + "".join(lines))
    expected: dict[str, list[tuple[int, str]]] = {}
    for name, stage, second in rows:
        expected.setdefault(name, []).append((second, stage))
    assert [each.external_id for each in found] == list(expected)
    for each in found:
        assert isinstance(each, ImportedDeal)
        stays = [stage for _, stage in sorted(expected[each.external_id], key=lambda stay: stay[0])]
        collapsed = [stage for place, stage in enumerate(stays) if place == 0 or stays[place - 1] != stage]
        assert path(each) == collapsed


def test_stages_of_an_own_pipeline_are_found_by_their_names() -> None:
    names = StageNames(evenly_planned(["Pre-accepted", "Offer sent"]), {})
    assert names.first.key == "pre-accepted"
    found = names.find("OFFER SENT")
    assert found is not None
    assert found.key == "offer-sent"
    assert names.find("Negotiation") is None
