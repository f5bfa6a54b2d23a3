"""Slack's markup: what it makes of a text, and what a person's text can never become."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.slack_text import JOINER
from tests.page.conftest import Easel

LINK = '<a href="{0}" target="_blank" rel="noopener noreferrer">{1}</a>'


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        (
            "*bold* _italic_ ~gone~ `code`",
            "<strong>bold</strong> <em>italic</em> <s>gone</s> <code>code</code>",
        ),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("(*x*), *y*.", "(<strong>x</strong>), <strong>y</strong>."),
        ("2*3*4 a_b_c", "2*3*4 a_b_c"),
        ("* no*", "* no*"),
        ("*no *", "*no *"),
        ("**no**", "**no**"),
        ("*no\nno*", "*no\nno*"),
        ("`*a*`", "<code>*a*</code>"),
        ("*a `b*c` d*", "<strong>a <code>b*c</code> d</strong>"),
        ("a\n```\n*b*\n c```\nd", "a<pre>*b*\n c</pre>d"),
        ("``` open", "``` open"),
        ("x\n> one\n&gt; two\ny", "x<blockquote>one\ntwo</blockquote>y"),
        ("&lt;!channel&gt; &lt;@U0ANA&gt;", "&lt;!channel&gt; &lt;@U0ANA&gt;"),
        ("&amp;lt;b&amp;gt; &amp;amp; &quot;", "&amp;lt;b&amp;gt; &amp;amp; &amp;quot;"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("<https://x.org/?a=1&amp;b=2|*A* :tada:>", LINK.format("https://x.org/?a=1&amp;b=2", "*A* 🎉")),
        ("<mailto:a@x.org|a@x.org>", LINK.format("mailto:a@x.org", "a@x.org")),
        ("see https://x.org/a_b_/.", f"see {LINK.format('https://x.org/a_b_/', 'https://x.org/a_b_/')}."),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        ("<data:text/html,x|y>", "&lt;data:text/html,x|y&gt;"),
        ("<@U0BEN> <#C0SALES>", '<span class="mention">@Ben</span> <span class="mention">#sales</span>'),
        ("<@U0GONE|gone> <#C9|old>", '<span class="mention">@gone</span> <span class="mention">#old</span>'),
        ("<@U0ANA>", '<span class="mention mention-mine">@Ana</span>'),
        ("<!here>", '<span class="mention mention-mine">@here</span>'),
        ("<!subteam^S1|@sales>", '<span class="mention mention-mine">@sales</span>'),
        (":tada: :wave::skin-tone-3: :nobody: 10:30:00", "🎉 👋 :nobody: 10:30:00"),
        ("D-42 *Acme*\nsecond", "D-42 <strong>Acme</strong>\nsecond"),
    ],
)
def test_what_slack_makes_of_it(easel: Easel, typed: str, drawn: str) -> None:
    assert easel.mrkdwn(typed) == drawn
    assert easel.trouble == []


@pytest.mark.parametrize("typed", ["*x*", "_x_", "~x~", "`x`", "```x```"])
def test_a_word_joiner_breaks_the_markup(easel: Easel, typed: str) -> None:
    broken = "".join(f"{letter}{JOINER}" if letter in "*_~`" else letter for letter in typed)
    assert easel.mrkdwn(broken) == broken


def test_plain_text_shows_emoji_unless_it_must_not(easel: Easel) -> None:
    assert easel.text({"type": "plain_text", "text": ":tada: *x* &amp;"}) == "🎉 *x* &amp;"
    assert easel.text({"type": "plain_text", "text": ":tada:", "emoji": False}) == ":tada:"


@pytest.fixture(scope="module")
def texts() -> st.SearchStrategy[str]:
    return st.lists(
        st.sampled_from([*"*_~`<>&|!@# \nab:", "```", "<!date^", "&lt;", "https://x.y", "🎉", JOINER])
    ).map("".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_what_a_person_typed_is_shown_letter_by_letter(
    easel: Easel, texts: st.SearchStrategy[str], data: st.DataObject
) -> None:
    """Escaped as Slack escapes it, a text without marks of style is seen as it was typed."""
    typed = data.draw(texts).translate(dict.fromkeys(map(ord, "*_~`"), "-"))
    # A line that begins with > is a quote, however it was typed.
    typed = typed.replace(">", ")")
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;")
    easel.mrkdwn(escaped)
    shown = easel.page.evaluate("() => document.getElementById('easel').textContent")
    assert shown == typed
    assert easel.page.locator("#easel .mention, #easel time").count() == 0


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_no_text_becomes_a_node_that_slack_does_not_know(
    easel: Easel, texts: st.SearchStrategy[str], data: st.DataObject
) -> None:
    easel.mrkdwn(data.draw(texts))
    tags = easel.page.evaluate(
        "() => [...document.querySelectorAll('#easel *')].map((node) => node.localName)"
    )
    assert set(tags) <= {"strong", "em", "s", "code", "pre", "blockquote", "a", "span", "time"}
    assert easel.trouble == []
