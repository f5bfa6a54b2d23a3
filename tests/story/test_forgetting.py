"""A contact is forgotten in what stands in Slack already, as far as the bot has said it."""

import json

import pytest

from pipeline.orders import Note
from tests.running import wait_until
from tests.story.scene import CROSSED, Scene, shown


def thread(scene: Scene, holding: str, number: int) -> list[str]:
    """The lines below the card, once so many of them are there and one holds this."""
    with scene.store.read("T0SALES") as work:
        living = work.cards.living(1)
    assert living is not None

    def lines() -> list[str]:
        said = scene.control.messages("#sales", thread_ts=living[1])
        return [shown(each) for each in said if each.get("bot_id") and each["ts"] != living[1]]

    def there() -> bool:
        return len(lines()) == number and any(holding in each for each in lines())

    wait_until(there, what=f"{number} lines, one with {holding!r}")
    return lines()


def aloud(scene: Scene) -> str:
    """What everybody can read; what one person alone was shown is gone with their window."""
    return json.dumps([each for each in scene.control.messages("#sales") if not each["ephemeral"]])


def forget(scene: Scene, contact: str) -> str:
    asked = scene.deal("@olga", f"forget {contact}")
    return str(scene.press("@olga", asked.message, "Forget")["text"])


@CROSSED
def test_the_lines_below_a_card_are_written_anew_without_the_name(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.card()
    scene.done("U0ANA", Note(1, "Carla Bruni called"), Note(1, "She wants a pump"))
    scene.deal("@ana", "move D-1 lead carla is away")
    scene.say_at_once()
    thread(scene, "Carla Bruni called", 1)
    scene.done("U0ANA", Note(1, "Nothing new"))
    scene.say_at_once()
    thread(scene, "Nothing new", 2)
    said = forget(scene, "Carla")
    assert "is written anew without the name" in said
    lines = thread(scene, "note by ana: … Bruni called", 2)
    assert "She wants a pump" in lines[0]
    assert "Qualification → Lead generation by ana. … is away" in lines[0]
    assert "Nothing new" in lines[1]
    assert "carla" not in aloud(scene).casefold()
    assert scene.count("outbox", "kind = 'amend'") == 1


@CROSSED
def test_a_name_in_the_title_goes_from_every_line_and_from_the_win(scene: Scene) -> None:
    scene.at_stage("qualification", title="Renewal for Carla")
    scene.card()
    scene.deal("@ana", "won D-1")
    scene.say_at_once()
    scene.said_aloud("the first deal of this pipeline")
    thread(scene, "Renewal for Carla: Qualification → Won", 1)
    forget(scene, "Carla")
    thread(scene, "Renewal for …: Qualification → Won", 1)
    wait_until(lambda: "Carla" not in aloud(scene), what="the win")
    assert "D-1 Renewal for … is won" in shown(scene.said_aloud("the first deal of this pipeline"))


@CROSSED
def test_an_answer_to_a_mention_is_written_anew_without_the_name(scene: Scene) -> None:
    scene.at_stage("qualification")
    scene.deal("@ana", "note D-1 Carla called")
    said = scene.mention("@ana", "history D-1")
    assert "Carla called" in shown(said)
    forget(scene, "Carla")
    below = {"channel": "#sales", "thread_ts": said["thread_ts"]}

    def answer() -> str:
        return next(shown(each) for each in scene.control.messages(**below) if each["ts"] == said["ts"])

    wait_until(lambda: "… called" in answer(), what="the answer without the name")
    assert "Carla" not in answer()


@pytest.mark.parametrize("fault", ["cut", "cut_after"])
def test_a_line_is_written_anew_although_slack_is_away_for_a_moment(scene: Scene, fault: str) -> None:
    scene.at_stage("qualification")
    scene.card()
    scene.done("U0JONAS", Note(1, "Carla hat angerufen"))
    scene.say_at_once()
    thread(scene, "Carla hat angerufen", 1)
    scene.control.fault(fault, "chat.update", count=1)
    forget(scene, "Carla")
    thread(scene, "… hat angerufen", 1)
