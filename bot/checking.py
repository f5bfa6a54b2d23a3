"""`pipeline-bot check`: one line for each thing that has to be right before people use the bot."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy.exc import DBAPIError

from bot.asking_slack import UNANSWERED, patient_client
from bot.manifest import lacking
from bot.settings import Misconfigured, Settings, read_settings
from storage.engine import connect
from storage.fits import last_fit
from storage.migrate import revision, sqlite_file
from storage.schema import HEAD
from storage.snapshots import last_copy
from storage.store import Store

INSTALL = "add it under OAuth & Permissions (or update the manifest) and install the app again"


@dataclass(frozen=True, slots=True)
class Finding:
    about: str
    well: bool
    sentence: str


class Unwell(Exception):  # noqa: N818 - said as one sentence
    """What to do about it."""


def check(golden: Path | None) -> int:
    """The exit code. With a folder of views Slack judges those too."""
    well = True
    for finding in _findings(golden):
        mark = click.style("ok", fg="green") if finding.well else click.style("no", fg="red")
        click.echo(f"{mark}  {finding.about:<14} {finding.sentence}")
        well = well and finding.well
    return 0 if well else 1


def _findings(golden: Path | None) -> Iterator[Finding]:
    try:
        settings = read_settings()
    except Misconfigured as wrong:
        yield from (Finding("configuration", False, problem) for problem in wrong.problems)
        return
    yield Finding("configuration", True, _described(settings))
    database = _found("database", lambda: _database(settings))
    yield database
    if database.well:
        yield from _jobs(settings)
    slack = patient_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    greeted: list[SlackResponse] = []
    yield _found("Slack", lambda: _slack(slack, greeted))
    if greeted:
        yield _found("scopes", lambda: _scopes(greeted[0].headers))
        yield _found("main channel", lambda: _main_channel(slack, settings.main_channel))
    if settings.slack_app_token:
        app = patient_client(settings.slack_app_token.get_secret_value(), settings.slack_api_url)
        yield _found("Socket Mode", lambda: _socket_mode(app))
    if golden is not None and greeted:
        yield from _views(slack, golden)


def _found(about: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(about, True, look())
    except Unwell as unwell:
        return Finding(about, False, str(unwell))
    except SlackApiError as error:
        return Finding(about, False, f"Slack refuses with {_code(error)}")
    except UNANSWERED as error:
        return Finding(about, False, f"Slack does not answer ({type(error).__name__}): is there a way out?")


def _described(settings: Settings) -> str:
    way = "Socket Mode" if settings.socket_mode else f"HTTP on {settings.host}:{settings.port}"
    return f"{way}, zone {settings.zone_name}, language {settings.language}, {settings.currency}"


def _database(settings: Settings) -> str:
    """Looks only: nothing is created and nothing migrated."""
    engine = connect(settings.database_url, pool_size=1)
    file = sqlite_file(engine)
    name = str(file) if file else engine.url.render_as_string(hide_password=True)
    try:
        if file and not file.exists():
            return _missing(file)
        present = revision(engine)
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise Unwell(f"{name} cannot be read ({reason}): `pipeline-bot migrate` says what to do") from None
    finally:
        engine.dispose()
    if present is not None and present > HEAD:
        raise Unwell(f"{name} has schema {present}, newer than {HEAD}: start a newer version of pipeline-bot")
    if present != HEAD:
        return f"{name} is {'empty' if present is None else 'older'}: the next start brings it up to date"
    return f"{name}, schema {present}"


def _jobs(settings: Settings) -> Iterator[Finding]:
    """A night or a week that was missed is no reason to hold people back, but is said."""
    engine = connect(settings.database_url, pool_size=1)
    file = sqlite_file(engine)
    fit, copy = None, None
    try:
        if (not file or file.exists()) and revision(engine) == HEAD:
            with Store(engine).read("") as work:
                fit, copy = last_fit(work.tx), last_copy(work.tx)
    finally:
        engine.dispose()
    fitted = "not fitted yet; the bot does it after its start, and every night"
    if fit:
        fitted = f"fitted {fit.at:%Y-%m-%d %H:%M} UTC from {fit.deals} deals, {fit.resolved} of them closed"
    taken = "not taken yet; the bot does it after its start, and every week"
    if copy:
        taken = f"of {copy.week} taken {copy.at:%Y-%m-%d %H:%M} UTC"
    yield Finding("chances", True, fitted)
    yield Finding("weekly copy", True, taken)


def _missing(file: Path) -> str:
    if not file.parent.is_dir():
        raise Unwell(f"the folder of {file} does not exist: create it, or change DATABASE_URL")
    return f"{file} is not there yet: the first start creates it"


def _slack(slack: WebClient, greeted: list[SlackResponse]) -> str:
    try:
        answer = slack.auth_test()
    except SlackApiError as error:
        raise Unwell(
            f"Slack refuses the bot token ({_code(error)}): copy SLACK_BOT_TOKEN anew from OAuth & Permissions"
        ) from None
    greeted.append(answer)
    return f"workspace {answer.get('team')}, bot {answer.get('user')}"


def _scopes(headers: Mapping[str, Any]) -> str:
    given = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    if given is None:
        return "not told by this Slack; each call will name what it lacks"
    written = given if isinstance(given, str) else ",".join(given)
    granted = {scope.strip() for scope in written.split(",")}
    missing = lacking(granted)
    if missing:
        raise Unwell(f"{', '.join(missing)} missing: {INSTALL}")
    return f"all {len(granted)} granted" if not (granted - set(lacking(()))) else "all granted, and more"


def _socket_mode(app: WebClient) -> str:
    try:
        app.apps_connections_open(app_token=app.token or "")
    except SlackApiError as error:
        raise Unwell(
            f"Slack refuses the app-level token ({_code(error)}): make one with connections:write under Basic "
            "Information, and switch Socket Mode on"
        ) from None
    return "a connection can be opened"


def _main_channel(slack: WebClient, channel_id: str | None) -> str:
    if channel_id is None:
        return "none; cards of deals made in direct messages go nowhere (PIPELINE_MAIN_CHANNEL)"
    try:
        channel: Mapping[str, Any] = slack.conversations_info(channel=channel_id)["channel"]
    except SlackApiError as error:
        code = _code(error)
        if code != "channel_not_found":
            raise Unwell(f"Slack does not describe {channel_id} ({code})") from None
        raise Unwell(
            f"the bot sees no channel {channel_id}: check PIPELINE_MAIN_CHANNEL, or /invite the bot there"
        ) from None
    name = f"#{channel.get('name')}"
    if channel.get("is_archived"):
        raise Unwell(f"{name} is archived: set PIPELINE_MAIN_CHANNEL to another channel")
    if not channel.get("is_member"):
        raise Unwell(f"the bot is not in {name}: type /invite there")
    return name


def _views(slack: WebClient, golden: Path) -> Iterator[Finding]:
    """Slack's own judgement; every refused view is a line."""
    files = sorted(golden.rglob("*.json"))
    if not files:
        yield Finding("views", False, f"there is no JSON below {golden}")
        return
    refused = 0
    for file in files:
        found = _found("view", lambda file=file: _judged(slack, file))  # type: ignore[misc]
        if not found.well:
            refused += 1
            yield Finding("view", False, f"{file.relative_to(golden)}: {found.sentence}")
    yield Finding("views", refused == 0, f"{len(files) - refused} of {len(files)} are valid")


def _judged(slack: WebClient, file: Path) -> str:
    try:
        slack.api_call("blocks.validate", json=argument(json.loads(file.read_text(encoding="utf-8"))))
    except SlackApiError as error:
        raise Unwell(_errors(error)) from None
    return "valid"


def argument(payload: object) -> dict[str, object]:
    """A list of blocks, a view or a message, under the name that blocks.validate expects."""
    if isinstance(payload, list):
        return {"blocks": payload}
    if isinstance(payload, dict) and payload.get("type") in ("modal", "home"):
        return {"view": payload}
    return {"message": payload}


def _errors(error: SlackApiError) -> str:
    told: Sequence[object] = error.response.get("errors") or ()
    first = told[0] if told else ""
    if isinstance(first, dict):
        first = f"{first.get('pointer', '')} {first.get('message') or first.get('code', '')}".strip()
    return f"{_code(error)} {first}".strip()


def _code(error: SlackApiError) -> str:
    return str(error.response.get("error"))
