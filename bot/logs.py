"""Logs: one line each on standard error, free of secrets."""

import logging
import re
import sys

from typing_extensions import override

# The SDKs print whole requests and answers when they debug.
_CHATTY = ("slack_sdk", "slack_bolt", "httpx", "httpcore", "apscheduler", "uvicorn.error", "asyncio")
_SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[\w.-]*|https?://hooks\.slack\.com/\S+|\bticket=[\w-]+"
)


class WithoutSecrets(logging.Formatter):
    @override
    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub("[hidden]", super().format(record))


def _is_wanted(record: logging.LogRecord) -> bool:
    """Bolt gives its loggers the root's level, so that levels of their own would not last."""
    if record.name == "slack_bolt.App" and record.levelno < logging.ERROR:
        # It warns at every start that the token is not its own business, which is meant.
        return False
    return record.levelno >= logging.WARNING or not record.name.startswith(_CHATTY)


def set_up(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutSecrets("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(_is_wanted)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
