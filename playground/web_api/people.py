"""auth.test, users.info, users.list."""

from playground import people
from playground.people import Person
from playground.refusals import SlackError
from playground.web_api.access import need
from playground.web_api.arguments import Arguments
from playground.words import Json
from playground.workspace import Workspace


def auth_test(workspace: Workspace, _: Arguments) -> Json:
    identity = workspace.identity
    return {
        "url": f"https://{identity.team_domain}.slack.com/",
        "team": identity.team_name,
        "user": identity.bot_name,
        "team_id": identity.team_id,
        "user_id": identity.bot_user_id,
        "bot_id": identity.bot_id,
        "is_enterprise_install": False,
    }


def info(workspace: Workspace, arguments: Arguments) -> Json:
    need(workspace, "users:read")
    person = workspace.people.get(arguments.text("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": _told(workspace, person, include_locale=arguments.flag("include_locale"))}


def listing(workspace: Workspace, arguments: Arguments) -> Json:
    need(workspace, "users:read")
    everyone = [p for p in workspace.people.values() if not p.is_stranger]
    start = arguments.number("cursor", 0)
    size = arguments.number("limit", 0) or len(everyone)
    page = everyone[start : start + size]
    cursor = str(start + size) if start + size < len(everyone) else ""
    with_locale = arguments.flag("include_locale")
    return {
        "members": [_told(workspace, person, include_locale=with_locale) for person in page],
        "cache_ts": int(workspace.clock.now()),
        "response_metadata": {"next_cursor": cursor},
    }


def _told(workspace: Workspace, person: Person, *, include_locale: bool) -> Json:
    return people.told(
        person,
        team_id=workspace.identity.team_id,
        include_locale=include_locale,
        updated=int(workspace.clock.now()),
    )
