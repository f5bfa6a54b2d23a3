"""What Slack tells: people and channels that change, and events that are nobody's business."""

import httpx
import pytest

from handlers.news import EVENTS
from pipeline.people import Channel
from pipeline.permissions import Role
from tests.running import wait_until
from tests.story.scene import BOTH_ENGINES, CROSSED, TEAM, Scene, shown

OTHERS = (
    "message",
    "reaction_added",
    "channel_created",
    "file_shared",
    "link_shared",
    "team_rename",
    "x.y",
    "",
)
CHANNEL = {"id": "C0SALES", "name": "sales-emea", "created": 1}
PERSON = {"id": "U0ANA", "name": "ana", "profile": {"display_name": "Ana"}}


@CROSSED
def test_f45_every_event_is_acknowledged_whether_somebody_listens_or_not(scene: Scene) -> None:
    scene.at_stage("lead")
    for kind in (*EVENTS, *OTHERS):
        changed = kind in ("user_change", "team_join")
        renamed = kind.endswith("_rename")
        told = scene.control.event(
            {
                "type": kind,
                "user": PERSON if changed else "U0ANA",
                "channel": CHANNEL if renamed else "C0SALES",
                "text": "<@U0BOT> help",
                "tab": "home",
                "ts": "1.1",
                "event_ts": "1.1",
            }
        )
        assert (told.status, told.error) == (httpx.codes.OK, ""), kind
        assert len(told.attempts) == 1, kind


def test_f46_an_event_that_goes_wrong_leaves_an_incident_in_the_log(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.incidents = True
    told = scene.control.event({"type": "user_change", "user": {"name": "nobody"}})
    assert told.status == httpx.codes.OK
    assert "incident" in caplog.text


def test_a_mention_by_an_app_is_nobodys(scene: Scene) -> None:
    told = scene.control.event(
        {
            "type": "app_mention",
            "bot_id": "B0OTHER",
            "text": "<@U0BOT> new Acme",
            "channel": "C0SALES",
            "ts": "1.1",
        }
    )
    assert told.status == httpx.codes.OK
    assert scene.count("deals") == 0


def channel(scene: Scene, channel_id: str = "C0SALES") -> Channel:
    with scene.store.read(TEAM) as work:
        found = work.channels.get(channel_id)
    assert found is not None
    return found


@BOTH_ENGINES
def test_what_happens_to_a_channel_is_written_down(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card()
    control = scene.control
    control.channel("#sales", fire=True, rename="sales-emea")
    assert channel(scene).name == "sales-emea"
    control.channel("C0SALES", fire=True, ext_shared=True)
    assert channel(scene).shared
    control.channel("C0SALES", fire=True, ext_shared=False)
    assert not channel(scene).shared
    control.channel("C0SALES", fire=True, archived=True)
    assert channel(scene).archived
    control.channel("C0SALES", fire=True, archived=False)
    assert not channel(scene).archived
    control.channel("C0SALES", fire=True, remove=["U0BOT"])
    assert not channel(scene).member
    control.channel("C0SALES", fire=True, add=["U0BOT"])
    assert channel(scene).member


def test_a_private_channel_is_archived_by_an_event_of_its_own(scene: Scene) -> None:
    scene.control.channel("#board-room", add=["U0BOT"])
    scene.deal("@mia", "new Acme renewal", channel="#board-room")
    scene.card(channel="#board-room")
    scene.control.channel("#board-room", fire=True, archived=True)
    assert channel(scene, "C0BOARD").archived
    scene.control.channel("#board-room", fire=True, archived=False, rename="board")
    assert (channel(scene, "C0BOARD").archived, channel(scene, "C0BOARD").name) == (False, "board")


def test_a_card_that_could_not_be_posted_follows_once_the_bot_is_back(scene: Scene) -> None:
    scene.at_stage("lead")
    scene.card()
    scene.control.channel("#sales", remove=["U0BOT"])
    scene.deal("@ana", "new Beta rollout")
    wait_until(
        lambda: scene.count("outbox", "state = 'parked'") or scene.control.messages("@ana"), what="parking"
    )
    assert not scene.cards("D-2")
    scene.control.channel("#sales", fire=True, add=["U0BOT"])
    scene.card("D-2")


@CROSSED
def test_what_happens_to_a_person_changes_name_role_and_language(scene: Scene) -> None:
    scene.at_stage("qualification", by="U0BEN")
    assert "managers and admins" in scene.told("@ana", "move D-1 lead")
    scene.control.person("@ana", fire=True, is_admin=True, name="anathegreat", locale="de-DE")
    said = scene.told("U0ANA", "move D-1 lead")
    assert "anathegreat" in said
    assert "Qualifizierung" in said
    scene.control.person("U0ANA", fire=True, is_admin=False, is_restricted=True)
    assert "€" not in shown(scene.deal("U0ANA", "show D-1").message)
    assert scene.row().version == 3


def test_who_joins_is_known_at_once(scene: Scene) -> None:
    scene.control.person("U0NINA", fire=True, name="nina")
    with scene.store.read(TEAM) as work:
        nina = work.people.get("U0NINA")
    assert nina is not None
    assert (nina.name, nina.role) == ("nina", Role.REP)


class TestAStranger:
    """Nobody has told the bot who Ana is."""

    @pytest.fixture
    def acquainted(self) -> bool:
        return False

    def test_somebody_new_is_asked_for_once(self, scene: Scene) -> None:
        scene.deal("@jonas", "new Acme Verlängerung")
        assert "Lead-Generierung" in scene.told("@jonas", "zeige D-1")
        assert len(scene.control.log(method="users.info")) == 1

    def test_whom_slack_does_not_describe_acts_as_a_rep_without_money(self, scene: Scene) -> None:
        scene.control.fault("error", "users.info", error="internal_error", count=50)
        said = scene.deal("@ana", "new Acme renewal 12k")
        assert "D-1 Acme renewal" in said.text
        assert "€" not in shown(said.message)
        scene.control.lift_faults()
        assert "€12,000" in shown(scene.deal("@ana", "show D-1").message)
