"""The warranty as a part of the unit's detail: the headline, the line of time, and the way to the reasons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.warranty import Segment, SegmentKind
from app.i18n import N_, _
from app.labels import label
from app.services.warranty_entering import WarrantyView
from ui.warranty.words import KIND_TONE, headline, reasons
from ui.widgets import heading
from ui.widgets.notice import Notice
from ui.widgets.warranty_strip import Stretch, WarrantyStrip
from ui.words import bind

_PATTERN: dict[SegmentKind, Qt.BrushStyle] = {
    SegmentKind.DOWNTIME: Qt.BrushStyle.Dense4Pattern, SegmentKind.EXTENSION: Qt.BrushStyle.BDiagPattern,
    SegmentKind.CARRIED: Qt.BrushStyle.VerPattern, SegmentKind.KEY_PART: Qt.BrushStyle.Dense6Pattern,
    SegmentKind.REPAIR: Qt.BrushStyle.HorPattern, SegmentKind.VOID: Qt.BrushStyle.DiagCrossPattern,
}


class WarrantySection(QWidget):
    """Shows a :class:`WarrantyView`; pressing the button opens the dialogue with reasons and entries."""

    def __init__(self, opened: Callable[[], object]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.addWidget(heading(N_("Warranty")))
        row.addStretch(1)
        self.more = QPushButton()
        self.more.setProperty("kind", "link")
        self.more.setAutoDefault(False)
        bind(self.more.setText, N_("Why…"))
        bind(self.more.setAccessibleName, N_("Warranty of the unit…"))
        bind(self.more.setToolTip, N_("Reasons and entries (Ctrl+G)"))
        self.more.clicked.connect(lambda _checked=False: opened())
        row.addWidget(self.more)
        column.addLayout(row)
        self.notice = Notice()
        self.strip = WarrantyStrip()
        column.addWidget(self.notice)
        column.addWidget(self.strip)

    def show_view(self, view: WarrantyView) -> None:
        """Show a unit's warranty."""
        text, tone = headline(view.judgement, view.excluded)
        self.notice.say(text, tone)
        self.notice.setToolTip("\n".join(reasons(view.judgement)))
        self.strip.show_stretches(
            [stretch(segment) for segment in view.warranty.segments], view.today,
            _("today {day}").format(day=view.today),
        )


def stretch(segment: Segment) -> Stretch:
    """A segment as the line of time draws it."""
    name = label(segment.kind)
    if segment.part:
        name = _("{kind} {part}").format(kind=name, part=segment.part)
    days = f"{segment.start} → {segment.end}" if segment.end else _("from {day} on").format(day=segment.start)
    text = "  ".join(part for part in (name, days, segment.document) if part)
    alone = segment.kind in {SegmentKind.KEY_PART, SegmentKind.REPAIR}
    return Stretch(
        segment.start, segment.end, text, KIND_TONE[segment.kind],
        _PATTERN.get(segment.kind, Qt.BrushStyle.SolidPattern), int(alone),
    )
