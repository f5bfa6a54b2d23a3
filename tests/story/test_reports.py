"""Reports with charts and tables to sort: said after the acknowledgement, once, and in the classic form where Slack is older."""

import json
import sqlite3
from contextlib import closing

import httpx
import pytest
from sqlalchemy import make_url

from pipeline.money import Money
from pipeline.orders import New
from pipeline.stage_reports import LEAST_SURE
from pipeline.stages import Field
from playground.receipts import Delivered
from tests.running import wait_until
from tests.story.scene import CROSSED, EVERYWHERE, Json, Scene, button, shown
from tests.story.test_bottlenecks import look, many_left
from tests.story.test_forecast import with_a_past
from tests.story.test_money_hidden import without_money

NEWER = ("data_visualization", "data_table")
REPORTS = ("board", "bottlenecks", "changes since today", "forecast")


@pytest.fixture
def team(scene: Scene) -> Scene:
    """Something to tell for each report."""
    many_left(scene, 2 * LEAST_SURE)
    with_a_past(scene)
    scene.at_stage("proposal")
    scene.at_stage("lead", title="Beta roof")
    look(scene)
    return scene


def of_type(message: Json, kind: str) -> list[Json]:
    return [block for block in message["blocks"] if block["type"] == kind]


def newer(message: Json) -> list[str]:
    return [block["type"] for block in message["blocks"] if block["type"] in NEWER]


def reports(scene: Scene, user: str = "@ana") -> list[Json]:
    return [each for each in scene.control.messages(user=user) if each["ephemeral"]]


def figures(chart: Json) -> dict[str, dict[str, float]]:
    return {
        series["name"]: {point["label"]: point["value"] for point in series["data"]}
        for series in chart["chart"]["series"]
    }


def cells(table: Json, row: str) -> list[str]:
    return next([cell["text"] for cell in line] for line in table["rows"] if line[0]["text"] == row)


@EVERYWHERE
def test_each_report_is_a_picture_first_and_follows_the_acknowledgement(team: Scene) -> None:
    for line in REPORTS:
        said = team.deal("@ana", line)
        assert said.body in (None, ""), line
        first, picture, *_ = said.message["blocks"]
        assert (first["type"], picture["type"]) == ("header", "data_visualization"), line
    assert len(reports(team)) == len(REPORTS)


@EVERYWHERE
def test_a_slack_without_charts_gets_the_classic_form_once_and_then_at_once(team: Scene) -> None:
    pictured = {line: team.deal("@ana", line).text for line in REPORTS}
    team.control.settings(refused_blocks=list(NEWER))
    before = len(reports(team))
    for place, line in enumerate(REPORTS, start=1):
        said = team.deal("@ana", line)
        assert newer(said.message) == [], line
        assert said.text == pictured[line]
        assert (said.body in (None, "")) == (place == 1), line
        assert len(reports(team)) == before + place
    team.control.settings(refused_blocks=[])
    assert newer(team.mention("@ana", "board")) == [], "what was refused is not tried again today"


@CROSSED
def test_an_answer_to_a_mention_and_to_a_press_falls_back_alike(team: Scene) -> None:
    team.told("@olga", "stages new Partners: First call, Pilot")
    team.told("@ana", "new Gamma pilot 5k in Partners")
    assert newer(team.mention("@ana", "board"))
    board = team.deal("@ana", "board").message
    team.control.settings(refused_blocks=list(NEWER))
    before = len(reports(team))
    team.touch("@ana", board, "Partners")
    wait_until(lambda: "First call" in shown(reports(team)[-1]), what="the board in its place")
    assert newer(reports(team)[-1]) == []
    assert len(reports(team)) == before
    said = team.mention("@ana", "bottlenecks in Sales")
    assert newer(said) == []
    assert "The bottleneck is" in shown(said)


@CROSSED
def test_an_older_slack_is_found_out_by_a_mention_too(team: Scene) -> None:
    team.control.settings(refused_blocks=["data_table"])
    assert newer(team.mention("@ana", "board")) == []
    assert team.control.command("@ana", "/deal", "board").text.startswith("Pipeline\n")


@CROSSED
def test_the_board_draws_deals_and_their_value(team: Scene) -> None:
    message = team.deal("@ana", "board").message
    deals, value = of_type(message, "data_visualization")
    assert figures(deals)["Deals"]["Proposal"] == 1
    assert figures(value)["Value"]["Proposal"] == 12
    assert figures(value)["Weighted"]["Proposal"] == 6
    assert value["chart"]["axis_config"]["y_label"] == "EUR, thousands"
    (table,) = of_type(message, "data_table")
    assert cells(table, "Proposal") == ["Proposal", "1", "€12,000", "€6,000"]
    assert "open deals: €" in shown(message)


@CROSSED
def test_of_several_currencies_the_workspaces_own_is_drawn(team: Scene) -> None:
    for place in range(9):
        team.done("U0ANA", New({Field.TITLE: f"Dollars {place}", Field.VALUE: Money(100, "USD")}))
    message = team.deal("@ana", "board").message
    assert of_type(message, "data_visualization")[1]["title"] == "Open value by stage, EUR"
    assert "Value USD" in json.dumps(of_type(message, "data_table"))
    team.deal("@olga", "settings currency CHF")
    drawn = of_type(team.deal("@ana", "board").message, "data_visualization")
    assert drawn[1]["title"] == "Open value by stage, USD", "there is nothing in the workspace's"


@CROSSED
def test_bottlenecks_are_tables_to_sort_with_the_sample_beside_each_figure(team: Scene) -> None:
    staying, gaining = of_type(team.deal("@ana", "bottlenecks").message, "data_table")
    stay, gain = read(staying, "Lead generation"), read(gaining, "Lead generation")
    assert int(stay["Visits"]) >= int(gain["Exits"]) >= int(gain["Resolved"]) >= 2 * LEAST_SURE
    assert stay["Median"] == "2 d"
    for table in (staying, gaining):
        columns = list(zip(*table["rows"][1:], strict=True))
        assert all(cell["type"] == "raw_number" for column in columns[1:] for cell in column)
    assert read(staying, "Qualification")["Median"] == "-"


def read(table: Json, row: str) -> dict[str, str]:
    return dict(zip([cell["text"] for cell in table["rows"][0]], cells(table, row), strict=True))


@CROSSED
def test_changes_are_drawn_from_then_to_now(team: Scene) -> None:
    message = team.deal("@ana", "changes since today").message
    (chart,) = of_type(message, "data_visualization")
    steps = figures(chart)["EUR"]
    then, *added, now = steps
    assert (then, now) == ("Then", "Now")
    assert steps[then] + sum(steps[each] for each in added) == pytest.approx(steps[now])
    (table,) = of_type(message, "data_table")
    assert cells(table, "New")[2].startswith("+€")


@CROSSED
def test_a_forecast_draws_what_is_won_and_what_is_to_come(team: Scene) -> None:
    (chart,) = of_type(team.deal("@ana", "forecast").message, "data_visualization")
    assert list(figures(chart)) == ["Won already", "From open deals", "From new deals"]
    assert list(figures(chart)["Won already"]) == ["This month", "This quarter", "Next 30 days"]
    (alone,) = of_type(team.deal("@ana", "forecast quarter").message, "data_visualization")
    assert list(figures(alone)) == ["This quarter"]


@CROSSED
def test_pictures_speak_german(team: Scene) -> None:
    titles = {
        line: [each["title"] for each in of_type(team.deal("@jonas", line).message, "data_visualization")]
        for line in REPORTS
    }
    assert titles == {
        "board": ["Offene Deals je Phase", "Offener Wert je Phase, EUR"],
        "bottlenecks": ["Tage, bis die Hälfte die Phase verlassen hat"],
        "changes since today": ["Offener Wert damals und jetzt, EUR"],
        "forecast": ["Was gewonnen wird, EUR"],
    }


@CROSSED
def test_where_money_is_hidden_no_picture_shows_it(team: Scene) -> None:
    for line in REPORTS:
        for message in (
            team.deal("@gus", line).message,
            team.mention("@ana", line, channel="#partners"),
        ):
            without_money(message)
            drawn = json.dumps([block for block in message["blocks"] if block["type"] in NEWER])
            assert "EUR" not in drawn, line
    deals, *others = of_type(team.deal("@gus", "board").message, "data_visualization")
    assert (deals["title"], others) == ("Open deals by stage", [])


@CROSSED
def test_a_repeated_request_is_reported_once(team: Scene) -> None:
    before = len(reports(team))
    prepared = team.control.prepare("command", user="@ana", command="/deal", text="board", channel="#sales")
    answers = [team.send(prepared) for _ in range(3)]
    assert [each.status_code for each in answers] == [httpx.codes.OK] * 3
    wait_until(lambda: len(reports(team)) > before, what="the report")
    wait_until(lambda: not team.count("outbox", "kind = 'reply' AND state <> 'sent'"), what="every reply")
    assert len(reports(team)) == before + 1


@CROSSED
def test_a_report_that_may_be_lost_is_not_said_twice_but_offered(team: Scene) -> None:
    before = len(reports(team))
    team.control.fault("cut_after", "response_url")
    team.control.command("@ana", "/deal", "board")
    wait_until(lambda: len(reports(team)) == before + 2, what="the question")
    report, asked = reports(team)[before:]
    assert newer(report)
    assert shown(asked).startswith("Your report may have been lost on its way.")
    assert newer(team.press("@ana", asked, button(asked, "Show it again").content["text"]["text"]))


def test_while_nothing_can_be_written_a_report_is_told_at_once_as_it_always_was(team: Scene) -> None:
    file = make_url(str(team.store.engine.url)).database
    with closing(sqlite3.connect(str(file), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said: Delivered = team.control.command("@ana", "/deal", "board")
        other.execute("ROLLBACK")
    assert said.ok
    assert said.text.startswith("Pipeline\n")
    assert newer(said.message) == []
    assert said.ms < 1500


def test_what_has_no_picture_is_told_in_the_acknowledgement(team: Scene) -> None:
    for line in ("top", "list", "help", "show D-1", "forecast decade"):
        assert team.control.command("@ana", "/deal", line).body, line
