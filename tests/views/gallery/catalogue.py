"""All walls of the gallery, and the deals that hang on them."""

from handlers.texts.english import English
from pipeline.deal import Deal
from pipeline.stages import LIMITS
from tests.views.gallery.answered import answered
from tests.views.gallery.bridges import bridges
from tests.views.gallery.calls import call_walls
from tests.views.gallery.cards import card, cards
from tests.views.gallery.forecasts import forecasts
from tests.views.gallery.forms import forms
from tests.views.gallery.guests import guests
from tests.views.gallery.homes import homes
from tests.views.gallery.letters import letters
from tests.views.gallery.lists import boards, lists
from tests.views.gallery.refused import refused
from tests.views.gallery.settled import settled
from tests.views.gallery.sitter import DEAL, Sitter, Wall
from tests.views.gallery.standstills import standstills
from tests.views.gallery.tops import tops

HOSTILE = "<!channel> <@U1> <https://x|Click> *x* _y_ ~z~ `q` :skull: & > co"
RIGHT_TO_LEFT = "\u202eשלום (مرحبا) Acme\u2066 12%"  # noqa: RUF001 - letters of other scripts are the point


def written(text: str) -> Deal:
    """Every text of the deal is this one, as far as it fits."""
    return DEAL.saying({field: text[:limit] for field, limit in LIMITS.items()})


LONGEST = written("Long " * 200)


def catalogue(sitter: Sitter) -> Wall:
    return {
        **cards(sitter),
        **forms(sitter),
        **homes(sitter),
        **answered(sitter),
        **settled(sitter),
        **refused(sitter),
        **letters(sitter),
        **lists(sitter),
        **boards(sitter),
        **standstills(sitter),
        **tops(sitter),
        **bridges(sitter),
        **forecasts(sitter),
        **call_walls(sitter),
        **guests(sitter),
    }


def golden(texts: English) -> Wall:
    """What hangs in the golden folder: everything once, and the card of three awkward deals."""
    awkward = {"long": LONGEST, "markup": written(HOSTILE), "right_to_left": written(RIGHT_TO_LEFT)}
    drawn = {f"card_{called}": card(Sitter(deal, texts)) for called, deal in awkward.items()}
    return {**catalogue(Sitter(DEAL, texts)), **drawn}
