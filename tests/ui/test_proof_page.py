"""A mark is checked wherever it is scanned."""

from __future__ import annotations

from app.depot import Depot
from app.domain.proof import ProofState
from app.labels import label
from tests.app.services.test_proof import a_marked_unit, code
from ui.background import Desk
from ui.main_window import MainWindow
from ui.proof.page import ProofPage


def test_a_scanned_mark_opens_the_answer(window: MainWindow, desk: Desk, side: Depot) -> None:
    marked = a_marked_unit(side)
    window.bar.scan.entered.emit(code(side, marked.mark))
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, ProofPage)
    assert label(ProofState.GENUINE) in page.verdict.text()
    assert "H204817736" in page.facts.text()


def test_what_is_no_mark_is_said_and_stays_in_the_field(window: MainWindow, desk: Desk) -> None:
    window.open("proof")
    desk.wait_idle()
    page = window.page()
    assert isinstance(page, ProofPage)
    page.code.setText("SH1-R2611-00001")
    page._check()
    desk.wait_idle()
    assert page.notice.isVisible()
    assert page.code.text() == "SH1-R2611-00001"
