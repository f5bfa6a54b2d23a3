"""What every view looks like, in both languages."""

import json
from pathlib import Path
from typing import Any

from handlers.misreading import Misread
from handlers.refusals import _ANSWERS
from handlers.texts.english import English
from pipeline.errors import Refusal
from tests.views.conftest import GOLDEN
from tests.views.gallery.catalogue import golden
from tests.views.gallery.refused import refusals
from tests.views.gallery.sitter import DEAL, Sitter
from tests.views.reading import problems


def folder_of(texts: English) -> Path:
    return GOLDEN / texts.locale


def written(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_every_view_is_drawn_as_its_golden_file_says(spoken: English, *, writing: bool) -> None:
    folder, drawn = folder_of(spoken), golden(spoken)
    if writing:
        folder.mkdir(parents=True, exist_ok=True)
        for gone in {file.stem for file in folder.glob("*.json")} - drawn.keys():
            (folder / f"{gone}.json").unlink()
        for name, payload in drawn.items():
            (folder / f"{name}.json").write_text(written(payload), encoding="utf-8")
    kept = {file.stem: file.read_text(encoding="utf-8") for file in folder.glob("*.json")}
    assert kept.keys() == drawn.keys(), "pytest tests/views --golden=write"
    for name, payload in drawn.items():
        assert written(payload) == kept[name], f"{name}: pytest tests/views --golden=write, then look at it"


def test_what_grows_is_drawn_of_no_deal_one_eight_and_ten_thousand() -> None:
    drawn = {file.stem for file in (GOLDEN / "en").glob("*.json")}
    sizes = {"list_of": "many_first", "list_found": "many", "board_of": "many"}
    for view, many in sizes.items():
        assert {f"{view}_{size}" for size in ("none", "one", "eight", many)} <= drawn
    assert {"home_empty", "home_one", "home_eight", "home_thirty_of_many"} <= drawn


def test_slack_would_take_every_golden_file(spoken: English) -> None:
    for file in folder_of(spoken).glob("*.json"):
        assert problems(json.loads(file.read_text(encoding="utf-8"))) == [], file.stem


def test_every_refusal_of_the_rules_is_drawn(spoken: English) -> None:
    drawn = {type(refusal) for _, refusal in refusals(Sitter(DEAL, spoken))}
    of_the_rules = {each for each in Refusal.__subclasses__() if each.__module__ == "pipeline.errors"}
    assert drawn == {*_ANSWERS, Misread} == {*of_the_rules, Misread}


def test_a_view_is_drawn_the_same_twice(spoken: English) -> None:
    assert golden(spoken) == golden(spoken)
