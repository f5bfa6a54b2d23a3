"""Files of three forms to a past in columns."""

import gzip
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import BinaryIO, cast

import numpy as np
import pytest

from handlers.importing.pasts import Past, PastWishes, read_past
from pipeline.imports import Unimportable

HISTORY = """deal_id,stage,entered_at,amount
A,Call,2026-01-01,100
B,Call,2026-01-02T12:00:00Z,
A,Offer,2026-01-03,150
A,Offer,2026-01-04,
B,Lost,2026-01-05,0
A,Won,2026-01-06,
"""
BOOKINGS = """hotel,lead_time,arrival_date_year,arrival_date_month,arrival_date_day_of_month,\
stays_in_weekend_nights,stays_in_week_nights,adr,reservation_status,reservation_status_date,company
City,10,2026,May,20,1,2,100.5,Check-Out,5/23/2026,NULL
City,3,2026,May,21,0,2,-6,No-Show,5/21/2026,NULL
City,5,2026,May,22,0,1,5400,Canceled,5/25/2026,NULL
City,5,2026,Mai?,22,0,1,50,Canceled,5/18/2026,NULL
"""
DEALS = """Deal - ID,Deal - Status,Deal - Value,Deal - Creation date,Deal - Expected close date,Deal - Closed on
1,Won,100,2026-03-01,2026-03-20,2026-03-25
2,Open,200,2026-03-02,2026-04-20,
3,Lost,0,2026-03-03,,2026-03-28
4,Lost,0,2026-03-04,,
"""


def told(text: str, *, stages: Sequence[str] = (), currency: str = "EUR") -> Past:
    wishes = PastWishes(currency, stages)
    return read_past(lambda: io.BytesIO(text.encode()), wishes, lambda _: None)


def test_a_stage_history_tells_stages_amounts_and_when() -> None:
    past = told(HISTORY)
    history = past.history
    assert past.stages == ["Call", "Offer"]
    assert past.origin == datetime(2026, 1, 1, tzinfo=UTC)
    assert history.deal.tolist() == [0, 0, 0, 0, 1, 1]
    assert history.stage.tolist() == [0, 1, 1, 2, 0, 3]
    assert history.at.tolist() == [0, 2, 3, 5, 1.5, 4]
    np.testing.assert_equal(history.value, [150, np.nan])
    assert (past.since, past.until, past.skipped, len(history.due)) == (None, 5, 0, 0)


def test_the_order_of_stages_may_be_said() -> None:
    assert told(HISTORY, stages=["Offer", "Call"]).history.stage.tolist() == [1, 0, 0, 2, 1, 3]
    with pytest.raises(Unimportable, match="--stages leaves out: Offer"):
        told(HISTORY, stages=["Call"])


def test_one_unreadable_row_leaves_its_deal_out() -> None:
    past = told(HISTORY.replace("2026-01-05", "soon"))
    assert (past.skipped, len(past.history.created)) == (1, 1)


def test_amounts_of_another_currency_are_never_added() -> None:
    rows = "deal_id,stage,entered_at,amount\nA,Call,2026-01-01,100 EUR\nB,Call,2026-01-01,100 USD\n"
    np.testing.assert_equal(told(rows).history.value, [100, np.nan])
    np.testing.assert_equal(told(rows, currency="USD").history.value, [np.nan, 100])


def test_a_booking_is_made_before_it_arrives_and_won_by_staying() -> None:
    past = told(BOOKINGS)
    history = past.history
    assert (past.stages, past.since, past.until, past.skipped) == (("Booked",), 0, 2, 1)
    assert history.created.tolist() == [-10, -2, -3]
    assert history.due.tolist() == [0, 1, 2]
    assert history.due_at.tolist() == history.created.tolist()
    assert history.value.tolist() == [301.5, 0, 1000]
    assert history.stage.tolist() == [0, 1, 0, 2, 0, 2]
    assert history.at.tolist() == [-10, 3.5, -2, 1.5, -3, 2.5]


def test_one_row_per_deal_tells_when_it_was_made_expected_and_closed() -> None:
    past = told(DEALS)
    history = past.history
    assert (past.stages, past.since, past.skipped) == (("Open",), None, 1)
    assert history.stage.tolist() == [0, 1, 0, 0, 2]
    assert history.at.tolist() == [0, 24, 1, 2, 27]
    assert history.due.tolist() == [19, 50]
    np.testing.assert_equal(history.value, [100, 200, np.nan])


def test_a_packed_file_is_read_through_its_opener() -> None:
    packed = gzip.compress(HISTORY.encode())
    past = read_past(
        lambda: cast("BinaryIO", gzip.GzipFile(fileobj=io.BytesIO(packed))), PastWishes("EUR"), lambda _: None
    )
    assert len(past.history.created) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("deal_id,stage\nA,Call\n", "the past is not in this file"),
        ("a,b\n1,2\n", "no column for the stage"),
        ("deal_id,stage,entered_at\n", "a header and no rows"),
        ("deal_id,stage,entered_at\nA,Call,soon\n", "no row has a deal"),
        ("deal_id,stage,entered_at\nA,Won,2026-01-01\n", "0 open stages"),
        (BOOKINGS.splitlines()[0] + "\n", "a header and no rows"),
    ],
)
def test_a_file_that_tells_no_past_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Unimportable, match=sentence):
        told(text)
