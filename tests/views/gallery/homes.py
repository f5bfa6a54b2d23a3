"""Home tabs."""

from dataclasses import replace

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
        "home_forty_of_57": _home(sitter, MOST_DEALS, 57),
        "home_forty_of_many": _home(sitter, MOST_DEALS, MANY),
        "home_with_notice": _home(sitter, MOST_DEALS, MOST_DEALS, notice=_notice(sitter)),
        "home_money_hidden": _home(replace(sitter, money=False), 2, 2),
    }


def _home(sitter: Sitter, shown: int, total: int, notice: JSONDict | None = None) -> JSONDict:
    """Drawn as the courier draws it."""
    mine = [_neighbour(sitter, place) for place in range(shown)]
    services = sitter.services(sitter.work(mine=mine, total=total))
    viewer = replace(PEOPLE[ANA], slack_role=Role.REP if sitter.money else Role.VIEWER)
    services.directory._remember(viewer)
    claimed = ClaimedHome(ANA, 3, again=False, notice=notice, notice_until=NOW)
    return SlackComposer(services).home(TEAM, claimed)


def _neighbour(sitter: Sitter, place: int) -> Deal:
    opened = sitter.pipeline.open_stages
    stage = opened[place % len(opened)]
    deal = replace(sitter.deal, number=sitter.deal.number + place, stage_id=stage.id, closed_at=None)
    return deal if place % 2 == 0 else replace(deal, company="", value=None)


def _notice(sitter: Sitter) -> JSONDict:
    """The longest: another person was faster, and the card as it stands."""
    work = sitter.work()
    overtaken = Overtaken(sitter.deal, sitter.stage("proposal"), sitter.move("lead", "proposal"))
    return answer(sitter.services(work), work, sitter.request(), overtaken).message()
