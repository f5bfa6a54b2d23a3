"""What the bot says in English of what has changed since a day."""

from collections.abc import Sequence

from pipeline.bridge import Reason


class EnglishBridge:
    def bridge_title(self, day: str) -> str:
        return f"Changes since {day}"

    def bridge_columns(self) -> tuple[str, str, str]:
        return "Step", "Deals", "Value"

    def opening(self, day: str) -> str:
        return f"Open on {day}"

    bridge_closing = "Open now"

    def reason(self, reason: Reason) -> str:
        return {
            Reason.NEW: "New",
            Reason.REOPENED: "Open again",
            Reason.PULLED_IN: "Pulled in",
            Reason.INCREASED: "Increased",
            Reason.DECREASED: "Decreased",
            Reason.CURRENCY: "Other currency",
            Reason.PUSHED_OUT: "Pushed out",
            Reason.MOVED_IN: "Taken over",
            Reason.MOVED_OUT: "Handed over",
            Reason.LOST: "Lost",
            Reason.WON: "Won",
            Reason.REMOVED: "Void or merged",
        }[reason]

    def and_more(self, count: int) -> str:
        return f"and {count} more"

    def won_for(self, amount: str) -> str:
        return f"won for {amount}"

    def came_and_won(self, count: int) -> str:
        return f"Came and won in between ({count})"

    def came_and_lost(self, count: int) -> str:
        return f"Came and lost in between ({count})"

    as_of = "As of "

    def opening_is_frozen(self) -> str:
        return ". The beginning is the weekly copy that was frozen "

    def opening_is_worked_out(self) -> str:
        return ". The beginning is worked out from the history; what was taken back is left out."

    def weighted_change(self, opening: str, closing: str, by_deals: str) -> str:
        return f"Weighted by the stages' chances: {opening} → {closing}, {by_deals} by what became of deals."

    def weighted_by_chances(self, amount: str) -> str:
        return f"Changed chances of stages: {amount} weighted. Nobody sold or lost anything by that."

    def nothing_changed(self, day: str, count: int, sums: Sequence[str]) -> str:
        deals = "1 open deal" if count == 1 else f"{count} open deals"
        worth = f", worth {' and '.join(sums)}" if sums else ""
        return f"No deal has come, gone or changed its value since {day}: {deals}{worth}."

    def nothing_there(self, day: str) -> str:
        return f"Nothing to compare since {day}: no deal was open then, and none is now."

    def nothing_before(self) -> str:
        return "No deal was open at the beginning: all that is here came since."

    def too_much_changed(self, day: str) -> str:
        return f"Too many deals have changed since {day} to be told in time. Ask for a later day, for example: /deal changes since monday"

    def since_unreadable(self, word: str) -> str:
        return f"“{word}” is no day that I can read. For example: /deal changes since monday, since 1 Nov or since last week"

    def since_ahead(self, day: str) -> str:
        return f"{day} is still to come. For example: /deal changes since monday"

    def unknown_part(self, word: str) -> str:
        return f"I cannot narrow changes down by “{word}”. For example: /deal changes since monday mine closing this quarter"
