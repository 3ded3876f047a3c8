"""The window on the centre with head office's login: every page opens, nothing is refused by the server's rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from app.depot import open_depot
from app.domain.people import Role
from app.services import founding
from app.sync import registry
from tests.conftest import CHEAP, PASSWORD, PIN, PostgresServer
from tests.ui.conftest import sign_in
from ui.background import Desk
from ui.main_window import MainWindow
from ui.pages import PAGES

pytestmark = pytest.mark.postgres


@pytest.fixture
def desk(postgres_server: PostgresServer, qapp: QApplication) -> Iterator[Desk]:
    """A desk on the centre, with a login of head office's on the server."""
    del qapp
    url = postgres_server.create("head_office_window")
    founding.found(url, founding.Founding(
        "HQ", "总部", "office", "总部", PASSWORD, PIN,
        admin_roles=frozenset({Role.MANAGER, Role.SUPERVISOR, Role.CLERK}),
    ), hashing=CHEAP).close()
    registry.prepare(url)
    registry.add_depot(url, "SH1", "SH1", datetime.now(UTC))
    login = registry.add_head_office_login(url, "office_window")
    made = Desk(lambda: open_depot(login.address, hashing=CHEAP))
    yield made
    made.wait_idle()
    made.close()
    made.deleteLater()


def test_every_page_opens_on_the_centre(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bugs: list[str] = []
    monkeypatch.setattr(MainWindow, "show_bug", lambda _window, report: bugs.append(report))
    sign_in(desk, "office")
    window = MainWindow(desk, first="")
    window.show()
    opened = []
    for spec in PAGES:
        if window.knows(spec.id):
            window.open(spec.id)
            desk.wait_idle()
            opened.append(spec.id)
            assert not bugs, (spec.id, bugs[0])
    assert {"customers", "products", "policy", "register", "lookup", "sync"} <= set(opened)
    window.close()
    window.deleteLater()
