"""What is said of outcomes and look-ups, through the doors' own words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta

from handlers.actions import Action, value
from handlers.answer import Answer, told
from handlers.blocks import button
from handlers.commands.running import _unknown_word
from handlers.grammar import COMMANDS, parse
from handlers.reporting import lost
from handlers.said import outcome
from handlers.slack_text import decode
from handlers.views import answers
from handlers.views.history import HistoryPage, history
from handlers.views.naming import called
from pipeline.acts import Appointed, Done
from pipeline.cards import CardShown
from pipeline.deal import Change, ChangeKind, FieldChange
from pipeline.forgetting import Forgotten
from pipeline.money import Money
from pipeline.permissions import Role
from pipeline.stages import Category, Field
from tests.views.gallery.sitter import BEN, LEADS, NOW, PEOPLE, SALES, STRANGE, Sitter, Wall, name

LINK = "https://sales.slack.com/archives/C0SALES/p12"


def answered(sitter: Sitter) -> Wall:
    drawn = {**_changed(sitter), **_created(sitter), **_looked_up(sitter), **_helped(sitter)}
    return {called: answer.message() for called, answer in drawn.items()}


def _changed(sitter: Sitter) -> dict[str, Answer]:
    say = _speaker(sitter)
    undone = ChangeKind.UNDONE
    void = sitter.with_deal(voided_at=NOW)
    return {
        "moved": say(sitter.move("lead", "proposal")),
        "won": say(sitter.move("closing", "won", ChangeKind.WON)),
        "lost": say(sitter.move("proposal", "lost", ChangeKind.LOST)),
        "reopened": say(sitter.move("lost", "proposal", ChangeKind.REOPENED)),
        "edited": say(sitter.edit()),
        "move_undone": say(sitter.move("negotiation", "proposal", undone)),
        "edit_undone": say(sitter.edit(undone)),
        "noted": say(sitter.change(ChangeKind.NOTED, note=sitter.deal.need or "They called")),
        "snoozed": say(sitter.change(ChangeKind.SNOOZED, fields=(_snoozed(date(2026, 11, 20)),))),
        "awake": say(sitter.change(ChangeKind.SNOOZED, fields=(_snoozed(None),))),
        "snooze_undone": say(sitter.change(undone, fields=(_snoozed(None),))),
        "categorised": say(sitter.change(ChangeKind.EDITED, fields=(_categorised(Category.BEST_CASE),))),
        "category_of_stage": say(sitter.change(ChangeKind.EDITED, fields=(_categorised(None),))),
        "made_void": say(sitter.change(ChangeKind.VOIDED)),
        "merged": say(sitter.change(ChangeKind.MERGED, note="D-57")),
        "absorbed": say(sitter.change(ChangeKind.ABSORBED, note="D-57")),
        "forgotten": _outcome(sitter, Forgotten(3)),
        "quietly_undone": say(sitter.change(undone)),
        "asked_by_mention": _asked(sitter),
        "creation_undone": _speaker(void)(void.change(undone)),
        "appointed": _outcome(sitter, Appointed(replace(PEOPLE[BEN], stored_role=Role.ADMIN))),
        "card_coming": _outcome(sitter, CardShown(sitter.deal, SALES, None)),
        "card_follows": _outcome(sitter, CardShown(sitter.deal, STRANGE, None)),
        "card_stands": _outcome(sitter, CardShown(sitter.deal, SALES, "1700000000.000100")),
    }


def _snoozed(until: date | None) -> FieldChange:
    return FieldChange(Field.SNOOZED_UNTIL, None if until else date(2026, 11, 20), until)


def _categorised(category: Category | None) -> FieldChange:
    return FieldChange(Field.CATEGORY, None if category else "commit", category)


def _asked(sitter: Sitter) -> Answer:
    texts, deal = sitter.texts, sitter.deal
    return told(
        texts.form_for(*called(deal)), button(texts.open_form, Action.ASK, value(d=deal.number, f="edit"))
    )


def _created(sitter: Sitter) -> dict[str, Answer]:
    change = sitter.change(ChangeKind.CREATED)
    bare = sitter.with_deal(value=None, company="", close_on=None, owner_id=sitter.deal.created_by)
    given = sitter.with_deal(owner_id=BEN)
    places = {"here": SALES, "elsewhere": LEADS, "unknown_channel": STRANGE, "nowhere": None}
    made = {
        f"created_{place}": _outcome(bare, bare.outcome(change, card_channel=channel))
        for place, channel in places.items()
    }
    offered = Money(765_400, "EUR")
    return {
        **made,
        "created_in_pipeline": _outcome(replace(bare, others=(sitter.pipeline,)), bare.outcome(change)),
        "created_with_details": _outcome(given, given.outcome(change, card_channel=SALES)),
        "created_with_offered_value": _outcome(bare, bare.outcome(change), offered=offered),
    }


def _looked_up(sitter: Sitter) -> dict[str, Answer]:
    texts = sitter.texts
    team = [replace(PEOPLE[BEN], id=f"U{role}", name=f"{role} person", stored_role=role) for role in Role]
    return {
        "shown_with_link": answers.shown(sitter.facts, texts, LINK),
        "shown_without_card": answers.shown(sitter.facts, texts, None),
        "shown_void": answers.shown(sitter.with_deal(voided_at=NOW).facts, texts, LINK),
        "history": _history(sitter, _life(sitter), total=6),
        "history_of_twenty": _history(sitter, [_long_change(sitter, version) for version in range(20)]),
        "history_second_page": _history(sitter, _life(sitter), before=20),
        "roles": answers.roles(team, texts),
        "roles_of_nobody": answers.roles([], texts),
    }


def _helped(sitter: Sitter) -> dict[str, Answer]:
    each = {f"help_{command.subject}": answers.help_one(command, sitter.texts) for command in COMMANDS}
    request = sitter.request()
    mistyped = parse(decode(f"mvoe D-42 {sitter.deal.title}"))
    return {
        "help_all": answers.help_all(sitter.pipeline, COMMANDS, sitter.texts),
        **each,
        "report_lost": lost(replace(request, escaped="board")),
        "unknown_word": _unknown_word(request, parse(decode("xyzzy D-42"))),
        "unknown_word_near_another": _unknown_word(request, mistyped),
    }


def _speaker(sitter: Sitter) -> Callable[[Change], Answer]:
    return lambda change: _outcome(sitter, sitter.outcome(change))


def _outcome(sitter: Sitter, done: Done, *, offered: Money | None = None) -> Answer:
    work = sitter.work()
    return outcome(sitter.services(work), work, sitter.request(offered=offered), done)


def _history(sitter: Sitter, changes: list[Change], before: int = 0, total: int = 26) -> Answer:
    undone = {each.undoes_id for each in changes if each.undoes_id}
    deal = replace(sitter.deal, version=total)
    facts = HistoryPage(deal, sitter.pipeline, changes, name, sitter.money, before, undone, UTC)
    return history(facts, sitter.texts)


def _life(sitter: Sitter) -> list[Change]:
    """Newest first: a win that was taken back, an edit, a reopening, an import."""
    return [
        replace(sitter.move("won", "closing", ChangeKind.UNDONE, version=6), undoes_id=5),
        sitter.move("closing", "won", ChangeKind.WON, version=5),
        sitter.edit(version=4),
        sitter.move("lost", "closing", ChangeKind.REOPENED, version=3, note="They called again"),
        sitter.move("lead", "lost", ChangeKind.LOST, version=2, at=NOW - timedelta(days=9)),
        sitter.change(ChangeKind.IMPORTED, version=1, at=NOW - timedelta(days=20)),
    ]


def _long_change(sitter: Sitter, version: int) -> Change:
    note = sitter.deal.said(Field.NEED) or sitter.deal.title
    edited = sitter.edit(version=version).fields
    return replace(sitter.move("lead", "proposal", version=version, note=str(note)), fields=edited)
