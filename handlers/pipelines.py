"""Whether people need to be told which pipeline something is in."""

from pipeline.ports import Work
from pipeline.stages import Pipeline


def name_among(work: Work, pipeline: Pipeline) -> str:
    """Nothing where there is only one."""
    return pipeline.name if len(work.stages.all()) > 1 else ""
