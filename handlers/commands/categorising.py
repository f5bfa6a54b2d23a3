"""Saying how sure a deal is held to be, whatever its stage says."""

import re
from collections.abc import Mapping

from handlers import answering
from handlers.categories import named_category
from handlers.commands.reading import Runner, named_deal
from handlers.misreading import Misread, quoted
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded
from handlers.texts.english import English
from handlers.views import answers
from handlers.views.naming import called
from handlers.vocabulary.command import Subject
from handlers.vocabulary.stages import AUTO, OFF
from pipeline.deal import Deal
from pipeline.errors import DealIsClosed, Refusal
from pipeline.letters import JSONDict
from pipeline.names import fold
from pipeline.orders import Edit, Order
from pipeline.ports import Work
from pipeline.stages import CATEGORIES, Field

_LEAD = re.compile(r"^(?:as|to|is|als|auf|zu|ist)\s+", re.IGNORECASE)
_BY_STAGE = frozenset(map(fold, (*AUTO, *OFF, "none", "clear", "keine")))


def _category(services: Services, request: Request, rest: Decoded) -> JSONDict:
    def build(work: Work) -> Order:
        named = named_deal(request, work, rest)
        words = _LEAD.sub("", rest.spelled(named.rest).strip(), count=1)
        if fold(words) in _BY_STAGE:
            return Edit(named.deal.number, {Field.CATEGORY: None})
        category = named_category(words)
        if category is None:
            raise asked(work, named.deal, words, request.texts)
        return Edit(named.deal.number, {Field.CATEGORY: category})

    return answering.write(services, request, build)


def asked(work: Work, deal: Deal, word: str, texts: English) -> Refusal:
    """What the deal counts as now, and a button for each other category."""
    stage = work.stages.pipeline(deal.pipeline_id).stage(deal.stage_id)
    if not stage.is_open:
        return DealIsClosed(deal, stage)
    present = texts.category(deal.category_in(stage))
    known = ", ".join(texts.category(each) for each in CATEGORIES)
    if word:
        sentence = texts.category_of_deal_unknown(quoted(word), deal.code, known)
    elif deal.category:
        sentence = texts.category_is_said(*called(deal), present)
    else:
        sentence = texts.category_is_of_stage(*called(deal), present, texts.stage(stage))
    faces = [
        (texts.category(each), f"category {deal.code} {each.value}")
        for each in CATEGORIES
        if each != deal.category
    ]
    if deal.category:
        faces.append((texts.category_by_stage_option(), f"category {deal.code} auto"))
    return Misread(sentence, *answers.run_buttons(faces))


RUNNERS: Mapping[Subject, Runner] = {Subject.CATEGORY: _category}
