"""The program as a process of its own, with somebody who scans and types into the real window until it is killed.

``python -m tests.typist DATABASE CRATES`` goes on with the crate that the draft brings back; signs for CRATES crates of
two units each, then types on into one that is never signed for. On standard output, a line of JSON each, with the
moment (the machine's monotonic clock): what came back at the start, what is on the screen after each key, and which
serials a signed receipt has put on record.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import i18n
from app.depot import open_depot
from tests.conftest import CHEAP, PIN, as_person
from ui import icons, theme
from ui.background import Desk
from ui.dialogs.sign import SignDialog
from ui.form import Option
from ui.main_window import MainWindow
from ui.scanner import read_scan

if TYPE_CHECKING:
    from ui.receiving.page import ReceivingPage

TEXT = "No output after power on; the fan turns for a second and stops. "
CTRL = Qt.KeyboardModifier.ControlModifier


class Typist:
    """Hands that never rest."""

    def __init__(self, database: str) -> None:
        self.desk = Desk(lambda: open_depot(database, hashing=CHEAP))
        depot = open_depot(database, hashing=CHEAP)
        self.desk.sign_in(as_person(depot, "clerk").operator)
        from app.services import customers, products

        self.customer = customers.find(depot, "中车")[0]
        self.product = products.find(depot, "PSU")[0]
        depot.close()
        self.window = MainWindow(self.desk, first="")
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.window.open("receiving")
        self.rest()
        page = self.window.page()
        self.page: ReceivingPage = page  # type: ignore[assignment]  # it is the receiving page
        self.serials = 0

    def rest(self) -> None:
        """Let what is under way come to its end."""
        for _n in range(3):
            self.desk.wait_idle()
            QApplication.processEvents()

    def say(self, **facts: object) -> None:
        """Tell whoever listens."""
        sys.stdout.write(json.dumps({"at": time.monotonic(), **facts}, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def screen(self) -> dict[str, str]:
        """Serial → symptom of every line of the crate, as the screen shows them."""
        return {line.intake.serial: line.intake.symptom for line in self.page.counter.crate.lines}

    # -- what a clerk does -------------------------------------------------------------------------------------

    def unit(self, letters: int) -> None:
        """Scan a unit and type ``letters`` letters about it."""
        counter = self.page.counter
        if counter.head.customer.is_empty():
            counter.head.customer.set_value(Option(self.customer.id, self.customer.name))
        self.serials += 1
        self.page.scanned(read_scan(f"K{time.time_ns() // 1_000_000}{self.serials:03d}"))
        self.rest()
        if not counter.form.product.value():
            counter.form.product.set_value(Option(self.product.id, self.product.model))
        counter.form.symptom.setFocus()
        for n in range(letters):
            QTest.keyClick(counter.form.symptom.editor, TEXT[n % len(TEXT)])
            self.say(shown=self.screen())
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            QTest.qWait(15)

    def sign(self) -> None:
        """Sign for the crate: the giver on paper, the clerk with the PIN."""
        units = list(self.screen())
        self.page.sign()
        giver = self.dialog()
        giver.name.set_value("Liu")
        giver.way.set_value("paper")
        giver.form.changed.emit()
        giver.form.submit()
        self.rest()
        clerk = self.dialog()
        clerk.secret.setFocus()
        QTest.keyClicks(clerk.secret.edit, PIN)
        clerk.form.submit()
        self.rest()
        if self.screen():
            raise RuntimeError(f"not signed: {self.window.toasts()}")
        self.say(received=units)

    def dialog(self) -> SignDialog:
        """The signature that is asked for."""
        return next(found for found in self.window.findChildren(SignDialog) if found.isVisible())


def main(database: str, crates: int) -> None:
    """Work until killed."""
    gc.disable()        # as in the program: no widget dies in a worker thread
    app = QApplication([])
    app.setApplicationName("fanxiu")
    i18n.use("en")
    theme.install_fonts()
    theme.wear(app, theme.Scheme.LIGHT)
    icons.ready()
    typist = Typist(database)
    typist.say(restored=typist.screen())
    for _n in range(crates):
        while len(typist.screen()) < 2:
            typist.unit(letters=8)
        typist.sign()
    while True:
        typist.unit(letters=60)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
