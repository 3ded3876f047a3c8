"""The month's quality at a glance: figures, charts, and behind each of them the list (art. 10.6; report F22)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.changes import Changes
from app.domain.numbering import DocumentType, parse_number
from app.domain.people import Action
from app.domain.quality_counts import CaseLine
from app.domain.slips import CorrectionSheet, Exhibit, Figure, FormId, Mark
from app.i18n import N_, _, _n, language, translator
from app.labels import label
from app.services import quality
from app.services.quality import MonthLine, Report
from ui import memory
from ui.keys import tool
from ui.masterdata.words import allow
from ui.models import Table
from ui.page import Page
from ui.quality import dialogs
from ui.quality.alarms import AlarmsPane
from ui.quality.chart import Chart
from ui.quality.columns import BEHIND
from ui.tones import Tone
from ui.widgets import Card, Segmented, Tile, caption, heading
from ui.widgets.notice import Notice
from ui.widgets.tiling import Tiling
from ui.words import bind

if TYPE_CHECKING:
    from app.depot import Depot
    from ui.background import Progress
    from ui.dialogs.preview import PrintJob

_TILES_ACROSS, _CHARTS_ACROSS = 5, 2
_TILE, _CHART = 208, 460         # how narrow they may become
#: Figures of which the examined visits are the list; the others ask the service by their own name.
_EXAMINED: dict[str, dict[str, str]] = {"ours": {"ours": "1"}, "nff": {"cause": "NFF"}}
_LIST_HEIGHT = 360
#: The month's reports that can be had as a workbook, the first unless another is chosen.
_WORKBOOKS = (FormId.QUALITY_REPORT, FormId.TEST_SUMMARY, FormId.SERVICE_SUMMARY)


_DOT = N_(" · ")


@dataclass(frozen=True, slots=True)
class Seen:
    """A month as it is looked at. ``said``: how it stands and by which policy."""

    report: Report
    said: str
    figures: tuple[Figure, ...]
    exhibits: tuple[Exhibit, ...]


class QualityPage(Page):
    """Tiles, charts, and the list behind what was chosen."""

    watches = (
        Changes.QUALITY | Changes.CASES | Changes.REPAIRS | Changes.INSPECTIONS | Changes.UNITS | Changes.MASTERDATA
    )

    def build(self) -> None:
        self.month = ""
        self._lines: tuple[MonthLine, ...] = ()
        self._report: Report | None = None
        self._wanted: tuple[str, dict[str, str]] = ("", {})
        self.chooser = QComboBox()
        bind(self.chooser.setAccessibleName, N_("Month"))
        self.chooser.activated.connect(self._picked)
        self.header.add(self._month_tools())
        self.views = Segmented([("month", N_("Month")), ("alarms", N_("Alarms"))], N_("View"))
        self.views.chosen.connect(self._view)
        self.act("quality.month", partial(self.show_view, "month"))
        self.act("quality.alarms", partial(self.show_view, "alarms"))
        self.header.add(self.views)
        self.standing = Notice()
        self.body.addWidget(self.standing)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(12)
        self.tile_grid = Tiling(_TILE, _TILES_ACROSS)
        self.column.addWidget(self.tile_grid)
        self.chart_grid = Tiling(_CHART, _CHARTS_ACROSS)
        self.column.addWidget(self.chart_grid)
        self.column.addWidget(self._list())
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        self.alarms = AlarmsPane(self)
        self.stack.addWidget(self.alarms)
        self.body.addWidget(self.stack, 1)
        self.tiles: dict[str, Tile] = {}
        self.charts: dict[str, Chart] = {}
        self._words: dict[str, tuple[QLabel, QLabel]] = {}
        self.desk.operator_changed.connect(self._permit)
        self._permit()

    def _month_tools(self) -> QWidget:
        """Which month, and what is done with it."""
        self.month_tools = QWidget()
        self.month_tools.setObjectName("plain")
        row = QHBoxLayout(self.month_tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        row.addWidget(tool(self.act("quality.before", partial(self._step, 1))))
        row.addWidget(self.chooser)
        row.addWidget(tool(self.act("quality.after", partial(self._step, -1))))
        row.addWidget(self.button("quality.corrections", self._corrections))
        row.addWidget(self.button("quality.close", self._close))
        row.addWidget(self._papers())
        return self.month_tools

    def _papers(self) -> QPushButton:
        """The papers and the workbook under one button; each has its key."""
        menu = QMenu(self)
        for action_id, slot in (
            ("quality.report", partial(self._preview, FormId.QUALITY_REPORT)),
            ("quality.tests", partial(self._preview, FormId.TEST_SUMMARY)),
            ("quality.summary", partial(self._preview, FormId.SERVICE_SUMMARY)),
            ("quality.workbook", self._workbook),
        ):
            menu.addAction(self.act(action_id, slot))
        button = QPushButton()
        bind(button.setText, N_("Papers"))
        button.setMenu(menu)
        return button

    def _list(self) -> QWidget:
        self.card = Card(N_("The list behind"))
        self.what = caption()
        self.card.add(self.what)
        self.table: Table[CaseLine] = Table(BEHIND, name="quality.behind", key=lambda line: line.case_id,
                                            title=N_("The list behind"))
        self.table.set_empty(
            "ph.chart-bar", N_("No case behind it"), N_("Choose a figure or a bar: its cases are listed here."))
        self.table.selected.connect(lambda line: self.follow(line.unit_id if line else ""))
        self.table.activated.connect(lambda line: self.frame.show_unit(line.unit_id))
        self.table.setMinimumHeight(_LIST_HEIGHT)
        self.act("quality.list", self.table.view.setFocus)
        self.card.body.addWidget(self.table)
        return self.card

    # -- the month ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """The months there are, then the one that is looked at."""
        self.run(quality.months, self._months, quiet=True, replace="months")
        self.alarms.reload()

    def _months(self, found: tuple[MonthLine, ...]) -> None:
        self._lines = found
        self.chooser.clear()
        for line in found:
            self.chooser.addItem(f"{line.month} ✓" if line.closed else line.month, line.month)
            said = _("{month} (closed)").format(month=line.month) if line.closed else line.month
            self.chooser.setItemData(self.chooser.count() - 1, said, Qt.ItemDataRole.AccessibleTextRole)
        if self.month not in {line.month for line in found}:
            self.month = found[0].month
        self.chooser.setCurrentIndex(self.chooser.findData(self.month))
        self._fetch()

    def _picked(self) -> None:
        self.show_month(str(self.chooser.currentData()))

    def _step(self, by: int) -> None:
        at = self.chooser.currentIndex() + by
        if 0 <= at < self.chooser.count():
            self.chooser.setCurrentIndex(at)
            self._picked()

    def show_month(self, month: str) -> None:
        """Look at ``month`` (``yyyy-mm``)."""
        self.month = month
        self.chooser.setCurrentIndex(self.chooser.findData(month))
        self._fetch()

    def open_subject(self, subject: object) -> None:
        """A month, or the number of an alarm; ``alarms``: the view of them."""
        number = parse_number(subject) if isinstance(subject, str) else None
        if subject == "alarms" or (number is not None and number.type is DocumentType.QUALITY_ALARM):
            self.show_view("alarms")
            if number is not None:
                self.alarms.select(str(number))
        elif isinstance(subject, str) and subject:
            self.show_view("month")
            self.show_month(subject)

    def show_view(self, view: str) -> None:
        """Show the month, or the alarms."""
        self.views.set_value(view)
        self._view(view)

    def _view(self, view: object) -> None:
        self.stack.setCurrentWidget(self.alarms if view == "alarms" else self.area)
        chosen = self.alarms.shown if view == "alarms" else self.table.current()
        self.follow(chosen.unit_id or "" if chosen else "")
        for widget in (self.standing, self.month_tools):
            widget.setVisible(view != "alarms")
        self._permit()

    def _fetch(self) -> None:
        month, spoken = self.month, language()

        def look(depot: Depot) -> Seen:
            from app.services.slips import exhibits
            from app.services.slips import quality as papers

            report, t = quality.month(depot, month), translator(spoken)
            said = f"{papers.standing(depot, report, t)}{t(_DOT)}{papers.terms(report.month, t)}"
            return Seen(report, said, papers.figures(report.month, t), exhibits.exhibits(report.month, t))

        self.run(look, self._show, replace="month")

    def _show(self, slip: Seen) -> None:
        self._report = slip.report
        closed = self._report.closed
        tone = Tone.OK if closed else Tone.WARN if self._report.over else Tone.INFO
        self.standing.say(slip.said, tone)
        self.standing.setVisible(self.stack.currentWidget() is self.area)
        for figure in slip.figures:
            tile = self.tiles.get(figure.key)
            if tile is None:
                tile = self.tiles[figure.key] = Tile("", leads=True)
                tile.pressed.connect(partial(self._figure, figure.key))
                self.tile_grid.add(tile)
            tile.show_title(figure.caption)
            tile.show_figure(figure.value, figure.note)
        for exhibit in slip.exhibits:
            chart = self.charts.get(exhibit.key)
            if chart is None:
                chart = self._chart(exhibit.key)
            title, note = self._words[exhibit.key]
            title.setText(exhibit.title)
            note.setText(exhibit.note)
            note.setVisible(bool(exhibit.note))
            chart.show_exhibit(exhibit)
        self._permit()
        self._wanted = self._wanted if self._wanted[0] or self._wanted[1] else ("", {"ours": "1"})
        self._list_fetch()

    def _chart(self, key: str) -> Chart:
        chart = self.charts[key] = Chart()
        chart.chosen.connect(partial(self._marked, key))
        card, title, note = Card(), heading(), caption(wrap=True)
        self._words[key] = title, note
        for widget in (title, note, chart):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        self.chart_grid.add(card)
        return chart

    # -- the list behind ---------------------------------------------------------------------------------------

    def _figure(self, key: str) -> None:
        if key == "spares":
            self.frame.open("spares")
            return
        self._wanted = ("", _EXAMINED[key]) if key in _EXAMINED else ("again" if key == "apart" else key, {})
        self._list_fetch(look=True)

    def _marked(self, _key: str, mark: Mark) -> None:
        link = dict(mark.link)
        if "month" in link:
            self.show_month(link["month"])
        elif link:
            self._wanted = "", link
            self._list_fetch(look=True)

    def _list_fetch(self, *, look: bool = False) -> None:
        month, (figure, link) = self.month, self._wanted

        def fetch(depot: Depot) -> tuple[CaseLine, ...]:
            if figure:
                return quality.behind(depot, month, figure)
            wanted = {name: value for name, value in link.items() if name != "ours"}
            return quality.lines(depot, month, ours="ours" in link, **wanted)

        def filled(lines: tuple[CaseLine, ...]) -> None:
            self.table.set_rows(lines)
            self.what.setText(_n("{n} case", "{n} cases", len(lines)).format(n=len(lines)))
            if look:
                self.area.ensureWidgetVisible(self.card)
                self.table.setFocus()

        self.run(fetch, filled, quiet=True, replace="lines")

    # -- closing, papers ---------------------------------------------------------------------------------------

    def _permit(self) -> None:
        report = self._report
        closed = report is not None and report.closed is not None
        may = self.desk.permits(Action.QUALITY_REPORT)
        here = self.stack.currentWidget() is self.area
        allow(self, "quality", close=here and report is not None and not closed and report.over and may,
              corrections=here and closed)
        over = report is not None and report.over
        for name, shown in (("close", over and not closed), ("corrections", closed)):
            for action in self.findChildren(QAction, f"quality.{name}"):
                action.setVisible(shown)

    def _close(self) -> None:
        dialogs.close(self, self.month, lambda done: self.frame.toast(
            _("{month} is closed, signed by {name}").format(month=done.month, name=done.name)))

    def _corrections(self) -> None:
        month, spoken = self.month, language()

        def look(depot: Depot) -> CorrectionSheet:
            from app.services.slips import quality as papers

            return papers.corrections(depot, month, translator(spoken))

        def shown(sheet: CorrectionSheet) -> None:
            dialogs.CorrectionsDialog(self, sheet, lambda: self._preview(FormId.CORRECTION_SHEET)).open()

        self.run(look, shown)

    def _preview(self, form: FormId) -> None:
        self.frame.preview(self._job(form))

    def _job(self, form: FormId) -> PrintJob:
        from app.services import slips
        from ui.dialogs.preview import PrintJob

        month = self.month
        return PrintJob(
            title=label(form), form=form.value, make=lambda depot: slips.monthly(depot, form, month),
            file_name=f"{label(form)} {month}", long=True,
        )

    def print_job(self) -> PrintJob | None:
        """Ctrl+P: F22 of the month, or F23 of the alarm that is shown."""
        if self.stack.currentWidget() is self.alarms:
            return self.alarms.print_job()
        return self._job(FormId.QUALITY_REPORT)

    def _workbook(self) -> None:
        """Of the month: which report is chosen as the kind of file. While the alarms are shown: F23 of the alarm."""
        alarm = self.alarms.shown if self.stack.currentWidget() is self.alarms else None
        forms = _WORKBOOKS if alarm is None else (FormId.QUALITY_ALARM,)
        kinds = {f"{label(form)} {form.value} (*.xlsx)": form for form in forms}
        folder = memory.recall("folders/spreadsheets", str(Path.home()))
        proposed = str(Path(folder) / f"{forms[0].value} {alarm.number if alarm else self.month}.xlsx")
        chosen, kind = QFileDialog.getSaveFileName(self, _("Save as spreadsheet"), proposed, ";;".join(kinds))
        if chosen:
            self.write_workbook(Path(chosen), kinds.get(kind, forms[0]))

    def write_workbook(self, target: Path, form: FormId = FormId.QUALITY_REPORT) -> None:
        """Write what ``form`` says to ``target``: F22 with the figures behind every chart, or F21, F23, F24."""
        month, spoken, alarm = self.month, language(), self.alarms.shown

        def write(depot: Depot, progress: Progress) -> Path:
            from app.services import slips
            from app.spreadsheets import export
            from app.spreadsheets import quality as sheets

            slip: object
            if form is FormId.QUALITY_ALARM and alarm is not None:
                slip = slips.alarm_slip(depot, alarm.id, translator(spoken))
            else:
                slip = slips.monthly_slip(depot, form, month, translator(spoken))
            export.write(target, sheets.report_sheets(slip, spoken), zone=depot.zone, language=spoken,
                         progress=progress)
            return target

        def written(target: Path) -> None:
            memory.remember("folders/spreadsheets", str(target.parent))
            self.frame.toast(_("Saved as {file}").format(file=target))

        self.run_long(write, written, title=_("Saving the spreadsheet"))
