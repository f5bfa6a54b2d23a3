"""Forms that say something of a deal: its fields, the next step, a rest, a note."""

from collections.abc import Callable, Mapping

from handlers import answering, forms, refusals
from handlers.actions import NOTE, Action, value, whole
from handlers.answer import told
from handlers.blocks import button
from handlers.request import Request
from handlers.resolution import deal_in
from handlers.services import Services
from handlers.slack_text import TextProblem, UnfitText, clean
from handlers.views.forms import note_form, result_view, say_form
from handlers.views.naming import called
from handlers.vocabulary.command import EXAMPLE
from pipeline.deal import Deal
from pipeline.errors import Refusal, SeveralDeals, UnknownDeal
from pipeline.letters import JSONDict
from pipeline.occasion import require, require_change
from pipeline.orders import Edit, Note, Said
from pipeline.ownership import vacated
from pipeline.permissions import Act
from pipeline.ports import Work
from pipeline.stages import NOTE_LIMIT, Field

ASKED: Mapping[str, tuple[Field, ...]] = {
    "edit": (
        Field.TITLE,
        Field.VALUE,
        Field.COMPANY,
        Field.CONTACT,
        Field.OWNER,
        Field.NEED,
        Field.BUDGET,
        Field.SOURCE,
        Field.CLOSE_ON,
        Field.NEXT_STEP,
        Field.NEXT_STEP_ON,
        Field.CATEGORY,
    ),
    "next": (Field.NEXT_STEP, Field.NEXT_STEP_ON),
    "close": (Field.CLOSE_ON,),
    "nurture": (Field.NURTURE_UNTIL,),
}


def fields_asked(asked: str, *, money: bool, closed: bool = False) -> tuple[Field, ...]:
    """Whoever sees no amount is not shown one to overwrite; a closed deal has no category to be said."""
    left_out = {*(() if money else (Field.VALUE,)), *((Field.CATEGORY,) if closed else ())}
    return tuple(field for field in ASKED[asked] if field not in left_out)


def ask(
    services: Services,
    request: Request,
    asked: str,
    find: Callable[[Work], Deal],
    said: Said | None = None,
) -> JSONDict:
    """Open the form, or offer the button that does; whoever may not write learns it before typing."""
    try:
        with services.archive.read(request.workspace_id, request.until) as work:
            deal = vacated(work, find(work))
            if asked == NOTE:
                require(work, request.occasion(services), Act.NOTE)
            else:
                require_change(work, request.occasion(services), deal)
    except Refusal as refusal:
        return answering.refuse(services, request, refusal)
    if request.trigger_id and forms.open_view(services, request, _view(request, deal, asked, said)):
        return {}
    texts = request.texts
    press = button(texts.open_form, Action.ASK, value(d=deal.number, f=asked), style="primary")
    return answering.tell(services, request, told(texts.form_for(*called(deal)), press))


def ask_new(services: Services, request: Request) -> JSONDict:
    """The form of a new deal, or the button that opens it."""
    refused = _refused(services, request, Act.CREATE)
    if refused is not None:
        return refused
    if request.trigger_id and forms.open_new(services, request):
        return {}
    texts = request.texts
    return answering.tell(
        services, request, told(texts.title_missing(), button(texts.new_deal, Action.NEW, "new"))
    )


def ask_new_from_anywhere(services: Services, request: Request) -> None:
    """A global shortcut comes from no channel and brings no address to answer to: a refusal is a view too."""
    refusal = _refusal(services, request, Act.CREATE)
    if refusal is None:
        forms.open_new(services, request)
        return
    request.trace.refused(refusal)
    with services.archive.read(request.workspace_id, request.until) as work:
        said = refusals.answer(services, work, request, refusal)
    forms.open_view(services, request, result_view(request.texts, said.shown))


def ask_note(services: Services, request: Request, deal: Deal | None, text: str) -> None:
    """The form of a note on a message; it asks for the deal where the message shows none."""
    if _refused(services, request, Act.NOTE) is not None:
        return
    origin = {**forms.origin_of(request), **({"d": deal.number} if deal else {})}
    view = note_form(deal.code if deal else "", request.texts, origin, text[:NOTE_LIMIT])
    forms.open_view(services, request, view)


def _refused(services: Services, request: Request, act: Act) -> JSONDict | None:
    """What is answered to whoever may not do it: before they have typed anything."""
    refusal = _refusal(services, request, act)
    return None if refusal is None else answering.refuse(services, request, refusal)


def _refusal(services: Services, request: Request, act: Act) -> Refusal | None:
    try:
        with services.archive.read(request.workspace_id, request.until) as work:
            require(work, request.occasion(services), act)
    except Refusal as refusal:
        return refusal
    return None


def submit_fields(services: Services, request: Request) -> JSONDict:
    typed = forms.read_form(request)
    number, version = whole(request.origin, "d"), whole(request.origin, "v")
    strangers = forms.strangers(services, request, typed.said)
    if typed.errors or strangers:
        return {"response_action": "errors", "errors": {**typed.errors, **strangers}}
    if not (number and version):
        return {}
    said = {field: typed.said.get(field) for field in Field if field.value in request.values}
    ahead = said.get(Field.NURTURE_UNTIL)
    today = services.house.today(request.at)
    if ahead and str(ahead) <= today.isoformat():
        sentence = request.texts.not_ahead(f"D-{number}", request.texts.day(today))
        return {"response_action": "errors", "errors": {Field.NURTURE_UNTIL.value: sentence}}

    def build(work: Work) -> Edit:
        """The form shows no owner who does not count; left so, they stay written down."""
        deal = work.deals.by_number(number)
        kept = vacated(work, deal).owner_id != deal.owner_id and said.get(Field.OWNER) is None
        filled = {field: each for field, each in said.items() if not (kept and field is Field.OWNER)}
        return Edit(number, filled, expected=version)

    return answering.write(services, request, build)


def submit_note(services: Services, request: Request) -> JSONDict:
    texts = request.texts
    try:
        text = clean(str(request.values.get(NOTE, {}).get("value") or ""), NOTE_LIMIT, multiline=True)
    except UnfitText as unfit:
        empty = unfit.problem is TextProblem.EMPTY
        sentence = texts.empty_field(texts.note) if empty else texts.too_long(texts.note, NOTE_LIMIT)
        return {"response_action": "errors", "errors": {NOTE: sentence}}
    number = whole(request.origin, "d")
    named = str(request.values.get("deal", {}).get("value") or "")

    def build(work: Work) -> Note:
        return Note(number or deal_in(work, named).deal.number, text)

    try:
        return answering.write(services, request, build, spoken=(UnknownDeal, SeveralDeals))
    except UnknownDeal as unknown:
        return {"response_action": "errors", "errors": {"deal": texts.unknown_deal(unknown.word, EXAMPLE)}}
    except SeveralDeals as several:
        sentence = texts.several_deals(several.word, len(several.deals), several.total)
        codes = ", ".join(" ".join(called(deal)) for deal in several.deals[:4])
        return {"response_action": "errors", "errors": {"deal": f"{sentence} {codes}"}}


def _view(request: Request, deal: Deal, asked: str, said: Said | None) -> JSONDict:
    origin = {**forms.origin_of(request), "d": deal.number, "v": deal.version}
    if asked == NOTE:
        return note_form(deal.code, request.texts, origin)
    fields = fields_asked(asked, money=request.money, closed=deal.closed_at is not None)
    return say_form(deal, fields, request.texts, {**origin, "f": asked}, said)
