"""Sizes of paper and labels. Millimetres here; everything that draws uses points (1 mm = 72/25.4 pt).

A label is a page of the label's own size. Its printer's resolution decides how wide a bar must be to be read again,
and its shift (found with the calibration page) moves the print onto the label.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    """A size in millimetres with its margins.

    ``dpi`` is the printer's resolution where it is known to be coarse (label printers); 0 for a page printer, for
    which bars are made wide enough for 203 dpi all the same. ``shift`` moves the print right and down.
    """

    name: str
    width: float
    height: float
    margin: float
    top: float
    bottom: float
    dpi: int = 0
    shift: tuple[float, float] = (0.0, 0.0)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width * MM, self.height * MM

    @property
    def is_label(self) -> bool:
        """Whether this is a label and not a sheet."""
        return self.dpi > 0


A4 = Paper("A4", 210, 297, margin=13, top=11, bottom=15)
A4_LANDSCAPE = Paper("A4 landscape", 297, 210, margin=12, top=10, bottom=14)
A5 = Paper("A5", 148, 210, margin=10, top=9, bottom=13)

#: Label media by name; 203 dpi is the coarsest printer a depot will have.
LABELS: dict[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("60x40", 60, 40, margin=2, top=1.6, bottom=1.4, dpi=203),
        Paper("70x50", 70, 50, margin=2.5, top=2, bottom=2, dpi=203),
        Paper("80x50", 80, 50, margin=2.5, top=2, bottom=2, dpi=203),
        Paper("100x60", 100, 60, margin=3, top=2.5, bottom=2.5, dpi=203),
        Paper("40x30", 40, 30, margin=1.6, top=1.4, bottom=1.4, dpi=203),
        Paper("50x30", 50, 30, margin=2, top=1.4, bottom=1.4, dpi=203),
    )
}


def label_medium(name: str, dpi: int = 203, shift: tuple[float, float] = (0.0, 0.0)) -> Paper:
    """The label medium ``name`` (``LABELS``) as it stands in one printer: its resolution, its shift in millimetres."""
    return replace(LABELS[name], dpi=dpi, shift=shift)
