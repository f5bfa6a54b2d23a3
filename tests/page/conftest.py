"""A real browser, and a small server with the page's files and its headers."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page
from typing_extensions import override

from playground.page.routes import HEADERS
from tests.page.browsing import found, opened
from tests.page.desk import Desk
from tests.page.tried import House, sitting, tried

PageAt: TypeAlias = Callable[..., Page]

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "playground" / "page" / "static"


class Files(SimpleHTTPRequestHandler):
    @override
    def translate_path(self, path: str) -> str:
        wanted = urlsplit(path).path.lstrip("/")
        inside = wanted.removeprefix("static/")
        return str(STATIC / inside if inside != wanted else HERE / wanted)

    @override
    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    @override
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@dataclass
class Easel:
    """The page of easel.html: what is drawn there, what was done to it, and what went wrong."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def reset(self) -> None:
        self.errors.clear()
        self.page.keyboard.press("Escape")
        self.page.evaluate("() => easel.reset()")

    def show(self, blocks: list[Any], **how: Any) -> None:
        self._call("show", blocks, how)

    def add(self, blocks: list[Any], **how: Any) -> None:
        self._call("add", blocks, how)

    def mrkdwn(self, text: str, **how: Any) -> str:
        """The markup that the text became."""
        return str(self._call("mrkdwn", text, how))

    def text(self, thing: Any, **how: Any) -> str:
        return str(self._call("text", thing, how))

    def _call(self, name: str, *given: Any) -> Any:
        # As one string: Playwright takes its time over deep values.
        return self.page.evaluate(
            "([name, given]) => easel[name](...JSON.parse(given))", [name, json.dumps(given)]
        )

    def values(self) -> Any:
        return self.page.evaluate("() => easel.values()")

    @property
    def acts(self) -> list[Any]:
        return list(self.page.evaluate("() => easel.acts"))

    @property
    def trouble(self) -> list[str]:
        """Errors of the page and of its console, and what the policy forbade."""
        return [*self.errors, *self.page.evaluate("() => easel.trouble")]

    def heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)


# Playwright keeps an event loop running in this thread, in which no test elsewhere could start its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium = found()
    if chromium is None:
        pytest.skip("there is no chromium here: `apt-get install chromium` brings it")
    with opened(chromium) as browser:
        yield browser


@pytest.fixture(scope="package")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    thread = threading.Thread(target=server.serve_forever, name="page files")
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page_at(browser: Browser, site: str) -> Iterator[PageAt]:
    """Opens a path of the site in a window of its own; what is given goes to the browser's context."""
    with _windows(browser, site) as opened:
        yield opened


@contextmanager
def _windows(browser: Browser, site: str) -> Iterator[PageAt]:
    with ExitStack() as windows:

        def opened(path: str, **given: Any) -> Page:
            window = browser.new_context(**given)
            windows.callback(window.close)
            page = window.new_page()
            page.set_default_timeout(20_000)
            page.goto(site + path)
            return page

        yield opened


@pytest.fixture(scope="package")
def lasting_easel(browser: Browser, site: str) -> Iterator[Easel]:
    with _windows(browser, site) as page_at:
        yield set_up(page_at)


@pytest.fixture
def easel(lasting_easel: Easel) -> Easel:
    """One page for all tests that need no other: opening it is the dearest part."""
    lasting_easel.reset()
    return lasting_easel


def set_up(page_at: PageAt, path: str = "/easel.html", **given: Any) -> Easel:
    made = Easel(page_at(path, **given))
    made.page.on("console", made.heard)
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    made.page.wait_for_function("() => window.easel")
    return made


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for a module's stories: each makes deals of its own."""
    with tried(tmp_path_factory.mktemp("tried")) as house:
        yield house


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Desk]:
    slack, backstage = house
    backstage.start_bot()
    with sitting(browser, house) as desk:
        yield desk
    for person in ("@ana", "@gus", "@jonas"):
        if slack.control.modal(person):
            slack.control.close_view(person, cleared=True)
