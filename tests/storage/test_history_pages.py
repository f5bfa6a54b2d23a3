"""A history is read a part at a time, the newest first."""

from datetime import datetime

from storage.store import Store
from tests.conftest import ANA, TEAM, settled
from tests.pipeline.desk import Desk


def test_parts_of_a_history_follow_one_another(store: Store, moment: datetime) -> None:
    desk = Desk(settled(store, moment), TEAM, moment, ANA)
    deal, other = desk.new("Acme"), desk.new("Other")
    for place in range(6):
        desk.note(deal, f"Note {place}")
        desk.note(other, "Another deal's")
    with store.read(TEAM) as work:
        parts = [[each.version for each in work.deals.history(deal, 3, before)] for before in (0, 3, 6, 9)]
    assert parts == [[7, 6, 5], [4, 3, 2], [1], []]
