"""The program with a window: what is set up before and after it, and what to do when there is no display.

Only what the first paint needs is imported here; the rest of the window is loaded while the person already sees it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.paths import cache_dir, log_dir
from ui.imports import unread
from ui.memory import settings
from ui.only_one import OnlyOne
from ui.shell import Shell
from ui.tokens import DARK, LIGHT, Tokens
from ui.tones import Tone

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator

    from app.depot import Depot, Operator
    from ui.background import Desk, Progress
    from ui.main_window import MainWindow
    from ui.theme import Scheme

NOT_RUN = 2
#: Milliseconds after the window is furnished: the person comes first.
KEEPER_BEGINS = 5_000


@dataclass(frozen=True, slots=True)
class Start:
    """How the window is to be opened.

    ``open_depot`` is called in worker threads. ``database`` is shown and tells instances apart; ``sign_in`` says who
    is at the desk without asking (a demonstration); ``theme`` is ``system``, ``light`` or ``dark``. ``prepare`` is done
    in a thread before the depot is opened; ``upgrade`` when its schema is older, and says what it did.
    """

    open_depot: Callable[[], Depot]
    database: str
    language: str = "zh_CN"
    theme: str = "system"
    demo: bool = False
    sign_in: Callable[[Depot], Operator] | None = None
    begin: Callable[[MainWindow], object] | None = None     # once the window is furnished
    prepare: Callable[[Progress], str] | None = None
    upgrade: Callable[[Progress], str] | None = None
    file: str = ""              # of a depot that is kept safe (copies, checks after an unclean end); empty: it is not


def run(start: Start) -> int:
    """Open the window and stay until it is closed. Returns the exit code: 0, or 2 without a display."""
    gc.disable()                        # nothing of the start is garbage; ui.garbage sees to it later
    unread()
    app = _application(start.language)
    only = OnlyOne(start.database, cache_dir())
    if not only.here():
        only.raise_other()
        return 0
    shell = Shell(_colours(app, start.theme), settings())
    rest = _Rest(app, shell, only, start)
    shell.painted.connect(lambda: QTimer.singleShot(0, shell, rest.furnish))
    shell.show()
    code = app.exec()
    rest.put_away()
    only.leave()
    return code


class _Rest:
    """What comes after the first paint, and goes before the end."""

    def __init__(self, app: QApplication, shell: Shell, only: OnlyOne, start: Start) -> None:
        self._app, self._shell, self._only, self._start = app, shell, only, start
        self.desk: Desk | None = None
        self.window: MainWindow | None = None

    def furnish(self) -> None:
        """Load the kit, make ready what must be there, build the window, ask who is there."""
        from app.i18n import _, use
        from ui import theme
        from ui.logs import keep_log

        use(self._start.language)
        dress(self._app, theme.Scheme(self._start.theme))
        self._crash = keep_log(log_dir())
        if self._start.file and _needs_a_look(self._start.file):
            from ui.recovery import look_after

            look_after(self._shell, self._start.file, self._looked_after)
        elif self._start.prepare is None:
            self._furnish()
        else:
            from ui.readying import make_ready

            title = _("A demonstration depot is being made")
            make_ready(self._shell, title, self._start.prepare, lambda _said: self._furnish())

    def _looked_after(self, said: str) -> None:
        from ui.tones import Tone

        self._furnish()
        if said and self.window is not None:
            self.window.banner("restored", said, Tone.WARN)

    def _furnish(self) -> None:
        from ui.background import Desk
        from ui.garbage import Garbage
        from ui.logs import show_uncaught
        from ui.main_window import MainWindow

        self.desk = Desk(self._start.open_depot)
        self.window = MainWindow(self.desk)
        self._shell.furnish(self.window)
        self._shell.closing.connect(self.window.put_away)
        show_uncaught(self.window)
        self._garbage = Garbage(self._app)
        QTimer.singleShot(2000, self.window, self._garbage.settle)
        self._only.asked.connect(self._to_front)
        self._only.listen()
        self._ask_who()
        QTimer.singleShot(0, self.window, self._adorn)
        QTimer.singleShot(KEEPER_BEGINS, self.window, self._keep)
        if self._start.begin:
            self._start.begin(self.window)

    def _ask_who(self) -> None:
        assert self.desk is not None
        assert self.window is not None
        window, start = self.window, self._start
        self.desk.run(window, lambda depot: depot.identity, lambda identity: window.show_depot(
            f"{identity.name}  {identity.depot_id}", start.database, demo=start.demo), self._not_opened)
        if start.sign_in is None:
            window.lock()
        else:
            self.desk.run(window, start.sign_in, window.welcome)

    def _not_opened(self, error: Exception) -> bool:
        """The depot cannot be worked on: an older schema is upgraded, else the program says so and ends."""
        from app.errors import Refused
        from app.i18n import _
        from ui.readying import give_up, make_ready

        if not isinstance(error, Refused):
            return False                    # the window shows it, with a way to try again
        if error.code == "database.older" and self._start.upgrade is not None:
            make_ready(self._shell, _("The database is being brought to this version"), self._start.upgrade,
                       self._upgraded)
        else:
            give_up(self._shell, error)
        return True

    def _upgraded(self, said: str) -> None:
        assert self.window is not None
        self._ask_who()
        self.window.banner("upgraded", said, Tone.INFO)

    def _adorn(self) -> None:
        from ui import icons

        icons.ready()

    def _keep(self) -> None:
        from ui.frame.keeper import Keeper
        from ui.frame.night_watch import NightWatch
        from ui.frame.watcher import Watcher

        assert self.window is not None
        Watcher(self.window)
        NightWatch(self.window).look()
        if self._start.file:
            Keeper(self.window).look()

    def _to_front(self) -> None:
        self._shell.setWindowState(self._shell.windowState() & ~self._shell.windowState().WindowMinimized)
        self._shell.show()
        self._shell.raise_()
        self._shell.activateWindow()

    def put_away(self) -> None:
        """Finish what is under way and give the depot back."""
        if self.desk is not None:
            self.desk.close()
            if self._start.file:
                from app.services import keeping

                keeping.closed(self._start.file)


def _needs_a_look(file: str) -> bool:
    """The file and two small ones beside it are asked for; the services behind them are loaded only when needed."""
    from pathlib import Path

    return not Path(file).exists() or any(Path(f"{file}.{mark}").exists() for mark in ("open", "restore"))


# -- the application ------------------------------------------------------------------------------------------------


def application(scheme: Scheme, language: str) -> QApplication:
    """The application fully dressed, for pictures and for windows that need no shell."""
    from app.i18n import use
    from ui import icons

    app = _application(language)
    use(language)
    dress(app, scheme)
    icons.ready()
    return app


def need_display(language: str) -> None:
    """End here with one sentence, before anything was begun, where no window can be opened."""
    _application(language)


def dress(app: QApplication, scheme: Scheme) -> None:
    """Fonts, look, Qt's own words."""
    from ui import theme
    from ui.logs import qt_says

    qInstallMessageHandler(qt_says)
    theme.install_fonts()
    theme.wear(app, scheme)
    theme.follow_desktop(app)
    translate_qt(app)


def _application(language: str) -> QApplication:
    """The one QApplication. Without a display Qt would abort: one sentence and exit code 2 instead."""

    def qt_says_early(kind: QtMsgType, _context: QMessageLogContext, _message: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            _no_display(language)

    qInstallMessageHandler(qt_says_early)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("fanxiu")
    app.setDesktopFileName("fanxiu")
    return app


def _no_display(language: str) -> None:
    """Say so and end at once: from inside Qt's start there is no way back, and a core dump helps nobody."""
    import os

    from app.i18n import _, use

    use(language)
    displayed = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    sys.stderr.write((_(
        "Qt cannot use the display: it does not answer, or a system library is missing (the README names them). "
        "The commands need none: init, import, slip, status, migrate, demo, screenshots (see main.py --help)."
    ) if displayed else _(
        "There is no display to open a window on. The commands need none: "
        "init, import, slip, status, migrate, demo, screenshots (see main.py --help)."
    )) + "\n")
    sys.stderr.flush()
    os._exit(NOT_RUN)


def _colours(app: QApplication, chosen: str) -> Tokens:
    if chosen == "system":
        chosen = app.styleHints().colorScheme().name.lower()
    return DARK if chosen == "dark" else LIGHT


_qt_words: list[QTranslator] = []


def translate_qt(app: QApplication) -> None:
    """Qt's own buttons, and the way numbers and days are written, in the screen's language."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    from app.i18n import language

    QLocale.setDefault(QLocale(language()))
    for old in _qt_words:
        app.removeTranslator(old)
    _qt_words.clear()
    words = QTranslator()
    if words.load(f"qtbase_{language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
        _qt_words.append(words)
