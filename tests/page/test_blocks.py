"""Blocks and their parts, as a person sees and hears them."""

from typing import Any

import pytest

from tests.page.conftest import Easel
from tests.page.samples import (
    BUTTONS,
    CAROUSEL,
    MOMENT,
    PICKERS,
    PIE,
    RICH,
    TABLE,
    chart,
    container,
    fields,
    leaf,
    section_of,
)


def markdown(text: str) -> list[dict[str, Any]]:
    return [{"type": "markdown", "text": text}]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("one\ntwo\n\nthree", "<p>one\ntwo</p><p>three</p>"),
        ("**b** *i* _i_ ~~s~~ ***bi***", "<p><strong>b</strong> <em>i</em> <em>i</em> <s>s</s> <strong><em>bi</em></strong></p>"),
        ("snake_case_name 2*3*4 `**`", "<p>snake_case_name 2<em>3</em>4 <code>**</code></p>"),
        (r"\*no\* <b>x</b>", "<p>*no* &lt;b&gt;x&lt;/b&gt;</p>"),
        ("**open *both", "<p>**open *both</p>"),
        ("- a\n- b\n  - c\n\n1. d\n2. e", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><ol><li>d</li><li>e</li></ol>"),
        ("3. x", '<ol start="3"><li>x</li></ol>'),
        ("> a\n> > b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        ("# A\n### B", '<h2 class="header">A</h2><h4 class="header">B</h4>'),
        ("```py\n# *x*\n```", "<pre><code># *x*</code></pre>"),
        ("```\nopen", "<pre><code>open</code></pre>"),
        ("[x](javascript:alert(1))", "<p><span>x</span>)</p>"),
        ("a | b", "<p>a | b</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown(easel: Easel, text: str, drawn: str) -> None:
    easel.show(markdown(text))
    assert easel.page.locator(".markdown").inner_html() == drawn


@pytest.mark.parametrize(
    "text",
    ["[" * 2000, "*a " * 700, "_" * 3000, "> " * 1500, "|" * 2000, "`" * 2999, "![](" * 500, "- " * 900],
)
def test_markup_without_sense_takes_no_longer(easel: Easel, text: str) -> None:
    """Deep and unclosed marks are what a parser of this kind stumbles over."""
    took = easel.page.evaluate(
        """(text) => {
            const from = performance.now();
            easel.show([{ type: "markdown", text }, { type: "section", text: { type: "mrkdwn", text } }]);
            return performance.now() - from;
        }""",
        text,
    )
    assert took < 10_000
    assert easel.trouble == []


def test_rich_text_lists_hang_inside_each_other(easel: Easel) -> None:
    easel.show([RICH])
    assert easel.page.locator(".rich-text > ul > li > ol > li").all_text_contents() == ["inside two"]
    assert easel.page.locator(".rich-text > ul > li").all_text_contents() == ["one", "twoinside two", "three"]


def test_rich_text_is_never_read_as_markup(easel: Easel) -> None:
    typed = "*x* <!channel> &amp; :tada: <b>"
    easel.show(
        [{"type": "rich_text", "elements": [section_of(leaf(typed), {"type": "hologram", "fallback": "?"})]}]
    )
    assert easel.page.locator(".rich-text").inner_text() == f"{typed}?"


def test_a_link_of_rich_text_leads_to_the_web_only(easel: Easel) -> None:
    links = [
        {"type": "link", "url": url, "text": url}
        for url in ("javascript:alert(1)", "https://x.org/", "data:text/html,x")
    ]
    easel.show([{"type": "rich_text", "elements": [section_of(*links)]}])
    assert easel.page.locator("a").all_text_contents() == ["https://x.org/"]


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_a_charts_figures_are_heard_and_can_be_read(easel: Easel, kind: str) -> None:
    easel.show([chart(kind)])
    picture = easel.page.get_by_role("img", name=f"Weighted pipeline as {kind}: {kind} chart.")
    assert "Last week: Qualified 140, Proposal 260, Negotiation 60" in (
        picture.get_attribute("aria-label") or ""
    )
    assert easel.page.locator(".legend li").all_text_contents() == ["This week", "Last week"]
    easel.page.get_by_text("Show the figures").click()
    rows = [row.locator("th, td").all_text_contents() for row in easel.page.locator("tr").all()]
    assert rows == [
        ["Stage", "This week", "Last week"],
        ["Qualified", "120", "140"],
        ["Proposal", "310", "260"],
        ["Negotiation", "-20", "60"],
    ]


def test_a_bar_stands_on_zero_and_is_as_high_as_its_value(easel: Easel) -> None:
    easel.show([chart("bar")])
    bars = easel.page.locator(".chart rect.fill").evaluate_all(
        "(bars) => bars.map((bar) => ({ top: bar.y.baseVal.value, height: bar.height.baseVal.value }))"
    )
    zero = float(easel.page.locator(".chart .axis").get_attribute("y1") or "nan")
    unit = bars[0]["height"] / 120
    for bar, value in zip(bars, [120, 310, -20, 140, 260, 60], strict=True):
        assert bar["height"] == pytest.approx(abs(value) * unit, rel=0.01)
        assert bar["top"] == pytest.approx(zero - max(value, 0) * unit, abs=0.01)


@pytest.mark.parametrize("greatest", [1, 3, 9, 10, 26])
def test_between_whole_deals_stands_no_line(easel: Easel, greatest: int) -> None:
    data = [{"label": "c0", "value": greatest}]
    easel.show(
        [{"type": "data_visualization", "title": "Deals", "chart": {
            "type": "bar", "series": [{"name": "s", "data": data}], "axis_config": {"categories": ["c0"]}}}]
    )  # fmt: skip
    lines = easel.page.locator(".chart text.tick").all_text_contents()
    told = [float(line) for line in lines if line != "c0"]
    assert told == [int(each) for each in told]
    assert max(told) >= greatest


@pytest.mark.parametrize("values", [[0, 0], [-5, -9], [0.001, 0.002], [1e12, -3e12], [7, 7]])
def test_a_chart_of_odd_figures_stays_in_its_frame(easel: Easel, values: list[float]) -> None:
    data = [{"label": f"c{index}", "value": value} for index, value in enumerate(values)]
    block = {"type": "data_visualization", "title": "Odd", "chart": {
        "type": "line", "series": [{"name": "s", "data": data}], "axis_config": {"categories": ["c0", "c1"]}}}  # fmt: skip
    easel.show([block])
    frame, marks = (
        easel.page.locator("svg.chart").bounding_box(),
        easel.page.locator("svg.chart path.line").bounding_box(),
    )
    assert frame is not None
    assert marks is not None
    assert frame["y"] <= marks["y"] <= frame["y"] + frame["height"]
    assert "NaN" not in easel.page.locator("svg.chart").inner_html()


def test_the_longest_names_of_a_chart_are_seen_whole(easel: Easel) -> None:
    names = [f"{index:02} of twenty letters"[:20] for index in range(20)]
    series = [
        {"name": f"s{index}", "data": [{"label": name, "value": index} for name in names]}
        for index in range(12)
    ]
    axes = {"categories": names, "x_label": "X", "y_label": "Y"}
    chart = {"type": "bar", "series": series, "axis_config": axes}
    easel.show([{"type": "data_visualization", "title": "Full", "chart": chart}])
    frame = easel.page.locator("svg.chart").bounding_box()
    assert frame is not None
    for text in easel.page.locator("svg.chart text").all():
        box = text.bounding_box()
        assert box is not None
        assert box["x"] >= frame["x"] - 1, text.text_content()
        assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1, text.text_content()


def test_a_pie_of_one_part_is_a_circle(easel: Easel) -> None:
    easel.show([{**PIE, "chart": {"type": "pie", "segments": [{"label": "Lead", "value": 6}]}}])
    assert easel.page.locator("svg.chart circle").count() == 1
    assert easel.page.locator(".legend li").all_text_contents() == ["1  Lead: 6 (100 %)"]


def test_numbers_are_written_in_the_readers_language(easel: Easel) -> None:
    easel.show([TABLE], reader={"locale": "de-DE"})
    assert easel.page.locator("td").all_text_contents() == ["Acme", "EUR 42,000", "Globex", "1.234,5"]
    assert easel.page.locator("td.align-right").count() == 2


def test_a_container_folds_where_it_may(easel: Easel) -> None:
    easel.show([container(is_collapsible=True, default_collapsed=True)])
    assert not easel.page.get_by_role("button", name="Show").is_visible()
    easel.page.get_by_text("Stalled deals (2)").click()
    assert easel.page.get_by_role("button", name="Show").is_visible()
    easel.show([container()])
    assert easel.page.get_by_role("group", name="Stalled deals (2)").count() == 1


def test_a_row_of_cards_moves_by_keys_and_by_buttons(easel: Easel) -> None:
    easel.show([{**CAROUSEL, "elements": CAROUSEL["elements"] * 3}])
    row = easel.page.get_by_role("list", name="12 cards")
    row.focus()
    easel.page.keyboard.press("ArrowRight")
    easel.page.wait_for_function("() => document.querySelector('.carousel-row').scrollLeft > 0")
    row.evaluate("(node) => { node.scrollLeft = 0; }")
    easel.page.get_by_role("button", name="Next card").click()
    easel.page.wait_for_function("() => document.querySelector('.carousel-row').scrollLeft > 100")


def test_a_button_says_what_it_is_called_for_those_who_hear(easel: Easel) -> None:
    named = {**BUTTONS[0], "accessibility_label": "Show D-42"}
    easel.show([{"type": "actions", "elements": [named]}])
    assert easel.page.get_by_role("button", name="Show D-42").text_content() == "Show"


def test_a_moment_of_rich_text_is_in_the_readers_zone(easel: Easel) -> None:
    date = {"type": "date", "timestamp": MOMENT, "format": "{date_num} {time}", "fallback": "x"}
    easel.show(
        [{"type": "rich_text", "elements": [section_of(date)]}],
        reader={"tz": "Asia/Tokyo", "locale": "de-DE"},
    )
    assert easel.page.locator("time").text_content() == "2026-11-25 18:00"


def test_the_focus_outlives_a_repaint(easel: Easel) -> None:
    blocks = [{"type": "actions", "elements": BUTTONS[:2]}, *fields({"static": PICKERS["static"]})]
    easel.show(blocks)
    easel.page.get_by_role("button", name="Won").focus()
    easel.page.evaluate("(blocks) => easel.repaint(blocks)", blocks)
    assert easel.page.locator(":focus").text_content() == "Won"
    easel.page.evaluate("(blocks) => easel.repaint(blocks)", blocks[1:])
    assert easel.page.locator(":focus").get_attribute("id") == "easel"
    easel.page.get_by_role("combobox").focus()
    easel.page.evaluate("(blocks) => easel.repaint(blocks)", blocks)
    assert easel.page.locator(":focus").get_attribute("role") == "combobox"
