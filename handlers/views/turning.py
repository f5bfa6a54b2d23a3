"""The way from one page to the next, for whatever comes in pages."""

from dataclasses import dataclass

from handlers import blocks
from handlers.actions import Action, value
from handlers.blocks import button
from handlers.texts.english import English
from pipeline.letters import JSONDict


@dataclass(frozen=True, slots=True)
class Page:
    """`shown` of `total`, after the `before` that stand on pages of `size`; `command` is what turning repeats."""

    before: int
    shown: int
    total: int
    size: int
    command: str

    @property
    def is_all(self) -> bool:
        return self.shown == self.total

    @property
    def ends(self) -> tuple[int, int, int]:
        """The first and the last that are shown, and of how many."""
        return self.before + 1, self.before + self.shown, self.total


def turning(page: Page, texts: English) -> list[JSONDict]:
    """None where a button cannot carry so long a command."""
    number = page.before // page.size + 1
    faces = (
        ("previous", texts.previous_page, number - 1, page.before > 0),
        ("next", texts.next_page, number + 1, page.before + page.shown < page.total),
    )
    carried = [
        (name, face, value(run=page.command, page=to)) for name, face, to, is_there in faces if is_there
    ]
    return [
        button(face, f"{Action.RUN}/{name}", run)
        for name, face, run in carried
        if len(run) <= blocks.BUTTON_VALUE
    ]
