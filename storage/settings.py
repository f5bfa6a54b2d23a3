"""What admins have set for the workspace."""

from sqlalchemy import bindparam, select, update

from pipeline.shapes import Setting, StoredSettings
from storage.hot import Hot
from storage.tables import WorkspaceRow
from storage.transaction import Transaction

_STORED = Hot(
    select(WorkspaceRow.zone, WorkspaceRow.language, WorkspaceRow.currency, WorkspaceRow.main_channel).where(
        WorkspaceRow.id == bindparam("workspace")
    )
)


class Settings:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def stored(self) -> StoredSettings:
        found = self._tx.row(_STORED, {"workspace": self._tx.workspace_id})
        return StoredSettings(*found) if found else StoredSettings()

    def keep(self, setting: Setting, value: str | None) -> None:
        here = update(WorkspaceRow).where(WorkspaceRow.id == self._tx.workspace_id)
        self._tx.execute(here.values({setting.value: value}))
