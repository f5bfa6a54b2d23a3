"""Forecast categories as people call them, in both languages."""

from handlers.texts.languages import texts
from pipeline.names import fold
from pipeline.stages import CATEGORIES, Category

_BOTH = (texts("en"), texts("de"))


def named_category(word: str) -> Category | None:
    """One that an open deal can have."""
    folded = _folded(word)
    for category in CATEGORIES:
        if folded in {_folded(category.value), *(_folded(each.category(category)) for each in _BOTH)}:
            return category
    return None


def _folded(word: str) -> str:
    """`best-case`, `best_case` and `bestcase` are the same."""
    return fold(word.replace("_", " ").replace("-", " ")).replace(" ", "")
