"""Words that could not be read, and what is said of them."""

from handlers import blocks
from handlers.amounts import AmountProblem, UnreadableAmount
from handlers.calendar_days import DateProblem
from handlers.dates import UnreadableDate
from handlers.new_line import LineProblem, UnreadableLine
from handlers.slack_text import isolate
from handlers.texts.english import English
from pipeline.errors import Refusal
from pipeline.letters import JSONDict


class Misread(Refusal):
    """Words that could not be read; says so in the person's language."""

    def __init__(self, sentence: str, *buttons: JSONDict) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.buttons = buttons


def amount_sentence(unreadable: UnreadableAmount, texts: English) -> str:
    say = {
        AmountProblem.NEGATIVE: texts.amount_negative,
        AmountProblem.NOT_FINITE: texts.amount_not_finite,
        AmountProblem.TWO_AMOUNTS: texts.two_amounts,
        AmountProblem.TOO_LARGE: texts.amount_too_large,
        AmountProblem.UNKNOWN_CURRENCY: texts.currency_unknown,
        AmountProblem.AMBIGUOUS_CURRENCY: texts.currency_ambiguous,
        AmountProblem.TWO_CURRENCIES: texts.currency_ambiguous,
    }
    word = quoted(unreadable.word)
    if unreadable.problem is AmountProblem.TOO_PRECISE:
        return texts.amount_too_precise(word, unreadable.currency or "")
    return say.get(unreadable.problem, texts.amount_unreadable)(word)


def date_sentence(unreadable: UnreadableDate, texts: English) -> str:
    word = quoted(unreadable.word)
    match unreadable.problem:
        case DateProblem.AMBIGUOUS:
            return texts.date_ambiguous(word, [texts.day_in_words(each) for each in unreadable.candidates])
        case DateProblem.IMPOSSIBLE:
            return texts.date_impossible(word)
        case DateProblem.OUT_OF_RANGE:
            return texts.date_out_of_range(word)
        case _:
            return texts.date_unreadable(word)


def line_sentence(unreadable: UnreadableLine, texts: English) -> str:
    if unreadable.problem is LineProblem.UNKNOWN_OWNER:
        return texts.unknown_owner(quoted(unreadable.word))
    if unreadable.problem is LineProblem.TWO_OWNERS:
        return texts.two_owners(quoted(unreadable.word))
    return texts.title_missing()


def quoted(word: str) -> str:
    return isolate(blocks.shorten(word, 100))
