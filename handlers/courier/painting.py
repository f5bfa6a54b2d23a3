"""Pictures: a card's or a Home tab's repaint from the present state."""

import logging

from handlers.courier.outcomes import CallFailed, Failure, Fate
from handlers.courier.satchel import Satchel, method_lane, milliseconds
from handlers.courier.sending import UPDATE, say
from pipeline.letters import JSONDict
from pipeline.people import Workspace
from pipeline.postbox import ClaimedCard, ClaimedHome

PUBLISH = "views.publish"
# The message is gone, or nobody can paint it any more.
_GONE = frozenset(
    {
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "is_inactive",
        "message_not_found",
        "not_in_channel",
    }
)

log = logging.getLogger(__name__)


class Cards:
    def __init__(self, satchel: Satchel) -> None:
        self._satchel = satchel

    def send(self, workspace: Workspace, card: ClaimedCard) -> None:
        message = self._satchel.composer.card(workspace.id, card)
        if message is None:
            self._satchel.postbox.drop_card(card, "nothing to paint")
            return
        arguments: JSONDict = {"channel": card.channel_id, "ts": card.ts}
        try:
            say(self._satchel, workspace.id, UPDATE, arguments, message)
        except CallFailed as failed:
            self._file(workspace.id, card, failed.failure, message.version)
        else:
            self._satchel.postbox.painted(card, message.version)

    def stumbled(self, _workspace: Workspace, card: ClaimedCard) -> None:
        self._later(card, self._satchel.pace.defect_wait, "defect")

    def _file(self, workspace_id: str, card: ClaimedCard, failure: Failure, version: int) -> None:
        satchel = self._satchel
        match failure.fate:
            case Fate.LATER:
                satchel.postbox.hold(workspace_id, method_lane(UPDATE), milliseconds(failure.seconds))
                self._later(card, failure.seconds, failure.error)
            case Fate.UNSENT:
                self._later(card, satchel.pace.first_wait, failure.error)
            case Fate.UNKNOWN:
                wait = milliseconds(satchel.pace.repaint_wait)
                satchel.postbox.repaint_later(card, wait, failure.error, unknown=True)
            case Fate.TOKEN:
                satchel.silence.fall(failure)
                self._later(card, satchel.pace.silence, failure.error)
            case Fate.REFUSED:
                self._refused(card, failure, version)

    def _refused(self, card: ClaimedCard, failure: Failure, version: int) -> None:
        if failure.error in _GONE:
            log.warning("Card %s in %s is gone (%s)", card.ts, card.channel_id, failure.error)
            self._satchel.postbox.drop_card(card, failure.error)
        elif failure.error == "missing_scope":
            self._satchel.silence.lacks(failure)
            self._later(card, self._satchel.pace.silence, failure.error)
        else:
            # This version cannot be painted; the next one may.
            log.error("Slack refuses the card of deal %s (%s)", card.deal_id, failure.error)
            self._satchel.postbox.painted(card, version)

    def _later(self, card: ClaimedCard, seconds: float, error: str) -> None:
        """A card that was to be painted once more still is."""
        self._satchel.postbox.repaint_later(card, milliseconds(seconds), error, unknown=card.again)


class Homes:
    def __init__(self, satchel: Satchel) -> None:
        self._satchel = satchel

    def send(self, workspace: Workspace, home: ClaimedHome) -> None:
        view = self._satchel.composer.home(workspace.id, home)
        try:
            self._satchel.say(PUBLISH, {"user_id": home.person_id, "view": view})
        except CallFailed as failed:
            self._file(workspace.id, home, failed.failure)
        else:
            self._satchel.postbox.home_painted(workspace.id, home)

    def stumbled(self, workspace: Workspace, home: ClaimedHome) -> None:
        self._later(workspace.id, home, self._satchel.pace.defect_wait)

    def _file(self, workspace_id: str, home: ClaimedHome, failure: Failure) -> None:
        satchel = self._satchel
        match failure.fate:
            case Fate.LATER:
                satchel.postbox.hold(workspace_id, method_lane(PUBLISH), milliseconds(failure.seconds))
                self._later(workspace_id, home, failure.seconds)
            case Fate.UNSENT:
                self._later(workspace_id, home, satchel.pace.first_wait)
            case Fate.UNKNOWN:
                # Published again once the lost call cannot land any more.
                self._later(workspace_id, home, satchel.pace.repaint_wait)
            case Fate.TOKEN:
                satchel.silence.fall(failure)
                self._later(workspace_id, home, satchel.pace.silence)
            case Fate.REFUSED:
                self._refused(workspace_id, home, failure)

    def _refused(self, workspace_id: str, home: ClaimedHome, failure: Failure) -> None:
        if failure.error == "missing_scope":
            self._satchel.silence.lacks(failure)
        log.error("Slack refuses the Home of %s (%s)", home.person_id, failure.error)
        self._satchel.postbox.home_painted(workspace_id, home)

    def _later(self, workspace_id: str, home: ClaimedHome, seconds: float) -> None:
        self._satchel.postbox.home_later(workspace_id, home, milliseconds(seconds))
