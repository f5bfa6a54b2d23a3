"""Two admins, one pipeline, two copies of the bot: no change is lost unseen."""

from collections.abc import Callable
from datetime import datetime
from threading import Thread

import pytest
from sqlalchemy import Engine

from pipeline.acts import carry_out
from pipeline.deal import Deal
from pipeline.errors import PipelineOvertaken, StageArchived, StageHasDeals
from pipeline.orders import Move, Order
from pipeline.shapes import AlterStage, ArchiveStage, EstablishPipeline, Shaped
from storage.store import Store
from tests.conftest import OLGA, TEAM, settled
from tests.pipeline.desk import Desk
from tests.storage.races import Copies, together


@pytest.fixture
def copies(database_url: str, connected: Callable[..., Engine], moment: datetime) -> Copies:
    stores = [Store(connected(database_url)) for _ in range(2)]
    settled(stores[0], moment)
    return Copies.of(stores, moment)


def shaped(desk: Desk, order: Order) -> object:
    with desk.store.begin(TEAM) as work:
        return carry_out(work, desk.occasion(OLGA), order)


def test_of_two_admins_who_saw_the_same_stages_one_is_told(copies: Copies) -> None:
    lead = copies.one.stage("lead").id
    for place in range(20):
        seen = copies.one.pipeline.version
        orders = [AlterStage(lead, chance=20 + 2 * place + each, expected=seen) for each in (0, 1)]
        answers = together(
            lambda: shaped(copies.one, orders[0]),  # noqa: B023 - done within the round
            lambda: shaped(copies.two, orders[1]),  # noqa: B023 - as above
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["PipelineOvertaken", "Shaped"]
        won = next(answer for answer in answers if isinstance(answer, Shaped))
        assert copies.one.pipeline == copies.two.pipeline == won.pipeline


def test_commands_typed_at_once_are_both_kept_or_one_is_told(copies: Copies) -> None:
    lead, closing = copies.one.stage("lead").id, copies.one.stage("closing").id
    done = 0
    for place in range(20):
        answers = together(
            lambda: shaped(copies.one, AlterStage(lead, chance=20 + place)),  # noqa: B023 - as above
            lambda: shaped(copies.two, AlterStage(closing, patience=20 + place)),  # noqa: B023 - as above
        )
        assert {type(answer) for answer in answers} <= {Shaped, PipelineOvertaken}
        done += sum(isinstance(answer, Shaped) for answer in answers)
        assert copies.one.pipeline == copies.two.pipeline
        assert copies.one.pipeline.version == 1 + done


def test_a_deal_that_moves_while_its_stage_is_emptied_is_lost_to_nobody(copies: Copies) -> None:
    """Either the person was first, and the archive finds the rest, or one of the two is told."""
    deals = [copies.one.filled(f"Deal {each}") for each in range(3)]
    closing, lead = copies.one.stage("closing").id, copies.one.stage("lead").id
    answers = together(
        lambda: shaped(copies.one, ArchiveStage(lead, closing)),
        lambda: copies.two.move(deals[1], "proposal"),
    )
    for deal in deals:
        now, history = copies.one.deal(deal), copies.one.history(deal)
        assert [change.version for change in history] == [*range(1, now.version + 1)]
        assert (now.stage_id == lead) <= (not isinstance(answers[0], Shaped))
    assert copies.one.pipeline.stage(lead).archived == isinstance(answers[0], Shaped)


def test_a_stage_with_a_deal_refuses_and_the_pipeline_stays(copies: Copies) -> None:
    copies.one.filled()
    order = ArchiveStage(copies.one.stage("lead").id)
    with pytest.raises(StageHasDeals):
        shaped(copies.two, order)
    assert copies.one.pipeline.version == 1


def test_two_admins_who_make_pipelines_of_one_name_make_one(copies: Copies) -> None:
    for place in range(10):
        names = (f"Partners {place}", f"PARTNERS-{place}")
        orders = [EstablishPipeline(name, (("Contact", "Kontakt"), ("Pilot", "Pilot"))) for name in names]
        answers = together(
            lambda: shaped(copies.one, orders[0]),  # noqa: B023 - done within the round
            lambda: shaped(copies.two, orders[1]),  # noqa: B023 - as above
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["Established", "PipelineNameTaken"]
    with copies.one.store.read(TEAM) as work:
        assert len(work.stages.all()) == 11


class Meanwhile:
    """An act of the second copy that waits for a transaction of the first one, which is not at its end yet."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._thread = Thread(target=self._run)
        self.answer: object = None

    def begin(self) -> None:
        self._thread.start()
        self._thread.join(0.3)
        assert self._thread.is_alive(), self.answer

    def end(self) -> object:
        self._thread.join()
        return self.answer

    def _run(self) -> None:
        self.answer = together(self._act)[0]


def archived_while(copies: Copies, key: str, act: Callable[[], object]) -> object:
    """What became of an act that began before the stage was archived, and could end only afterwards."""
    other = Meanwhile(act)
    with copies.one.store.begin(TEAM) as work:
        carry_out(work, copies.one.occasion(OLGA), ArchiveStage(copies.one.stage(key).id))
        other.begin()
    return other.end()


def test_a_move_into_a_stage_that_is_just_being_archived_is_refused(copies: Copies) -> None:
    deal = copies.one.filled()
    answer = archived_while(copies, "closing", lambda: copies.two.move(deal, "closing"))
    assert isinstance(answer, StageArchived)
    assert copies.one.deal(deal) == deal


def test_a_deal_is_not_reopened_into_a_stage_that_is_just_being_archived(copies: Copies) -> None:
    deal = copies.one.filled()
    copies.one.move(deal, "closing")
    copies.one.lose(deal)
    answer = archived_while(copies, "closing", lambda: copies.two.reopen(deal))
    assert isinstance(answer, StageArchived)
    assert copies.one.deal(deal).version == 3


def test_a_change_is_not_taken_back_into_a_stage_that_is_just_being_archived(copies: Copies) -> None:
    deal = copies.one.filled()
    copies.one.move(deal, "closing")
    copies.one.move(deal, "lead")
    answer = archived_while(copies, "closing", lambda: copies.two.undo(deal))
    assert isinstance(answer, StageArchived)
    assert copies.one.deal(deal).version == 3


def test_a_deal_made_while_the_first_stage_is_being_archived_begins_in_the_next_one(copies: Copies) -> None:
    answer = archived_while(copies, "lead", copies.two.filled)
    assert isinstance(answer, Deal)
    assert (answer.number, answer.stage_id) == (1, copies.one.stage("qualification").id)
    assert copies.one.deal(1) == answer


def test_a_stage_that_a_deal_is_just_entering_is_archived_with_it_in_sight(copies: Copies) -> None:
    deal = copies.one.filled()
    closing = copies.one.stage("closing").id
    archiving = Meanwhile(lambda: shaped(copies.two, ArchiveStage(closing)))
    with copies.one.store.begin(TEAM) as work:
        carry_out(work, copies.one.occasion(), Move(deal.number, closing))
        archiving.begin()
    told = archiving.end()
    assert isinstance(told, StageHasDeals)
    assert [each.number for each in told.deals] == [deal.number]
