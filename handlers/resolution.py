"""From words to the deal and the stage that they name; in doubt, the person is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline import errors
from pipeline.deal import Deal, read_code, read_whole_code
from pipeline.names import fold
from pipeline.ports import Work
from pipeline.stages import Pipeline, Stage

PICKED = 8
CLOSE_ENOUGH = 85
AHEAD_OF_NEXT = 10
NEAREST = 60
_ARTICLES = frozenset({"the", "a", "an", "der", "die", "das", "den", "dem", "ein", "eine", "einen", "deal"})
_TOWARDS = frozenset({"to", "into", "in", "nach", "auf", "zu", "zur", "->", "→"})
# By themselves they name no deal, though many a title has one of them inside.
_BETWEEN = (
    "and",
    "at",
    "by",
    "for",
    "from",
    "of",
    "on",
    "or",
    "with",
    "am",
    "bei",
    "bis",
    "im",
    "mit",
    "und",
    "vom",
    "von",
)
_FILLERS = _ARTICLES | _TOWARDS | frozenset(_BETWEEN)
_BACK = frozenset(map(fold, ("back", "zurück")))
# "the value of deal D-42"
_BEFORE_CODE = frozenset({"of", "von", "deal"})
_STAGE_WORDS = frozenset({"stage", "phase"})
_QUOTED = re.compile(r'\s*["“„«»]([^"“”„«»]+)["”“«»](.*)', re.DOTALL)
# Its closing sign is an apostrophe, too: it ends a word.
_QUOTED_ONCE = re.compile(r"\s*['\u2018\u201a]([^'\u2018\u2019\u201a]+)['\u2018\u2019](?!\w)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Named:
    """A deal, and the words that follow its name."""

    deal: Deal
    rest: str


def deal_in(work: Work, text: str, *, fallback: Deal | None = None) -> Named:
    """Code, quoted string, or the longest leading words that match one deal's title or company.

    `fallback` is the deal of the card in whose thread this was typed. Raises UnknownDeal or SeveralDeals.
    """
    text = text.strip()
    if not text and fallback:
        return Named(fallback, "")
    quoted = _QUOTED.fullmatch(text) or _QUOTED_ONCE.fullmatch(text)
    if quoted:
        return Named(_only(work, quoted[1], quoted[2].strip()), quoted[2].strip())
    coded = _coded(text)
    if coded:
        return Named(surviving(work, work.deals.by_number(coded[0])), coded[1])
    return _longest(work, text, fallback)


def _coded(text: str) -> tuple[int, str] | None:
    """A leading code and what follows it; `D 42` is one, too."""
    first, rest = (*text.split(maxsplit=1), "", "")[:2]
    number = read_code(first)
    if number is None and rest and fold(first) in _BEFORE_CODE:
        return _coded(rest)
    if number is None and fold(first) == "d":
        first, rest = (*rest.split(maxsplit=1), "", "")[:2]
        number = read_code(first)
    return None if number is None else (number, rest.strip())


def surviving(work: Work, deal: Deal) -> Deal:
    """Whoever names a deal that was merged means the one that took it in."""
    while deal.merged_into:
        deal = work.deals.by_id(deal.merged_into)
    return deal


def stage_for(deal: Deal, pipeline: Pipeline, text: str) -> tuple[Stage, str]:
    """The longest leading words that name a stage, and the note behind them. Raises UnknownStage."""
    words = text.split()
    found = leading_stage(pipeline, words)
    if found:
        note = _after(text, found[1])
        return found[0], "" if fold(note) in _STAGE_WORDS else note
    if len(words) > 1 and fold(words[0]) in _TOWARDS | _ARTICLES | _BACK:
        return stage_for(deal, pipeline, _after(text, 1))
    near = nearest_stages(pipeline, words[0]) if words else ()
    raise errors.UnknownStage(words[0] if words else "", near, deal, pipeline.living, _after(text, 1))


def leading_stage(pipeline: Pipeline, words: Sequence[str]) -> tuple[Stage, int] | None:
    """The stage that the longest leading words name, and how many they are."""
    for count in range(len(words), 0, -1):
        name = fold(" ".join(words[:count]))
        stage = _exact(pipeline, name) or _prefixed(pipeline, name)
        if stage:
            return stage, count
    for count in range(min(len(words), 4), 0, -1):
        stage = _near(pipeline, fold(" ".join(words[:count])))
        if stage:
            return stage, count
    return None


def nearest_stages(pipeline: Pipeline, text: str) -> Sequence[Stage]:
    scored = [(_score(fold(text), stage), stage) for stage in pipeline.living]
    close = [each for each in scored if each[0] >= NEAREST]
    return [stage for _, stage in sorted(close, key=lambda each: -each[0])][:2]


def _longest(work: Work, text: str, fallback: Deal | None) -> Named:
    words = text.split()
    for count in range(min(len(words), 12), 0, -1):
        name = " ".join(words[:count])
        found = work.deals.matching(name, PICKED + 1)
        if all(fold(word) in _FILLERS for word in words[:count]):
            found = _so_called(found, name)
        if fallback:
            # In a card's thread words are a stage or a note, unless they are another deal's very name.
            found = _so_called(found, name)
        if len(found) == 1:
            return Named(found[0], _after(text, count))
        if found:
            raise errors.SeveralDeals(name, found[:PICKED], len(found), _after(text, count))
    if fallback:
        return Named(fallback, text)
    return _further_on(work, text)


def _so_called(deals: Sequence[Deal], name: str) -> list[Deal]:
    return [deal for deal in deals if fold(name) in (fold(deal.title), fold(deal.company))]


def _further_on(work: Work, text: str) -> Named:
    """A name behind an article, or a code behind other words."""
    words = text.split()
    if len(words) > 1 and fold(words[0]) in _ARTICLES:
        return deal_in(work, _after(text, 1))
    codes = [place for place, word in enumerate(words) if read_whole_code(word) is not None]
    if len(codes) != 1:
        raise errors.UnknownDeal(text)
    number = read_whole_code(words.pop(codes[0])) or 0
    return Named(surviving(work, work.deals.by_number(number)), " ".join(words))


def _only(work: Work, name: str, rest: str) -> Deal:
    found = work.deals.matching(name, PICKED + 1)
    if not found:
        raise errors.UnknownDeal(name)
    if len(found) > 1:
        raise errors.SeveralDeals(name, found[:PICKED], len(found), rest)
    return found[0]


def _after(text: str, count: int) -> str:
    """What follows the first words, as typed."""
    parts = text.split(maxsplit=count)
    return parts[count] if len(parts) > count else ""


def _names(stage: Stage) -> tuple[str, str, str]:
    return fold(stage.key), fold(stage.english), fold(stage.german)


def _exact(pipeline: Pipeline, name: str) -> Stage | None:
    return next((stage for stage in pipeline.living if name in _names(stage)), None)


def _prefixed(pipeline: Pipeline, name: str) -> Stage | None:
    """Won and lost need an exact word, so that no slip closes a deal."""
    found = [stage for stage in pipeline.living if any(each.startswith(name) for each in _names(stage))]
    return found[0] if len(found) == 1 and found[0].is_open else None


def _near(pipeline: Pipeline, name: str) -> Stage | None:
    scored = sorted(((_score(name, stage), stage.position, stage) for stage in pipeline.living), reverse=True)
    best, second = scored[0], scored[1] if len(scored) > 1 else (0.0, 0, scored[0][2])
    certain = best[0] >= CLOSE_ENOUGH and best[0] >= second[0] + AHEAD_OF_NEXT
    return best[2] if certain and best[2].is_open else None


def _score(name: str, stage: Stage) -> float:
    return max(fuzz.ratio(name, each) for each in _names(stage))
