"""What the bot says in English where there is more than one pipeline."""

from handlers.vocabulary.stages import PipelineVerb


class EnglishPipelines:
    pipeline_label = "Which pipeline"
    see_stages = "See its stages"
    other_board = "Another pipeline …"

    def pipeline_made(self, name: str, order: str) -> str:
        return f"The pipeline {name} is there: {order}. A deal goes there with: /deal new Acme renewal 12k in {name}. To shape it: /deal stages in {name}: rename … (or chance, gate, add …)"

    def pipeline_renamed(self, old: str, new: str) -> str:
        return f"The pipeline {old} is called {new} now."

    def pipeline_name_taken(self, name: str) -> str:
        return f"That name means the pipeline {name} already. Choose another name, or shape what is there: /deal stages in {name}"

    def pipeline_name_unfit(self, limit: int) -> str:
        return f"A pipeline needs a name of 1 to {limit} characters without a colon, for example: /deal stages new Partners: Contact, Pilot, Contract"

    def stage_count_unfit(self, least: int, most: int) -> str:
        return f"A new pipeline has {least} to {most} open stages with commas between them; won and lost come by themselves. For example: /deal stages new Partners: Contact, Pilot, Contract"

    def stage_named_twice(self, name: str) -> str:
        return f"The stage {name} would be there twice; won and lost come by themselves. For example: /deal stages new Partners: Contact, Pilot, Contract"

    def pipeline_example(self, verb: PipelineVerb) -> str:
        example = {
            PipelineVerb.NEW: "new Partners: Contact, Pilot, Contract",
            PipelineVerb.RENAME: "rename pipeline Partners to Channel",
        }[verb]
        return f"For example: /deal stages {example}"

    def detail_pipeline(self, name: str) -> str:
        return f", pipeline {name}"

    def pipeline_called(self, name: str) -> str:
        return f"{name} pipeline"

    def board_label(self, name: str) -> str:
        return f"Show the pipeline {name}"

    def board_parked(self, count: int) -> str:
        return "1 of these deals is parked." if count == 1 else f"{count:,} of these deals are parked."

    def board_parked_weighted(self, count: int) -> str:
        them = "1 of these deals is" if count == 1 else f"{count:,} of these deals are"
        return f"{them} parked: counted, but in no weighted value."
