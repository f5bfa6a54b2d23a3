"""Who may do what, at every door: the matrix comes from the rules themselves."""

import json
from itertools import count
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from sqlalchemy import text

from handlers.actions import Action, Form
from handlers.grammar import COMMANDS, subject_of
from handlers.texts.english import English
from pipeline.money import Money
from pipeline.orders import Edit, Move, New, Said
from pipeline.permissions import Act, Role, least_role, may
from pipeline.stages import Field
from playground.receipts import Delivered
from tests.story.doors import Doors
from tests.story.rights_table import THINGS, Press, Thing
from tests.story.scene import CROSSED, QUALIFICATION, TEAM, Scene, shown

PEOPLE = {Role.VIEWER: "U0GUS", Role.REP: "U0ANA", Role.MANAGER: "U0MIA", Role.ADMIN: "U0OLGA"}
_titles = count(1)
# One number for all that a refusal leaves as it is: answers and receipts are no part of it.
_WRITTEN = text("""
SELECT (SELECT sum(version) FROM deals), (SELECT count(*) FROM changes), (SELECT count(*) FROM field_changes),
 (SELECT count(*) FROM outbox WHERE kind NOT IN ('reply', 'mention')), (SELECT sum(version) FROM pipelines),
 (SELECT count(*) FROM people WHERE stored_role IS NOT NULL),
 (SELECT currency FROM workspaces), (SELECT count(*) FROM calls), (SELECT count(*) FROM targets)
""")


def _deal(scene: Scene, owner: str | None, by: str, state: str = "") -> int:
    """A deal of somebody, even of a guest who was not one yet; its last change made by `by`."""
    title = f"Deal {next(_titles)}"
    said: Said = {Field.TITLE: title, Field.CONTACT: "Cy", Field.VALUE: Money(100, "EUR"), Field.OWNER: None}
    deal = scene.done("U0OLGA", New(said))
    if state == "lost":
        scene.done("U0OLGA", Move(deal.number, scene.stage_id("lost"), fields={Field.REASON: "dear"}))
    else:
        scene.done("U0OLGA", Edit(deal.number, {Field.SOURCE: "fair"}))
    with scene.store.begin(TEAM) as work:
        work.tx.connection.exec_driver_sql(
            f"UPDATE changes SET by = '{by}' WHERE deal_id = {deal.id} AND version = 2"  # noqa: S608 - our words
        )
        if owner:
            work.tx.connection.exec_driver_sql(f"UPDATE deals SET owner_id = '{owner}' WHERE id = {deal.id}")  # noqa: S608 - our words
    return deal.number


class Matrix:
    """What is answered is read where it is written down; the courier takes none of it away."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.doors = Doors(scene, response_url="https://slack.invalid/reply")
        scene.hush()
        with scene.store.begin(TEAM) as work:
            for who in PEOPLE.values():
                work.homes.opened(who, scene.bot.running.bot.services.clock())

    def written(self) -> tuple[object, ...]:
        with self.scene.store.engine.connect() as connection:
            return tuple(connection.execute(_WRITTEN).one())

    def prepared(self, thing: Thing, owner: str | None, by: str) -> int:
        if thing.state == "unowned":
            owner = None
        if thing.state == "twice":
            _deal(self.scene, owner, by)
        return _deal(self.scene, owner, by, thing.state)

    def does(self, thing: Thing, press: Press, who: str, number: int) -> tuple[bool, str]:
        """Whether something was written, and all that was said."""
        before, last = self.written(), self._last()
        answer = press(self.doors, who, number)
        changed = self.written() != before
        if thing.act is Act.PEOPLE:
            with self.scene.store.begin(TEAM) as work:
                work.people.appoint("U0JONAS", None)
        return changed, _dumped(_body(answer)) + self._said(who, last)

    def _last(self) -> int:
        with self.scene.store.engine.connect() as connection:
            return int(connection.execute(text("SELECT coalesce(max(id), 0) FROM outbox")).scalar_one())

    def _said(self, who: str, after: int) -> str:
        """Replies, answers to mentions, and what stands on a Home."""
        since, mine = {"after": after}, {"who": who}
        with self.scene.store.engine.begin() as connection:
            rows = [
                *connection.execute(text("SELECT payload FROM outbox WHERE id > :after"), since),
                *connection.execute(
                    text("SELECT notice FROM homes WHERE person_id = :who AND notice > ''"), mine
                ),
            ]
            connection.execute(text("UPDATE homes SET notice = NULL WHERE person_id = :who"), mine)
        return "".join(_dumped(json.loads(row[0])) for row in rows)


def _body(answer: object) -> Any:
    if isinstance(answer, Delivered):
        return answer.body
    assert isinstance(answer, httpx.Response)
    return answer.json() if answer.content else None


def _dumped(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False)


def _refusal(thing: Thing, role: Role, *, own: bool) -> str:
    """The one sentence in which every door refuses."""
    texts = English()
    if thing.act in (Act.CHANGE, Act.UNDO) and role is not Role.VIEWER:
        owner = "ben" if thing.act is Act.CHANGE else None
        return texts.no_right(texts.act(thing.act), texts.who_may(least_role(thing.act, own=own), owner))
    act = texts.any_undoing() if thing.act is Act.UNDO else texts.act(thing.act)
    return texts.no_right(act, texts.who_may(least_role(thing.act, own=True), None))


@pytest.mark.parametrize(
    ("dialect", "role"),
    [*(("sqlite", role) for role in Role), ("postgresql", Role.REP)],
    indirect=["dialect"],
)
def test_f39_at_every_door_a_person_does_what_their_role_may_and_is_refused_the_rest_alike(
    scene: Scene, role: Role
) -> None:
    matrix, who = Matrix(scene), PEOPLE[role]
    for thing in THINGS:
        whose = (True, False) if thing.act in (Act.CHANGE, Act.UNDO) and thing.state != "unowned" else (True,)
        for own in whose:
            _plays(matrix, thing, who, role, own=own)
    # A link is Slack's own to open, and a result has nothing to submit.
    assert matrix.doors.used == {*Action, *Form} - {Action.LINK, Form.RESULT}


def _plays(matrix: Matrix, thing: Thing, who: str, role: Role, *, own: bool) -> None:
    """Where the act is refused, one deal does for all doors: nothing happens to it."""
    allowed = may(role, thing.act, own=own)
    somebody = who if own else "U0BEN"
    number = 0
    for name, press in thing.doors.items():
        number = number if number and not allowed else matrix.prepared(thing, somebody, somebody)
        changed, said = matrix.does(thing, press, who, number)
        what = (role, own, name, thing, said)
        assert changed == (allowed and not thing.asks and thing.act is not Act.LOOK), what
        refusal = f'"text": "{_refusal(thing, role, own=own)}"'
        assert (refusal in said) == (not allowed), what


def test_every_word_and_every_button_has_its_place_in_the_matrix() -> None:
    words = {subject_of(thing.line.split()[0]) for thing in THINGS if thing.line}
    assert words == {command.subject for command in COMMANDS}
    assert {thing.act for thing in THINGS} == set(Act) - {Act.IMPORT}


def test_f39_an_unowned_deal_is_everybodys_but_a_guests(scene: Scene) -> None:
    number = _deal(scene, None, "U0OLGA")
    scene.deal("@gus", f"value D-{number} 9k")
    assert scene.row(number).version == 2
    scene.deal("@ana", f"value D-{number} 9k")
    assert scene.row(number).version == 3


@CROSSED
def test_f39_somebody_who_left_changes_nothing(scene: Scene) -> None:
    scene.at_stage("lead")
    held = scene.control.prepare("command", user="@ana", command="/deal", text="won D-1", channel="#sales")
    scene.control.person("@ana", fire=True, deleted=True)
    scene.send(held)
    assert scene.stage() == "lead"


@pytest.mark.parametrize("kind", ["command", "click", "form", "event"])
def test_f39_a_request_of_another_workspace_is_refused(scene: Scene, kind: str) -> None:
    scene.at_stage("qualification")
    scene.card(shows=QUALIFICATION)
    before = scene.state()
    answer = _from_elsewhere(scene, kind)
    assert answer.status_code == httpx.codes.OK
    assert scene.state() == before
    assert scene.stage() == "qualification"


def _from_elsewhere(scene: Scene, kind: str) -> httpx.Response:
    if kind == "click":
        held = scene.held("@ana", scene.card(), "Lost")
    elif kind == "form":
        scene.deal("@ana", "")
        held = scene.control.prepare("submit", user="@ana", values={"title": "Acme"})
    elif kind == "event":
        held = scene.control.prepare("mention", user="@ana", text="won D-1", channel="#sales")
    else:
        held = scene.control.prepare(
            "command", user="@ana", command="/deal", text="won D-1", channel="#sales"
        )
    answer = scene.send(held, held.body.replace("T0SALES", "T0OTHER"))
    if kind == "command":
        assert "another workspace" in shown(answer.json()) or "another workspace" in answer.json()["text"]
    return answer


def test_f39_a_person_of_another_firm_looks_and_changes_nothing(scene: Scene) -> None:
    scene.at_stage("lead")
    told = scene.deal("@pat", "show D-1", channel="#partners")
    assert "€" not in shown(told.message)
    doors = Doors(scene)
    doors.click("U0PAT", "deal.move/7", {"d": 1, "v": 1, "s": scene.stage_id("lost")})
    assert doors.verdict("U0PAT") == "NoRight"
    assert scene.stage() == "lead"


def test_f39_the_log_tells_who_was_refused(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene.at_stage("lead", by="U0BEN")
    with caplog.at_level("INFO"):
        scene.deal("@ana", "move D-1 qualification")
    assert "U0ANA" in caplog.text
    assert "change" in caplog.text


def test_a_body_is_read_as_the_form_that_it_is(scene: Scene) -> None:
    """The helper above forges what Slack would send; the real thing looks alike."""
    scene.at_stage("lead")
    held = scene.held("@ana", scene.card(), "Lost")
    payload = json.loads(parse_qs(held.body)["payload"][0])
    assert {"type", "user", "team", "container", "channel", "actions"} <= set(payload)


def test_a_role_is_given_whichever_word_comes_first(scene: Scene) -> None:
    assert "ben is manager now" in scene.told("@olga", "people manager @ben")
    assert "ben is rep now" in scene.told("@olga", "people @ben rep")
