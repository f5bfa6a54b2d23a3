"""Calls of Slack's Web API, without any retry: whoever calls decides what a lost answer means."""

import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from handlers.courier.outcomes import calling
from pipeline.letters import JSONDict

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_REPLY_HOST = "hooks.slack.com"


class Calls:
    """A client for each thread and token; every method raises CallFailed."""

    def __init__(
        self, token: Callable[[], str], base_url: str = WebClient.BASE_URL, *, timeout: int = 10
    ) -> None:
        self.base_url = base_url
        self.timeout = timeout
        self._token = token
        self._thread = threading.local()

    def client(self) -> WebClient:
        token = self._token()
        client: WebClient | None = getattr(self._thread, "client", None)
        if client is None or client.token != token:
            client = WebClient(token, self.base_url, timeout=self.timeout, retry_handlers=[])
            self._thread.client = client
        return client

    def say(self, method: str, arguments: JSONDict) -> Mapping[str, Any]:
        with calling(method):
            return _read(self.client().api_call(method, json=arguments))

    def ask(self, method: str, **arguments: str | int | bool) -> Mapping[str, Any]:
        """Methods that read take no JSON."""
        with calling(method):
            return _read(self.client().api_call(method, params=arguments))


def _read(response: SlackResponse) -> Mapping[str, Any]:
    if not isinstance(response.data, dict):
        raise ValueError("not an answer")  # noqa: TRY004 - sorted like any unreadable body
    return response.data


def is_reply_address(url: str, base_url: str) -> bool:
    """Replies go to Slack's own host for them, or to that of a Slack on this machine; nowhere else."""
    try:
        wanted, api = urlsplit(url), urlsplit(base_url)
        port = wanted.port
    except ValueError:
        return False
    if wanted.username is not None or wanted.password is not None:
        return False
    if api.hostname in LOOPBACK:
        return wanted.hostname in LOOPBACK and (wanted.scheme, port) == (api.scheme, api.port)
    return wanted.scheme == "https" and wanted.hostname == _REPLY_HOST and port in (None, 443)
