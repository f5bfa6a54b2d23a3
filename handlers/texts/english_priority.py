"""What the bot says in English of priorities, of chances, and of deals that are snoozed."""


class EnglishPriority:
    least_chance = "under 1 %"
    greatest_chance = "over 99 %"
    step_done = "Next step done"
    new_next_step = "New next step"
    snooze_days = "Snooze 3 days"
    top_of_team = "Team's"
    top_of_mine = "Mine"
    at_risk = "At risk"
    currencies_in_turns = "currencies taking turns"

    def step_done_label(self, code: str) -> str:
        return f"Next step of {code} is done"

    def next_step_label(self, code: str) -> str:
        return f"Plan the next step of {code}"

    def snooze_label(self, code: str) -> str:
        return f"Snooze {code} for 3 days"

    # The top list

    def top_title(self, asked: str) -> str:
        return f"Top deals: {asked}" if asked else "Top deals"

    def top_count(self, shown: int, total: int) -> str:
        return f"{shown} of {total}"

    def top_team(self) -> str:
        return "the whole team"

    def by_chance(self, days: int) -> str:
        return f"by value times chance to be won within {days} days"

    def by_value(self) -> str:
        return "by value, expected close and time in stage"

    def chances_unknown(self, resolved: int, least: int) -> str:
        closed = "one deal is" if resolved == 1 else f"{resolved or 'no'} deals are"
        return (
            f"Chances are not known yet: {closed} closed so far. From {least} on I reckon them every night."
        )

    def chances_not_sought(self) -> str:
        return "Chances are not known yet: I reckon them in the coming night."

    def chances_from(self, resolved: int, day: str) -> str:
        return f"Chances from {resolved} closed deals, as of {day}."

    def top_resting(self, count: int) -> str:
        return "One more is parked or snoozed." if count == 1 else f"{count} more are parked or snoozed."

    def top_empty(self, asked: str) -> str:
        return f"There is no open deal to be put first: {asked}."

    def stage_for_days(self, stage: str, days: int) -> str:
        if days == 0:
            return f"{stage} since today"
        return f"{stage} for a day" if days == 1 else f"{stage} for {days} days"

    def chance(self, share: float) -> str:
        """A chance that is open is never told as none, nor as certain."""
        percent = round(share * 100)
        return {0: self.least_chance, 100: self.greatest_chance}.get(percent, f"{percent} %")

    def chance_told(self, share: float, days: int, similar: int) -> str:
        return f"{self.chance(share)} chance to be won within {days} days, by {similar} comparable visits"

    def chance_too_thin(self) -> str:
        return "too few comparable deals for a chance"

    def risk_told(self, stay: str, usual: int, entering: float, now: float, similar: int) -> str:
        days = "a day" if usual == 1 else f"{usual} days"
        fell = f"from {self.chance(entering)} to {self.chance(now)}"
        return f"{stay}, longer than 8 of 10 stay ({days}): the chance to be won at all fell {fell}, by {similar} comparable visits"

    # Reasons

    def step_overdue(self, since: str) -> str:
        return f"next step overdue since {since}"

    def close_overdue(self, since: str) -> str:
        return f"expected close passed on {since}"

    def closes_this_week(self, day: str) -> str:
        return f"closes this week, {day}"

    # The card

    def card_chance(self, share: float, days: int, similar: int) -> str:
        return f"Won within {days} days: {self.chance(share)}, {similar} similar"

    # Snoozing

    def not_snoozed(self) -> str:
        return "Not snoozed any more"

    def snoozed(self, code: str, title: str, day: str, by: str) -> str:
        return f"{code} {title} is out of the top list until {day}, snoozed by {by}."

    def awake(self, code: str, title: str, by: str) -> str:
        return f"{code} {title} is back in the top list, by {by}."

    def snooze_until_when(self, code: str) -> str:
        return f"For how long? For example: /deal snooze {code} 3d"

    def snooze_not_ahead(self, code: str, day: str) -> str:
        return f"{day} is not ahead. For example: /deal snooze {code} 3d"
