"""A real window over a real depot; a test that leaves a window, a dialogue or a thread behind fails."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import config, i18n
from app.depot import Depot, open_depot
from app.services import people
from tests.conftest import CHEAP, FakeClock, as_person
from ui import icons, moments, theme, words
from ui.background import Desk
from ui.desktop import translate_qt
from ui.main_window import MainWindow
from ui.pages import PAGES, PageSpec


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], qapp_cls: type[QApplication], pytestconfig: pytest.Config) -> QApplication:
    """The application, dressed as ours."""
    del pytestconfig
    app = QApplication.instance() or qapp_cls(qapp_args)
    assert isinstance(app, QApplication)
    app.setApplicationName("fanxiu")
    theme.install_fonts()
    theme.wear(app, theme.Scheme.LIGHT)
    icons.ready()
    return app


@pytest.fixture
def engine() -> str:
    """Windows are tested on SQLite; a test that wants both parametrizes ``engine``."""
    return "sqlite"


@pytest.fixture(autouse=True)
def desk_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[None]:
    """Settings in the test's folder, English on the screen, the light look; nothing left open afterwards."""
    monkeypatch.setenv("FANXIU_CONFIG_DIR", str(tmp_path / "config"))
    config.forget()
    moments.follow(UTC)     # until a depot is open
    i18n.use("en")
    translate_qt(qapp)
    words.retranslate()
    before = set(threading.enumerate())
    gc.disable()        # as in the program: no widget dies in a worker thread
    gc.freeze()         # what was there before is not looked through again at the end of each test
    yield
    for widget in qapp.topLevelWidgets():
        if widget.property("kept") is None and not widget.parent():
            widget.close()
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    gc.collect()
    gc.enable()
    if theme.scheme() is not theme.Scheme.LIGHT:
        theme.wear(qapp, theme.Scheme.LIGHT)
    left = [thread.name for thread in set(threading.enumerate()) - before if thread.is_alive()]
    assert not left, f"threads left behind: {left}"
    windows = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    assert not windows, f"windows left behind: {windows}"
    i18n.use("zh_CN")
    config.forget()


@pytest.fixture
def desk(database_url: str, clock: FakeClock, qapp: QApplication) -> Iterator[Desk]:
    """A desk over a staffed depot of the test's own; nobody is signed in."""
    del qapp
    made = Desk(lambda: open_depot(database_url, clock=clock, hashing=CHEAP))
    yield made
    made.wait_idle()
    made.close()
    made.deleteLater()


@pytest.fixture
def side(database_url: str, clock: FakeClock) -> Iterator[Depot]:
    """The same depot seen from the test: to prepare and to look, with the clerk at the desk."""
    opened = open_depot(database_url, clock=clock, hashing=CHEAP)
    yield as_person(opened, "clerk")
    opened.close()


def sign_in(desk: Desk, login: str) -> None:
    """Put ``login`` (= the role's name) at the desk."""
    def find(depot: Depot) -> object:
        return next(user for user in people.users(depot) if user.login == login)

    from app.depot import Operator

    desk.run(desk, find, lambda user: desk.sign_in(Operator(user.id, user.login, user.name, user.roles)))
    desk.wait_idle()


@pytest.fixture
def pages() -> tuple[PageSpec, ...]:
    """The pages of the window."""
    return PAGES


@pytest.fixture
def window(desk: Desk, pages: tuple[PageSpec, ...]) -> Iterator[MainWindow]:
    """The main window with the clerk at the desk and no page open: ``window.open("customers")``."""
    sign_in(desk, "clerk")
    made = MainWindow(desk, pages=pages, first="")
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made), "the window did not become active"
    desk.wait_idle()
    yield made
    desk.wait_idle()
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


Scanner = Callable[[str], None]


@pytest.fixture
def scanner(qapp: QApplication) -> Scanner:
    """Scan a code: keys five milliseconds apart and Enter, wherever the focus is."""
    clock = [1_000_000]

    def press(key: int, text: str) -> None:
        clock[0] += 5
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            focus = qapp.focusWidget()
            assert focus is not None, "no widget has the focus"
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(clock[0])
            qapp.sendEvent(focus, event)

    def scan(code: str) -> None:
        clock[0] += 3_000
        for character in code:
            press(ord(character.upper()) if character.isascii() else 0, character)
        press(Qt.Key.Key_Return, "\r")

    return scan


def text_of(widget: QWidget) -> str:
    """Everything a person can read on ``widget``, for assertions about words."""
    parts: list[str] = []
    for child in [widget, *widget.findChildren(QWidget)]:
        for name in ("text", "toPlainText", "title"):
            say = getattr(child, name, None)
            if callable(say) and child.isVisibleTo(widget):
                said = say()
                if isinstance(said, str):
                    parts.append(said)
    return "\n".join(part for part in parts if part)
