"""Long work: how far it is, and a cancel that cancels."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from app.i18n import N_, _
from ui.background import Desk, Progress
from ui.dialogs.dialog import Dialog
from ui.widgets.labels import caption, muted

APPEARS_AFTER_MS = 400


class ProgressDialog(Dialog):
    """Appears when the work takes long enough to be noticed; goes when it is over."""

    def __init__(self, parent: QWidget, title: str, progress: Progress, desk: Desk) -> None:
        """``title`` is already in the screen's language."""
        super().__init__(parent, title, desk=desk, width=440)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._progress = progress
        self._text = muted(wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._count = caption()
        for widget in (self._text, self._bar, self._count):
            self.body.addWidget(widget)
        self._cancel = self.add_button(N_("Cancel"), self.reject)
        progress.stepped.connect(self._stepped)
        desk.ended_long.connect(self._ended)
        QTimer.singleShot(APPEARS_AFTER_MS, self, self._appear)
        self._over = False

    def _appear(self) -> None:
        if not self._over:
            self.open()
            self._cancel.setFocus()

    def _stepped(self, done: int, total: int, text: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if text:
            self._text.setText(text)
        self._count.setText(f"{done:,} / {total:,}" if total else f"{done:,}" if done else "")

    def _ended(self, progress: object) -> None:
        if progress is self._progress:
            self._over = True
            super().reject()
            self.deleteLater()

    def reject(self) -> None:
        """Ask the work to stop; the dialogue goes when it has."""
        self._progress.cancel()
        self._cancel.setEnabled(False)
        self._text.setText(
            _("Stopping; what is done so far stays…") if self._progress.keeps
            else _("Stopping; nothing will have been changed…"))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        if not self._over:
            self.reject()
            event.ignore()
