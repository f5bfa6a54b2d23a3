"""From words to the deal and the stage that they name; in doubt, the person is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline import errors
from pipeline.deal import Deal, read_code
from pipeline.names import fold
from pipeline.ports import Work
from pipeline.stages import Pipeline, Stage

PICKED = 8
CLOSE_ENOUGH = 85
AHEAD_OF_NEXT = 10
NEAREST = 60
_TOWARDS = frozenset({"to", "into", "in", "nach", "auf", "zu", "zur", "->", "→"})
_QUOTED = re.compile(r'\s*["“„«»]([^"“”„«»]+)["”“«»](.*)', re.DOTALL)


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
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return Named(_only(work, quoted[1], quoted[2].strip()), quoted[2].strip())
    first, rest = (*text.split(maxsplit=1), "", "")[:2]
    number = read_code(first)
    if number is not None:
        return Named(surviving(work, work.deals.by_number(number)), rest.strip())
    return _longest(work, text, fallback)


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
        return found[0], _after(text, found[1])
    if len(words) > 1 and fold(words[0]) in _TOWARDS:
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
        if fallback:
            # In a card's thread words are a stage or a note, unless they are another deal's very name.
            found = [deal for deal in found if fold(name) in (fold(deal.title), fold(deal.company))]
        if len(found) == 1:
            return Named(found[0], _after(text, count))
        if found:
            raise errors.SeveralDeals(name, found[:PICKED], len(found), _after(text, count))
    if fallback:
        return Named(fallback, text)
    raise errors.UnknownDeal(text)


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
