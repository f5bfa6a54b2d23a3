"""Listeners for deals: the command, the buttons, the forms and the shortcut."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext, BoltResponse

from handlers import answering, asking, forms
from handlers.actions import NOTE, Action, Form, read_value, whole
from handlers.commands.finding import show_board
from handlers.commands.reading import named_pipeline
from handlers.commands.running import run
from handlers.entrance import from_click, from_command, from_form, from_shortcut
from handlers.mentions import named
from handlers.request import Request
from handlers.services import Services
from handlers.slack_text import decode
from handlers.trace import MISREAD, OTHER
from handlers.views.naming import called
from pipeline.errors import MadeAlready
from pipeline.letters import JSONDict
from pipeline.orders import Claim, Edit, Move, New, Order, PostCard, Reopen, Snooze, Undo, Void
from pipeline.ports import Work
from pipeline.stages import Field

Body = dict[str, Any]
SNOOZED_FOR = timedelta(days=3)


def on_command(ack: Ack, body: Body, context: BoltContext) -> BoltResponse:
    services: Services = context["services"]
    request = from_command(services, context, body)
    answer = run(services, request, str(body.get("text") or ""))
    return _acknowledge(ack, answer)


def on_click(ack: Ack, body: Body, context: BoltContext) -> BoltResponse:
    services: Services = context["services"]
    request = from_click(services, context, body)
    pressed = body["actions"][0]
    name = str(pressed.get("action_id", "")).partition("/")[0]
    selected = pressed.get("selected_option") or {}
    carried = read_value(str(selected.get("value") or pressed.get("value") or ""))
    if carried.get("keep") is True:
        # A list stays, so that its next row can be pressed.
        request = replace(request, on_ephemeral=False)
    press = _PRESSES.get(name)
    request.trace.act = name if press else OTHER
    if press is not None:
        press(services, request, carried)
    return ack()


def on_form(ack: Ack, body: Body, context: BoltContext) -> BoltResponse:
    services: Services = context["services"]
    request = from_form(services, context, body)
    name = str(body["view"].get("callback_id"))
    submit = _FORMS.get(name)
    request.trace.act = name if submit else OTHER
    answer = submit(services, request) if submit else {}
    return _acknowledge(ack, forms.below_their_fields(answer, body["view"]))


def on_shortcut(ack: Ack, body: Body, context: BoltContext) -> BoltResponse:
    services: Services = context["services"]
    request = from_shortcut(services, context, body)
    request.trace.act = body["callback_id"] if body.get("callback_id") in (Form.NEW, Form.NOTE) else OTHER
    if body.get("callback_id") == Form.NEW:
        asking.ask_new_from_anywhere(services, request)
    if body.get("callback_id") == Form.NOTE:
        _note_on(services, request, body.get("message") or {})
    return ack()


def _note_on(services: Services, request: Request, message: Body) -> None:
    """What somebody wrote becomes a note on the deal in whose thread it stands, or on one that they name."""
    with services.archive.read(request.workspace_id, request.until) as work:
        places = (message.get("thread_ts"), message.get("ts"))
        shown = [work.cards.deal_shown(str(request.channel_id), str(ts)) for ts in places if ts]
        deal = next((work.deals.by_id(each) for each in shown if each), None)
    own = bool(message.get("bot_id"))
    words = named(services, request, decode("" if own else str(message.get("text") or "")))
    asking.ask_note(services, request, deal, words.spelled(words.text))


def _acknowledge(ack: Ack, answer: JSONDict) -> BoltResponse:
    """Our dicts are what Slack reads; an empty one says nothing."""
    return ack(answer) if answer else ack()


def _press_move(services: Services, request: Request, carried: JSONDict) -> None:
    number, version, stage_id = (whole(carried, name) for name in ("d", "v", "s"))
    if number and version and stage_id:
        order = Move(number, stage_id, expected=version, channel_id=request.channel_id)
        answering.write(services, request, lambda work: _looked_at(work, order, number))


def _press_undo(services: Services, request: Request, carried: JSONDict) -> None:
    number, version = whole(carried, "d"), whole(carried, "v")
    if number and version:
        answering.write(services, request, lambda _work: Undo(number, expected=version))


def _press_reopen(services: Services, request: Request, carried: JSONDict) -> None:
    number, version = whole(carried, "d"), whole(carried, "v")
    if number and version:
        order = Reopen(number, whole(carried, "s"), expected=version)
        answering.write(services, request, lambda work: _looked_at(work, order, number))


def _press_form(services: Services, request: Request, carried: JSONDict) -> None:
    """The form that could not be opened before; the deal may have changed since."""
    number, version, stage_id = (whole(carried, name) for name in ("d", "v", "s"))
    if number and version and stage_id:
        order = Move(number, stage_id, expected=version, note=forms.kept_note(carried.get("n")))
        answering.write(services, request, lambda work: _onwards(work, order))


def _press_new(services: Services, request: Request, _carried: JSONDict) -> None:
    asking.ask_new(services, request)


def _press_card(services: Services, request: Request, carried: JSONDict) -> None:
    number, channel = whole(carried, "d"), request.channel_id
    if number and channel:
        answering.write(services, request, lambda _work: PostCard(number, channel))


def _press_run(services: Services, request: Request, carried: JSONDict) -> None:
    line = carried.get("run")
    if isinstance(line, str):
        page = whole(carried, "page") or 1
        run(services, replace(request, page=page), line, again=carried.get("again") is True)


def _press_menu(services: Services, request: Request, carried: JSONDict) -> None:
    number, version = whole(carried, "d"), whole(carried, "v")
    build = _AT_ONCE.get(str(carried.get("f")))
    if build is None:
        _press_ask(services, request, carried)
    elif number and version:
        order = build(number, version, services.house.today(request.at))
        answering.write(services, request, lambda _work: order)


def _void(number: int, version: int, _today: date) -> Order:
    return Void(number, expected=version)


def _step_done(number: int, version: int, _today: date) -> Order:
    return Edit(number, {Field.NEXT_STEP: "", Field.NEXT_STEP_ON: None}, expected=version)


def _snooze(number: int, version: int, today: date) -> Order:
    return Snooze(number, today + SNOOZED_FOR, expected=version)


# What a menu offers that needs nothing typed.
_AT_ONCE: Mapping[str, Callable[[int, int, date], Order]] = {
    "void": _void,
    "done": _step_done,
    "snooze": _snooze,
}


def _press_ask(services: Services, request: Request, carried: JSONDict) -> None:
    number, asked = whole(carried, "d"), str(carried.get("f"))
    if number and (asked == NOTE or asked in asking.ASKED):
        asking.ask(services, request, asked, lambda work: work.deals.by_number(number))


def _press_claim(services: Services, request: Request, carried: JSONDict) -> None:
    number, version = whole(carried, "d"), whole(carried, "v")
    if number and version:
        answering.write(services, request, lambda _work: Claim(number, expected=version))


def _press_board(services: Services, request: Request, carried: JSONDict) -> None:
    pipeline_id = whole(carried, "p")
    if pipeline_id:
        show_board(services, request, pipeline_id)


def _press_link(_services: Services, _request: Request, _carried: JSONDict) -> None:
    """Slack opens the link by itself."""


def _onwards(work: Work, order: Move) -> Order:
    """A deal that is closed, and was when the form was asked for, is opened again by its move."""
    deal = work.deals.by_number(order.number)
    stage = work.stages.pipeline(deal.pipeline_id).stage(deal.stage_id)
    if stage.is_open or deal.version != order.expected:
        return order
    return Reopen(order.number, order.stage_id, expected=order.expected, fields=order.fields)


def _looked_at(work: Work, order: Order, number: int) -> Order:
    work.cards.looked_at(work.deals.by_number(number).id)
    return order


_PRESSES: Mapping[str, Callable[[Services, Request, JSONDict], None]] = {
    Action.MOVE: _press_move,
    Action.UNDO: _press_undo,
    Action.REOPEN: _press_reopen,
    Action.FORM: _press_form,
    Action.NEW: _press_new,
    Action.CARD: _press_card,
    Action.RUN: _press_run,
    Action.LINK: _press_link,
    Action.MENU: _press_menu,
    Action.ASK: _press_ask,
    Action.CLAIM: _press_claim,
    Action.BOARD: _press_board,
}


def _submit_new(services: Services, request: Request) -> JSONDict:
    typed = forms.read_form(request)
    strangers = forms.strangers(services, request, typed.said)
    if typed.errors or strangers:
        request.trace.verdict = MISREAD
        return {"response_action": "errors", "errors": {**typed.errors, **strangers}}
    again = request.origin.get("again") is True
    order = New(typed.said, request.channel_id, forms.read_pipeline(request), again=again)
    try:
        return answering.write(services, request, partial(_in_known, request, order), spoken=(MadeAlready,))
    except MadeAlready as made:
        text = request.texts.made_already(*called(made.deal))
        view = forms.new_view(services, request, replace(order, again=True), notice=text)
        return {"response_action": "update", "view": view}


def _in_known(request: Request, order: New, work: Work) -> New:
    """What a form carries is looked up again."""
    if order.pipeline_id is not None and all(each.id != order.pipeline_id for each in work.stages.all()):
        named_pipeline(request, work, f"#{order.pipeline_id}")
    return order


def _submit_gate(services: Services, request: Request) -> JSONDict:
    """Saving finishes the move: stage, version and rights are checked again."""
    typed = forms.read_form(request)
    number, version, stage_id = (whole(request.origin, name) for name in ("d", "v", "s"))
    if typed.errors:
        request.trace.verdict = MISREAD
    if typed.errors or not (number and version and stage_id):
        return {"response_action": "errors", "errors": dict(typed.errors)} if typed.errors else {}
    note = forms.kept_note(request.origin.get("n"))
    order = Move(
        number, stage_id, expected=version, note=note, fields=typed.said, channel_id=request.channel_id
    )
    return answering.write(services, request, lambda work: _onwards(work, order))


_FORMS: Mapping[str, Callable[[Services, Request], JSONDict]] = {
    Form.NEW: _submit_new,
    Form.GATE: _submit_gate,
    Form.SAY: asking.submit_fields,
    Form.NOTE: asking.submit_note,
}
