"""Rows to deals: dates, stages, amounts, owners, and the two forms of files."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.importing.date_order import Order
from handlers.importing.headers import Column
from handlers.importing.reading import read
from handlers.importing.stage_names import StageNames
from handlers.importing.survey import Survey, Wishes, survey
from pipeline.imports import ImportedDeal, Skipped, SkipReason, Unimportable
from pipeline.money import Money
from pipeline.stages import DEFAULT_STAGES, Field, evenly_planned
from storage.imports_rows import digest_of

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


def wishing(
    mapping: Mapping[str, str] | None = None,
    columns: Mapping[Column, str] | None = None,
    dates: Order | None = None,
    zone: str = "UTC",
) -> Wishes:
    names = StageNames(DEFAULT_STAGES, mapping or {})
    people = {"moses frase": "U0MOSES"}
    return Wishes(names, NOW, "EUR", ZoneInfo(zone), dates, columns or {}, people)


def looked_at(content: str, wishes: Wishes) -> Survey:
    return survey(lambda: io.BytesIO(content.encode()), wishes, lambda _: None)


def taken(content: str, wishes: Wishes | None = None) -> Sequence[ImportedDeal | Skipped]:
    wishes = wishes or wishing()
    return list(read(looked_at(content, wishes), wishes, lambda _: None))


def deal(content: str, wishes: Wishes | None = None) -> ImportedDeal:
    (only,) = taken(content, wishes)
    assert isinstance(only, ImportedDeal), only
    return only


def skipped(content: str, wishes: Wishes | None = None) -> Skipped:
    (only,) = taken(content, wishes)
    assert isinstance(only, Skipped), only
    return only


def path(imported: ImportedDeal) -> list[str]:
    return [visit.stage for visit in imported.visits]


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


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("NEGOTIATION", "negotiation"),
        ("Angebotserstellung", "proposal"),
        ("Lead  Generierung", "lead"),
        ("Proposal (Sales Pipeline)", "proposal"),
        ("closedwon", "won"),
        ("Closed Lost", "lost"),
        ("verloren", "lost"),
        ("Gewonnen", "won"),
    ],
)
def test_stages_are_found_by_key_name_and_words_for_the_end(cell: str, key: str) -> None:
    assert path(deal(f"id,stage,created,close_date\n1,{cell},2024-01-01,2024-02-01\n"))[-1] == key


def test_unknown_stages_are_listed_with_counts_and_both_ways_out() -> None:
    content = "id,stage\n1,Demo\n2,Engaging\n3,Engaging\n"
    with pytest.raises(Unimportable) as refused:
        looked_at(content, wishing())
    assert '"Engaging" (2), "Demo" (1)' in refused.value.spoken
    assert '--map "Engaging=lead"' in refused.value.spoken
    assert "--pipeline NAME --stages A,B,C" in refused.value.spoken
    mapped = taken(content, wishing(mapping={"engaging": "Qualification", "demo": "proposal"}))
    assert [path(each) for each in mapped if isinstance(each, ImportedDeal)] == [
        ["proposal"],
        ["qualification"],
        ["qualification"],
    ]


def test_a_column_with_hundreds_of_stages_is_the_wrong_one() -> None:
    content = "id,stage\n" + "".join(f"{number},{number}\n" for number in range(300))
    with pytest.raises(Unimportable, match="is it the right one"):
        looked_at(content, wishing())


def test_columns_can_be_named_and_a_wrong_name_is_told() -> None:
    content = "Nummer,Zustand\n1,lead\n"
    named = wishing(columns={Column.ID: "nummer", Column.STAGE: "Zustand"})
    assert deal(content, named).external_id == "1"
    with pytest.raises(Unimportable, match='there is no column "Phase"'):
        looked_at(content, wishing(columns={Column.STAGE: "Phase"}))


@pytest.mark.parametrize(
    "header",
    [
        "Record ID,Deal Name,Deal Stage,Amount,Create Date,Close Date,Deal owner,Associated Company",
        "ID,Deal - Title*,Deal - Stage,Deal - Value,Deal created,Expected close date,Deal - Owner,Organization",
        "Id,Name,StageName,Amount,CreatedDate,CloseDate,Opportunity Owner,Account Name",
    ],
    ids=["HubSpot", "Pipedrive", "Salesforce"],
)
def test_the_exports_of_other_programs_are_known(header: str) -> None:
    row = "7,Roof,Negotiation,1200,2024-01-01 10:00,2027-03-01,Moses Frase,Acme"
    imported = deal(f"\ufeff{header}\n{row}\n")
    assert imported.external_id == "7"
    assert path(imported) == ["negotiation"]
    assert imported.said == {
        Field.TITLE: "Roof",
        Field.COMPANY: "Acme",
        Field.VALUE: Money(120000, "EUR"),
        Field.OWNER: "U0MOSES",
        Field.CLOSE_ON: date(2027, 3, 1),
    }


def test_a_status_of_won_goes_before_the_stage_which_is_where_it_was_closed_from() -> None:
    header = "Deal - ID,Deal - Status,Deal - Stage,Deal created,Deal - Won time\n"
    imported = deal(header + "1,Won,Proposal,2024-01-01,2024-02-01\n")
    assert path(imported) == ["proposal", "won"]


def test_without_a_title_company_and_product_or_the_id_name_the_deal() -> None:
    content = "id,stage,account,product\n1,lead,Acme,GTX\n2,lead,,GTX\n3,lead,,\n"
    titles = [each.said[Field.TITLE] for each in taken(content) if isinstance(each, ImportedDeal)]
    assert titles == ["Acme: GTX", "GTX: 2", "3"]


def test_an_owner_whom_nobody_is_called_is_kept_as_a_note() -> None:
    content = "id,stage,sales_agent\n1,lead,Nobody Here\n"
    imported = deal(content)
    assert imported.said[Field.OWNER] is None
    assert imported.note == "sales_agent: Nobody Here"


def test_an_open_deal_without_a_date_begins_with_the_import_and_stays_the_same_deal() -> None:
    content = "id,stage,created\n1,lead,\n"
    imported = deal(content)
    assert (imported.visits[0].entered_at, imported.dated) == (NOW, False)
    wishes = wishing()
    later = Wishes(wishes.stages, NOW + timedelta(days=1), "EUR", people=wishes.people)
    assert digest_of(deal(content, later)) == digest_of(imported)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",lead,2024-01-01,", SkipReason.NO_ID),
        (f"{'9' * 151},lead,2024-01-01,", SkipReason.LONG_ID),
        ("1,,2024-01-01,", SkipReason.NO_STAGE),
        ("1,won,2024-01-01,", SkipReason.NO_CLOSE_DATE),
        ("1,won,2024-01-02,2024-01-01", SkipReason.BACKWARDS),
        ("1,won,2024-01-02,2027-01-01", SkipReason.FUTURE),
    ],
)
def test_rows_that_make_no_deal_are_skipped_with_their_reason(row: str, reason: SkipReason) -> None:
    assert skipped(f"id,stage,created,close_date\n{row}\n").reason is reason


def test_a_title_that_is_too_long_is_not_cut() -> None:
    assert skipped(f"id,stage,title\n1,lead,{'x' * 151}\n").reason is SkipReason.BAD_TEXT


def test_a_day_without_a_time_ends_a_deal_of_that_day() -> None:
    imported = deal("id,stage,created,close_date\n1,won,2024-01-02T15:00Z,2024-01-02\n")
    assert [visit.entered_at.hour for visit in imported.visits] == [15, 15]


def test_the_same_id_again_is_skipped_and_the_first_line_is_told() -> None:
    _, _, again = taken("id,stage\n1,lead\n2,lead\n1,proposal\n")
    assert isinstance(again, Skipped)
    assert (again.line, again.reason, again.detail) == (4, SkipReason.REPEATED, "on line 2")


def test_without_an_id_column_title_and_company_tell_deals_apart() -> None:
    content = "title,company,stage\nRoof,Acme,lead\nRoof,Bolt,lead\nRoof,Acme,lead\n,,lead\n"
    first, second, again, nameless = taken(content)
    assert isinstance(first, ImportedDeal)
    assert isinstance(second, ImportedDeal)
    assert first.external_id != second.external_id
    assert isinstance(again, Skipped)
    assert isinstance(nameless, Skipped)
    assert (again.reason, nameless.reason) == (SkipReason.REPEATED, SkipReason.NO_ID)
    assert "without an id column" in looked_at(content, wishing()).notes[-1]


def test_columns_without_a_meaning_are_told() -> None:
    assert "columns left out: colour" in looked_at("id,stage,colour\n1,lead,red\n", wishing()).notes


def test_a_quote_that_kept_a_spreadsheet_from_running_a_cell_is_taken_off() -> None:
    assert deal("id,stage,title\n1,lead,'=1+1\n").said[Field.TITLE] == "=1+1"


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
