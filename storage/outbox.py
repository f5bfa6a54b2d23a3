"""The outbox: what the courier is to say, written with the change that it tells of."""

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import String, bindparam, cast, delete, exists, literal, select, update
from sqlalchemy.orm import aliased

from pipeline.letters import SPENT, JSONDict, Letter, LetterKind, Sent, Told, spent_letter
from storage.engine import database_ms, insert_once, insert_or_lock
from storage.hot import Hot
from storage.post_tables import OutboxRow
from storage.tables import DealRow
from storage.transaction import Transaction

REPLY = "reply"
UNSENT = ("waiting", "sending", "unknown")
_FIND = select(OutboxRow.id, OutboxRow.state, OutboxRow.channel_id, OutboxRow.lane, OutboxRow.deal_id).where(
    OutboxRow.workspace_id == bindparam("workspace"), OutboxRow.key == bindparam("letter_key")
)
_CANCEL = (
    update(OutboxRow)
    .where(OutboxRow.id == bindparam("letter"), OutboxRow.state.in_(("waiting", "parked")))
    .values(state="cancelled")
)

_amended = aliased(OutboxRow)
# Answers to mentions that still offer whatever they offered.
_LASTING = (
    select(OutboxRow.id, OutboxRow.channel_id, OutboxRow.payload, DealRow.version)
    .join(DealRow, DealRow.id == OutboxRow.deal_id)
    .where(
        OutboxRow.deal_id == bindparam("deal"),
        OutboxRow.kind == LetterKind.MENTION,
        OutboxRow.state == "sent",
        ~exists().where(
            _amended.workspace_id == OutboxRow.workspace_id,
            _amended.key == literal(SPENT).concat(cast(OutboxRow.id, String)),
        ),
    )
)


class Outbox:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def put(self, letter: Letter) -> None:
        self._insert(
            kind=letter.kind.value,
            key=letter.key,
            lane=_lane(letter),
            channel_id=letter.channel_id,
            person_id=letter.person_id,
            thread_ts=letter.thread_ts,
            deal_id=letter.deal_id,
            payload=letter.payload,
            delay=letter.delay * 1000,
        )

    def is_waiting(self, key: str) -> bool:
        found = self._tx.execute(_FIND, {"workspace": self._tx.workspace_id, "letter_key": key}).first()
        return found is not None and found.state in UNSENT

    def take_back(self, key: str) -> None:
        found = self._tx.execute(_FIND, {"workspace": self._tx.workspace_id, "letter_key": key}).first()
        if found is None or self._tx.execute(_CANCEL, {"letter": found.id}).rowcount:
            return
        self.put(
            Letter(
                LetterKind.AMEND,
                key=f"amend:{key}",
                channel_id=found.channel_id,
                deal_id=found.deal_id,
                payload={"letter": found.id},
            )
        )

    def sent_as(self, letter_id: int) -> Sent | None:
        statement = select(OutboxRow.__table__).where(
            OutboxRow.workspace_id == self._tx.workspace_id, OutboxRow.id == letter_id
        )
        row = self._tx.execute(statement).first()
        if row is None or not row.channel_id or not row.ts:
            return None
        return Sent(
            LetterKind(row.kind), row.key, row.channel_id, row.ts, json.loads(row.payload), row.deal_id
        )

    def amend_spent(self, deal_id: int) -> None:
        """Answers to mentions that offer what the deal has left behind are to be said anew, without it."""
        for row in self._tx.execute(_LASTING, {"deal": deal_id}).all():
            if json.loads(row.payload)["version"] < row.version:
                self.put(spent_letter(Told(row.id, row.channel_id, deal_id)))

    def reply(self, request_id: str, payload: JSONDict) -> None:
        self._insert(
            kind=REPLY,
            key=f"reply:{request_id}",
            lane=REPLY,
            channel_id=None,
            person_id=None,
            thread_ts=None,
            deal_id=None,
            payload=payload,
            delay=0,
        )

    def sweep(self, older_than: timedelta) -> None:
        before = database_ms() - int(older_than.total_seconds() * 1000)
        self._tx.execute(
            delete(OutboxRow).where(
                OutboxRow.workspace_id == self._tx.workspace_id,
                OutboxRow.state.in_(("sent", "cancelled")),
                OutboxRow.created < before,
            )
        )

    def _insert(self, *, delay: int, payload: Mapping[str, Any], **columns: Any) -> None:  # noqa: ANN401 - columns
        statement = _insert_statement(self._tx.dialect, shared=columns["kind"] == LetterKind.THREAD)
        row = {
            **columns,
            "workspace_id": self._tx.workspace_id,
            "payload": json.dumps(payload, separators=(",", ":")),
            "state": "waiting",
            "delay": delay,
        }
        self._tx.run(statement, row)


def _lane(letter: Letter) -> str:
    if letter.channel_id:
        return letter.channel_id
    return f"@{letter.person_id}" if letter.person_id else f"deal:{letter.deal_id}"


@cache
def _insert_statement(dialect: str, *, shared: bool) -> Hot:
    """A line that tells of several changes is not sent while another change is about to join it."""
    insert = (
        insert_or_lock(dialect, OutboxRow, "workspace_id", "key")
        if shared
        else insert_once(dialect, OutboxRow)
    )
    names = ("workspace_id", "kind", "key", "lane", "channel_id", "person_id", "thread_ts", "deal_id")
    values: dict[str, Any] = {name: bindparam(name) for name in (*names, "payload", "state")}
    clock = {"not_before": database_ms() + bindparam("delay"), "created": database_ms()}
    return Hot(insert.values(**values, **clock))
