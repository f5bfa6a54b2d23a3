"""Cells of an imported file: moments and amounts as programs and people write them."""

from datetime import UTC, date, datetime

import pytest

from handlers.importing.date_order import Order
from pipeline.imports import ImportedDeal, Skipped, SkipReason, Unimportable
from pipeline.money import Money
from pipeline.stages import Field
from tests.handlers.imported import deal, looked_at, skipped, taken, wishing


def test_the_day_is_first_where_one_value_says_so() -> None:
    content = "id,stage,created\n1,lead,1/2/2024\n2,lead,31/1/2024\n"
    first, _ = taken(content)
    assert isinstance(first, ImportedDeal)
    assert first.visits[0].entered_at == datetime(2024, 2, 1, tzinfo=UTC)
    assert "created read as day/month/year" in looked_at(content, wishing()).notes


def test_each_column_has_an_order_of_its_own() -> None:
    content = "id,stage,created,close_date\n1,won,31/1/2024,2/13/2024\n"
    assert deal(content).visits[-1].entered_at == datetime(2024, 2, 13, tzinfo=UTC)


def test_a_column_that_could_be_either_throughout_is_refused_until_the_order_is_said() -> None:
    content = "id,stage,created\n1,lead,1/2/2024\n2,lead,3/3/2024\n"
    with pytest.raises(Unimportable, match="--dates dmy or --dates mdy"):
        looked_at(content, wishing())
    first, _ = taken(content, wishing(dates=Order.MDY))
    assert isinstance(first, ImportedDeal)
    assert first.visits[0].entered_at.date() == date(2024, 1, 2)


def test_a_column_that_no_order_reads_is_refused_with_both_lines() -> None:
    with pytest.raises(Unimportable, match=r"31/1/2024 \(line 2\) and 1/31/2024 \(line 3\)"):
        looked_at("id,stage,created\n1,lead,31/1/2024\n2,lead,1/31/2024\n", wishing())


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2024-03-05", datetime(2024, 3, 4, 23, tzinfo=UTC)),
        ("2024/03/05 10:00", datetime(2024, 3, 5, 9, tzinfo=UTC)),
        ("2024-03-05T10:00:00.123456Z", datetime(2024, 3, 5, 10, 0, 0, 123456, tzinfo=UTC)),
        ("2024-03-05T10:00:00+05:30", datetime(2024, 3, 5, 4, 30, tzinfo=UTC)),
        ("2024-03-05 10:00:00 UTC", datetime(2024, 3, 5, 10, tzinfo=UTC)),
        ("5.3.2024", datetime(2024, 3, 4, 23, tzinfo=UTC)),
        ("05.03.24 10:00", datetime(2024, 3, 5, 9, tzinfo=UTC)),
        ("3/25/2024 1:05 PM", datetime(2024, 3, 25, 12, 5, tzinfo=UTC)),
        ("3/25/2024 12:05:06 am", datetime(2024, 3, 24, 23, 5, 6, tzinfo=UTC)),
        ("March 5, 2024", datetime(2024, 3, 4, 23, tzinfo=UTC)),
        ("5. März 2024", datetime(2024, 3, 4, 23, tzinfo=UTC)),
    ],
)
def test_moments_are_read_in_the_zone_that_was_said(cell: str, moment: datetime) -> None:
    imported = deal(f'id,stage,created\n1,lead,"{cell}"\n', wishing(zone="Europe/Berlin"))
    assert imported.visits[0].entered_at == moment


@pytest.mark.parametrize(
    "cell",
    [
        "tomorrow",
        "2024-02-30",
        "32.1.2024",
        "1875-01-01",
        "20240305",
        "13:00",
        "5.3.2024 25:00",
        "0001-01-01",
    ],
)
def test_what_is_no_date_of_a_record_skips_its_row(cell: str) -> None:
    found = skipped(f"id,stage,created\n1,lead,{cell}\n")
    assert (found.reason, found.line) == (SkipReason.BAD_DATE, 2)
    assert cell in found.detail


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1054.0", Money(105400, "EUR")),
        ("20000", Money(2000000, "EUR")),
        ('"1,234.56"', Money(123456, "EUR")),
        ('"1.234,56 €"', Money(123456, "EUR")),
        ("$99", Money(9900, "USD")),
        ("0", None),
        ("0.0", None),
        ("", None),
    ],
)
def test_amounts_of_programs_and_of_people(cell: str, value: Money | None) -> None:
    assert deal(f"id,stage,amount\n1,lead,{cell}\n").said[Field.VALUE] == value


@pytest.mark.parametrize(
    "cell",
    ["-5", "NaN", "Infinity", "1e400", "1_000", "١٢", "12345678901234567890", "1.234567", "abc"],
)
def test_f33_what_is_no_amount_skips_its_row(cell: str) -> None:
    found = skipped(f"id,stage,amount\n1,lead,{cell}\n")
    assert found.reason is SkipReason.BAD_AMOUNT


def test_f34_the_currency_column_decides_and_an_unknown_one_skips_the_row() -> None:
    content = "id,stage,amount,currency\n1,lead,5000,jpy\n2,lead,5,XXQ\n"
    first, second = taken(content)
    assert isinstance(first, ImportedDeal)
    assert first.said[Field.VALUE] == Money(5000, "JPY")
    assert isinstance(second, Skipped)


def test_a_point_that_is_decimal_elsewhere_in_the_column_is_no_thousands_point() -> None:
    first, second = taken("id,stage,amount\n1,lead,99.5\n2,lead,1.234\n")
    assert isinstance(first, ImportedDeal)
    assert isinstance(second, Skipped)
    assert second.reason is SkipReason.BAD_AMOUNT
    assert deal("id,stage,amount\n1,lead,1.234\n").said[Field.VALUE] == Money(123400, "EUR")
