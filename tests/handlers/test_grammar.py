"""Words of `/deal`: each leads to its subject, and no other text does."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.grammar import COMMANDS, command_of, nearest, parse, subject_of
from handlers.new_line import read_new_line
from handlers.slack_text import decode
from handlers.texts.english import English
from handlers.texts.german import German
from handlers.vocabulary.command import Command, Subject
from pipeline.names import fold
from tests.handlers.test_texts import TODAY

every_word = pytest.mark.parametrize(
    ("word", "subject"), [(word, command.subject) for command in COMMANDS for word in command.words]
)
every_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.subject)


@given(st.text())
@example("")
@example(" \n\t ")
@example("\ufdd0")
@example("<@U1|ana> move")
@example("move\nD-42\u00a0won")
def test_every_text_is_a_command_or_a_hint(text: str) -> None:
    typed = parse(decode(text))
    assert isinstance(typed.subject, Subject) or typed.word
    assert len(typed.nearest) <= 2


@every_word
def test_every_word_leads_to_its_subject(word: str, subject: Subject) -> None:
    for written in (word, word.upper(), word.capitalize(), f"  {word}  "):
        assert parse(decode(written)).subject is subject


@every_word
def test_what_follows_the_word_is_kept_as_typed(word: str, subject: Subject) -> None:
    typed = parse(decode(f"{word}  D-42  Zu Teuer "))
    assert (typed.subject, typed.rest.text) == (subject, "D-42  Zu Teuer")


@pytest.mark.parametrize("gap", ["\n", "\t", "\u00a0", "  "])
def test_any_space_parts_the_word_from_the_rest(gap: str) -> None:
    typed = parse(decode(f"move{gap}D-42"))
    assert (typed.subject, typed.rest.text) == (Subject.MOVE, "D-42")


def test_no_word_stands_twice() -> None:
    counted = Counter(fold(word) for command in COMMANDS for word in command.words)
    assert [word for word, times in counted.items() if times > 1] == []


def test_every_subject_has_its_command() -> None:
    assert sorted(command.subject for command in COMMANDS) == sorted(Subject)
    assert [command_of(subject).subject for subject in Subject] == list(Subject)


def test_nothing_typed_asks_for_a_new_deal() -> None:
    typed = parse(decode(""))
    assert (typed.subject, typed.rest.text) == (Subject.NEW, "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mvoe", "move"),
        ("shwo", "show"),
        ("verschib", "verschieb"),
        ("hlep", "help"),
        ("gewonen", "gewonnen"),
    ],
)
def test_a_near_miss_is_hinted_and_not_carried_out(typed: str, meant: str) -> None:
    read = parse(decode(f"{typed} D-42 won"))
    assert read.subject is None
    assert read.word == typed
    assert read.nearest[0] == meant
    assert read.rest.text == "D-42 won"


@pytest.mark.parametrize("typed", ["xyzzy", "Acme", "/deal", "weather", "<@U1|ana>", "\u05d0"])
def test_what_is_near_to_nothing_is_hinted_at_nothing(typed: str) -> None:
    read = parse(decode(typed))
    assert (read.subject, read.nearest) == (None, ())


@pytest.mark.parametrize(
    ("typed", "subject", "rest"),
    [
        ("D-42", Subject.SHOW, "D-42"),
        ("#42", Subject.SHOW, "#42"),
        ("/deal move D-42 won", Subject.MOVE, "D-42 won"),
        ("close date D-42 friday", Subject.CLOSE_DATE, "D-42 friday"),
        ("Next step D-42 call friday", Subject.NEXT, "D-42 call friday"),
        ("nächster Schritt D-42 Anruf morgen", Subject.NEXT, "D-42 Anruf morgen"),
        ("please move D-42 won", Subject.MOVE, "D-42 won"),
        ("Please set the value of D-42 to 12k", Subject.VALUE, "of D-42 to 12k"),
        ("Bitte setze den Wert von D-42 auf 12k", Subject.VALUE, "von D-42 auf 12k"),
        ("update close date D-42 friday", Subject.CLOSE_DATE, "D-42 friday"),
    ],
)
def test_typing_is_forgiving(typed: str, subject: Subject, rest: str) -> None:
    read = parse(decode(typed))
    assert (read.subject, read.rest.text) == (subject, rest)


@pytest.mark.parametrize("typed", ["please", "please xyzzy D-42", "set the D-42 to 12k", "the the"])
def test_courtesies_alone_are_no_command(typed: str) -> None:
    read = parse(decode(typed))
    assert (read.subject, read.word) == (None, typed.split(maxsplit=1)[0])


def test_a_deal_with_something_behind_it_is_asked_about() -> None:
    read = parse(decode("D-42 negotiation"))
    assert (read.subject, read.rest.text, read.nearest) == (None, "D-42 negotiation", ("move",))


@given(st.text(max_size=30))
def test_a_hint_is_a_word_that_works(text: str) -> None:
    meant = [subject_of(word) for word in nearest(text)]
    assert None not in meant
    assert len(set(meant)) == len(meant)


@every_command
def test_usage_and_example_begin_with_a_word_of_their_language(command: Command) -> None:
    for language, words in ((English(), command.english), (German(), command.german)):
        for shown in (command.usage, command.example):
            assert language.wording(shown).split()[0] in words


def test_the_example_of_a_new_deal_is_read_in_both_languages() -> None:
    for written in command_of(Subject.NEW).example:
        line = read_new_line(parse(decode(written)).rest, TODAY, "EUR")
        assert line.company == "Acme"
        assert line.value
        assert line.close_on


@every_command
def test_english_and_german_tell_apart(command: Command) -> None:
    for english, german in (command.usage, command.does):
        assert english != german
