from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Renewal", "  acme   RENEWAL "),
        ("Müller", "Mu\u0308ller"),
        ("Müller", "Muller"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("Ａｃｍｅ", "Acme"),  # noqa: RUF001 - look-alikes are the point
        ("Tiffany’s", "Tiffany's"),  # noqa: RUF001 - as above
        ("“Phoenix” – 2", '"phoenix" - 2'),  # noqa: RUF001 - as above
        ("Ac\u200bme", "Acme"),
        ("\u202eAcme\u202c", "Acme"),
        ("Acme\u00a0AG", "Acme AG"),
        ("☎\ufe0f", "☎"),
        ("İstanbul", "istanbul"),
    ],
)
def test_names_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ガ", "カ"), ("กิน", "กน"), ("Acme 1", "Acme 2"), ("A-B", "AB"), ("🚀", "🛸")]
)
def test_signs_that_carry_meaning_keep_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_key_is_tidy_and_never_longer_for_case(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())
    assert fold(text.upper().lower()) == fold(text.upper())


@given(st.text(st.characters(max_codepoint=0x7F), max_size=20))
def test_plain_names_are_folded_as_all_others_are(text: str) -> None:
    """A letter outside ASCII takes the long way."""
    assert fold(text + " ö") == " ".join([*fold(text).split(), "o"])
