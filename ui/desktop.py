"""The program with a window: what must be set up before and after it, and what to do when there is no display."""

from __future__ import annotations

import faulthandler
import hashlib
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QLockFile,
    QMessageLogContext,
    QObject,
    QtMsgType,
    QTranslator,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from app.i18n import N_, _, language, use
from ui import theme

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

    from app.depot import Depot, Operator
    from ui.main_window import MainWindow

log = logging.getLogger("fanxiu")

NO_DISPLAY = N_(
    "There is no display to open a window on. Without one, use the commands: "
    "init, import, slip, status, migrate, demo, screenshots (see main.py --help)."
)
NOT_RUN = 2


@dataclass(frozen=True, slots=True)
class Start:
    """How the window is to be opened. ``database`` is shown and tells instances apart; ``sign_in`` skips the lock."""

    open_depot: Callable[[], Depot]
    database: str
    language: str = "zh_CN"
    theme: str = "system"
    demo: bool = False
    sign_in: Callable[[Depot], Operator] | None = None


def run(start: Start) -> int:
    """Open the window and stay until it is closed. Returns the exit code."""
    use(start.language)
    app = application(theme.Scheme(start.theme))
    only = OnlyOne(start.database)
    if not only.here():
        only.raise_other()
        print(_("This depot is already open; its window was brought to the front."))
        return 0
    from ui.background import Desk
    from ui.garbage import Garbage
    from ui.main_window import MainWindow

    desk = Desk(start.open_depot)
    window = MainWindow(desk)
    _hook_exceptions(window)
    garbage = Garbage(app)
    only.asked.connect(lambda: _to_front(window))
    window.painted.connect(lambda: _begin(window, start))
    window.show()
    code = app.exec()
    garbage.collect()
    desk.close()
    only.leave()
    return code


def application(scheme: theme.Scheme) -> QApplication:
    """The one QApplication: fonts, look, Qt's own words. Without a display: one sentence and exit code 2."""
    qInstallMessageHandler(_qt_says)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("fanxiu")
    app.setDesktopFileName("fanxiu")
    theme.install_fonts()
    theme.wear(app, scheme)
    theme.follow_desktop(app)
    translate_qt(app)
    return app


def _begin(window: MainWindow, start: Start) -> None:
    """After the first paint: who is here, which depot is this."""
    window.desk.run(window, lambda depot: depot.identity, lambda identity: window.show_depot(
        f"{identity.name}  {identity.depot_id}", start.database, demo=start.demo))
    if start.sign_in is None:
        window.lock()
    else:
        window.desk.run(window, start.sign_in, window.welcome)


# -- languages ----------------------------------------------------------------------------------------------------

_qt_words = QTranslator()


def translate_qt(app: QApplication) -> None:
    """Qt's own buttons, and the way numbers and days are written, in the screen's language."""
    QLocale.setDefault(QLocale(language()))
    app.removeTranslator(_qt_words)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if _qt_words.load(f"qtbase_{language()}", folder):
        app.installTranslator(_qt_words)


# -- what Qt and Python complain about ------------------------------------------------------------------------------

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO, QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
}


def _qt_says(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if kind == QtMsgType.QtFatalMsg:
        # Qt would abort and leave a core. The only thing it is fatal about here is the missing display.
        if QApplication.instance() is None:
            sys.stderr.write(f"{_(NO_DISPLAY)}\n")
            sys.stderr.flush()
            _leave(NOT_RUN)
        log.critical("Qt: %s", message)
        return
    log.log(_LEVELS.get(kind, logging.INFO), "Qt %s: %s", context.category or "", message)


def _leave(code: int) -> None:
    """End at once: from inside Qt's start there is no way back."""
    import os

    os._exit(code)


def _hook_exceptions(window: MainWindow) -> None:
    """What nobody caught is shown as the bug it is, whichever thread it comes from."""
    relay = _Relay(window)
    relay.reported.connect(window.show_bug)

    def main_hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        relay.reported.emit("".join(traceback.format_exception(kind, error, trace)))

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            main_hook(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = main_hook
    threading.excepthook = thread_hook


class _Relay(QObject):
    """Brings a report from any thread to the window's."""

    reported = Signal(str)


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


# -- one window per database ------------------------------------------------------------------------------------------


class OnlyOne(QObject):
    """Two windows on one file would work, but puzzle: the second start brings the first window to the front."""

    asked = Signal()

    def __init__(self, database: str) -> None:
        super().__init__()
        from app.paths import cache_dir

        self._name = "fanxiu-" + hashlib.sha256(database.encode()).hexdigest()[:16]
        self._lock = QLockFile(str(cache_dir() / f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)      # a lock of a process that is gone is taken over by itself
        self._server: QLocalServer | None = None

    def here(self) -> bool:
        """Whether this is the first. From now on it listens for the others."""
        if not self._lock.tryLock(0):
            return False
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._knocked)
        self._server.listen(self._name)
        return True

    def raise_other(self) -> bool:
        """Ask the first to come to the front."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        reached = socket.waitForConnected(1000)
        if reached:
            socket.disconnectFromServer()
        return bool(reached)

    def leave(self) -> None:
        """Let the next one be the first."""
        if self._server:
            self._server.close()
        self._lock.unlock()

    def _knocked(self) -> None:
        assert self._server is not None
        connection: Any = self._server.nextPendingConnection()
        connection.deleteLater()
        self.asked.emit()


def _to_front(window: MainWindow) -> None:
    window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
