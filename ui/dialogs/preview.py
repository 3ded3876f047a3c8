"""The preview of a paper: what it will look like, then one key to print it. Nothing is drawn in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.config import desk as desk_settings
from app.errors import Unavailable
from app.i18n import N_, _, _n
from ui import icons, memory
from ui.background import Desk
from ui.dialogs.leaves import Pages
from ui.dialogs.printing import paper_kind, printers, put_on_paper
from ui.dialogs.raster import Sheet, raster, sheets
from ui.theme import tokens
from ui.tones import Tone
from ui.widgets.labels import muted, text_label
from ui.widgets.notice import Notice
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot


class Paper(Protocol):
    """What a slip becomes: the document, and the characters that no font of ours has (printed as 〓)."""

    @property
    def pdf(self) -> bytes: ...

    @property
    def missing_glyphs(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper to be looked at and printed.

    ``make`` builds it from the record (never from the screen); ``record`` is told once it was printed or saved, so
    that the next one is a reprint. ``copies``: how many are printed at a time.
    """

    title: str                                   # in the screen's language
    form: str                                    # "F5": the printer is remembered under it
    make: Callable[[Depot], Paper]
    file_name: str = ""                          # proposed for saving, without ".pdf"
    record: Callable[[Depot], object] | None = None
    copies: int = 1
    long: bool = False                           # takes long: second thread, progress, cancel


class PreviewDialog(QDialog):
    """Shows a :class:`PrintJob` and prints it. Ctrl+P or Enter prints, Ctrl+S saves, Ctrl++ and Ctrl+− zoom."""

    printed = Signal()

    def __init__(self, parent: QWidget, job: PrintJob, desk: Desk) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(job.title)
        self.resize(900, 900)
        self.desk = desk
        self._job = job
        self._pdf = b""
        self._fit = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._toolbar())
        self.notice = Notice()
        column.addWidget(self.notice)
        self.pages = Pages()
        self.pages.wanted.connect(self._draw)
        self._area = QScrollArea()
        self._area.setWidget(self.pages)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._area.setStyleSheet(f"QScrollArea {{ background: {tokens().paper}; }}")
        bind(self._area.setAccessibleName, N_("Pages"))
        column.addWidget(self._area, 1)
        for keys, slot in (
            ("Ctrl+P", self.print_now), ("Ctrl+S", self.save), ("Ctrl+=", lambda: self.zoom(1.25)),
            ("Ctrl++", lambda: self.zoom(1.25)), ("Ctrl+-", lambda: self.zoom(0.8)), ("Ctrl+0", self.fit_width),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        self._ask_printers()
        self._make()

    # -- building ----------------------------------------------------------------------------------------------

    def _toolbar(self) -> QWidget:
        bar = QFrame()
        bar.setObjectName("topbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        title = text_label("heading")
        title.setText(self._job.title)
        row.addWidget(title)
        self._count = muted()
        row.addWidget(self._count)
        row.addStretch(1)
        for icon, name, slot in (
            ("ph.magnifying-glass-minus", N_("Smaller"), lambda: self.zoom(0.8)),
            ("ph.magnifying-glass-plus", N_("Larger"), lambda: self.zoom(1.25)),
            ("ph.arrows-out-line-horizontal", N_("Page width"), self.fit_width),
        ):
            row.addWidget(_flat(icon, name, slot))
        row.addWidget(muted(N_("Printer")))
        self.printer_box = QComboBox()
        self.printer_box.setMinimumWidth(180)
        bind(self.printer_box.setAccessibleName, N_("Printer"))
        row.addWidget(self.printer_box)
        row.addWidget(muted(N_("Copies")))
        self.copies = QSpinBox()
        self.copies.setRange(1, 99)
        self.copies.lineEdit().setTextMargins(6, 0, 0, 0)   # the style sheet takes the left padding away
        self.copies.setValue(self._job.copies)
        bind(self.copies.setAccessibleName, N_("Copies"))
        row.addWidget(self.copies)
        self.save_button = _button(N_("Save…"), self.save, "ph.download-simple")
        self.print_button = _button(N_("Print"), self.print_now, "ph.printer", "primary")
        for button in (self.save_button, self.print_button):
            button.setEnabled(False)
            row.addWidget(button)
        return bar

    def _ask_printers(self) -> None:
        self.desk.work(self, printers, self._printers_known)

    def _printers_known(self, found: tuple[str, ...]) -> None:
        self.printer_box.clear()
        for name in found:
            self.printer_box.addItem(name, name)
        self.printer_box.addItem(_("Other…"), "")
        self._choose_printer()

    def _choose_printer(self) -> None:
        kind = paper_kind(self._job.form, self.pages.sheets)
        name = memory.recall(f"printers/{self._job.form}") or desk_settings().printer(kind)
        place = self.printer_box.findData(name) if name else 0
        self.printer_box.setCurrentIndex(max(place, 0))

    def _make(self) -> None:
        if self._job.long:
            self.desk.run_long(
                self, lambda depot, _progress: self._job.make(depot), self._made, title=self._job.title
            )
        else:
            self.desk.run(self, self._job.make, self._made)

    def _made(self, paper: Paper) -> None:
        self._pdf = paper.pdf
        if paper.missing_glyphs:
            self.notice.say(_("No font has these characters; they print as 〓: {characters}").format(
                characters="  ".join(f"{glyph} (U+{ord(glyph):04X})" for glyph in paper.missing_glyphs)), Tone.WARN)
        pdf = self._pdf
        self.desk.work(self, lambda: sheets(pdf), self._measured)

    def _measured(self, found: tuple[Sheet, ...]) -> None:
        self.pages.show_sheets(found)
        self._count.setText(_n("{n} page", "{n} pages", len(found)).format(n=len(found)))
        self.fit_width()
        self._choose_printer()
        self.save_button.setEnabled(True)
        self.print_button.setEnabled(True)
        self.print_button.setFocus()

    # -- looking -----------------------------------------------------------------------------------------------

    def _draw(self, place: int) -> None:
        pdf, dpi = self._pdf, self.pages.scale() * 72 * self.devicePixelRatioF()
        self.desk.work(
            self, lambda: raster(pdf, place, dpi), lambda picture: self.pages.show_picture(place, picture),
            replace=f"page {place}",
        )

    def zoom(self, factor: float) -> None:
        """Larger or smaller, the middle staying where it is."""
        self._fit = False
        middle = self._area.verticalScrollBar().value() / max(1, self.pages.height())
        self.pages.set_scale(min(6.0, max(0.3, self.pages.scale() * factor)))
        self._area.verticalScrollBar().setValue(round(middle * self.pages.height()))

    def fit_width(self) -> None:
        """As wide as the window."""
        self._fit = True
        widest = max((sheet.width for sheet in self.pages.sheets), default=0)
        if widest:
            room = self._area.viewport().width() - 2 * Pages.GAP - 12
            self.pages.set_scale(min(4.0, max(0.3, room / widest)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's name
        super().resizeEvent(event)
        if self._fit:
            self.fit_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.print_now()
        elif event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + (1 if event.key() == Qt.Key.Key_PageDown else -1) * bar.pageStep())
        else:
            super().keyPressEvent(event)

    # -- paper -------------------------------------------------------------------------------------------------

    def print_now(self) -> None:
        """Print on the chosen printer; with none chosen, the system's dialogue asks."""
        if not self._pdf:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._job.title)
        printer.setCopyCount(self.copies.value())
        name = self.printer_box.currentData()
        if name:
            printer.setPrinterName(name)
            memory.remember(f"printers/{self._job.form}", name)
            self.put_on(printer)
            return
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.put_on(printer))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def put_on(self, printer: QPrinter) -> None:
        """Draw the pages on ``printer``, in a worker thread."""
        pdf, pages = self._pdf, self.pages.sheets
        self.print_button.setEnabled(False)
        self.desk.work(self, lambda: put_on_paper(pdf, pages, printer), self._on_paper, self._not_on_paper)

    def _on_paper(self, _nothing: object) -> None:
        self._record()
        self.printed.emit()
        self.accept()

    def _not_on_paper(self, error: Exception) -> bool:
        self.print_button.setEnabled(True)
        del error
        return False

    def save(self) -> None:
        """Save the PDF where the person says."""
        if not self._pdf:
            return
        folder = memory.recall("folders/pdf", str(Path.home()))
        proposed = str(Path(folder) / f"{self._job.file_name or self._job.title}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), proposed, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> None:
        """Save the PDF as ``target``."""
        pdf = self._pdf

        def write() -> Path:
            try:
                target.write_bytes(pdf)
            except OSError as error:
                raise Unavailable("printing.cannot-save", file=target, reason=error.strerror or str(error)) from error
            return target

        self.desk.work(self, write, self._saved)

    def _saved(self, target: Path) -> None:
        memory.remember("folders/pdf", str(target.parent))
        self.notice.say(_("Saved as {file}").format(file=target), Tone.OK)
        self._record()

    def _record(self) -> None:
        if self._job.record:
            self.desk.run(self.desk, self._job.record, quiet=True)


def _button(text: str, slot: Callable[[], object], icon: str, kind: str = "") -> QPushButton:
    button = QPushButton()
    button.setProperty("kind", kind)
    button.setAutoDefault(False)
    bind(button.setText, text)
    bind(button.setAccessibleName, text)
    icons.put(button.setIcon, icon, "accent_text" if kind == "primary" else "text2")
    button.clicked.connect(lambda _checked=False: slot())
    return button


def _flat(icon: str, name: str, slot: Callable[[], object]) -> QPushButton:
    button = QPushButton()
    button.setProperty("kind", "link")
    button.setAutoDefault(False)
    bind(button.setAccessibleName, name)
    bind(button.setToolTip, name)
    icons.put(button.setIcon, icon)
    button.clicked.connect(lambda _checked=False: slot())
    return button
