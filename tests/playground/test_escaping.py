"""What Slack does to typed text before a bot reads it."""

import pytest

from playground.escaping import escaped, leaves


def person(name: str) -> str:
    return {"ben": "U0BEN", "ana.lima": "U0ANA"}.get(name, "")


def channel(name: str) -> str:
    return {"sales": "C0SALES|sales", "board": "C0BOARD|"}.get(name, "")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("give @ben D-42", "give <@U0BEN> D-42"),
        ("give @ana.lima.", "give <@U0ANA>."),
        ("give @nobody D-42", "give @nobody D-42"),
        ("see #sales", "see <#C0SALES|sales>"),
        ("see #board", "see <#C0BOARD|>"),
        ("see #nowhere", "see #nowhere"),
        ("see https://a.example/x?y=1&z=2.", "see <https://a.example/x?y=1&amp;z=2>."),
        ("see acme.com today", "see <http://acme.com|acme.com> today"),
        ("write jo@acme.com", "write <mailto:jo@acme.com|jo@acme.com>"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("value 1.000,50 on 3.12.", "value 1.000,50 on 3.12."),
        ("D-42 v1.2", "D-42 v1.2"),
    ],
)
def test_typed_text_arrives_escaped_and_linked(typed: str, read: str) -> None:
    assert escaped(typed, person=person, channel=channel) == read


@pytest.mark.parametrize("typed", ["a & b < c", "see acme.com, #sales", "<@U0BEN>", "@ben", "x\ny"])
def test_what_a_person_wrote_is_shown_as_they_wrote_it(typed: str) -> None:
    names = {"U0BEN": "@ben", "C0SALES": "#sales"}
    shown = leaves(escaped(typed, person=person, channel=channel))
    said = [each.get("text") or names[each.get("user_id") or each.get("channel_id") or ""] for each in shown]
    assert "".join(said) == typed


def test_a_mention_is_an_element_of_its_own() -> None:
    assert leaves("<@U0BOT> move D-1 &amp; <#C0SALES|sales> <https://a.example>") == [
        {"type": "user", "user_id": "U0BOT"},
        {"type": "text", "text": " move D-1 & "},
        {"type": "channel", "channel_id": "C0SALES"},
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://a.example"},
    ]
