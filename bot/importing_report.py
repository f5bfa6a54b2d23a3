"""What an import has done, as tables for a terminal or as JSON."""

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from pipeline.imports import Fate, ImportReport, Skipped
from pipeline.letters import JSONDict
from pipeline.stages import Field

_SHOWN_NAMES = 5
_SHOWN_WORD = 40


def show(report: ImportReport, *, dry_run: bool) -> None:
    console = Console(markup=False, highlight=False, emoji=False, soft_wrap=True)
    console.print(_counts(report, dry_run=dry_run))
    if report.problems:
        console.print(_problems(report))
    for sentence in sentences(report):
        console.print(sentence)


def as_json(report: ImportReport, *, dry_run: bool) -> JSONDict:
    return {
        "dry_run": dry_run,
        "rows": report.rows,
        "deals": report.deals,
        **{fate.value: report.fates[fate] for fate in Fate},
        "skipped": report.skipped.total(),
        "reasons": {reason.value: count for reason, count in report.skipped.most_common()},
        "problems": [_problem(skipped) for skipped in report.problems],
        "gaps": {name.value: count for name, count in report.gaps.most_common()},
        "unowned": dict(report.unowned.most_common()),
        "undated": report.undated,
        "notes": [*report.notes],
    }


def sentences(report: ImportReport) -> Iterator[str]:
    """What the counts leave unsaid, a line each."""
    if report.gaps:
        yield f"Gaps that the next move will ask for: {_listed(report.gaps)}"
    if report.unowned:
        shown = _listed(Counter(dict(report.unowned.most_common(_SHOWN_NAMES))))
        more = len(report.unowned) - _SHOWN_NAMES
        rest = f" and {more} more" if more > 0 else ""
        yield f"Owners whom nobody here is called, kept in the deal's history: {shown}{rest}"
    if report.undated:
        yield f"{report.undated} deals without a date begin at the moment of the import"
    yield from report.notes


def _counts(report: ImportReport, *, dry_run: bool) -> Table:
    table = Table(title="Would be imported (dry run)" if dry_run else "Imported", title_justify="left")
    table.add_column("")
    table.add_column("deals", justify="right")
    for fate in Fate:
        table.add_row(fate.value, f"{report.fates[fate]:,}")
    for reason, count in report.skipped.most_common():
        table.add_row(f"skipped: {reason.value}", f"{count:,}")
    table.add_section()
    table.add_row(f"all, in {report.rows:,} rows", f"{report.deals:,}")
    return table


def _problems(report: ImportReport) -> Table:
    title = f"The first {len(report.problems)} of {report.skipped.total():,} skipped"
    table = Table("line", "deal", "why", title=title, title_justify="left")
    for skipped in report.problems:
        why = f"{skipped.reason.value}: {skipped.detail}" if skipped.detail else skipped.reason.value
        table.add_row(str(skipped.line), _shown(skipped.external_id), why)
    return table


def _problem(skipped: Skipped) -> JSONDict:
    return {
        "line": skipped.line,
        "deal": skipped.external_id,
        "reason": skipped.reason.value,
        "detail": skipped.detail,
    }


def _listed(counts: "Counter[Field] | Counter[str]") -> str:
    return ", ".join(f"{_shown(str(name))} ({count:,})" for name, count in counts.most_common())


def _shown(word: str) -> str:
    """A file's text may hold what a terminal obeys."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in word[:_SHOWN_WORD])
