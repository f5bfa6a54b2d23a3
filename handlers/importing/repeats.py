"""Which ids come again, in the memory of a bit for each.

A set of a million ids takes a hundred megabytes, and in nearly all files no id of it comes again. So the first
reading marks one bit per id in a table as large as the file has bytes; an id whose bit was taken, by itself or by
a stranger, is remembered by name with the last line that has it, which is exact enough for the second reading.
"""

from collections.abc import Iterable

_LEAST_BITS = 16


class Repeats:
    """`blocks`: rows of one id that follow each other are one occurrence."""

    __slots__ = ("_blocks", "_mask", "_previous", "_table", "last_lines")

    def __init__(self, size: int, *, blocks: bool) -> None:
        bits = max(size.bit_length(), _LEAST_BITS)
        self._mask = (1 << bits) - 1
        self._table = bytearray(1 << (bits - 3))
        self._blocks = blocks
        self._previous: str | None = None
        self.last_lines: dict[str, int] = {}

    def see(self, words: Iterable[str], lines: Iterable[int]) -> None:
        table, mask, last_lines = self._table, self._mask, self.last_lines
        previous = self._previous
        for word, line in zip(words, lines, strict=True):
            if self._blocks and word == previous:
                if word in last_lines:
                    last_lines[word] = line
                continue
            previous = word
            place = hash(word) & mask
            bit = 1 << (place & 7)
            if table[place >> 3] & bit:
                last_lines[word] = line
            else:
                table[place >> 3] |= bit
        self._previous = previous

    def settle(self) -> None:
        """Free the table once the whole file has been seen."""
        self._table = bytearray()
