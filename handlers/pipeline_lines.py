"""Pipelines in what people type: one that is to be made or renamed, and one that is meant by its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from handlers.resolution import AHEAD_OF_NEXT, CLOSE_ENOUGH
from handlers.vocabulary.stages import PIPELINE, PIPELINE_VERBS, TO, PipelineVerb
from pipeline.establishing import called
from pipeline.names import core, fold
from pipeline.shapes import Establishing, EstablishPipeline, RenamePipeline
from pipeline.stages import Pipeline


@dataclass
class UnreadablePipeline(Exception):  # noqa: N818 - said as one sentence
    """Which verb was not followed by what it needs."""

    verb: PipelineVerb


_STAGES = re.compile(r"[,;|→]|->")
_AROUND = re.compile(r"(?:the |der )?(?:pipeline (.+)|(.+)[ -]pipeline)", re.IGNORECASE)
# A name that is begun says enough from here on.
_SHORTEST_START = 3


def read_pipeline_line(text: str, known: Sequence[Pipeline], here: Pipeline) -> Establishing | None:
    """None where the line is about a stage. Raises UnreadablePipeline."""
    word, rest = (*text.split(maxsplit=1), "", "")[:2]
    verb = next((verb for verb, words in PIPELINE_VERBS.items() if fold(word) in words), None)
    if verb is PipelineVerb.NEW:
        return _establishing(rest)
    if verb is PipelineVerb.RENAME:
        return _renaming(rest, known, here)
    return None


def meant(pipelines: Sequence[Pipeline], text: str) -> Pipeline | None:
    """By its name, as only it begins, or by a near miss that no other name is near to."""
    name = core(text)
    exact = pipeline_in(pipelines, text) or called(pipelines, text)
    begun = [each for each in pipelines if core(each.name).startswith(name)]
    if exact or (len(begun) == 1 and len(name) >= _SHORTEST_START):
        return exact or begun[0]
    scored = sorted(((fuzz.ratio(name, core(each.name)), -each.id, each) for each in pipelines), reverse=True)
    if not scored or scored[0][0] < CLOSE_ENOUGH:
        return None
    certain = len(scored) == 1 or scored[0][0] >= scored[1][0] + AHEAD_OF_NEXT
    return scored[0][2] if certain else None


def pipeline_in(pipelines: Sequence[Pipeline], text: str) -> Pipeline | None:
    """By its whole name alone, since the words may as well be a title's; "the Partners pipeline" is that too."""
    said = _AROUND.fullmatch(" ".join(text.split()))
    names = {core(text), core(said[1] or said[2]) if said else ""} - {""}
    return next((each for each in pipelines if core(each.name) in names), None)


def _establishing(rest: str) -> EstablishPipeline | None:
    """`NAME: A, B, C`; without colon and commas it is a stage that is new, unless a pipeline was spoken of."""
    named, colon, stages = rest.partition(":")
    first, behind = (*named.split(maxsplit=1), "", "")[:2]
    spoken_of = fold(first) in PIPELINE
    if not colon and not spoken_of and not _STAGES.search(rest):
        return None
    name = (behind if spoken_of else named).strip().strip('"“”„‟«»').strip()
    parts = [part.strip() for part in _STAGES.split(stages)]
    names = tuple(_in_both(part) for part in parts if part)
    if not name or not names:
        # A forgotten colon, more likely than a stage with commas in its name.
        raise UnreadablePipeline(PipelineVerb.NEW)
    return EstablishPipeline(name, names)


def _in_both(name: str) -> tuple[str, str]:
    english, _, german = (part.strip() for part in name.partition("/"))
    return english or german, german or english


def _renaming(rest: str, known: Sequence[Pipeline], here: Pipeline) -> RenamePipeline | None:
    """`pipeline [OLD] to NEW`; a stage that is called so goes first."""
    words = rest.split()
    if not words or fold(words[0]) not in PIPELINE or _is_stage(words[0], here):
        return None
    for place in range(1, len(words) - 1):
        if fold(words[place]) in (*TO, "→", "->"):
            old, new = " ".join(words[1:place]), " ".join(words[place + 1 :])
            renamed = here if not old else called(known, old)
            if renamed:
                return RenamePipeline(renamed.id, new.strip('"“”„‟«»'))
    raise UnreadablePipeline(PipelineVerb.RENAME)


def _is_stage(word: str, pipeline: Pipeline) -> bool:
    names = (name for stage in pipeline.stages for name in (stage.key, stage.english, stage.german))
    return any(fold(name).startswith(fold(word)) for name in names)
