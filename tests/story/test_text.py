"""Text of people: stored as typed, shown as typed, pinging nobody; on every surface."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.slack_text import UnfitText, clean
from pipeline.stages import LIMITS, Field
from tests.story.scene import BOTH_ENGINES, Scene, fields, pressable, shown

Json = dict[str, Any]

STRANGE = [
    "<!channel> now",
    "<@U0BEN> owes us",
    "<https://x.example|Click>",
    "*_~bold~_* `code`",
    ":skull: &amp; &lt;b&gt; & <b>",
    "> quoted",
    "\u202egnirts",
    "אבג שלום",
    "a\u200bb\u2060c",
    "e\u0301te\u0301",
    "👩‍👩‍👧‍👦" * 10,
    "🎉" * 150,
    "x" * 150,
    "tab\tand\u00a0space",
    "D-7",
    "won",
    "@ana",
]


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_f27_strange_titles_are_stored_as_typed(scene: Scene) -> None:
    for number, title in enumerate(STRANGE, 1):
        scene.deal("@ana", "")
        assert scene.fill("@ana", title=title).ok
        scene.control.close_view("@ana") if scene.control.modal("@ana") else None
        assert scene.row(number).title == clean(title, 150)
        assert f"D-{number} " in shown(scene.deal("@ana", f"show D-{number}").message)


@pytest.mark.parametrize("title", STRANGE, ids=lambda title: ascii(title)[:30])
def test_f28_a_title_is_stored_as_typed_shown_as_typed_and_pings_nobody(scene: Scene, title: str) -> None:
    scene.deal("@ana", "")
    assert scene.fill("@ana", title=title).ok
    kept = clean(title, 150)
    assert scene.row().title == kept
    card = scene.card()
    home = _home(scene)
    for seen in (
        card,
        scene.deal("@ana", "show D-1").message,
        scene.deal("@ana", "history D-1").message,
        home,
    ):
        assert _visible(kept[:100]) in _visible(shown(seen))  # a heading ends at 150 characters
        _pings_nobody(seen)


def _home(scene: Scene) -> Json:
    scene.control.open_home("@ana")
    return scene.home("@ana", shows="D-1")


def _visible(text: str) -> str:
    """Without the marks that keep directions apart."""
    return "".join(char for char in text if char not in "\u2066\u2067\u2068\u2069\u202c\u2060")


def _pings_nobody(seen: Json) -> None:
    assert not any(sign in str(seen.get("text", "")) for sign in ("<!", "<@", "<#", "<http"))
    for part in _parts(seen.get("blocks")):
        assert part.get("type") != "mrkdwn", part
        assert part.get("type") not in ("user", "usergroup", "broadcast", "link", "channel", "emoji"), part
        assert part.get("type") != "plain_text" or part.get("emoji") is False, part


def _parts(inside: object) -> list[Json]:
    if isinstance(inside, list):
        return [part for each in inside for part in _parts(each)]
    if isinstance(inside, dict):
        return [inside, *(part for each in inside.values() for part in _parts(each))]
    return []


@pytest.mark.parametrize(
    "line", ["new <!channel> now", "new <@U0NOBODY> owes", "new *_~bold~_* `x`", "new &lt;b&gt; &"]
)
def test_f28_a_typed_line_is_stored_as_typed(scene: Scene, line: str) -> None:
    scene.deal("@ana", line)
    assert scene.row().title == line.removeprefix("new ")
    _pings_nobody(scene.card())


def test_f28_notes_reasons_and_companies_ping_nobody_either(scene: Scene) -> None:
    scene.deal("@ana", "new Acme at <!here> Inc 12k")
    scene.deal("@ana", "lost D-1 <!channel> *too* <@U0BEN> expensive")
    _pings_nobody(scene.card(shows="✘"))
    for line in ("show D-1", "history D-1"):
        said = scene.deal("@ana", line).message
        assert "*too*" in shown(said)
        _pings_nobody(said)


def test_f26_a_text_over_its_limit_is_refused_with_the_limit(scene: Scene) -> None:
    scene.at_stage("lead")
    for field in LIMITS:
        if field is not Field.TITLE:
            _refuses_too_long(scene, field)
    assert scene.row().version == 1


def _refuses_too_long(scene: Scene, field: Field) -> None:
    scene.deal(
        "@ana", {Field.CONTACT: "move D-1 qualification", Field.REASON: "lost D-1"}.get(field, _form(field))
    )
    values = {Field.NEED: "n", Field.BUDGET: "b", Field.NEXT_STEP: "s", Field.NEXT_STEP_ON: "2044-01-01"}
    asked = fields(scene.control.modal("@ana"))
    given = {each: value for each, value in {**values, Field.TITLE: "t"}.items() if each in asked}
    held = scene.control.prepare("submit", user="@ana", values={**given, field: "MARK"})
    answer = scene.send(held, held.body.replace("MARK", "y" * (LIMITS[field] + 1)))
    assert str(LIMITS[field]) in answer.json()["errors"][field].replace(",", "")
    scene.control.close_view("@ana")


def _form(field: Field) -> str:
    if field in (Field.NEED, Field.BUDGET):
        return "move D-1 proposal"
    return "move D-1 closing" if field is Field.NEXT_STEP else ""


@BOTH_ENGINES
@pytest.mark.parametrize("escape", ["%5Cu0000", "%5Cud83d"], ids=["nul", "half a pair"])
def test_f27_what_cannot_be_stored_is_refused_below_its_field(scene: Scene, escape: str) -> None:
    scene.deal("@ana", "")
    held = scene.control.prepare("submit", user="@ana", values={"title": "Acme MARK"})
    answer = scene.send(held, held.body.replace("MARK", escape))
    assert "character" in answer.json()["errors"]["title"]
    assert scene.count("deals") == 0


@BOTH_ENGINES
def test_f27_nul_in_a_command_is_refused(scene: Scene) -> None:
    scene.at_stage("lead")
    for line in (
        "new Acme\x00",
        "show a\x00b",
        "lost D-1 too\x00dear",
        "move D-1 \x00",
        "value D-1 \x00",
        "\x00",
    ):
        before = scene.state()
        assert scene.told("@ana", line)
        assert scene.state() == before


@pytest.mark.parametrize("length", [151, 10_000])
def test_f26_a_title_over_150_characters_is_refused_with_the_limit(scene: Scene, length: int) -> None:
    assert "150 characters" in scene.told("@ana", "new " + "🎉" * length)
    assert scene.count("deals") == 0


def test_f27_look_alikes_and_marks_do_not_hide_a_deal(scene: Scene) -> None:
    scene.deal("@ana", "new Été\u200b à Paris")
    assert "D-1" in shown(scene.deal("@ana", "show ete a paris").message)


@BOTH_ENGINES
@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(title=st.text(min_size=1, max_size=160), note=st.text(max_size=40))
def test_f27_any_text_goes_through_or_is_refused_in_words(scene: Scene, title: str, note: str) -> None:
    before = scene.count("deals")
    view = scene.control.modal("@ana")
    if view:
        scene.control.close_view("@ana", cleared=True)
    scene.deal("@ana", "")
    done = scene.fill("@ana", title=title, company=note[:150])
    try:
        kept = clean(title, 150)
        for each in filter(None, [note.strip()]):
            clean(each, 150)
    except UnfitText:
        assert not done.sent or done.shown.get("errors")
        assert scene.count("deals") == before
        return
    assert done.ok
    if "Create another" in str(scene.control.modal("@ana")):
        assert scene.fill("@ana").ok
    number = before + 1
    assert scene.row(number).title == kept
    said = scene.deal("@ana", f"show D-{number}").message
    assert pressable(said)
