"""Asking for what a stage requires: opening forms and reading what comes back."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError

from handlers import misreading, refusals
from handlers.actions import read_value, whole
from handlers.amounts import UnreadableAmount, read_amount
from handlers.request import Door, Request
from handlers.services import Services
from handlers.slack_text import TextProblem, UnfitText, clean
from handlers.texts.english import English
from handlers.views.forms import MARKS, PIPELINE, Choice, gate_form, mark, new_form, say_form
from pipeline.errors import GateUnmet, Overtaken
from pipeline.letters import JSONDict, JSONValue
from pipeline.money import Money
from pipeline.orders import New, Said
from pipeline.ownership import vacated
from pipeline.stages import CATEGORIES, LIMITS, NOTE_LIMIT, Category, Field

log = logging.getLogger(__name__)
_DATES = (Field.CLOSE_ON, Field.NEXT_STEP_ON, Field.NURTURE_UNTIL, Field.SNOOZED_UNTIL)
_MULTILINE = (Field.NEED, Field.REASON)


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was typed into a form, and what of it cannot be taken, by field."""

    said: Said
    errors: Mapping[str, str]


def open_new(services: Services, request: Request) -> bool:
    """The form for a new deal; False if Slack refused to open it."""
    return open_view(services, request, new_view(services, request, New({Field.OWNER: request.person.id})))


def new_view(
    services: Services, request: Request, order: New, required: Sequence[Field] = (), notice: str = ""
) -> JSONDict:
    """The form over what was said of a new deal already."""
    with services.archive.read(request.workspace_id, request.until) as work:
        known = work.stages.all()
    # Where there is a choice, what one pipeline's first stage asks for must not bind another's deal.
    first = known[0].first.gate if len(known) == 1 else ()
    choice = Choice(known, order.pipeline_id)
    origin = {**origin_of(request), **({"again": True} if order.again else {})}
    return new_form(request.texts, order.fields, origin, required or first, notice, choice)


def ask(services: Services, request: Request, refusal: GateUnmet) -> JSONDict | None:
    """Ask for the missing fields; None where no form can be opened and a button must do."""
    if request.door is Door.FORM and all(field.value in request.values for field in refusal.missing):
        # Slack takes spaces for an answer.
        texts = request.texts
        blank: JSONDict = {field.value: texts.empty_field(texts.field(field)) for field in refusal.missing}
        return {"response_action": "errors", "errors": blank}
    view = _gate_view(services, request, refusal)
    if request.door is Door.FORM:
        return _in_its_place(view)
    return {} if request.trigger_id and open_view(services, request, view) else None


def _gate_view(services: Services, request: Request, refusal: GateUnmet) -> JSONDict:
    deal, stage, texts = refusal.deal, refusal.stage, request.texts
    if deal is None:
        notice = texts.first_gate(texts.stage(stage), [texts.field(field) for field in refusal.missing])
        return new_view(services, request, refusal.new or New({}), stage.gate, notice)
    typed = read_form(request).said if request.door is Door.FORM else {}
    origin = {**origin_of(request), "d": deal.number, "v": deal.version, "s": stage.id, "n": request.note}
    asked = tuple(field for field in Field if field in refusal.missing or field.value in request.values)
    return gate_form(deal, stage, asked, texts, origin, typed)


def ask_again(services: Services, request: Request, refusal: Overtaken) -> JSONDict | None:
    """The same form over the deal as it stands now, with what was typed; the rest shows what the deal says.

    None where a gate's form has no use any more: the deal is closed, or in that stage already.
    """
    deal, texts = refusal.deal, request.texts
    with services.archive.read(request.workspace_id, request.until) as work:
        pipeline, deal = work.stages.pipeline(deal.pipeline_id), vacated(work, deal)
    notice = texts.changed_meanwhile(refusals.what_happened(services, request, refusal, pipeline))
    fields = tuple(field for field in Field if field.value in request.values)
    typed = read_form(request).said
    renewed = {**request.origin, "v": deal.version}
    if "f" in renewed:
        # A field that was emptied stays empty, whatever the deal says.
        said = {field: typed.get(field) for field in fields if _touched(request, field)}
        return _in_its_place(say_form(deal, fields, texts, renewed, said, notice))
    stage_id = whole(renewed, "s")
    if not refusal.stage.is_open or stage_id is None or stage_id == refusal.stage.id:
        return None
    return _in_its_place(gate_form(deal, pipeline.stage(stage_id), fields, texts, renewed, typed, notice))


def _touched(request: Request, field: Field) -> bool:
    """Left as it was when the form was opened, a field says nothing against what a colleague said meanwhile."""
    opened = request.origin.get(MARKS)
    return not isinstance(opened, Mapping) or opened.get(field.value) != mark(request.values[field.value])


def below_their_fields(answer: JSONDict, view: Mapping[str, Any]) -> JSONDict:
    """Complaints by field become complaints by block, as Slack wants them."""
    errors = answer.get("errors")
    if not isinstance(errors, Mapping):
        return answer
    inputs = [each for each in view.get("blocks") or () if each.get("type") == "input"]
    places = {str(each["element"].get("action_id")): str(each["block_id"]) for each in inputs}
    return {**answer, "errors": {places.get(name, name): each for name, each in errors.items()}}


def _in_its_place(view: JSONDict) -> JSONDict:
    return {"response_action": "update", "view": view}


def origin_of(request: Request) -> JSONDict:
    """Where a form was opened; only ids and versions, checked again when they come back."""
    if request.door is Door.FORM:
        return {name: request.origin[name] for name in ("c", "t", "h") if name in request.origin}
    here = {"c": request.channel_id, "t": request.thread_ts, "h": request.door is Door.HOME}
    return {name: value for name, value in here.items() if value}


def read_form(request: Request) -> Submitted:
    """Form values arrive as typed and are never decoded."""
    said: dict[Field, Money | str | date | None] = {}
    errors: dict[str, str] = {}
    for field in Field:
        element = request.values.get(field.value)
        if element is None:
            continue
        try:
            value = _read(field, element, request)
        except UnfitText as unfit:
            errors[field] = _unfit(request.texts, field, unfit)
        except UnreadableAmount as unreadable:
            errors[field] = misreading.amount_sentence(unreadable, request.texts)
        else:
            if value is not None:
                said[field] = value
    return Submitted(said, errors)


def read_pipeline(request: Request) -> int | None:
    """None where there was nothing to choose from."""
    picked = request.values.get(PIPELINE, {}).get("selected_option")
    return whole(read_value(str(picked.get("value"))), "p") if isinstance(picked, Mapping) else None


def strangers(services: Services, request: Request, said: Said) -> Mapping[str, str]:
    owner = said.get(Field.OWNER)
    if owner is None or services.directory.person(request.workspace_id, str(owner), request.until).known:
        return {}
    return {Field.OWNER.value: request.texts.unknown_person(str(owner))}


def read_origin(view: JSONDict) -> JSONDict:
    return read_value(str(view.get("private_metadata") or ""))


def kept_note(text: JSONValue) -> str:
    """The note of a move that waits for its form."""
    try:
        return clean(str(text or ""), NOTE_LIMIT, multiline=True)
    except UnfitText:
        return ""


def _read(field: Field, element: Mapping[str, object], request: Request) -> Money | str | date | None:
    if field in _DATES:
        return _day(element.get("selected_date"))
    if field is Field.CATEGORY:
        return _category(element.get("selected_option"))
    if field is Field.OWNER:
        picked = element.get("selected_user")
        return str(picked) if picked else None
    typed = str(element.get("value") or "")
    if not typed.strip():
        return None
    if field is Field.VALUE:
        return read_amount(typed, request.currency)
    return clean(typed, LIMITS[field], multiline=field in _MULTILINE)


def _category(picked: object) -> Category | None:
    """None for what its stage says."""
    chosen = picked.get("value") if isinstance(picked, Mapping) else None
    return next((each for each in CATEGORIES if each == chosen), None)


def _day(picked: object) -> date | None:
    try:
        return date.fromisoformat(str(picked)) if picked else None
    except ValueError:
        return None


def _unfit(texts: English, field: Field, unfit: UnfitText) -> str:
    if unfit.problem is TextProblem.TOO_LONG:
        return texts.too_long(texts.field(field), unfit.limit)
    if unfit.problem is TextProblem.EMPTY:
        return texts.empty_field(texts.field(field))
    return texts.forbidden_character(texts.field(field))


def open_view(services: Services, request: Request, view: JSONDict) -> bool:
    try:
        services.slack.views_open(trigger_id=str(request.trigger_id), view=view)
    except (SlackClientError, OSError, HTTPException, ValueError) as error:
        reason = _reason(error)
        log.warning("views.open failed: %s", reason)
        # Another delivery of the same request has opened it.
        return reason == "exchanged_trigger_id"
    return True


def _reason(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
