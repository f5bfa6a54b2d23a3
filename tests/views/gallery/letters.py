"""What the courier says, drawn by the composer from an archive of one deal; and failures, which are text alone."""

from dataclasses import replace

from handlers.courier.composer import SlackComposer
from handlers.courier.message import Message
from pipeline.deal import Change, ChangeKind, FieldChange
from pipeline.letters import JSONDict, LetterKind
from pipeline.ports import Work
from pipeline.postbox import ClaimedCard, ClaimedLetter
from pipeline.stages import Field
from tests.views.gallery.sitter import ANA, SALES, TEAM, Sitter, Wall

PARKED = (
    "not_in_channel",
    "is_archived",
    "channel_not_found",
    "restricted_action",
    "missing_scope",
    "msg_too_long",
)


def letters(sitter: Sitter) -> Wall:
    return {**_cards(sitter), **_lines(sitter), **_wins(sitter), **_notices(sitter), **_failures(sitter)}


def _cards(sitter: Sitter) -> Wall:
    living = sitter.work(living=(SALES, "1700000000.000100"))
    return {
        "letter_card": _letter(sitter, sitter.work(), LetterKind.CARD),
        "letter_card_repainted": _painted(sitter, sitter.work(), is_link=False),
        "letter_card_moved": _painted(sitter, living, is_link=True),
        "letter_card_moved_nowhere": _painted(sitter, sitter.work(), is_link=True),
    }


def _painted(sitter: Sitter, work: Work, *, is_link: bool) -> JSONDict:
    card = ClaimedCard(1, sitter.deal.id, SALES, "1.1", is_link, again=False)
    return _body(SlackComposer(sitter.services(work)).card(TEAM, card))


def _lines(sitter: Sitter) -> Wall:
    won = sitter.move("closing", "won", ChangeKind.WON, version=6, note="At last *really*")
    reason = FieldChange(Field.REASON, "", "Too dear, *they* say")
    lost = replace(sitter.move("closing", "lost", ChangeKind.LOST, version=6), fields=(reason,))
    changes = [won, sitter.edit(version=5), sitter.move("lead", "closing", version=4)]
    taken_back = replace(sitter.move("won", "closing", ChangeKind.UNDONE, version=7), undoes_id=3)
    return {
        "letter_thread_line": _thread(sitter, [won]),
        "letter_thread_lost": _thread(sitter, [lost]),
        "letter_thread_lines": _thread(sitter, changes),
        "letter_thread_taken_back": _thread(sitter, [taken_back]),
        "letter_thread_reworded": _amended(
            sitter, sitter.work(changes=changes, sent=LetterKind.THREAD), since=4, until=6
        ),
        "letter_thread_removed": _amended(sitter, sitter.work(sent=LetterKind.THREAD), since=4, until=6),
        "letter_thread_longest": _thread(sitter, [_longest(sitter, version) for version in range(20, 0, -1)]),
    }


def _longest(sitter: Sitter, version: int) -> Change:
    return replace(sitter.edit(version=version), note=sitter.deal.need or sitter.deal.title)


def _thread(sitter: Sitter, changes: list[Change]) -> JSONDict:
    return _letter(sitter, sitter.work(changes=changes), LetterKind.THREAD, since=1)


def _wins(sitter: Sitter) -> Wall:
    won = sitter.at("won")
    work = won.work(changes=[won.move("closing", "won", ChangeKind.WON)])
    undone = won.change(ChangeKind.UNDONE, 8, undoes_id=7)
    taken_back = won.work(changes=[undone, won.move("closing", "won", ChangeKind.WON)])
    return {
        "letter_win_first": _letter(won, work, LetterKind.WIN, reason="first"),
        "letter_win_biggest": _letter(won, work, LetterKind.WIN, reason="biggest"),
        "letter_win_taken_back": _amended(won, taken_back),
        "letter_win_reworded": _amended(won, work),
    }


def _amended(sitter: Sitter, work: Work, **payload: str | int) -> JSONDict:
    amended = SlackComposer(sitter.services(work)).amended(
        TEAM, _claimed(LetterKind.AMEND, letter=1, **payload)
    )
    assert amended
    return _body(amended[2])


def _notices(sitter: Sitter) -> Wall:
    parked = {
        f"letter_parked_{error}": _letter(
            sitter, sitter.work(), LetterKind.PRIVATE, channel=SALES, error=error
        )
        for error in PARKED
    }
    return {**parked, "letter_no_card": _letter(sitter, sitter.work(), LetterKind.PRIVATE, notice="no_card")}


def _failures(sitter: Sitter) -> Wall:
    texts = sitter.texts
    sentences = {
        "not_saved": texts.not_saved(),
        "maybe_saved": texts.maybe_saved(),
        "took_too_long": texts.took_too_long(),
        "superseded": texts.superseded(),
        "starting": texts.starting(),
        "incident": texts.incident("1a2b3c4d"),
        "wrong_workspace": texts.wrong_workspace(),
    }
    return {f"failure_{called}": {"text": sentence} for called, sentence in sentences.items()}


def _letter(sitter: Sitter, work: Work, kind: LetterKind, **payload: str | int) -> JSONDict:
    return _body(SlackComposer(sitter.services(work)).letter(TEAM, _claimed(kind, **payload)))


def _claimed(kind: LetterKind, **payload: str | int) -> ClaimedLetter:
    return ClaimedLetter(1, kind, "key", SALES, ANA, None, 42, {**payload}, 0, 0, unknown=False)


def _body(message: Message | None) -> JSONDict:
    assert message
    return {"text": message.text, "blocks": [*message.blocks]}
