"""Shaping a pipeline: what admins may do to its stages, and what becomes of the deals."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select

from pipeline import errors, shaping
from pipeline.acts import carry_out
from pipeline.errors import ArchiveDown
from pipeline.shapes import (
    AddStage,
    AlterStage,
    ArchiveStage,
    PlaceStage,
    RestoreStage,
    Setting,
    Settle,
    Shaped,
    StoredSettings,
)
from pipeline.stages import Category, Field, StageKind
from storage.post_tables import CardRow
from storage.store import Store, Work
from tests.conftest import ANA, GUS, MIA, OLGA
from tests.pipeline.desk import Desk

OPEN = ["lead", "qualification", "proposal", "negotiation", "closing"]


def altered(desk: Desk, key: str, **changes: Any) -> AlterStage:
    return AlterStage(desk.stage(key).id, **changes)


def keys(desk: Desk) -> list[str]:
    return [stage.key for stage in desk.pipeline.open_stages]


@pytest.mark.parametrize("who", [GUS, ANA, MIA])
def test_only_admins_shape_the_stages(desk: Desk, shape: Callable[..., Shaped], who: str) -> None:
    lead, closing = desk.stage("lead").id, desk.stage("closing").id
    before = desk.pipeline
    for order in (
        AlterStage(lead, chance=20),
        AddStage("Demo", "Demo"),
        PlaceStage(closing, None),
        ArchiveStage(closing),
        RestoreStage(closing),
        Settle(Setting.LANGUAGE, "de"),
    ):
        with pytest.raises(errors.NoRight):
            shape(order, who)
    assert desk.pipeline == before


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"english": "Offer", "german": "Angebot"}, {"english": "Offer", "german": "Angebot"}),
        ({"english": "Offer"}, {"english": "Offer", "german": "Offer"}),
        ({"chance": 0}, {"chance": 0}),
        ({"chance": 100}, {"chance": 100}),
        ({"patience": 1}, {"patience": 1}),
        ({"gate": (Field.VALUE, Field.CONTACT, Field.VALUE)}, {"gate": (Field.VALUE, Field.CONTACT)}),
        ({"gate": ()}, {"gate": ()}),
        ({"category": Category.COMMIT}, {"category": Category.COMMIT}),
    ],
)
def test_one_thing_of_a_stage_changes_and_the_version_counts_up(
    desk: Desk, shape: Callable[..., Shaped], said: dict[str, Any], expected: dict[str, Any]
) -> None:
    before = desk.pipeline
    done = shape(altered(desk, "proposal", **said))
    after = desk.pipeline
    assert done.stage == desk.stage("proposal") == replace(done.before or done.stage, **expected)
    assert done.pipeline == after
    assert after.version == before.version + 1
    assert [stage for stage in after.stages if stage.key != "proposal"] == [
        stage for stage in before.stages if stage.key != "proposal"
    ]


@pytest.mark.parametrize("name", ["negotiation", "NEGOTIATION", "Verhandlung", "Négotiation", " won"])
def test_a_name_is_one_stages_alone_in_both_languages(
    desk: Desk, shape: Callable[..., Shaped], name: str
) -> None:
    for order in (altered(desk, "proposal", english=name), AddStage("Fresh", name)):
        with pytest.raises(errors.StageNameTaken):
            shape(order)


def test_a_stage_may_take_its_own_name_in_another_spelling(desk: Desk, shape: Callable[..., Shaped]) -> None:
    assert shape(altered(desk, "proposal", english="PROPOSAL")).stage.english == "PROPOSAL"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"english": ""}, errors.StageNameUnfit),
        ({"english": "x" * 51}, errors.StageNameUnfit),
        ({"chance": 101}, errors.ChanceUnfit),
        ({"chance": -1}, errors.ChanceUnfit),
        ({"patience": 0}, errors.PatienceUnfit),
        ({"gate": (Field.REASON,)}, errors.GateUnfit),
        ({"gate": (Field.TITLE,)}, errors.GateUnfit),
        ({"chance": 50}, errors.StageUnchanged),
    ],
)
def test_what_a_stage_cannot_be_is_refused(
    desk: Desk, shape: Callable[..., Shaped], said: dict[str, Any], refusal: type[errors.Refusal]
) -> None:
    before = desk.pipeline
    with pytest.raises(refusal):
        shape(altered(desk, "proposal", **said))
    assert desk.pipeline == before


def test_won_and_lost_are_renamed_and_given_a_gate_and_nothing_else(
    desk: Desk, shape: Callable[..., Shaped]
) -> None:
    for key in ("won", "lost"):
        stage = desk.stage(key)
        shape(AlterStage(stage.id, english=f"{key} for good"))
        shape(AlterStage(stage.id, gate=(Field.COMPANY,)))
        for order in (
            AlterStage(stage.id, chance=50),
            AlterStage(stage.id, patience=5),
            AlterStage(stage.id, category=Category.COMMIT),
            PlaceStage(stage.id, None),
            ArchiveStage(stage.id),
            AddStage("Demo", "Demo", after_id=stage.id),
            ArchiveStage(desk.stage("closing").id, into_id=stage.id),
        ):
            with pytest.raises(errors.StageFixed):
                shape(order)
    assert desk.pipeline.won.english == "won for good"


def test_a_stage_is_added_where_it_was_asked_for_and_takes_deals(
    desk: Desk, shape: Callable[..., Shaped]
) -> None:
    done = shape(AddStage("Demo", "Vorführung", after_id=desk.stage("qualification").id))
    assert done.stage.kind is StageKind.OPEN
    assert keys(desk) == ["lead", "qualification", "demo", "proposal", "negotiation", "closing"]
    shape(AddStage("Last check", "Letzter Blick"))
    assert keys(desk)[-1] == "last-check"
    assert [stage.key for stage in desk.pipeline.living][-2:] == ["won", "lost"]
    assert desk.move(desk.filled(), "demo").deal.stage_id == done.stage.id


def test_stages_are_put_in_another_order(desk: Desk, shape: Callable[..., Shaped]) -> None:
    shape(PlaceStage(desk.stage("closing").id, None))
    assert keys(desk) == ["closing", "lead", "qualification", "proposal", "negotiation"]
    shape(PlaceStage(desk.stage("closing").id, desk.stage("proposal").id))
    assert keys(desk) == ["lead", "qualification", "proposal", "closing", "negotiation"]
    for behind in ("proposal", "closing"):
        with pytest.raises(errors.StageUnchanged):
            shape(PlaceStage(desk.stage("closing").id, desk.stage(behind).id))


def test_who_saw_an_older_pipeline_changes_nothing(desk: Desk, shape: Callable[..., Shaped]) -> None:
    seen = desk.pipeline.version
    shape(altered(desk, "proposal", chance=40, expected=seen))
    with pytest.raises(errors.PipelineOvertaken):
        shape(altered(desk, "proposal", chance=60, expected=seen))
    assert desk.stage("proposal").chance == 40


def test_of_two_at_once_one_is_told(desk: Desk) -> None:
    """The loser has read the stages before the winner's change was saved."""
    order = altered(desk, "proposal", chance=40)
    with pytest.raises(errors.PipelineOvertaken), desk.store.begin(desk.team) as work:
        _shape_what_was_read_before(work, desk, order)
    assert desk.stage("proposal").chance == 50


def _shape_what_was_read_before(work: Work, desk: Desk, order: AlterStage) -> None:
    read = work.stages.pipeline()
    older = replace(read, version=read.version - 1)
    work.stages._cache = {read.id: older}
    work.stages.note_stamp(read.id, older.stamp)
    shaping.shape(work, desk.occasion(OLGA), replace(order, pipeline_id=read.id))


def test_every_copy_sees_the_change_at_once(desk: Desk, shape: Callable[..., Shaped]) -> None:
    deal = desk.filled()
    other = Store(desk.store.engine)

    def chance() -> tuple[int, int]:
        with other.read(desk.team) as work:
            found = work.deals.by_number(deal.number)
            by_deal = work.stages.pipeline(found.pipeline_id).stage(found.stage_id)
            return by_deal.chance, work.stages.pipeline().first.chance

    assert chance() == (10, 10)
    shape(altered(desk, "lead", chance=15))
    assert chance() == (15, 15)


def test_what_was_rolled_back_is_remembered_by_nobody(desk: Desk) -> None:
    order = altered(desk, "lead", chance=15)
    with pytest.raises(ArchiveDown), desk.store.begin(desk.team) as work:
        _shape_and_fail(work, desk, order)
    assert desk.stage("lead").chance == 10


def _shape_and_fail(work: Work, desk: Desk, order: AlterStage) -> None:
    shaping.shape(work, desk.occasion(OLGA), order)
    assert work.stages.pipeline().first.chance == 15
    raise ArchiveDown


def test_every_card_of_the_pipeline_is_painted_anew(desk: Desk, shape: Callable[..., Shaped]) -> None:
    deals = [desk.filled(), desk.filled("Other")]
    for deal in deals:
        keep_card(desk, deal.id)
    shape(altered(desk, "closing", english="Signature"))
    with desk.store.read(desk.team) as work:
        painted = work.tx.execute(select(CardRow.painted_version)).scalars().all()
    assert painted == [0, 0]


def test_deals_are_counted_by_stage(desk: Desk) -> None:
    desk.move(desk.filled("A"), "proposal")
    desk.filled("B")
    desk.undo(desk.filled("C"))
    with desk.store.read(desk.team) as work:
        counts = work.deals.counted(desk.pipeline.id)
    assert counts == {desk.stage("proposal").id: 1, desk.stage("lead").id: 1}


def test_a_setting_is_kept_until_the_environment_holds_again(desk: Desk) -> None:
    for value in ("USD", None):
        with desk.store.begin(desk.team) as work:
            carry_out(work, desk.occasion(OLGA), Settle(Setting.CURRENCY, value))
        with desk.store.read(desk.team) as work:
            assert work.settings.stored() == StoredSettings(currency=value)


def keep_card(desk: Desk, deal_id: int) -> None:
    row = {
        "workspace_id": desk.team,
        "deal_id": deal_id,
        "channel_id": "C0DEALS",
        "ts": str(deal_id),
        "state": "living",
        "generation": 1,
        "posted_at": 0,
        "looked_at": 0,
        "wanted_version": 1,
        "painted_version": 1,
    }
    with desk.store.begin(desk.team) as work:
        work.tx.execute(insert(CardRow).values(**row))
