"""The second reading: rows to deals, whichever form the file has."""

from collections.abc import Iterator

from handlers.importing.csv_file import Moved
from handlers.importing.deal_rows import read_deals
from handlers.importing.history_rows import read_histories
from handlers.importing.survey import Survey, Wishes
from pipeline.imports import ImportedDeal, Skipped


def read(survey: Survey, wishes: Wishes, moved: Moved) -> Iterator[ImportedDeal | Skipped]:
    """Deals in the order in which the file first names them, one at a time."""
    form = read_histories if survey.layout.is_history else read_deals
    return form(survey.again(moved), survey, wishes)
