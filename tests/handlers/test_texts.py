"""Two languages say the same things, each in its own words."""

import inspect
import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.amounts import read_amount
from handlers.dates import read_date
from handlers.grammar import command_of, parse
from handlers.new_line import read_new_line
from handlers.slack_text import decode
from handlers.texts.english import English
from handlers.texts.german import German
from handlers.texts.languages import texts
from pipeline.money import EXPONENTS, LIMIT, Money
from pipeline.stages import Category, Field, Stage, StageKind
from tests.views.gallery.sitter import PIPELINE

TODAY = date(2026, 11, 17)
STAGE = Stage(1, "proposal", "Proposal", "Angebotserstellung", StageKind.OPEN, 1, 50, 14, (), Category.COMMIT)

# Said alike: each holds nothing but what it is given or another word of the same class, or is written by Babel for its `locale`.
ALIKE = {
    "chance",
    "detail_company",
    "detail_value",
    "did_you_mean",
    "edited",
    "field_set",
    "worth",
}
BY_LOCALE = {
    "money",
    "typed_money",
    "total",
    "day",
    "day_in_words",
    "weekday",
    "number",
    "fine_number",
    "lasting",
}
# Words that are the same word in both languages.
SAME_WORD = {Field.BUDGET}

GIVEN: dict[Any, Any] = {
    str: "x",
    int: 3,
    float: 3.2,
    str | None: "x",
    date: TODAY,
    Money: Money(1_250_050, "EUR"),
    Stage: STAGE,
    tuple[str, str]: ("english", "german"),
}
SHOWN: dict[str, Any] = {"shown": 3, "total": 57, "currency": "EUR"}


def public(cls: type) -> set[str]:
    return {name for name in dir(cls) if not name.startswith("_")}


def own(cls: type) -> set[str]:
    """What German and its parts say themselves."""
    parts = [each for each in cls.__mro__ if each.__module__.startswith("handlers.texts.german")]
    return {name for part in parts for name in vars(part) if not name.startswith("_")}


SAID = sorted(public(English) - {"locale"})


def test_german_says_everything_that_english_says_and_nothing_else() -> None:
    assert public(German) == public(English)
    assert public(English) - own(German) == ALIKE | BY_LOCALE


@pytest.mark.parametrize("name", [name for name in SAID if callable(getattr(English, name))])
def test_both_take_the_same_arguments(name: str) -> None:
    assert inspect.signature(getattr(German, name)) == inspect.signature(getattr(English, name))


@pytest.mark.parametrize("name", [name for name in SAID if name not in ALIKE])
def test_both_say_something_and_not_the_same(name: str) -> None:
    for english, german in zip(said(English(), name), said(German(), name), strict=True):
        assert english.strip()
        assert german.strip()
        assert english != german, name


def said(language: English, name: str) -> Iterator[str]:
    """What is said for each value of an enumeration, and for one value of anything else."""
    method = getattr(language, name)
    if isinstance(method, str):
        yield method
        return
    hints = {key: hint for key, hint in get_type_hints(method).items() if key != "return"}
    choices: list[Enum] = [
        each for hint in hints.values() if inspect.isclass(hint) and issubclass(hint, Enum) for each in hint
    ]
    for choice in choices or (None,):
        if choice not in SAME_WORD:
            yield str(method(**{key: _given(key, hint, choice) for key, hint in hints.items()}))


def _given(key: str, hint: Any, choice: Enum | None) -> Any:
    if inspect.isclass(hint) and issubclass(hint, Enum):
        return choice
    return SHOWN.get(key) or GIVEN.get(hint, ["x", "y"])


@pytest.mark.parametrize("language", [English(), German()], ids=["en", "de"])
def test_every_value_of_a_table_has_its_word(language: English) -> None:
    for name in ("field", "role", "act", "change"):
        words = list(said(language, name))
        assert len(set(words)) == len(words) >= 4


@pytest.mark.parametrize("language", [English(), German()], ids=["en", "de"])
def test_every_command_in_a_sentence_is_understood_and_in_its_language(language: English) -> None:
    found = [command for name in SAID for sentence in said(language, name) for command in _commands(sentence)]
    assert len(found) > 10
    for word in found:
        subject = parse(decode(word)).subject
        assert subject, word
        command = command_of(subject)
        assert word.casefold() in (command.german if language.locale == "de" else command.english), word


def _commands(sentence: str) -> list[str]:
    return re.findall(r"/deal ([\w-]+)", sentence)


@pytest.mark.parametrize("language", [English(), German()], ids=["en", "de"])
def test_every_example_of_an_amount_or_a_date_can_be_read(language: English) -> None:
    for sentence in (language.value_hint, language.amount_unreadable("x"), language.amount_too_large("x")):
        for example in _examples(sentence):
            assert read_amount(example, "EUR").minor
    for sentence in (language.date_unreadable("x"), language.date_impossible("x")):
        for example in _examples(sentence):
            assert read_date(example, TODAY) > TODAY


@pytest.mark.parametrize("language", [English(), German()], ids=["en", "de"])
def test_every_example_of_a_close_date_and_of_a_title_with_its_words_can_be_read(language: English) -> None:
    dates, title = language.close_date_unreadable("x").rsplit("; ", 1)
    for example in _examples(dates):
        assert read_new_line(decode(f"Rollout {example}"), TODAY, "EUR").close_on
    quoted = read_new_line(decode(title.split("/deal ")[1].split(" ", 1)[1]), TODAY, "EUR")
    assert (quoted.title[0], quoted.value) == (quoted.title[0].upper(), Money(1_200_000, "EUR"))


def _examples(sentence: str) -> list[str]:
    listed = re.split(r"(?:For example|Zum Beispiel):? ", sentence)[1]
    return re.split(", | or | oder ", listed)


def test_product_words_are_german() -> None:
    german = German()
    assert [german.field(field) for field in (Field.OWNER, Field.NEXT_STEP, Field.CLOSE_ON)] == [
        "Besitzer",
        "Nächster Schritt",
        "Erwarteter Abschluss",
    ]
    assert [german.stage(stage) for stage in PIPELINE.open_stages] == [
        "Lead-Generierung",
        "Qualifizierung",
        "Angebotserstellung",
        "Verhandlung",
        "Abschluss",
    ]


@pytest.mark.parametrize(
    ("language", "table"),
    [
        ("de", German),
        ("de-DE", German),
        ("de-AT", German),
        ("en-US", English),
        ("fr-FR", English),
        (None, English),
    ],
)
def test_a_person_reads_german_where_their_slack_does(language: str | None, table: type[English]) -> None:
    assert type(texts(language)) is table


@pytest.mark.parametrize("language", [English(), German()], ids=["en", "de"])
@given(minor=st.integers(0, LIMIT - 1), currency=st.sampled_from(sorted(EXPONENTS)))
def test_an_amount_written_into_a_form_is_read_back_as_it_was(
    language: English, minor: int, currency: str
) -> None:
    value = Money(minor, currency)
    assert read_amount(language.typed_money(value), "EUR") == value


def test_money_and_days_are_written_as_each_language_does() -> None:
    value, other = Money(1_200_000, "EUR"), Money(1_250_050, "CHF")
    assert [English().money(value), German().money(value)] == ["€12,000", "12.000\u00a0€"]
    assert [English().money(other), German().money(other)] == ["CHF\u00a012,500.50", "12.500,50\u00a0CHF"]
    assert [English().day(TODAY), German().day(TODAY)] == ["Nov 17, 2026", "17.11.2026"]


def test_the_same_moment_reads_as_a_time_ago_or_as_a_date() -> None:
    """Slack writes "2 days ago" behind these words, or the date where it cannot."""
    for language in (English(), German()):
        for say in (language.in_stage_since, language.closed_since):
            assert say("Won").startswith("Won, ")
            assert say("Won").endswith(" ")
            assert not say("Won").endswith(("since ", "seit "))
