"""How a file's bytes are to be read as text, or why they are not."""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import charset_normalizer

from pipeline.imports import Unimportable

Opener = Callable[[], BinaryIO]
"""Opens the file anew from its beginning."""

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_POINTER = re.compile(rb"version https://git-lfs\.|[^\r\n,;\t]*/annex/objects/[^\r\n,;\t]*\s*\Z")
_MAGIC = {
    b"PK\x03\x04": "a ZIP or Excel file: save the sheet as CSV",
    b"\xd0\xcf\x11\xe0": "an Excel file: save the sheet as CSV",
    b"\x1f\x8b": "a gzip file: unpack it first",
    b"%PDF": "a PDF file: export the table as CSV",
}
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\v\f\r")
_MOST_CONTROL = 0.01
_ADVICE = "save the file as UTF-8 and import it again"
_OUTSIDE_ASCII = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_FOREIGN_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_LATIN = re.compile("[A-Za-z]")
# UTF-8 read as Windows-1252, and letters of older code pages that become signs inside a word.
_GARBLED = re.compile(r"[ÃÂ][^A-Za-z\s\"',;]|[a-z][„”‚†‡‰ˆ‹›¢£¤¥¦§¨©«¬®¯±²³µ¶¸¹»¼½¾¿×÷][a-z]")  # noqa: RUF001 - the signs themselves
_MOST_FOREIGN = 0.2
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Encoding:
    """`examples` are words to be looked at where the encoding was guessed."""

    name: str
    examples: tuple[str, ...] = ()


def find_encoding(open_file: Opener) -> Encoding:
    """UTF-8, UTF-16 by its mark, or Windows-1252 where that gives sensible words."""
    with open_file() as raw:
        beginning = raw.read(_SAMPLE)
    if not beginning.strip(b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"):
        raise Unimportable("the file is empty")
    _refuse_strangers(beginning)
    if beginning.startswith(_UTF16):
        _check(open_file, "utf-16", "the file begins as UTF-16 but is damaged here")
        return Encoding("utf-16")
    try:
        _check(open_file, "utf-8", f"this is not UTF-8: {_ADVICE}")
    except _UndecodableError as undecodable:
        return _fall_back(open_file, undecodable)
    return Encoding("utf-8-sig")


class _UndecodableError(Unimportable):
    pass


def _refuse_strangers(beginning: bytes) -> None:
    for magic, what in _MAGIC.items():
        if beginning.startswith(magic):
            raise Unimportable(f"this is {what}")
    if _POINTER.match(beginning):
        raise Unimportable(
            "this is only a pointer to a large file: fetch the file itself (git lfs pull, git annex get)"
        )
    control = len(beginning) - len(beginning.translate(None, _CONTROL))
    if not beginning.startswith(_UTF16) and control > len(beginning) * _MOST_CONTROL:
        raise Unimportable(
            "this is a binary file, or UTF-16 without its mark: save the table as CSV in UTF-8"
        )


def _check(open_file: Opener, name: str, sentence: str) -> None:
    """Refuse bytes that are no text in this encoding, and NUL, naming the line."""
    decoder = codecs.getincrementaldecoder(name)()
    line = 1
    for chunk in _chunks(open_file):
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            line += _breaks(error.object[: error.start].decode(name, "replace"))
            raise _UndecodableError(sentence, line) from None
        if "\0" in text:
            raise Unimportable("a NUL character stands here", line + _breaks(text[: text.index("\0")]))
        line += _breaks(text)


def _chunks(open_file: Opener) -> Iterator[bytes]:
    """The last chunk is empty."""
    with open_file() as raw:
        while chunk := raw.read(_CHUNK):
            yield chunk
    yield b""


def _breaks(text: str) -> int:
    return text.count("\n") or text.count("\r")


def _fall_back(open_file: Opener, undecodable: Unimportable) -> Encoding:
    sample = _outside_ascii(open_file)
    try:
        _check(open_file, "cp1252", "")
        text = sample.decode("cp1252")
    except (_UndecodableError, UnicodeDecodeError):
        raise _refused(undecodable, sample) from None
    words = _FOREIGN_WORD.findall(text)
    strange = sum(1 for word in words if len(word) > _SHORT and not _LATIN.search(word))
    if _GARBLED.search(text) or strange > len(words) * _MOST_FOREIGN:
        raise _refused(undecodable, sample)
    return Encoding("cp1252", tuple(dict.fromkeys(words))[:3])


def _outside_ascii(open_file: Opener) -> bytes:
    """The lines that decide: those with a byte outside ASCII."""
    found = bytearray()
    for chunk in _chunks(open_file):
        for line in _OUTSIDE_ASCII.findall(chunk):
            found += line + b"\n"
        if len(found) > _SAMPLE:
            break
    return bytes(found[:_SAMPLE])


def _refused(undecodable: Unimportable, sample: bytes) -> Unimportable:
    best = charset_normalizer.from_bytes(sample[:4096]).best()
    guess = f"it may be {best.encoding}, " if best else ""
    return Unimportable(f"this is neither UTF-8 nor Windows-1252: {guess}{_ADVICE}", undecodable.line)
