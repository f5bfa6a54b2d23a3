"""How a deal fares: one rule for every card, list and report."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pipeline.deal import Deal
from pipeline.stages import Field, Pipeline, Stage


@dataclass(frozen=True, slots=True)
class Health:
    """What ails a deal; a closed one ails from nothing. `gaps` is what the stages up to its own require."""

    stale: bool = False
    overdue: bool = False
    pushes: int = 0
    parked_until: date | None = None
    gaps: tuple[Field, ...] = ()

    @property
    def needs_attention(self) -> bool:
        """What rests is left in peace, overdue or not."""
        return not self.parked_until and (self.stale or self.overdue)


def health_of(deal: Deal, pipeline: Pipeline, today: date, now: datetime) -> Health:
    stage = pipeline.stage(deal.stage_id)
    if deal.closed_at or deal.voided_at or not stage.is_open:
        return Health()
    parked = deal.nurture_until if deal.nurture_until and deal.nurture_until > today else None
    ahead = deal.next_step_on is not None and deal.next_step_on >= today
    return Health(
        stale=not parked and not ahead and _has_waited(deal, stage, now),
        overdue=any(day is not None and day < today for day in (deal.close_on, deal.next_step_on)),
        pushes=deal.pushes,
        parked_until=parked,
        gaps=_gaps(deal, pipeline, stage),
    )


def _has_waited(deal: Deal, stage: Stage, now: datetime) -> bool:
    """Longer in its stage than the limit, or as long without any change or note."""
    if stage.limit is None:
        return False
    return min(deal.entered_at, deal.changed_at) < now - timedelta(days=stage.limit)


def _gaps(deal: Deal, pipeline: Pipeline, stage: Stage) -> tuple[Field, ...]:
    """As after an import, which no gate stops."""
    passed = [each for each in pipeline.open_stages if each.position <= stage.position]
    return deal.missing(tuple(dict.fromkeys(field for each in passed for field in each.gate)))
