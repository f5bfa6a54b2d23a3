"""What ails a deal, in words."""

from handlers.texts.english import English
from pipeline.health import Health


def flags(health: Health, texts: English) -> list[str]:
    said = (
        (health.stale, texts.stale),
        (health.overdue, texts.overdue),
        (health.pushes > 0, texts.pushed(health.pushes)),
        (
            health.parked_until,
            texts.parked_until(texts.day(health.parked_until)) if health.parked_until else "",
        ),
    )
    return [words for is_so, words in said if is_so]
