"""Rows to deals: stages, owners, titles, and which rows make none."""

from datetime import date, timedelta

import pytest

from handlers.importing.headers import Column
from handlers.importing.survey import Wishes
from pipeline.imports import ImportedDeal, Skipped, SkipReason, Unimportable
from pipeline.money import Money
from pipeline.stages import Field
from storage.imports_rows import digest_of
from tests.handlers.imported import NOW, deal, looked_at, path, skipped, taken, wishing


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
