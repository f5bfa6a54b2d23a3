"""What the courier says, and who composes it: views and words are the composer's business."""

from dataclasses import dataclass
from typing import Protocol

from pipeline.letters import JSONDict
from pipeline.postbox import ClaimedCard, ClaimedHome, ClaimedLetter


@dataclass(frozen=True, slots=True)
class Message:
    """`version` is the deal's that was drawn; `classic` says the same in blocks that every Slack knows."""

    text: str
    blocks: list[JSONDict]
    version: int = 0
    classic: "Message | None" = None


class Composer(Protocol):
    """Called in the courier's threads, each time from the archive's present state."""

    def letter(self, workspace_id: str, letter: ClaimedLetter) -> Message | None:
        """None where there is nothing to say any more."""

    def card(self, workspace_id: str, card: ClaimedCard) -> Message | None:
        """None where there is nothing to paint."""

    def home(self, workspace_id: str, home: ClaimedHome) -> JSONDict: ...

    def amended(self, workspace_id: str, letter: ClaimedLetter) -> tuple[str, str, Message] | None:
        """Channel and `ts` of a letter that no longer holds, and what it says now; None if never sent."""
