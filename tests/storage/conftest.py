"""Tests of the archive sit at one database each engine, emptied between them, unless they ask for their own."""

from datetime import datetime

import pytest
from sqlalchemy import Engine

from storage.pictures import Pictures
from storage.store import Store
from tests.conftest import ANA, TEAM, settled
from tests.pipeline.desk import Desk


@pytest.fixture
def desk(lasting_engine: Engine, moment: datetime) -> Desk:
    return Desk(settled(Store(lasting_engine), moment), TEAM, moment, ANA)


@pytest.fixture
def box(desk: Desk) -> Pictures:
    return Pictures(desk.store, "one")


@pytest.fixture
def other(desk: Desk) -> Pictures:
    """Another copy of the bot."""
    return Pictures(desk.store, "two")
