"""Text to rows: one separator, quotes that end, and as many cells in every row as in the header."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handlers.importing.encoding import Encoding, Opener, find_encoding
from pipeline.imports import Unimportable

Row = tuple[int, list[str]]
"""The line on which it begins, and its cells."""

Moved = Callable[[int], None]
"""Is told from time to time how many bytes have been read, for a progress bar."""

_SEPARATORS = ",;\t"
_EVERY = 1023


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file of which the encoding, the separator and the header are known."""

    open_file: Opener
    encoding: Encoding
    separator: str
    header: tuple[str, ...]
    size: int


def open_csv(open_file: Opener) -> CsvFile:
    encoding = find_encoding(open_file)
    with open_file() as raw:
        size = raw.seek(0, io.SEEK_END)
    separator = _separator(open_file, encoding.name)
    first = next(_records(open_file, encoding.name, separator, _unheard), None)
    if first is None:
        raise Unimportable("the file is empty")
    header = tuple(cell.strip() for cell in first[1])
    _check_header(header, first[0])
    return CsvFile(open_file, encoding, separator, header, size)


def rows(file: CsvFile, moved: Moved) -> Iterator[Row]:
    """Every row after the header; raises Unimportable at the first one that is out of shape."""
    width = len(file.header)
    records = _records(file.open_file, file.encoding.name, file.separator, moved)
    next(records, None)
    for line, cells in records:
        if len(cells) != width:
            raise Unimportable(
                f"this row has {len(cells)} cells where the header has {width}: "
                "quote cells that hold the separator, and remove notes below the table",
                line,
            )
        yield line, cells


def _separator(open_file: Opener, encoding: str) -> str:
    """The one that stands most often in the first line that holds anything, quoted cells left out."""
    with open_file() as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        while (line := text.readline(csv.field_size_limit())) and not line.strip():
            pass
    outside = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)


def _records(open_file: Opener, encoding: str, separator: str, moved: Moved) -> Iterator[Row]:
    line = 1
    with open_file() as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        # Without `strict` the reader takes an unclosed quote for a cell that holds the rest of the file.
        reader = csv.reader(text, delimiter=separator, strict=True)
        try:
            for cells in reader:
                if cells:
                    yield line, cells
                line = reader.line_num + 1
                if not line & _EVERY:
                    moved(raw.tell())
        except csv.Error as error:
            raise Unimportable(_reason(str(error)), line) from None
        except UnicodeDecodeError:
            raise Unimportable("the file changed while it was read", line) from None
        moved(raw.tell())


def _reason(error: str) -> str:
    if "field limit" in error:
        return (
            f"a cell has more than {csv.field_size_limit()} characters, or a quote is opened and never closed"
        )
    if "unexpected end" in error:
        return "a quote is opened here and never closed"
    if "expected after" in error:
        return "a quoted cell of this row goes on after its closing quote: double the quotes inside cells"
    return f"this row cannot be read as CSV ({error})"


def _check_header(header: tuple[str, ...], line: int) -> None:
    seen: set[str] = set()
    for name in header:
        if name and name.casefold() in seen:
            raise Unimportable(f'the column "{name}" stands in the header twice: rename one of them', line)
        seen.add(name.casefold())


def _unheard(_read: int) -> None:
    pass
