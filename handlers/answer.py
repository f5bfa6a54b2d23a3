"""What a person is told: a text, and the same as blocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from handlers.blocks import actions, section
from handlers.slack_text import escape_mrkdwn
from pipeline.letters import JSONDict, JSONValue

TEXT_LIMIT = 3000


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is plain; it is escaped where it leaves, and is what a screen reader says."""

    text: str
    blocks: Sequence[JSONDict] = field(default_factory=tuple)
    newer: Sequence[JSONDict] = field(default_factory=tuple)
    """The same in blocks that not every Slack takes, for where a refusal can be answered with `blocks`."""

    @property
    def shown(self) -> list[JSONDict]:
        return list(self.blocks) or [section(self.text)]

    def message(self) -> JSONDict:
        return self._message(self.shown)

    def newest(self) -> JSONDict | None:
        """None where there is nothing newer to show."""
        return self._message(self.newer) if self.newer else None

    def _message(self, blocks: Sequence[JSONDict]) -> JSONDict:
        shown = cast("list[JSONValue]", list(blocks))
        return {"text": escape_mrkdwn(self.text[:TEXT_LIMIT]), "blocks": shown}


def told(text: str, *buttons: JSONDict, more: Sequence[JSONDict] = ()) -> Answer:
    """A sentence, what may be pressed below it, and what else is shown."""
    tail = [actions(*buttons)] if buttons else []
    return Answer(text, (section(text), *tail, *more))
