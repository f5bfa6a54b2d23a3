"""blocks.validate: Slack's own judge of a payload, here our validator."""

from playground.refusals import SlackError
from playground.validation import message_problems, view_problems
from playground.verdicts import told
from playground.web_api.arguments import Arguments
from playground.words import Json
from playground.workspace import Workspace


def validate(_: Workspace, arguments: Arguments) -> Json:
    given = [name for name in ("blocks", "message", "view") if arguments.has(name)]
    if len(given) != 1:
        raise SlackError("invalid_arguments")
    (name,) = given
    payload = arguments.structure(name)
    if name == "blocks":
        payload = {"text": "blocks", "blocks": payload}
    if not isinstance(payload, dict):
        raise SlackError(f"invalid_{name}")
    problems = view_problems(payload) if name == "view" else message_problems(payload)
    if problems:
        raise SlackError(f"invalid_{name}", errors=[told(problem) for problem in problems])
    return {}
