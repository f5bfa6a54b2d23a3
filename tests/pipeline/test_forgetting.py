"""A contact is forgotten: the name is nowhere any more, and every figure is as it was."""

from datetime import date

import pytest
from sqlalchemy import inspect, text

from pipeline import errors
from pipeline.forgetting import Uncertain, without
from pipeline.money import Money
from pipeline.orders import Said
from pipeline.stages import Field
from tests.conftest import ANA, BEN, OLGA
from tests.pipeline.desk import Desk

NAMES = ("Jo Fields", "jo fields", "Zoë O'Connor & Söhne")


def told_of(desk: Desk, contact: str) -> None:
    """Deals, void ones too, whose history, answers and messages say the name in every way it is kept."""
    deal = desk.new(f"Renewal for {contact}", fields={Field.CONTACT: contact, Field.VALUE: Money(500, "EUR")})
    desk.edit(deal, {Field.NEXT_STEP: f"Call {contact.upper()}", Field.NEED: f"{contact} wants a pump"})
    desk.note(deal, f"{contact} called")
    mistaken = desk.new("Other", fields={Field.CONTACT: contact})
    desk.void(mistaken)
    with desk.store.begin(desk.team) as work:
        escaped = contact.replace("&", "&amp;")
        work.receipts.keep("command", f"r{deal.id}", {"text": f"Contact: {escaped}"}, desk.at)
        work.outbox.reply(f"r{deal.id}", {"url": "u", "body": {"text": contact}})
        work.homes.opened(ANA, desk.at)
        work.homes.notice(ANA, {"text": contact}, desk.at)


def everything(desk: Desk) -> str:
    with desk.store.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        rows = [tuple(row) for name in tables for row in connection.execute(text(f"SELECT * FROM {name}"))]  # noqa: S608 - our tables
    return repr(rows).encode().decode("unicode_escape", "replace").casefold()


@pytest.mark.parametrize("contact", NAMES)
def test_the_name_of_a_forgotten_contact_is_nowhere(desk: Desk, contact: str) -> None:
    told_of(desk, contact)
    assert desk.forget(contact.swapcase(), OLGA).deals == 2
    kept = everything(desk)
    assert contact.casefold() not in kept
    assert contact.casefold().split()[-1] not in kept.replace("fieldchange", "").replace("field_", "")


def test_the_figures_stay(desk: Desk) -> None:
    told_of(desk, "Jo Fields")
    before = desk.deal(1)
    desk.forget("Jo Fields", OLGA)
    after = desk.deal(1)
    assert (after.value, after.stage_id, after.entered_at, after.created_at) == (
        before.value,
        before.stage_id,
        before.entered_at,
        before.created_at,
    )
    assert (after.title, after.contact, after.version) == ("Renewal for …", "", before.version + 1)
    assert len(desk.history(after)) == after.version


@pytest.mark.parametrize("contact", ["Ben", "EUR", "5", "2026"])
def test_a_name_that_is_part_of_an_id_an_amount_or_a_date_leaves_those_alone(
    desk: Desk, contact: str
) -> None:
    deal = desk.new(fields={Field.CONTACT: contact})
    fields: Said = {Field.OWNER: BEN, Field.VALUE: Money(500, "EUR"), Field.CLOSE_ON: date(2026, 12, 15)}
    desk.edit(deal, fields)
    before = desk.history(deal)[1].fields
    desk.forget(contact, OLGA)
    assert desk.history(deal)[1].fields == before


def test_forgetting_cannot_be_taken_back(desk: Desk) -> None:
    told_of(desk, "Jo Fields")
    desk.forget("Jo Fields", OLGA)
    with pytest.raises(errors.NothingToUndo):
        desk.undo(desk.deal(1))


def test_nothing_is_forgotten_before_somebody_is_certain(desk: Desk) -> None:
    told_of(desk, "Jo Fields")
    with pytest.raises(Uncertain) as asked:
        desk.forget("Jo Fields", OLGA, certain=False)
    assert (asked.value.deals, desk.deal(1).contact) == (2, "Jo Fields")


def test_only_an_admin_has_somebody_forgotten(desk: Desk) -> None:
    told_of(desk, "Jo Fields")
    with pytest.raises(errors.NoRight):
        desk.forget("Jo Fields", ANA)
    assert desk.deal(1).contact == "Jo Fields"


def test_a_name_that_no_deal_has_is_refused(desk: Desk) -> None:
    desk.new("Jo Fields")
    for name in ("Jo Fields", "", "\0"):
        with pytest.raises(errors.UnknownContact):
            desk.forget(name, OLGA)


def test_another_contact_is_left_alone(desk: Desk) -> None:
    told_of(desk, "Jo Fields")
    other = desk.new("Beta", fields={Field.CONTACT: "Jo Fieldsworth", Field.NEED: "Jo Fields knows"})
    desk.forget("Jo Fields", OLGA)
    assert (desk.deal(other).contact, desk.deal(other).version) == ("Jo Fieldsworth", 1)


def test_signs_of_a_pattern_are_no_pattern() -> None:
    assert without("A.B. met AxB", ["A.B."]) == "… met AxB"
