"""The rules are shown on both engines, on one database each that is emptied between tests."""

import pytest
from sqlalchemy import Engine


@pytest.fixture
def engine(lasting_engine: Engine) -> Engine:
    return lasting_engine
