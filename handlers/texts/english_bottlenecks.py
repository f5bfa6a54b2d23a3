"""What the bot says in English of where deals get stuck."""

from collections.abc import Sequence


class EnglishBottlenecks:
    in_days = "Days"

    def stay_chart(self) -> str:
        return "Days until half of the deals have left a stage"

    def bottlenecks_title(self) -> str:
        return "Bottlenecks"

    def bottlenecks_in(self, pipeline: str) -> str:
        return f"Bottlenecks in {pipeline}"

    def bottlenecks_not_looked(self) -> str:
        return (
            "Nobody has looked for bottlenecks yet: the bot does so each night and after an import. "
            "Until then: /deal board"
        )

    def bottleneck_of_speed(self, stage: str, faster: str, adds: str, usual: str, days: int) -> str:
        return (
            f"The bottleneck is {stage}. If deals passed it {faster} faster, the next {days} days would bring {adds} "
            f"more than the {usual} to be expected."
        )

    def bottleneck_of_conversion(self, stage: str, better: str, adds: str, usual: str, days: int) -> str:
        return (
            f"The bottleneck is {stage}. If {better} more of its deals went on, the next {days} days would bring {adds} "
            f"more than the {usual} to be expected."
        )

    def bottleneck_seen(self, exits: int) -> str:
        return f"{exits} exits from it were seen."

    def win_rate(self, share: str, won: int, resolved: int, days: int) -> str:
        return f"{share} won ({won} of {resolved} closed in {days} days)"

    def velocity(self, a_day: str, open_deals: str, rate: str, mean: str, cycle: str) -> str:
        """`mean` is empty where no money is told."""
        worth = f" × {mean} a win" if mean else ""
        return f"Velocity: {a_day} a day. That is {open_deals} open × {rate}{worth} ÷ {cycle} from first contact to win."

    def bottleneck_too_few(self, least: int, most: int) -> str:
        return (
            f"No stage can be called the bottleneck yet: that takes {least} exits from a stage, "
            f"and the most there have been is {most}."
        )

    def bottleneck_nowhere(self, days: int) -> str:
        return f"No stage stands out: being better at any of them would add nothing in the next {days} days."

    def stay_columns(self) -> tuple[str, str, str, str, str, str]:
        return "Stage", "Open", "Value", "Median", "9 of 10", "Visits"

    def gain_columns(self, faster: str, better: str) -> tuple[str, str, str, str, str, str]:
        return "Stage", "Won", "of", f"{faster} faster", f"{better} more go on", "Exits"

    def deals_counted(self, number: str) -> str:
        return "1 deal" if number == "1" else f"{number} deals"

    def slower_stage(self, stage: str, observed: int, expected: int) -> str:
        return f"{stage} {observed} instead of {expected}"

    def slower_leaving(self, days: int, stages: str) -> str:
        return f"Slower than before, by exits in the last {days} days against the earlier pace: {stages}."

    def slower_onward(self, days: int, stages: str) -> str:
        return (
            f"Slower than before, by moves onward in the last {days} days against the earlier pace: {stages}."
        )

    def bottlenecks_legend(self, faster: str, better: str, days: int) -> str:
        return (
            "Half of the visits to a stage end within the median, nine in ten within “9 of 10”; those that go on count "
            "as long as they last. “Won” is the share of the resolved deals that were ever there. "
            f"“{faster} faster” and “{better} more go on” are what that would add in the next {days} days. "
            "“-” stands where too little was seen."
        )

    def bottlenecks_as_of(self, day: str, deals: int) -> str:
        count = "1 deal" if deals == 1 else f"{deals} deals"
        return f"As of {day}, from {count}; the open deals are those of this moment."

    def bottlenecks_without(self, currencies: Sequence[str]) -> str:
        return f"Deals in {', '.join(currencies)} are in none of these figures."

    def bottlenecks_unvalued(self, currency: str) -> str:
        """Where there are several currencies."""
        return f"What has no value is counted with {currency}."
