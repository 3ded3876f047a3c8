"""Start and end of the program: first paint, one window per database, no display, reference counts."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.paths import ROOT
from ui.only_one import OnlyOne
from ui.shell import Shell
from ui.tokens import DARK, LIGHT

HEAVY = {
    "sqlalchemy",
    "alembic",
    "reportlab",
    "psycopg",
    "keyring",
    "pypinyin",
    "xlsxwriter",
    "python_calamine",
    "qtawesome",
    "babel",
    "biip",
    "holidays",
    "pypdfium2",
    "PIL",
    "argon2",
}


def _run(code: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a process of its own, with settings of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**kept, "FANXIU_CONFIG_DIR": str(tmp_path), "PYTHONPATH": str(ROOT), **environment},
    )


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    ended = _run(
        """
        import os, sys
        from ui import desktop, shell
        paint = shell.Shell.paintEvent

        def first_paint(self, event):
            paint(self, event)
            print(*sorted({name.split(".")[0] for name in sys.modules}), flush=True)
            print(*sorted(name for name in sys.modules if name.startswith(("ui.", "app."))), flush=True)
            os._exit(0)

        shell.Shell.paintEvent = first_paint
        desktop.run(desktop.Start(lambda: None, "nowhere"))
        """,
        tmp_path,
        QT_QPA_PLATFORM="offscreen",
    )
    packages, ours = ended.stdout.splitlines()[-2:]
    assert HEAVY.isdisjoint(packages.split())
    assert {"ui.main_window", "ui.theme", "app.depot", "app.i18n"}.isdisjoint(ours.split())
    assert len(ours.split()) <= 8, ours


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there is a desktop optional")
@pytest.mark.parametrize(("language", "words"), [("en", "There is no display"), ("zh_CN", "没有可用的显示器")])
def test_without_a_display_the_program_says_so_in_one_sentence(tmp_path: Path, language: str, words: str) -> None:
    ended = _run(
        f"""
        import sys
        from ui import desktop
        sys.exit(desktop.run(desktop.Start(lambda: None, "nowhere", language={language!r})))
        """,
        tmp_path,
        QT_QPA_PLATFORM="xcb",
        PYTHONIOENCODING="utf-8",
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith(words)
    assert len(ended.stderr.strip().splitlines()) == 1


def test_the_ground_is_painted_in_the_colours_of_the_look(qtbot: QtBot, tmp_path: Path) -> None:
    for colours in (LIGHT, DARK):
        shell = Shell(colours, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
        qtbot.addWidget(shell)
        with qtbot.waitSignal(shell.painted):
            shell.show()
        picture = shell.grab().toImage()
        assert picture.pixelColor(600, 400).name().upper() == colours.bg
        assert picture.pixelColor(100, 400).name().upper() == colours.surface
        content = QLabel("here")
        content.setWindowTitle("SH1")
        shell.furnish(content)
        assert shell.windowTitle() == "SH1"
        shell.resize(700, 500)
        shell.close()
    again = Shell(LIGHT, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    assert again.width() == 700


def test_the_second_start_brings_the_first_window_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = OnlyOne("depot.db", tmp_path), OnlyOne("depot.db", tmp_path)
    assert first.here()
    first.listen()
    assert not second.here()
    with qtbot.waitSignal(first.asked):
        assert second.raise_other()
    assert OnlyOne("another.db", tmp_path).here()
    first.leave()
    assert second.here()
    second.leave()


class _Bell(QObject):
    rung = Signal()


def test_calls_between_qt_and_python_leave_reference_counts_alone(qapp: QApplication) -> None:
    """PySide6 6.12 on Python 3.11 lost a reference to None at each call; fifty thousand of them end in an abort."""
    del qapp
    bell = _Bell()
    bell.rung.connect(lambda: None)
    label = QLabel("x")
    before = {name: sys.getrefcount(value) for name, value in (("None", None), ("True", True), ("False", False))}
    for _ in range(50_000):
        bell.rung.emit()
        label.setText("x")
        label.isVisible()
    after = {name: sys.getrefcount(value) for name, value in (("None", None), ("True", True), ("False", False))}
    assert {name: abs(after[name] - before[name]) < 500 for name in before} == dict.fromkeys(before, True)


def test_the_program_starts_signs_in_and_shows_today(tmp_path: Path, template: Path) -> None:
    """The whole start as a person sees it: shell, furniture, sign-in, first page, end."""
    file = tmp_path / "depot.db"
    file.write_bytes(template.read_bytes())
    ended = _run(
        f"""
        from app.depot import Operator, open_depot
        from app.services import people
        from ui.desktop import Start, run

        def clerk(depot):
            user = next(user for user in people.users(depot) if user.login == "clerk")
            return Operator(user.id, user.login, user.name, user.roles)

        def begin(window):
            def shown(page):
                window.desk.wait_idle()
                print("shown", page, window.isVisible(), window.window() is not window, flush=True)
                window.window().close()
            window.page_shown.connect(shown)

        print("ended", run(Start(lambda: open_depot({str(file)!r}), {str(file)!r}, "en", sign_in=clerk, begin=begin)))
        """,
        tmp_path,
        QT_QPA_PLATFORM="offscreen",
    )
    assert ended.stdout.splitlines() == ["shown today True True", "ended 0"], ended.stderr[-2000:]
