"""More than one pipeline: who makes and renames them, and which one a name means."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from pipeline import errors
from pipeline.acts import carry_out
from pipeline.errors import Refusal
from pipeline.establishing import called
from pipeline.orders import Order
from pipeline.shapes import AddStage, Established, EstablishPipeline, RenamePipeline
from pipeline.stages import Pipeline, StageKind
from storage.post_tables import CardRow
from tests.conftest import ANA, GUS, MIA, OLGA
from tests.pipeline.desk import Desk
from tests.pipeline.test_shaping import keep_card

OPEN = (("Contact", "Kontakt"), ("Pilot", "Pilot"), ("Contract", "Vertrag"))


@pytest.fixture
def settle(desk: Desk) -> Callable[..., Pipeline]:
    """As Olga, the admin."""

    def settle(order: Order, by: str = OLGA) -> Pipeline:
        with desk.store.begin(desk.team) as work:
            done = carry_out(work, desk.occasion(by), order)
        assert isinstance(done, Established)
        return done.pipeline

    return settle


def known(desk: Desk) -> list[Pipeline]:
    with desk.store.read(desk.team) as work:
        return list(work.stages.all())


def test_a_new_pipeline_has_its_open_stages_in_order_and_won_and_lost(
    desk: Desk, settle: Callable[..., Pipeline]
) -> None:
    made = settle(EstablishPipeline("Channel Partners", OPEN))
    assert (made.key, made.name) == ("channel-partners", "Channel Partners")
    assert [(stage.english, stage.german, stage.chance) for stage in made.open_stages] == [
        ("Contact", "Kontakt", 10),
        ("Pilot", "Pilot", 50),
        ("Contract", "Vertrag", 90),
    ]
    assert [stage.kind for stage in made.stages[-2:]] == [StageKind.WON, StageKind.LOST]
    assert known(desk) == [desk.pipeline, made]


@pytest.mark.parametrize("who", [GUS, ANA, MIA])
def test_only_admins_make_and_rename_pipelines(desk: Desk, settle: Callable[..., Pipeline], who: str) -> None:
    before = known(desk)
    for order in (EstablishPipeline("Partners", OPEN), RenamePipeline(desk.pipeline.id, "Direct")):
        with pytest.raises(errors.NoRight):
            settle(order, who)
    assert known(desk) == before


@pytest.mark.parametrize(
    "name", ["Partners", "partners", "  PARTNERS.", "Pärtners", "Part-ners", "“Partners”"]
)
def test_a_name_that_people_would_take_for_another_is_refused(
    desk: Desk, settle: Callable[..., Pipeline], name: str
) -> None:
    made = settle(EstablishPipeline("Partners", OPEN))
    with pytest.raises(errors.PipelineNameTaken) as taken:
        settle(EstablishPipeline(name, OPEN))
    assert taken.value.pipeline == made
    with pytest.raises(errors.PipelineNameTaken):
        settle(RenamePipeline(desk.pipeline.id, name))
    assert len(known(desk)) == 2


@pytest.mark.parametrize(
    ("name", "stages", "refusal"),
    [
        ("", OPEN, errors.PipelineNameUnfit),
        ("\u200b", OPEN, errors.PipelineNameUnfit),
        ("x" * 51, OPEN, errors.PipelineNameUnfit),
        ("Partners: EU", OPEN, errors.PipelineNameUnfit),
        ("Partners", OPEN[:1], errors.StageCountUnfit),
        ("Partners", tuple((f"Stage {n}", f"Phase {n}") for n in range(21)), errors.StageCountUnfit),
        ("Partners", (*OPEN, ("x" * 51, "x")), errors.StageNameUnfit),
        ("Partners", (*OPEN, ("\u200b", "x")), errors.StageNameUnfit),
        ("Partners", (*OPEN, ("PILOT", "PILOT")), errors.StageNamedTwice),
        ("Partners", (*OPEN, ("Deal", "kontakt")), errors.StageNamedTwice),
        ("Partners", (("A b", "A b"), ("a-b", "a-b")), errors.StageNamedTwice),
        ("Partners", (*OPEN, ("Won", "Won")), errors.StageNamedTwice),
        ("Partners", (*OPEN, ("verloren", "verloren")), errors.StageNamedTwice),
    ],
)
def test_what_no_pipeline_can_be_is_refused(
    desk: Desk,
    settle: Callable[..., Pipeline],
    name: str,
    stages: tuple[tuple[str, str], ...],
    refusal: type[Refusal],
) -> None:
    with pytest.raises(refusal):
        settle(EstablishPipeline(name, stages))
    assert known(desk) == [desk.pipeline]


def test_a_renamed_pipeline_keeps_its_key_and_frees_its_name(
    desk: Desk, settle: Callable[..., Pipeline]
) -> None:
    made = settle(EstablishPipeline("Partners", OPEN))
    renamed = settle(RenamePipeline(made.id, "Channel"))
    assert (renamed.key, renamed.name, renamed.version) == ("partners", "Channel", 2)
    other = settle(EstablishPipeline("Partners", OPEN))
    assert other.key == "partners-2"
    assert called(known(desk), "partners") == other
    assert called(known(desk), "CHANNEL") == renamed
    with pytest.raises(errors.PipelineNameTaken):
        settle(RenamePipeline(made.id, "Channel"))
    assert settle(RenamePipeline(made.id, "CHANNEL")).name == "CHANNEL"


def test_another_pipeline_is_shaped_like_the_first(desk: Desk, settle: Callable[..., Pipeline]) -> None:
    made = settle(EstablishPipeline("Partners", OPEN))
    with desk.store.begin(desk.team) as work:
        carry_out(work, desk.occasion(OLGA), AddStage("Demo", "Demo", pipeline_id=made.id))
    assert [stage.english for stage in known(desk)[1].open_stages][-1] == "Demo"
    assert len(desk.pipeline.open_stages) == 5


def test_every_card_is_painted_anew_once_there_are_two(desk: Desk, settle: Callable[..., Pipeline]) -> None:
    """Each names its pipeline from then on; a third one changes nothing about them."""
    keep_card(desk, desk.new().id)

    def painted() -> int:
        with desk.store.begin(desk.team) as work:
            found = work.tx.execute(select(CardRow.painted_version)).scalar_one()
            work.tx.execute(update(CardRow).values(painted_version=1))
        return int(found)

    settle(EstablishPipeline("Partners", OPEN))
    assert painted() == 0
    settle(EstablishPipeline("Renewals", OPEN))
    assert painted() == 1
    settle(RenamePipeline(desk.pipeline.id, "Direct"))
    assert painted() == 0
