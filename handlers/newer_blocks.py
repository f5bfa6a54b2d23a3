"""Whether Slack takes the blocks that are newer than the others: charts, and tables to sort."""

import logging
import time

_DAY = 24 * 60 * 60.0

log = logging.getLogger(__name__)


class NewerBlocks:
    """Tried until they are refused, and then again a day later; each copy learns for itself.

    Safe to use from many threads: one entry is read or set.
    """

    def __init__(self, forget_after: float = _DAY) -> None:
        self._forget_after = forget_after
        self._refused_until: dict[str, float] = {}

    def are_taken(self, workspace_id: str) -> bool:
        return self._refused_until.get(workspace_id, 0.0) < time.monotonic()

    def were_refused(self, workspace_id: str) -> None:
        """After the same was taken in the classic form: of anything else the blocks are not the cause."""
        log.warning("Slack takes no charts; reports are said without them for a day")
        self._refused_until[workspace_id] = time.monotonic() + self._forget_after
