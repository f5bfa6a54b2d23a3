"""`python -m playground`: a local Slack of its own process; its address is the first line it says."""

import argparse
import sys

from playground.app import Playground
from playground.identity import Identity
from playground.server import listening, uvicorn_for


def main() -> None:
    given = _read()
    identity = Identity(team_id=given.team, bot_urls=given.bot, mode="socket" if given.socket else "http")
    playground = Playground(identity)
    bound = listening(given.port)
    playground.url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    sys.stdout.write(f"{playground.url}\n")
    sys.stdout.flush()
    uvicorn_for(playground).run(sockets=[bound])


def _read() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="playground", description="A strict local Slack.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--bot", action="append", default=[], metavar="URL", help="where the bot listens; may be given often"
    )
    parser.add_argument("--socket", action="store_true", help="deliver by Socket Mode")
    parser.add_argument("--team", default=Identity.team_id, help="workspace id")
    return parser.parse_args()


if __name__ == "__main__":
    main()
