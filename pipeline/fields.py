"""What a deal's fields can hold."""

import re

from pipeline.errors import FieldUnfit
from pipeline.money import Money
from pipeline.names import fold
from pipeline.orders import Said
from pipeline.stages import LIMITS, Field

_SURROGATE = re.compile("[\ud800-\udfff]")


def check_fields(said: Said, *, creating: bool = False) -> None:
    """Raise FieldUnfit for text over its limit, a forbidden character, a missing title or a negative value."""
    if creating or Field.TITLE in said:
        title = said.get(Field.TITLE)
        if not isinstance(title, str) or not fold(title):
            raise FieldUnfit(Field.TITLE, "empty")
    for field, value in said.items():
        if isinstance(value, str) and field in LIMITS:
            _check_text(field, value)
        if isinstance(value, Money) and value.minor < 0:
            raise FieldUnfit(field, "negative")


def _check_text(field: Field, text: str) -> None:
    if len(text) > LIMITS[field]:
        raise FieldUnfit(field, "too_long", LIMITS[field])
    if "\0" in text:
        raise FieldUnfit(field, "nul")
    if not text.isascii() and _SURROGATE.search(text):
        raise FieldUnfit(field, "surrogate")


def settled(said: Said) -> Said:
    """A text that is taken away is an empty text."""
    return {field: "" if value is None and field in LIMITS else value for field, value in said.items()}
