"""Assembly: the only place that knows concrete things."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient
from typing_extensions import override

from bot.apart import Apart
from bot.greeting import Greeting
from bot.housekeeping import Housekeeping
from bot.metrics import Metrics
from bot.nights import Looks
from bot.scheduler import Heartbeat
from bot.server import Front, Late
from bot.settings import Settings
from bot.socket_mode import SocketDoor
from bot.watching import RequestLog, WatchedApp, both, counting
from handlers import errors, register
from handlers.courier.calls import Calls, is_reply_address
from handlers.courier.composer import SlackComposer
from handlers.courier.loop import Courier
from handlers.directory import FIRST_SIGHT_SECONDS, Directory
from handlers.house import House
from handlers.newer_blocks import NewerBlocks
from handlers.services import Services
from handlers.texts.languages import texts
from pipeline.errors import ArchiveDown
from storage.engine import connect
from storage.fence import SHUT_OUT
from storage.fits import last_fit
from storage.pictures import Pictures
from storage.snapshots import last_copy
from storage.store import Store

# Slack waits three seconds: what opens a form or asks who somebody is may take a part of them.
OPEN_SECONDS = 1.5
SPEAK_SECONDS = 2
DRAIN_SECONDS = 10.0
THREADS = 16
# Beside the requests the courier's senders, its loop, the heartbeat and the greeting read and write.
CONNECTIONS = THREADS + 10

log = logging.getLogger(__name__)


class Bell:
    """Rings for the courier, which is built after the services that compose its letters."""

    courier: Courier | None = None

    def wake(self) -> None:
        if self.courier:
            self.courier.wake()

    def channel_is_back(self, workspace_id: str, channel_id: str) -> None:
        if self.courier:
            self.courier.channel_is_back(workspace_id, channel_id)


@dataclass(frozen=True)
class Bot:
    """Everything that runs, in the order in which it starts."""

    settings: Settings
    store: Store
    services: Services
    app: App
    greeting: Greeting
    courier: Courier
    looks: Looks
    heartbeat: Heartbeat
    front: Front
    socket_door: SocketDoor | None
    executor: ThreadPoolExecutor

    def start(self) -> None:
        self.greeting.start()
        self.courier.start()
        self.heartbeat.start()
        if self.socket_door:
            self.socket_door.start()

    def stop(self) -> None:
        """No new claims; what is in hand is finished, as far as ten seconds allow."""
        until = time.monotonic() + DRAIN_SECONDS
        self.heartbeat.stop(0)
        self.looks.stop()
        if self.socket_door:
            self.socket_door.stop()
        self.greeting.stop()
        self.courier.stop(max(until - time.monotonic(), 0))
        self.heartbeat.stop(max(until - time.monotonic(), 0))
        self.executor.shutdown(wait=True, cancel_futures=False)
        self.store.close()


def build(
    settings: Settings, *, clock: Callable[[], datetime] | None = None, looks: Looks | None = None
) -> Bot:
    """Put the bot together over a migrated database; nothing is started or called yet."""
    now = clock or _now
    store = Store(connect(settings.database_url, pool_size=CONNECTIONS))
    greeting = Greeting(store, _client(settings, 10))
    calls = Calls(settings.slack_bot_token.get_secret_value, settings.slack_api_url)
    executor = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
    bell = Bell()
    services = _services(settings, store, greeting, now, bell)
    courier = bell.courier = _courier(store, services, calls, greeting)
    app = _bolt(settings, greeting)
    metrics = Metrics(store)
    store.failed = metrics.database_failed
    app.told = both(RequestLog().write, metrics.answered)
    register(app, services)
    looks = looks or Apart(settings.log_level, settings.secrets)
    keeping = Housekeeping(store, services, calls, greeting, looks)
    late = counting(partial(errors.too_late, services), metrics.not_begun)
    return Bot(
        settings=settings,
        store=store,
        services=services,
        app=app,
        greeting=greeting,
        courier=courier,
        looks=looks,
        heartbeat=Heartbeat(courier.wake, keeping.chores(), done=metrics.chore_done),
        front=Front(
            app,
            settings.signing_secrets,
            executor,
            _readiness(store, greeting, courier),
            _stamp(now),
            late,
            metrics.page,
        ),
        socket_door=_socket_door(settings, app, executor, late),
        executor=executor,
    )


def _courier(store: Store, services: Services, calls: Calls, greeting: Greeting) -> Courier:
    """It claims nothing while a newer version has the database for itself."""
    return Courier(
        archive=store,
        postbox=Pictures(store, _copy_name()),
        composer=SlackComposer(services),
        newer=services.newer,
        calls=calls,
        workspace=lambda: None if store.superseded else greeting.workspace,
        clock=services.clock,
    )


def _services(
    settings: Settings,
    store: Store,
    greeting: Greeting,
    clock: Callable[[], datetime],
    bell: "Bell",
) -> Services:

    def permalink(channel_id: str, ts: str) -> str:
        workspace = greeting.workspace
        return f"{workspace.url if workspace else ''}archives/{channel_id}/p{ts.replace('.', '')}"

    return Services(
        archive=store,
        house=House(settings.zone, texts(settings.language), settings.currency, settings.main_channel),
        directory=Directory(store, _client(settings, FIRST_SIGHT_SECONDS), clock),
        slack=_client(settings, OPEN_SECONDS),
        workspace=lambda: greeting.workspace,
        clock=clock,
        wake=bell.wake,
        channel_is_back=bell.channel_is_back,
        permalink=permalink,
        newer=NewerBlocks(),
        speak=_speaker(settings),
    )


class _FromMemory(Authorize):
    """Who the bot is, without asking Slack at each request; who asks is looked at by our middleware."""

    def __init__(self, token: str, greeting: Greeting) -> None:
        self._token = token
        self._greeting = greeting

    @override
    def __call__(self, **_: object) -> AuthorizeResult:
        workspace = self._greeting.workspace
        return AuthorizeResult(
            enterprise_id=None,
            team_id=workspace.id if workspace else None,
            bot_user_id=workspace.bot_user_id if workspace else None,
            bot_id=workspace.bot_id if workspace else None,
            bot_token=self._token,
        )


def _bolt(settings: Settings, greeting: Greeting) -> WatchedApp:
    """`process_before_response`: Bolt's other way polls for the ack every 10 ms."""
    return WatchedApp(
        name="pipeline",
        authorize=_FromMemory(settings.slack_bot_token.get_secret_value(), greeting),
        client=_client(settings, 10),
        signing_secret="checked in bot.server",  # noqa: S106 - no secret
        process_before_response=True,
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
        raise_error_for_unhandled_request=False,
    )


def _socket_door(settings: Settings, app: App, executor: Executor, late: Late) -> SocketDoor | None:
    token = settings.slack_app_token
    if token is None:
        return None
    return SocketDoor(app, token.get_secret_value(), settings.slack_api_url, executor, late)


def _speaker(settings: Settings) -> Callable[[str, str], None]:
    """While the archive is away there is no outbox: one try, in a thread, and no more."""

    def post(url: str, text: str) -> None:
        try:
            WebhookClient(url, timeout=SPEAK_SECONDS, retry_handlers=[]).send(
                text=text, response_type="ephemeral", replace_original=False
            )
        except (OSError, HTTPException, ValueError) as error:
            log.warning("a last word could not be said: %s", type(error).__name__)

    def speak(url: str, text: str) -> None:
        if is_reply_address(url, settings.slack_api_url):
            threading.Thread(target=post, args=(url, text), name="last-word", daemon=True).start()

    return speak


def _readiness(
    store: Store, greeting: Greeting, courier: Courier
) -> Callable[[], tuple[bool, dict[str, object]]]:
    def ready() -> tuple[bool, dict[str, object]]:
        archive = store.is_reachable()
        facts: dict[str, object] = {
            "database": SHUT_OUT if store.superseded else "ok" if archive else "away",
            "slack": courier.trouble or ("ok" if greeting.workspace else "not reached yet"),
            **(_jobs(store) if archive else _UNKNOWN),
        }
        well = archive and not store.superseded
        return well and greeting.workspace is not None and courier.trouble is None, facts

    return ready


def _jobs(store: Store) -> dict[str, object]:
    """When the nightly and the weekly job last succeeded; being late with them makes nobody unready."""
    try:
        with store.read("", time.monotonic() + 1) as work:
            fit, copy = last_fit(work.tx), last_copy(work.tx)
    except ArchiveDown:
        return _UNKNOWN
    fitted = f"fitted {fit.at:%Y-%m-%dT%H:%MZ} from {fit.resolved} closed deals" if fit else "not fitted yet"
    taken = f"taken {copy.at:%Y-%m-%dT%H:%MZ} for {copy.week}" if copy else "not taken yet"
    return {"chances": fitted, "weekly copy": taken}


_UNKNOWN: dict[str, object] = {"chances": "unknown", "weekly copy": "unknown"}


def _client(settings: Settings, timeout: float) -> WebClient:
    token = settings.slack_bot_token.get_secret_value()
    # No retries: a lost reply would be sent twice, and nobody waits that long.
    return WebClient(token, settings.slack_api_url, timeout=timeout, retry_handlers=[])  # type: ignore[arg-type]


def _copy_name() -> str:
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def _now() -> datetime:
    return datetime.now(UTC)


def _stamp(clock: Callable[[], datetime]) -> Callable[[], float]:
    return lambda: clock().timestamp()
