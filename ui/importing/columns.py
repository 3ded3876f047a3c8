"""What the columns of a list mean: one line per column with its first values, and what holds for all rows."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.domain.importing import mapping as rules
from app.domain.importing.dates import DateOrder
from app.domain.importing.fields import RULES, Field
from app.domain.importing.mapping import ListKind, Mapping
from app.domain.sheets import Sheet
from app.i18n import N_, _
from app.labels import label
from app.messages import sentence
from ui.tones import Tone
from ui.widgets import Notice, caption, heading
from ui.widgets.labels import text_label
from ui.words import bind

_SAMPLES = 3
_SAMPLE_LENGTH = 28
_BOX_WIDTH = 144
_LEAST_SEEN = 150       # pixels of the columns that are seen however low the window is


class FieldBox(QComboBox):
    """Which field a column is. The wheel turns the page, not the choice."""

    def __init__(self, column: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(column)
        self.setMaxVisibleItems(30)
        self.setFixedWidth(_BOX_WIDTH)
        self.addItem("", "")
        for field in Field:
            self.addItem("", field.value)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the fields in the language of the screen."""
        self.setItemText(0, _("– left out –"))
        for at, field in enumerate(Field, start=1):
            star = " *" if RULES[field].required else ""
            self.setItemText(at, label(field) + star)

    def field(self) -> Field | None:
        """The field chosen; ``None``: the column is left out."""
        return Field(self.currentData()) if self.currentData() else None

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  Qt's name
        event.ignore()


class ColumnsEditor(QWidget):
    """Edits the mapping of one sheet. ``changed`` is emitted after each change by hand."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mapping = Mapping()
        self._header: tuple[str, ...] = ()
        self._boxes: list[FieldBox] = []
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.problems = Notice()
        column.addWidget(self.problems)
        self._inner = QWidget()
        self._inner.setObjectName("plain")
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        area = QScrollArea()
        area.setObjectName("plain")
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(_LEAST_SEEN)
        area.setWidget(self._inner)
        column.addWidget(area, 1)
        column.addWidget(heading(N_("For all rows")))
        column.addLayout(self._build_defaults())

    def _build_defaults(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.defaults: dict[Field, QLineEdit] = {}
        texts = {Field.CUSTOMER: N_("Customer"), Field.PRODUCT: N_("Product model"), Field.SOURCE: N_("Source")}
        for row, (field, text) in enumerate(texts.items()):
            grid.addWidget(caption(text), row, 0)
            edit = QLineEdit()
            bind(edit.setAccessibleName, text)
            bind(edit.setPlaceholderText, N_("where the list says nothing"))
            edit.editingFinished.connect(self._edited)
            self.defaults[field] = edit
            grid.addWidget(edit, row, 1)
        self.kind = QComboBox()
        self.kind.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for kind in ListKind:
            self.kind.addItem("", kind.value)
        bind(self.kind.setAccessibleName, N_("The rows are"))
        self.kind.currentIndexChanged.connect(lambda _at: self._edited())
        grid.addWidget(caption(N_("The rows are")), len(texts) + 1, 0)
        grid.addWidget(self.kind, len(texts) + 1, 1)
        self.order = QComboBox()
        self.order.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for order in DateOrder:
            self.order.addItem("", order.value)
        bind(self.order.setAccessibleName, N_("Dates such as 03/02/2026"))
        self.order.currentIndexChanged.connect(lambda _at: self._edited())
        grid.addWidget(caption(N_("Dates such as 03/02/2026")), len(texts), 0)
        grid.addWidget(self.order, len(texts), 1)
        self._name_orders()
        return grid

    # -- what is shown -------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet, mapping: Mapping) -> None:
        """Show the columns of ``sheet`` under ``mapping``."""
        if sheet.header != self._header:
            self._header = sheet.header
            self._rebuild(sheet)
        self.show_mapping(mapping)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show another mapping for the same sheet."""
        self._filling = True
        self._mapping = mapping
        for name, box in zip(self._header, self._boxes, strict=True):
            field = mapping.columns.get(name)
            box.setCurrentIndex(box.findData(field.value) if field else 0)
        for default, edit in self.defaults.items():
            edit.setText(mapping.defaults.get(default, ""))
        self.order.setCurrentIndex(self.order.findData(mapping.date_order.value))
        self.kind.setCurrentIndex(self.kind.findData(mapping.kind.value))
        self._filling = False
        self._judge()

    def mapping(self) -> Mapping:
        """The mapping as shown."""
        chosen = {name: box.field() for name, box in zip(self._header, self._boxes, strict=True)}
        kept = {f: text for f, text in self._mapping.defaults.items() if f not in self.defaults}
        typed = {f: edit.text().strip() for f, edit in self.defaults.items() if edit.text().strip()}
        return replace(
            self._mapping, columns={name: field for name, field in chosen.items() if field},
            defaults={**kept, **typed}, date_order=DateOrder(self.order.currentData()),
            kind=ListKind(self.kind.currentData()),
        )

    def is_good(self) -> bool:
        """Whether the list can be read so."""
        return not rules.problems(self.mapping(), self._header)

    def box(self, name: str) -> FieldBox:
        """The choice for the column ``name``."""
        return self._boxes[self._header.index(name)]

    # -- how -----------------------------------------------------------------------------------------------------

    def _rebuild(self, sheet: Sheet) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._boxes = []
        for row, name in enumerate(sheet.header):
            box = FieldBox(name)
            box.currentIndexChanged.connect(lambda _at: self._edited())
            self._boxes.append(box)
            self._grid.addWidget(_named(name, _samples(sheet, row)), row, 0)
            self._grid.addWidget(box, row, 1, Qt.AlignmentFlag.AlignVCenter)
        self._grid.setRowStretch(len(sheet.header), 1)

    def _edited(self) -> None:
        if not self._filling and self.mapping() != self._mapping:
            self._mapping = self.mapping()
            self._judge()
            self.changed.emit()

    def _judge(self) -> None:
        wrong = rules.problems(self.mapping(), self._header) if self._header else []
        if wrong:
            self.problems.say(" ".join(sentence(problem) for problem in wrong), Tone.WARN)
        else:
            self.problems.hide()

    def _name_orders(self) -> None:
        for at, order in enumerate(DateOrder):
            self.order.setItemText(at, label(order))
        for at, kind in enumerate(ListKind):
            self.kind.setItemText(at, label(kind))

    def retranslate(self) -> None:
        """Say again what is made from data."""
        self._name_orders()
        for box in self._boxes:
            box.retranslate()
        self._judge()


def _named(name: str, samples: str) -> QWidget:
    holder = QWidget()
    holder.setObjectName("plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for role, text in (("body", name), ("caption", samples)):
        made = text_label(role)
        made.setText(text)
        made.setToolTip(text)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the choice beside it comes first
        column.addWidget(made)
    return holder


def _samples(sheet: Sheet, column: int) -> str:
    """The first different values of a column."""
    found: list[str] = []
    for row in sheet.rows[:400]:
        text = " ".join(row.cells[column].text.split()) if column < len(row.cells) else ""
        if text and text not in found:
            found.append(text)
        if len(found) == _SAMPLES:
            break
    return " · ".join(t if len(t) <= _SAMPLE_LENGTH else t[:_SAMPLE_LENGTH - 1] + "…" for t in found)


__all__ = ["ColumnsEditor", "FieldBox"]
