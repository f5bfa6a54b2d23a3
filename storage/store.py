"""The archive: transactions in, everything else in the module of its subject."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from pipeline.errors import ArchiveDown, CommitUnknown, Superseded
from pipeline.people import Workspace
from storage.bottlenecks import Bottlenecks
from storage.calls import Calls
from storage.cards import Cards
from storage.deals import Deals
from storage.engine import BUSY_MS, is_sqlite, upsert
from storage.fence import SHUT_OUT, Standing, may_come_of_it, standing, was_refused
from storage.forecasts import Forecasts
from storage.homes import Homes
from storage.outbox import Outbox
from storage.past import Past
from storage.people import Channels, People
from storage.receipts import Receipts
from storage.settings import Settings
from storage.stages import PipelineCache, Stages
from storage.tables import WorkspaceRow
from storage.transaction import Transaction

_DEFECTS = (IntegrityError, DataError, ProgrammingError)
_PATIENCE = 2.0


class Work:
    """One transaction, one workspace: what `pipeline.ports.Work` promises, and more for storage's own use."""

    __slots__ = (
        "bottlenecks",
        "calls",
        "cards",
        "channels",
        "deals",
        "forecasts",
        "homes",
        "outbox",
        "past",
        "people",
        "receipts",
        "settings",
        "stages",
        "tx",
        "workspace_id",
    )

    def __init__(self, tx: Transaction, cache: PipelineCache) -> None:
        self.tx = tx
        self.workspace_id = tx.workspace_id
        self.cards = Cards(tx)
        self.homes = Homes(tx)
        self.stages = Stages(tx, cache)
        self.deals = Deals(tx, self.stages, self.cards, self.homes)
        self.past = Past(tx, self.stages)
        self.forecasts = Forecasts(tx)
        self.calls = Calls(tx)
        self.people = People(tx)
        self.channels = Channels(tx)
        self.outbox = Outbox(tx)
        self.receipts = Receipts(tx)
        self.settings = Settings(tx)
        self.bottlenecks = Bottlenecks(tx)

    def sweep(self, *, receipts_before: datetime, post_older_than: timedelta) -> None:
        """Forget receipts that no repetition can come for any more, and post said long ago."""
        self.receipts.sweep(receipts_before)
        self.outbox.sweep(post_older_than)


class Store:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reading = engine.execution_options(reading=True)
        # SQLite's readers see one moment anyway.
        self._still = (
            self._reading
            if is_sqlite(engine)
            else self._reading.execution_options(isolation_level="REPEATABLE READ")
        )
        self._driver: Any = engine.dialect.loaded_dbapi
        self._cache: PipelineCache = {}
        # Told of every transaction that was not carried out.
        self.failed: Callable[[], None] = _unheard
        # Whether a newer version has shut this copy out, as far as was seen.
        self.superseded = False
        # SQLite has one writer; queueing for it in the process is fair, its own back-off is not.
        self._write_lock = threading.Lock() if is_sqlite(engine) else None

    @contextmanager
    def begin(self, workspace_id: str, until: float | None = None) -> Iterator[Work]:
        if self.superseded:
            raise Superseded(SHUT_OUT)
        with self._turn(until), self._transaction(self.engine, until) as connection:
            yield Work(Transaction(connection, workspace_id, until), self._cache)

    @contextmanager
    def read(self, workspace_id: str, until: float | None = None, *, still: bool = False) -> Iterator[Work]:
        with self._transaction(self._still if still else self._reading, until) as connection:
            yield Work(Transaction(connection, workspace_id, until), self._cache)

    def workspace(self) -> Workspace | None:
        """The one workspace of this installation, once Slack has named it."""
        with self.read("") as work:
            row = work.tx.execute(select(WorkspaceRow.__table__).limit(1)).first()
        return Workspace(row.id, row.name, row.bot_user_id, row.bot_id, row.app_id, row.url) if row else None

    def found(self, workspace: Workspace) -> None:
        """Write down the workspace and give it its first pipeline."""
        row = {
            "id": workspace.id,
            "name": workspace.name,
            "bot_user_id": workspace.bot_user_id,
            "bot_id": workspace.bot_id,
            "app_id": workspace.app_id,
            "url": workspace.url,
        }
        with self.begin(workspace.id) as work:
            work.tx.execute(upsert(work.tx.dialect, WorkspaceRow, row))
            work.stages.establish_default()

    def look(self, until: float | None = None) -> Standing:
        """What a newer version may have made of the database meanwhile. Raises ArchiveDown."""
        with self._transaction(self._reading, until) as connection:
            found = standing(connection)
        self.superseded = found.shuts_out
        return found

    def is_reachable(self) -> bool:
        try:
            self.look(time.monotonic() + 1)
        except ArchiveDown:
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _turn(self, until: float | None) -> Iterator[None]:
        if self._write_lock is None:
            yield
            return
        left = _PATIENCE if until is None else until - time.monotonic()
        if left <= 0 or not self._write_lock.acquire(timeout=left):
            self.failed()
            raise ArchiveDown("other writers took all the time")
        try:
            yield
        finally:
            self._write_lock.release()

    @contextmanager
    def _transaction(self, engine: Engine, until: float | None) -> Iterator[Connection]:
        try:
            with engine.connect() as connection:
                if until is not None and self._write_lock is not None:
                    left = max(int((until - time.monotonic()) * 1000), 1)
                    if left < BUSY_MS:
                        connection.execution_options(wait_ms=left)
                transaction = connection.begin()
                try:
                    yield connection
                except BaseException:
                    transaction.rollback()
                    raise
                self._commit(connection)
        except CommitUnknown:
            self.failed()
            raise
        # Hot statements run on the driver's cursor, so that its errors come as they are.
        except (DBAPIError, PoolTimeout, self._driver.Error) as error:
            down = self._told(error)
            if down is None:
                raise
            raise down from error

    def _told(self, error: Exception) -> ArchiveDown | None:
        """What the error says of the archive; nothing where the statement was wrong by itself."""
        if was_refused(error) or (may_come_of_it(error) and self._is_shut_out()):
            self.superseded = True
            return Superseded(SHUT_OUT)
        if self._is_defect(error):
            return None
        self.failed()
        return ArchiveDown(str(error).partition("\n")[0])

    def _is_defect(self, error: Exception) -> bool:
        driver = self._driver
        defects = (driver.IntegrityError, driver.DataError, driver.ProgrammingError)
        return isinstance(error, (*_DEFECTS, *defects))

    def _is_shut_out(self) -> bool:
        try:
            with self._reading.connect() as connection, connection.begin():
                return standing(connection).shuts_out
        except DBAPIError:
            return False

    @staticmethod
    def _commit(connection: Connection) -> None:
        try:
            connection.commit()
        except DBAPIError as error:
            if error.connection_invalidated:
                raise CommitUnknown(str(error).splitlines()[0]) from error
            raise


def _unheard() -> None:
    """Nobody counts."""
