"""Home tabs that people have opened."""

import json
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update

from pipeline.letters import JSONDict
from storage.engine import insert_once
from storage.hot import Hot
from storage.post_tables import HomeRow
from storage.transaction import Transaction

_HERE = (HomeRow.workspace_id == bindparam("workspace"), HomeRow.person_id == bindparam("person"))
_TOUCH = update(HomeRow).where(*_HERE).values(wanted_version=HomeRow.wanted_version + 1)
_OPENED = _TOUCH.values(opened_at=bindparam("at"))
_NOTICED = _TOUCH.values(notice=bindparam("notice"), notice_until=bindparam("until"))
NOTICE_FOR = timedelta(minutes=10)


_TOUCH_ONE = Hot(_TOUCH)


class Homes:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def opened(self, person_id: str, at: datetime) -> None:
        here = {"workspace": self._tx.workspace_id, "person": person_id}
        if self._tx.execute(_OPENED, {**here, "at": at}).rowcount:
            return
        row = {"workspace_id": self._tx.workspace_id, "person_id": person_id, "opened_at": at}
        self._tx.execute(
            insert_once(self._tx.dialect, HomeRow), {**row, "wanted_version": 1, "painted_version": 0}
        )

    def touch(self, person_id: str | None) -> None:
        if person_id is not None:
            self._tx.run(_TOUCH_ONE, {"workspace": self._tx.workspace_id, "person": person_id})

    def touch_all(self) -> None:
        everybody = update(HomeRow).where(HomeRow.workspace_id == self._tx.workspace_id)
        self._tx.execute(everybody.values(wanted_version=HomeRow.wanted_version + 1))

    def notice(self, person_id: str, notice: JSONDict, at: datetime) -> None:
        given = {"notice": json.dumps(notice), "until": at + NOTICE_FOR}
        self._tx.execute(_NOTICED, {**given, "workspace": self._tx.workspace_id, "person": person_id})
