"""What the bot says in German of priorities, of chances, and of deals that are snoozed."""

from typing_extensions import override

from handlers.texts.english_priority import EnglishPriority


class GermanPriority(EnglishPriority):
    least_chance = "unter 1 %"
    greatest_chance = "über 99 %"
    step_done = "Schritt erledigt"
    new_next_step = "Neuer Schritt"
    snooze_days = "3 Tage schlummern"
    top_of_team = "Die des Teams"
    top_of_mine = "Meine"
    at_risk = "Gefährdet"
    currencies_in_turns = "Währungen im Wechsel"

    @override
    def step_done_label(self, code: str) -> str:
        return f"Nächster Schritt von {code} ist erledigt"

    @override
    def next_step_label(self, code: str) -> str:
        return f"Nächsten Schritt von {code} planen"

    @override
    def snooze_label(self, code: str) -> str:
        return f"{code} 3 Tage schlummern lassen"

    # The top list

    @override
    def top_title(self, asked: str) -> str:
        return f"Prioritäten: {asked}" if asked else "Prioritäten"

    @override
    def top_count(self, shown: int, total: int) -> str:
        return f"{shown} von {total}"

    @override
    def top_team(self) -> str:
        return "das ganze Team"

    @override
    def by_chance(self, days: int) -> str:
        return f"nach Wert mal Chance auf den Gewinn in {days} Tagen"

    @override
    def by_value(self) -> str:
        return "nach Wert, erwartetem Abschluss und Zeit in der Phase"

    @override
    def chances_unknown(self, resolved: int, least: int) -> str:
        closed = "Ein Deal ist" if resolved == 1 else f"{resolved or 'Keine'} Deals sind"
        return f"Die Chancen sind noch nicht bekannt: {closed} bisher geschlossen. Ab {least} berechne ich sie jede Nacht."

    @override
    def chances_not_sought(self) -> str:
        return "Die Chancen sind noch nicht bekannt: Ich berechne sie in der kommenden Nacht."

    @override
    def chances_from(self, resolved: int, day: str) -> str:
        return f"Chancen aus {resolved} geschlossenen Deals, Stand {day}."

    @override
    def top_resting(self, count: int) -> str:
        return (
            "Ein weiterer ruht oder schlummert." if count == 1 else f"{count} weitere ruhen oder schlummern."
        )

    @override
    def top_empty(self, asked: str) -> str:
        return f"Es gibt keinen offenen Deal, der Vorrang hätte: {asked}."

    @override
    def stage_for_days(self, stage: str, days: int) -> str:
        if days == 0:
            return f"{stage} seit heute"
        return f"{stage} seit einem Tag" if days == 1 else f"{stage} seit {days} Tagen"

    @override
    def chance_told(self, share: float, days: int, similar: int) -> str:
        return f"{self.chance(share)} Chance auf den Gewinn in {days} Tagen, nach {similar} vergleichbaren Verläufen"

    @override
    def chance_too_thin(self) -> str:
        return "zu wenige vergleichbare Deals für eine Chance"

    @override
    def risk_told(self, stay: str, usual: int, entering: float, now: float, similar: int) -> str:
        days = "ein Tag" if usual == 1 else f"{usual} Tage"
        fell = f"von {self.chance(entering)} auf {self.chance(now)}"
        return f"{stay}, länger als 8 von 10 Deals ({days}): die Chance, überhaupt gewonnen zu werden, fiel {fell}, nach {similar} vergleichbaren Verläufen"

    # Reasons

    @override
    def step_overdue(self, since: str) -> str:
        return f"nächster Schritt überfällig seit {since}"

    @override
    def close_overdue(self, since: str) -> str:
        return f"erwarteter Abschluss verstrichen: {since}"

    @override
    def closes_this_week(self, day: str) -> str:
        return f"Abschluss diese Woche, {day}"

    # The card

    @override
    def card_chance(self, share: float, days: int, similar: int) -> str:
        return f"Gewinn in {days} Tagen: {self.chance(share)}, {similar} ähnliche"

    # Snoozing

    @override
    def not_snoozed(self) -> str:
        return "Schlummert nicht mehr"

    @override
    def snoozed(self, code: str, title: str, day: str, by: str) -> str:
        return f"{code} {title} fehlt bis {day} in den Prioritäten; schlummern lassen hat ihn {by}."

    @override
    def awake(self, code: str, title: str, by: str) -> str:
        return f"{code} {title} ist wieder in den Prioritäten, geweckt von {by}."

    @override
    def snooze_until_when(self, code: str) -> str:
        return f"Wie lange? Zum Beispiel: /deal schlummern {code} 3t"

    @override
    def snooze_not_ahead(self, code: str, day: str) -> str:
        return f"{day} liegt nicht in der Zukunft. Zum Beispiel: /deal schlummern {code} 3t"
