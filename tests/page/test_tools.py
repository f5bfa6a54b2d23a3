"""What stands around the channel: the clock, the wire, breaking things, one's own data."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.page.desk import Desk

pytestmark = pytest.mark.slow


def test_the_bot_goes_by_the_clock_that_the_page_moves(desk: Desk) -> None:
    number = desk.created("Old wine")
    desk.slack.control.set_clock(offset=0)
    for _ in range(2):
        desk.page.get_by_role("button", name="Next Monday").click()
        expect(desk.page.get_by_role("status").last).to_contain_text("Mon")
    expect(desk.card(f"D-{number}")).to_contain_text("stale")
    desk.page.reload()
    expect(desk.card(f"D-{number}")).to_contain_text(re.compile(r"entered \d+ days ago"))
    assert desk.backstage.running is not None
    assert desk.backstage.running.bot.services.clock().strftime("%a %H") == "Mon 08"
    desk.slack.control.set_clock(offset=0)


def test_the_inspector_shows_requests_answers_and_a_missed_deadline(desk: Desk) -> None:
    desk.page.get_by_role("button", name="Inspector").click()
    side = desk.page.get_by_role("complementary")
    # What the bot sends meanwhile would move the rows under the click.
    side.get_by_label("Show").select_option("out")
    side.get_by_role("button", name="Clear").click()
    expect(side.locator("li:visible")).to_have_count(0)
    desk.type("/deal help")
    row = side.locator("li", has_text="command").first
    expect(row).to_contain_text("200")
    row.locator("summary").click()
    expect(row).to_contain_text('"text": "help"')
    expect(row).to_contain_text("nothing to complain of")
    desk.slack.control.settings(ack_seconds=0.0)
    desk.type("/deal board")
    late = side.locator(".wire-verdict.bad", has_text="missed 3 s").first
    expect(late).to_be_visible()
    danger, other = (
        each.evaluate("element => getComputedStyle(element).color")
        for each in (late, side.locator(".wire-ms").first)
    )
    assert danger != other
    desk.slack.control.settings(ack_seconds=3.0)


@pytest.mark.parametrize(
    "label", ["Slack answers 429", "Slack answers 500", "Slack does it but the reply is lost"]
)
def test_what_slack_does_wrong_loses_and_doubles_nothing(desk: Desk, label: str) -> None:
    title = f"After {label.rpartition(' ')[2]}"
    desk.page.get_by_text("Break things").click()
    desk.page.get_by_role("button", name=label).click()
    desk.page.get_by_text("Break things").click()
    desk.type(f"/deal new {title} 5k")
    number = int(desk.told(title).inner_text().partition("D-")[2].split()[0])
    expect(desk.card(f"D-{number}")).to_be_visible(timeout=20_000)
    assert [entry["fault"] for entry in desk.wire() if entry["fault"]]
    cards = [m for m in desk.slack.control.messages() if m["text"].startswith(f"D-{number} {title} ·")]
    assert len(cards) == 1
    assert desk.deal(number).title == title


def test_a_slack_without_charts_is_told_the_same_in_words(desk: Desk) -> None:
    desk.type("/deal board")
    expect(desk.told("Open value by stage").get_by_role("img").last).to_be_visible()
    desk.page.get_by_text("Break things").click()
    desk.page.get_by_role("button", name="Slack takes no charts").click()
    desk.page.get_by_text("Break things").click()
    desk.type("/deal changes since last month")
    plain = desk.told("Changes since")
    expect(plain.get_by_role("img")).to_have_count(0)
    desk.page.get_by_text("Break things").click()
    desk.page.get_by_role("button", name="Slack is back").click()
    desk.page.get_by_text("Break things").click()
    assert desk.slack.control.state()["identity"]["refused_blocks"] == []


def test_ones_own_file_is_read_dry_and_then_imported(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(
        "deal_id,stage,entered_at,amount,owner\n"
        "x1,Lead generation,2026-01-05,100,Jonas Weber\n"
        "x2,Proposal,2026-01-06,7,Nobody Here\n"
    )
    before = _deals(desk)
    desk.page.get_by_text("Data", exact=True).click()
    desk.page.get_by_label("Your own CSV").set_input_files(file)
    report = desk.page.get_by_label("What the import says")
    expect(report).to_contain_text("dry run", timeout=30_000)
    expect(report).to_contain_text("owner: Nobody Here (1)")
    expect(report).not_to_contain_text("Jonas Weber")
    assert _deals(desk) == before
    desk.page.get_by_role("button", name="Import deals.csv").click()
    expect(report).to_contain_text("Imported", timeout=30_000)
    expect(report).not_to_contain_text("dry run")
    assert _deals(desk) == before + 2


def test_starting_over_brings_the_sample_deals_back(desk: Desk) -> None:
    number = desk.created("Soon gone")
    desk.page.get_by_text("Data", exact=True).click()
    desk.page.get_by_role("button", name="Start over").click()
    expect(desk.page.get_by_role("status")).to_contain_text("as on the first day", timeout=30_000)
    expect(desk.timeline).not_to_contain_text(f"D-{number} ")
    expect(desk.timeline.locator(".message").first).to_be_visible()
    assert _deals(desk) == 366


def _deals(desk: Desk) -> int:
    assert desk.backstage.running is not None
    with desk.backstage.running.bot.store.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM deals").scalar_one())
