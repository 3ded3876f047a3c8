"""A row as one text and one number, the same on both engines (spec 4, "Verification").

Text: the raw columns in their order, joined by U+001F, a missing value as U+001E. Number: the first 64 bits of the MD5
of that text; it guards against damage and mistakes, not against somebody who forges (batches have SHA-256 for that).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

SEPARATOR = "\x1f"
NOTHING = "\x1e"
_MASK = (1 << 64) - 1

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows, and the exclusive or of their numbers; two sums are equal when the rows are."""

    count: int
    xor: int


EMPTY = Sum(0, 0)


def canonical(row: Row) -> str:
    """The one text of a row of raw values (whole numbers, texts, bytes as hex, nothing)."""
    return SEPARATOR.join([
        value if type(value) is str else NOTHING if value is None else str(value) if type(value) is int
        else bytes(value).hex() for value in row
    ])


def divisible(texts: Sequence[str], columns: int, nothings: int) -> bool:
    """Whether rows can be read back from their texts: no value holds a sign that joins or stands for a missing one.

    ``nothings``: how many missing values the rows have.
    """
    whole = "".join(texts)
    return whole.count(SEPARATOR) == len(texts) * (columns - 1) and whole.count(NOTHING) == nothings


def divided(text: str) -> list[str | None]:
    """The values of a divisible text; whole numbers as their digits."""
    return [None if value == NOTHING else value for value in text.split(SEPARATOR)]


def seq_of(text: str) -> int:
    """The seq of a row of a stamped table, which is its last column."""
    return int(text.rpartition(SEPARATOR)[2])


def row_number(text: str) -> int:
    """The signed 64-bit number of a row's text."""
    return signed(int.from_bytes(hashlib.md5(text.encode()).digest()[:8]))  # noqa: S324  no secret hangs on it


def summed(texts: Iterable[bytes]) -> Sum:
    """The sum of rows given as their texts in UTF-8."""
    md5 = hashlib.md5
    digests = [md5(text).digest()[:8] for text in texts]
    return Sum(len(digests), signed(_fold(digests)))


def added(one: Sum, other: Sum) -> Sum:
    """The sum of two sets of rows that have none in common."""
    return Sum(one.count + other.count, one.xor ^ other.xor)


def signed(value: int) -> int:
    """A 64-bit pattern as the signed number a database keeps."""
    value &= _MASK
    return value - (1 << 64) if value >> 63 else value


def _fold(digests: list[bytes]) -> int:
    """Exclusive or of many 64-bit values: the halves of one long number upon each other, which costs no loop."""
    count = len(digests)
    whole = int.from_bytes(b"".join(digests))
    while count > 1:
        half = (count + 1) // 2
        whole = (whole >> (half * 64)) ^ (whole & ((1 << (half * 64)) - 1))
        count = half
    return whole
