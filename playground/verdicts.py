"""The validator's verdicts, turned into Slack's refusals."""

from collections.abc import Sequence

from playground.refusals import SlackError
from playground.validation import Problem, message_problems, view_problems
from playground.words import Json


def check_message(content: Json, unknown: Sequence[str]) -> None:
    """`unknown` types are no fault of who sent them: this Slack does not have them."""
    _refuse("invalid_blocks", message_problems(content))
    found = sorted({str(block.get("type")) for block in content.get("blocks") or ()}.intersection(unknown))
    if found:
        messages = [f"[ERROR] unsupported type: {name}" for name in found]
        raise SlackError("invalid_blocks", response_metadata={"messages": messages})


def check_view(view: Json) -> None:
    _refuse("invalid_arguments", view_problems(view))


def _refuse(code: str, problems: Sequence[Problem]) -> None:
    if problems:
        messages = [f"[ERROR] {p.message} [json-pointer:{p.pointer}]" for p in problems]
        raise SlackError(
            code,
            errors=[told(problem) for problem in problems],
            response_metadata={"messages": messages},
        )


def told(problem: Problem) -> Json:
    return {"pointer": problem.pointer, "code": problem.code, "message": problem.message}
