"""One line makes a deal: TITLE [VALUE] [@owner] [at COMPANY] [by DATE] [in PIPELINE], in English or in German.

The parts after the title come in any order. Each is read in its turn and cut out; what is left over is the
title. Quoted words are never taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from handlers.amounts import FoundAmount, bare_number, find_amount
from handlers.calendar_days import DateProblem
from handlers.dates import FoundDate, UnreadableDate, date_first
from handlers.near_dates import meant_as_date
from handlers.pipeline_lines import pipeline_in
from handlers.slack_text import CUT, HELD, Decoded
from pipeline.money import Money
from pipeline.stages import Pipeline


class LineProblem(StrEnum):
    NO_TITLE = "no_title"
    TWO_OWNERS = "two_owners"
    UNKNOWN_OWNER = "unknown_owner"


class UnreadableLine(ValueError):  # noqa: N818 - a refusal to guess, not a defect
    def __init__(self, problem: LineProblem, word: str) -> None:
        super().__init__(problem, word)
        self.problem = problem
        self.word = word


@dataclass(frozen=True, slots=True)
class NewLine:
    """`offered_value` is a bare number of the title: it stays there, and is offered where no value is given."""

    title: str
    value: Money | None
    offered_value: Money | None
    owner_id: str | None
    company: str | None
    close_on: date | None
    pipeline_id: int | None = None


def may_name_pipeline(decoded: Decoded) -> bool:
    """Whether it is worth knowing the pipelines before the line is read."""
    return _IN.search(decoded.text) is not None


def read_new_line(
    decoded: Decoded, today: date, default_currency: str, pipelines: Sequence[Pipeline] = ()
) -> NewLine:
    """What follows `new` or `neu`. Raises UnreadableLine, UnreadableAmount or UnreadableDate, naming the word.

    `in PIPELINE` is read where there is a choice of them; any other `in` belongs to the title.
    """
    line = _Line(decoded)
    owner_id = line.take_owner()
    if stranger := _NAMED.search(line.open):
        raise UnreadableLine(LineProblem.UNKNOWN_OWNER, stranger[0])
    close_on = line.take_date(today)
    value = line.take_value(default_currency)
    pipeline_id = line.take_pipeline(pipelines, today) if len(pipelines) > 1 else None
    line.refuse_near_date()
    company = line.take_company()
    title = line.left()
    if not title.strip(_QUOTES):
        raise UnreadableLine(LineProblem.NO_TITLE, decoded.spelled(decoded.text).strip())
    offered = bare_number(line.open, default_currency) if value is None else None
    offered_value = offered.money if offered else None
    return NewLine(title, value, offered_value, owner_id, company, close_on, pipeline_id)


_QUOTED: Final = re.compile(r'(?<!\S)(?:"[^"]+"|“[^”]+”|„[^“”]+[“”]|«[^»]+»|»[^«]+«)(?=[\s,;:.!?]|$)')
_QUOTES: Final = '"“”„«»'
# Somebody whom nobody knows; a title that holds an @ further on is quoted.
_NAMED: Final = re.compile(r"(?<=\s)@[^\W\d_][\w.-]*")
# "Training for 4,500 €": the word leads to the value, where the title ends there.
_WORTH: Final = re.compile(r"(?<=\s)(?:for|worth|für|fuer|über|ueber)\s+$", re.IGNORECASE)
_AT: Final = re.compile(r"(?<=[\s,;])(?:[Aa]t|[Bb]ei)\s+(?=\S)")
_IN: Final = re.compile(r"(?<=[\s,;])(?:[Ii]n)\s+(?=\S)")
_BY: Final = re.compile(r"(?<![^\s,;])(?:[Bb]y|[Bb]is)\s+(?=\S)")
_MEANT_AS_DATE: Final = re.compile(
    r"(?:[0-9][0-9.,/-]*|q[1-4]|(?:end|ende|next|n(?:ä|ae)chste[rnms]?)(?:\s+[^\s,;]+){0,3})(?!\S)",
    re.IGNORECASE,
)
# A close date has no hour: it goes with the day, where both end what is said.
_HOUR: Final = re.compile(
    r"\s+(?:(?:at|um)\s+)?(?:[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:am|pm|h|uhr)|morning|noon|afternoon|evening|night"
    rf"|früh|vormittag|mittag|nachmittag|abend)(?=\s*(?:[,;.0-9€$£{CUT}]|$|(?:at|bei|in)\s))",
    re.IGNORECASE,
)
# What follows "at" in plain speech: a time, a phrase. Everything else is a company.
_NO_COMPANY: Final = re.compile(
    r"(?:[0-9]+(?:[:.][0-9]+)?(?:am|pm|h)?|least|most|once|all|risk|scale|home|work|noon|night"
    rf"|Bedarf|Interesse|Gelegenheit|uns|mir|{CUT}+)(?![^\s,;{CUT}])"
)
_NAMED_LIKE_AN_AMOUNT: Final = re.compile(r"3M(?![^\s,;])")
_OPENING: Final = re.compile(r"[(\[]\s*$")
_CLOSING: Final = re.compile(r"\s*(?:[)\]]|$)")
# What was taken out of brackets leaves spaces in them.
_BROKEN: Final = re.compile(r"(?<=[(\[]) | (?=[)\]])|\s*[(\[]\s*$")
_STOPS: Final = ".,;:!?"
_EDGES: Final = " ,;"
# An import may bring names of 150 characters; a few words stand around them.
_LONGEST_PIPELINE: Final = 180


@dataclass(slots=True)
class _Line:
    """The line twice, of one length: as typed, and `open`, in which what was read is blanked out.

    In `open` a quoted string is a row of HELD and a part already read a row of CUT, so that every search
    sees only what may still be taken, and a place found in it is the same place in the text.
    """

    decoded: Decoded
    text: str = field(init=False)
    open: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.decoded.text.strip()
        self.open = _QUOTED.sub(lambda quoted: HELD * len(quoted[0]), self.text)

    def cut(self, start: int, end: int) -> None:
        self.open = self.open[:start] + CUT * (end - start) + self.open[end:]

    def hold(self, start: int, end: int) -> None:
        self.open = self.open[:start] + HELD * (end - start) + self.open[end:]

    def take_owner(self) -> str | None:
        marks = [(place, char) for place, char in enumerate(self.open) if self.decoded.person(char)]
        for place, _ in marks:
            self.cut(place, place + 1)
        people = {self.decoded.person(char) for _, char in marks}
        if len(people) > 1:
            raise UnreadableLine(LineProblem.TWO_OWNERS, self.decoded.spelled(marks[1][1]))
        return people.pop() if people else None

    def take_date(self, today: date) -> date | None:
        found = list(self._dates(today))
        if len({part.day for part in found}) > 1:
            word = self.text[found[1].start : found[1].end]
            raise UnreadableDate(DateProblem.AMBIGUOUS, word, [part.day for part in found])
        for part in found:
            self.cut(part.start, part.end)
        return found[0].day if found else None

    def _dates(self, today: date) -> Iterator[FoundDate]:
        for by, words in self._led_to_date():
            if found := date_first(words, today):
                end = by.end() + found.end
                hour = _HOUR.match(self.open, end)
                yield FoundDate(found.day, by.start(), hour.end() if hour else end)
            elif meant := _MEANT_AS_DATE.match(words):
                raise UnreadableDate(DateProblem.UNREADABLE, meant[0])

    def _led_to_date(self) -> Iterator[tuple[re.Match[str], str]]:
        """What follows each `by`, up to the next part of the line. `Bis morgen GmbH` begins a title."""
        for by in _BY.finditer(self.open):
            if by.start() or by[0].islower() or self.open[by.end()].isdigit():
                words = self.open[by.end() :].partition(CUT)[0]
                company = _AT.search(words)
                yield by, words[: company.start()] if company else words

    def refuse_near_date(self) -> None:
        """Asked about before the company is cut, because it may be what ends the company's name."""
        for _, words in self._led_to_date():
            if meant_as_date(words):
                raise UnreadableDate(DateProblem.UNREADABLE, words.strip(_EDGES))

    def take_value(self, default_currency: str) -> Money | None:
        """Found before the company is cut, because it may be what ends the company's name."""
        for at in _AT.finditer(self.open):
            if name := _NAMED_LIKE_AN_AMOUNT.match(self.open, at.end()):
                self.hold(*name.span())
        found = find_amount(self.open, default_currency)
        if found is None:
            return None
        start, end = self._with_brackets(found)
        behind = self.open[end:].lstrip(f" {CUT}")
        leading = _WORTH.search(self.open[:start])
        ends_title = not behind or _AT.match(f" {behind}", 1)
        self.cut(leading.start() if leading and ends_title else start, end)
        return found.money

    def _with_brackets(self, found: FoundAmount) -> tuple[int, int]:
        """The brackets go with an amount that is all they hold."""
        opening = _OPENING.search(self.open[: found.start])
        closing = _CLOSING.match(self.open[found.end :])
        if opening is None or closing is None:
            return found.start, found.end
        return opening.start(), found.end + closing.end()

    def take_pipeline(self, pipelines: Sequence[Pipeline], today: date) -> int | None:
        """The last `in` whose words, up to the next part of the line, are a pipeline's whole name.

        Read before the company, because it may be what ends the company's name.
        """
        for led in reversed([*_IN.finditer(self.open)]):
            place = self.open[led.end() :].partition(CUT)[0]
            company = _AT.search(place)
            for words in (place, place[: company.start()] if company else ""):
                end = led.end() + len(words.rstrip())
                if end > led.end() + _LONGEST_PIPELINE:
                    continue
                pipeline = pipeline_in(pipelines, self._spelled(led.end(), end))
                if pipeline and not self._is_date(led.start(), end, today):
                    self.cut(led.start(), end)
                    return pipeline.id
        return None

    def _is_date(self, start: int, end: int, today: date) -> bool:
        """`in 3 weeks` stays what it is, whatever pipelines are called."""
        phrase = self.open[start:end].strip(_EDGES)
        try:
            found = date_first(phrase, today)
        except UnreadableDate:
            return True
        return found is not None and found.end == len(phrase)

    def take_company(self) -> str | None:
        """The last `at` leads to the company: an earlier one belongs to the title."""
        led = [at for at in _AT.finditer(self.open) if not _NO_COMPANY.match(self.open, at.end())]
        if not led:
            return None
        start = led[-1].end()
        name = self.open[start:].partition(CUT)[0]
        if quoted := _QUOTED.match(self.text, start):
            name = quoted[0]
        self.cut(led[-1].start(), start + len(name))
        return self._spelled(start, start + len(name)) or None

    def left(self) -> str:
        pieces = (self._spelled(*kept.span()) for kept in re.finditer(f"[^{CUT}]+", self.open))
        title = " ".join(piece for piece in pieces if piece.strip(_STOPS))
        return _BROKEN.sub("", title) if CUT in self.open else title

    def _spelled(self, start: int, end: int) -> str:
        """A piece as it is stored: spacing closed up, quotes dropped where they held all of it together."""
        piece = " ".join(self.decoded.spelled(self.text[start:end]).split()).strip(_EDGES)
        return piece.strip(_QUOTES).strip() if _QUOTED.fullmatch(piece) else piece
