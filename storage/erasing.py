"""Taking a person's name out of what is kept: history, receipts, the outbox, notices on Home."""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from pipeline.deal import Deal
from pipeline.forgetting import GONE
from pipeline.letters import LetterKind, Told
from pipeline.stages import LIMITS, Field
from storage.post_tables import HomeRow, OutboxRow, ReceiptRow
from storage.schema import Table
from storage.tables import ChangeRow, FieldChangeRow
from storage.transaction import Transaction

# Both engines take far more parameters than this.
AT_ONCE = 500
# One that is on its way arrives before it is written anew: both stand in the channel's lane.
_SAID = (OutboxRow.channel_id.is_not(None), OutboxRow.state.in_(("sent", "sending", "unknown")))


class Eraser:
    """A name is found as it is written, escaped for mrkdwn, and escaped for JSON."""

    def __init__(self, tx: Transaction, names: Sequence[str]) -> None:
        self._tx = tx
        plain = [form for name in names for form in (html.escape(name, quote=False), name)]
        self._forms = sorted({*plain, *(json.dumps(form)[1:-1] for form in plain)}, key=len, reverse=True)
        self._pattern = re.compile("|".join(re.escape(form) for form in self._forms), re.IGNORECASE)
        # In which a name stood.
        self.changes: set[int] = set()
        self.titles: set[int] = set()
        self.letters: set[int] = set()

    def holds_name(self, text: str) -> bool:
        return self._pattern.search(text) is not None

    def history_of(self, deal_ids: Sequence[int]) -> None:
        for some in _batches(deal_ids):
            changes = (ChangeRow.deal_id.in_(some), ChangeRow.note != "")
            for row in self._tx.execute(select(ChangeRow.id, ChangeRow.note).where(*changes)).all():
                if self.holds_name(row.note):
                    self.changes.add(row.id)
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
        contacts = select(FieldChangeRow.change_id).where(
            of_these, FieldChangeRow.field == Field.CONTACT.value
        )
        self.changes.update(self._tx.execute(contacts).scalars())
        self._write(
            FieldChangeRow, (of_these, FieldChangeRow.field == Field.CONTACT.value), old=None, new=None
        )
        # A name may be a part of somebody's id, or of what an amount is spelled with.
        texts = FieldChangeRow.field.in_([field.value for field in LIMITS])
        for row in self._tx.execute(select(FieldChangeRow.__table__).where(of_these, texts)).all():
            here = (FieldChangeRow.change_id == row.change_id, FieldChangeRow.field == row.field)
            old, new = (None if text is None else self._without(text) for text in (row.old, row.new))
            if (old, new) != (row.old, row.new):
                self.changes.add(row.change_id)
                if row.field == Field.TITLE.value:
                    self.titles.add(row.change_id)
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
            if table is OutboxRow:
                self.letters.add(row.id)
            same = [part == row[place] for place, part in enumerate(key, start=1)]
            self._write(table, (here, *same), **{column.key: self._without(row[0])})

    def _without(self, text: str) -> str:
        return self._pattern.sub(GONE, text)

    def _write(self, table: type[Table], where: Iterable[Any], **columns: str | None) -> None:
        self._tx.execute(update(table).where(*where).values(**columns))


def told_with_a_name(tx: Transaction, eraser: Eraser, deals: Sequence[Deal]) -> Sequence[Told]:
    """Answers to mentions, which are kept as they were said; and what was said of the changes, which is not."""
    of_changes = [
        told
        for some in _batches([deal.id for deal in deals])
        for told in _of_deals(tx, eraser, [deal for deal in deals if deal.id in some])
    ]
    mentions = (
        select(OutboxRow.id, OutboxRow.channel_id)
        .where(OutboxRow.id.in_(some), OutboxRow.kind == LetterKind.MENTION, *_SAID)
        .order_by(OutboxRow.id)
        for some in _batches(sorted(eraser.letters))
    )
    answers = [Told(row.id, row.channel_id, None) for each in mentions for row in tx.execute(each)]
    return [*of_changes, *answers]


def _of_deals(tx: Transaction, eraser: Eraser, deals: Sequence[Deal]) -> Iterator[Told]:
    ids = [deal.id for deal in deals]
    changes = select(ChangeRow.id, ChangeRow.deal_id, ChangeRow.version).where(ChangeRow.deal_id.in_(ids))
    touched: dict[int, set[int]] = defaultdict(set)
    retitled = set()
    for change in tx.execute(changes):
        if change.id in eraser.changes:
            touched[change.deal_id].add(change.version)
        if change.id in eraser.titles:
            retitled.add(change.deal_id)
    letters = select(OutboxRow.id, OutboxRow.deal_id, OutboxRow.channel_id, OutboxRow.kind, OutboxRow.payload)
    kinds = OutboxRow.kind.in_((LetterKind.THREAD, LetterKind.WIN))
    rows = tx.execute(letters.where(OutboxRow.deal_id.in_(ids), kinds, *_SAID).order_by(OutboxRow.id)).all()
    for deal in deals:
        # Every line says the title, as it was then.
        named = eraser.holds_name(deal.title) or deal.id in retitled
        until = deal.version + 1
        for row in reversed([row for row in rows if row.deal_id == deal.id]):
            # A win is told by the title alone, a line by its changes too.
            since = int(json.loads(row.payload).get("since") or until)
            if named or any(since <= version < until for version in touched[deal.id]):
                yield Told(row.id, row.channel_id, deal.id, since, until)
            until = since


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
