"""Amounts that were reckoned, no finer than they are known."""

from handlers.texts.english import English
from pipeline.money import exponent

# So many digits of a forecast are worth saying.
_DIGITS = 3


def about(minor: int, currency: str, texts: English, *, of: int = 0) -> str:
    """Never finer than a whole unit of the currency, nor than what it is a part of."""
    unit = 10 ** exponent(currency)
    whole = round(minor / unit)
    places = max(len(str(max(abs(whole), abs(round(of / unit))))) - _DIGITS, 0)
    return texts.total(round(whole, -places) * unit, currency)
