"""What each word of `/deal` does, for the command, the mention and the buttons that repeat a command."""

from collections.abc import Mapping
from dataclasses import replace

from handlers import answering, misreading
from handlers.answer import Answer, told
from handlers.commands import (
    calling,
    categorising,
    comparing,
    creating,
    finding,
    foreseeing,
    looking,
    moving,
    people,
    ranking,
    saying,
    settings,
    snoozing,
    stages,
)
from handlers.commands.reading import Runner
from handlers.grammar import Typed, command_of, parse
from handlers.mentions import as_sent, named
from handlers.misreading import Misread
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import decode, isolate
from handlers.views import answers
from handlers.vocabulary.command import Subject
from pipeline.letters import JSONDict


def run(services: Services, request: Request, escaped: str, *, again: bool = False) -> JSONDict:
    """Carry out what was typed; the body of the acknowledgement. Raises ArchiveDown."""
    typed = parse(named(services, request, decode(escaped)))
    if typed.subject is None:
        request.trace.verdict = "UnknownWord"
        return answering.tell(services, request, _unknown_word(request, typed))
    asked = replace(request, subject=typed.subject.value, escaped=escaped, again=again)
    request.trace.act = typed.subject.value
    try:
        if typed.subject is Subject.NEW:
            return creating.new(services, asked, typed.rest)
        return _RUNNERS[typed.subject](services, asked, typed.rest)
    except Misread as misread:
        request.trace.refused(misread)
        return answering.tell(services, asked, told(misread.sentence, *misread.buttons))


def _unknown_word(request: Request, typed: Typed) -> Answer:
    texts = request.texts
    rest, sent = typed.rest.spelled(typed.rest.text), as_sent(typed.rest)
    faces = [
        (texts.did_you_mean(f"/deal {isolate(f'{word} {rest}'.strip())}"), f"{word} {sent}".strip())
        for word in typed.nearest
    ]
    shown = answers.run_buttons(faces or [(texts.show_help(), command_of(Subject.HELP).words[0])])
    return told(texts.unknown_word(misreading.quoted(typed.word)), *shown)


_RUNNERS: Mapping[Subject, Runner] = {
    **moving.RUNNERS,
    **saying.RUNNERS,
    **looking.RUNNERS,
    **finding.RUNNERS,
    **ranking.RUNNERS,
    **foreseeing.RUNNERS,
    **snoozing.RUNNERS,
    **categorising.RUNNERS,
    **calling.RUNNERS,
    **comparing.RUNNERS,
    **people.RUNNERS,
    **stages.RUNNERS,
    **settings.RUNNERS,
}
