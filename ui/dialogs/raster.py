"""PDF pages as pictures, for the preview and for the printer. Called in a worker thread; one at a time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class Sheet:
    """The size of one page, in points (1/72 inch)."""

    width: float
    height: float

    @property
    def size(self) -> QSizeF:
        """As Qt wants it."""
        return QSizeF(self.width, self.height)


def sheets(pdf: bytes) -> tuple[Sheet, ...]:
    """The pages of ``pdf``."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    try:
        return tuple(Sheet(*document.get_page_size(place)) for place in range(len(document)))
    finally:
        document.close()


def raster(pdf: bytes, place: int, dpi: float) -> QImage:
    """Page ``place`` (from 0) on white, at ``dpi``."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    try:
        bitmap = document[place].render(scale=dpi / 72, rev_byteorder=False, prefer_bgrx=True)
        picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        return picture.copy()       # the buffer goes with the document
    finally:
        document.close()
