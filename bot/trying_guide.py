"""What `pipeline-bot try` says once it runs: where things are, and three commands that drive it."""

import json
from pathlib import Path

from bot.samples_lives import ANA, BEN, JONAS, MIA
from pipeline.deal import Deal
from pipeline.stages import Pipeline
from playground.server import LocalSlack
from storage.store import Store

SELLERS = {"ana": ANA, "ben": BEN, "jonas": JONAS, "mia": MIA}
LOOKED_AT = 50
ANSWER = """ | grep -o '"text":"[^"]*"' | head -1"""
CARDS = """ | grep -oE '"text":"D-[0-9]+ [^ ][^"]*' | sort -u"""


def guide(store: Store, slack: LocalSlack, bot: str, file: Path) -> str:
    new, move, messages = commands(store, slack)
    return f"""
  Open             {slack.url}  (the local Slack, in your browser)
  The bot          {bot}
  The deals        {file}  (kept; --fresh starts over)

Paste these into another terminal. Ana writes down a deal:

{new}

A deal moves on:

{move}

What Ben sees in #sales:

{messages}

Ctrl-C ends it.
"""


def commands(store: Store, slack: LocalSlack) -> tuple[str, str, str]:
    """To be pasted into a shell; each shows an answer."""
    return (
        _typed(slack, "ana", "new Coffee machines 12k at Acme by friday"),
        _typed(slack, *next_move(store, slack.identity.team_id)),
        f"curl -s '{slack.url}/_control/messages?channel=%23sales&user=ben'{CARDS}",
    )


def next_move(store: Store, workspace_id: str) -> tuple[str, str]:
    """Whose deal, and a move of it that no gate holds up."""
    with store.read(workspace_id) as work:
        for name, person_id in SELLERS.items():
            deals, _ = work.deals.open_of(person_id, LOOKED_AT)
            moves = [_onward(deal, work.stages.pipeline(deal.pipeline_id)) for deal in deals]
            found = next((move for move in reversed(moves) if move), None)
            if found:
                return name, found
    return "ana", "help move"


def _onward(deal: Deal, pipeline: Pipeline) -> str | None:
    present = pipeline.stage(deal.stage_id)
    stage = next((each for each in pipeline.open_stages if each.position > present.position), None)
    return f"move {deal.code} {stage.key}" if stage and not deal.missing(stage.gate) else None


def _typed(slack: LocalSlack, user: str, text: str) -> str:
    typed = {"user": f"@{user}", "channel": "#sales", "command": "/deal", "text": text}
    given = json.dumps(typed, ensure_ascii=False, separators=(",", ":"))
    return f"curl -s {slack.url}/_control/command -d '{given}'{ANSWER}"
