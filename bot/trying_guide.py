"""What `pipeline-bot try` says once it runs: where things are, and three commands that drive it."""

import json
from pathlib import Path

from bot.samples_lives import ANA
from pipeline.deal import Deal
from pipeline.stages import Pipeline
from playground.server import LocalSlack
from storage.store import Store

LOOKED_AT = 50
ANSWER = """ | grep -o '"text":"[^"]*"' | head -1"""
CARDS = """ | grep -oE '"text":"D-[0-9]+ [^ ][^"]*' | sort -u"""


def guide(store: Store, slack: LocalSlack, bot: str, file: Path) -> str:
    new, move, messages = commands(store, slack)
    return f"""
  The local Slack  {slack.url}
  The bot          {bot}
  The deals        {file}  (kept; --fresh starts over)

Ana writes down a deal:

{new}

She moves one on:

{move}

What Ben sees in #sales:

{messages}

Ctrl-C ends it.
"""


def commands(store: Store, slack: LocalSlack) -> tuple[str, str, str]:
    """To be pasted into a shell; each shows an answer."""
    new = _typed(slack, "new Coffee machines 12k at Acme by friday")
    return (
        new,
        _typed(slack, _move(store, slack)),
        f"curl -s '{slack.url}/_control/messages?channel=%23sales&user=ben'{CARDS}",
    )


def _typed(slack: LocalSlack, text: str) -> str:
    given = json.dumps(
        {"user": "@ana", "channel": "#sales", "command": "/deal", "text": text}, ensure_ascii=False
    )
    return f"curl -s {slack.url}/_control/command -d '{given}'{ANSWER}"


def _move(store: Store, slack: LocalSlack) -> str:
    """A move of Ana's that no gate holds up."""
    with store.read(slack.identity.team_id) as work:
        deals, _ = work.deals.open_of(ANA, LOOKED_AT)
        moves = [_next_move(deal, work.stages.pipeline(deal.pipeline_id)) for deal in deals]
    return next((move for move in reversed(moves) if move), "help")


def _next_move(deal: Deal, pipeline: Pipeline) -> str | None:
    present = pipeline.stage(deal.stage_id)
    stage = next((each for each in pipeline.open_stages if each.position > present.position), None)
    return f"move {deal.code} {stage.key}" if stage and not deal.missing(stage.gate) else None
