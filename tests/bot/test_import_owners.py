"""Who owns what was imported: whom the bot has met, and whom Slack lists."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.importing import Helpers, import_file
from bot.members import PAGE, members
from bot.settings import Acquaintance
from pipeline.stages import Field
from playground.server import LocalSlack
from storage.store import Store
from tests.bot.test_importing import told
from tests.conftest import TEAM
from tests.running import LooksHere

Listing = Callable[[], Any]
Imported = Callable[..., dict[str, Any]]


@pytest.fixture
def dialect() -> str:
    """Both engines are imported into elsewhere; here it is about Slack."""
    return "sqlite"


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        yield running


@pytest.fixture
def listing(slack: LocalSlack) -> Listing:
    told_of = {"slack_bot_token": slack.identity.bot_token, "slack_api_url": slack.api_url}
    return lambda: members(Acquaintance.model_validate(told_of))


@pytest.fixture
def imported(store: Store, database_url: str, tmp_path: Path, listing: Listing) -> Imported:
    """Imports a deal for each owner named; the report."""
    assert store.workspace()

    def carry_out(
        *owners: str, helpers: Helpers | None = None, words: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        file = tmp_path / "deals.csv"
        rows = (f'{number},lead,"{owner}"\n' for number, owner in enumerate(owners, 1))
        file.write_text("id,stage,owner\n" + "".join(rows))
        line = [str(file), "--database", database_url, "--json", *words]
        return told(CliRunner().invoke(import_file, line, obj=helpers or Helpers(LooksHere(), listing)))

    return carry_out


def owner(store: Store, number: int) -> str | None:
    with store.read(TEAM) as work:
        return work.deals.by_number(number).owner_id


@pytest.mark.parametrize("name", ["jonas", "Jonas Weber", "WEBER, JONAS", " jonas  weber "])
def test_a_member_owns_deals_under_each_of_their_names(imported: Imported, store: Store, name: str) -> None:
    assert imported(name)["unowned"] == {}
    assert owner(store, 1) == "U0JONAS"


def test_an_owner_whom_the_bot_never_met_is_called_by_name_from_then_on(
    slack: LocalSlack, imported: Imported, store: Store
) -> None:
    slack.control.person("U0NEW", name="new", real_name="Nobody's Owner")
    imported("Jonas Weber")
    with store.read(TEAM) as work:
        jonas = work.people.get("U0JONAS")
        assert jonas
        assert (jonas.name, jonas.language) == ("jonas", "de-DE")
        assert work.people.get("U0NEW") is None


def test_two_members_of_one_name_own_nothing(slack: LocalSlack, imported: Imported, store: Store) -> None:
    slack.control.person("ben", real_name="Jonas Weber")
    assert imported("Jonas Weber")["unowned"] == {"owner: Jonas Weber": 1}
    assert owner(store, 1) is None


@pytest.mark.parametrize("gone", [{"deleted": True}, {"is_bot": True}, {"team_id": "T0OTHER"}])
def test_nobody_who_is_not_here_is_made_an_owner(
    slack: LocalSlack, imported: Imported, gone: dict[str, Any]
) -> None:
    slack.control.person("jonas", **gone)
    assert imported("Jonas Weber")["unowned"] == {"owner: Jonas Weber": 1}


def test_all_pages_of_a_long_list_are_read(slack: LocalSlack, imported: Imported, store: Store) -> None:
    for number in range(PAGE):
        slack.control.person(f"U0NEW{number}", name=f"new{number}", real_name=f"New {number}")
    imported(f"New {PAGE - 1}")
    assert owner(store, 1) == f"U0NEW{PAGE - 1}"


def test_a_dry_run_finds_the_owners_and_keeps_nobody(imported: Imported, store: Store) -> None:
    assert imported("Jonas Weber", words=("--dry-run",))["unowned"] == {}
    with store.read(TEAM) as work:
        assert work.people.get("U0JONAS") is None


def test_slack_away_the_import_goes_on_and_says_what_is_missing(
    slack: LocalSlack, imported: Imported, store: Store
) -> None:
    slack.control.fault("error", "users.list", error="internal_error", count=50)
    report = imported("Jonas Weber", "mia")
    assert report["created"] == 2
    assert any("Slack does not list its members" in note for note in report["notes"])
    assert owner(store, 2) == "U0MIA"


def test_without_a_token_the_report_says_what_one_is_good_for(imported: Imported) -> None:
    report = imported("Jonas Weber", "mia", helpers=Helpers(LooksHere()))
    assert report["unowned"] == {"owner: Jonas Weber": 1}
    assert any("SLACK_BOT_TOKEN" in note for note in report["notes"])
    report = imported("mia", helpers=Helpers(LooksHere()))
    assert not any("SLACK_BOT_TOKEN" in note for note in report["notes"])


def test_the_same_file_gives_its_deals_their_owners_once_slack_tells(
    imported: Imported, store: Store
) -> None:
    imported("Jonas Weber", helpers=Helpers(LooksHere()))
    assert imported("Jonas Weber")["updated"] == 1
    assert owner(store, 1) == "U0JONAS"
    assert imported("Jonas Weber")["unchanged"] == 1


def test_slack_is_not_asked_for_a_file_without_owners(
    slack: LocalSlack, store: Store, database_url: str, tmp_path: Path, listing: Listing
) -> None:
    assert store.workspace()
    file = tmp_path / "deals.csv"
    file.write_text(f"id,stage,{Field.COMPANY}\n1,lead,Acme\n")
    line = [str(file), "--database", database_url]
    assert CliRunner().invoke(import_file, line, obj=Helpers(LooksHere(), listing)).exit_code == 0
    assert slack.control.log(method="users.list") == []
