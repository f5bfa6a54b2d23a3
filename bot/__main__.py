"""The command line: `pipeline-bot`."""

import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from bot.logs import set_up
from bot.settings import (
    Books,
    Misconfigured,
    database_address,
    read_acquaintance,
    read_books,
    read_settings,
)

WRONG = 2
Done = TypeVar("Done")
Read = TypeVar("Read", bound=Books)
port = click.IntRange(0, 65535)


def _address(_context: click.Context, option: click.Parameter, given: str) -> str:
    try:
        return database_address(given)
    except ValueError as wrong:
        raise click.BadParameter(str(wrong), param=option) from None


def _listed(_context: click.Context, _option: click.Parameter, given: str) -> list[str]:
    return [word.strip() for word in given.split(",") if word.strip()]


def _percents(context: click.Context, option: click.Parameter, given: str) -> list[float]:
    try:
        shares = [float(word.removesuffix("%")) / 100 for word in _listed(context, option, given)]
    except ValueError:
        shares = [-1.0]
    if any(not 0 <= share <= 1 for share in shares):
        raise click.BadParameter(f"{given!r} is not of the form 10,40,80", param=option)
    return shares


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="pipeline-bot")
def main() -> None:
    """A sales pipeline in Slack. Settings come from the environment and from .env."""


@main.command("try")
@click.option(
    "--database",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default="pipeline-try.db",
    show_default=True,
    help="Where the sample deals are kept between runs.",
)
@click.option("--fresh", is_flag=True, help="Forget earlier runs and begin with new sample deals.")
@click.option("--port", type=port, help="The bot's port; 3000, or a free one where that is taken.")
@click.option("--slack-port", type=port, help="The local Slack's port; 3001, or a free one.")
@click.option("--socket", "socket_mode", is_flag=True, help="Connect the two by Socket Mode.")
def try_out(*, file: Path, fresh: bool, port: int | None, slack_port: int | None, socket_mode: bool) -> None:
    """Try the bot with a local Slack and sample deals; needs nothing else."""
    from bot import trying  # noqa: PLC0415 - help answers without loading the bot

    wishes = trying.Wishes(file, fresh, port, slack_port, socket_mode)
    _guarded(lambda: trying.try_out(wishes))


@main.command()
def run() -> None:
    """Connect to Slack and serve until stopped."""
    settings = _read(read_settings)
    from bot.running import run as serve  # noqa: PLC0415 - wrong settings are named without loading it

    _guarded(lambda: serve(settings))


@main.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    books = _read(read_books)
    from bot.running import prepare  # noqa: PLC0415 - as above

    click.echo(f"The database is {_guarded(lambda: prepare(books))}.")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite FILE where it is there already.")
def backup(*, file: Path, force: bool) -> None:
    """Copy the embedded database to FILE, while the bot runs."""
    books = _read(read_books)
    from bot.backing_up import back_up  # noqa: PLC0415 - as above

    size = _guarded(lambda: back_up(books.database_url, file, force=force))
    click.echo(f"{file} is a whole copy of the database, {size / 2**20:.1f} MiB.")


@main.command()
@click.option("--to", "target", metavar="URL", required=True, callback=_address, help="An empty database.")
def copy(*, target: str) -> None:
    """Copy the whole database into an empty one of either engine; stop the bot before.

    A password need not be typed: PGPASSWORD and ~/.pgpass are read too.
    """
    books = _read(read_books)
    from bot.copying import copy_to  # noqa: PLC0415 - as above

    _guarded(lambda: copy_to(books.database_url, target))


@main.command()
@click.argument("deal")
def explain(*, deal: str) -> None:
    """Name every number that went into a deal's place in the top list; DEAL is a code like D-42."""
    books = _read(read_books)
    from bot.explaining import show  # noqa: PLC0415 - as above

    _guarded(lambda: show(books, deal))


@main.command()
@click.option("--views", is_flag=True, help="Have Slack judge every view that the bot draws.")
@click.option(
    "--golden",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(__file__).parent.with_name("tests") / "views" / "golden",
    help="Where the views lie as JSON; of a source checkout by itself.",
)
def check(*, views: bool, golden: Path) -> None:
    """Say what is set up well and what is not; changes nothing. Exit code 1: something is not."""
    from bot.checking import check as look  # noqa: PLC0415 - as above

    sys.exit(look(golden if views else None))


@main.command()
@click.argument("source", metavar="[FILE|DATABASE]", required=False)
@click.option(
    "--stages",
    metavar="A,B,C",
    default="",
    callback=_listed,
    help="Open stages in order, where the file does not tell.",
)
@click.option(
    "--chances",
    metavar="10,40,80",
    default="",
    callback=_percents,
    help="Their chances in percent before anything is known.",
)
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="Order of day and month.")
@click.option("--currency", default="EUR", show_default=True, help="Currency of amounts without one.")
@click.option("--method", is_flag=True, help="Judge what holds of the method on any past, too or alone.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def backtest(
    *,
    source: str | None,
    stages: list[str],
    chances: list[float],
    dates: str | None,
    currency: str,
    method: bool,
    as_json: bool,
) -> None:
    """Say how good forecasts, chances and lists would have been on a known past.

    FILE is a stage history (deal_id, stage, entered_at[, amount]), a table of bookings, or one row per
    deal with the days on which it was created and closed: CSV, gzipped or not. DATABASE is the bot's
    own, a file or an address. Nothing is changed. What was accepted stands beside the figures of the
    files that the method was found on, and of the method itself (--method): whether planted slowdowns
    are caught, and how long a million visits take. Exit code 1: a figure misses what is accepted.
    """
    if source is None and not method:
        raise click.UsageError("name a FILE or a DATABASE, or ask for --method")
    from bot import backtest as looking  # noqa: PLC0415 - as above

    wishes = looking.BacktestWishes(currency.upper(), stages, chances, dates, as_json, method)
    sys.exit(_guarded(lambda: looking.backtest(source, wishes)))


@main.command()
@click.option("--url", help="Where Slack reaches the bot over HTTP; without it the bot uses Socket Mode.")
def manifest(*, url: str | None) -> None:
    """Print the manifest that creates the app in Slack."""
    from bot.manifest import BadAddress, http_manifest, socket_manifest  # noqa: PLC0415 - as above

    try:
        click.echo(http_manifest(url) if url is not None else socket_manifest(), nl=False)
    except BadAddress as bad:
        _refuse((f"--url: {bad}, for example --url https://bot.example.com",))


@main.command(
    "import",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    short_help="Import deals and their history from a CSV file.",
)
@click.argument("given", nargs=-1, type=click.UNPROCESSED)
def import_(given: tuple[str, ...]) -> None:
    """Hands over to bot.importing, with what the settings say as its defaults."""
    books = _read(read_acquaintance)
    from bot.importing import Helpers, import_file  # noqa: PLC0415 - as above
    from bot.members import members  # noqa: PLC0415 - as above

    defaults = {"database": books.database_url, "zone": books.zone_name, "currency": books.currency}
    helpers = Helpers(listed=partial(members, books))
    import_file.main(list(given), prog_name="pipeline-bot import", default_map=defaults, obj=helpers)


def _read(read: Callable[[], Read]) -> Read:
    try:
        settings = read()
    except Misconfigured as wrong:
        _refuse(wrong.problems)
    set_up(settings.log_level, settings.secrets)
    return settings


def _guarded(act: Callable[[], Done]) -> Done:
    from bot.explaining import Inexplicable  # noqa: PLC0415 - as above
    from bot.greeting import OtherWorkspace  # noqa: PLC0415 - as above
    from pipeline.imports import Unimportable  # noqa: PLC0415 - as above
    from storage.backup import NotBackedUp  # noqa: PLC0415 - as above
    from storage.copying import NotCopied  # noqa: PLC0415 - as above
    from storage.migrate import UnfitDatabase  # noqa: PLC0415 - as above

    try:
        return act()
    except Misconfigured as wrong:
        _refuse(wrong.problems)
    except (UnfitDatabase, OtherWorkspace, NotBackedUp, NotCopied, Inexplicable) as unfit:
        _refuse((str(unfit),))
    except Unimportable as unfit:
        _refuse((unfit.spoken,))


def _refuse(problems: tuple[str, ...]) -> NoReturn:
    for problem in problems:
        click.echo(f"pipeline-bot: {problem}", err=True)
    logging.shutdown()
    sys.exit(WRONG)


if __name__ == "__main__":
    main()
