"""People and channels named in a typed line: shown by name, spelled in refusals, sent again by buttons."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from handlers.amounts import UnreadableAmount
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import Decoded, MentionKind, escape_entities
from pipeline.errors import SeveralDeals, UnknownDeal, UnknownStage


def named(services: Services, request: Request, decoded: Decoded) -> Decoded:
    """Slack tells a mentioned person's id alone; what is stored and shown is a name."""
    names = {
        mark: replace(mention, label=services.directory.name(request.workspace_id, mention.id) or "")
        for mark, mention in decoded.mentions.items()
        if mention.kind is MentionKind.PERSON and not mention.label
    }
    return replace(decoded, mentions={**decoded.mentions, **names})


def as_sent(rest: Decoded) -> str:
    """As Slack would send it: a button repeats the line with its mentions."""

    def sent(char: str) -> str:
        mention = rest.mentions.get(char)
        if mention is None:
            return escape_entities(char)
        return f"<{'@' if mention.kind is MentionKind.PERSON else '#'}{mention.id}>"

    return "".join(map(sent, rest.text))


@contextmanager
def spelled(rest: Decoded) -> Iterator[None]:
    """What was not understood is said as it was typed: a mention is a person's name."""
    try:
        yield
    except UnknownDeal as refusal:
        refusal.sent, refusal.word = as_sent(replace(rest, text=refusal.word)), rest.spelled(refusal.word)
        raise
    except SeveralDeals as refusal:
        # What follows is sent once more by the buttons of the deals.
        refusal.rest, refusal.word = as_sent(replace(rest, text=refusal.rest)), rest.spelled(refusal.word)
        raise
    except UnknownStage as refusal:
        refusal.word, refusal.note = rest.spelled(refusal.word), rest.spelled(refusal.note)
        raise
    except UnreadableAmount as unreadable:
        unreadable.word = rest.spelled(unreadable.word)
        raise
