"""`pipeline-bot try`: a local Slack, the bot and sample deals in one process, kept between runs."""

import fcntl
import hashlib
import os
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from slack_sdk import WebClient
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from bot.logs import set_up
from bot.running import listen, prepare
from bot.samples import write_samples
from bot.samples_lives import ANA, BEN, JONAS, MIA
from bot.settings import Misconfigured, Settings, read_settings
from bot.trying_backstage import Around, Backstage
from bot.trying_guide import guide
from handlers.directory import Directory
from pipeline.errors import ArchiveDown, UnknownDeal
from pipeline.people import Workspace
from playground.identity import Identity
from playground.server import LocalSlack
from storage.engine import connect
from storage.lost_messages import forget_messages, show_again
from storage.migrate import UnfitDatabase
from storage.stays import refit
from storage.store import Store

PORT = 3000
SLACK_PORT = 3001
CHANNEL = "C0SALES"
# After a restart so many of the cards that were in the channel are posted again.
CARDS_AGAIN = 5
HOST = "127.0.0.1"
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Wishes:
    """A port that is None is the usual one, or a free one where that is taken."""

    file: Path
    fresh: bool = False
    port: int | None = None
    slack_port: int | None = None
    socket_mode: bool = False


def try_out(wishes: Wishes) -> None:
    """Until Ctrl-C. Raises Misconfigured or UnfitDatabase."""
    ended = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda _number, _frame: ended.set())
    with raised(wishes) as (slack, backstage):
        running = backstage.running
        if running is not None and not ended.is_set():
            bot = "connected by Socket Mode" if wishes.socket_mode else running.address
            click.echo(guide(running.bot.store, slack, bot, wishes.file))
        while not ended.wait(LOOK_SECONDS) and backstage.failed is None:
            pass
    click.echo(f"\nStopped. The deals stay in {wishes.file}; `pipeline-bot try --fresh` starts over.")


@contextmanager
def raised(wishes: Wishes) -> Iterator[tuple[LocalSlack, Backstage]]:
    """The local Slack with a bot beside it that answers. Raises Misconfigured or UnfitDatabase."""
    with ExitStack() as stack:
        stack.enter_context(_alone(wishes.file))
        if wishes.fresh:
            _remove(wishes.file)
        bound = _bound(wishes.port)
        stack.callback(bound.close)
        backstage = Backstage(bound)
        slack = _local_slack(stack, wishes.slack_port, backstage)
        settings = _settings(wishes, slack, bound.getsockname()[1])
        set_up(settings.log_level, settings.secrets)
        if wishes.socket_mode:
            slack.control.settings(mode="socket")
        else:
            slack.control.bot_at(f"http://{settings.host}:{settings.port}/slack/events")
        backstage.around = Around(
            settings=settings,
            control=slack.control,
            now=slack.now,
            socket_mode=wishes.socket_mode,
            furnish=partial(_furnish, settings, slack),
            remove=partial(_remove, wishes.file),
        )
        _furnish(settings, slack)
        stack.callback(backstage.stop_bot)
        backstage.start_bot()
        yield slack, backstage


def _settings(wishes: Wishes, slack: LocalSlack, port: int) -> Settings:
    """Zone, language and currency may be set as for any bot."""
    identity = slack.identity
    quiet = {} if os.environ.get("LOG_LEVEL") else {"log_level": "WARNING"}
    return read_settings(
        slack_bot_token=identity.bot_token,
        slack_signing_secret=identity.signing_secret,
        slack_app_token=identity.app_token if wishes.socket_mode else None,
        slack_api_url=slack.api_url,
        database_url=URL.create("sqlite", database=str(wishes.file)).render_as_string(),
        main_channel=CHANNEL,
        host=HOST,
        port=port,
        **quiet,
    )


def _furnish(settings: Settings, slack: LocalSlack) -> None:
    """Sample deals for an empty database; in one from an earlier run the cards that Slack has forgotten."""
    prepare(settings)
    store = Store(connect(settings.database_url, pool_size=2))
    try:
        workspace = store.workspace()
        if workspace and workspace.id != slack.identity.team_id:
            raise UnfitDatabase(
                f"the database belongs to the workspace {workspace.name or workspace.id}: "
                "try the bot with another --database"
            )
        if workspace and _holds_deals(store, workspace.id):
            _go_on(store, workspace)
        else:
            _begin(store, settings, slack)
    finally:
        store.close()


def _begin(store: Store, settings: Settings, slack: LocalSlack) -> None:
    identity = slack.identity
    client = WebClient(identity.bot_token, settings.slack_api_url)
    url = str(client.auth_test()["url"])
    workspace = Workspace(
        identity.team_id, identity.team_name, identity.bot_user_id, identity.bot_id, identity.app_id, url
    )
    store.found(workspace)
    directory = Directory(store, client, _now)
    for person_id in (ANA, BEN, JONAS, MIA):
        directory.person(workspace.id, person_id)
    now = _now()
    write_samples(store, workspace.id, now, CHANNEL)
    refit(store, workspace.id, now, now.date())


def _holds_deals(store: Store, workspace_id: str) -> bool:
    try:
        with store.read(workspace_id) as work:
            work.deals.by_number(1)
    except UnknownDeal:
        return False
    return True


def _go_on(store: Store, workspace: Workspace) -> None:
    with store.begin(workspace.id) as work:
        shown = forget_messages(work)
        show_again(work, shown[:CARDS_AGAIN], workspace.bot_user_id, _now())


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Two local Slacks over one database would each miss the other's cards."""
    name = hashlib.blake2b(str(file.absolute()).encode(), digest_size=8).hexdigest()
    with Path(tempfile.gettempdir(), f"pipeline-bot-try-{os.getuid()}-{name}").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UnfitDatabase(
                f"another `pipeline-bot try` uses {file}: stop it, or give another --database"
            ) from None
        yield


def _remove(file: Path) -> None:
    """Only what an earlier run has made."""
    if not file.exists():
        return
    if not _is_ours(file):
        raise UnfitDatabase(f"{file} was not made by `pipeline-bot try`: remove it yourself")
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _is_ours(file: Path) -> bool:
    store = Store(connect(URL.create("sqlite", database=str(file)).render_as_string(), pool_size=1))
    try:
        workspace = store.workspace()
    except (ArchiveDown, DBAPIError):
        return False
    finally:
        store.close()
    return workspace is not None and workspace.id == Identity.team_id


def _bound(port: int | None) -> socket.socket:
    try:
        return listen(HOST, PORT if port is None else port)
    except Misconfigured:
        if port is not None:
            raise
    return listen(HOST, 0)


def _local_slack(stack: ExitStack, port: int | None, backstage: Backstage) -> LocalSlack:
    try:
        return stack.enter_context(LocalSlack(SLACK_PORT if port is None else port, backstage=backstage))
    except OSError as error:
        if port is not None:
            reason = (error.strerror or str(error)).lower()
            raise Misconfigured(
                (f"--slack-port: {HOST}:{port} cannot be had ({reason}), for example --slack-port 3002",)
            ) from None
    return stack.enter_context(LocalSlack(0, backstage=backstage))


def _now() -> datetime:
    return datetime.now(UTC)
