"""What is said of a pipeline that was made, renamed or refused."""

from collections.abc import Callable

from handlers.answer import Answer, told
from handlers.slack_text import escape_entities, isolate
from handlers.texts.english import English
from handlers.views import answers
from pipeline import errors
from pipeline.errors import Refusal
from pipeline.shapes import Established


def established(done: Established, texts: English) -> Answer:
    pipeline = done.pipeline
    if done.before is not None:
        return told(texts.pipeline_renamed(isolate(done.before), isolate(pipeline.name)))
    order = " → ".join(isolate(texts.stage(stage)) for stage in pipeline.living)
    see = (texts.see_stages, f"stages in {escape_entities(pipeline.name)}")
    return told(texts.pipeline_made(isolate(pipeline.name), order), *answers.run_buttons([see]))


def _name_taken(texts: English, refusal: errors.PipelineNameTaken) -> Answer:
    return told(texts.pipeline_name_taken(isolate(refusal.pipeline.name)))


REFUSED: dict[type[Refusal], Callable[..., Answer]] = {
    errors.PipelineNameTaken: _name_taken,
    errors.PipelineNameUnfit: lambda texts, refusal: told(texts.pipeline_name_unfit(refusal.limit)),
    errors.StageCountUnfit: lambda texts, refusal: told(texts.stage_count_unfit(refusal.least, refusal.most)),
    errors.StageNamedTwice: lambda texts, refusal: told(texts.stage_named_twice(isolate(refusal.name))),
}
