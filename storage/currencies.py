"""Which currencies a pipeline's deals are in, and in which of them its deals without a value are counted."""

from sqlalchemy import func, select

from storage.tables import DealRow
from storage.transaction import Transaction


def currencies_in(tx: Transaction, pipeline_id: int) -> list[str]:
    """The most frequent first.

    Deals without a value belong to that one: they are likeliest in it, and in each of several they would outnumber
    the deals of a rare one.
    """
    here = (
        select(DealRow.currency)
        .where(
            DealRow.workspace_id == tx.workspace_id,
            DealRow.pipeline_id == pipeline_id,
            DealRow.voided_at.is_(None),
            DealRow.currency.is_not(None),
        )
        .group_by(DealRow.currency)
        .order_by(func.count().desc(), DealRow.currency)
    )
    return [str(currency) for currency in tx.execute(here).scalars()]
