"""Travellers: every original ends in QA's archive (art. 10.8). Scan them in, write where they lie, sign once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.people import Role
from app.domain.places import Place
from app.domain.signing import Signature
from app.domain.travellers import Shelfmark, TravellerRow
from app.i18n import N_, _, _n
from app.labels import label
from app.services import travellers, undoing
from ui import moments, naming
from ui.dialogs.sign import SignRequest
from ui.form import Form, TextField
from ui.models import Column, Order, Table
from ui.page import Page
from ui.scanner import Scan, ScanKind
from ui.stages import PLACE_TONE, STAGE_TONE
from ui.tones import Tone
from ui.widgets import Card, Segmented, muted
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from app.depot import Depot

_LISTS = (
    (Shelfmark.TO_ARCHIVE, N_("To be archived")), (Shelfmark.UNDER_WAY, N_("With their units")),
    (Shelfmark.ARCHIVED, N_("Archived")),
)
_EMPTY = {
    Shelfmark.TO_ARCHIVE: (N_("No original is outstanding"),
                           N_("Travellers appear here when QA has passed the unit. The case closes with the archive.")),
    Shelfmark.UNDER_WAY: (N_("No traveller is under way"), N_("Each unit received goes with its own traveller.")),
    Shelfmark.ARCHIVED: (N_("The archive is empty"), N_("Scan a form, write where it lies, and sign.")),
}

_SHARED: tuple[Column[TravellerRow], ...] = (
    Column("number", N_("Traveller"), text=lambda r: r.number, bold=True, tabular=True, width=150),
    Column("case", N_("Case"), text=lambda r: r.case_number, tabular=True, width=150, hidden=True),
    Column("serial", N_("Serial number"), text=lambda r: r.serial, tabular=True, width=140),
    Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en), width=180,
           hidden=True),
    Column("customer", N_("Customer"), text=lambda r: r.customer or "", grow=True),
    Column("stage", N_("Case stage"), text=lambda r: label(r.stage), tone=lambda r: STAGE_TONE[r.stage], chip=True,
           width=116),
)
COLUMNS: tuple[Column[TravellerRow], ...] = (
    *_SHARED,
    Column("place", N_("Original at"), text=lambda r: label(r.place), tone=lambda r: PLACE_TONE.get(r.place),
           width=124),
    Column("position", N_("Position"), text=lambda r: r.archive_position, tabular=True, width=96),
    Column("archived", N_("Archived on"), tabular=True, width=110, hidden=True,
           text=lambda r: moments.day(r.archived_at).isoformat() if r.archived_at else ""),
    Column("by", N_("Archived by"), text=lambda r: r.archived_by, width=110, hidden=True),
)
PILE: tuple[Column[TravellerRow], ...] = (
    Column("number", N_("Traveller"), text=lambda r: r.number, bold=True, tabular=True, width=150),
    Column("serial", N_("Serial number"), text=lambda r: r.serial, tabular=True, grow=True),
    Column("place", N_("Original at"), text=lambda r: label(r.place), tone=lambda r: PLACE_TONE.get(r.place),
           width=120),
)


class PositionForm(Form):
    """Where the pile goes."""

    def __init__(self) -> None:
        super().__init__()
        self.position = self.add(
            TextField("position", N_("Place in the archive"), required=True,
                      hint=N_("Binder and page, e.g. 2026-11/37. It stays for the next pile.")))


class TravellersPage(Page):
    """The lists at the left; at the right the pile that is being archived."""

    watches = Changes.CASES | Changes.HANDOVERS

    def build(self) -> None:
        self.pile: list[TravellerRow] = []
        self.choice = Segmented(_LISTS, N_("List"))
        self.choice.chosen.connect(lambda _value: self._switch())
        self.wanted = TextField("find", N_("Find"), placeholder=N_("Number, serial, customer"))
        self.wanted.changed.connect(self._fetch)
        self.wanted.title_label().hide()
        self.wanted.setFixedWidth(230)
        self.header.add(self.wanted)
        self.header.add(self.choice)
        self.table: Table[TravellerRow] = Table(
            COLUMNS, name="travellers", key=lambda row: row.traveller_id, title=N_("Travellers"))
        self.table.activated.connect(self._take)
        self.table.selected.connect(lambda row: self.follow(row.unit_id if row else ""))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.table, 7)
        row.addWidget(self._side(), 5)
        self.body.addLayout(row, 1)
        self._switch()

    def _side(self) -> QWidget:
        self.side = Card(N_("Into the archive"))
        self.side.setMinimumWidth(300)
        self.side.setMaximumWidth(372)
        column = QVBoxLayout()
        self.form = PositionForm()
        self.watch_form(self.form)
        self.heap: Table[TravellerRow] = Table(
            PILE, name="travellers.pile", key=lambda row: row.traveller_id, title=N_("Pile"))
        self.heap.set_empty("ph.file-text", N_("Scan the forms"),
                            N_("The number at the top of each form, one after the other."))
        column.addWidget(self.form)
        column.addWidget(self.heap, 1)
        self.hint = muted(wrap=True)
        column.addWidget(self.hint)
        buttons = Flow()
        buttons.addWidget(self.button("travellers.take-off", self._take_off))
        buttons.addStretch(1)
        self.file_button = self.button("travellers.archive", self._archive, kind="primary")
        buttons.addWidget(self.file_button)
        column.addLayout(buttons)
        self.side.body.addLayout(column, 1)
        self._show_pile()
        return self.side

    # -- lists -------------------------------------------------------------------------------------------------

    def _switch(self) -> None:
        title, text = _EMPTY[self._which()]
        self.table.set_empty("ph.file-text", title, text)
        self._fetch()

    def _which(self) -> Shelfmark:
        return cast("Shelfmark", self.choice.value())

    def reload(self) -> None:
        """List and counts."""
        self._fetch()
        self.run(
            lambda depot: tuple(travellers.count(depot, which) for which, _text in _LISTS[:2]), self._counted,
            quiet=True, replace="counts",
        )

    def _counted(self, counts: tuple[int, ...]) -> None:
        waiting, under_way = counts
        self.header.subtitle(
            _("{waiting} to be archived, {under_way} with their units").format(waiting=waiting, under_way=under_way))

    def _fetch(self) -> None:
        which, text = self._which(), self.wanted.value()

        def fetch(
            depot: Depot, after: TravellerRow | None, limit: int, order: Order
        ) -> Sequence[TravellerRow]:
            del order
            return travellers.page(depot, which, text, after, limit)

        self.table.load(self.desk, fetch)

    # -- the pile ----------------------------------------------------------------------------------------------

    def scanned(self, scan: Scan) -> bool:
        """A form, or the unit it belongs to: onto the pile."""
        if scan.kind is ScanKind.COMMAND:
            return False
        text = str(scan.number) if scan.number else scan.serial or scan.text
        self.run(lambda depot: travellers.scanned(depot, text), lambda row: self._scanned(text, row))
        return True

    def _scanned(self, text: str, row: TravellerRow | None) -> None:
        if row is None:
            self.frame.chime(good=False)
            self.frame.toast(_('"{value}" is no traveller, case or serial on record.').format(value=text), Tone.WARN)
            return
        self._take(row)

    def open_subject(self, subject: object) -> None:
        """The number of a traveller, a case or a serial."""
        if isinstance(subject, str):
            self.run(lambda depot: travellers.scanned(depot, subject), lambda row: self._scanned(subject, row))

    def _take(self, row: TravellerRow) -> None:
        """Put ``row`` on the pile, or say why it cannot be."""
        good = row.ready
        self.frame.chime(good=good)
        if row.archived_at is not None:
            self.frame.toast(
                _("{number} is archived at {position}").format(number=row.number, position=row.archive_position),
                Tone.INFO)
        elif not good:
            self.frame.toast(
                _("{number} still goes with its unit ({stage})").format(number=row.number, stage=label(row.stage)),
                Tone.WARN)
        elif all(row.traveller_id != other.traveller_id for other in self.pile):
            self.pile.append(row)
            self._show_pile()
        self.heap.select_key(row.traveller_id)

    def _take_off(self) -> None:
        row = self.heap.current()
        if row is not None:
            self.pile.remove(row)
            self._show_pile()

    def _show_pile(self) -> None:
        self.heap.set_rows(self.pile)
        away = [row for row in self.pile if row.place is not Place.QA]
        n = len(away)
        self.hint.setText(
            _n("{n} original comes from another department: whoever brings it signs, then the inspector.",
               "{n} originals come from other departments: whoever brings them signs, then the inspector.",
               n).format(n=n) if n else "")
        self.file_button.setEnabled(bool(self.pile))

    # -- archiving ---------------------------------------------------------------------------------------------

    def _archive(self) -> None:
        self.form.submit()
        if not self.pile or not self.form.is_good():
            return
        if all(row.place is Place.QA for row in self.pile):
            self._file(None, None)
            return
        n = len(self.pile)
        giver = SignRequest(_n("Brings {n} traveller to QA", "Brings {n} travellers to QA", n).format(n=n), other=True)
        receiver = SignRequest(
            _n("Takes {n} traveller into the archive", "Takes {n} travellers into the archive", n).format(n=n),
            other=True, roles=(Role.INSPECTOR,))
        self.frame.sign(self, giver, lambda given: self.frame.sign(
            self, receiver, lambda taken: self._file(given, taken)))

    def _file(self, giver: Signature | None, receiver: Signature | None) -> None:
        ids = tuple(row.traveller_id for row in self.pile)
        filing = travellers.Filing(ids, self.form.position.value(), giver, receiver)
        self.run(lambda depot: travellers.archive(depot, filing), self._filed)

    def _filed(self, done: travellers.Archived) -> None:
        self.pile = []
        self._show_pile()
        n, closed = len(done.numbers), len(done.closed)
        text = _n("{n} traveller archived", "{n} travellers archived", n).format(n=n)
        if closed:
            text += _(" · ") + _n("{n} case closed", "{n} cases closed", closed).format(n=closed)
        ids = done.entry_ids
        self.frame.toast(text, undo=lambda depot: undoing.undo(depot, *ids))
