"""What the bot says in German of lists, of the board, and of how a deal fares."""

from typing_extensions import override

from handlers.texts.english_finding import EnglishFinding


class GermanFinding(EnglishFinding):
    # How a deal fares

    stale = "liegt still"
    overdue = "überfällig"

    @override
    def pushed(self, times: int) -> str:
        return f"{times}-mal verschoben"

    @override
    def parked_until(self, day: str) -> str:
        return f"ruht bis {day}"
