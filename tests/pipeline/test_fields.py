"""What a field can hold: the same on a form, a command, a move and an import."""

import pytest

from pipeline import errors
from pipeline.deal import ATTRIBUTES, read_code
from pipeline.fields import check_fields
from pipeline.money import Money
from pipeline.stages import LIMITS, Field
from tests.pipeline.desk import Desk


@pytest.mark.parametrize("field", LIMITS)
def test_a_field_takes_what_fits_and_refuses_one_character_more(field: Field) -> None:
    check_fields({field: "ß" * LIMITS[field]})
    check_fields({field: "😀" * LIMITS[field]})
    with pytest.raises(errors.FieldUnfit) as refused:
        check_fields({field: "x" * (LIMITS[field] + 1)})
    assert (refused.value.field, refused.value.reason, refused.value.limit) == (
        field,
        "too_long",
        LIMITS[field],
    )


def test_the_archive_holds_the_longest_text_of_every_field(desk: Desk) -> None:
    """Signs outside the basic plane count as one, on both engines."""
    longest = {field: "😀" * limit for field, limit in LIMITS.items()}
    title = longest.pop(Field.TITLE)
    deal = desk.new(title, fields=longest)
    assert desk.deal(deal) == deal


@pytest.mark.parametrize(
    ("text", "reason"), [("a\0b", "nul"), ("a\ud800b", "surrogate"), ("\udfff", "surrogate")]
)
@pytest.mark.parametrize("field", LIMITS)
def test_text_that_no_archive_can_hold_is_refused(field: Field, text: str, reason: str) -> None:
    with pytest.raises(errors.FieldUnfit) as refused:
        check_fields({Field.TITLE: "Acme", field: f"Acme{text}"})
    assert refused.value.reason == reason


def test_a_value_is_not_negative() -> None:
    check_fields({Field.VALUE: Money(0, "EUR")})
    with pytest.raises(errors.FieldUnfit) as refused:
        check_fields({Field.VALUE: Money(-1, "EUR")})
    assert refused.value.reason == "negative"


def test_a_title_may_be_changed_but_not_taken_away(desk: Desk) -> None:
    deal = desk.new()
    assert desk.edit(deal, {Field.TITLE: "Acme 2"}).deal.title == "Acme 2"
    for nothing in (None, "", "\u200b"):
        with pytest.raises(errors.FieldUnfit):
            desk.edit(deal, {Field.TITLE: nothing})


def test_an_unfit_field_stops_the_whole_move(desk: Desk) -> None:
    deal = desk.filled()
    with pytest.raises(errors.FieldUnfit):
        desk.move(deal, "proposal", fields={Field.NEED: "x" * 1001})
    assert desk.deal(deal) == deal


def test_a_text_taken_away_is_empty_and_comes_back_with_undo(desk: Desk) -> None:
    deal = desk.filled()
    assert desk.edit(deal, {Field.CONTACT: None}).deal.contact == ""
    assert desk.undo(deal).deal.contact == "Jo"


def test_saying_what_is_so_changes_nothing(desk: Desk) -> None:
    deal = desk.filled()
    with pytest.raises(errors.AlreadySaid):
        desk.edit(deal, {Field.CONTACT: "Jo", Field.SOURCE: None})
    assert desk.deal(deal) == deal


def test_every_field_is_one_attribute() -> None:
    assert set(ATTRIBUTES) == set(Field)


@pytest.mark.parametrize(
    "word", ["D-42", "d42", "#42", "42", "D-0042", "D\u201342", "D\u201142", "D-42,", "(D-42)", "D-42:"]
)
def test_a_code_is_read_in_every_spelling(word: str) -> None:
    assert read_code(word) == 42


@pytest.mark.parametrize(
    "word", ["", "D", "0", "D-0", "4 2", "D--4", "42x", "٤٢", "-42", "1234567890", "42%", ")42"]
)
def test_any_other_word_is_no_code(word: str) -> None:
    assert read_code(word) is None
