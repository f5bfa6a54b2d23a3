"""Lists, searches and the board, from the typed line to what is read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from pipeline.money import Money
from pipeline.orders import Move, New, Said
from pipeline.stages import Field
from storage.deal_columns import stored
from storage.tables import DealRow
from tests.story.scene import CROSSED, TEAM, Scene, labels, shown

pytestmark = CROSSED
TODAY = datetime.now(UTC).date()
YESTERDAY = TODAY - timedelta(days=1)


FILTERED = [
    ("list mine", ["D-1", "D-3"]),
    ("list @ben", ["D-2", "D-4"]),
    ("list proposal", ["D-3"]),
    ("list overdue", ["D-1"]),
    ("list over 50k", ["D-1"]),
    ("list over 5k mine lead", ["D-1"]),
    ("list over $5k", ["D-2"]),
    ("list lost", ["D-5"]),
    ("liste meine", ["D-1", "D-3"]),
    ("liste überfällig", ["D-1"]),
    ("liste über 50k", ["D-1"]),
    ("liste Angebotserstellung", ["D-3"]),
    ("find acme", ["D-1", "D-5"]),
    ("suche groß", ["D-1"]),
    ("find D-4", ["D-4"]),
]


NOT_UNDERSTOOD = [
    ("list mine xyzzy", "“xyzzy”", "/deal list negotiation mine"),
    ("list over lots", "“lots”", "12k"),
    ("find", "Find what?", "/deal find acme"),
    ("find “”", "Find what?", "/deal find acme"),
]


@pytest.fixture
def team(scene: Scene) -> Scene:
    """Four open deals, a lost and a void one."""
    worth: Said = {
        Field.VALUE: Money(6_000_000, "EUR"),
        Field.CLOSE_ON: YESTERDAY,
        Field.CONTACT: "Jürgen Groß",
    }
    scene.done("U0ANA", New({Field.TITLE: "Acme renewal", Field.COMPANY: "Acme Corp", **worth}))
    scene.done("U0BEN", New({Field.TITLE: "Beta roof", Field.VALUE: Money(900_000, "USD")}))
    scene.at_stage("proposal", title="Gamma pilot")
    scene.done("U0BEN", New({Field.TITLE: "Delta"}))
    lost = scene.at_stage("lead", title="Acme extension")
    scene.done("U0ANA", Move(lost.number, scene.stage_id("lost"), fields={Field.REASON: "Price"}))
    return scene


def listed(text: str) -> list[str]:
    return [f"D-{number}" for number in range(1, 6) if f"D-{number} " in text]


def test_a_list_holds_the_open_deals_with_their_true_count(team: Scene) -> None:
    said = team.deal("@ana", "list")
    assert listed(said.text) == ["D-1", "D-2", "D-3", "D-4"]
    assert "4 deals, longest in their stage first" in said.text
    assert "worth €72,000 and $9,000. One deal without a value" in shown(said.message)
    assert labels(said.message) == ["Show"] * 4
    assert "€12,000 · Owner ana" in said.text


def test_a_row_of_a_list_shows_its_deal_and_the_list_stays(team: Scene) -> None:
    said = team.deal("@ana", "list")
    shown_deal = team.press("@ana", said.message, "Show")
    assert "D-1 Acme renewal" in shown_deal["text"]
    assert not shown_deal["replace_original"]


def test_filters_narrow_it_down_in_both_languages(team: Scene) -> None:
    for line, found in FILTERED:
        assert listed(team.told("@ana", line)) == found, line


def test_what_is_stale_is_listed_and_marked_on_list_home_and_card(team: Scene) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=30)
    with team.store.begin(TEAM) as work:
        work.tx.execute(update(DealRow).where(DealRow.number == 3).values(entered_at=long_ago))
    said = team.told("@ana", "list stale")
    assert listed(said) == ["D-3"]
    assert "· stale" in said
    assert "stale" in team.told("@ana", "list mine")
    assert "stale" in shown(team.deal("@ana", "show D-3").message)
    assert "liegt still" in team.told("@jonas", "liste liegt")


def test_what_closes_this_month_is_listed(team: Scene) -> None:
    with team.store.begin(TEAM) as work:
        work.tx.execute(update(DealRow).where(DealRow.number == 2).values(close_on=TODAY))
    assert "D-2" in listed(team.told("@ana", "list closing this month"))
    assert listed(team.told("@jonas", "liste schließt heute")) == ["D-2"]


def test_a_long_list_is_turned_page_by_page(team: Scene) -> None:
    pattern = team.row(4)
    with team.store.begin(TEAM) as work:
        more = [replace(pattern, number=number, title=f"Row {number}") for number in range(10, 31)]
        work.tx.execute(insert(DealRow), [stored(deal) for deal in more])
    first = team.deal("@ana", "list")
    assert "1-10 of 25" in first.text
    assert labels(first.message) == ["Show"] * 10 + ["Next page"]
    second = team.press("@ana", first.message, "Next page")
    assert "11-20 of 25" in second["text"]
    assert second["replace_original"]


def test_the_last_page_leads_back(team: Scene) -> None:
    pattern = team.row(4)
    with team.store.begin(TEAM) as work:
        more = [replace(pattern, number=number, title=f"Row {number}") for number in range(10, 17)]
        work.tx.execute(insert(DealRow), [stored(deal) for deal in more])
    first = team.deal("@jonas", "suche row")
    assert labels(first.message) == ["Zeigen"] * 7
    first = team.deal("@jonas", "liste")
    assert "1-10 von 11" in first.text
    second = team.press("@jonas", first.message, "Nächste Seite")
    assert "11-11 von 11" in second["text"]
    assert "Vorige Seite" in str(second["blocks"])


def test_what_was_not_understood_is_named_with_an_example(team: Scene) -> None:
    for line, word, example in NOT_UNDERSTOOD:
        said = team.told("@ana", line)
        assert word in said, line
        assert example in said, line
        assert "\n" not in said, line


def test_where_nothing_fits_the_filters_are_said_back(team: Scene) -> None:
    assert team.told("@ana", "list @mia over 90k") == "No deal fits: Owner mia · over €90,000."


def test_a_guest_sees_no_amounts_and_cannot_ask_for_them(team: Scene) -> None:
    for line in ("list", "find acme", "board"):
        seen = shown(team.deal("@gus", line).message)
        assert "€" not in seen, line
        assert "60,000" not in seen, line
    assert "Amounts are not shown" in team.told("@gus", "list over 50k")


def test_the_board_says_what_each_stage_holds(team: Scene) -> None:
    said = team.told("@ana", "board")
    lines = [line.split() for line in said.splitlines()]
    assert ["Lead", "generation", "3", "€60,000", "€6,000"] in lines
    assert ["$9,000", "$900"] in lines
    assert ["Proposal", "1", "€12,000", "€6,000"] in lines
    assert ["Negotiation", "0"] in lines
    assert ["All", "4", "€72,000", "€12,000"] in lines
    assert "One deal without a value is in no sum." in shown(team.deal("@ana", "board").message)


def test_the_board_speaks_german(team: Scene) -> None:
    lines = [line.split() for line in team.told("@jonas", "tafel").splitlines()]
    assert ["Phase", "Deals", "Wert", "Gewichtet"] in lines
    assert ["Angebotserstellung", "1", "12.000", "€", "6.000", "€"] in lines


def test_an_empty_pipeline_says_how_to_begin(scene: Scene) -> None:
    for line in ("list", "board"):
        assert "/deal new" in scene.told("@ana", line)
    for line in ("liste", "tafel"):
        assert "/deal neu" in scene.told("@jonas", line)
