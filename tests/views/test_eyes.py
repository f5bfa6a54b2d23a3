"""Who sees what: no amounts where money is hidden, and words for those who cannot see at all."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.texts.english import English
from pipeline.deal import Deal
from pipeline.money import Money
from tests.views.gallery.catalogue import catalogue, golden
from tests.views.gallery.forms import TYPED_VALUE
from tests.views.gallery.sitter import DEAL, VALUE, Sitter
from tests.views.reading import figures, is_message, objects, strings

# Answers that speak of no single deal, or of words that name none.
NO_DEAL = (
    "help_",
    "roles",
    "report_lost",
    "unknown_word",
    "failure_",
    "letter_parked",
    "appointed",
    "forgotten",
    "card_coming",
    "card_follows",
    "board_",
    "bottlenecks_",
    "top_of_none",
    "changes_none",
    "forecast",
    "call",
    "target",
    "list_filtered_to_none",
    "list_found",
    "list_of_many",
    "list_of_none",
    "stage",
    "settings_",
    "settled_",
    "money_",
    "pipeline_",
)
NEWER = ("data_visualization", "data_table")
CLOSED = Money(98_765_400, "EUR")


@pytest.mark.parametrize("deal", [DEAL, replace(DEAL, value=CLOSED)])
def test_where_money_is_hidden_no_amount_is_anywhere(spoken: English, deal: Deal) -> None:
    for name, payload in catalogue(Sitter(deal, spoken, money=False)).items():
        for text in (*strings(payload), *map(str, figures(payload))):
            digits = "".join(char for char in text if char.isdigit())
            assert not any(amount in digits for amount in ("7654", "987654")), (name, text)


def test_where_money_is_shown_it_is_written_in_the_language(spoken: English) -> None:
    drawn = golden(spoken)
    assert spoken.money(VALUE) in str(drawn["card_proposal"]["text"])
    assert any(spoken.money(VALUE) in text for text in strings(drawn["home_one"]))
    typed = {each.get("initial_value") for each in objects(drawn["form_gate_typed"])}
    assert spoken.typed_money(TYPED_VALUE) in typed


def test_every_message_says_in_its_text_what_its_blocks_show(spoken: English) -> None:
    for name, payload in golden(spoken).items():
        assert not is_message(payload) or str(payload["text"]).strip(), name


def test_a_picture_is_read_out_as_its_classic_form(spoken: English) -> None:
    drawn = golden(spoken)
    pictured = [name for name in drawn if name.endswith("_pictured")]
    assert len(pictured) > 20
    for name in pictured:
        assert drawn[name]["text"] == drawn[name.removesuffix("_pictured")]["text"], name


def test_a_message_has_two_charts_at_most_and_a_picture_before_its_numbers(spoken: English) -> None:
    for name, payload in golden(spoken).items():
        blocks: Any = payload.get("blocks", [])
        places = {kind: [at for at, each in enumerate(blocks) if each["type"] == kind] for kind in NEWER}
        assert len(places["data_visualization"]) <= 2, name
        if all(places.values()):
            assert max(places["data_visualization"]) < min(places["data_table"]), name


def test_a_card_read_out_names_code_title_and_stage(spoken: English) -> None:
    for stage in Sitter(DEAL, spoken).pipeline.living:
        text = str(golden(spoken)[f"card_{stage.key}"]["text"])
        assert all(part in text for part in ("D-42", "Acme renewal", spoken.stage(stage)))


def test_an_answer_read_out_names_the_deal(spoken: English) -> None:
    for name, payload in golden(spoken).items():
        if is_message(payload) and not name.removeprefix("guest_").startswith(
            (*NO_DEAL, "refused_", "card_")
        ):
            assert "D-42" in str(payload["text"]), name


def test_a_button_whose_face_does_not_name_the_deal_has_a_label_that_does(spoken: English) -> None:
    buttons: Any = golden(spoken)["card_proposal"]["blocks"]
    for button in buttons[-1]["elements"][:-1]:
        assert "D-42" in button["accessibility_label"]
        assert button["text"]["text"] in button["accessibility_label"]
