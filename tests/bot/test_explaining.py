"""Every number behind a deal's place in the top list can be named."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.explaining import Inexplicable, explain
from handlers.house import House
from handlers.texts.english import English
from pipeline.orders import Snooze
from pipeline.snoozing import snooze
from pipeline.stages import Field
from storage.fitting import refit
from tests.conftest import TEAM
from tests.pipeline.desk import Desk

HOUSE = House(ZoneInfo("UTC"), English(), "EUR", None)


def said(desk: Desk, code: str) -> dict[str, str]:
    return dict(explain(desk.store, code, HOUSE, desk.at))


def with_a_past(desk: Desk) -> None:
    deals = [desk.filled(str(place)) for place in range(20)]
    desk.at += timedelta(days=10)
    for place, deal in enumerate(deals):
        desk.move(deal, "won" if place < 12 else "lost", fields={Field.REASON: "Price"})
    desk.at += timedelta(days=60)
    refit(desk.store, TEAM, desk.at, desk.at.date())


def test_an_open_deals_numbers_follow_from_each_other(desk: Desk) -> None:
    with_a_past(desk)
    desk.edit(desk.filled("Open"), {Field.CLOSE_ON: desk.at.date(), Field.NEXT_STEP_ON: date(2026, 1, 5)})
    told = said(desk, "D-21")
    assert told["chances"].endswith("from 20 deals, 20 of them closed")
    assert told["seen in the stage"].endswith("exits to Won 12, Lost 8")
    assert told["comparable visits"].startswith(
        "20 lasted 0 days or longer and were watched for 30 more; 12 of"
    )
    assert "assumed chances 10 %, 25 %, 50 %, 70 %, 90 %" in told["leaves per day"]
    assert told["score"].startswith("€50,000 x ")
    assert told["reasons"] == f"next step due since 2026-01-05; closes this week, on {desk.at.date()}"


def test_before_the_first_look_it_says_so(desk: Desk) -> None:
    desk.filled()
    assert said(desk, "D-1")["chances"].startswith("not found out yet")


def test_a_closed_deal_has_no_place_and_a_snoozed_one_is_left_out(desk: Desk) -> None:
    with_a_past(desk)
    assert said(desk, "D-1")["place"] == "none: only open deals have one"
    deal = desk.filled("Open")
    with desk.store.begin(TEAM) as work:
        snooze(work, desk.occasion(), Snooze(deal.number, desk.at.date() + timedelta(days=3)))
    assert "left out of the top list" in said(desk, "d21")["snoozed until"]


@pytest.mark.parametrize(("code", "why"), [("D-7", "there is no deal D-7"), ("Acme", "no deal's code")])
def test_what_names_no_deal_is_refused(desk: Desk, code: str, why: str) -> None:
    with pytest.raises(Inexplicable, match=why):
        explain(desk.store, code, HOUSE, desk.at)


def test_the_command_creates_nothing(tmp_path: Path) -> None:
    file = tmp_path / "nothing.db"
    result = CliRunner().invoke(main, ["explain", "D-1"], env={"DATABASE_URL": f"sqlite:///{file}"})
    assert result.exit_code == 2
    assert "pipeline-bot check" in result.output
    assert not file.exists()


def test_what_puts_a_deal_at_risk_is_named_or_why_it_is_not(desk: Desk) -> None:
    slow = [desk.filled(f"Slow {place}") for place in range(6)]
    quick = [desk.filled(f"Quick {place}") for place in range(26)]
    desk.at += timedelta(days=5)
    for deal in quick:
        desk.move(deal, "won")
    desk.at += timedelta(days=35)
    for deal in slow:
        desk.move(deal, "lost", fields={Field.REASON: "Price"})
    desk.at += timedelta(days=60)
    refit(desk.store, TEAM, desk.at, desk.at.date())
    code = desk.filled("Open").code
    assert said(desk, code)["at risk"] == "no: 0 days are not more than the 5 up to which 8 of 10 stay"
    desk.at += timedelta(days=31)
    told = said(desk, code)["at risk"]
    assert told.startswith("won at all 8")
    assert " after 31 days; 8 of 10 stay up to 5; €50,000 x " in told
    desk.at += timedelta(days=300)
    assert said(desk, code)["at risk"].startswith(
        "no: the chance to be won at all has not fallen, or too few"
    )
    moved = desk.filled("Elsewhere")
    desk.move(moved, "qualification")
    assert said(desk, moved.code)["at risk"].startswith("no: it is not known")
