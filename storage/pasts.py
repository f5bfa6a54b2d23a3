"""Each pipeline's past in each currency, for looking back on."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from pipeline.history import History
from pipeline.stages import Pipeline
from storage.currencies import currencies_in
from storage.engine import take_time
from storage.insight import day_of, read_history
from storage.migrate import UnfitDatabase, revision, sqlite_file
from storage.schema import HEAD
from storage.store import Store, Work


class LedgerPast(NamedTuple):
    """`until` is the day on which it was read."""

    pipeline: Pipeline
    currency: str
    history: History
    until: float


def check_readable(engine: Engine) -> None:
    """Looking back changes nothing, so it brings nothing up to date either. Raises UnfitDatabase."""
    file = sqlite_file(engine)
    if file is not None and not file.is_file():
        raise UnfitDatabase(f"{file} is not there: name the database that the bot works on")
    try:
        found = revision(engine)
    except DBAPIError as error:
        reason = str(error.orig or error).strip().partition("\n")[0]
        raise UnfitDatabase(f"the database cannot be read: {reason}") from error
    if found != HEAD:
        raise UnfitDatabase(
            f"the database has schema {found or 'none'}, not {HEAD}: bring it up with pipeline-bot migrate"
        )


def pasts(store: Store, now: datetime) -> Iterator[LedgerPast]:
    workspace = store.workspace()
    if workspace is None:
        return
    with store.read(workspace.id) as work:
        take_time(work.tx.connection)
        yield from pasts_in(work, now)


def pasts_in(work: Work, now: datetime, awake_on: date | None = None) -> Iterator[LedgerPast]:
    """One after another, since each may be large. Pipelines without any amount have nothing to be forecast.

    With a day, open deals that are parked beyond it rest.
    """
    for pipeline in work.stages.all():
        currencies = currencies_in(work.tx, pipeline.id) if pipeline.open_stages else []
        for currency in sorted(currencies):
            leads = currency == currencies[0]
            history = read_history(work.tx, pipeline, now, currency, awake_on, unvalued=leads)
            yield LedgerPast(pipeline, currency, history, day_of(now))
