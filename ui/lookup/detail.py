"""The unit at the right of the window: what it is, where it stands, what is due, and its life."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.depot import Depot
from app.domain.filing import OF_CUSTOMERS
from app.domain.life_line import UnitLife
from app.domain.slips.heads import FormId
from app.domain.stages import ENDED, Stage
from app.i18n import N_, _, language
from app.labels import label, several
from app.services import life_line, network, warranty_entering
from app.services.warranty_entering import WarrantyView
from ui import moments
from ui.background import Desk
from ui.lookup.events import life_event
from ui.page import Frame
from ui.stages import STAGE_TONE
from ui.tones import Tone
from ui.warranty.section import WarrantySection
from ui.widgets import Chip, DefinitionList, LifeEvent, LifeLine, caption, case_due, heading, muted
from ui.widgets.flow import Flow
from ui.widgets.labels import text_label
from ui.widgets.scrolled import scrolled
from ui.widgets.tables import empty_layout
from ui.words import bind

#: What is due at each stage: the words on the one primary button.
DUE: dict[Stage, str] = {
    Stage.REPORTED: N_("Receive"),
    Stage.RECEIVED: N_("Plan the repair"),
    Stage.PLANNED: N_("Go to the plan"),
    Stage.RELEASED: N_("Hand over to repair"),
    Stage.IN_REPAIR: N_("Open at the bench"),
    Stage.AWAITING_CUSTOMER: N_("Open at the bench"),
    Stage.IN_QA: N_("Inspect"),
    Stage.PASSED: N_("Put away"),
    Stage.READY_TO_RETURN: N_("Return to the customer"),
    Stage.RETURNED: N_("Archive the traveller"),
    Stage.SPARE: N_("Archive the traveller"),
}


class UnitDetail(QWidget):
    """Shows one unit; the frame hosts it in the panel at the right."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__()
        self._desk, self._frame = desk, frame
        self.life: UnitLife | None = None
        self.read_only = False          # another depot's unit, seen from head office
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        inner.setObjectName("plain")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 0, 16, 12)
        column.setSpacing(8)
        self.serial = text_label("title")
        self.serial.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.model = muted()
        self.model.setWordWrap(True)
        self.chips = Flow()
        self.chips.setSpacing(6)
        self.facts = DefinitionList()
        self.due = QPushButton()
        self.due.setProperty("kind", "primary")
        self.due.clicked.connect(self._go)
        self.line = LifeLine()
        column.addWidget(self.serial)
        column.addWidget(self.model)
        column.addLayout(self.chips)
        column.addWidget(self.facts)
        column.addWidget(self.due)
        self.warranty = WarrantySection(self.open_warranty)
        column.addWidget(self.warranty)
        self.files = self._file_buttons()
        column.addWidget(self.files)
        title = QHBoxLayout()
        title.addWidget(heading(N_("Life-line")))
        title.addStretch(1)
        self.count = caption()
        title.addWidget(self.count)
        column.addLayout(title)
        column.addWidget(self.line)
        column.addStretch(1)
        whole.addWidget(scrolled(inner))

    def show_unit(self, unit_id: str, depot_id: str = "") -> None:
        """Fetch and show ``unit_id``, of the depot ``depot_id`` where that is another (head office's desk)."""

        def fetch(depot: Depot) -> tuple[UnitLife, WarrantyView, str]:
            there = network.at(depot, depot_id)
            return (life_line.unit_life(there, unit_id), warranty_entering.view(there, unit_id),
                    "" if there is depot else there.depot_id)

        self._desk.run(self, fetch, self._show_both, quiet=True, replace="detail")

    def open_warranty(self) -> None:
        """The reasons and entries of the unit's warranty."""
        from ui.warranty.dialog import WarrantyDialog

        if self.life is not None and not self._only_read():
            WarrantyDialog(self.window(), self._desk, self._frame, self.life.unit.id).open()

    def _file_buttons(self) -> QWidget:
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for text, tip, slot in (
            (N_("Unit file…"), N_("How it was built and shipped; the whole file on paper (Ctrl+J)"), self.open_file),
            (N_("Same lot…"), N_("Everything of its lot, with what became of it (Ctrl+Shift+J)"), self.open_lot),
        ):
            button = QPushButton()
            button.setProperty("kind", "link")
            button.setAutoDefault(False)
            bind(button.setText, text)
            bind(button.setAccessibleName, text)
            bind(button.setToolTip, tip)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            row.addWidget(button)
        row.addStretch(1)
        return around

    def open_file(self) -> None:
        """How the unit was built and shipped."""
        from ui.files.unit_file import open_unit_file

        if self.life is not None and not self._only_read():
            unit = self.life.unit
            open_unit_file(self, self._desk, self._frame, unit.id, unit.serial, self.open_lot)

    def open_lot(self) -> None:
        """Everything of the unit's lot."""
        from ui.files.lot import LotDialog

        if self.life is None or self._only_read():
            return
        if not self.life.unit.lot:
            self._frame.toast(_("Which lot? The unit has none on record; enter it first."), Tone.WARN)
            return
        LotDialog(self.window(), self._desk, self._frame, self.life.unit.lot).open()

    def _only_read(self) -> bool:
        """Says so when the unit is another depot's."""
        if self.read_only:
            self._frame.toast(_("This unit is another depot's: head office reads its record, the depot works on it."),
                              Tone.INFO)
        return self.read_only

    def _show_both(self, found: tuple[UnitLife, WarrantyView, str]) -> None:
        life, view, there = found
        self.read_only = bool(there)
        self._show(life)
        if there:
            self.chips.insertWidget(0, Chip(_("{depot}, read only").format(depot=there), Tone.INFO))
            self.due.hide()
        self.files.setVisible(not there)
        self.warranty.more.setVisible(not there)
        self.warranty.show_view(view)

    def _show(self, life: UnitLife) -> None:
        self.life = life
        self.serial.setText(life.unit.serial)
        name = life.product_zh if language().startswith("zh") else (life.product_en or life.product_zh)
        self.model.setText(" ".join(part for part in (life.model, name) if part))
        self._show_chips(life)
        self.facts.show_pairs(_facts(life))
        stage = life.stage
        self.due.setVisible(bool(life.page and stage in DUE))
        if stage in DUE:
            words = _("To the quotation") if life.page == "quotations" else _(DUE[stage])
            self.due.setText(words)
            self.due.setAccessibleName(words)
        self.count.setText(str(len(life.events)))
        self.line.show_events(_events(life))

    def _show_chips(self, life: UnitLife) -> None:
        empty_layout(self.chips)
        if life.case:
            self.chips.addWidget(Chip(label(life.case.stage), STAGE_TONE[life.case.stage]))
            words, tone = _due_words(life)
            if words:
                self.chips.addWidget(Chip(words, tone))
            if life.case.visit_no > 1:
                self.chips.addWidget(Chip(_("Visit {n}").format(n=life.case.visit_no), Tone.WARN))
            if OF_CUSTOMERS & set(life.signed):
                chip = Chip(_("Customer signed"), Tone.OK)
                chip.setToolTip(several(FormId(form) for form in life.signed if form in OF_CUSTOMERS))
                self.chips.addWidget(chip)
        self.chips.addStretch(1)

    def _go(self) -> None:
        if self.life and self.life.case and self.life.page:
            self._frame.open(self.life.page, self.life.case.id)


def _due_words(life: UnitLife) -> tuple[str, Tone]:
    case = life.case
    if case is None or case.stage in ENDED or case.stage in {Stage.RETURNED, Stage.SPARE}:
        return "", Tone.MUTE
    return case_due(case, life.today)


def _facts(life: UnitLife) -> list[tuple[str, str]]:
    case = life.case
    pairs = [
        (_("Place"), f"{label(life.unit.place)} {life.shelf}".strip()),
        (_("Customer"), life.customer),
    ]
    if case is None:
        return pairs
    traveller = ""
    if life.traveller_number:
        where = label(life.traveller_place) if life.traveller_place else ""
        where = _("archived") if life.traveller_archived else where
        traveller = _("{number} ({place})").format(number=life.traveller_number, place=where)
    return [
        (_("Case"), case.number),
        *pairs,
        (_("Symptom"), case.symptom),
        (_("Received on"), _day(moments.day(case.received_at) if case.received_at else None)),
        (_("Due"), _day(case.due_on)),
        (_("Promised"), _day(case.promised_on)),
        (_("Technician"), life.technician),
        (_("Accessories"), ", ".join(f"{a.name} ×{a.quantity_in}" for a in life.accessories)),
        (_("Traveller"), traveller),
        (_("Attachments"), str(life.attachments) if life.attachments else ""),
    ]


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _events(life: UnitLife) -> list[LifeEvent]:
    shown = []
    chapter: str | None = None
    several = len(life.visits) > 1
    for event in life.events:
        visit = ""
        if several and event.case_number and event.case_number != chapter:
            chapter = event.case_number
            visit = event.case_number
        shown.append(life_event(event, visit=visit))
    return shown



