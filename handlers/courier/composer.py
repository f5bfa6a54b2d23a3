"""Letters and pictures drawn from the archive's present state, when the courier is about to send them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

from handlers import blocks
from handlers.answer import Answer, told
from handlers.courier.message import Message
from handlers.offering import allowed, unspent
from handlers.pipelines import name_among
from handlers.services import Services
from handlers.slack_text import escape_mrkdwn, isolate
from handlers.texts.english import English
from handlers.texts.languages import texts as texts_of
from handlers.views import answers
from handlers.views.deal_card import CardFacts, card_text, deal_card, moved_card
from handlers.views.home import MOST_DEALS, MOST_UNOWNED, HomeFacts, home
from handlers.views.naming import called
from pipeline.deal import Change, ChangeKind, Deal
from pipeline.errors import UnknownDeal
from pipeline.finding import Found, Wanted
from pipeline.letters import JSONDict, JSONValue, LetterKind, Sent, win_key
from pipeline.ownership import Owner, owner_called, owner_of
from pipeline.people import Channel, Person
from pipeline.permissions import Act
from pipeline.ports import Work
from pipeline.postbox import ClaimedCard, ClaimedHome, ClaimedLetter

LINES_SHOWN = 10


class SlackComposer:
    """Shared messages speak the workspace's language; what one person sees speaks theirs."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def letter(self, workspace_id: str, letter: ClaimedLetter) -> Message | None:
        compose: Callable[[Work, ClaimedLetter], Message | None] = {
            LetterKind.CARD: self._card_letter,
            LetterKind.THREAD: self._thread_letter,
            LetterKind.WIN: self._win_letter,
            LetterKind.PRIVATE: self._private_letter,
            LetterKind.MENTION: self._mention_letter,
        }[letter.kind]
        with self._services.archive.read(workspace_id) as work:
            self._services.house.heed(work)
            return compose(work, letter)

    def card(self, workspace_id: str, card: ClaimedCard) -> Message | None:
        with self._services.archive.read(workspace_id) as work:
            self._services.house.heed(work)
            facts = self._facts(work, card.deal_id, card.channel_id)
            living = work.cards.living(card.deal_id)
        if card.is_link:
            url = self._services.permalink(*living) if living else ""
            text = self._texts.moved_card(*called(facts.deal))
            drawn = moved_card(facts, self._texts, url) if url else [blocks.section(text)]
            return _message(Answer(text, drawn), facts.deal.version)
        return self._drawn(facts)

    def home(self, workspace_id: str, home_claimed: ClaimedHome) -> JSONDict:
        person = self._services.directory.person(workspace_id, home_claimed.person_id)
        with self._services.archive.read(workspace_id) as work:
            self._services.house.heed(work)
            facts = self._home_facts(work, person)
        texts = texts_of(person.language) if person.language else self._texts
        drawn = home(facts, texts, self._notice(home_claimed))
        shown = allowed(cast("list[JSONDict]", drawn["blocks"]), person.may)
        return {**drawn, "blocks": list(shown)}

    def amended(self, workspace_id: str, letter: ClaimedLetter) -> tuple[str, str, Message] | None:
        with self._services.archive.read(workspace_id) as work:
            self._services.house.heed(work)
            sent = work.outbox.sent_as(cast("int", letter.payload["letter"]))
            if sent is None:
                return None
            return sent.channel_id, sent.ts, self._amended(work, letter, sent)

    def _amended(self, work: Work, letter: ClaimedLetter, sent: Sent) -> Message:
        """A win that was taken back; or whatever was said before a name was forgotten, without it.

        An answer to a mention is kept as it was said, but for buttons that are spent.
        """
        if sent.kind is LetterKind.MENTION:
            return _as_kept(work, sent.payload, sent.deal_id)
        facts = self._facts(work, cast("int", letter.deal_id), sent.channel_id)
        if sent.kind is LetterKind.THREAD:
            since, until = (cast("int", letter.payload[name]) for name in ("since", "until"))
            lines = self._told(work, facts, since, until)
            return lines or _message(told(self._texts.text_removed(*called(facts.deal))))
        changes = work.deals.history(facts.deal, facts.deal.version)
        won = next((each for each in changes if win_key(each.id) == sent.key), None)
        if won is None or any(each.undoes_id == won.id for each in changes):
            return _message(told(self._texts.win_taken_back(*called(facts.deal))))
        return self._win(work, facts, sent.payload, won)

    @property
    def _texts(self) -> English:
        return self._services.house.texts

    def _home_facts(self, work: Work, person: Person) -> HomeFacts:
        now, may_change = self._services.clock(), person.may(Act.CHANGE)
        wanted = Wanted(self._services.house.today(now), self._services.house.local(now))
        mine = work.deals.find(replace(wanted, owner_ids=(person.id,), neediest=True), 1, MOST_DEALS)
        unowned = (
            work.deals.find(replace(wanted, unowned=True, newest=True), 1, MOST_UNOWNED)
            if may_change
            else Found((), 0)
        )
        see, owner = partial(self._seen, work, money=person.sees_money), owner_called(work, person.id)
        return HomeFacts(
            [see(deal, owner) for deal in mine.deals],
            mine.total,
            [see(deal, owner_of(work, deal)) for deal in unowned.deals],
            unowned.total,
            may_change,
        )

    def _notice(self, home_claimed: ClaimedHome) -> list[JSONDict]:
        until = home_claimed.notice_until
        if not home_claimed.notice or until is None or until < self._services.clock():
            return []
        shown = cast("list[JSONDict]", home_claimed.notice.get("blocks") or [])
        return [*shown, blocks.divider()]

    def _facts(self, work: Work, deal_id: int, channel_id: str | None) -> CardFacts:
        deal = work.deals.by_id(deal_id)
        channel = work.channels.get(channel_id) if channel_id else None
        owner = owner_of(work, deal)
        money = channel is not None and channel.shows_money
        return self._seen(work, deal, owner, money=money)

    def _seen(self, work: Work, deal: Deal, owner: Owner | None, *, money: bool) -> CardFacts:
        now = self._services.house.local(self._services.clock())
        pipeline = work.stages.pipeline(deal.pipeline_id)
        merged_into = work.deals.by_id(deal.merged_into).code if deal.merged_into else ""
        return CardFacts(deal, pipeline, owner, money, now, merged_into, name_among(work, pipeline))

    def _drawn(self, facts: CardFacts) -> Message:
        drawn = Answer(card_text(facts, self._texts), deal_card(facts, self._texts))
        return _message(drawn, facts.deal.version)

    def _card_letter(self, work: Work, letter: ClaimedLetter) -> Message | None:
        facts = self._facts(work, cast("int", letter.deal_id), letter.channel_id)
        return None if facts.deal.voided_at else self._drawn(facts)

    def _thread_letter(self, work: Work, letter: ClaimedLetter) -> Message | None:
        """All changes since the first one that is not told yet; nothing where they cancel out."""
        facts = self._facts(work, cast("int", letter.deal_id), letter.channel_id)
        since = cast("int", letter.payload["since"])
        return self._told(work, facts, since)

    def _told(self, work: Work, facts: CardFacts, since: int, until: int | None = None) -> Message | None:
        later = 0 if until is None else facts.deal.version - until + 1
        history = work.deals.history(facts.deal, LINES_SHOWN * 5 + later)
        changes = [each for each in history[later:] if each.version >= since]
        told_of = _lasting(changes)[-LINES_SHOWN:]
        if not told_of:
            return None
        return _message(_lines([self._line(facts, each) for each in told_of]), facts.deal.version)

    def _line(self, facts: CardFacts, change: Change) -> str:
        names = partial(self._services.directory.name, facts.deal.workspace_id)
        line = answers.change_sentence(
            facts.deal, change, facts.pipeline, self._texts, names, money=facts.money
        )
        why = " ".join(filter(None, (change.reason, change.note))) if change.move else ""
        return f"{line} {isolate(why)}" if why else line

    def _win_letter(self, work: Work, letter: ClaimedLetter) -> Message | None:
        facts = self._facts(work, cast("int", letter.deal_id), letter.channel_id)
        won = work.deals.change(facts.deal, facts.deal.version)
        return self._win(work, facts, letter.payload, won)

    def _win(self, work: Work, facts: CardFacts, payload: JSONDict, won: Change | None) -> Message:
        deal, texts = facts.deal, self._texts
        by = self._services.directory.name(deal.workspace_id, won.by if won else deal.owner_id, work) or ""
        value = texts.worth(texts.money(deal.value)) if deal.value and facts.money else ""
        say = texts.won_first if payload.get("reason") == "first" else texts.won_biggest
        return _message(told(say(*called(deal), value, isolate(by))))

    def _private_letter(self, work: Work, letter: ClaimedLetter) -> Message | None:
        person = work.people.get(letter.person_id) if letter.person_id else None
        texts = texts_of(person.language) if person and person.language else self._texts
        if letter.payload.get("notice") == "no_card":
            return self._no_card(work, letter, texts)
        channel = work.channels.get(str(letter.payload.get("channel")))
        error = str(letter.payload.get("error"))
        sentence = texts.parked(_place(channel, letter), texts.why_parked(error))
        return _message(told(f"{sentence} {texts.stopped_by()}"))

    def _no_card(self, work: Work, letter: ClaimedLetter, texts: English) -> Message | None:
        if letter.deal_id is None:
            return None
        try:
            deal: Deal = work.deals.by_id(letter.deal_id)
        except UnknownDeal:
            return None
        return _message(told(texts.no_card_for(deal.code)))

    @staticmethod
    def _mention_letter(work: Work, letter: ClaimedLetter) -> Message | None:
        return _as_kept(work, letter.payload, letter.deal_id)


def _as_kept(work: Work, payload: Mapping[str, JSONValue], deal_id: int | None) -> Message:
    deal = work.deals.by_id(deal_id) if deal_id else None
    shown, newer = (
        list(unspent(cast("Sequence[JSONDict]", payload.get(name) or ()), deal))
        for name in ("blocks", "newer")
    )
    kept = Message(str(payload.get("text")), shown)
    return replace(kept, blocks=newer, classic=kept) if newer else kept


def _lasting(changes: list[Change]) -> list[Change]:
    """Oldest first, without what was taken back within the same letter."""
    undone = {change.undoes_id for change in changes if change.undoes_id}
    known = {change.id for change in changes}
    kept = [
        change
        for change in changes
        if change.id not in undone and not (change.undoes_id and change.undoes_id in known)
    ]
    return sorted(
        (each for each in kept if each.kind is not ChangeKind.CREATED), key=lambda each: each.version
    )


def _lines(lines: list[str]) -> Answer:
    return Answer("\n".join(lines), [blocks.context(line) for line in lines])


def _place(channel: Channel | None, letter: ClaimedLetter) -> str:
    return f"#{channel.name}" if channel and channel.name else str(letter.payload.get("channel"))


def _message(answer: Answer, version: int = 0) -> Message:
    return Message(escape_mrkdwn(answer.text), answer.shown, version)
