"""P9 and P11: what one process weighs, and what a rendering costs."""

import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from slack_sdk.models.blocks import Block

from handlers.texts.languages import texts
from handlers.views.deal_card import CardFacts
from handlers.views.home import HomeFacts, home
from pipeline.deal import Deal
from pipeline.money import Money
from pipeline.ownership import Owner
from playground.server import LocalSlack
from storage.engine import connect
from tests.bench.load import command, drive
from tests.bench.machine import Figures, resident
from tests.bench.moves import ROUNDS, fill
from tests.bench.table import Row
from tests.running import BotProcess, environment, wait_until
from tests.views.gallery.sitter import PIPELINE

RENDERINGS = 200
HOME_DEALS = 23


def measure_process(database_url: str, report: Callable[[str], None]) -> list[Row]:
    """From the start of the program to its first answer, and its memory then and after the nightly look."""
    fill(database_url, 1)
    memory, after, seconds = [], [], []
    with LocalSlack() as slack:
        env = environment(slack, database_url)
        for number in range(ROUNDS):
            report(f"P9 round {number + 1} of {ROUNDS}")
            _forget_looks(database_url)
            with BotProcess(env) as bot:
                wait_until(lambda: _is_fitted(database_url), what="the nightly look")
                after.append(_settled(bot))
            started = time.perf_counter()
            with BotProcess(env) as bot:
                drive(bot.address, [[command(bot.address, "help", f"t{number}")]], b"Your pipeline")
                seconds.append(time.perf_counter() - started)
                memory.append(_settled(bot))
    weights = {"idle": Figures(memory), "idle after a nightly look": Figures(after)}
    first = Figures(seconds)
    return [
        *(
            Row("P9", f"{what}, memory in MiB", weight.shown(0), "<= 90", weight.median <= 90)
            for what, weight in weights.items()
        ),
        Row("P9", "seconds from start to first answer", first.shown(), "<= 1.5", first.median <= 1.5),
    ]


def _settled(bot: BotProcess) -> float:
    time.sleep(1.0)
    assert isinstance(bot.process, subprocess.Popen)
    return resident(bot.process.pid)


def _forget_looks(database_url: str) -> None:
    _said(database_url, "DELETE FROM fits")


def _is_fitted(database_url: str) -> bool:
    return bool(_said(database_url, "SELECT count(*) FROM fits"))


def _said(database_url: str, statement: str) -> int:
    engine = connect(database_url, pool_size=1)
    try:
        with engine.begin() as connection:
            told = connection.exec_driver_sql(statement)
            return int(told.scalar_one()) if told.returns_rows else told.rowcount
    finally:
        engine.dispose()


def measure_rendering() -> list[Row]:
    """A Home of 50 blocks from ready facts; beside it the same through slack_sdk's models."""
    facts, speech = HomeFacts(_facts(), HOME_DEALS), texts("en")
    drawn = home(facts, speech)
    blocks = cast("list[dict[str, Any]]", drawn["blocks"])
    assert len(blocks) >= 49
    ours = Figures([_milliseconds(lambda: home(facts, speech)) for _ in range(ROUNDS)])
    models = Figures(
        [_milliseconds(lambda: [each.to_dict() for each in Block.parse_all(blocks)]) for _ in range(ROUNDS)]
    )
    return [
        Row(
            "P11",
            f"rendering {len(blocks)} blocks, ms",
            ours.shown(3),
            "<= 1",
            ours.median <= 1,
            floor=f"slack_sdk models {models.shown(2)}",
        )
    ]


def _milliseconds(render: Callable[[], object]) -> float:
    started = time.process_time()
    for _ in range(RENDERINGS):
        render()
    return (time.process_time() - started) / RENDERINGS * 1000


def _facts() -> list[CardFacts]:
    now = datetime.now(UTC)
    return [
        CardFacts(
            _deal(number, now - timedelta(days=number)),
            PIPELINE,
            Owner("Ana"),
            money=True,
            now=now,
        )
        for number in range(1, HOME_DEALS + 1)
    ]


def _deal(number: int, at: datetime) -> Deal:
    return Deal(
        id=number,
        workspace_id="T0SALES",
        number=number,
        pipeline_id=1,
        stage_id=1 + number % 5,
        title=f"Acme renewal {number}",
        version=3,
        created_at=at,
        created_by="U0ANA",
        entered_at=at,
        changed_at=at,
        company="Acme",
        value=Money(number * 100_000, "EUR"),
        owner_id="U0ANA",
    )
