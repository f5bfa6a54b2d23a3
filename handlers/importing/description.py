"""What a row says of its deal beside its stages: title, company, value, owner and the rest."""

import unicodedata
from datetime import date

from handlers.importing.headers import Column
from handlers.importing.survey import Survey, Wishes
from pipeline.errors import FieldUnfit
from pipeline.fields import check_fields
from pipeline.imports import SkipReason
from pipeline.money import Money
from pipeline.names import fold
from pipeline.stages import LIMITS, Field

SaidNow = dict[Field, Money | str | date | None]

_TEXTS = (
    (Column.COMPANY, Field.COMPANY),
    (Column.CONTACT, Field.CONTACT),
    (Column.SOURCE, Field.SOURCE),
    (Column.NEXT_STEP, Field.NEXT_STEP),
    (Column.REASON, Field.REASON),
)
_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")


class UnfitRow(ValueError):  # noqa: N818 - becomes one line of the report
    """Why one row is left out."""

    def __init__(self, reason: SkipReason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def cleaned(cell: str) -> str:
    """One line, composed, and without the quote that keeps a spreadsheet from running the cell."""
    text = cell[1:] if cell.startswith(_FORMULA) else cell
    text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _unfit(unfit: FieldUnfit) -> str:
    limit = f", at most {unfit.limit} characters" if unfit.limit else ""
    return f"{unfit.field.value} {unfit.reason}{limit}"


class Describer:
    """Reads the descriptive cells of rows, and finds owners among the known people."""

    __slots__ = ("_amounts", "_owner_name", "_owners", "_people", "_places", "_texts")

    def __init__(self, survey: Survey, wishes: Wishes) -> None:
        self._places = survey.layout.places
        self._amounts = survey.amounts
        self._people = wishes.people
        self._texts = [(self._places[column], name) for column, name in _TEXTS if column in self._places]
        self._owner_name = survey.layout.name(Column.OWNER) if survey.layout.has(Column.OWNER) else ""
        self._owners: dict[str, str | None] = {}

    def describe(self, cells: list[str], external_id: str, *, lost: bool) -> tuple[SaidNow, str]:
        """The deal's fields, and a note that keeps an owner whom nobody here is called. Raises UnfitRow."""
        said: SaidNow = {Field.TITLE: self._title(cells, external_id)}
        for place, name in self._texts:
            said[name] = cleaned(cells[place])
        if not lost and Field.REASON in said:
            said[Field.REASON] = ""
        if Column.AMOUNT in self._places:
            said[Field.VALUE] = self._value(cells)
        note = self._own(said, cells)
        try:
            check_fields(said, creating=True)
        except FieldUnfit as unfit:
            raise UnfitRow(SkipReason.BAD_TEXT, _unfit(unfit)) from None
        return said, note

    def text(self, column: Column, cells: list[str]) -> str:
        place = self._places.get(column)
        return "" if place is None else cleaned(cells[place])

    def _title(self, cells: list[str], external_id: str) -> str:
        """The title; else company and product; else the product or nothing with the id."""
        title = self.text(Column.TITLE, cells)
        if title:
            return title
        company, product = self.text(Column.COMPANY, cells), self.text(Column.PRODUCT, cells)
        parts = [company, product] if company and product else [company or product, external_id]
        return ": ".join(part for part in parts if part)[: LIMITS[Field.TITLE]]

    def _value(self, cells: list[str]) -> Money | None:
        cell = cells[self._places[Column.AMOUNT]].strip()
        try:
            return self._amounts.read(cell, self.text(Column.CURRENCY, cells))
        except ValueError as error:
            raise UnfitRow(SkipReason.BAD_AMOUNT, str(error)) from None

    def _own(self, said: SaidNow, cells: list[str]) -> str:
        if not self._owner_name:
            return ""
        name = self.text(Column.OWNER, cells)
        if name not in self._owners:
            self._owners[name] = self._people.get(fold(name)) if name else None
        said[Field.OWNER] = self._owners[name]
        return f"{self._owner_name}: {name}" if name and not said[Field.OWNER] else ""
