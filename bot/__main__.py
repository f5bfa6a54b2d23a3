"""The command line: `pipeline-bot`."""

import logging
import sys
from collections.abc import Callable
from typing import NoReturn, TypeVar

import click

from bot.logs import set_up
from bot.settings import Misconfigured, Settings, read_settings

WRONG = 2
Done = TypeVar("Done")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pipeline-bot")
def main() -> None:
    """A sales pipeline in Slack."""


@main.command()
def run() -> None:
    """Connect to Slack and serve until stopped."""
    from bot.running import run as serve  # noqa: PLC0415 - help answers without loading the bot

    settings = _settings()
    _guarded(lambda: serve(settings))


@main.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from bot.running import prepare  # noqa: PLC0415 - as above

    settings = _settings()
    click.echo(f"The database is {_guarded(lambda: prepare(settings))}.")


def _settings() -> Settings:
    try:
        settings = read_settings()
    except Misconfigured as wrong:
        _refuse(wrong.problems)
    set_up(settings.log_level)
    return settings


def _guarded(act: Callable[[], Done]) -> Done:
    from bot.greeting import OtherWorkspace  # noqa: PLC0415 - as above
    from storage.migrate import UnfitDatabase  # noqa: PLC0415 - as above

    try:
        return act()
    except Misconfigured as wrong:
        _refuse(wrong.problems)
    except (UnfitDatabase, OtherWorkspace) as unfit:
        _refuse((str(unfit),))


def _refuse(problems: tuple[str, ...]) -> NoReturn:
    for problem in problems:
        click.echo(f"pipeline-bot: {problem}", err=True)
    logging.shutdown()
    sys.exit(WRONG)


if __name__ == "__main__":
    main()
