"""One letter: looked up if it may have been said, sent, and filed by what Slack answered."""

from collections.abc import Mapping
from functools import partial
from typing import cast

from handlers.courier.lookup import client_msg_id, find_posted, metadata
from handlers.courier.message import Message
from handlers.courier.outcomes import CallFailed, Failure, Fate
from handlers.courier.parking import park, reason
from handlers.courier.places import place_of, takes_card
from handlers.courier.satchel import POST, Satchel, lane_of, milliseconds
from pipeline.letters import JSONDict, JSONValue, LetterKind
from pipeline.people import Workspace
from pipeline.postbox import ClaimedLetter

UPDATE = "chat.update"
BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format"})
# What the letter was to stand under, or to change, is not there any more.
_POINTLESS = frozenset(
    {
        "cannot_reply_to_message",
        "cant_update_message",
        "edit_window_closed",
        "message_not_found",
        "thread_not_found",
    }
)
# So often a letter may bring the courier itself to stumble before it is put aside.
DEFECTS = 6


class Sending:
    def __init__(self, satchel: Satchel) -> None:
        self._satchel = satchel

    def send(self, workspace: Workspace, letter: ClaimedLetter) -> None:
        try:
            if letter.kind is LetterKind.AMEND:
                self._amend(workspace.id, letter)
            else:
                self._send(workspace, letter)
        except CallFailed as failed:
            self._file(workspace.id, letter, failed.failure)

    def stumbled(self, _workspace: Workspace, letter: ClaimedLetter) -> None:
        """An error of our own: nobody knows how far the letter came."""
        if letter.attempts >= DEFECTS:
            self._satchel.postbox.park(letter.id, "unknown: defect")
        else:
            self._wait(letter, self._satchel.pace.wait(letter.attempts), "defect", unknown=True)

    def _send(self, workspace: Workspace, letter: ClaimedLetter) -> None:
        place = place_of(self._satchel, workspace.id, letter)
        if letter.unknown:
            ts = find_posted(partial(self._satchel.ask, workspace.id), workspace, letter, place)
            if ts is not None:
                # Painted as nobody knows which version: once more, then.
                self._said(letter, ts, version=0)
                return
        if letter.kind is LetterKind.CARD and not takes_card(self._satchel, workspace.id, letter):
            return
        message = self._satchel.composer.letter(workspace.id, letter)
        if message is None:
            self._satchel.postbox.cancel(letter.id, "nothing to say any more")
        else:
            self._post(workspace.id, letter, place, message)

    def _post(self, workspace_id: str, letter: ClaimedLetter, place: str, message: Message) -> None:
        arguments: JSONDict = {
            "channel": place,
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": metadata(letter.key),
            "client_msg_id": client_msg_id(workspace_id, letter.key),
        }
        if letter.thread_ts:
            arguments["thread_ts"] = letter.thread_ts
        if not self._satchel.postbox.holds(letter.id):
            return
        answer = say(self._satchel, workspace_id, POST, arguments, message)
        self._said(letter, str(answer["ts"]), message.version)

    def _said(self, letter: ClaimedLetter, ts: str, version: int) -> None:
        if letter.kind is LetterKind.CARD:
            self._satchel.postbox.posted(letter, ts, version)
        else:
            self._satchel.postbox.sent(letter.id, ts)

    def _amend(self, workspace_id: str, letter: ClaimedLetter) -> None:
        """Saying it twice changes nothing, so nothing is looked up."""
        amended = self._satchel.composer.amended(workspace_id, letter)
        if amended is None:
            self._satchel.postbox.cancel(letter.id, "never sent")
            return
        channel, ts, message = amended
        if self._satchel.postbox.holds(letter.id):
            say(self._satchel, workspace_id, UPDATE, {"channel": channel, "ts": ts}, message)
            self._satchel.postbox.sent(letter.id, ts)

    def _file(self, workspace_id: str, letter: ClaimedLetter, failure: Failure) -> None:
        satchel = self._satchel
        match failure.fate:
            case Fate.LATER:
                satchel.hold(workspace_id, lane_of(letter), failure)
                self._wait(letter, failure.seconds, failure.error, unknown=letter.unknown)
            case Fate.UNSENT | Fate.UNKNOWN:
                # Whatever fails before the post itself leaves the letter as unknown as it was.
                lost = failure.fate is Fate.UNKNOWN and failure.method == POST
                wait = satchel.pace.wait(letter.attempts)
                self._wait(letter, wait, failure.error, unknown=lost or letter.unknown)
            case Fate.TOKEN:
                satchel.silence.fall(failure)
                satchel.postbox.park(letter.id, reason(letter, failure.error))
            case Fate.REFUSED:
                self._refused(workspace_id, letter, failure)

    def _refused(self, workspace_id: str, letter: ClaimedLetter, failure: Failure) -> None:
        if failure.error in _POINTLESS:
            self._satchel.postbox.cancel(letter.id, failure.error)
            return
        if failure.error == "missing_scope":
            self._satchel.silence.lacks(failure)
        park(self._satchel, workspace_id, letter, failure)

    def _wait(self, letter: ClaimedLetter, seconds: float, error: str, *, unknown: bool) -> None:
        self._satchel.postbox.wait(letter.id, milliseconds(seconds), error, unknown=unknown)


def say(
    satchel: Satchel, workspace_id: str, method: str, arguments: JSONDict, message: Message
) -> Mapping[str, JSONValue]:
    """In the classic form where Slack does not take the newer blocks."""
    classic = message.classic
    if classic is None:
        return satchel.say(method, {**arguments, **_spoken(message)})
    if not satchel.newer.are_taken(workspace_id):
        return satchel.say(method, {**arguments, **_spoken(classic)})
    try:
        return satchel.say(method, {**arguments, **_spoken(message)})
    except CallFailed as failed:
        if failed.failure.error not in BLOCKS_REFUSED:
            raise
    answer = satchel.say(method, {**arguments, **_spoken(classic)})
    satchel.newer.were_refused(workspace_id)
    return answer


def _spoken(message: Message) -> JSONDict:
    return {"text": message.text, "blocks": cast("list[JSONValue]", message.blocks)}
