"""Whatever a deal is called and whatever it says, Slack takes the view and nobody is called."""

import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.slack_text import UnfitText, clean, isolate
from handlers.texts.english import English
from handlers.texts.languages import texts
from pipeline.deal import Deal
from pipeline.stages import LIMITS, Field
from tests.views.gallery.cards import TWELVE
from tests.views.gallery.catalogue import HOSTILE, LONGEST, RIGHT_TO_LEFT, catalogue, golden, written
from tests.views.gallery.sitter import DEAL, VALUE, Sitter
from tests.views.reading import is_message, objects, problems, strings

FAMILY = "👩‍👩‍👧‍👦🏳️‍🌈"
PIECES = (
    *HOSTILE.split(),
    RIGHT_TO_LEFT,
    FAMILY,
    "\u202e",
    "\u2069",
    '"',
    "\\",
    "\n",
    "é́́́",
    "<!here>",
    "x" * 60,
)
texts_of_people = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join),
    st.sampled_from(["x", "\u05d0" * 1000, "😀" * 1000, "\u202a" * 500 + "a" + "\u202c" * 499]),
)


@st.composite
def deals(draw: st.DrawFn) -> Deal:
    """As the doors let them in: cleaned, and no longer than the field."""
    said: dict[Field, Any] = {}
    for field, limit in LIMITS.items():
        try:
            said[field] = clean(draw(texts_of_people)[:limit], limit, multiline=field is Field.NEED)
        except UnfitText:
            said[field] = "x"
    return DEAL.saying(said)


every_language = pytest.mark.parametrize("language", ["en", "de"])


@every_language
@given(deal=deals())
@example(deal=LONGEST)
@example(deal=written("\u05d0" * 1000))
@settings(max_examples=5)
def test_f26_no_text_breaks_a_limit_of_slack(deal: Deal, language: str) -> None:
    for name, payload in catalogue(Sitter(deal, texts(language))).items():
        assert problems(payload) == [], name


@every_language
@given(deal=deals())
@example(deal=written(HOSTILE))
@settings(max_examples=5)
def test_f28_no_text_calls_anybody_or_becomes_markup(deal: Deal, language: str) -> None:
    for name, payload in catalogue(Sitter(deal, texts(language))).items():
        for each in objects(payload):
            assert each.get("type") not in ("mrkdwn", "user", "broadcast", "usergroup", "link"), name
            assert each.get("type") != "plain_text" or each["emoji"] is False, name
        if is_message(payload):
            assert_plain(payload["text"], name)


def assert_plain(text: Any, name: str) -> None:
    """`text` is the one place that Slack reads as markup."""
    assert not re.search("[<>]", text), name
    assert re.fullmatch("(?:[^&]|&(?:amp|lt|gt);)*", text), name
    assert not re.search(r"(?:^|[\s(])([*_~`])[^\s]", text), name


def test_f28_a_deal_called_channel_stands_as_it_is_called(spoken: English) -> None:
    drawn = catalogue(Sitter(written(HOSTILE), spoken))
    assert any("<!channel> <@U1>" in text for text in strings(drawn["card_proposal"]["blocks"]))
    assert "&lt;!channel&gt; &lt;@U1&gt;" in str(drawn["card_proposal"]["text"])


def test_f27_a_name_turns_around_nothing_that_stands_beside_it(spoken: English) -> None:
    title = "\u202eemca"
    for name, payload in catalogue(Sitter(written(title), spoken)).items():
        shown = [part["text"] for part in objects(payload) if isinstance(part.get("text"), str)]
        for text in shown:
            beside = text.replace(isolate(title), "")
            assert not re.search(f"{title}(?![\u202c\u2069]|$)", beside), name


def test_a_message_has_room_to_spare_and_a_home_holds_forty_deals(spoken: English) -> None:
    for name, payload in golden(spoken).items():
        blocks: Any = payload.get("blocks", [])
        assert len(blocks) <= (100 if payload.get("type") else 50), name
        assert len(blocks) <= 25 or name.startswith("home_"), name


def test_a_word_on_a_button_is_short_enough_to_be_read(spoken: English) -> None:
    """Slack cuts after some 30 characters; what people named themselves may be longer."""
    faces = (
        spoken.undo,
        spoken.reopen,
        spoken.open_form,
        spoken.new_deal,
        spoken.create_another,
        spoken.post_card,
        spoken.open_card,
        spoken.move_to,
        spoken.next_page,
        spoken.previous_page,
        spoken.set_value(spoken.money(DEAL.value or VALUE)),
    )
    assert [face for face in faces if len(face) > 30] == []


def test_twelve_stages_are_shown_as_neighbours_and_a_menu(spoken: English) -> None:
    blocks: Any = golden(spoken)["card_fifth_of_twelve"]["blocks"]
    *buttons, menu, _more = blocks[-1]["elements"]
    names = [spoken.stage(TWELVE.stage(number)) for number in (6, 4)]
    faces = [button["text"]["text"] for button in buttons]
    assert faces == [*names, spoken.stage(TWELVE.won), spoken.stage(TWELVE.lost)]
    assert len(menu["options"]) == len(TWELVE.living) - 1
