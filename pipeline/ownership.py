"""Who counts as a deal's owner: one rule for rights, cards, lists and forms.

Whoever cannot act on a deal of their own leaves it without an owner; that it was theirs stays written down.
"""

from dataclasses import dataclass, replace

from pipeline.deal import Deal
from pipeline.errors import OwnerUnfit
from pipeline.people import Absence, Person
from pipeline.ports import Work


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is written down, and why they do not count where they do not."""

    name: str
    absence: Absence | None = None


def owner_of(work: Work, deal: Deal) -> Owner | None:
    return None if deal.owner_id is None else owner_called(work, deal.owner_id)


def owner_called(work: Work, person_id: str) -> Owner:
    """Somebody whom Slack has not described yet counts."""
    person = work.people.get(person_id)
    return Owner(person.name, person.absence) if person else Owner(person_id)


def vacated(work: Work, deal: Deal) -> Deal:
    """The deal without an owner who does not count: as it is for rights, gates and forms."""
    owner = owner_of(work, deal)
    return replace(deal, owner_id=None) if owner and owner.absence else deal


def check_owner(work: Work, person_id: str) -> None:
    """A deal is given to nobody who could do nothing with it."""
    owner = owner_called(work, person_id)
    if owner.absence:
        raise OwnerUnfit(owner.name, owner.absence)


def note_absence(work: Work, before: Person | None, after: Person) -> None:
    """Somebody's open deals look different once they no longer count as their owner, or do so again."""
    if after.absence is not (before.absence if before else None):
        work.cards.repaint_owned(after.id)
        work.homes.touch(after.id)
