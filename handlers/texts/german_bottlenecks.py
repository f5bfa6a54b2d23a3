"""What the bot says in German of where deals get stuck."""

from collections.abc import Sequence

from typing_extensions import override

from handlers.texts.english_bottlenecks import EnglishBottlenecks


class GermanBottlenecks(EnglishBottlenecks):
    in_days = "Tage"

    @override
    def stay_chart(self) -> str:
        return "Tage, bis die Hälfte die Phase verlassen hat"

    @override
    def bottlenecks_title(self) -> str:
        return "Engpässe"

    @override
    def bottlenecks_in(self, pipeline: str) -> str:
        return f"Engpässe in {pipeline}"

    @override
    def bottlenecks_not_looked(self) -> str:
        return (
            "Nach Engpässen hat noch niemand gesucht: Der Bot tut es jede Nacht und nach einem Import. "
            "Bis dahin: /deal tafel"
        )

    @override
    def bottleneck_of_speed(self, stage: str, faster: str, adds: str, usual: str, days: int) -> str:
        return (
            f"Der Engpass ist {stage}. Kämen die Deals dort {faster} schneller durch, brächten die nächsten {days} Tage "
            f"{adds} mehr als die {usual}, die zu erwarten sind."
        )

    @override
    def bottleneck_of_conversion(self, stage: str, better: str, adds: str, usual: str, days: int) -> str:
        return (
            f"Der Engpass ist {stage}. Gingen von dort {better} mehr Deals weiter, brächten die nächsten {days} Tage "
            f"{adds} mehr als die {usual}, die zu erwarten sind."
        )

    @override
    def bottleneck_seen(self, exits: int) -> str:
        return f"Gezählt wurden {exits} Abgänge."

    @override
    def win_rate(self, share: str, won: int, resolved: int, days: int) -> str:
        return f"{share} gewonnen ({won} von {resolved}, die in {days} Tagen schlossen)"

    @override
    def velocity(self, a_day: str, open_deals: str, rate: str, mean: str, cycle: str) -> str:
        worth = f" × {mean} je Gewinn" if mean else ""
        return (
            f"Tempo: {a_day} am Tag. Das sind {open_deals} offene × {rate}{worth} ÷ {cycle} vom ersten Kontakt bis zum "
            "Gewinn."
        )

    @override
    def bottleneck_too_few(self, least: int, most: int) -> str:
        return (
            f"Noch lässt sich kein Engpass nennen: Dafür braucht es {least} Abgänge aus einer Phase, "
            f"und die meisten bisher sind {most}."
        )

    @override
    def bottleneck_nowhere(self, days: int) -> str:
        return f"Keine Phase fällt auf: Liefe es in einer davon besser, käme in den nächsten {days} Tagen nichts hinzu."

    @override
    def stay_columns(self) -> tuple[str, str, str, str, str, str]:
        return "Phase", "Offen", "Wert", "Median", "9 von 10", "Besuche"

    @override
    def gain_columns(self, faster: str, better: str) -> tuple[str, str, str, str, str, str]:
        return "Phase", "Gewonnen", "von", f"{faster} schneller", f"{better} mehr weiter", "Abgänge"

    @override
    def deals_counted(self, number: str) -> str:
        return "1 Deal" if number == "1" else f"{number} Deals"

    @override
    def slower_stage(self, stage: str, observed: int, expected: int) -> str:
        return f"{stage} {observed} statt {expected}"

    @override
    def slower_leaving(self, days: int, stages: str) -> str:
        return f"Langsamer als früher, nach den Abgängen der letzten {days} Tage gegenüber dem früheren Tempo: {stages}."

    @override
    def slower_onward(self, days: int, stages: str) -> str:
        return (
            f"Langsamer als früher, nach dem, was in den letzten {days} Tagen weiterging, gegenüber dem früheren Tempo: "
            f"{stages}."
        )

    @override
    def bottlenecks_legend(self, faster: str, better: str, days: int) -> str:
        return (
            "Die Hälfte der Besuche einer Phase endet innerhalb des Medians, neun von zehn innerhalb von „9 von 10“; was "
            "noch andauert, zählt so lange, wie es dauert. „Gewonnen“ ist der Anteil der entschiedenen Deals, die je dort "
            f"waren. „{faster} schneller“ und „{better} mehr weiter“ sagen, was das in den nächsten {days} Tagen brächte. "
            "„-“ steht, wo zu wenig zu sehen war."
        )

    @override
    def bottlenecks_as_of(self, day: str, deals: int) -> str:
        count = "einem Deal" if deals == 1 else f"{deals} Deals"
        return f"Stand {day}, aus {count}; die offenen Deals sind die von jetzt."

    @override
    def bottlenecks_without(self, currencies: Sequence[str]) -> str:
        return f"Deals in {', '.join(currencies)} sind in keiner dieser Zahlen."

    @override
    def bottlenecks_unvalued(self, currency: str) -> str:
        return f"Was keinen Wert hat, ist bei {currency} mitgezählt."
