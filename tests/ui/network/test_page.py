"""Head office's desk in the real window, on a real centre with two depots; and what a depot sees of the others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.depot import Depot, open_depot
from app.domain.masterdata import Customer, Product
from app.domain.register import Standing
from app.persistence import settings
from app.persistence import sync as sync_rows
from app.services import adoption, customers, night, products
from tests.builders import a_received_unit
from tests.conftest import CHEAP, PostgresServer
from tests.firm import Firm, a_firm
from tests.ui.conftest import Scanner, sign_in, text_of
from ui.background import Desk
from ui.customers.page import CustomersPage
from ui.dialogs.dialog import FormDialog, Question
from ui.main_window import MainWindow
from ui.network.page import NetworkPage
from ui.settings.tariffs_tab import TariffsTab
from ui.sync.page import SyncPage
from ui.widgets import Chip

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def firm(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firm]:
    """A centre with two depots: the same serial at both, an alert at each, proposals of one."""
    with a_firm(postgres_server, tmp_path_factory.mktemp("firm")) as made:
        customers.add(made.office, Customer(id="", code="K-1", name="中车时代"))
        products.add(made.office, Product(id="", model="HQ-100", name_zh="总部电源", name_en=""))
        for code, depot in made.depots.items():
            a_received_unit(depot, "H204817736")
            a_received_unit(depot, f"{code}0001")
            if code == "SH1":
                for name in ("中车时代电气", "写错的", "长沙地铁"):
                    customers.add(depot, Customer(id="", code="", name=name))
            with depot.write() as tx:
                sync_rows.alert(tx, "alert.clock", {"minutes": 12})
            made.night(code)
        yield made


@pytest.fixture
def office_desk(firm: Firm, qapp: QApplication) -> Iterator[Desk]:
    """A desk on the centre."""
    del qapp
    made = Desk(lambda: open_depot(firm.address, hashing=CHEAP))
    yield made
    made.wait_idle()
    made.close()
    made.deleteLater()


@pytest.fixture
def office_window(office_desk: Desk) -> Iterator[MainWindow]:
    """The window on it."""
    sign_in(office_desk, "office")
    made = MainWindow(office_desk, first="")
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    office_desk.wait_idle()
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def page(qtbot: QtBot, office_window: MainWindow, office_desk: Desk) -> NetworkPage:
    office_window.open("network")
    shown = office_window.page()
    assert isinstance(shown, NetworkPage)
    qtbot.waitUntil(lambda: (office_desk.wait_idle(), len(shown.cases.table.rows()) == 4)[1], timeout=20_000)
    return shown


@pytest.mark.postgres
def test_all_cases_are_filtered_by_keys_and_a_unit_is_read_only(
    qtbot: QtBot, page: NetworkPage, office_desk: Desk, office_window: MainWindow
) -> None:
    def shown() -> list[tuple[str, str]]:
        office_desk.wait_idle()
        return sorted((row.depot_id, row.serial) for row in page.cases.table.rows())

    assert page.view() == "cases"
    assert page.cases.tiles["cases"]._figure.text() == "4"
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    assert QApplication.focusWidget() is page.cases.filter.text.edit
    qtbot.keyClicks(page.cases.filter.text.edit, "CD10")
    qtbot.waitUntil(lambda: shown() == [("CD1", "CD10001")], timeout=20_000)
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(shown()) == 4, timeout=20_000)
    page.cases.tiles["late"].setFocus()
    qtbot.keyClick(page.cases.tiles["late"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown() == [], timeout=20_000)
    assert page.cases.filter.standing.value() is Standing.OVERDUE
    page.cases.clear()
    qtbot.waitUntil(lambda: len(shown()) == 4, timeout=20_000)
    row = next(row for row in page.cases.table.rows() if row.serial == "CD10001")
    page.cases.table.select_key((row.depot_id, row.case_id))
    qtbot.keyClick(page.cases.table.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: (office_desk.wait_idle(), "CD10001" in text_of(office_window.detail))[1], timeout=20_000)
    said = text_of(office_window.detail)
    assert "CD1, read only" in [chip.accessibleName() for chip in office_window.detail.findChildren(Chip)]
    assert "Plan the repair" not in said
    assert "Unit file…" not in said
    qtbot.keyClick(office_window, Qt.Key.Key_J, CTRL)
    assert "another depot's" in text_of(office_window)


@pytest.mark.postgres
def test_a_scan_at_head_office_answers_where_it_is_at_every_depot(
    qtbot: QtBot, page: NetworkPage, office_desk: Desk, scanner: Scanner
) -> None:
    page.frame.open("today")
    office_desk.wait_idle()
    scanner("H204817736")                                  # from any page: head office receives nothing itself
    qtbot.waitUntil(lambda: (office_desk.wait_idle(), len(page.where.said()) > 0)[1], timeout=20_000)
    assert page.view() == "where"
    said = page.where.said()
    assert any(line.startswith("CD1 成都返修站: Awaiting repair, since") for line in said)
    assert any(line.startswith("SH1 上海返修站:") for line in said)
    assert sum("as of its sync" in line for line in said) == 2
    assert "each have it in the house" in text_of(page.where.notice)
    assert [visit.depot_id for visit in page.where.table.rows()] == ["SH1", "CD1"]
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    page.where.text.selectAll()
    qtbot.keyClicks(page.where.text, "UNKNOWN-1")
    qtbot.keyClick(page.where.text, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (office_desk.wait_idle(), "No depot has UNKNOWN-1 on record" in text_of(page.where.notice))[1],
        timeout=20_000)


@pytest.mark.postgres
def test_proposals_are_joined_and_declined_by_keys_and_the_depot_follows(
    qtbot: QtBot, page: NetworkPage, office_desk: Desk, firm: Firm
) -> None:
    def names() -> set[str]:
        office_desk.wait_idle()
        return {row.name for row in page.proposals.table.rows()}

    def mark(name: str) -> None:
        page.window().activateWindow()
        assert QTest.qWaitForWindowActive(page.window())
        row = next(row for row in page.proposals.table.rows() if row.name == name)
        page.proposals.table.select_key((row.kind, row.depot_id, row.id))

    qtbot.keyClick(page, Qt.Key.Key_3, CTRL)
    assert page.view() == "proposals"
    assert {"中车时代电气", "写错的"} <= names()
    mark("中车时代电气")
    qtbot.keyClick(page.proposals.table.view, Qt.Key.Key_F7)
    (join,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    assert join.form.fields["into"].edit.text() == "中车时代"          # type: ignore[attr-defined]  # a choice has a line
    join.form.submit()
    qtbot.waitUntil(lambda: "中车时代电气" not in names(), timeout=20_000)
    mark("写错的")
    qtbot.keyClick(page.proposals.table.view, Qt.Key.Key_F8)
    (decline,) = [d for d in page.findChildren(FormDialog) if d.isVisible()]
    decline.form.submit()
    assert decline.isVisible()                                             # a reason is asked for
    decline.form.fields["reason"].set_value("与“中车时代”是同一家")
    decline.form.submit()
    qtbot.waitUntil(lambda: "写错的" not in names(), timeout=20_000)
    mark("长沙地铁")
    qtbot.keyClick(page.proposals.table.view, Qt.Key.Key_F6)
    (question,) = [q for q in page.findChildren(Question) if q.isVisible()]
    question.accept()
    qtbot.waitUntil(lambda: "长沙地铁" not in names(), timeout=20_000)
    firm.night("SH1")
    told = [one for one in night.alerts(firm.depots["SH1"]) if one.kind == "alert.proposal-declined"]
    assert [one.facts["name"] for one in told] == ["写错的"]
    assert {one.name for one in adoption.proposals(firm.office)}.isdisjoint({"中车时代电气", "写错的"})
    firm.night("CD1")                                                       # what is adopted goes to every depot
    assert {"长沙地铁", "中车时代"} <= {row.name for row in customers.find(firm.depots["CD1"], "")}


@pytest.mark.postgres
def test_inboxes_of_all_depots_stand_by_depot_and_are_only_read(
    qtbot: QtBot, office_window: MainWindow, office_desk: Desk
) -> None:
    office_window.open("sync")
    page = office_window.page()
    assert isinstance(page, SyncPage)
    qtbot.waitUntil(lambda: (office_desk.wait_idle(), len(page.depots.rows()) == 2)[1], timeout=20_000)
    assert [(row.code, row.name) for row in page.depots.rows()] == [("CD1", "成都返修站"), ("SH1", "上海返修站")]
    assert page.stack.currentWidget() is page.depots
    assert "2 depots" in page.header._subtitle.text()
    qtbot.keyClick(page, Qt.Key.Key_3, CTRL)
    clocks = [row for row in page.alerts.rows() if row.kind == "alert.clock"]
    assert {row.depot_id for row in clocks} == {"SH1", "CD1"}
    page.alerts.select_key(clocks[0].id)
    page._seen()
    office_desk.wait_idle()
    assert f"belongs to the depot {clocks[0].depot_id}" in text_of(office_window)
    assert "Sync now" not in text_of(page)


def test_a_depot_asks_where_a_serial_is_and_reads_what_head_office_sets(
    qtbot: QtBot, window: MainWindow, desk: Desk, side: Depot
) -> None:
    got = a_received_unit(side, "H204817736")
    with side.write() as tx:
        settings.put(tx, "centre", "postgresql://centre.example/centre")
        tx.ask("UPDATE products SET depot_id = 'HQ', origin = 0, seq = 7 WHERE id = "
               "(SELECT product_id FROM units WHERE id = ?)", (got.unit_id,))
        tx.ask("UPDATE customers SET depot_id = 'HQ', origin = 0, seq = 8")
    sign_in(desk, "supervisor")
    window.open("network", "h204817736")
    page = window.page()
    assert isinstance(page, NetworkPage)
    qtbot.waitUntil(lambda: (desk.wait_idle(), len(page.where.said()) > 0)[1], timeout=20_000)
    assert not page.views.isVisible()
    (line,) = page.where.said()
    assert line.startswith("SH1 上海返修站:")
    assert got.case_number in line
    page.where.look("ELSEWHERE")
    qtbot.waitUntil(lambda: (desk.wait_idle(), "no other depot has told anything" in text_of(page.where))[1],
                    timeout=20_000)
    window.open("customers")
    list_ = window.page()
    assert isinstance(list_, CustomersPage)
    qtbot.waitUntil(lambda: (desk.wait_idle(), "From head office" in text_of(list_))[1], timeout=20_000)
    edit = next(act for act in list_.actions() if act.objectName() == "customers.edit")
    assert not edit.isEnabled()
    window.open("settings", "tariffs")
    tab = window.findChild(TariffsTab)
    if tab is not None:
        tab.reload()
        desk.wait_idle()
        assert "Tariffs come from head office" in tab.who.text()
