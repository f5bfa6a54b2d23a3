"""Who may do what: one table for every door, and for README and help."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    VIEWER = "viewer"
    REP = "rep"
    MANAGER = "manager"
    ADMIN = "admin"

    def reaches(self, other: "Role") -> bool:
        return _RANKS[self] >= _RANKS[other]


_RANKS: Mapping[Role, int] = {role: rank for rank, role in enumerate(Role)}


class Act(StrEnum):
    LOOK = "look"
    CREATE = "create"
    CHANGE = "change"
    NOTE = "note"
    CALL = "call"
    TARGETS = "targets"
    UNDO = "undo"
    IMPORT = "import"
    PEOPLE = "people"
    FORGET = "forget"
    STAGES = "stages"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Right:
    """The least role for one's own (or unowned) things, and for anybody's."""

    own: Role
    any: Role


RIGHTS: Mapping[Act, Right] = {
    Act.LOOK: Right(own=Role.VIEWER, any=Role.VIEWER),
    Act.CREATE: Right(own=Role.REP, any=Role.REP),
    Act.CHANGE: Right(own=Role.REP, any=Role.MANAGER),
    Act.NOTE: Right(own=Role.REP, any=Role.REP),
    Act.CALL: Right(own=Role.REP, any=Role.MANAGER),
    Act.TARGETS: Right(own=Role.MANAGER, any=Role.MANAGER),
    Act.UNDO: Right(own=Role.REP, any=Role.MANAGER),
    Act.IMPORT: Right(own=Role.MANAGER, any=Role.MANAGER),
    Act.PEOPLE: Right(own=Role.ADMIN, any=Role.ADMIN),
    Act.FORGET: Right(own=Role.ADMIN, any=Role.ADMIN),
    Act.STAGES: Right(own=Role.ADMIN, any=Role.ADMIN),
    Act.SETTINGS: Right(own=Role.ADMIN, any=Role.ADMIN),
}


def may(role: Role, act: Act, *, own: bool) -> bool:
    right = RIGHTS[act]
    return role.reaches(right.own if own else right.any)


def least_role(act: Act, *, own: bool) -> Role:
    right = RIGHTS[act]
    return right.own if own else right.any
