"""A bug is shown as what it is: one calm sentence, and the report to copy."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.i18n import N_, _
from ui.background import Desk
from ui.dialogs.dialog import Dialog
from ui.widgets.labels import muted


def full_report(report: str) -> str:
    """``report`` with what a developer asks first. No data of the depot is in it beyond what the report quotes."""
    return f"{report.rstrip()}\n\nPython {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n"


class CrashDialog(Dialog):
    """Says that something went wrong inside the program, and that nothing was half written."""

    def __init__(self, parent: QWidget, report: str, desk: Desk) -> None:
        super().__init__(parent, N_("Something went wrong in the program"), desk=desk, width=640)
        self.report = full_report(report)
        self.body.addWidget(muted(
            N_("This is a fault of the program, not of what you did. The step was not carried out and nothing was half "
               "written. You can go on working; please send the report below to whoever looks after the program."),
            wrap=True,
        ))
        text = QPlainTextEdit(self.report)
        text.setReadOnly(True)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setMinimumHeight(220)
        text.setAccessibleName(_("Report"))
        self.body.addWidget(text, 1)
        self.add_button(N_("Copy the report"), self.copy)
        self.add_button(N_("Go on"), self.accept, "primary").setFocus()

    def copy(self) -> None:
        """Put the report into the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
