"""Bytes to rows: what is read, and what is refused with a sentence and the line."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.importing.csv_file import open_csv, rows
from handlers.importing.encoding import find_encoding
from handlers.importing.reading import read
from handlers.importing.stage_names import StageNames
from handlers.importing.survey import Survey, Wishes, survey
from pipeline.imports import Unimportable
from pipeline.stages import DEFAULT_STAGES

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
HEADER = b"deal_id,stage,title\n"


def surveyed(content: bytes) -> Survey:
    wishes = Wishes(StageNames(DEFAULT_STAGES, {}), NOW, "EUR")
    return survey(lambda: io.BytesIO(content), wishes, lambda _: None)


def cells(content: bytes) -> list[tuple[int, list[str]]]:
    return list(rows(open_csv(lambda: io.BytesIO(content)), lambda _: None))


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 0, "the file is empty"),
        (b"\xef\xbb\xbf \r\n", 0, "the file is empty"),
        (HEADER, 0, "a header and no rows"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, 0, "a binary file"),
        (b"PK\x03\x04" + bytes(100), 0, "save the sheet as CSV"),
        (b"d\0e\0a\0l\0,\0s\0t\0a\0g\0e\0", 0, "UTF-16 without its mark"),
        (HEADER + b"1,won,a\n2,wo\0n" + b"a" * 400, 3, "a NUL character"),
        (HEADER + b"1,won,a,b\n", 2, "has 4 cells where the header has 3"),
        (HEADER + b"1,won,a\n\n2,won\n", 4, "has 2 cells where the header has 3"),
        (HEADER + b'1,won,"a\n2,won,b\n3,lost,c\n', 2, "a quote is opened here and never closed"),
        (HEADER + b'1,won,"a\n2,won,"b"\n', 2, "goes on after its closing quote"),
        (HEADER + b'1,won,"' + b"a" * 131_073 + b'"\n', 2, "more than 131072 characters"),
        (HEADER + b"1,won," + b"a" * 131_073 + b"\n", 2, "more than 131072 characters"),
        (b"deal_id,stage,Stage\n1,won,won\n", 1, '"Stage" stands in the header twice'),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", 0, "only a pointer"),
        (b"/annex/objects/SHA256E-s1--1.csv\n", 0, "only a pointer"),
        (b"../.git/annex/objects/aa/bb/SHA256E-s1--1.csv", 0, "only a pointer"),
        (
            b"alpha,beta\n1,2\n",
            1,
            'no column for the stage and the deal\'s id or title among "alpha", "beta"',
        ),
        (b"alpha,stage\n1,won\n", 1, "--column"),
        (b"\xff\xfed\0e\0a", 1, "begins as UTF-16 but is damaged"),
        (
            HEADER + "1,won,a\n2,won,Ðîãà è êîïûòà Ïðèâåò\n".encode("cp1252"),
            3,
            "neither UTF-8 nor Windows-1252",
        ),
        (HEADER + "1,won,Müller\n".encode() + b"2,won,M\xfcller\n", 3, "neither UTF-8 nor Windows-1252"),
        (HEADER + b"1,won,M\x81ller\n", 2, "save the file as UTF-8"),
        (HEADER + "1,won,Geschäft\n".encode("cp850"), 2, "save the file as UTF-8"),
    ],
)
def test_f30_a_malformed_file_is_refused_with_a_sentence_and_the_line(
    content: bytes, line: int, words: str
) -> None:
    with pytest.raises(Unimportable) as refused:
        surveyed(content)
    assert refused.value.line == line
    assert words in refused.value.spoken
    assert "\n" not in refused.value.spoken


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_f30_separators_and_line_ends_are_found(separator: str, end: str) -> None:
    lines = [["deal_id", "stage", "title"], ["1", "won", '"a, b; c"'], ["2", "lost", "d"]]
    content = end.join(separator.join(line) for line in lines).encode()
    assert cells(content) == [(2, ["1", "won", "a, b; c"]), (3, ["2", "lost", "d"])]


def test_a_cell_may_hold_line_ends_and_lines_are_still_counted() -> None:
    assert cells(HEADER + b'1,won,"a\nb"\n\n2,won,c\n') == [(2, ["1", "won", "a\nb"]), (5, ["2", "won", "c"])]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=["plain", "BOM", "UTF-16", "Windows"]
)
def test_f31_text_is_never_garbled(encoding: str) -> None:
    content = "deal_id;stage;title\n1;gewonnen;Größe für Žofia & Søn, 5 €\n".encode(encoding)
    assert cells(content) == [(2, ["1", "gewonnen", "Größe für Žofia & Søn, 5 €"])]


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_f31_utf16_of_either_order_is_told_by_its_mark(name: str) -> None:
    content = "\ufeffdeal_id,stage,title\n1,won,ä\n".encode(name)
    assert cells(content) == [(2, ["1", "won", "ä"])]


def test_f31_guessed_text_is_shown_to_be_checked() -> None:
    content = HEADER + "1,won,Jürgen Größmann\n".encode("cp1252")
    assert find_encoding(lambda: io.BytesIO(content)).examples == ("Jürgen", "Größmann")
    assert "read as Windows-1252: check Jürgen, Größmann" in surveyed(content).notes


_PIECES = st.sampled_from(
    [
        b"deal_id", b"stage", b"title", b"entered_at", b"amount", b"close_date", b"won", b"lost", b"lead",
        b"1", b"2", b"2024-05-01", b"31/1/2024", b"1/2/2024", b"2024-05-01T10:00:00Z", b"9999-12-31T23:59:59-23:00",
        b"1e400", b"NaN", b"-0", b'"', b",", b";", b"\t", b"\n", b"\r", b"\0", b"\xff", b"\xfe", b"\xef\xbb\xbf",
        b"\xfc", b"\x81", b"\xed\xa0\x80", b"'=1+1", b" ",
    ]
)  # fmt: skip
_MADE_UP = st.lists(_PIECES | st.binary(max_size=3), max_size=60).map(b"".join)
_TABLES = st.lists(st.lists(_PIECES, min_size=3, max_size=3).map(b",".join), max_size=6).map(
    lambda lines: b"deal_id,stage,close_date\n" + b"\n".join(lines)
)
_HISTORIES = st.lists(st.lists(_PIECES, min_size=4, max_size=4).map(b",".join), max_size=6).map(
    lambda lines: b"deal_id,stage,entered_at,amount\n" + b"\n".join(lines)
)


@settings(max_examples=400)
@given(st.binary(max_size=400) | _MADE_UP | _TABLES | _HISTORIES)
@example(b"deal_id,stage,entered_at\n1,won,0001-01-01T00:00+23:00\n")
@example("deal_id,stage\n²,won\n".encode())
def test_f30_any_bytes_give_deals_or_a_refusal(content: bytes) -> None:
    wishes = Wishes(StageNames(DEFAULT_STAGES, {}), NOW, "EUR")
    try:
        known = survey(lambda: io.BytesIO(content), wishes, lambda _: None)
    except Unimportable:
        return
    taken = list(read(known, wishes, lambda _: None))
    assert 0 < len(taken) <= known.rows
