"""Text on its way in from Slack, and on its way out: decoded, cleaned, escaped, isolated.

Commands and mentions are decoded once, at the door; form values arrive raw and must never be.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from typing_extensions import override

JOINER: Final = "\u2060"  # a word joiner: unseen, no space, and enough to break Slack's markup

# In decoded text a mention is one of these characters. Unicode keeps them for a program's inner use, so
# nobody can type one, and text may be sliced and searched without losing who was meant.
_MARKS: Final = tuple(chr(code) for code in range(0xFDD0, 0xFDF0))
CUT: Final = "\ufffe"
HELD: Final = "\uffff"
_INNER: Final = dict.fromkeys(map(ord, (*_MARKS, CUT, HELD)))

_ENTITY: Final = re.compile("&(amp|lt|gt);")
_ENTITIES: Final = MappingProxyType({"amp": "&", "lt": "<", "gt": ">"})
_LINK: Final = re.compile(r"<([^<>]*)>")
_MENTION: Final = re.compile(r"([@#])([A-Z][A-Z0-9]{1,30})(?:\|(.*))?", re.DOTALL)


class MentionKind(StrEnum):
    PERSON = "person"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Mention:
    kind: MentionKind
    id: str
    label: str

    @override
    def __str__(self) -> str:
        sign = "@" if self.kind is MentionKind.PERSON else "#"
        return sign + (self.label or self.id)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What was typed. Each mention is one character of `text` that nobody can type, a key of `mentions`."""

    text: str
    mentions: Mapping[str, Mention]

    def person(self, mark: str) -> str | None:
        """The user id behind a character of `text`, None for anything else."""
        mention = self.mentions.get(mark)
        return mention.id if mention is not None and mention.kind is MentionKind.PERSON else None

    def channel(self, mark: str) -> str | None:
        mention = self.mentions.get(mark)
        return mention.id if mention is not None and mention.kind is MentionKind.CHANNEL else None

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(m.id for m in self.mentions.values() if m.kind is MentionKind.PERSON)

    def spelled(self, text: str) -> str:
        """A slice of `text` for storing and showing, with its mentions as plain words: `@ana`."""
        return "".join(str(self.mentions.get(char, char)) for char in text)


def decode(escaped: str) -> Decoded:
    """Undo Slack's escaping, once: what was typed as `<@U1>` stays text, what was mentioned does not."""
    mentions: dict[str, Mention] = {}
    parts: list[str] = []
    end = 0
    for link in _LINK.finditer(escaped):
        parts += (_unescape(escaped[end : link.start()]), _read_link(link[1], mentions))
        end = link.end()
    parts.append(_unescape(escaped[end:]))
    return Decoded("".join(parts), MappingProxyType(mentions))


def _read_link(inside: str, mentions: dict[str, Mention]) -> str:
    if found := _MENTION.fullmatch(inside):
        kind = MentionKind.PERSON if found[1] == "@" else MentionKind.CHANNEL
        mention = Mention(kind, found[2], _unescape(found[3] or "").lstrip("@#"))
        if len(mentions) == len(_MARKS):
            return str(mention)
        mark = _MARKS[len(mentions)]
        mentions[mark] = mention
        return mark
    target, bar, label = inside.partition("|")
    if target.startswith("!"):
        return _unescape(label if bar else "@" + target[1:].partition("^")[0])
    return _unescape(label or target)


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda entity: _ENTITIES[entity[1]], text).translate(_INNER)


_MARKUP: Final = re.compile(r"[*_~`]|(?m:^)>|:(?=[\w+'-]+:)")
_ESCAPES: Final = MappingProxyType({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escape_mrkdwn(text: str) -> str:
    """Text as mrkdwn that shows what was typed and pings nobody.

    Joiners stand on both sides of a sign, because Slack looks at either to tell markup from a plain star.
    """
    broken = _MARKUP.sub(lambda sign: f"{JOINER}{sign[0]}{JOINER}", text)
    return escape_entities(broken)


def escape_entities(text: str) -> str:
    """Plain text as Slack sends what was typed: what `decode` undoes."""
    return re.sub("[&<>]", lambda sign: _ESCAPES[sign[0]], text)


class TextProblem(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NUL = "nul"
    SURROGATE = "surrogate"


class UnfitText(ValueError):  # noqa: N818 - named after what was refused
    """Text that is not stored, and why; `length` is what it came to, in characters."""

    def __init__(self, problem: TextProblem, limit: int, length: int) -> None:
        super().__init__(problem, limit, length)
        self.problem = problem
        self.limit = limit
        self.length = length


_LINE_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def clean(text: str, limit: int, *, multiline: bool = False) -> str:
    """A person's text as it is stored: as typed, composed, without what no key types and no screen shows.

    A tab or, where only one line fits, a line break becomes a space; other control characters are dropped.
    NUL is refused because PostgreSQL cannot store it, half a surrogate pair because nothing can.
    """
    if "\x00" in text:
        raise UnfitText(TextProblem.NUL, limit, len(text))
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise UnfitText(TextProblem.SURROGATE, limit, len(text))
    spaced = _LINE_BREAK.sub("\n", text).replace("\t", " ")
    lines = spaced if multiline else spaced.replace("\n", " ")
    shown = "".join(char for char in lines if char == "\n" or unicodedata.category(char) != "Cc")
    kept = unicodedata.normalize("NFC", shown).strip()
    if all(char.isspace() or unicodedata.category(char) == "Cf" for char in kept):
        raise UnfitText(TextProblem.EMPTY, limit, len(kept))
    if len(kept) > limit:
        raise UnfitText(TextProblem.TOO_LONG, limit, len(kept))
    return kept


_FIRST_STRONG_ISOLATE, _POP_ISOLATE, _POP_EMBEDDING = "\u2068", "\u2069", "\u202c"
_CLOSERS: Final = MappingProxyType(
    {
        **dict.fromkeys("\u202a\u202b\u202d\u202e", _POP_EMBEDDING),
        **dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE),
    }
)
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI"})
_STRAY: Final = frozenset({"PDF", "PDI"})
# Where Unicode keeps such characters; most text has none, and is not looked at letter by letter.
_MAY_TURN: Final = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb00-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def isolate(text: str) -> str:
    """Text for display, unable to turn around what stands beside it; line by line, as Unicode counts.

    Plain left-to-right text is returned as it is.
    """
    if not _MAY_TURN.search(text):
        return text
    return "\n".join(map(_isolate_line, text.split("\n")))


def _isolate_line(line: str) -> str:
    if not _MAY_TURN.search(line) or not any(
        unicodedata.bidirectional(char) in _RIGHT_TO_LEFT | _STRAY for char in line
    ):
        return line
    return _FIRST_STRONG_ISOLATE + _closed(line) + _POP_ISOLATE


def _closed(line: str) -> str:
    """Every direction that is opened is closed, and nothing is closed that was not opened."""
    kept: list[str] = []
    open_: list[str] = []
    for char in line:
        if char in _CLOSERS:
            open_.append(_CLOSERS[char])
        elif char == _POP_ISOLATE:
            if char not in open_:
                continue
            while open_.pop() != char:
                pass  # an isolate's end ends the embeddings inside it
        elif char == _POP_EMBEDDING:
            if open_[-1:] != [char]:
                continue
            open_.pop()
        kept.append(char)
    return "".join(kept + open_[::-1])
