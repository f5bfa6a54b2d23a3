"""What is said of the stages of a pipeline."""

from collections.abc import Callable, Mapping, Sequence

from handlers import blocks
from handlers.answer import Answer, told
from handlers.blocks import Block, rich, words
from handlers.slack_text import escape_entities, isolate
from handlers.stage_lines import UnreadableShape
from handlers.texts.english import English
from handlers.views import answers
from handlers.views.naming import called
from handlers.vocabulary.stages import Verb
from pipeline import errors
from pipeline.deal import Deal
from pipeline.errors import Refusal
from pipeline.shapes import Shape, Shaped
from pipeline.stages import CATEGORIES, DEFAULT_PIPELINE, Pipeline, Stage

NAMED = 3
OFFERED = 5


def listed(pipeline: Pipeline, counts: Mapping[int, int], others: Sequence[str], texts: English) -> Answer:
    """`others` are the names of the other pipelines."""
    lines = [_line(stage, counts.get(stage.id, 0), texts) for stage in pipeline.living]
    archived = [stage for stage in pipeline.stages if stage.archived]
    title = (
        f"{texts.stages_title()}: {isolate(pipeline.name)}" if _is_other(pipeline) else texts.stages_title()
    )
    shown: list[Block] = [blocks.header(title), *(rich(*line) for line in lines)]
    if archived:
        names = [_archived_name(stage, counts.get(stage.id, 0), texts) for stage in archived]
        shown.append(blocks.context(texts.stages_archived(", ".join(names))))
    if others:
        shown.append(blocks.context(texts.other_pipelines(", ".join(map(isolate, others)))))
    return Answer(blocks.read_out(shown), (*shown, blocks.context(texts.stages_more())))


def _line(stage: Stage, count: int, texts: English) -> list[list[blocks.Span]]:
    facts = [texts.stage_chance(stage.chance)]
    if stage.stay is not None:
        facts.append(texts.stage_limit(stage.stay.limit, stage.stay.visits))
    elif stage.patience is not None:
        facts.append(texts.stage_patience(stage.patience))
    facts.append(texts.category(stage.category))
    if stage.is_open:
        facts.append(texts.stage_count(count))
    head = [words(name(stage, texts), bold=True), words(f"  {' · '.join(facts)}")]
    gate = [[words(texts.stage_gate(_fields(stage, texts)))]] if stage.gate else []
    return [head, *gate]


def _archived_name(stage: Stage, count: int, texts: English) -> str:
    return f"{name(stage, texts)} ({texts.stage_count(count)})" if count else name(stage, texts)


def name(stage: Stage, texts: English) -> str:
    return isolate(texts.stage(stage))


def _fields(stage: Stage, texts: English) -> str:
    return ", ".join(texts.field(field) for field in stage.gate)


def shaped(done: Shaped, texts: English) -> Answer:
    return told(_SHAPES[done.shape](done, texts))


def _renamed(done: Shaped, texts: English) -> str:
    return texts.stage_renamed(name(done.before or done.stage, texts), isolate(_both(done.stage)))


def _chance(done: Shaped, texts: English) -> str:
    return texts.chance_set(name(done.stage, texts), done.stage.chance)


def _patience(done: Shaped, texts: English) -> str:
    stay = done.stage.stay
    said = texts.patience_set(name(done.stage, texts), done.stage.patience or 0)
    return f"{said} {texts.patience_waits(texts.stage_limit(stay.limit, stay.visits))}" if stay else said


def _gate(done: Shaped, texts: English) -> str:
    stage, fields = name(done.stage, texts), _fields(done.stage, texts)
    return texts.gate_set(stage, fields) if fields else texts.gate_lifted(stage)


def _category(done: Shaped, texts: English) -> str:
    return texts.category_set(name(done.stage, texts), texts.category(done.stage.category))


def _added(done: Shaped, texts: English) -> str:
    return texts.stage_added(name(done.stage, texts), _order(done, texts))


def _placed(done: Shaped, texts: English) -> str:
    return texts.stages_ordered(_order(done, texts))


def _archived(done: Shaped, texts: English) -> str:
    sentence = texts.archived_now(name(done.stage, texts))
    return f"{sentence} {texts.deals_moved(done.moved, name(done.into, texts))}" if done.into else sentence


def _restored(done: Shaped, texts: English) -> str:
    return texts.restored_now(name(done.stage, texts))


_SHAPES: Mapping[Shape, Callable[[Shaped, English], str]] = {
    Shape.RENAMED: _renamed,
    Shape.CHANCE: _chance,
    Shape.PATIENCE: _patience,
    Shape.GATE: _gate,
    Shape.CATEGORY: _category,
    Shape.ADDED: _added,
    Shape.PLACED: _placed,
    Shape.ARCHIVED: _archived,
    Shape.RESTORED: _restored,
}


def _order(done: Shaped, texts: English) -> str:
    return " → ".join(name(stage, texts) for stage in done.pipeline.living)


def _both(stage: Stage) -> str:
    return stage.english if stage.english == stage.german else f"{stage.english} / {stage.german}"


def unreadable(shape: UnreadableShape, texts: English, word: str) -> str:
    """One sentence and one example."""
    if shape.verb is None:
        return texts.shape_unknown(word)
    if shape.verb is Verb.CATEGORY and shape.word:
        return texts.category_unknown(word, ", ".join(texts.category(each) for each in CATEGORIES))
    if shape.verb is Verb.GATE and shape.word:
        return texts.gate_field_unknown(word)
    begun = texts.not_read(word) if shape.word else texts.not_all_said()
    return f"{begun} {texts.shape_example(shape.verb)}"


def _has_deals(texts: English, refusal: errors.StageHasDeals) -> Answer:
    stage = refusal.stage
    sentence = texts.stage_has_deals(name(stage, texts), len(refusal.deals), _some(refusal.deals))
    there = f"in {escape_entities(refusal.pipeline.name)}: " if _is_other(refusal.pipeline) else ""
    faces = [
        (texts.archive_into(texts.stage(other)), f"stages {there}archive {stage.key} into {other.key}")
        for other in refusal.others[:OFFERED]
    ]
    return told(sentence, *answers.run_buttons(faces))


def _is_other(pipeline: Pipeline) -> bool:
    return pipeline.key != DEFAULT_PIPELINE


def _some(deals: Sequence[Deal]) -> str:
    named = ", ".join(" ".join(called(deal)) for deal in deals[:NAMED])
    return f"{named}, …" if len(deals) > NAMED else named


def _gate_in_the_way(texts: English, refusal: errors.GateInTheWay) -> Answer:
    into, deals = refusal.into, refusal.deals
    gate = _fields(into, texts)
    return told(texts.gate_in_the_way(name(into, texts), gate, len(deals), _some(deals)))


def _name_taken(texts: English, refusal: errors.StageNameTaken) -> Answer:
    archived = refusal.stage.archived
    stage = name(refusal.stage, texts)
    return told(texts.archived_name_taken(stage) if archived else texts.stage_name_taken(stage))


def _gate_unfit(texts: English, refusal: errors.GateUnfit) -> Answer:
    return told(texts.gate_unfit(name(refusal.stage, texts), texts.field(refusal.field)))


REFUSED: dict[type[Refusal], Callable[..., Answer]] = {
    errors.StageHasDeals: _has_deals,
    errors.GateInTheWay: _gate_in_the_way,
    errors.StageNameTaken: _name_taken,
    errors.StageNameUnfit: lambda texts, refusal: told(texts.stage_name_unfit(refusal.limit)),
    errors.ChanceUnfit: lambda texts, refusal: told(texts.chance_unfit(name(refusal.stage, texts))),
    errors.PatienceUnfit: lambda texts, refusal: told(texts.patience_unfit(name(refusal.stage, texts))),
    errors.GateUnfit: _gate_unfit,
    errors.StageFixed: lambda texts, refusal: told(texts.stage_fixed(name(refusal.stage, texts))),
    errors.StageUnchanged: lambda texts, refusal: told(texts.stage_unchanged(name(refusal.stage, texts))),
    errors.LastOpenStage: lambda texts, refusal: told(texts.last_open_stage(name(refusal.stage, texts))),
    errors.PipelineOvertaken: lambda texts, _refusal: told(texts.pipeline_overtaken()),
    errors.ChannelOutOfReach: lambda texts, _refusal: told(texts.channel_out_of_reach()),
}
