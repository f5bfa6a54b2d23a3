"""The use cases: each takes a transaction, an occasion and an order, and answers or refuses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline import errors
from pipeline.calling import say_call, set_target
from pipeline.calls import Called, SayCall, SetTarget, Targeted
from pipeline.cards import CardShown, post_card
from pipeline.creating import create
from pipeline.editing import claim, edit
from pipeline.establishing import establish, rename
from pipeline.forgetting import Forgotten, forget
from pipeline.merging import merge
from pipeline.moving import move, reopen
from pipeline.noting import note, void
from pipeline.occasion import Occasion, Outcome, require
from pipeline.orders import (
    Appoint,
    Claim,
    Edit,
    Forget,
    Merge,
    Move,
    New,
    Note,
    Order,
    PostCard,
    Reopen,
    Snooze,
    Undo,
    Void,
)
from pipeline.ownership import note_absence
from pipeline.people import Person
from pipeline.permissions import Act, Role
from pipeline.ports import Work
from pipeline.settling import settle, show_money
from pipeline.shapes import (
    AddStage,
    AlterStage,
    ArchiveStage,
    Established,
    EstablishPipeline,
    MoneyShown,
    PlaceStage,
    RenamePipeline,
    RestoreStage,
    Settle,
    Settled,
    Shaped,
    ShowMoney,
)
from pipeline.shaping import shape
from pipeline.snoozing import snooze
from pipeline.undoing import undo


@dataclass(frozen=True, slots=True)
class Appointed:
    person: Person


Done = (
    Outcome
    | Forgotten
    | Appointed
    | CardShown
    | Shaped
    | Established
    | Settled
    | MoneyShown
    | Called
    | Targeted
)


def carry_out(work: Work, occasion: Occasion, order: Order) -> Done:
    return _CARRIERS[type(order)](work, occasion, order)


def appoint(work: Work, occasion: Occasion, order: Appoint) -> Appointed:
    require(work, occasion, Act.PEOPLE)
    person = work.people.get(order.person_id)
    if person is None:
        raise errors.UnknownPerson(order.person_id)
    if order.role and not person.active:
        raise errors.UnknownPerson(person.name)
    after = replace(person, stored_role=order.role)
    if after.role is not Role.ADMIN and set(work.people.admins()) == {person.id}:
        raise errors.LastAdmin
    work.people.appoint(person.id, order.role)
    note_absence(work, person, after)
    return Appointed(after)


_CARRIERS: Mapping[type[Order], Callable[[Work, Occasion, Any], Done]] = {
    New: create,
    Move: move,
    Reopen: reopen,
    Edit: edit,
    Claim: claim,
    Note: note,
    Void: void,
    Snooze: snooze,
    Merge: merge,
    Undo: undo,
    PostCard: post_card,
    Appoint: appoint,
    Forget: forget,
    AlterStage: shape,
    AddStage: shape,
    PlaceStage: shape,
    ArchiveStage: shape,
    RestoreStage: shape,
    EstablishPipeline: establish,
    RenamePipeline: rename,
    Settle: settle,
    ShowMoney: show_money,
    SayCall: say_call,
    SetTarget: set_target,
}
