"""`pipeline-bot backtest`: what must be reached on the files that the method was found on, and what it says of others."""

import gzip
import json
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.backtest_bounds import GAINED, HOTEL, LOANS, OF_THE_METHOD, STAY, known_file
from bot.importing import Helpers, import_file
from pipeline.money import Money
from pipeline.stages import Field
from storage.engine import connect
from storage.pasts import pasts
from storage.store import Store
from tests.conftest import settled
from tests.handlers.test_pasts import BOOKINGS
from tests.pipeline import samples
from tests.pipeline.desk import Desk
from tests.pipeline.made_up import AGEING, lived
from tests.running import LooksHere

STAGES = ("Call", "Offer", "Talks", "Won", "Lost")
BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)


def looked(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["backtest", *map(str, words)])


def figures(*words: str | Path, subject: int = 0) -> dict[tuple[str, int | None, str], dict[str, Any]]:
    done = looked(*words, "--json")
    assert done.exit_code in (0, 1), done.output
    return of_section(json.loads(done.stdout)[subject])


def of_section(section: dict[str, Any]) -> dict[tuple[str, int | None, str], dict[str, Any]]:
    found = section["figures"]
    return {(each["test"], each["days"], each["figure"]): each for each in found}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of a pipeline whose rates are known."""
    history = lived(AGEING, deals=700, days=250, seed=3)
    file = tmp_path_factory.mktemp("made_up") / "history.csv"
    rows = [
        f"{deal},{STAGES[stage]},{(BEGINNING + timedelta(days=float(at))).isoformat()},{history.value[deal]:.2f}"
        for deal, stage, at in zip(history.deal, history.stage, history.at, strict=True)
    ]
    file.write_text("\n".join(["deal_id,stage,entered_at,amount", *rows]))
    return file


@pytest.mark.parametrize(
    "name", ["bpi2012_stage_history.csv", pytest.param("hotel_city.csv.gz", marks=pytest.mark.slow)]
)
def test_what_must_be_reached_is_reached(name: str) -> None:
    done = looked(samples.found(name), "--json")
    sections = json.loads(done.stdout)
    bound = [each for section in sections for each in section["figures"] if each["accepted"]]
    known = known_file(name)
    assert known
    assert len(bound) == len(known.bounds) + len(OF_THE_METHOD)
    assert [each for each in bound if not each["holds"]] == []
    assert done.exit_code == 0


def test_loans_are_as_the_reference_has_them() -> None:
    found = figures(samples.found("bpi2012_stage_history.csv"))
    assert found["chance to win", 30, "Brier"]["value"] == pytest.approx(0.1734, abs=0.001)
    assert found["forecast", 14, "WAPE of the run-rate alone"]["value"] == pytest.approx(0.243, abs=0.001)
    assert found["top 10", 14, "share held"]["value"] == pytest.approx(0.469, abs=0.001)
    assert found["median stay", None, "Offer sent on day 20"]["value"] == pytest.approx(9.8, abs=0.05)


def test_another_file_has_figures_and_no_bounds(made_up: Path) -> None:
    found = figures(made_up)
    assert [key for key, each in found.items() if each["accepted"]] == []
    assert found["no history", None, "chances as assumed, band rough"]["value"] == 1
    assert {key[2] for key in found if key[0] == "median stay"} == set(STAGES[:3])
    told = [each["value"] for each in found.values()]
    assert None not in told
    assert np.isfinite(told).all()


def test_a_drawn_past_reaches_what_can_be_reached_on_any(made_up: Path) -> None:
    """The same rows as of the files that may be away."""
    found = figures(made_up)
    drawn = {(test, figure) for test, _, figure in found}
    for known in (LOANS, HOTEL):
        named = {(key.test, key.figure) for key in known.bounds if key.test != STAY}
        assert named <= drawn
    within = {
        ("chance to win", 30, "Brier"): (0, 0.24),
        ("chance to win", 30, "AUC"): (0.65, 1),
        ("chance to win", 30, "ECE"): (0, 0.08),
        ("chance to win", 30, GAINED): (0, 1),
        ("forecast", 30, "WAPE"): (0, 0.35),
        ("forecast", 30, "coverage of the 80% band"): (0.6, 1),
        ("top 10", 14, "times the share by amount"): (1.2, 99),
        ("five deals known", 30, "Brier, worst"): (0, 0.3),
    }
    off = {
        key: found[key]["value"]
        for key, (least, most) in within.items()
        if not least <= found[key]["value"] <= most
    }
    assert off == {}


def test_the_method_itself_is_judged_when_asked_for() -> None:
    keys = [(key.test, key.days or None, key.figure) for key in OF_THE_METHOD]
    (alone,) = json.loads(looked("--method", "--json").stdout)
    found = of_section(alone)
    assert (alone["name"], alone["deals"], [*found]) == ("the method itself", None, keys)
    slowdowns = [found[key] for key in keys if key[0] == "planted slowdown"]
    assert [each["holds"] for each in slowdowns] == [True, True]
    said = looked()
    assert (said.exit_code, "name a FILE or a DATABASE" in said.stderr) == (2, True)


def test_equal_chances_of_stages_are_no_fault_of_the_method(made_up: Path) -> None:
    found = figures(made_up, "--chances", "0,50,50")
    assert found["no history", None, "chances as assumed, band rough"]["value"] == 1


def test_the_same_file_packed_says_the_same(made_up: Path, tmp_path: Path) -> None:

    packed = tmp_path / "history.csv.gz"
    packed.write_bytes(gzip.compress(made_up.read_bytes()))
    assert figures(packed) == figures(made_up)


def test_a_table_is_for_people(made_up: Path) -> None:
    done = looked(made_up, "--stages", "Call,Offer,Talks", "--chances", "10,30,60")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("history.csv: 700 deals\n")
    assert "the method itself" not in done.stdout
    assert "coverage of the 80%" in done.stdout


def test_a_figure_out_of_its_bounds_ends_with_one(tmp_path: Path) -> None:
    """A few rows under the name of a known file are judged like it."""
    pretender = tmp_path / "hotel_city_of_a_week.csv"
    pretender.write_text(BOOKINGS)
    done = looked(pretender)
    assert (done.exit_code, "MISSED" in done.stdout, "too few" in done.stdout) == (1, True, True)
    assert "the method itself\n" in done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere.csv"], "there is no such file"),
        (["mysql://host/name"], "expected sqlite:///FILE"),
        (["sqlite:///nowhere.db"], "nowhere.db is not there"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_in_a_sentence(words: list[str], sentence: str) -> None:
    done = looked(*words)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_chances_are_one_for_each_stage(made_up: Path) -> None:
    assert (
        "one for each of the open stages Call, Offer, Talks" in looked(made_up, "--chances", "10,20").stderr
    )
    assert "is not of the form 10,40,80" in looked(made_up, "--chances", "10,2000,1").stderr


@pytest.fixture
def database(made_up: Path, sqlite_template: Path, tmp_path: Path, moment: datetime) -> Path:
    """The bot's own, in which the made-up past was imported."""
    file = Path(shutil.copy(sqlite_template, tmp_path / "pipeline.db"))
    settled(Store(connect(f"sqlite:///{file}")), moment)
    words = [
        made_up,
        "--pipeline",
        "Made up",
        "--stages",
        "Call,Offer,Talks",
        "--database",
        f"sqlite:///{file}",
    ]
    done = CliRunner().invoke(import_file, [*map(str, words)], obj=Helpers(LooksHere()))
    assert done.exit_code == 0, done.output
    return file


def test_a_database_is_looked_back_on_like_the_file_it_was_imported_from(
    database: Path, made_up: Path
) -> None:
    done = looked(database, "--json")
    assert done.exit_code == 0, done.output
    (told,) = json.loads(done.stdout)
    assert (told["name"], told["deals"], told["stages"]) == ("Made up, EUR", 700, list(STAGES[:3]))
    assert looked(f"sqlite:///{database}", "--json").stdout == done.stdout
    found, of_file = figures(database), figures(made_up)
    for key in (("median stay", None, "Call"), ("median stay", None, "Talks")):
        assert found[key]["value"] == pytest.approx(of_file[key]["value"], rel=0.05)


def test_each_currency_is_a_past_of_its_own(desk: Desk) -> None:
    for currency in ("EUR", "USD", "EUR"):
        desk.new(f"in {currency}", fields={Field.VALUE: Money(100_00, currency)}, again=True)
    desk.new("without")
    found = list(pasts(desk.store, desk.at + timedelta(days=1)))
    assert [(each.pipeline.key, each.currency) for each in found] == [("default", "EUR"), ("default", "USD")]
    assert [len(each.history.created) for each in found] == [3, 1], (
        "what has no value is in the currency of the most"
    )


def test_a_database_without_amounts_has_nothing_to_look_back_on(sqlite_template: Path) -> None:
    done = looked(sqlite_template)
    assert (done.exit_code, "no deals with an amount" in done.stderr) == (2, True)


def test_a_database_of_another_schema_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    sqlite3.connect(file).execute("CREATE TABLE things (id)").connection.close()
    done = looked(file)
    assert (done.exit_code, "schema none, not" in done.stderr) == (2, True)
