"""What only the operator can heal: a token that Slack refuses, a scope that is missing."""

import logging
import threading
import time

from handlers.courier.outcomes import Failure

log = logging.getLogger(__name__)


class Silence:
    """While the token is refused nothing is posted; now and then one probe asks whether it is accepted again."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._error: str | None = None
        self._scopes: dict[str, str] = {}
        self._next_probe = 0.0

    @property
    def reigns(self) -> bool:
        return self._error is not None

    @property
    def trouble(self) -> str | None:
        with self._lock:
            if self._error:
                return f"Slack refuses the bot's token: {self._error}"
            wanted = sorted(set(self._scopes.values()))
        return f"the bot's token lacks the scope {', '.join(wanted)}" if wanted else None

    def fall(self, failure: Failure) -> None:
        with self._lock:
            known = self._error == failure.error
            self._error = failure.error
            self._next_probe = time.monotonic() + self._seconds
        if not known:
            log.error(
                "Slack refuses the bot's token (%s): nothing is posted until the app is installed again "
                "or SLACK_BOT_TOKEN is replaced",
                failure.error,
            )

    def lacks(self, failure: Failure) -> None:
        """A missing scope stops one method only."""
        scope = failure.needed or "that Slack does not name"
        with self._lock:
            known = self._scopes.get(failure.method) == scope
            self._scopes[failure.method] = scope
        if not known:
            log.error("%s needs the scope %s: add it to the app and install it again", failure.method, scope)

    def works(self, method: str) -> None:
        """A scope that was missing is there now."""
        if method in self._scopes:
            with self._lock:
                self._scopes.pop(method, None)

    def probe_is_due(self) -> bool:
        """True once for each probe to be made."""
        with self._lock:
            if self._error is None or time.monotonic() < self._next_probe:
                return False
            self._next_probe = time.monotonic() + self._seconds
            return True

    def until_probe(self) -> float:
        return max(self._next_probe - time.monotonic(), 0.0)

    def lift(self) -> None:
        with self._lock:
            self._error = None
        log.info("Slack accepts the bot's token again")
