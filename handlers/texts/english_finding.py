"""What the bot says in English of lists, of the board, and of how a deal fares."""

from collections.abc import Sequence

from pipeline.finding import Order


class EnglishFinding:
    # How a deal fares

    stale = "stale"
    overdue = "overdue"
    at_rest = "parked"

    def pushed(self, times: int) -> str:
        return "pushed once" if times == 1 else f"pushed {times} times"

    def parked_until(self, day: str) -> str:
        return f"parked until {day}"

    # Lists

    next_page = "Next page"
    previous_page = "Previous page"
    show_deal = "Show"

    def show_label(self, code: str) -> str:
        return f"Show {code}"

    def list_title(self, *, closed_too: bool) -> str:
        return "Deals" if closed_too else "Open deals"

    def list_words(self, words: str) -> str:
        return f"“{words}”"

    def list_over(self, amount: str) -> str:
        return f"over {amount}"

    def list_closing(self, first: str, last: str) -> str:
        return f"closing {first}" if first == last else f"closing {first} to {last}"

    def list_count(self, total: int, order: str) -> str:
        return "1 deal" if total == 1 else f"{total:,} deals, {order}"

    def list_page(self, first: int, last: int, total: int, order: str) -> str:
        return f"{first:,}-{last:,} of {total:,}, {order}"

    def order(self, order: Order) -> str:
        return {
            Order.LONGEST: "longest in their stage first",
            Order.ENTERED: "latest first",
            Order.SOONEST: "soonest to close first",
            Order.HIGHEST: "highest value first",
            Order.NEEDIEST: "what needs attention first",
            Order.NEWEST: "newest first",
            Order.ALIKE: "those called so first, then open ones by their last change",
        }[order]

    def list_worth(self, sums: Sequence[str]) -> str:
        return f"All together worth {' and '.join(sums)}."

    def unvalued(self, count: int) -> str:
        return (
            "One deal without a value is in no sum."
            if count == 1
            else f"{count:,} deals without a value are in no sum."
        )

    def list_empty(self, asked: str) -> str:
        return f"No deal fits: {asked}."

    def nothing_open(self, pipeline: str = "", *, may_create: bool) -> str:
        """`pipeline` where one was asked for."""
        inside = f" in {pipeline}" if pipeline else ""
        example = f" For example: /deal new Acme renewal 12k{inside}" if may_create else ""
        return f"There are no open deals{inside}.{example}"

    def unknown_filter(self, word: str, *, first: bool = False) -> str:
        example = "top negotiation team" if first else "list negotiation mine overdue over 50k"
        return f"I cannot narrow a list down by “{word}”. For example: /deal {example}"

    def no_filter_by_value(self) -> str:
        return "Amounts are not shown here, so a list cannot be narrowed down by them. For example: /deal list mine overdue"

    def find_what(self) -> str:
        return "Find what? For example: /deal find acme"

    # Board

    board_total = "All"

    def board_title(self) -> str:
        return "Pipeline"

    def board_columns(self) -> tuple[str, str, str, str]:
        return "Stage", "Deals", "Value", "Weighted"

    def board_more(self, count: int) -> str:
        return f"{count:,} more lines do not fit; the sums hold them."

    def board_unowned(self, count: int) -> str:
        what = "One deal has no owner" if count == 1 else f"{count:,} deals have no owner"
        return f"{what}: /deal list unowned"
