"""What the bot says in English of lists, of the board, and of how a deal fares."""


class EnglishFinding:
    # How a deal fares

    stale = "stale"
    overdue = "overdue"

    def pushed(self, times: int) -> str:
        return "pushed once" if times == 1 else f"pushed {times} times"

    def parked_until(self, day: str) -> str:
        return f"parked until {day}"
