"""Two people, two presses, four deliveries: one change, and everybody is told the truth."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from playground.receipts import Prepared
from tests.running import wait_until
from tests.story.scene import BOTH_ENGINES, CROSSED, LEAD, QUALIFICATION, Scene, shown

COPIES = 4


def at_once(scene: Scene, *prepared: Prepared) -> list[httpx.Response]:
    """Sent together, by as many senders."""
    barrier = Barrier(len(prepared))

    def send(each: Prepared) -> httpx.Response:
        barrier.wait()
        return scene.send(each)

    with ThreadPoolExecutor(len(prepared)) as senders:
        return list(senders.map(send, prepared))


@BOTH_ENGINES
def test_f01_a_command_delivered_four_times_at_once_is_carried_out_once(scene: Scene) -> None:
    scene.at_stage("qualification")
    before = scene.state()
    held = scene.control.prepare(
        "command", user="@ana", command="/deal", text="move D-1 lead", channel="#sales"
    )
    answers = at_once(scene, *[held] * COPIES)
    assert len({answer.text for answer in answers}) == 1
    assert "Qualification → Lead generation by ana" in answers[0].json()["text"]
    assert scene.row().version == 3
    changes, letters = scene.state()[1] - before[1], scene.state()[-1] - before[-1]
    assert (changes, letters) == (1, 0)  # the line in the thread is one with that of the move before


@BOTH_ENGINES
def test_f01_a_new_deal_delivered_four_times_at_once_is_one_deal(scene: Scene) -> None:
    held = scene.control.prepare("command", user="@ana", command="/deal", text="new Acme", channel="#sales")
    answers = at_once(scene, *[held] * COPIES)
    assert len({answer.text for answer in answers}) == 1
    assert "D-1 Acme is in Lead generation" in answers[0].text
    assert scene.count("deals") == 1
    assert scene.count("outbox", "kind = 'card'") == 1


@BOTH_ENGINES
def test_f01_a_click_delivered_four_times_at_once_is_answered_once(scene: Scene) -> None:
    scene.at_stage("qualification")
    held = scene.held("@ana", scene.card(shows=QUALIFICATION), "Lead generation")
    before = scene.marked()
    assert {answer.status_code for answer in at_once(scene, *[held] * COPIES)} == {200}
    assert "Qualification → Lead generation" in scene.reply(before)["text"]
    assert scene.row().version == 3
    assert scene.count("outbox", "kind = 'reply'") == 1


@BOTH_ENGINES
def test_f01_a_form_delivered_four_times_at_once_makes_one_deal(scene: Scene) -> None:
    scene.deal("@ana", "", channel="#random")
    held = scene.control.prepare("submit", user="@ana", values={"title": "Acme"})
    answers = at_once(scene, *[held] * COPIES)
    assert len({answer.text for answer in answers}) == 1
    assert "D-1 Acme is in Lead generation" in answers[0].text
    assert scene.count("deals") == 1


@BOTH_ENGINES
def test_f01_a_form_is_opened_once_by_four_deliveries(scene: Scene) -> None:
    scene.at_stage("lead")
    held = scene.control.prepare(
        "command", user="@ana", command="/deal", text="move D-1 qualification", channel="#sales"
    )
    answers = {answer.text for answer in at_once(scene, *[held] * COPIES)}
    assert answers == {""}
    assert scene.control.modal("@ana")
    assert scene.row().version == 1


def test_f01_a_mention_delivered_again_is_answered_once(scene: Scene) -> None:
    scene.at_stage("qualification")
    held = scene.control.prepare("mention", user="@ana", text="move D-1 lead", channel="#sales")
    assert {answer.status_code for answer in at_once(scene, *[held] * COPIES)} == {200}
    wait_until(lambda: scene.count("outbox", "kind = 'mention' AND state = 'sent'"), what="the answer")
    assert scene.count("outbox", "kind = 'mention'") == 1
    assert scene.row().version == 3


@pytest.mark.parametrize("transport", ["socket"], indirect=True)
def test_f01_by_socket_an_envelope_delivered_again_changes_nothing(scene: Scene) -> None:
    scene.at_stage("qualification")
    said = scene.deal("@ana", "move D-1 lead")
    again = scene.control.retry(said.id)
    assert again.body == said.body
    assert scene.row().version == 3


@BOTH_ENGINES
def test_f38_a_request_replayed_within_five_minutes_changes_nothing(scene: Scene) -> None:
    held = scene.control.prepare("command", user="@ana", command="/deal", text="new Acme", channel="#sales")
    first = httpx.post(scene.url, content=held.body, headers=held.headers)
    before = scene.state()
    replayed = httpx.post(scene.url, content=held.body, headers=held.headers)
    assert (replayed.status_code, replayed.text) == (200, first.text)
    assert scene.state() == before


@BOTH_ENGINES
def test_f02_a_retry_of_what_never_arrived_is_carried_out(scene: Scene) -> None:
    scene.at_stage("qualification")
    held = scene.control.prepare("mention", user="@ana", text="move D-1 lead", channel="#sales")
    retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    assert scene.send(held, **retry).status_code == httpx.codes.OK
    assert scene.stage() == "lead"


@CROSSED
def test_f05_a_double_click_gives_the_same_answer_and_one_change(scene: Scene) -> None:
    scene.at_stage("qualification")
    card = scene.card(shows=QUALIFICATION)
    presses = [scene.pressed_late("@ana", card, "Lead generation") for _ in range(2)]
    first, second = (press() for press in presses)
    assert first["text"] == second["text"]
    assert "Qualification → Lead generation by ana" in first["text"]
    assert scene.row().version == 3


@BOTH_ENGINES
def test_of_two_people_the_second_is_told_who_moved_it_where(scene: Scene) -> None:
    scene.at_stage("qualification")
    card = scene.card(shows=QUALIFICATION)
    mia, ana = scene.pressed_late("@mia", card, "Lead generation"), scene.pressed_late("@ana", card, "Lost")
    assert "Qualification → Lead generation by mia" in mia()["text"]
    loser = ana()
    assert "mia moved it to Lead generation a moment ago" in loser["text"]
    assert LEAD in shown(loser)
    assert json.loads(_values(loser)[0])["v"] == 3
    assert (scene.stage(), scene.row().version) == ("lead", 3)


def _values(message: dict[str, object]) -> list[str]:
    blocks = message["blocks"]
    assert isinstance(blocks, list)
    return [each["value"] for block in blocks for each in block.get("elements", ()) if each.get("value")]


@CROSSED
def test_f04_a_button_of_before_is_refused_with_the_card_as_it_stands(scene: Scene) -> None:
    scene.at_stage("qualification")
    stale = scene.pressed_late("@ana", scene.card(shows=QUALIFICATION), "Lost")
    scene.deal("@ana", "value D-1 15k")
    before = scene.state()
    refused = stale()
    assert "ana changed it a moment ago (Value)." in refused["text"]
    assert "€15,000" in shown(refused)
    assert scene.state() == before
    assert scene.stage() == "qualification"
