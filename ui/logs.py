"""Where complaints go: Qt's and Python's into the log, what nobody caught to the window."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.main_window import MainWindow

log = logging.getLogger("fanxiu")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO, QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR, QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def qt_says(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """A message of Qt's goes into the log."""
    log.log(_LEVELS.get(kind, logging.INFO), "Qt %s: %s", context.category or "", message)


def keep_log(folder: Path) -> TextIO:
    """Write the log, and the stack of a crash in C code, into ``folder``. Returns the open crash file."""
    from logging.handlers import RotatingFileHandler

    handler = RotatingFileHandler(folder / "fanxiu.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    crash = (folder / "crash.log").open("a", encoding="utf-8")
    faulthandler.enable(crash)
    return crash


class _Relay(QObject):
    """Brings a report from any thread to the window's."""

    reported = Signal(str)


def show_uncaught(window: MainWindow) -> None:
    """What nobody caught is shown as the bug it is, whichever thread it comes from."""
    relay = _Relay(window)
    relay.reported.connect(window.show_bug)

    def from_main(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        relay.reported.emit("".join(traceback.format_exception(kind, error, trace)))

    def from_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            from_main(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = from_main
    threading.excepthook = from_thread
