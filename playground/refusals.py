"""What is refused: to the bot in Slack's words, to a test in plain ones."""

from playground.words import Json


class SlackError(Exception):
    """An answer `{"ok": false, "error": code}` to a call of the bot."""

    def __init__(self, code: str, **extra: object) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def answer(self) -> Json:
        return {"ok": False, "error": self.code, **self.extra}


class ImpossibleError(Exception):
    """A control call asks for what no person could do in Slack."""

    def __init__(self, sentence: str, status: int = 409) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
