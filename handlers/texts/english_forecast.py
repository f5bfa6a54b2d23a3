"""What the bot says in English of forecasts."""

from pipeline.kept_forecasts import Period


class EnglishForecast:
    def forecast_title(self, pipeline: str) -> str:
        return f"Forecast, {pipeline}" if pipeline else "Forecast"

    def forecast_period(self, period: Period, first: str, last: str, days: int) -> str:
        return {
            Period.MONTH: f"This month, to {last}",
            Period.QUARTER: f"This quarter, {first} to {last}",
            Period.DAYS: f"Next {days} days",
        }[period]

    def forecast_follows(self) -> str:
        return "Not reckoned yet. The forecast follows within minutes."

    def forecast_band(self, amount: str, low: str, high: str) -> str:
        return f"{amount} (80 %: {low} to {high})."

    def forecast_won(self, amount: str) -> str:
        return f"{amount} of it are won already."

    def forecast_sources(self, from_open: str, from_new: str, open_deals: int) -> str:
        deals = "one open deal" if open_deals == 1 else f"{open_deals} open deals"
        return (
            f"{from_open} from {deals}, {from_new} from deals you usually create and close within the time."
        )

    def forecast_checks(self, checks: int, percent: int) -> str:
        when = "In the last check" if checks == 1 else f"In the last {checks} checks"
        return f"{when} I was off by {percent} % on average."

    def forecast_rough(self, checks: int) -> str:
        past = "there is no past to check it by" if not checks else "there is little past to check it by"
        return f"The band is rough: {past} yet."

    def forecast_sample(self, wins: int) -> str:
        return f"All of it rests on {wins} wins."

    def forecast_weighted(self, amount: str, outlived: int) -> str:
        said = f"Weighted pipeline would have said {amount}"
        if not outlived:
            return f"{said}, whenever the deals may close."
        deals = "one deal is" if outlived == 1 else f"{outlived} deals are"
        return f"{said}: {deals} older than any deal you ever won."

    def forecast_unvalued(self, count: int) -> str:
        deals = (
            "One deal has no amount and counts" if count == 1 else f"{count} deals have no amount and count"
        )
        return f"{deals} as your usual win, and nothing in the weighted pipeline."

    def forecast_too_thin(self, wins: int, least: int) -> str:
        won = "one deal was" if wins == 1 else f"{wins or 'no'} deals were"
        return f"Nothing can be forecast yet: {won} won so far. From {least} on I try every night."

    def forecast_unknown(self) -> str:
        return (
            "There is no forecast yet: I reckon it every night from deals with an amount. "
            "To give one an amount: /deal value D-1 12k"
        )

    def forecast_hidden(self) -> str:
        return "Amounts are not shown to you here, and a forecast is nothing else. Ask a colleague who may see them."

    def not_foreseen(self, words: str) -> str:
        return (
            f"I forecast this month, this quarter and the next 30 days, but not {words}. "
            "For example: /deal forecast quarter"
        )
