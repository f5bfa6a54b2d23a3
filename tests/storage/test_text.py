"""Whatever text the rules let in comes back as it was, from both engines."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import FieldUnfit
from pipeline.stages import LIMITS, Field
from tests.conftest import TEAM
from tests.pipeline.desk import Desk

ODD = [
    "😀",
    "\u202eevil",
    "a\u200bb",
    "e\u0301",
    "\x01\x1f\x7f",
    "<!channel> *x*",
    "'; --",
    "ﬀ",
    "\ufeff",
    "\U0010ffff",
]
TEXT = st.one_of(
    st.text(max_size=60), st.sampled_from(ODD), st.text(st.characters(), min_size=1, max_size=20)
)


@settings(
    max_examples=60,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(title=TEXT, fields=st.dictionaries(st.sampled_from(sorted(LIMITS)), TEXT, max_size=3))
def test_f27_text_is_stored_as_it_was_sent_or_refused(
    desk: Desk, title: str, fields: dict[Field, str]
) -> None:
    """What is refused is refused by a rule, never by a database."""
    said = {**fields, Field.TITLE: title}
    try:
        deal = desk.new(title, fields=said, again=True)
    except FieldUnfit:
        return
    kept = desk.deal(deal)
    assert {field: kept.said(field) for field in said} == said
    assert kept == deal
    with desk.store.read(TEAM) as work:
        assert work.deals.matching(title, 1)


@pytest.mark.parametrize("odd", ODD)
def test_a_note_and_a_field_change_keep_their_text(desk: Desk, odd: str) -> None:
    deal = desk.filled()
    change = desk.move(deal, "proposal", note=odd, fields={Field.NEED: f"{odd}!"}).change
    assert desk.history(deal)[-1] == change
    assert desk.undo(deal).deal.need == "Order"
