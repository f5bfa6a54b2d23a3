from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.slack_text import (
    _MAY_TURN,
    JOINER,
    Decoded,
    MentionKind,
    TextProblem,
    UnfitText,
    clean,
    decode,
    escape_mrkdwn,
    isolate,
)

FSI, PDI, PDF, RLO = "\u2068", "\u2069", "\u202c", "\u202e"
marked_up = st.text(st.sampled_from("<>&|@#!U1C:*_~`a \n;amplgt\ufdd0\uffff\u2060"), max_size=40)
directed = st.text(st.sampled_from("ab א\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f"))


def spelled(escaped: str) -> str:
    decoded = decode(escaped)
    return decoded.spelled(decoded.text)


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("Smith &amp; Co", "Smith & Co"),
        ("a &lt; b &gt; c", "a < b > c"),
        ("&amp;lt;", "&lt;"),
        ("&quot;", "&quot;"),
        ("<https://acme.com/?a=1&amp;b=2>", "https://acme.com/?a=1&b=2"),
        ("<http://acme.com|acme.com>", "acme.com"),
        ("<mailto:a@b.de|a@b.de>", "a@b.de"),
        ("<tel:+49|+49>", "+49"),
        ("<!channel>", "@channel"),
        ("<!subteam^S1|@sales>", "@sales"),
        ("<!subteam^S1>", "@subteam"),
        ("<!date^1700000000^{date}|14 Nov>", "14 Nov"),
        ("<@U1|ana> and <@W2>", "@ana and @W2"),
        ("<#C1|general> and <#C2|>", "#general and #C2"),
        ("<@U1|Ana &amp; Bo>", "@Ana & Bo"),
        ("a < b", "a < b"),
        ("<>", ""),
        ("<@>", "@"),
    ],
)
def test_what_slack_escaped_is_shown_as_it_was_typed(escaped: str, text: str) -> None:
    assert spelled(escaped) == text


def test_a_mention_is_one_character_that_keeps_its_person() -> None:
    decoded = decode("Acme <@U1|ana> in <#C1|sales> with <@U2>")
    before, after = decoded.text.index("Acme ") + 5, decoded.text.rindex(" ") + 1
    assert decoded.people == ("U1", "U2")
    assert decoded.person(decoded.text[before]) == "U1"
    assert decoded.person(decoded.text[after]) == "U2"
    assert [m.kind for m in decoded.mentions.values()] == [
        MentionKind.PERSON,
        MentionKind.CHANNEL,
        MentionKind.PERSON,
    ]


def test_a_channel_is_no_person() -> None:
    decoded = decode("<#C1|sales>")
    assert (decoded.person(decoded.text), decoded.channel(decoded.text)) == (None, "C1")
    assert decoded.channel("#") is None


def test_a_mention_that_was_typed_out_stays_text() -> None:
    assert decode("&lt;@U1&gt;") == Decoded("<@U1>", {})


def test_nobody_can_type_the_character_of_a_mention() -> None:
    decoded = decode("\ufdd0\ufdd1<@U1>\uffff")
    assert decoded.text == "\ufdd0"
    assert decoded.people == ("U1",)


def test_more_mentions_than_marks_become_plain_words() -> None:
    decoded = decode(" ".join(f"<@U{n}|p{n}>" for n in range(40)))
    assert len(decoded.people) == 32
    assert decoded.text.endswith("@p38 @p39")


@given(st.one_of(st.text(), marked_up))
def test_any_text_decodes_without_losing_whom_it_means(escaped: str) -> None:
    decoded = decode(escaped)
    assert [char for char in decoded.text if char in decoded.mentions] == list(decoded.mentions)


@pytest.mark.parametrize(
    "text",
    ["<!channel>", "<@U1>", "<https://x|Click>", "*x*", "_x_", "~x~", "`x`", ":skull:", "> quote", "&lt;"],
)
def test_text_in_mrkdwn_pings_nobody_and_marks_nothing_up(text: str) -> None:
    escaped = escape_mrkdwn(text)
    assert not re.search("[<>]|&(?!amp;|lt;|gt;)", escaped)
    assert not re.search(r"(^|\s)[*_~`]|:skull:|(?m:^)&gt;", escaped)


@given(st.one_of(st.text(), marked_up))
def test_escaped_text_decodes_to_itself_but_for_the_joiner(text: str) -> None:
    decoded = decode(escape_mrkdwn(text))
    typed = re.sub("[\ufdd0-\ufdef\ufffe\uffff]", "", text)
    assert decoded.text.replace(JOINER, "") == typed.replace(JOINER, "")
    assert not decoded.mentions


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  Acme  ", "Acme"),
        ("Mu\u0308ller", "Müller"),
        ("a\tb", "a b"),
        ("a\r\nb\u2028c", "a b c"),
        ("a\x07b\x7f", "ab"),
        ("👩‍👩‍👧 family", "👩‍👩‍👧 family"),
        (f"{RLO}evil", f"{RLO}evil"),
        ("x", "x"),
    ],
)
def test_text_is_stored_as_typed_without_control_characters(text: str, stored: str) -> None:
    assert clean(text, 30) == stored


def test_a_field_of_several_lines_keeps_them() -> None:
    assert clean("a\r\nb\n\tc", 30, multiline=True) == "a\nb\n c"


@pytest.mark.parametrize(
    ("text", "problem", "length"),
    [
        ("a\x00b", TextProblem.NUL, 3),
        ("\ud83d", TextProblem.SURROGATE, 1),
        ("x" * 31, TextProblem.TOO_LONG, 31),
        ("", TextProblem.EMPTY, 0),
        (" \n ", TextProblem.EMPTY, 0),
        ("\u200b\u2060", TextProblem.EMPTY, 2),
    ],
)
def test_unfit_text_is_refused_with_the_limit(text: str, problem: TextProblem, length: int) -> None:
    with pytest.raises(UnfitText) as refused:
        clean(text, 30)
    assert (refused.value.problem, refused.value.limit, refused.value.length) == (problem, 30, length)


@given(text=st.text(st.characters()), multiline=st.booleans())
def test_stored_text_is_composed_and_cleans_to_itself(*, text: str, multiline: bool) -> None:
    try:
        stored = clean(text, 50, multiline=multiline)
    except UnfitText:
        return
    assert unicodedata.is_normalized("NFC", stored)
    assert stored.encode()
    assert not any(
        unicodedata.category(char) == "Cc" for char in stored.replace("\n", "" if multiline else "\n")
    )
    assert clean(stored, 50, multiline=multiline) == stored


@pytest.mark.parametrize("text", ["", "Acme", "Müller & Söhne 🚀", "カ", "a\nb"])
def test_left_to_right_text_is_shown_as_it_is(text: str) -> None:
    assert isolate(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("שלום", f"{FSI}שלום{PDI}"),
        (f"{RLO}evil", f"{FSI}{RLO}evil{PDF}{PDI}"),
        (f"a{PDI}b", f"{FSI}ab{PDI}"),
        (f"a{PDF}b", f"{FSI}ab{PDI}"),
        (f"\u2067{RLO}a{PDI}b", f"{FSI}\u2067{RLO}a{PDI}b{PDI}"),
        ("a\nש", f"a\n{FSI}ש{PDI}"),
    ],
)
def test_text_that_turns_around_is_closed_in(text: str, shown: str) -> None:
    assert isolate(text) == shown


def depth_after(line: str) -> list[str]:
    """The directions still open after a line, as Unicode's algorithm pairs them."""
    stack: list[str] = []
    for char in line:
        if char in "\u202a\u202b\u202d\u202e":
            stack.append(PDF)
        elif char in "\u2066\u2067\u2068":
            stack.append(PDI)
        elif char == PDI and PDI in stack:
            while stack.pop() != PDI:
                pass
        elif char == PDF and stack[-1:] == [PDF]:
            stack.pop()
    return stack


@given(directed)
def test_shown_text_leaves_no_direction_open_and_closes_none_outside(text: str) -> None:
    for line in isolate(text).split("\n"):
        assert depth_after(line) == []
        assert depth_after("\u2067" + line) == [PDI]


@given(directed)
def test_isolation_changes_nothing_that_is_seen(text: str) -> None:
    seen = [char for char in text if unicodedata.category(char) != "Cf"]
    assert [char for char in isolate(text) if unicodedata.category(char) != "Cf"] == seen


def test_every_character_that_turns_a_line_is_looked_for() -> None:
    turning = {"R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI", "PDF", "PDI"}
    found = [
        chr(code) for code in range(sys.maxunicode + 1) if unicodedata.bidirectional(chr(code)) in turning
    ]
    assert all(_MAY_TURN.search(char) for char in found)
