"""A deal's name in a sentence: whatever it is made of, the words around it stay where they are."""

from handlers.slack_text import isolate
from pipeline.deal import Deal


def called(deal: Deal) -> tuple[str, str]:
    """Code and title."""
    return deal.code, isolate(deal.title)
