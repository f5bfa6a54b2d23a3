"""The rules are shown on both engines, on one database each that is emptied between tests."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from pipeline.acts import carry_out
from pipeline.orders import Order
from pipeline.shapes import Shaped
from tests.conftest import OLGA
from tests.pipeline.desk import Desk


@pytest.fixture
def engine(lasting_engine: Engine) -> Engine:
    return lasting_engine


@pytest.fixture
def shape(desk: Desk) -> Callable[[Order], Shaped]:
    """As Olga, the admin, who has just looked."""

    def shape(order: Order, by: str = OLGA) -> Shaped:
        with desk.store.begin(desk.team) as work:
            done = carry_out(work, desk.occasion(by), order)
        assert isinstance(done, Shaped)
        return done

    return shape
