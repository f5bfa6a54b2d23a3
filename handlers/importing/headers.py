"""Which column means what: by the names that exports give it, or by the person's word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.imports import Unimportable
from pipeline.names import fold

_PUNCTUATION = re.compile(r"[\W_]+")


class Column(StrEnum):
    ID = "id"
    STAGE = "stage"
    STATUS = "status"
    ENTERED = "entered_at"
    LEFT = "left_at"
    TITLE = "title"
    COMPANY = "company"
    CONTACT = "contact"
    PRODUCT = "product"
    OWNER = "owner"
    AMOUNT = "amount"
    CURRENCY = "currency"
    SOURCE = "source"
    CREATED = "created"
    CLOSE = "close_date"
    CLOSED = "closed"
    WON_AT = "won_at"
    LOST_AT = "lost_at"
    REASON = "reason"
    NEXT_STEP = "next_step"


# Earlier names go first where a file has several for one meaning.
_NAMES: Mapping[Column, str] = {
    Column.ID: "deal id|record id|opportunity id|opportunityid|deal pipedrive system id|deal system id"
    "|system id|id|external id|deal record id|vorgangs id|dealnummer",
    Column.STAGE: "stage|deal stage|stage name|stagename|dealstage|opportunity stage|deal stage pipeline"
    "|phase|deal phase|verkaufsphase|stufe",
    Column.STATUS: "deal status|status",
    Column.ENTERED: "entered at|entered|stage entered at|date entered|entered on|seit|eingetreten am",
    Column.LEFT: "left at|left|stage left at|date exited|exited at",
    Column.TITLE: "deal name|dealname|title|deal title|opportunity name|name|titel|deal|opportunity",
    Column.COMPANY: "company|company name|associated company|account name|account|organization|organisation"
    "|deal organization|organization name|client|customer|firma|unternehmen|kunde",
    Column.CONTACT: "contact|contact person|person name|deal contact person|associated contact|primary contact"
    "|kontakt|ansprechpartner",
    Column.PRODUCT: "product|product name|produkt",
    Column.OWNER: "deal owner|owner|opportunity owner|sales agent|sales rep|salesperson|owner name|seller"
    "|hubspot owner id|inhaber|besitzer|verantwortlich",
    Column.AMOUNT: "amount|value|deal value|deal amount|close value|amount in company currency|betrag|wert|summe",
    Column.CURRENCY: "currency|deal currency|deal currency of value|currency of value|amount currency"
    "|deal currency code|waehrung|wahrung",
    Column.SOURCE: "lead source|source|deal source|origin|quelle|herkunft",
    Column.CREATED: "create date|createdate|created date|createddate|created at|created|deal created"
    "|deal creation date|engage date|date created|created on|erstellt|erstellt am|erstelldatum",
    Column.CLOSE: "close date|closedate|deal expected close date|expected close date|expected close"
    "|abschlussdatum|erwarteter abschluss",
    Column.CLOSED: "deal closed on|closed on|closed at|closed date|deal closed time",
    Column.WON_AT: "deal won time|won time|won at|won date",
    Column.LOST_AT: "deal lost time|lost time|lost at|lost date",
    Column.REASON: "deal lost reason|lost reason|closed lost reason|loss reason|verlustgrund|reason",
    Column.NEXT_STEP: "next step|deal next step|naechster schritt|nachster schritt",
}
DATES = (
    Column.ENTERED,
    Column.LEFT,
    Column.CREATED,
    Column.CLOSE,
    Column.CLOSED,
    Column.WON_AT,
    Column.LOST_AT,
)


def folded(text: str) -> str:
    """Case, accents, punctuation and a mark at the end do not distinguish headers or stages."""
    return _PUNCTUATION.sub(" ", fold(text)).strip()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each meaning stands in a row."""

    header: Sequence[str]
    places: Mapping[Column, int]

    def has(self, column: Column) -> bool:
        return column in self.places

    def name(self, column: Column) -> str:
        return self.header[self.places[column]]

    @property
    def is_history(self) -> bool:
        return {Column.ID, Column.STAGE, Column.ENTERED} <= self.places.keys()

    @property
    def ignored(self) -> list[str]:
        used = set(self.places.values())
        return [name for place, name in enumerate(self.header) if name and place not in used]


def recognise(header: Sequence[str], given: Mapping[Column, str]) -> Layout:
    places = _given(header, given)
    by_name = {folded(name): place for place, name in reversed(list(enumerate(header)))}
    taken = set(places.values())
    for column, names in _NAMES.items():
        found = [by_name[name] for name in names.split("|") if name in by_name]
        free = [place for place in found if place not in taken]
        if column not in places and free:
            places[column] = free[0]
            taken.add(free[0])
    if Column.STAGE not in places and Column.STATUS in places:
        places[Column.STAGE] = places.pop(Column.STATUS)
    layout = Layout(header, places)
    _require(layout)
    return layout


def _given(header: Sequence[str], given: Mapping[Column, str]) -> dict[Column, int]:
    by_name = {folded(name): place for place, name in enumerate(header)}
    exact = {name: place for place, name in enumerate(header)}
    places = {}
    for column, name in given.items():
        place = exact.get(name, by_name.get(folded(name)))
        if place is None:
            raise Unimportable(f'there is no column "{name}"; the columns are {_listed(header)}')
        places[column] = place
    return places


def _require(layout: Layout) -> None:
    missing = []
    if not layout.has(Column.STAGE):
        missing.append("the stage")
    if not layout.has(Column.ID) and not layout.has(Column.TITLE):
        missing.append("the deal's id or title")
    if missing:
        raise Unimportable(
            f"no column for {' and '.join(missing)} among {_listed(layout.header)}: "
            'name it, for example --column "stage=NAME OF THE COLUMN"',
            1,
        )


def _listed(header: Sequence[str]) -> str:
    shown = ", ".join(f'"{name[:40]}"' for name in header[:12])
    return f"{shown} and {len(header) - 12} more" if len(header) > 12 else shown  # noqa: PLR2004 - as many
