"""From PDF pages to a printer: rasters on the printer's own grid, each page at its true size."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.errors import Unavailable
from ui.dialogs.raster import Sheet, raster

_MM = 72 / 25.4


def printers() -> tuple[str, ...]:
    """The printers of this computer, the default one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    default = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != default, name)))


def paper_kind(form: str, sheets: tuple[Sheet, ...]) -> str:
    """Which of the desk's printers suits: ``A4``, ``A5``, ``LABEL`` or ``MARK``."""
    if form == "F7":
        return "MARK"
    if not sheets:
        return "A4"
    longer = max(sheets[0].width, sheets[0].height) / _MM
    return "LABEL" if longer <= 120 else "A5" if longer <= 215 else "A4"


def put_on_paper(pdf: bytes, sheets: tuple[Sheet, ...], printer: QPrinter) -> None:
    """Draw every page. Called in a worker thread. ``Unavailable`` when the printer does not take it."""
    printer.setFullPage(True)
    _set_up(printer, sheets[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable("printing.printer-refuses", printer=printer.printerName() or "PDF")
    try:
        dpi = min(600, printer.resolution())
        for place, sheet in enumerate(sheets):
            if place:
                _set_up(printer, sheet)      # the size first, then the new page
                printer.newPage()
            per_point = printer.resolution() / 72
            box = QRectF(0, 0, sheet.width * per_point, sheet.height * per_point)
            painter.drawImage(box, raster(pdf, place, dpi))
    finally:
        painter.end()


def _set_up(printer: QPrinter, sheet: Sheet) -> None:
    match = QPageSize.SizeMatchPolicy.FuzzyMatch
    printer.setPageSize(QPageSize(sheet.size, QPageSize.Unit.Point, "", match))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
