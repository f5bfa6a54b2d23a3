"""`pipeline-bot copy --to URL`: the whole database to another engine, or another server."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from sqlalchemy.engine import make_url

from bot.backing_up import interruptible
from bot.progress import on_stderr, progress
from storage.copying import Copied, copy
from storage.engine import connect

_SHOWN_DIGITS = 12


def copy_to(source_url: str, target_url: str) -> None:
    """Prints what was compared. Raises NotCopied and UnfitDatabase."""
    source, target = connect(source_url, pool_size=1), connect(target_url, pool_size=1)
    try:
        with interruptible(), progress(on_stderr(), "Copying") as moved:
            copied = copy(source, target, moved)
    finally:
        source.dispose()
        target.dispose()
    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
    console.print(_compared(copied))
    shown = make_url(target_url).render_as_string(hide_password=True)
    console.print(f"Both sides say the same. Now set DATABASE_URL to {shown} and start the bot.")


def _compared(copied: Sequence[Copied]) -> Table:
    table = Table(title="Copied", title_justify="left")
    table.add_column("table")
    table.add_column("rows", justify="right")
    table.add_column("arrived", justify="right")
    table.add_column("checksum of both")
    for each in copied:
        digits = each.target.checksum[:_SHOWN_DIGITS]
        table.add_row(each.table, f"{each.source.rows:,}", f"{each.target.rows:,}", digits)
    return table
