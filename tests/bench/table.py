"""Rows of the report: a figure, its goal, and whether it is reached."""

from dataclasses import asdict, dataclass

from tests.bench.machine import STEADY, Figures


@dataclass(frozen=True)
class Row:
    """`reached` is None where the floor was too unsteady for a verdict, or where nothing is `wanted`."""

    goal: str
    what: str
    measured: str
    wanted: str
    reached: bool | None
    floor: str = ""

    @property
    def verdict(self) -> str:
        if not self.wanted:
            return "for comparison"
        return {True: "reached", False: "MISSED", None: "no verdict: the floor varies too much"}[self.reached]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def ratio_row(
    goal: str,
    what: str,
    measured: Figures,
    floor: Figures,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
) -> Row:
    ratio = measured.median / floor.median
    reached: bool | None = ratio <= at_most if at_most is not None else ratio >= (at_least or 0)
    if floor.spread > STEADY:
        reached = None
    wanted = f"<= {at_most}x" if at_most is not None else f">= {at_least}x"
    shown = f"{ratio:.2f}x = {measured.shown()}"
    return Row(goal, what, shown, wanted, reached, floor=floor.shown())


def printed(rows: list[Row]) -> str:
    lines = [("goal", "what", "measured", "floor", "wanted", "verdict")]
    lines += [(row.goal, row.what, row.measured, row.floor, row.wanted, row.verdict) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
