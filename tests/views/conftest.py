"""Golden views: `pytest tests/views --golden=write` takes what is drawn now for what shall be."""

from pathlib import Path

import pytest

from handlers.texts.english import English
from handlers.texts.languages import texts

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "de")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", choices=("compare", "write"), default="compare", help="golden views")


@pytest.fixture
def writing(request: pytest.FixtureRequest) -> bool:
    # Where the whole suite runs, pytest reads this file too late to know the option.
    return bool(request.config.getoption("--golden", "compare") == "write")


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> English:
    return texts(request.param)
