"""Letters that Slack refuses for good: kept for better days, and told to whoever waits for them."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from handlers.courier.outcomes import Failure
from handlers.courier.satchel import Satchel
from pipeline.errors import UnknownDeal
from pipeline.letters import JSONValue, Letter, LetterKind
from pipeline.ownership import vacated
from pipeline.ports import Work
from pipeline.postbox import ClaimedLetter

log = logging.getLogger(__name__)


def park(satchel: Satchel, workspace_id: str, letter: ClaimedLetter, failure: Failure) -> None:
    """The notice goes first: repeated after a crash it has the same key."""
    if letter.kind is not LetterKind.PRIVATE:
        _tell(satchel, workspace_id, letter, failure)
    log.warning("Letter %s is parked: %s refused it (%s)", letter.key, failure.method, failure.error)
    satchel.postbox.park(letter.id, reason(letter, failure.error))


def reason(letter: ClaimedLetter, error: str) -> str:
    """What may have been posted is looked up again once it is unparked."""
    return f"unknown: {error}" if letter.unknown else error


def tell_of_no_card(satchel: Satchel, workspace_id: str, letter: ClaimedLetter) -> None:
    person = letter.payload.get("by")
    if not isinstance(person, str):
        return
    notice = {"notice": "no_card", "channel": letter.channel_id}
    _put(satchel, workspace_id, _notice(f"nocard:{letter.key}", person, letter, notice))


def _tell(satchel: Satchel, workspace_id: str, letter: ClaimedLetter, failure: Failure) -> None:
    with satchel.archive.read(workspace_id) as work:
        person = _concerned(work, letter)
    if person is None:
        return
    # By the day of the letter, so that a letter parked again after a restart is not told again.
    day = datetime.fromtimestamp(letter.created / 1000, UTC).date()
    key = f"parked:{letter.channel_id}:{failure.error}:{person}:{day}"
    notice: Mapping[str, JSONValue] = {
        "notice": "parked",
        "channel": letter.channel_id,
        "error": failure.error,
        "needed": failure.needed or None,
    }
    _put(satchel, workspace_id, _notice(key, person, letter, notice))


def _concerned(work: Work, letter: ClaimedLetter) -> str | None:
    """The deal's owner, else who asked for the letter."""
    asked = letter.payload.get("by")
    by = asked if isinstance(asked, str) else None
    if letter.deal_id is None or letter.kind is LetterKind.MENTION:
        return by
    try:
        return vacated(work, work.deals.by_id(letter.deal_id)).owner_id or by
    except UnknownDeal:
        return by


def _notice(key: str, person: str, about: ClaimedLetter, payload: Mapping[str, JSONValue]) -> Letter:
    return Letter(LetterKind.PRIVATE, key, person_id=person, deal_id=about.deal_id, payload=payload)


def _put(satchel: Satchel, workspace_id: str, letter: Letter) -> None:
    with satchel.archive.begin(workspace_id) as work:
        work.outbox.put(letter)
