"""Home tabs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.courier.composer import SlackComposer
from handlers.refusals import answer
from handlers.views.home import MOST_DEALS
from pipeline.deal import Deal
from pipeline.errors import Overtaken
from pipeline.letters import JSONDict
from pipeline.permissions import Role
from pipeline.postbox import ClaimedHome
from tests.views.gallery.lists import MANY
from tests.views.gallery.sitter import ANA, NOW, PEOPLE, TEAM, Sitter, Wall


def homes(sitter: Sitter) -> Wall:
    return {
        "home_empty": _home(sitter, 0, 0),
        "home_one": _home(sitter, 1, 1),
        "home_eight": _home(sitter, 8, 8),
        "home_in_groups": _home(sitter, 8, 8, ailing=True, unowned=5),
        "home_thirty_of_57": _home(sitter, MOST_DEALS, 57, unowned=1),
        "home_thirty_of_many": _home(sitter, MOST_DEALS, MANY, unowned=MANY),
        "home_with_notice": _home(sitter, MOST_DEALS, 57, ailing=True, unowned=5, notice=_notice(sitter)),
        "home_empty_of_a_viewer": _home(replace(sitter, money=False), 0, 0),
        "home_money_hidden": _home(replace(sitter, money=False), 2, 2),
    }


def _home(
    sitter: Sitter,
    shown: int,
    total: int,
    *,
    ailing: bool = False,
    unowned: int = 0,
    notice: JSONDict | None = None,
) -> JSONDict:
    """Drawn as the courier draws it."""
    mine = [_neighbour(sitter, place) for place in range(shown)]
    if ailing:
        mine = [*_ailing(mine[: shown // 2]), *mine[shown // 2 :]]
    free = [
        replace(_neighbour(sitter, 90 + place), owner_id=None) for place in range(min(unowned, MOST_DEALS))
    ]
    # Those that are only counted need no faces.
    free += free[-1:] * (unowned - len(free))
    services = sitter.services(sitter.work(mine=mine, total=total, unowned=free))
    viewer = replace(PEOPLE[ANA], slack_role=Role.REP if sitter.money else Role.VIEWER)
    services.directory._remember(viewer)
    claimed = ClaimedHome(ANA, 3, again=False, notice=notice, notice_until=NOW)
    return SlackComposer(services).home(TEAM, claimed)


def _neighbour(sitter: Sitter, place: int) -> Deal:
    opened = sitter.pipeline.open_stages
    stage = opened[place % len(opened)]
    deal = replace(sitter.deal, number=sitter.deal.number + place, stage_id=stage.id, closed_at=None)
    return deal if place % 2 == 0 else replace(deal, company="", value=None)


def _ailing(deals: Sequence[Deal]) -> list[Deal]:
    """The last of them rests, the others are overdue."""
    *overdue, parked = deals
    late = NOW.date() - timedelta(days=2)
    resting = replace(parked, nurture_until=NOW.date() + timedelta(days=30))
    return [*(replace(deal, close_on=late, pushes=2) for deal in overdue), resting]


def _notice(sitter: Sitter) -> JSONDict:
    """The longest: another person was faster, and the card as it stands."""
    work = sitter.work()
    overtaken = Overtaken(sitter.deal, sitter.stage("proposal"), sitter.move("lead", "proposal"))
    return answer(sitter.services(work), work, sitter.request(), overtaken).message()
