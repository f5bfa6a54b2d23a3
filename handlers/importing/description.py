"""What a row says of its deal beside its stages: title, company, value, owner and the rest."""

import unicodedata
from datetime import date

from handlers.importing.headers import Column
from handlers.importing.owners import owner_named
from handlers.importing.survey import Survey, Wishes
from pipeline.errors import FieldUnfit
from pipeline.fields import check_fields
from pipeline.imports import SkipReason
from pipeline.money import Money
from pipeline.stages import LIMITS, Field

SaidNow = dict[Field, Money | str | date | None]

_TEXTS = (
    (Column.COMPANY, Field.COMPANY),
    (Column.CONTACT, Field.CONTACT),
    (Column.SOURCE, Field.SOURCE),
    (Column.NEXT_STEP, Field.NEXT_STEP),
    (Column.REASON, Field.REASON),
)
# Of a column, whose texts come again where it names companies, people or reasons.
_MOST_KNOWN = 4096
_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")


class UnfitRow(ValueError):  # noqa: N818 - becomes one line of the report
    """Why one row is left out."""

    def __init__(self, reason: SkipReason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def cleaned(cell: str) -> str:
    """One line, composed, and without the quote that keeps a spreadsheet from running the cell."""
    text = cell[1:] if cell[:1] == "'" and cell.startswith(_FORMULA) else cell
    text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _plainly_fits(name: Field, text: str) -> bool:
    """No surrogate and no NUL is printable; what is not so plain is looked at by the rules themselves."""
    return text.isprintable() and len(text) <= LIMITS[name]


def _unfit(unfit: FieldUnfit) -> str:
    limit = f", at most {unfit.limit} characters" if unfit.limit else ""
    return f"{unfit.field.value} {unfit.reason}{limit}"


class Describer:
    """Reads the descriptive cells of rows, and finds owners among the known people."""

    __slots__ = (
        "_amount",
        "_amounts",
        "_company",
        "_currency",
        "_owner",
        "_owner_name",
        "_owners",
        "_people",
        "_product",
        "_texts",
        "_title_place",
    )

    def __init__(self, survey: Survey, wishes: Wishes) -> None:
        place = survey.layout.places.get
        self._title_place = place(Column.TITLE)
        self._company, self._product = place(Column.COMPANY), place(Column.PRODUCT)
        self._amount, self._currency = place(Column.AMOUNT), place(Column.CURRENCY)
        self._owner = place(Column.OWNER)
        self._owner_name = survey.layout.name(Column.OWNER) if survey.layout.has(Column.OWNER) else ""
        self._amounts = survey.amounts
        self._people = wishes.people
        self._owners: dict[str, tuple[str | None, str]] = {}
        found = [(place(column), name) for column, name in _TEXTS]
        self._texts: list[tuple[int, Field, dict[str, str]]] = [
            (there, name, {}) for there, name in found if there is not None
        ]

    def describe(self, cells: list[str], external_id: str, *, lost: bool) -> tuple[SaidNow, str]:
        """The deal's fields, and a note that keeps an owner whom nobody here is called. Raises UnfitRow."""
        title = self._title(cells, external_id)
        said: SaidNow = {Field.TITLE: title}
        plain = title.isascii() and _plainly_fits(Field.TITLE, title) and bool(title)
        for place, name, known in self._texts:
            cell = cells[place]
            text = known.get(cell)
            if text is None:
                text = cleaned(cell)
                if not _plainly_fits(name, text):
                    plain = False
                elif len(known) < _MOST_KNOWN:
                    known[cell] = text
            said[name] = text
        if not lost and Field.REASON in said:
            said[Field.REASON] = ""
        if self._amount is not None:
            said[Field.VALUE] = self._value(cells[self._amount].strip(), _text(cells, self._currency))
        note = self._own(said, cells[self._owner]) if self._owner is not None else ""
        if not plain:
            _check(said)
        return said, note

    def _title(self, cells: list[str], external_id: str) -> str:
        """The title; else company and product; else the product or nothing with the id."""
        title = _text(cells, self._title_place)
        if title:
            return title
        company, product = _text(cells, self._company), _text(cells, self._product)
        parts = [company, product] if company and product else [company or product, external_id]
        return ": ".join(part for part in parts if part)[: LIMITS[Field.TITLE]]

    def _value(self, cell: str, currency: str) -> Money | None:
        try:
            return self._amounts.read(cell, currency)
        except ValueError as error:
            raise UnfitRow(SkipReason.BAD_AMOUNT, str(error)) from None

    def _own(self, said: SaidNow, cell: str) -> str:
        known = self._owners.get(cell)
        if known is None:
            name = cleaned(cell)
            person = owner_named(self._people, name) if name else None
            known = person, f"{self._owner_name}: {name}" if name and not person else ""
            self._owners[cell] = known
        said[Field.OWNER], note = known
        return note


def _text(cells: list[str], place: int | None) -> str:
    return "" if place is None else cleaned(cells[place])


def _check(said: SaidNow) -> None:
    try:
        check_fields(said, creating=True)
    except FieldUnfit as unfit:
        raise UnfitRow(SkipReason.BAD_TEXT, _unfit(unfit)) from None
