"""A table of characters that are all as wide as each other."""

from collections.abc import Sequence

from handlers.blocks import Block, preformatted

Line = Sequence[str]


def aligned(lines: Sequence[Line]) -> Block:
    """The first column to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return preformatted(
        "\n".join(
            "  ".join(
                cell.ljust(width) if place == 0 else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        )
    )
