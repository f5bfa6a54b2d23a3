"""Every button, menu, form and shortcut as people press them: in both languages, on both engines, over both transports."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.texts.english import English
from handlers.texts.languages import texts
from pipeline.deal import ChangeKind
from tests.running import wait_until
from tests.story.scene import Json, Scene, fields, shown

AHEAD = datetime.now(UTC).date() + timedelta(days=40)
# Any two of language, engine and transport meet once.
PAIRED = pytest.mark.parametrize(
    ("dialect", "transport", "language"),
    [
        ("sqlite", "http", "en"),
        ("sqlite", "socket", "de"),
        ("postgresql", "http", "de"),
        ("postgresql", "socket", "en"),
    ],
    indirect=["dialect", "transport"],
)


class Presser:
    """Ana in an English workspace, Jonas in a German one; labels are looked up, not repeated."""

    def __init__(self, scene: Scene, language: str) -> None:
        self.scene = scene
        self.who = {"en": "@ana", "de": "@jonas"}[language]
        self.texts: English = texts(language)
        scene.deal("@olga", f"settings language {language}")

    def stage(self, key: str) -> str:
        with self.scene.store.read("T0SALES") as work:
            stage = work.stages.pipeline().keyed(key)
        assert stage
        return self.texts.stage(stage)

    def kind(self) -> ChangeKind:
        return self.scene.changes()[-1].kind

    def card(self) -> Json:
        """As soon as it shows the present version."""
        version = self.scene.row().version
        painted = f"painted_version >= {version}"
        wait_until(lambda: self.scene.count("cards", painted), what="the card's repaint")
        return self.scene.card(shows="━")

    def menu(self, option: str) -> None:
        assert self.scene.control.click(self.who, "deal.menu", on=self.card(), select=option).ok

    def fills(self, **values: object) -> str:
        """What is said of the form that is open now."""
        before = self.scene.marked()
        assert self.scene.fill(self.who, **values).ok
        view = self.scene.control.modal(self.who)
        if view:
            self.scene.control.close_view(self.who, cleared=True)
            return shown(view)
        return str(self.scene.reply(before)["text"])

    def comes_to(self, act: Callable[[], object], kind: ChangeKind) -> None:
        act()
        wait_until(lambda: self.kind() is kind, what=kind)


@PAIRED
def test_every_button_and_form_does_what_stands_on_it(scene: Scene, language: str) -> None:
    on = Presser(scene, language)
    assert scene.control.shortcut(on.who, "deal.new").ok
    assert on.stage("lead") in on.fills(title="Acme renewal", value="12k")
    _walks_through_the_stages(on)
    _says_things(on)
    _on_home_and_messages(on)
    on.comes_to(lambda: on.menu(on.texts.void_deal), ChangeKind.VOIDED)


def _walks_through_the_stages(on: Presser) -> None:
    scene = on.scene
    scene.touch(on.who, on.card(), on.stage("qualification"))
    assert fields(scene.control.modal(on.who)) == ["contact"]
    assert f"→ {on.stage('qualification')}" in on.fills(contact="Carla Xu")
    assert f"→ {on.stage('lead')}" in scene.press(on.who, on.card(), on.stage("lead"))["text"]
    scene.touch(on.who, on.card(), on.stage("lost"))
    assert f"→ {on.stage('lost')}" in on.fills(reason="too expensive")
    assert f"→ {on.stage('lead')}" in scene.press(on.who, on.card(), on.texts.reopen)["text"]
    answer = scene.deal(on.who, "won D-1")
    assert f"→ {on.stage('won')}" in answer.text
    undone = scene.press(on.who, answer.message, on.texts.undo)
    assert on.texts.undone_to("D-1", "Acme renewal", on.stage("lead")) in undone["text"]


def _says_things(on: Presser) -> None:
    scene, texts = on.scene, on.texts
    on.menu(texts.edit_deal)
    assert "Acme Corp" in on.fills(company="Acme Corp")
    on.menu(texts.note_on_deal)
    assert "They called twice" in on.fills(note="They called twice")
    on.menu(texts.next_step_of)
    assert texts.day(AHEAD) in on.fills(next_step="Send the offer", next_step_on=AHEAD.isoformat())
    on.menu(texts.park_deal)
    assert texts.day(AHEAD) in on.fills(nurture_until=AHEAD.isoformat())
    scene.deal(on.who, "assign D-1 nobody")
    claimed = scene.press(on.who, on.card(), texts.claim_deal)["text"]
    assert on.who.removeprefix("@") in claimed
    row = scene.row()
    assert (row.company, row.next_step, row.nurture_until) == ("Acme Corp", "Send the offer", AHEAD)
    assert isinstance(row.next_step_on, date)


def _on_home_and_messages(on: Presser) -> None:
    scene, texts = on.scene, on.texts
    scene.control.open_home(on.who)
    scene.home(on.who, shows="Acme renewal")
    on.comes_to(lambda: scene.choose(on.who, "D-1", on.stage("qualification")), ChangeKind.MOVED)
    home = scene.home(on.who, shows=texts.new_deal)
    assert scene.control.click(on.who, "deal.new", view_id=home["id"]).ok
    assert "Beta rollout" in on.fills(title="Beta rollout")
    said = scene.control.say(on.who, "They like the pilot")
    assert scene.control.message_action(on.who, "deal.note", channel="#sales", ts=said["ts"]).ok
    assert "They like the pilot" in on.fills(deal="D-1")
    offered = scene.mention(on.who, "edit D-1")
    scene.touch(on.who, offered, texts.open_form)
    assert "fair" in on.fills(source="fair")
