"""Making Slack's acquaintance: whose token this is, asked at start until Slack answers."""

import logging
import threading
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from pipeline.errors import ArchiveDown
from pipeline.people import Workspace
from storage.store import Store

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0

log = logging.getLogger(__name__)


class OtherWorkspace(Exception):  # noqa: N818 - ends the start with a sentence
    """The database belongs to another workspace than the token."""


class Greeting:
    """`workspace` is what is known: from the archive at once, from Slack as soon as it answers."""

    def __init__(self, store: Store, slack: WebClient) -> None:
        self.workspace: Workspace | None = None
        self.failure: str | None = None
        self._store = store
        self._slack = slack
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._greet_until_answered, name="greeting", daemon=True)

    def start(self) -> None:
        """Asks once at once; raises OtherWorkspace. Without an answer it goes on in a thread."""
        self.workspace = self._store.workspace()
        if not self._greeted():
            self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def _greet_until_answered(self) -> None:
        wait = FIRST_WAIT
        while not self._stopping.wait(wait):
            try:
                if self._greeted():
                    return
            except OtherWorkspace as other:
                self.failure = str(other)
                log.critical("%s", other)
                return
            wait = min(wait * 2, LONGEST_WAIT)

    def _greeted(self) -> bool:
        try:
            answer = self._slack.auth_test()
        except SlackApiError as error:
            self.failure = str(error.response.get("error"))
            log.error("Slack refuses the bot token (%s): check SLACK_BOT_TOKEN", self.failure)  # noqa: TRY400 - no trace
            return False
        except (SlackClientError, OSError, HTTPException, ValueError) as error:
            self.failure = type(error).__name__
            log.warning("Slack does not answer auth.test (%s); trying again", self.failure)
            return False
        found = Workspace(
            id=str(answer["team_id"]),
            name=str(answer.get("team") or ""),
            bot_user_id=str(answer.get("user_id") or ""),
            bot_id=str(answer.get("bot_id") or ""),
            app_id=str(answer.get("app_id") or ""),
            url=str(answer.get("url") or ""),
        )
        return self._write_down(found)

    def _write_down(self, found: Workspace) -> bool:
        try:
            known = self.workspace or self._store.workspace()
            if known and known.id != found.id:
                raise OtherWorkspace(
                    f"the database belongs to the workspace {known.name or known.id}, the token to "
                    f"{found.name or found.id}: give each workspace a DATABASE_URL of its own"
                )
            self._store.found(found)
        except ArchiveDown as error:
            log.warning("the workspace could not be written down: %s", error)
            return False
        self.failure = None
        self.workspace = found
        return True
