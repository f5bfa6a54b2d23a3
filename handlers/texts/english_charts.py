"""What the bot says in English on charts and tables, and of reports that are said after the acknowledgement."""

from pipeline.kept_forecasts import DAYS, Period


class EnglishCharts:
    report_again = "Show it again"

    def report_lost(self) -> str:
        return "Your report may have been lost on its way. If it does not stand above, have it shown again."

    def amounts_in(self, currency: str, power: int) -> str:
        return {0: currency, 3: f"{currency}, thousands", 6: f"{currency}, millions"}[power]

    def board_chart(self) -> str:
        return "Open deals by stage"

    def board_value_chart(self, currency: str) -> str:
        return f"Open value by stage, {currency}"

    def board_sum(self, deals: int, sums: str) -> str:
        counted = "One open deal" if deals == 1 else f"{deals:,} open deals"
        return f"{counted}: {sums}" if sums else f"{counted}."

    def board_worth(self, value: str, weighted: str) -> str:
        return f"{value}, weighted {weighted}"

    def bridge_chart(self, currency: str) -> str:
        return f"Open value, then and now, {currency}"

    def bridge_caption(self) -> str:
        return "Open deals, from then to now"

    then = "Then"
    now = "Now"

    def stage_captions(self) -> tuple[str, str]:
        return "How long deals stay in a stage", "What being better at a stage would bring"

    def gain_heads(self, faster: str, better: str) -> tuple[str, str, str, str, str, str]:
        """As `gain_columns`; here each column is also heard alone."""
        return "Stage", "Won", "Resolved", f"{faster} faster", f"{better} more go on", "Exits"

    def forecast_chart(self, currency: str) -> str:
        return f"What will be won, {currency}"

    def forecast_series(self) -> tuple[str, str, str]:
        return "Won already", "From open deals", "From new deals"

    def forecast_category(self, period: Period) -> str:
        return {
            Period.MONTH: "This month",
            Period.QUARTER: "This quarter",
            Period.DAYS: f"Next {DAYS} days",
        }[period]
