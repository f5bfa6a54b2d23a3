"""Names in a sentence: whatever they are made of, the words around them stay where they are."""

from handlers.slack_text import isolate
from handlers.texts.english import English
from pipeline.deal import Deal
from pipeline.ownership import Owner


def called(deal: Deal) -> tuple[str, str]:
    """Code and title."""
    return deal.code, isolate(deal.title)


def ownership(owner: Owner | None, texts: English, *, open_: bool) -> str:
    """A closed deal stays its owner's: nobody has to take it over."""
    if owner is None:
        return texts.unowned
    name = isolate(owner.name)
    if owner.absence is None:
        return texts.owned_by(name)
    absent = texts.absence(owner.absence)
    return texts.left_unowned(name, absent) if open_ else texts.owned_by(f"{name}, {absent}")
