"""The shape of what Slack sends: checked before Bolt, which stumbles over anything else."""

from collections.abc import Callable, Mapping

Payload = Mapping[str, object]


def is_well_shaped(payload: object) -> bool:
    """Whether the parts that tell requests apart are there and of their kind."""
    if not isinstance(payload, dict):
        return False
    parts = all(isinstance(payload[name], kinds) for name, kinds in _PARTS.items() if name in payload)
    check = _CHECKS.get(str(payload.get("type")))
    return parts and _names_fit(payload) and (check is None or check(payload))


def _names_fit(payload: Payload) -> bool:
    """What rows are kept under: Slack's are plain and far shorter; no database keeps a NUL or half a character."""
    named = [payload, *(part for name in _NAMED if isinstance(part := payload.get(name), dict))]
    return not any(_is_unfit(key, name) for part in named for key, name in part.items() if key in _MOST)


def _is_unfit(key: str, name: object) -> bool:
    return isinstance(name, str) and (len(name) > _MOST[key] or not name.isascii() or "\0" in name)


_NAMED = ("team", "user", "channel", "view", "message", "container", "event")
_IDS = ("id", "team_id", "user_id", "channel_id", "user", "channel", "ts", "thread_ts", "message_ts")
_MOST: Mapping[str, int] = {
    **dict.fromkeys(_IDS, 32),
    **dict.fromkeys(("hash", "trigger_id", "event_id"), 100),
}
_TEXT = (str, type(None))
_OBJECT = (dict, type(None))
_PARTS: Mapping[str, tuple[type, ...]] = {
    "type": _TEXT,
    "team_id": _TEXT,
    "user_id": _TEXT,
    "channel_id": _TEXT,
    "trigger_id": _TEXT,
    "response_url": _TEXT,
    "command": (str,),
    "text": _TEXT,
    "callback_id": _TEXT,
    "team": _OBJECT,
    "enterprise": _OBJECT,
    "user": (dict,),
    "channel": _OBJECT,
    "container": _OBJECT,
    "message": _OBJECT,
    "authorizations": (list, type(None)),
}


def _click(payload: Payload) -> bool:
    actions = payload.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(payload.get("view", {}), dict):
        return False
    return all(isinstance(each, dict) and _is_touch(each) for each in actions)


def _is_touch(action: Payload) -> bool:
    picked = action.get("selected_option")
    return isinstance(action.get("action_id"), str) and (picked is None or isinstance(picked, dict))


def _form(payload: Payload) -> bool:
    view = payload.get("view")
    if not isinstance(view, dict) or not all(isinstance(view.get(n), str) for n in ("type", "callback_id")):
        return False
    state, blocks = view.get("state") or {}, view.get("blocks") or []
    values = state.get("values") or {} if isinstance(state, dict) else None
    return isinstance(values, dict) and isinstance(blocks, list) and all(isinstance(b, dict) for b in blocks)


def _event(payload: Payload) -> bool:
    event = payload.get("event")
    return isinstance(event, dict) and isinstance(event.get("type"), str)


_CHECKS: Mapping[str, Callable[[Payload], bool]] = {
    "block_actions": _click,
    "view_submission": _form,
    "event_callback": _event,
}
