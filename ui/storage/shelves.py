"""The shelf map of a zone: every shelf with how full it is; scan a shelf, then scan what is put on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.depot import Depot
from app.domain.places import ZONES, Place
from app.domain.storage import NO_SHELF, ShelfView, StandingOrder, StandingUnit, Wanted
from app.i18n import N_, _
from app.labels import label, labels_of
from app.services import storage
from ui import moments
from ui.models import Column, Table
from ui.models.rows import ROW, Order, Rows
from ui.scanner import Scan, ScanKind
from ui.stages import STAGE_TONE
from ui.storage.shelving import open_shelf_form, tell_shelved
from ui.storage.words import age_words, moment, product_words
from ui.theme import BODY, CAPTION, colour, font, ink, look
from ui.tones import Tone
from ui.widgets import Segmented, heading, muted
from ui.widgets.flow import Flow
from ui.words import bind

if TYPE_CHECKING:
    from ui.storage.page import ZonesPage

TILE = QSize(124, 76)


class ShelvesTab(QWidget):
    """The map at the left, the units of the shelf in hand at the right."""

    def __init__(self, page: ZonesPage) -> None:
        super().__init__()
        self._page = page
        self.zone = ZONES[0]
        self.shelf: ShelfView | None = None     # the shelf in hand; None: no shelf
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        bar = Flow()
        self.zones = Segmented([(zone, labels_of(Place)[zone]) for zone in ZONES], N_("Zone"))
        self.zones.chosen.connect(self._zone_chosen)
        bar.addWidget(self.zones)
        bar.addStretch(1)
        bar.addWidget(self._page.button("zones.edit-shelf", self.edit))
        bar.addWidget(self._page.button("zones.new-shelf", self.add))
        column.addLayout(bar)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._map())
        splitter.addWidget(self._units())
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        column.addWidget(splitter, 1)

    def _map(self) -> QWidget:
        self.model: Rows[ShelfView] = Rows(
            (Column("code", N_("Shelf"), text=lambda s: s.code or _("no shelf")),), lambda s: s.id, self
        )
        self.map = _Map(self.model)
        bind(self.map.setAccessibleName, N_("Shelf map"))
        self.map.selectionModel().currentChanged.connect(self._tile_chosen)
        self.map.doubleClicked.connect(lambda _index: self.edit())
        self.map.installEventFilter(self)
        frame = QFrame()
        frame.setObjectName("well")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(10, 10, 6, 6)
        inner.addWidget(self.map)
        return frame

    def _units(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(6, 0, 0, 0)
        column.setSpacing(6)
        self.title = heading()
        self.note = muted(wrap=True)
        column.addWidget(self.title)
        column.addWidget(self.note)
        today = date.min
        self.today = today
        self.table: Table[StandingUnit] = Table(
            (
                Column("serial", N_("Serial number"), text=lambda u: u.serial, bold=True, tabular=True,
                                     width=140, order=StandingOrder.SERIAL),
                Column("product", N_("Product"), text=product_words, grow=True),
                Column("stage", N_("Stage"), text=lambda u: label(u.stage) if u.stage else "", chip=True, width=120,
                       tone=lambda u: STAGE_TONE[u.stage] if u.stage else Tone.MUTE),
                Column("age", N_("In the zone"), text=lambda u: age_words(u, self.today), align="right", width=96,
                       sort=lambda u: (self.today - moments.day(u.placed_at)).days, order=StandingOrder.AGE,
                       tip=lambda u: moment(u.placed_at)),
            ),
            name="zones.shelf", key=lambda u: u.unit_id, many=True, title=N_("Units on the shelf"),
        )
        self.table.set_empty(
            "ph.tray", N_("Nothing on this shelf"), N_("Scan units now: each is put on the shelf in hand.")
        )
        self.table.activated.connect(lambda unit: self._page.frame.show_unit(unit.unit_id))
        column.addWidget(self.table, 1)
        return holder

    # -- content -----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Look at the record again."""
        zone = self.zone

        def look_up(depot: Depot) -> tuple[date, tuple[ShelfView, ...], int]:
            loose = storage.count_units(depot, Wanted(zone, shelf_id=NO_SHELF))
            return depot.today(), storage.shelves(depot, zone), loose

        self._page.run(look_up, self._came, quiet=True, replace="shelves")

    def _came(self, found: tuple[date, tuple[ShelfView, ...], int]) -> None:
        self.today, shelves, loose = found
        floor = ShelfView("", self.zone, "", 0, "", "", True, loose, 0)
        kept = self.shelf.id if self.shelf else ""
        self.model.set_rows([floor, *shelves])
        at = max(0, self.model.place(kept))
        self.map.setCurrentIndex(self.model.index(at, 0))
        self._take(self.model.row(at))

    def _take(self, shelf: ShelfView) -> None:
        self.shelf = shelf
        self.title.setText(_("Shelf {code}").format(code=shelf.code) if shelf.id else _("On no shelf"))
        parts = [_("{n} units").format(n=shelf.standing)]
        if shelf.capacity:
            parts = [_("{n} of {room} units").format(n=shelf.standing, room=shelf.capacity)]
        parts += [shelf.provides.replace(",", " · ")] if shelf.provides else []
        parts += [shelf.note] if shelf.note else []
        parts += [_("out of use")] if not shelf.active else []
        self.note.setText("　".join(parts))
        wanted = Wanted(self.zone, shelf_id=shelf.id or NO_SHELF)

        def fetch(depot: Depot, after: StandingUnit | None, limit: int, order: Order) -> Sequence[StandingUnit]:
            by = StandingOrder(order[0]) if order[0] else StandingOrder.AGE
            return storage.zone_units(depot, wanted, by, after=after, limit=limit, descending=order[1])

        self.table.load(self._page.desk, fetch)

    def _tile_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self._take(self.model.row(index.row()))

    def _zone_chosen(self, zone: object) -> None:
        if isinstance(zone, Place):
            self.zone = zone
            self.shelf = None
            self.reload()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in enter:
            self.table.setFocus()
            return True
        return super().eventFilter(watched, event)

    # -- doing -------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Enter a shelf."""
        open_shelf_form(self._page, self.zone)

    def edit(self) -> None:
        """Change the shelf in hand."""
        if self.shelf is not None and self.shelf.id:
            open_shelf_form(self._page, self.zone, self.shelf)

    def scanned(self, scan: Scan) -> bool:
        """A shelf becomes the one in hand; a unit is put on it."""
        if scan.kind is ScanKind.COMMAND or (scan.number is not None and scan.kind is ScanKind.DOCUMENT):
            return False
        text, zone = scan.serial or scan.text, self.zone
        target = self.shelf.id if self.shelf else ""

        def take(depot: Depot) -> ShelfView | tuple[StandingUnit, storage.Shelved] | None:
            shelf = storage.shelf_with_code(depot, zone, text)
            if shelf is not None:
                return shelf
            unit = storage.standing_with_serial(depot, text)
            if unit is None:
                return None
            return unit, storage.put_on_shelf(depot, [unit.unit_id], target or None)

        self._page.run(take, lambda found: self._taken(text, found), self._not_taken)
        return True

    def _taken(self, text: str, found: ShelfView | tuple[StandingUnit, storage.Shelved] | None) -> None:
        self._page.frame.chime(good=found is not None)
        if found is None:
            self._page.frame.toast(
                _('"{text}" is neither a shelf of this zone nor a unit in a zone.').format(text=text), Tone.BAD
            )
        elif isinstance(found, ShelfView):
            self.map.setCurrentIndex(self.model.index(max(0, self.model.place(found.id)), 0))
        else:
            unit, shelved = found
            tell_shelved(self._page, shelved, unit.serial)
            self._page.desk.changed.emit(shelved.changes)

    def _not_taken(self, _error: Exception) -> bool:
        self._page.frame.chime(good=False)
        return False


class _Map(QListView):
    """Shelves as tiles that fill the room."""

    def __init__(self, model: Rows[ShelfView]) -> None:
        super().__init__()
        self.setModel(model)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(4)
        self.setItemDelegate(_TileDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent; } QListView::item { padding: 0; }")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        look.changed.connect(self.viewport().update)


class _TileDelegate(QStyledItemDelegate):
    """Paints a shelf: code, how many of how many, a bar, what it provides."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802
        return TILE

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shelf: ShelfView = index.data(ROW)
        view = self.parent()
        assert isinstance(view, _Map)
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = 0 < shelf.capacity < shelf.standing
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("accent" if chosen else "border"), 2 if chosen and view.hasFocus() else 1))
        painter.setBrush(colour("accent_soft" if chosen else "surface" if shelf.active else "sunken"))
        painter.drawRoundedRect(box, 7, 7)
        room = box.adjusted(10, 7, -10, -8)
        painter.setFont(font(BODY, bold=True, tabular=True))
        painter.setPen(colour("text" if shelf.active else "text3"))
        count = f"{shelf.standing}/{shelf.capacity}" if shelf.capacity else str(shelf.standing)
        wide = QFontMetricsF(font(BODY, tabular=True)).horizontalAdvance(count) + 4
        head = QRectF(room.left(), room.top(), room.width(), 20)
        code = QFontMetricsF(painter.font()).elidedText(
            shelf.code or _("no shelf"), Qt.TextElideMode.ElideRight, head.width() - wide
        )
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, code)
        painter.setFont(font(BODY, tabular=True, bold=over))
        painter.setPen(ink(Tone.BAD) if over else colour("text2"))
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        self._bar(painter, QRectF(room.left(), room.top() + 27, room.width(), 6), shelf)
        painter.setFont(font(CAPTION))
        painter.setPen(colour("text3"))
        words = shelf.provides.replace(",", " · ") if shelf.active else _("out of use")
        foot = QRectF(room.left(), room.bottom() - 16, room.width(), 16)
        painter.drawText(
            foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, foot.width()),
        )
        painter.restore()

    def _bar(self, painter: QPainter, bar: QRectF, shelf: ShelfView) -> None:
        if not shelf.capacity:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("border"))
        painter.drawRoundedRect(bar, 3, 3)
        share = min(1.0, shelf.standing / shelf.capacity)
        tone = Tone.BAD if shelf.standing > shelf.capacity else Tone.WARN if shelf.full else Tone.INFO
        if share:
            painter.setBrush(ink(tone))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(6.0, bar.width() * share), bar.height()), 3, 3)
