"""Showing views: checking them, giving them ids and hashes, telling them in Slack's shape."""

import json
import secrets
from typing import Final

from playground import forms
from playground.painting import finished
from playground.refusals import SlackError
from playground.verdicts import check_view
from playground.views import STACK_LIMIT, View
from playground.words import Json
from playground.workspace import Workspace

VIEW_BYTES: Final = 250_000


def checked(workspace: Workspace, given: object, *, kind: str, instead_of: View | None = None) -> Json:
    """The view as Slack keeps it, or a refusal."""
    if not isinstance(given, dict):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] view: not an object"]})
    if len(json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass")) > VIEW_BYTES:
        raise SlackError("view_too_large")
    check_view(given)
    if given.get("type") != kind:
        raise SlackError(
            "invalid_arguments", response_metadata={"messages": [f"[ERROR] view: must be of type {kind}"]}
        )
    _check_external_id(workspace, given, instead_of)
    return {**given, "blocks": finished(given.get("blocks") or ())}


def _check_external_id(workspace: Workspace, given: Json, instead_of: View | None) -> None:
    external_id = str(given.get("external_id") or "")
    known = workspace.views.find(external_id=external_id) if external_id else None
    if known and known is not instead_of:
        raise SlackError("duplicate_external_id")


def open_modal(workspace: Workspace, user: str, content: Json) -> View:
    workspace.views.clear(user)
    return _stacked(workspace, user, content)


def push_modal(workspace: Workspace, user: str, content: Json) -> View:
    if len(workspace.views.stack(user)) >= STACK_LIMIT:
        raise SlackError("push_limit_reached")
    return _stacked(workspace, user, content)


def _stacked(workspace: Workspace, user: str, content: Json) -> View:
    stack = workspace.views.stack(user)
    view = View(workspace.new_id("V"), user, content, new_hash(workspace))
    view.root = stack[0].id if stack else view.id
    view.previous = stack[-1].id if stack else ""
    stack.append(view)
    return view


def repaint(workspace: Workspace, view: View, content: Json) -> View:
    view.content = content
    view.hash = new_hash(workspace)
    view.errors = {}
    forms.keep_typed(view, view.blocks)
    return view


def publish_home(workspace: Workspace, user: str, content: Json) -> View:
    known = workspace.views.home(user)
    if known:
        return repaint(workspace, known, content)
    view = View(workspace.new_id("V"), user, content, new_hash(workspace))
    view.root = view.id
    workspace.views.set_home(view)
    return view


def new_hash(workspace: Workspace) -> str:
    return f"{int(workspace.clock.now())}.{secrets.token_hex(4)}"


def told(workspace: Workspace, view: View) -> Json:
    content = view.content
    identity = workspace.identity
    return {
        "id": view.id,
        "team_id": identity.team_id,
        "type": view.kind,
        "blocks": view.blocks,
        "private_metadata": content.get("private_metadata") or "",
        "callback_id": content.get("callback_id") or "",
        "state": {"values": forms.values(view)},
        "hash": view.hash,
        "title": content.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous or None,
        "root_view_id": view.root,
        "app_id": identity.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": identity.team_id,
        "bot_id": identity.bot_id,
    }
