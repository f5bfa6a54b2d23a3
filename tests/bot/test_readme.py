"""The documents say what is true."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.documents import DOES
from pipeline.permissions import Act
from tests import picture
from tests.bot.program import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_its_tables_are_the_programs() -> None:
    """`make format` rewrites them."""
    command = [sys.executable, "-m", "cogapp", "--check", "-r", "README.md"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_picture_is_drawn_from_the_view() -> None:
    """`python -m tests.picture > docs/card.svg` draws it anew."""
    assert (ROOT / "docs" / "card.svg").read_text(encoding="utf-8") == picture.picture()


def test_every_right_that_people_use_in_slack_is_in_the_table() -> None:
    assert set(DOES) == set(Act) - {Act.IMPORT}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_every_verb_of_make_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    shown = re.findall(r"`make [a-z]+`|^make [a-z]+", README, re.MULTILINE)
    verbs = {each.strip("`").split()[1] for each in shown}
    assert {"run", "test", "check", "slow", "faults"} <= verbs
    assert not [verb for verb in verbs if f"\n{verb}:" not in makefile]


def test_every_command_and_option_that_is_named_is_there() -> None:
    named = re.findall(r"(?:^|`)(?:\.venv/bin/)?pipeline-bot ([a-z]+[^`\n#]*)", README, re.MULTILINE)
    assert len(named) >= len(main.commands)
    for line in named:
        name, *rest = shlex.split(line)
        command = main.commands[name]
        if name == "import":
            continue
        options = {
            option for each in command.params if isinstance(each, click.Option) for option in each.opts
        }
        assert not [word for word in rest if word.startswith("--") and word not in options], line


def test_it_speaks_of_no_machine_but_the_readers() -> None:
    for page in [*PAGES, ROOT / ".env.example", ROOT / "manifest.yml", ROOT / "docs" / "card.svg"]:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"/(?:root|work|home|tmp)/|pypi\.org|simple/", text), page


def test_the_newest_version_is_in_the_changelog() -> None:
    with (ROOT / "pyproject.toml").open("rb") as opened:
        version = tomllib.load(opened)["project"]["version"]
    headings = re.findall(
        r"^## \[([^]]+)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert headings[:2] == ["Unreleased", version]
