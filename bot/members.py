"""The members of the workspace, as Slack lists them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bot.asking_slack import UNANSWERED, patient_client
from bot.settings import Acquaintance
from handlers.directory import names_of, read_person
from handlers.importing.owners import by_name
from pipeline.people import Person, Standing
from storage.store import Work

Described = Mapping[str, Any]
# Slack recommends no more a page.
PAGE = 200
MOST_PAGES = 500


class Unlisted(Exception):  # noqa: N818 - becomes one line of a report
    """Why Slack did not say who is here."""


def unlisted() -> Sequence[Described]:
    """For whoever has no token. Raises Unlisted."""
    raise Unlisted("with SLACK_BOT_TOKEN set, Slack would name the others")


def members(slack: Acquaintance) -> Sequence[Described]:
    """Everybody, bots and those who left included. Raises Unlisted."""
    if slack.slack_bot_token is None:
        return unlisted()
    client = patient_client(slack.slack_bot_token.get_secret_value(), slack.slack_api_url)
    try:
        return [each for page in _pages(client) for each in page]
    except UNANSWERED as error:
        raise Unlisted(f"Slack does not list its members ({type(error).__name__})") from error


def _pages(client: WebClient) -> Iterator[list[Described]]:
    cursor = ""
    for _ in range(MOST_PAGES):
        answer = client.users_list(cursor=cursor, limit=PAGE, include_locale=True)
        yield answer["members"]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


@dataclass(frozen=True, slots=True)
class Roster:
    """Who may own what is brought in: whom the bot has met, and everybody else whom Slack lists."""

    workspace_id: str
    described: Mapping[str, Described]
    unlisted: str = ""
    """Why Slack's list is missing."""

    @classmethod
    def taken(cls, workspace_id: str, listed: Callable[[], Sequence[Described]]) -> "Roster":
        try:
            found = listed()
        except Unlisted as missing:
            return cls(workspace_id, {}, str(missing))
        present = (each for each in found if _is_present(read_person(workspace_id, each)))
        return cls(workspace_id, {str(each["id"]): each for each in present})

    def by_name(self, met: Sequence[Person]) -> Mapping[str, str]:
        listed = ((name, person_id) for person_id, each in self.described.items() for name in names_of(each))
        return by_name([*((person.name, person.id) for person in met), *listed])

    def introduce(self, work: Work, at: datetime) -> None:
        """Owners are named to everybody, so the bot has to know what they are called."""
        for person_id in work.people.unmet_owners() if self.described else ():
            if person_id in self.described:
                work.people.keep(read_person(self.workspace_id, self.described[person_id]), at)


def _is_present(person: Person) -> bool:
    return person.active and person.standing is not Standing.OUTSIDER
