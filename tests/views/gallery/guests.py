"""What a guest is shown in answers that nobody else reads."""

from dataclasses import replace
from typing import cast

from handlers.grammar import COMMANDS
from handlers.offering import allowed
from handlers.views import answers
from pipeline.letters import JSONDict
from pipeline.people import Person
from pipeline.permissions import Role
from tests.views.gallery.lists import boards, lists
from tests.views.gallery.sitter import NOW, TEAM, Sitter, Wall
from tests.views.gallery.tops import tops

GUEST = Person(TEAM, "U0GUS", "Gus", Role.VIEWER)


def guests(sitter: Sitter) -> Wall:
    hidden = replace(sitter, money=False)
    listed, ranked, drawn = lists(hidden), tops(hidden), boards(hidden)
    commands = [each for each in COMMANDS if GUEST.may(each.act)]
    closed = hidden.at("won").with_deal(closed_at=NOW)
    shown = {
        "show": answers.shown(hidden.facts, hidden.texts, None).message(),
        "show_closed": answers.shown(closed.facts, hidden.texts, None).message(),
        "help_all": answers.help_all(hidden.pipeline, commands, hidden.texts).message(),
        "list_of_many": listed["list_of_many_second"],
        "list_of_none": listed["list_of_none"],
        "top": ranked["top_money_hidden"],
        "board_of_none": drawn["board_of_none"],
        "board_of_two_pipelines": drawn["board_of_two_pipelines"],
    }
    return {f"guest_{called}": _offered(message) for called, message in shown.items()}


def _offered(message: JSONDict) -> JSONDict:
    return {**message, "blocks": list(allowed(cast("list[JSONDict]", message["blocks"]), GUEST.may))}
