"""Two copies of the bot as processes: the same moment, the same request, and one outcome each time."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

import httpx
import pytest

from pipeline.deal import Deal
from playground.receipts import Prepared
from playground.signatures import signed_headers
from tests.faults.crew import OPEN, Crew, at_once

ROUNDS = (30, pytest.param(1000, marks=pytest.mark.slow))
DELIVERIES = (20, pytest.param(1000, marks=pytest.mark.slow))
MIA, OLGA = "@mia", "@olga"
WON, TOLD = "won", "told"


@pytest.mark.parametrize("rounds", ROUNDS)
def test_f03_two_people_at_two_copies_one_wins_and_the_other_is_told(
    crew: Crew, dialect: str, rounds: int
) -> None:
    two = [crew.start(hurry="1"), crew.start(hurry="1")]
    card = crew.filled("The card that they press", carded=True)
    on = crew.card(card.code)
    deals = [crew.filled(f"Deal {place}") for place in range(rounds)]
    began = time.perf_counter()
    seen: Counter[tuple[str, ...]] = Counter()
    for place, deal in enumerate(deals):
        one, other = OPEN[1 + place % 4], OPEN[1 + (place + 1) % 4]
        presses = [press(crew, on, MIA, deal, one), press(crew, on, OLGA, deal, other)]
        answers = at_once(list(zip(two, presses, strict=True)))
        assert {answer.status_code for answer in answers} == {httpx.codes.OK}
        seen[told(crew, deal, presses)] += 1
    took = time.perf_counter() - began
    print(f"\n{dialect}: {rounds} races of two processes: {dict(seen)}; {took:.1f} s")
    assert seen == {(TOLD, WON): rounds}


def press(crew: Crew, on: dict[str, object], who: str, deal: Deal, stage: str) -> Prepared:
    """What the button of this deal's card carries, pressed on a card that stands there."""
    always_there = f"deal.move/{crew.stage_id('won')}"
    where = {"channel": on["channel"], "ts": on["ts"], "action_id": always_there}
    held = crew.control.prepare("click", user=who, **where)
    payload = held.payload
    carried = {"d": deal.number, "v": deal.version, "s": crew.stage_id(stage)}
    payload["actions"][0]["value"] = json.dumps(carried)
    body = urlencode({"payload": json.dumps(payload)})
    secret, kind = crew.slack.identity.signing_secret, held.headers["Content-Type"]
    headers = signed_headers(secret, body.encode(), time.time(), kind)
    return Prepared(held.id, held.url, headers, body, payload)


def told(crew: Crew, deal: Deal, presses: Sequence[Prepared]) -> tuple[str, ...]:
    """What each of the two reads; the loser reads who moved it where."""
    after = crew.deal(deal.number)
    assert after.version == deal.version + 1
    moved_to = {crew.stage_id(stage): label for stage, label in _LABELS.items()}[after.stage_id]
    verdicts = []
    for each in presses:
        key = f"reply:{each.payload['trigger_id']}"
        [(payload,)] = crew.rows("SELECT payload FROM outbox WHERE key = :key", key=key)
        said = json.loads(payload)["body"]["text"]
        if f"Lead generation → {moved_to} by " in said:
            verdicts.append(WON)
        elif f"moved it to {moved_to} a moment ago" in said and ("mia" in said or "olga" in said):
            verdicts.append(TOLD)
        else:
            verdicts.append(said)
    return tuple(sorted(verdicts))


_LABELS = {
    "qualification": "Qualification",
    "proposal": "Proposal",
    "negotiation": "Negotiation",
    "closing": "Closing",
}


@pytest.mark.parametrize("rounds", DELIVERIES)
def test_f01_four_deliveries_to_two_copies_are_one_change(crew: Crew, dialect: str, rounds: int) -> None:
    """Every other request is a click, whose answer is a row of the outbox."""
    four = [crew.start(hurry="1"), crew.start(hurry="1")] * 2
    deal = crew.filled("The card that they press", carded=True)
    on = crew.card(deal.code)
    began = time.perf_counter()
    for place in range(rounds):
        deal = crew.deal(deal.number)
        stage = OPEN[1 + place % 4]
        held = (
            press(crew, on, MIA, deal, stage) if place % 2 else crew.typed(MIA, f"move {deal.code} {stage}")
        )
        answers = at_once([(bot, held) for bot in four])
        assert {answer.status_code for answer in answers} == {httpx.codes.OK}
        assert len({answer.text for answer in answers}) == 1, [answer.text for answer in answers]
        after = crew.deal(deal.number)
        assert (after.version, after.stage_id) == (deal.version + 1, crew.stage_id(stage))
    took = time.perf_counter() - began
    changes, replies = crew.count("changes"), crew.count("outbox", "kind = 'reply'")
    print(f"\n{dialect}: {rounds} x 4 deliveries: {changes - 1} changes, {replies} replies; {took:.1f} s")
    assert (changes - 1, replies) == (rounds, rounds // 2)
