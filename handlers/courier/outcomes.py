"""What Slack's answer to a call means for whoever made it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from http.client import HTTPException
from socket import gaierror
from ssl import SSLCertVerificationError
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

TOO_MANY = 429
SERVER_ERROR = 500
DEFAULT_RETRY_SECONDS = 30.0

TRANSPORT_ERRORS = (SlackClientError, OSError, HTTPException, ValueError)
_NEVER_LEFT = (ConnectionRefusedError, gaierror, SSLCertVerificationError)

_TOKEN = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
# Slack may have done the work before it stumbled; the last two are about a `client_msg_id` seen before.
_UNKNOWN = frozenset(
    {
        "fatal_error",
        "internal_error",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "duplicate_channel_not_found",
        "duplicate_message_not_found",
    }
)
_TOO_FAST = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_CODE = re.compile(r"[a-z0-9_]{1,80}")


class Fate(Enum):
    LATER = auto()
    """Slack asks for patience; nothing was done."""
    UNSENT = auto()
    """The call never reached Slack."""
    UNKNOWN = auto()
    """It may have been done."""
    TOKEN = auto()
    """No call will be answered until the operator helps."""
    REFUSED = auto()
    """This call will never be answered otherwise."""


@dataclass(frozen=True, slots=True)
class Failure:
    method: str
    fate: Fate
    error: str
    seconds: float = 0.0
    needed: str = ""


class CallFailed(Exception):  # noqa: N818 - sorted, no defect
    def __init__(self, failure: Failure) -> None:
        super().__init__(f"{failure.method}: {failure.error}")
        self.failure = failure


@contextmanager
def calling(method: str) -> Iterator[None]:
    """Turn whatever Slack's client raises into a CallFailed."""
    try:
        yield
    except SlackApiError as error:
        raise CallFailed(_answered(method, error.response)) from None
    except TRANSPORT_ERRORS as error:
        raise CallFailed(unanswered(method, error)) from None


def _answered(method: str, response: SlackResponse) -> Failure:
    data = response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error") or "")
    if response.status_code == TOO_MANY or code in _TOO_FAST:
        return Failure(method, Fate.LATER, "ratelimited", retry_after(response.headers.get("Retry-After")))
    if response.status_code >= SERVER_ERROR:
        return Failure(method, Fate.UNKNOWN, f"http_{response.status_code}")
    if code in _UNKNOWN or not _CODE.fullmatch(code):
        # A code that is none stands for a body that nobody could read.
        return Failure(method, Fate.UNKNOWN, code if code in _UNKNOWN else "unreadable_answer")
    fate = Fate.TOKEN if code in _TOKEN else Fate.REFUSED
    return Failure(method, fate, code, needed=str(data.get("needed") or ""))


def unanswered(method: str, error: Exception) -> Failure:
    """Only a connection that never came about surely carried nothing."""
    reason = error.reason if isinstance(error, URLError) else error
    fate = Fate.UNSENT if isinstance(reason, _NEVER_LEFT) else Fate.UNKNOWN
    return Failure(method, fate, type(reason).__name__)


def retry_after(header: str | None) -> float:
    """Seconds; a header that is missing or no number stands for a long time."""
    try:
        return max(float(header or DEFAULT_RETRY_SECONDS), 1.0)
    except ValueError:
        return DEFAULT_RETRY_SECONDS
