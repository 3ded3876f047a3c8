"""Formulas and errors in old XLS workbooks, found by walking their records ([MS-CFB] container, [MS-XLS] records).

Nothing else is read here: values, dates and texts come from the library. A container that is put together in a way
this walk does not expect gives no marks; it never fails the import.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_END_OF_CHAIN = 0xFFFFFFFA            # and above: end of chain, free, FAT and DIFAT sectors
_FORMULA, _BOUNDSHEET, _BOOLERR, _EOF = 0x0006, 0x0085, 0x0205, 0x000A

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def biff_marks(data: bytes, sheet: str) -> dict[int, dict[int, str]]:
    """Row → column (both from 0) → the error shown there, or "" for a formula with a result."""
    try:
        stream = _stream(data, ("Workbook", "Book"))
        start = _sheet_starts(stream).get(sheet)
        return {} if start is None else _marks(stream, start)
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _marks(stream: bytes, start: int) -> dict[int, dict[int, str]]:
    marks: dict[int, dict[int, str]] = {}
    for kind, body in _records(stream, start):
        if kind == _EOF:
            break
        if kind == _FORMULA:
            row, column = struct.unpack_from("<HH", body)
            is_error = body[12:14] == b"\xff\xff" and body[6] == 2
            marks.setdefault(row, {})[column] = _ERRORS.get(body[8], "#N/A") if is_error else ""
        elif kind == _BOOLERR and body[7]:
            row, column = struct.unpack_from("<HH", body)
            marks.setdefault(row, {})[column] = _ERRORS.get(body[6], "#N/A")
    return marks


def _sheet_starts(stream: bytes) -> dict[str, int]:
    """Name of each sheet → where its records begin. Names are one-byte or UTF-16, as their flag says."""
    starts = {}
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            break
        if kind == _BOUNDSHEET:
            (start,) = struct.unpack_from("<I", body)
            length, wide = body[6], body[7] & 1
            name = body[8:8 + length * (2 if wide else 1)]
            starts[name.decode("utf-16-le" if wide else "latin-1")] = start
    return starts


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4:at + 4 + size]
        at += 4 + size


def _stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream of the container whose name is one of ``names``; empty when there is none."""
    sector_size = 1 << struct.unpack_from("<H", data, 30)[0]
    directory_start, = struct.unpack_from("<I", data, 48)
    small_limit, small_fat_start = struct.unpack_from("<II", data, 56)
    fat = _fat(data, sector_size)
    directory = _chain(data, fat, directory_start, sector_size)
    entries = {}
    root = (0, 0)
    for at in range(0, len(directory) - 127, 128):
        length, = struct.unpack_from("<H", directory, at + 64)
        name = directory[at:at + max(0, length - 2)].decode("utf-16-le")
        start, size = struct.unpack_from("<II", directory, at + 116)
        entries[name] = (start, size)
        if directory[at + 66] == 5:
            root = (start, size)
    for name in names:
        if name in entries:
            start, size = entries[name]
            if size >= small_limit:
                return _chain(data, fat, start, sector_size)[:size]
            small_fat_bytes = _chain(data, fat, small_fat_start, sector_size)
            small_fat = struct.unpack(f"<{len(small_fat_bytes) // 4}I", small_fat_bytes)
            small = _chain(data, fat, root[0], sector_size)
            return b"".join(small[s * 64:s * 64 + 64] for s in _sectors(small_fat, start))[:size]
    return b""


def _fat(data: bytes, sector_size: int) -> tuple[int, ...]:
    """The allocation table; its own sectors are listed in the header, and in a chain of lists for large files."""
    listed = list(struct.unpack_from("<109I", data, 76))
    following, = struct.unpack_from("<I", data, 68)
    per_sector = sector_size // 4
    seen: set[int] = set()
    while following < _END_OF_CHAIN and following not in seen:
        seen.add(following)
        *more, following_next = struct.unpack_from(f"<{per_sector}I", data, (following + 1) * sector_size)
        listed += more
        following = following_next
    table: list[int] = []
    for sector in listed:
        if sector < _END_OF_CHAIN:
            table += struct.unpack_from(f"<{per_sector}I", data, (sector + 1) * sector_size)
    return tuple(table)


def _chain(data: bytes, fat: tuple[int, ...], start: int, sector_size: int) -> bytes:
    return b"".join(data[(s + 1) * sector_size:(s + 2) * sector_size] for s in _sectors(fat, start))


def _sectors(fat: tuple[int, ...], start: int) -> Iterator[int]:
    seen: set[int] = set()
    while start < _END_OF_CHAIN and start not in seen:
        seen.add(start)
        yield start
        start = fat[start]
