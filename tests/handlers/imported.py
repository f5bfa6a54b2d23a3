"""What a file comes to when it is read: its deals, and the rows that are left out."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from handlers.importing.date_order import Order
from handlers.importing.headers import Column
from handlers.importing.reading import read
from handlers.importing.stage_names import StageNames
from handlers.importing.survey import Survey, Wishes, survey
from pipeline.imports import ImportedDeal, Skipped
from pipeline.stages import DEFAULT_STAGES

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)


def wishing(
    mapping: Mapping[str, str] | None = None,
    columns: Mapping[Column, str] | None = None,
    dates: Order | None = None,
    zone: str = "UTC",
) -> Wishes:
    names = StageNames(DEFAULT_STAGES, mapping or {})
    people = {"moses frase": "U0MOSES"}
    return Wishes(names, NOW, "EUR", ZoneInfo(zone), dates, columns or {}, people)


def looked_at(content: str, wishes: Wishes) -> Survey:
    return survey(lambda: io.BytesIO(content.encode()), wishes, lambda _: None)


def taken(content: str, wishes: Wishes | None = None) -> Sequence[ImportedDeal | Skipped]:
    wishes = wishes or wishing()
    return list(read(looked_at(content, wishes), wishes, lambda _: None))


def deal(content: str, wishes: Wishes | None = None) -> ImportedDeal:
    (only,) = taken(content, wishes)
    assert isinstance(only, ImportedDeal), only
    return only


def skipped(content: str, wishes: Wishes | None = None) -> Skipped:
    (only,) = taken(content, wishes)
    assert isinstance(only, Skipped), only
    return only


def path(imported: ImportedDeal) -> list[str]:
    return [visit.stage for visit in imported.visits]
