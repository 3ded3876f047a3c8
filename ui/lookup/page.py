"""Units: found by whatever one knows of them; the newest moves while nothing is typed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from app.changes import Changes
from app.i18n import N_, _n
from app.labels import label
from app.services import search
from app.services.search import Found, Hit
from ui.models import Column, Table
from ui.page import Page
from ui.stages import PLACE_TONE, STAGE_TONE
from ui.tones import Tone
from ui.words import bind

MOST = 200
PAUSE_MS = 120

COLUMNS: tuple[Column[Hit], ...] = (
    Column("serial", N_("Serial number"), text=lambda h: h.serial, width=170, bold=True, tabular=True),
    Column("model", N_("Model"), text=lambda h: h.model, width=150),
    Column("customer", N_("Customer"), text=lambda h: h.customer, width=220, grow=True),
    Column("place", N_("Place"), text=lambda h: label(h.place), tone=lambda h: PLACE_TONE.get(h.place, Tone.MUTE),
           chip=True, width=150),
    Column("stage", N_("Stage"), text=lambda h: label(h.stage) if h.stage else "",
           tone=lambda h: STAGE_TONE[h.stage] if h.stage else Tone.MUTE, chip=True, width=140),
    Column("case", N_("Case"), text=lambda h: h.case_number, width=160, tabular=True),
)


class LookupPage(Page):
    """A search field over a list; the detail at the right follows the line."""

    watches = Changes.UNITS | Changes.CASES

    def build(self) -> None:
        self.text = QLineEdit()
        self.text.setClearButtonEnabled(True)
        bind(self.text.setPlaceholderText, N_("Serial, last digits, number, customer, model, pinyin initials, lot:…"))
        bind(self.text.setAccessibleName, N_("Find units"))
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.reload)
        self.text.textEdited.connect(lambda _t: self._pause.start())
        self.text.returnPressed.connect(self.reload)
        self.body.addWidget(self.text)
        self.table: Table[Hit] = Table(COLUMNS, name="units", key=lambda h: h.unit_id)
        self.table.set_empty(
            "ph.magnifying-glass", N_("No unit fits"),
            N_("Try fewer characters, the last digits of the serial, or the customer's initials."),
        )
        self.table.selected.connect(lambda hit: self.follow(hit.unit_id if hit else ""))
        self.body.addWidget(self.table, 1)

    def reload(self) -> None:
        """Search for what is typed, or show what moved last."""
        text = self.text.text()
        self.run(
            lambda depot: search.search(depot, text, MOST) if text.strip() else search.newest(depot, MOST),
            self._found, replace="units",
        )

    def open_subject(self, subject: object) -> None:
        """Search for ``subject``, as typed into the scan box."""
        self.text.setText(str(subject))
        self.reload()

    def _found(self, found: Found) -> None:
        if found.text.strip() != self.text.text().strip():
            return
        n = len(found.hits)
        many = f"{n}+" if n == MOST else str(n)
        self.header.subtitle(_n("{n} unit", "{n} units", n).format(n=many))
        self.table.set_rows(found.hits)
