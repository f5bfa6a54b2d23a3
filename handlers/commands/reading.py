"""What the commands read alike: a deal, a person, a text, a note."""

import re
from collections.abc import Callable

from handlers import misreading
from handlers.dates import UnreadableDate
from handlers.mentions import as_sent, spelled
from handlers.misreading import Misread, quoted
from handlers.nearest import near_people
from handlers.pipeline_lines import meant
from handlers.request import Door, Request
from handlers.resolution import Named, deal_in
from handlers.services import Services
from handlers.slack_text import Decoded, TextProblem, UnfitText, clean, escape_entities, isolate
from handlers.texts.english import English
from handlers.views import answers
from pipeline.deal import Deal
from pipeline.letters import JSONDict
from pipeline.ports import Work
from pipeline.stages import LIMITS, NOTE_LIMIT, Field, Pipeline

_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}[/-][0-9]{1,2}(?:[/-][0-9]{2,4})?")
_AS_A_WHOLE = r"(?<![0-9/-]){}(?![0-9/-])"
_BEFORE_AND_BEHIND = 2
Runner = Callable[[Services, Request, Decoded], JSONDict]


def check_person(services: Services, request: Request, person_id: str) -> None:
    person = services.directory.person(request.workspace_id, person_id, request.until)
    if not person.known:
        raise Misread(request.texts.unknown_person(person_id))


def stranger(services: Services, request: Request, word: str, sentence: str) -> Misread:
    """The sentence with a button for each member who may have been meant."""
    with services.archive.read(request.workspace_id, request.until) as work:
        near = near_faces(work, request, word)
    return Misread(sentence, *answers.run_buttons(near))


def near_faces(work: Work, request: Request, word: str) -> list[tuple[str, str]]:
    """Members who may have been meant by a name without Slack's mention, and the line with them in its place."""
    places = (
        list(re.finditer(rf"(?<!\S){re.escape(escape_entities(word))}(?!\S)", request.escaped))
        if word
        else ()
    )
    if not places:
        return []
    start, end = places[-1].span()
    return [
        (f"@{isolate(person.name)}", f"{request.escaped[:start]}<@{person.id}>{request.escaped[end:]}")
        for person in near_people(work.people.roles(), word)
    ]


def clean_field(request: Request, field: Field, text: str) -> str:
    try:
        return clean(text, LIMITS[field])
    except UnfitText as unfit:
        raise Misread(_unfit_sentence(request, field, unfit)) from unfit


def _unfit_sentence(request: Request, field: Field, unfit: UnfitText) -> str:
    name = request.texts.field(field)
    if unfit.problem is TextProblem.TOO_LONG:
        return request.texts.too_long(name, unfit.limit)
    if unfit.problem is TextProblem.EMPTY:
        return request.texts.title_missing()
    return request.texts.forbidden_character(name)


def read_note(request: Request, rest: Decoded, text: str) -> str:
    if not text.strip():
        return ""
    try:
        return clean(rest.spelled(text), NOTE_LIMIT, multiline=True)
    except UnfitText as unfit:
        if unfit.problem is TextProblem.EMPTY:
            return ""
        raise Misread(request.texts.too_long(request.texts.optional_note, NOTE_LIMIT)) from unfit


def misread_date(unreadable: UnreadableDate, texts: English, command: str, line: Decoded) -> Misread:
    """A date that could be two days has a button for each, which repeats the command with it."""
    sentence = misreading.date_sentence(unreadable, texts)
    figures = _DAY_AND_MONTH.search(unreadable.word)
    around = re.split(_AS_A_WHOLE.format(re.escape(figures[0])), line.text) if figures else []
    if len(around) != _BEFORE_AND_BEHIND:
        return Misread(sentence)
    faces = [
        (
            texts.day_in_words(day),
            f"{command} {as_sent(Decoded(day.isoformat().join(around), line.mentions))}",
        )
        for day in unreadable.candidates
    ]
    return Misread(sentence, *answers.run_buttons(faces))


def named_pipeline(request: Request, work: Work, name: str | None) -> Pipeline:
    """The first one where none is named."""
    if not name:
        return work.stages.pipeline()
    known = work.stages.all()
    found = meant(known, name)
    if found is None:
        names = [isolate(each.name) for each in known]
        raise Misread(request.texts.pipeline_unknown(quoted(name), ", ".join(names), names[0]))
    return found


def named_deal(request: Request, work: Work, rest: Decoded) -> Named:
    """The deal that the words name; in a card's thread it may be left out."""
    fallback: Deal | None = None
    if request.door is Door.MENTION and request.channel_id and request.thread_ts:
        shown = work.cards.deal_shown(request.channel_id, request.thread_ts)
        fallback = work.deals.by_id(shown) if shown else None
    with spelled(rest):
        return deal_in(work, rest.text, fallback=fallback)
