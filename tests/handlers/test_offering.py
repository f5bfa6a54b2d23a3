"""What an answer offers is what its reader may do."""

from collections.abc import Iterator, Sequence
from typing import cast

import pytest

from handlers import blocks
from handlers.actions import Action, value
from handlers.answer import Answer, told
from handlers.blocks import button
from handlers.offering import ACTS, allowed, offered, unspent
from handlers.request import Door
from handlers.texts.english import English
from pipeline.letters import JSONDict
from pipeline.people import Person
from pipeline.permissions import Act, Role
from tests.views.gallery.catalogue import golden
from tests.views.gallery.sitter import DEAL, Sitter
from tests.views.reading import objects

GUEST = Person("T0SALES", "U0GUS", "Gus", Role.VIEWER)
REP = Person("T0SALES", "U0ANA", "Ana", Role.REP)
ADMIN = Person("T0SALES", "U0OLGA", "Olga", Role.ADMIN)
LOOKING = {Action.RUN, Action.BOARD, Action.LINK}


def pressed(action: str, carried: str) -> JSONDict:
    return button("Press", action, carried)


def messages() -> Iterator[tuple[str, Sequence[JSONDict]]]:
    for called, payload in golden(English()).items():
        if "blocks" in payload and payload.get("type") != "modal":
            yield called, cast("Sequence[JSONDict]", payload["blocks"])


def left(role: Person, *elements: JSONDict) -> list[object]:
    found = allowed([blocks.actions(*elements)], role.may)
    return [each["action_id"] for block in found for each in block["elements"]]  # type: ignore[index,union-attr,call-overload]


def test_every_action_has_the_act_that_it_takes() -> None:
    assert set(ACTS) == set(Action)


def test_of_all_that_is_ever_shown_a_guest_is_offered_looks_alone() -> None:
    for called, shown in messages():
        kept = allowed(shown, GUEST.may)
        actions = {each["action_id"].partition("/")[0] for each in objects(kept) if "action_id" in each}
        assert actions <= LOOKING, called


def test_of_all_that_is_ever_shown_nothing_is_withheld_from_an_admin() -> None:
    for called, shown in messages():
        assert allowed(shown, ADMIN.may) == shown, called


@pytest.mark.parametrize(
    ("line", "may"),
    [
        ("show D-42", True),
        ("liste meine", True),
        ("forecast", True),
        ("verschiebe D-42 lead", False),
        ("close date D-42 friday", False),
        ("new Acme", False),
        ("undo D-42", False),
        ("xyzzy", True),
    ],
)
def test_a_command_is_repeated_by_whoever_may_type_it(line: str, *, may: bool) -> None:
    assert bool(left(GUEST, pressed("deal.run/0", value(run=line)))) is may
    assert left(REP, pressed("deal.run/0", value(run=line)))


def test_a_menu_keeps_what_may_be_chosen_and_goes_with_the_last() -> None:
    options = [blocks.option(asked, value(d=1, v=1, f=asked)) for asked in ("edit", "note")]
    menu = blocks.overflow(Action.MENU, options)
    shown = allowed([blocks.actions(menu)], lambda act: act is Act.NOTE)
    assert shown == [blocks.actions(blocks.overflow(Action.MENU, options[1:]))]
    assert allowed([blocks.actions(menu)], GUEST.may) == []


def test_what_stands_beside_a_sentence_goes_without_it() -> None:
    beside = blocks.section("Said", accessory=pressed(Action.NEW, "new"))
    assert allowed([beside], GUEST.may) == [blocks.section("Said")]
    assert allowed([beside], REP.may) == [beside]


def test_a_button_of_another_version_is_left_to_its_listener() -> None:
    assert left(GUEST, pressed("deal.later/1", "{}")) == ["deal.later/1"]


def test_both_forms_of_a_report_are_offered_alike() -> None:
    row = blocks.actions(pressed(Action.UNDO, "{}"))
    answer = offered(Answer("Said", [blocks.section("Said"), row], [row]), GUEST.may)
    assert answer == Answer("Said", [blocks.section("Said")], [])
    assert offered(told("Said"), GUEST.may).message() == told("Said").message()


def test_only_what_offers_an_older_version_of_the_deal_is_spent() -> None:
    here = {"d": DEAL.number, "v": DEAL.version}
    undo, older = (value(**{**here, "v": DEAL.version - back}) for back in (0, 1))
    lasting = [
        pressed(Action.UNDO, undo),
        pressed(f"{Action.RUN}/0", value(run=f"value {DEAL.code} 9k")),
        pressed(Action.UNDO, value(d=DEAL.number + 1, v=1)),
    ]
    head = blocks.section("Said")
    shown = [head, blocks.actions(pressed(Action.UNDO, older), *lasting)]
    assert [*unspent(shown, DEAL)] == [head, blocks.actions(*lasting)]
    assert [*unspent([head, blocks.actions(pressed(Action.UNDO, older))], DEAL)] == [head]
    assert [*unspent(shown, None)] == shown


def test_what_everybody_reads_offers_what_anybody_may() -> None:
    asked = Sitter(DEAL, English()).request(person=GUEST)
    public = Sitter(DEAL, English()).request(Door.MENTION, person=GUEST)
    assert not asked.may(Act.CHANGE)
    assert public.may(Act.CHANGE)
