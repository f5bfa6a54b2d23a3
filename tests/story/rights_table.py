"""What people do, by the right that it takes, and every door that it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count

from pipeline.permissions import Act
from tests.running import MAIN
from tests.story.doors import Doors

Press = Callable[[Doors, str, int], object]
_numbers = count(1)


@dataclass(frozen=True)
class Thing:
    """`line` is typed, mentioned and repeated by a button; `presses` are its other doors.

    `state` is how the deal stands before: lost, unowned, or there twice. Where the bot asks first, nothing is written.
    """

    act: Act
    line: str = ""
    presses: Mapping[str, Press] = field(default_factory=dict)
    state: str = ""
    asks: bool = False

    @property
    def doors(self) -> Mapping[str, Press]:
        if not self.line:
            return self.presses
        return {
            **{name: _say(name, self.line) for name in ("command", "mention", "repeated")},
            **self.presses,
        }


def _say(door: str, line: str) -> Press:
    def press(doors: Doors, who: str, number: int) -> object:
        new = next(_numbers)
        said = line.format(
            number,
            other=number - 1,
            title=f"Title {new}",
            days=new % 90 + 10,
            currency=("USD", "EUR", "GBP")[new % 3],
        )
        return getattr(doors, door)(who, said)

    return press


def _click(action: str, more: Mapping[str, str] | None = None, *, home: bool = False) -> Press:
    def press(doors: Doors, who: str, number: int) -> object:
        carried = {"d": number, "v": doors.scene.row(number).version, **_stage(doors, more or {})}
        return doors.click(who, action, carried, home=home)

    return press


def _menu(asked: str) -> Press:
    return lambda doors, who, number: doors.chosen(
        who, "deal.menu", {"d": number, "v": doors.scene.row(number).version, "f": asked}
    )


def _form(name: str, more: Mapping[str, object], **values: object) -> Press:
    def press(doors: Doors, who: str, number: int) -> object:
        carried = {"d": number, "v": doors.scene.row(number).version, "c": MAIN, **_stage(doors, more)}
        return doors.form(who, name, carried, values)

    return press


def _stage(doors: Doors, more: Mapping[str, object]) -> Mapping[str, object]:
    return {**more, "s": doors.scene.stage_id(str(more["s"]))} if "s" in more else more


def _new_form(doors: Doors, who: str, _number: int) -> object:
    return doors.form(who, "deal.new", {"c": MAIN}, {"title": f"Form {next(_numbers)}"})


def _shortcut(doors: Doors, who: str, number: int) -> object:
    return doors.noted_message(who, "They like it", f"D-{number}")


def _card(doors: Doors, who: str, number: int) -> object:
    """In a channel where the deal has none."""
    return doors.click(who, "deal.card", {"d": number}, channel="C0LEADS")


def _both(action: str, more: Mapping[str, str] | None = None) -> Mapping[str, Press]:
    return {"button": _click(action, more), "home": _click(action, more, home=True)}


def _forget(doors: Doors, who: str, _number: int) -> object:
    return doors.repeated(who, "forget Cy", again=True)


THINGS: tuple[Thing, ...] = (
    *(
        Thing(Act.LOOK, line)
        for line in (
            *(
                "show D-{0}",
                "history D-{0}",
                "list",
                "find deal",
                "top",
                "bottlenecks",
                "forecast",
                "call",
                "target",
                "changes since monday",
            ),
            *("help", "people", "stages", "settings"),
        )
    ),
    Thing(
        Act.LOOK, "board", {"switch": lambda doors, who, _number: doors.click(who, "deal.board/1", {"p": 1})}
    ),
    Thing(Act.CREATE, "new {title}", {"form": _new_form}),
    Thing(
        Act.CREATE, "new", {"button": _click("deal.new"), "home": _click("deal.new", home=True)}, asks=True
    ),
    Thing(Act.CREATE, presses={"card": _card}),
    Thing(
        Act.CHANGE,
        "move D-{0} qualification",
        {
            **_both("deal.move/2", {"s": "qualification"}),
            "form": _form("deal.gate", {"s": "qualification"}, contact="Carla"),
        },
    ),
    Thing(Act.CHANGE, "won D-{0}", _both("deal.move/6", {"s": "won"})),
    Thing(Act.CHANGE, "lost D-{0} too dear", {"form": _form("deal.gate", {"s": "lost"}, reason="dear")}),
    Thing(Act.CHANGE, "reopen D-{0}", _both("deal.reopen"), state="lost"),
    Thing(Act.CHANGE, presses={"after a refused form": _click("deal.form", {"s": "lost"})}, asks=True),
    Thing(
        Act.CHANGE, "value D-{0} 9k", {"form": _form("deal.say", {"f": "edit"}, title="Other", value="8k")}
    ),
    Thing(Act.CHANGE, "assign D-{0} @jonas", {"form": _form("deal.say", {"f": "edit"}, owner="U0JONAS")}),
    Thing(Act.CHANGE, "close-date D-{0} 2030-03-31"),
    Thing(Act.CHANGE, "next D-{0} call Carla 2030-01-15"),
    Thing(Act.CHANGE, "nurture D-{0} until 2030-02-01"),
    Thing(Act.CHANGE, "snooze D-{0} 3d", {"button": _menu("snooze")}),
    Thing(Act.CHANGE, "void D-{0}", {"menu": _menu("void")}),
    Thing(Act.CHANGE, "merge D-{0} D-{other}", state="twice"),
    Thing(Act.CHANGE, "claim D-{0}", _both("deal.claim"), state="unowned"),
    Thing(
        Act.CHANGE,
        "edit D-{0}",
        {
            **{asked: _menu(asked) for asked in ("edit", "next", "close", "nurture")},
            "ask": _click("deal.ask", {"f": "edit"}),
        },
        asks=True,
    ),
    Thing(
        Act.NOTE,
        "note D-{0} they called",
        {"form": _form("deal.note", {}, note="They called"), "shortcut": _shortcut},
    ),
    Thing(Act.NOTE, presses={"menu": _menu("note"), "ask": _click("deal.ask", {"f": "note"})}, asks=True),
    Thing(Act.CHANGE, "category D-{0} commit"),
    Thing(Act.CALL, "call {days}k quarter mine"),
    Thing(Act.TARGETS, "target {days}k quarter"),
    Thing(Act.UNDO, "undo D-{0}", _both("deal.undo")),
    Thing(Act.PEOPLE, "people @jonas manager"),
    Thing(Act.STAGES, "stages patience lead {days}"),
    Thing(Act.STAGES, "stages new Partners {days}: Contact, Pilot"),
    Thing(Act.SETTINGS, "settings currency {currency}"),
    Thing(Act.FORGET, "forget Cy", asks=True),
    Thing(Act.FORGET, presses={"button": _forget}),
)
