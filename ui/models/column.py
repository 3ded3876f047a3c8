"""Columns as data: everything a list must know about one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ui.tones import Tone

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of rows of type ``R``."""

    key: str                                        # its name in the remembered layout
    header: str                                     # marked by N_
    text: Callable[[R], str]                        # what is read
    sort: Callable[[R], object] | None = None       # what is compared; default: the text
    align: str = "left"                             # "left", "right", "center"
    width: int = 0                                  # pixels; 0 = from header and first rows
    tone: Callable[[R], Tone | None] | None = None  # colour of the text, or of the chip
    chip: bool = False                              # shown as a chip: dot and word
    bold: bool | Callable[[R], bool] = False
    tabular: bool = False                           # figures stand in columns
    tip: Callable[[R], str] | None = None           # on hover: the date behind an age
    order: str = ""                                 # what a long list is asked to sort by; "" = cannot
    hidden: bool = False                            # at first
    grow: bool = False                              # takes the room that is left
    money: bool = False                             # ``sort`` gives fen

    def value(self, row: R) -> object:
        """What the column sorts by, and what a spreadsheet gets."""
        return self.sort(row) if self.sort else self.text(row)
