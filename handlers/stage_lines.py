"""`/deal stages ...`: what is to be done to which stage, read from the words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.categories import named_category
from handlers.resolution import nearest_stages
from handlers.texts.english import English
from handlers.texts.languages import texts
from handlers.vocabulary.stages import AFTER, BEFORE, FIELD_WORDS, FIRST, INTO, NONE, TO, VERBS, Verb
from pipeline.errors import UnknownStage
from pipeline.names import fold
from pipeline.shapes import AddStage, AlterStage, ArchiveStage, PlaceStage, Reshaping, RestoreStage
from pipeline.stages import Category, Field, Pipeline, Stage


@dataclass
class UnreadableShape(Exception):  # noqa: N818 - said as one sentence
    """The word that was not understood, and which verb it stood with; none where the verb was unknown."""

    word: str
    verb: Verb | None = None


_WHOLE = re.compile(r"(\d{1,4})\s*(?:%|d|days?|t|tage?)?", re.IGNORECASE)
_WEEKS = re.compile(r"(\d{1,3})\s*(?:w|weeks?|wochen?)", re.IGNORECASE)
_CHANCE_IN_NAME = re.compile(r"\d\s*%")
_BOTH: tuple[English, English] = (texts("en"), texts("de"))


def read_shape(pipeline: Pipeline, text: str) -> Reshaping:
    """Raises UnreadableShape, or UnknownStage."""
    word, rest = (*text.split(maxsplit=1), "", "")[:2]
    verb = next((verb for verb, names in VERBS.items() if fold(word) in map(fold, names)), None)
    if verb is None:
        raise UnreadableShape(word)
    if not rest.strip():
        raise UnreadableShape("", verb)
    return _READERS[verb](pipeline, rest)


def _renaming(pipeline: Pipeline, rest: str) -> AlterStage:
    parts = list(_parted(rest, TO))
    found = _split_behind_stage(pipeline, parts)
    if found:
        english, _, german = found[1].partition("/")
        return AlterStage(found[0].id, english=english.strip(), german=german.strip() or None)
    if parts:
        raise _unknown(pipeline, parts[0][0])
    raise UnreadableShape(rest, Verb.RENAME)


def _setting_chance(pipeline: Pipeline, rest: str) -> AlterStage:
    stage, word = _leading(pipeline, rest)
    return AlterStage(stage.id, chance=_whole(word, Verb.CHANCE))


def _setting_patience(pipeline: Pipeline, rest: str) -> AlterStage:
    stage, word = _leading(pipeline, rest)
    weeks = _WEEKS.fullmatch(word)
    return AlterStage(stage.id, patience=int(weeks[1]) * 7 if weeks else _whole(word, Verb.PATIENCE))


def _setting_gate(pipeline: Pipeline, rest: str) -> AlterStage:
    stage, words = _leading(pipeline, rest)
    return AlterStage(stage.id, gate=_gate(words))


def _setting_category(pipeline: Pipeline, rest: str) -> AlterStage:
    stage, word = _leading(pipeline, rest)
    return AlterStage(stage.id, category=_category(word))


def _adding(pipeline: Pipeline, rest: str) -> AddStage:
    if _CHANCE_IN_NAME.search(rest):
        raise UnreadableShape(rest, Verb.ADD)
    for left, right in reversed([*_parted(rest, BEFORE)]):
        ahead = _ahead_of(pipeline, _stage(pipeline, right))
        if ahead is None:
            raise UnreadableShape(rest, Verb.ADD)
        return _added(left, ahead)
    for left, right in reversed([*_parted(rest, AFTER)]):
        stage = _named(pipeline, right)
        if left and stage:
            return _added(left, stage.id)
        if left:
            raise _unknown(pipeline, right)
    return _added(rest, None)


def _added(name: str, after_id: int | None) -> AddStage:
    english, _, german = (part.strip() for part in name.partition("/"))
    return AddStage(english, german or english, after_id)


def _placing(pipeline: Pipeline, rest: str) -> PlaceStage:
    stage, where = _leading(pipeline, rest)
    word, behind = (*where.split(maxsplit=1), "", "")[:2]
    if fold(word) in FIRST and not behind:
        return PlaceStage(stage.id, None)
    if fold(word) in BEFORE and behind:
        others = replace(pipeline, stages=tuple(each for each in pipeline.stages if each.id != stage.id))
        return PlaceStage(stage.id, _ahead_of(others, _stage(pipeline, behind)))
    if fold(word) in AFTER and behind:
        return PlaceStage(stage.id, _stage(pipeline, behind).id)
    raise UnreadableShape(where, Verb.ORDER)


def _ahead_of(pipeline: Pipeline, stage: Stage) -> int | None:
    """The open stage right ahead of another one; none ahead of the first."""
    ahead = [each.id for each in pipeline.open_stages if each.position < stage.position]
    return ahead[-1] if ahead else None


def _archiving(pipeline: Pipeline, rest: str) -> ArchiveStage:
    found = _split_behind_stage(pipeline, list(_parted(rest, INTO)))
    if found:
        return ArchiveStage(found[0].id, _stage(pipeline, found[1]).id)
    return ArchiveStage(_stage(pipeline, rest).id)


def _restoring(pipeline: Pipeline, rest: str) -> RestoreStage:
    return RestoreStage(_stage(pipeline, rest).id)


_READERS: Mapping[Verb, Callable[[Pipeline, str], Reshaping]] = {
    Verb.RENAME: _renaming,
    Verb.CHANCE: _setting_chance,
    Verb.PATIENCE: _setting_patience,
    Verb.GATE: _setting_gate,
    Verb.CATEGORY: _setting_category,
    Verb.ADD: _adding,
    Verb.ORDER: _placing,
    Verb.ARCHIVE: _archiving,
    Verb.RESTORE: _restoring,
}


def _whole(word: str, verb: Verb) -> int:
    found = _WHOLE.fullmatch(word)
    if found is None:
        raise UnreadableShape(word, verb)
    return int(found[1])


def _category(word: str) -> Category:
    category = named_category(word)
    if category is None:
        raise UnreadableShape(word, Verb.CATEGORY)
    return category


def _gate(text: str) -> Sequence[Field]:
    if fold(text) in NONE:
        return ()
    words = [word.strip() for word in re.split(r",|;|\band\b|\bund\b", text) if word.strip()]
    if not words:
        raise UnreadableShape("", Verb.GATE)
    return [_field(word) for word in words]


def _field(word: str) -> Field:
    folded = fold(word.replace("_", " ").replace("-", " "))
    for field in Field:
        said = {fold(each.field(field)).replace("-", " ") for each in _BOTH}
        if folded in {field.value.replace("_", " "), *said}:
            return field
    if folded in FIELD_WORDS:
        return FIELD_WORDS[folded]
    begun = [
        field for field in Field if any(fold(each.field(field)).startswith(f"{folded} ") for each in _BOTH)
    ]
    if begun:
        return begun[0]
    raise UnreadableShape(word, Verb.GATE)


def _parted(text: str, separators: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Before and behind each word that separates."""
    words = text.split()
    for place in range(1, len(words) - 1):
        if fold(words[place]) in (*separators, "→", "->"):
            yield " ".join(words[:place]), " ".join(words[place + 1 :])


def _split_behind_stage(pipeline: Pipeline, parts: Sequence[tuple[str, str]]) -> tuple[Stage, str] | None:
    """A whole name goes before one that is begun: a stage may be called "Made to order"."""
    for find in (_exact, _named):
        for left, right in parts:
            stage = find(pipeline, left)
            if stage:
                return stage, right
    return None


def _leading(pipeline: Pipeline, text: str) -> tuple[Stage, str]:
    """The longest leading words that name a stage, and what follows."""
    words = text.split()
    for count in range(len(words), 0, -1):
        stage = _named(pipeline, " ".join(words[:count]))
        if stage:
            return stage, " ".join(words[count:])
    raise _unknown(pipeline, words[0])


def _stage(pipeline: Pipeline, text: str) -> Stage:
    stage = _named(pipeline, text)
    if stage is None:
        raise _unknown(pipeline, text)
    return stage


def _named(pipeline: Pipeline, text: str) -> Stage | None:
    """By key or name, or by how one name alone begins; archived ones too, after the living."""
    name = _bare(text)
    begun = [stage for stage in pipeline.stages if any(each.startswith(name) for each in _names(stage))]
    return _exact(pipeline, text) or (begun[0] if name and len(begun) == 1 else None)


def _exact(pipeline: Pipeline, text: str) -> Stage | None:
    name = _bare(text)
    ranked = sorted(pipeline.stages, key=lambda stage: stage.archived)
    return next((stage for stage in ranked if name in _names(stage)), None)


def _bare(text: str) -> str:
    return fold(text.strip().strip('"„“”'))


def _names(stage: Stage) -> tuple[str, str, str]:
    return fold(stage.key), fold(stage.english), fold(stage.german)


def _unknown(pipeline: Pipeline, word: str) -> UnknownStage:
    return UnknownStage(word, nearest_stages(pipeline, word), None, pipeline.stages)
