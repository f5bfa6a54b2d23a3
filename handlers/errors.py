"""The one place for what nobody expected: said with an incident id, or "not saved" while the archive is away."""

import logging
import secrets
from typing import Any

from slack_bolt import BoltContext, BoltResponse

from handlers.services import Services
from handlers.texts.english import English
from handlers.trace import INCIDENT, Trace
from pipeline.errors import ArchiveDown, CommitUnknown, Superseded

log = logging.getLogger(__name__)


def on_error(error: Exception, body: dict[str, Any], context: BoltContext) -> BoltResponse:
    """Always 200 with what the surface can show; only an event that was not written is asked for again."""
    texts = _texts(context)
    trace: Trace = context.get("trace") or Trace()
    if isinstance(error, ArchiveDown):
        trace.refused(error)
        log.warning("the archive is away: %s", error)
        if "event" in body:
            return BoltResponse(status=503, body="")
        sentence = _unsaved(texts, error)
    else:
        trace.verdict = INCIDENT
        incident = secrets.token_hex(4)
        log.error("incident %s", incident, exc_info=error)
        sentence = texts.incident(incident)
    return _spoken(sentence, body, context.get("services"))


def _unsaved(texts: English, error: ArchiveDown) -> str:
    if isinstance(error, Superseded):
        return texts.superseded()
    return texts.maybe_saved() if isinstance(error, CommitUnknown) else texts.not_saved()


def too_late(services: Services, body: dict[str, Any], begun: bool) -> BoltResponse:  # noqa: FBT001 - as bot.server asks
    """Slack waits no longer: what is known by now, whatever becomes of the request."""
    log.warning("a request was not answered in time; it %s", "may still be" if begun else "was not begun")
    if "event" in body:
        return BoltResponse(status=503, body="")
    texts = services.house.texts
    return _spoken(texts.took_too_long() if begun else texts.not_saved(), body, services)


def not_ours(services: Services, context: BoltContext, body: dict[str, Any]) -> BoltResponse | None:
    """The answer to a request from another workspace, or from before this one is known."""
    workspace = services.workspace()
    if workspace is not None and context.team_id == workspace.id:
        return None
    if workspace is not None:
        log.warning("refused a request from workspace %s", context.team_id)
        context["trace"].verdict = "OtherWorkspace"
        return _spoken(services.house.texts.wrong_workspace(), body, services)
    context["trace"].verdict = "Starting"
    if "event" in body:
        return BoltResponse(status=503, body="")
    return _spoken(services.house.texts.starting(), body, services)


def _spoken(sentence: str, body: dict[str, Any], services: Services | None) -> BoltResponse:
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": sentence})
    if body.get("type") == "view_submission":
        return BoltResponse(status=200, body=_form_body(sentence, body))
    url = body.get("response_url")
    if url and services:
        services.speak(str(url), sentence)
    return BoltResponse(status=200, body="")


def _form_body(sentence: str, body: dict[str, Any]) -> dict[str, Any]:
    """Below the first input, so that everything typed stays."""
    blocks = body["view"].get("blocks") or []
    first = next((block["block_id"] for block in blocks if block.get("type") == "input"), None)
    return {"response_action": "errors", "errors": {first: sentence}} if first else {}


def _texts(context: BoltContext) -> English:
    texts: English = context["services"].house.texts if "services" in context else English()
    return texts
