"""What the bot says in English of calls, targets and categories."""

from collections.abc import Sequence

from pipeline.kept_forecasts import Period


class EnglishCalls:
    def span_title(self, period: Period, ahead: int, first: str, last: str) -> str:
        """`ahead` is 0 for the present one, 1 for the next, -1 for the last, and else it is named by its days."""
        name = "month" if period is Period.MONTH else "quarter"
        days = f"{first} to {last}"
        which = {0: "This", 1: "Next", -1: "Last"}.get(ahead)
        return f"{which} {name}, {days}" if which else days

    def last_period(self, period: Period) -> str:
        return "Last month" if period is Period.MONTH else "Last quarter"

    def one_period(self) -> str:
        return "One period at a time, please. For example: /deal call 120k quarter"

    def period_is_over(self, last: str) -> str:
        return (
            f"That period ended on {last}, and what was said of it stays. For example: /deal call 120k month"
        )

    def calls_hidden(self) -> str:
        return "Amounts are not shown to you here, and calls and targets are nothing else."

    def call_noted_hidden(self) -> str:
        return "Noted. Amounts are not shown here."

    # Targets

    def targets_title(self, pipeline: str) -> str:
        return f"Targets, {pipeline}" if pipeline else "Targets"

    def target_is(self, amount: str) -> str:
        return f"the target is {amount} now"

    def target_taken(self, amount: str) -> str:
        return f"the target of {amount} is taken away."

    def target_was(self, amount: str) -> str:
        return f" (before it was {amount})"

    def target_none(self, currency: str) -> str:
        return f"there is no target in {currency}. A manager sets one: /deal target 300k quarter"

    def targets_none(self) -> str:
        return "No target is set. A manager sets one: /deal target 300k quarter"

    def target_unreadable(self, word: str) -> str:
        return f"“{word}” is no amount and no period that I know. For example: /deal target 300k quarter"

    def back_to(self, amount: str) -> str:
        return f"Back to {amount}"

    def take_away(self) -> str:
        return "Take it away"

    def target_named(self, amount: str) -> str:
        return f"Target {amount}: "

    def target_reached(self, won: str) -> str:
        return f"{won or 'nothing'} won, so it is reached and nothing is left to win."

    def target_ahead(self, won: str, left: str) -> str:
        return f"{won or 'nothing'} won so far, {left} left."

    def coverage(self, value: str, times: str) -> str:
        return f"Open deals that close in time hold {value}, {times} times what is left."

    def coverage_none(self) -> str:
        return "No open deal with an amount closes in time. When one does: /deal close-date D-1 friday"

    # Calls

    def calls_title(self, pipeline: str) -> str:
        return f"Calls, {pipeline}" if pipeline else "Calls"

    def call_is(self, amount: str, *, team: bool) -> str:
        return f"you call {amount} for {'everybody' if team else 'your own deals'}."

    def call_was(self, amount: str) -> str:
        return f"Until now you called {amount}."

    def call_taken(self, amount: str) -> str:
        return f"your call of {amount} is taken back."

    def call_none(self, currency: str) -> str:
        return f"you have called nothing in {currency}. For example: /deal call 120k quarter"

    def calls_none(self) -> str:
        return "Nobody has called it yet. For example: /deal call 120k quarter"

    def call_unreadable(self, word: str) -> str:
        return f"“{word}” is no amount and no period that I know. For example: /deal call 120k quarter"

    def call_own(self, name: str, amount: str, won: str) -> str:
        return f"{name}: {amount} for their own deals, {won or 'nothing'} won so far"

    def call_team(self, name: str, amount: str) -> str:
        return f"{name}: {amount} for everybody"

    def call_void(self, line: str, absent: str) -> str:
        return f"{line} (of somebody {absent}, so it counts no more)"

    def calls_together(self, people: int, amount: str) -> str:
        return f"Together {people} people call {amount} for their own deals."

    def calls_own(self, named: Sequence[str], others: int, total: str) -> str:
        """The total where there are several."""
        more = f" and {others} more" if others else ""
        together = f"; together {total}" if total else ""
        return f"Called for their own deals: {', '.join(named)}{more}{together}."

    def calls_of_team(self, name: str, amount: str, more: str, fewer: str) -> str:
        """Against the forecast: so much more, or less; neither where there is none."""
        beside = f", {more} more than the forecast" if more else f", {fewer} less than the forecast"
        return f"{name} calls {amount} for everybody{beside if more or fewer else ''}."

    def forecast_beside(self, amount: str, low: str, high: str) -> str:
        return f"The forecast says {amount} for everybody (80 %: {low} to {high})."

    def became_team(self, name: str, period: str, called: str, became: str) -> str:
        """No name where it is the reader."""
        return f"{period} {name or 'you'} called {called}; it became {became}."

    def became_own(self, name: str, period: str, called: str, became: str) -> str:
        whose = "their" if name else "your"
        return f"{period} {name or 'you'} called {called} for {whose} own deals and won {became}."

    def forecast_then(self, amount: str) -> str:
        return f"The forecast then said {amount}."

    def forecast_then_of_all(self, amount: str, became: str) -> str:
        return f"The forecast then said {amount} for everybody; it became {became}."

    def call_record(
        self, period: Period, periods: int, calls: int, forecast: int | None, as_before: int | None
    ) -> str:
        """Shares of what came, in percent; what is not known is left out."""
        name = "month" if period is Period.MONTH else "quarter"
        when = f"In the last {name}" if periods == 1 else f"In {periods} {name}s"
        parts = [f"calls were off by {calls} %"]
        if forecast is not None:
            parts.append(f"the forecast by {forecast} %")
        if as_before is not None:
            parts.append(f"“as the {name} before” by {as_before} %")
        return f"{when} {', '.join(parts)}."

    # Categories

    def closing_by_category(self, parts: str) -> str:
        return f"Closing in it: {parts}."

    def category_part(self, category: str, amount: str, deals: int) -> str:
        return f"{category} {amount} ({'1 deal' if deals == 1 else f'{deals} deals'})"

    def unvalued_part(self, deals: int) -> str:
        return "1 deal without an amount" if deals == 1 else f"{deals} deals without an amount"

    def closing_unvalued(self, deals: int) -> str:
        return f"{'One more has' if deals == 1 else f'{deals} more have'} no amount."

    def category_by_stage(self) -> str:
        return "Forecast category: as its stage says"

    def category_by_stage_option(self) -> str:
        return "as its stage says"

    def category_overridden(self, category: str) -> str:
        return f"Forecast category: {category}, set by hand"

    def category_is_said(self, code: str, title: str, category: str) -> str:
        return f"{code} {title} counts as {category}, set by hand. What should it be?"

    def category_is_of_stage(self, code: str, title: str, category: str, stage: str) -> str:
        return f"{code} {title} counts as {category}, as {stage} does. What should it be?"

    def category_of_deal_unknown(self, word: str, code: str, known: str) -> str:
        return f"“{word}” is no category that a deal can have. For example: /deal category {code} commit ({known}, or auto)"
