"""Moments are written in the zone and the language of the person who reads."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.page.conftest import Easel

BERLIN = {"tz": "Europe/Berlin", "locale": "en-US"}
NEW_YORK = {"tz": "America/New_York", "locale": "en-US"}
GERMAN = {"tz": "Europe/Berlin", "locale": "de-DE"}


def seconds(month: int, day: int, hour: int, minute: int, second: int = 0) -> int:
    return int(datetime(2026, month, day, hour, minute, second, tzinfo=UTC).timestamp())


def shown(easel: Easel, moment: int, form: str, reader: dict[str, str], now: int | None = None) -> str:
    easel.mrkdwn(f"<!date^{moment}^{form}|fallback>", reader=reader, now=moment if now is None else now)
    # Newer Unicode data puts a narrow space before AM and PM.
    return (easel.page.locator("#easel").text_content() or "").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("form", "reader", "text"),
    [
        ("{date_num}", BERLIN, "2026-11-25"),
        ("{date_slash}", BERLIN, "11/25/2026"),
        ("{date}", BERLIN, "November 25, 2026"),
        ("{date_short}", BERLIN, "Nov 25, 2026"),
        ("{date_long}", BERLIN, "Wednesday, November 25, 2026"),
        ("{date_long_full}", BERLIN, "November 25, 2026"),
        ("{day_divider_pretty}", BERLIN, "Wednesday, November 25"),
        ("{time}", BERLIN, "2:30 PM"),
        ("{time_secs}", BERLIN, "2:30:05 PM"),
        ("{date_short} at {time}", NEW_YORK, "Nov 25, 2026 at 8:30 AM"),
        ("{date_long} um {time}", GERMAN, "Mittwoch, 25. November 2026 um 14:30"),
        ("{date_slash}", GERMAN, "25.11.2026"),
        ("due {nonsense} {constructor}", BERLIN, "due {nonsense} {constructor}"),
    ],
)
def test_every_token(easel: Easel, form: str, reader: dict[str, str], text: str) -> None:
    at = seconds(11, 25, 13, 30, 5)
    assert shown(easel, at, form, reader, now=at + 5 * 86_400) == text


@pytest.mark.parametrize(
    ("passed", "english", "german"),
    [
        (30, "30 seconds ago", "vor 30 Sekunden"),
        (3 * 3600, "3 hours ago", "vor 3 Stunden"),
        (3 * 86_400, "3 days ago", "vor 3 Tagen"),
        (-3 * 86_400, "in 3 days", "in 3 Tagen"),
    ],
)
def test_how_long_ago(easel: Easel, passed: int, english: str, german: str) -> None:
    at = seconds(11, 25, 13, 30)
    assert shown(easel, at, "{ago}", BERLIN, now=at + passed) == english
    assert shown(easel, at, "{ago}", GERMAN, now=at + passed) == german


@pytest.mark.parametrize(
    ("moment", "reader", "text"),
    [
        # Berlin sets its clocks back at 01:00 UTC of 25 October 2026: half past two comes twice.
        (seconds(10, 25, 0, 30), BERLIN, "Oct 25, 2026, 2:30 AM"),
        (seconds(10, 25, 1, 30), BERLIN, "Oct 25, 2026, 2:30 AM"),
        (seconds(3, 29, 0, 59), BERLIN, "Mar 29, 2026, 1:59 AM"),
        (seconds(3, 29, 1, 0), BERLIN, "Mar 29, 2026, 3:00 AM"),
        (seconds(11, 1, 5, 30), NEW_YORK, "Nov 1, 2026, 1:30 AM"),
        (seconds(11, 1, 6, 30), NEW_YORK, "Nov 1, 2026, 1:30 AM"),
        (seconds(3, 8, 7, 0), NEW_YORK, "Mar 8, 2026, 3:00 AM"),
    ],
)
def test_a_clock_change(easel: Easel, moment: int, reader: dict[str, str], text: str) -> None:
    assert shown(easel, moment, "{date_short}, {time}", reader) == text


def test_yesterday_is_a_matter_of_the_readers_calendar(easel: Easel) -> None:
    """The day of the clock change has 25 hours; at its end the evening before is yesterday still."""
    evening, end = seconds(10, 24, 21, 30), seconds(10, 25, 22, 59)
    assert shown(easel, evening, "{date_pretty}", BERLIN, now=end) == "Yesterday"
    assert shown(easel, evening, "{date_pretty}", BERLIN, now=end + 60) == "October 24, 2026"
    assert shown(easel, evening, "{date_pretty}", GERMAN, now=end) == "Gestern"
    assert shown(easel, end, "on {date_pretty}", BERLIN, now=evening) == "on tomorrow"
    late = seconds(11, 25, 4, 0)
    assert shown(easel, late, "{date_pretty}", BERLIN, now=late + 9 * 3600) == "Today"
    assert shown(easel, late, "{date_pretty}", NEW_YORK, now=late + 9 * 3600) == "Yesterday"


@pytest.mark.parametrize("moment", ["soon", "99999999999999999"])
def test_a_moment_without_sense_is_its_fallback(easel: Easel, moment: str) -> None:
    assert easel.mrkdwn(f"<!date^{moment}^{{date}}|later &amp; more>") == "later &amp; more"


def test_a_date_may_be_a_link_and_its_fallback_is_plain(easel: Easel) -> None:
    drawn = easel.mrkdwn("<!date^1795597200^{date_num}^https://example.com/|x>")
    assert drawn.startswith('<a href="https://example.com/"')
    assert ">2026-11-25</time></a>" in drawn


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"])
def test_a_picked_moment_is_the_one_that_was_shown(easel: Easel, zone: str) -> None:
    """Hour by hour over both clock changes; of the hour that comes twice the first is meant."""
    wrong: Any = easel.page.evaluate(
        """async (zone) => {
            const { localMinute, momentOf } = await import("/static/blocks/dates.js");
            const wrong = [];
            for (const start of [1774700000, 1793100000, 1772900000, 1793400000]) {
                for (let at = start - start % 3600; at < start + 5 * 86400; at += 3600) {
                    const back = momentOf(localMinute(at, zone), zone);
                    const isTwin = back === at - 3600 && localMinute(back, zone) === localMinute(at, zone);
                    if (back !== at && !isTwin) wrong.push([at, back]);
                }
            }
            return wrong;
        }""",
        zone,
    )
    assert wrong == []
