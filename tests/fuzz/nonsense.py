"""Text and JSON as nobody should send them."""

from random import Random
from typing import Any

from handlers.grammar import COMMANDS

WORDS = (
    *(word for command in COMMANDS for word in command.words),
    *[
        "D-1",
        "D-2",
        "d3",
        "#1",
        "42",
        "D-99999",
        "D-999999999999",
        "acme",
        "renewal",
        "negotiation",
        "Verhandlung",
        "lost",
        "won",
        "lead",
        "nobody",
    ],
    *[
        "12k",
        "12.5k€",
        "1,5",
        "Mio",
        "-5",
        "NaN",
        "1e400",
        "∞",
        "١٢",
        "0x10",
        "9999999999999999999999",
        "EUR",
        "XYZ",
        "€",
        "$",
    ],
    *[
        "by",
        "at",
        "bei",
        "bis",
        "on",
        "to",
        "until",
        "friday",
        "nächsten",
        "Freitag",
        "31.02.2027",
        "12/1",
        "2027-01-31",
        "today",
        "q4",
        "next",
        "month",
    ],
    *(
        "@ana",
        "@ben",
        "<@U0ANA>",
        "<@U0NOBODY>",
        "<!channel>",
        "<#C0SALES>",
        "<https://x|y>",
        "&lt;",
        "&amp;amp;",
    ),
    *(
        "\u202e",
        "\u2066",
        "\u200b",
        "\x00",
        "\ud83d",
        "é",
        "e\u0301",
        "🎉" * 9,
        "x" * 400,
        '"',
        "“",
        "„",
        "'",
    ),
    *("*", "_", "~", "`", "\n", "\t", "\\", "%", "__", "?", "-", "."),
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**63,
    1e308,
    "",
    "x",
    "\x00",
    [],
    {},
    [[]],
    {"": None},
    "x" * 3001,
)


def line(chance: Random) -> str:
    return "".join(
        chance.choice(WORDS) + chance.choice((" ", " ", " ", "")) for _ in range(chance.randrange(9))
    )


def bent(part: Any, chance: Random) -> Any:
    """The same JSON with one thing in it gone or another."""
    if isinstance(part, dict) and part and chance.random() < 0.8:
        key = chance.choice(list(part))
        if chance.random() < 0.15:
            return {name: value for name, value in part.items() if name != key}
        return {**part, key: bent(part[key], chance)}
    if isinstance(part, list) and part and chance.random() < 0.8:
        place = chance.randrange(len(part))
        return [*part[:place], bent(part[place], chance), *part[place + 1 :]]
    return chance.choice((*VALUES, line(chance)))
