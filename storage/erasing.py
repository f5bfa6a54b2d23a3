"""Taking a person's name out of what is kept: history, receipts, the outbox, notices on Home."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from pipeline.forgetting import GONE
from pipeline.stages import Field
from storage.post_tables import HomeRow, OutboxRow, ReceiptRow
from storage.schema import Table
from storage.tables import ChangeRow, FieldChangeRow
from storage.transaction import Transaction

# Both engines take far more parameters than this.
AT_ONCE = 500


class Eraser:
    """A name is found as it is written, escaped for mrkdwn, and escaped for JSON."""

    def __init__(self, tx: Transaction, names: Sequence[str]) -> None:
        self._tx = tx
        plain = [form for name in names for form in (html.escape(name, quote=False), name)]
        self._forms = sorted({*plain, *(json.dumps(form)[1:-1] for form in plain)}, key=len, reverse=True)
        self._pattern = re.compile("|".join(re.escape(form) for form in self._forms), re.IGNORECASE)

    def history_of(self, deal_ids: Sequence[int]) -> None:
        for some in _batches(deal_ids):
            changes = (ChangeRow.deal_id.in_(some), ChangeRow.note != "")
            for row in self._tx.execute(select(ChangeRow.id, ChangeRow.note).where(*changes)).all():
                self._write(ChangeRow, (ChangeRow.id == row.id,), note=self._without(row.note))
            self._fields_of(some)

    def messages(self) -> None:
        """Letters that were sent, answers that a repetition would get, and what stands on a Home."""
        for table, column, *key in (
            (ReceiptRow, ReceiptRow.answer, ReceiptRow.kind, ReceiptRow.request_id),
            (OutboxRow, OutboxRow.payload, OutboxRow.id),
            (HomeRow, HomeRow.notice, HomeRow.person_id),
        ):
            self._in(table, column, key)

    def _fields_of(self, deal_ids: Sequence[int]) -> None:
        """What was ever said of the contact is gone whole; elsewhere the name is."""
        changes = select(ChangeRow.id).where(ChangeRow.deal_id.in_(deal_ids))
        of_these = FieldChangeRow.change_id.in_(changes)
        self._write(
            FieldChangeRow, (of_these, FieldChangeRow.field == Field.CONTACT.value), old=None, new=None
        )
        for row in self._tx.execute(select(FieldChangeRow.__table__).where(of_these)).all():
            here = (FieldChangeRow.change_id == row.change_id, FieldChangeRow.field == row.field)
            old, new = (None if text is None else self._without(text) for text in (row.old, row.new))
            if (old, new) != (row.old, row.new):
                self._write(FieldChangeRow, here, old=old, new=new)

    def _in(
        self,
        table: type[Table],
        column: InstrumentedAttribute[Any],
        key: Sequence[InstrumentedAttribute[Any]],
    ) -> None:
        here = table.__table__.c.workspace_id == self._tx.workspace_id
        lowered = func.lower(column)
        holds = or_(*(lowered.contains(form.lower(), autoescape=True) for form in self._forms))
        for row in self._tx.execute(select(column, *key).where(here, holds)).all():
            same = [part == row[place] for place, part in enumerate(key, start=1)]
            self._write(table, (here, *same), **{column.key: self._without(row[0])})

    def _without(self, text: str) -> str:
        return self._pattern.sub(GONE, text)

    def _write(self, table: type[Table], where: Iterable[Any], **columns: str | None) -> None:
        self._tx.execute(update(table).where(*where).values(**columns))


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
