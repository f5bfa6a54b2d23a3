"""`/deal stages ...`: what is to be done to which stage, read from the words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.resolution import nearest_stages
from handlers.texts.english import English
from handlers.texts.languages import texts
from handlers.vocabulary.stages import AFTER, FIRST, INTO, NONE, TO, VERBS, Verb
from pipeline.errors import UnknownStage
from pipeline.names import fold
from pipeline.shapes import AddStage, AlterStage, ArchiveStage, PlaceStage, Reshaping, RestoreStage
from pipeline.shaping import CATEGORIES
from pipeline.stages import Category, Field, Pipeline, Stage


@dataclass
class UnreadableShape(Exception):  # noqa: N818 - said as one sentence
    """The word that was not understood, and which verb it stood with; none where the verb was unknown."""

    word: str
    verb: Verb | None = None


_WHOLE = re.compile(r"(\d{1,4})\s*(?:%|d|days?|t|tage?)?", re.IGNORECASE)
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
    for left, right in _parted(rest, TO):
        stage = _named(pipeline, left)
        if stage and right:
            english, _, german = right.partition("/")
            return AlterStage(stage.id, english=english.strip(), german=german.strip() or None)
    raise _missing(pipeline, rest, TO, Verb.RENAME)


def _setting_chance(pipeline: Pipeline, rest: str) -> AlterStage:
    stage, word = _leading(pipeline, rest)
    return AlterStage(stage.id, chance=_whole(word, Verb.CHANCE))


def _setting_patience(pipeline: Pipeline, rest: str) -> AlterStage:
    stage, word = _leading(pipeline, rest)
    return AlterStage(stage.id, patience=_whole(word, Verb.PATIENCE))


def _setting_gate(pipeline: Pipeline, rest: str) -> AlterStage:
    stage, words = _leading(pipeline, rest)
    return AlterStage(stage.id, gate=_gate(words))


def _setting_category(pipeline: Pipeline, rest: str) -> AlterStage:
    stage, word = _leading(pipeline, rest)
    return AlterStage(stage.id, category=_category(word))


def _adding(pipeline: Pipeline, rest: str) -> AddStage:
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
    if fold(word) in AFTER and behind:
        return PlaceStage(stage.id, _stage(pipeline, behind).id)
    raise UnreadableShape(where, Verb.ORDER)


def _archiving(pipeline: Pipeline, rest: str) -> ArchiveStage:
    for left, right in _parted(rest, INTO):
        stage = _named(pipeline, left)
        if stage:
            return ArchiveStage(stage.id, _stage(pipeline, right).id)
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
    folded = fold(word.replace("_", " "))
    for category in CATEGORIES:
        said = {fold(each.category(category)) for each in _BOTH}
        if folded in {fold(category.value.replace("_", " ")), *said}:
            return category
    raise UnreadableShape(word, Verb.CATEGORY)


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
    begun = [
        field for field in Field if any(fold(each.field(field)).startswith(f"{folded} ") for each in _BOTH)
    ]
    if begun:
        return begun[0]
    raise UnreadableShape(word, Verb.GATE)


def _parted(text: str, separators: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Before and behind each word that separates."""
    for found in re.finditer(r"\s+(\S+)\s+|\s*(→|->)\s*", text):
        if found[2] or fold(found[1]) in separators:
            yield text[: found.start()].strip(), text[found.end() :].strip()


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
    name = fold(text.strip().strip('"„“”'))
    if not name:
        return None
    ranked = sorted(pipeline.stages, key=lambda stage: stage.archived)
    exact = [stage for stage in ranked if name in _names(stage)]
    begun = [stage for stage in ranked if any(each.startswith(name) for each in _names(stage))]
    if exact:
        return exact[0]
    return begun[0] if len(begun) == 1 else None


def _names(stage: Stage) -> tuple[str, str, str]:
    return fold(stage.key), fold(stage.english), fold(stage.german)


def _missing(
    pipeline: Pipeline, rest: str, separators: Sequence[str], verb: Verb
) -> UnknownStage | UnreadableShape:
    for left, _ in _parted(rest, separators):
        return _unknown(pipeline, left)
    return UnreadableShape(rest, verb)


def _unknown(pipeline: Pipeline, word: str) -> UnknownStage:
    return UnknownStage(word, nearest_stages(pipeline, word), None, pipeline.stages)
