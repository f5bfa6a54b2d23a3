"""What is noted of a request while it is answered. No word that a person typed is among it."""

from dataclasses import dataclass

FINE = "ok"
REPEATED = "repeated"
INCIDENT = "incident"
MISREAD = "Misread"
# Names that Slack brings and nobody here listens to.
OTHER = "other"


@dataclass(slots=True)
class Trace:
    """`verdict` is `ok`, or the name of the refusal or of the error."""

    door: str = ""
    request_id: str = ""
    person_id: str = ""
    act: str = ""
    verdict: str = FINE

    def refused(self, refusal: Exception) -> None:
        self.verdict = type(refusal).__name__
