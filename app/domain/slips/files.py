"""The customer file and the unit file on paper: facts at the top, then a table per kind of record.

Their tables differ in nothing but words, so captions and headings come in the reader's language already.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FileSection:
    """A table. ``shares``: how wide its columns are to each other."""

    title: str
    headings: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FilePaper:
    """``facts``: caption and value, in rows; ``stories``: caption and a longer text. ``code``: what its bar code says,
    the serial or the customer's code, so that scanning the file finds what it is about."""

    on: date
    facts: tuple[tuple[tuple[str, str], ...], ...]
    stories: tuple[tuple[str, str], ...]
    sections: tuple[FileSection, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class UnitFilePaper(FilePaper):
    """One file per unit."""


@dataclass(frozen=True, slots=True)
class CustomerFilePaper(FilePaper):
    """One file per customer."""
