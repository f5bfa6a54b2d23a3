"""The key by which names are compared: what people see as the same name is the same key."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

# Letters that Unicode does not take apart, and the marks that phones put in place of typed ones.
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),  # noqa: RUF001 - look-alikes are the point
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),  # noqa: RUF001 - as above
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",  # noqa: RUF001 - as above
        "æ": "ae",
        "œ": "oe",
    }
)
_ACCENT: Final = 200  # combining classes from here on are accents; below are vowels, tones and voicing
_OVERLAY: Final = 1


def fold(text: str) -> str:
    """Case, accents, width, typographic marks, invisible characters and spacing do not distinguish names.

    Signs that carry meaning in their script stay: the voicing mark of kana, the vowels of Thai or Hindi.
    """
    if text.isascii():
        # What most names are; taking them apart would be the dearest part of an import.
        return " ".join(text.replace("`", "'").lower().split())
    return _taken_apart(text)


@lru_cache(maxsize=4096)
def _taken_apart(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text.translate(_PLAIN)).casefold()
    taken_apart = unicodedata.normalize("NFKD", plain).casefold().translate(_PLAIN)
    kept = "".join(char for char in taken_apart if not _unseen(char))
    return " ".join(unicodedata.normalize("NFKC", kept).split())


@lru_cache(maxsize=4096)
def core(text: str) -> str:
    """What is left of a name without spacing and punctuation; of signs alone, the signs."""
    folded = fold(text)
    kept = (char for char in folded if char.isalnum() or unicodedata.category(char).startswith("M"))
    return "".join(kept) or folded


def _unseen(char: str) -> bool:
    weight = unicodedata.combining(char)
    if weight >= _ACCENT or weight == _OVERLAY:
        return True
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f"
