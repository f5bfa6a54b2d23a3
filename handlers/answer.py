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
    chart: JSONDict | None = None
    """A block that not every Slack takes: shown below the first one where a refusal is answered without it."""

    @property
    def shown(self) -> list[JSONDict]:
        return list(self.blocks) or [section(self.text)]

    def message(self) -> JSONDict:
        blocks = cast("list[JSONValue]", self.shown)
        return {"text": escape_mrkdwn(self.text[:TEXT_LIMIT]), "blocks": blocks}


def told(text: str, *buttons: JSONDict, more: Sequence[JSONDict] = ()) -> Answer:
    """A sentence, what may be pressed below it, and what else is shown."""
    tail = [actions(*buttons)] if buttons else []
    return Answer(text, (section(text), *tail, *more))
