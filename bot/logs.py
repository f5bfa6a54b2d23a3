"""Logs: one line each on standard error, free of secrets and of what people have typed."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from typing_extensions import override

# The SDKs print whole requests and answers when they debug, SQLAlchemy every row.
_TALKATIVE = frozenset({"bot", "handlers", "storage", "pipeline", "playground", "alembic"})
_DETAILED = (
    *("slack_sdk", "slack_bolt", "sqlalchemy", "httpx", "httpcore"),
    *("apscheduler", "asyncio", "uvicorn", "websockets"),
)
_MOST = 2000
_PATTERNS = (
    r"xox[a-z]-[\w-]+",
    r"xapp-[\w-]+",
    r"xoxe[\w.-]*",
    r"https?://hooks\.slack\.com/\S+",
    r"https?://[^\s'\"]+/response/[^\s'\"]+",
    r"\bticket=[\w-]+",
    r"(?<=authorization)\W{1,5}(?:(?:bearer|basic)\s+)?[^\s'\",}]+",
)
_PAIRS = ("id", "person", "door", "act", "verdict", "ms")
# A shorter one would hide pieces of ordinary words.
_LEAST_SECRET = 6


class WithoutSecrets(logging.Formatter):
    """Where a filter could stand: but it sees the message alone, and traces hold secrets too."""

    def __init__(self, form: str, secrets: Iterable[str] = ()) -> None:
        super().__init__(form)
        known = (re.escape(secret) for secret in secrets if len(secret) >= _LEAST_SECRET)
        self._secret = re.compile("|".join((*known, *_PATTERNS)), re.IGNORECASE)

    @override
    def format(self, record: logging.LogRecord) -> str:
        return self._secret.sub("[hidden]", super().format(record))


def _is_wanted(record: logging.LogRecord) -> bool:
    """Bolt gives its loggers the root's level, so that levels of their own would not last."""
    if record.name == "slack_bolt.App" and record.levelno < logging.ERROR:
        # It warns at every start that the token is not its own business, which is meant.
        return False
    if record.name.partition(".")[0] in _TALKATIVE:
        return True
    if record.levelno < logging.WARNING:
        return False
    said = record.getMessage()
    if len(said) > _MOST:
        record.msg, record.args = f"{said[:_MOST]} ...", None
    return True


def writing_to(stream: TextIO, secrets: Iterable[str] = ()) -> logging.Handler:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutSecrets("%(asctime)s %(levelname)s %(name)s %(message)s", secrets))
    handler.addFilter(_is_wanted)
    return handler


def set_up(level: str, secrets: Iterable[str] = ()) -> None:
    root = logging.getLogger()
    root.handlers[:] = [writing_to(sys.stderr, secrets)]
    root.setLevel(level)
    hush()


def hush() -> None:
    """What is dropped anyway need not be made up first."""
    for name in _DETAILED:
        logging.getLogger(name).setLevel(logging.WARNING)


def in_pairs(name: str) -> Any:  # noqa: ANN401 - says structlog itself
    """A logger whose lines are `key=value`."""
    structlog = _plain_structlog()
    # Not configured for the process: nobody else writes in pairs.
    return structlog.wrap_logger(
        logging.getLogger(name),
        processors=[structlog.processors.LogfmtRenderer(key_order=("event", *_PAIRS))],
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _plain_structlog() -> Any:  # noqa: ANN401 - a module
    """It looks for rich, for a console that no log here has: 7 MiB and 0.1 s of every start."""
    absent = "rich" not in sys.modules
    if absent:
        sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        import structlog  # noqa: PLC0415 - see above
    finally:
        if absent:
            del sys.modules["rich"]
    return structlog
