"""Pictures of the window, filled with demonstration data: every page and the dialogues people meet most (offscreen)."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.config import forget
from app.errors import Refused, Unavailable
from app.i18n import LANGUAGES, _, use
from app.messages import sentence
from ui.pages import PAGES
from ui.scenes import CLERK, SCENES, Camera, people_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


WIDE, HIGH = 1440, 900
DONE, REFUSED, COULD_NOT_RUN = 0, 1, 2

#: Whose screen a page is shown on; the clerk's unless said here.
_AT_THE_DESK = {
    "plan": "zhou.ying", "bench": "li.min", "qa": "wang.jianguo", "travellers": "wang.jianguo", "people": "admin",
    "dispositions": "chen.siyuan", "spares": "chen.siyuan", "policy": "admin", "sync": "admin",
    "settings": "admin", "products": "chen.siyuan", "parts": "chen.siyuan", "customers": "chen.siyuan",
}
#: Milliseconds given to what a page does after its rows are there.
TURNS_MS = 150


def take(arguments: argparse.Namespace) -> int:
    """Save the pictures of ``--out``, named ``page_language_theme.png``. Returns the exit code."""
    use(arguments.language or "zh_CN")
    out: Path = arguments.out
    wanted = [name.strip() for name in arguments.pages.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in {*(spec.id for spec in PAGES), *SCENES}]
    if unknown:
        print(_('There is no page "{names}"; there are {known}.').format(
            names=", ".join(unknown), known=", ".join([*(spec.id for spec in PAGES), *SCENES])), file=sys.stderr)
        return REFUSED
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return _not_written(out, error)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    languages = [arguments.language] if arguments.language else list(LANGUAGES)
    themes = [arguments.theme] if arguments.theme in {"light", "dark"} else ["light", "dark"]
    folder = Path(tempfile.mkdtemp(prefix="fanxiu-pictures-"))
    os.environ["FANXIU_CONFIG_DIR"] = str(folder / "desk")
    forget()
    try:
        target = _depot(arguments.database, folder)
        return _Photographer(target, out, wanted, ours=not arguments.database).take(languages, themes)
    except (Refused, Unavailable) as error:
        print(sentence(error), file=sys.stderr)
        return REFUSED if isinstance(error, Refused) else COULD_NOT_RUN
    except OSError as error:
        return _not_written(out, error)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _not_written(out: Path, error: OSError) -> int:
    reason = error.strerror or str(error)
    print(_("The folder {place} cannot be written: {reason}").format(place=out, reason=reason), file=sys.stderr)
    return COULD_NOT_RUN


def _depot(database: str | None, folder: Path) -> str:
    """A demonstration of ``--database``, else today's."""
    if database:
        return str(database)
    from app.services.demo import centre, keeping

    keeping.copy_to(folder / "demo.db")
    centre.meet(str(folder / "demo.db"))        # this copy only: no demonstration that people work in has met one
    return str(folder / "demo.db")


class _Photographer:
    """One window, taken through languages, looks, pages and scenes."""

    def __init__(self, target: str, out: Path, wanted: list[str], *, ours: bool) -> None:
        self._target, self._out, self._wanted, self._ours = target, out, wanted, ours
        self._count = 0

    def take(self, languages: list[str], themes: list[str]) -> int:
        """Every picture; returns the exit code."""
        from app.depot import SYSTEM, open_depot
        from app.services import demo
        from ui.background import Desk
        from ui.desktop import application
        from ui.frame.night_watch import NightWatch
        from ui.logs import log
        from ui.main_window import MainWindow
        from ui.theme import Scheme

        log.propagate = False                   # the offscreen platform complains of what it cannot do
        log.addHandler(logging.NullHandler())
        self._app = application(Scheme(themes[0]), languages[0])
        side = open_depot(self._target, operator=SYSTEM)
        self._operators = people_of(side)
        self._desk = Desk(lambda: open_depot(self._target, hashing=demo.HASHING))
        self._window = MainWindow(self._desk, first="")
        self._window.resize(WIDE, HIGH)
        self._window.show_depot(f"{side.identity.name}  {side.depot_id}", self._target, demo=True)
        self._window.show()
        if self._ours:
            NightWatch(self._window).look()     # never at a depot that has a centre: it would run a night
        self._camera = Camera(self._app, self._desk, self._window, side, self._settle)
        try:
            for spoken in languages:
                self._window.speak(spoken)
                for look in themes:
                    self._window.wear(Scheme(look))
                    self._round(f"{spoken}_{look}")
        finally:
            self._window.close()
            self._desk.close()
            side.close()
        print(_("{n} pictures in {place}").format(n=self._count, place=self._out))
        return DONE

    def _round(self, suffix: str) -> None:
        for spec in PAGES:
            if not self._wanted or spec.id in self._wanted:
                self._sit(_AT_THE_DESK.get(spec.id, CLERK))
                self._window.detail.hide()
                self._window.open(spec.id)
                self._settle()
                self._save(self._window, f"{spec.id}_{suffix}")
        for name, (login, scene) in SCENES.items():
            if not self._wanted or name in self._wanted:
                self._sit(login)
                for widget in scene(self._camera):
                    self._settle()
                    self._save(widget, f"{name}_{suffix}")
                    if widget is not self._window:
                        widget.close()
                        self._window.activateWindow()
                        self._settle()

    def _sit(self, login: str) -> None:
        operator = self._operators.get(login) or next(iter(self._operators.values()))
        if self._desk.operator != operator:
            self._window.welcome(operator)
            self._settle()

    def _settle(self) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        for _turn in range(3):
            self._app.processEvents()
            self._desk.wait_idle()
        loop = QEventLoop()     # what fills itself in turns of the event loop has its turns, and is laid out
        QTimer.singleShot(TURNS_MS, loop.quit)
        loop.exec()

    def _save(self, widget: QWidget, name: str) -> None:
        if not widget.grab().save(str(self._out / f"{name}.png")):
            raise OSError(f"{name}.png")
        self._count += 1
