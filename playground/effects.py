"""What the bot's answer to a request does in Slack: messages, views, errors on fields."""

from playground import forms, saying, showing
from playground.deliveries import Answer, Effect
from playground.refusals import SlackError
from playground.verdicts import check_message
from playground.views import View
from playground.words import Json
from playground.workspace import Workspace

TIMED_OUT = "operation_timeout"


def unseen(answer: Answer) -> Effect:
    """Of an event's answer nobody sees anything."""
    del answer
    return Effect()


def of_click(answer: Answer) -> Effect:
    if not answer.ok:
        return Effect({"error": TIMED_OUT})
    if answer.body not in (None, "", {}):
        return Effect(problems=[_problem("ignored_body", "Slack shows nothing of a click's ack body")])
    return Effect()


def of_command(workspace: Workspace, channel: str, user: str, answer: Answer) -> Effect:
    if not answer.ok:
        return Effect({"error": TIMED_OUT})
    body = answer.body
    if body in (None, "", {}):
        return Effect()
    content: Json = body if isinstance(body, dict) else {"text": str(answer.text)}
    if set(content) == {"response_type"}:
        return Effect({"command_shown": content["response_type"] == "in_channel"})
    try:
        check_message(content, workspace.identity.refused_blocks)
        _check_said(content)
    except SlackError as refusal:
        return _refused(refusal)
    reader = "" if content.get("response_type") == "in_channel" else user
    message = saying.post(workspace, channel, content, reader=reader, sent=content)
    return Effect({"message": saying.seen(workspace, message)})


def _check_said(content: Json) -> None:
    if not (content.get("text") or content.get("blocks") or content.get("attachments")):
        raise SlackError("no_text")


def of_submission(workspace: Workspace, view: View, answer: Answer) -> Effect:
    """The answer to view_submission: close, clear, update, push, or errors on fields."""
    if not answer.ok:
        return Effect({"error": TIMED_OUT, "view": showing.told(workspace, view)})
    body = answer.body
    if body in (None, "", {}):
        workspace.views.close(view)
        return Effect({"closed": view.id})
    if not isinstance(body, dict):
        return Effect(problems=[_problem("invalid_answer", "a form's answer is empty or a JSON object")])
    try:
        return _responded(workspace, view, body)
    except SlackError as refusal:
        return _refused(refusal)


def _responded(workspace: Workspace, view: View, body: Json) -> Effect:
    match body.get("response_action"):
        case "clear":
            workspace.views.clear(view.user)
            return Effect({"cleared": True})
        case "update":
            content = showing.checked(workspace, body.get("view"), kind="modal", instead_of=view)
            shown = showing.repaint(workspace, view, content)
            return Effect({"updated": shown.id, "view": showing.told(workspace, shown)})
        case "push":
            content = showing.checked(workspace, body.get("view"), kind="modal")
            shown = showing.push_modal(workspace, view.user, content)
            return Effect({"pushed": shown.id, "view": showing.told(workspace, shown)})
        case "errors":
            return _errors(view, body.get("errors"))
        case other:
            raise SlackError(f"invalid_response_action: {other}")


def _errors(view: View, errors: object) -> Effect:
    if not isinstance(errors, dict) or not errors:
        raise SlackError("invalid_errors: a map of block_id to text")
    unknown = sorted(set(errors) - forms.input_blocks(view))
    if unknown:
        raise SlackError(f"errors_on_unknown_blocks: {', '.join(map(str, unknown))}")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise SlackError("invalid_errors: every error is a sentence")
    view.errors = dict(errors)
    return Effect({"errors": view.errors})


def of_suggestion(view: View | None, action_id: str, answer: Answer) -> Effect:
    body = answer.body
    options = body.get("options") if isinstance(body, dict) else None
    groups = body.get("option_groups") if isinstance(body, dict) else None
    if not answer.ok or (options is None and groups is None):
        return Effect(problems=[_problem("no_options", "a suggestion is answered with options")])
    offered = [*(options or ()), *(option for group in groups or () for option in group["options"])]
    if len(offered) > 100:  # noqa: PLR2004 -- Slack's limit of options
        return Effect(problems=[_problem("too_many_options", "at most 100 options")])
    if view is not None:
        view.suggested[action_id] = offered
    return Effect({"options": offered})


def _refused(refusal: SlackError) -> Effect:
    found = refusal.extra.get("errors")
    problems = list(found) if isinstance(found, list) else [_problem(refusal.code, refusal.code)]
    return Effect({"error": refusal.code}, problems)


def _problem(code: str, message: str) -> Json:
    return {"pointer": "", "code": code, "message": message}
