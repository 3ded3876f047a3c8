"""Signed papers: what could not file itself, answers to key beside the picture, what is awaited, what is on file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QSplitter, QStackedWidget

from app.changes import Changes
from app.domain.filing import PAGE_OF, ScannedPage
from app.domain.people import Action
from app.i18n import N_, _, _n
from app.labels import label
from app.labels.filing import REMEDIES
from app.services import feedback, filing, signed_papers
from app.services.filing import Decided
from app.services.signed_papers import Awaited, FiledLine
from ui.dialogs.dialog import FormDialog
from ui.dialogs.preview import PrintJob
from ui.feedback import columns
from ui.feedback.forms import AnswersForm, MatchForm, WhyForm
from ui.feedback.taking import take_in
from ui.feedback.viewer import PictureViewer, holder
from ui.masterdata.words import allow, taken_back
from ui.models import Table
from ui.page import Page
from ui.scanner import Scan
from ui.spares.papers import paper_job
from ui.tones import Tone
from ui.widgets import Segmented, muted
from ui.widgets.flow import Flow

_SCROLL_BAR = 14

LISTS = (
    ("inbox", N_("Inbox")), ("key", N_("To enter")), ("unsigned", N_("Unsigned")), ("filed", N_("On file")),
)
_EMPTY = {
    "inbox": ("ph.envelope-open", N_("Nothing waits"),
              N_("Scans file themselves by their code. What cannot be filed waits here with the reason.")),
    "key": ("ph.check-circle", N_("No answers to enter"),
            N_("When a signed feedback slip is filed, its answers are entered here beside the picture.")),
    "unsigned": ("ph.check-circle", N_("Every paper is back"),
                 N_("Papers that customers have to sign are awaited here from the day they were handed over.")),
    "filed": ("ph.archive-box", N_("No signed paper is on file yet"),
              N_("Drop scans here, or set the watched folder in the settings.")),
}


class FeedbackPage(Page):
    """Four lists, the picture, and beside it what is to be done."""

    watches = Changes.FEEDBACK | Changes.CASES | Changes.DOCUMENTS

    def build(self) -> None:
        self._wanted = ""
        self._scan = ""
        self.choice = Segmented(LISTS, N_("List"))
        self.choice.chosen.connect(lambda name: self.show_list(str(name)))
        self.header.add(self.choice)
        self.header.add(self.button("feedback.open", self._choose, kind="primary"))
        self.tables: dict[str, Table[Any]] = {
            "inbox": Table(columns.inbox(), name="feedback.inbox", key=lambda p: p.id, title=N_("Inbox")),
            "key": Table(columns.to_key(), name="feedback.to-key", key=lambda f: f.row.id, title=N_("To enter")),
            "unsigned": Table(columns.awaited(), name="feedback.unsigned", key=lambda a: a.row.document_id,
                              title=N_("Unsigned")),
            "filed": Table(columns.filed(), name="feedback.filed", key=lambda f: f.row.id, title=N_("On file")),
        }
        self.stack = QStackedWidget()
        self.stack.setMinimumWidth(220)
        for name, table in self.tables.items():
            table.set_empty(*_EMPTY[name])
            table.selected.connect(partial(self._selected, name))
            self.stack.addWidget(table)
        self.tables["inbox"].activated.connect(lambda _row: self._match())
        self.tables["filed"].activated.connect(lambda _row: self._go())
        self.viewer = PictureViewer()
        self.form: AnswersForm = AnswersForm()
        self.watch_form(self.form)
        self.form.submitted.connect(self._save)
        self.tables["key"].activated.connect(lambda _row: self.form.focus_first())
        self.remedy = muted(wrap=True)
        self.keying = QScrollArea()
        self.keying.setObjectName("plain")
        self.keying.setWidgetResizable(True)
        self.answers = holder(self.form)
        self.keying.setWidget(self.answers)
        self.keying.setFrameShape(QScrollArea.Shape.NoFrame)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        for place, (widget, stretch) in enumerate(((self.stack, 5), (self.viewer, 5), (self.keying, 4))):
            self.split.addWidget(widget)
            self.split.setStretchFactor(place, stretch)
        self.split.setSizes([500, 560, 400])
        self.body.addWidget(self.split, 1)
        self._foot()
        self.setAcceptDrops(True)
        self.desk.operator_changed.connect(self._permit)
        self.show_list("inbox")

    def _foot(self) -> None:
        row = Flow()
        row.addWidget(self.remedy, 1)
        self.buttons = {
            name: self.button(f"feedback.{name}", slot, kind)
            for name, slot, kind in (
                ("turn", self.viewer.turn, ""), ("reject", self._reject, ""), ("waive", self._waive, ""),
                ("match", self._match, "primary"), ("go", self._go, "primary"), ("save", self.form.submit, "primary"),
            )
        }
        for button in self.buttons.values():
            row.addWidget(button)
        self.act("feedback.nearer", self.viewer.nearer)
        self.act("feedback.farther", self.viewer.farther)
        self.act("feedback.fit", self.viewer.fit)
        for name, _title in LISTS:
            self.act(f"feedback.{name}", partial(self.show_list, name))
        self.body.addLayout(row)

    # -- the lists ---------------------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        """The list that is seen."""
        return str(self.choice.value())

    @property
    def table(self) -> Table[Any]:
        """The table that is seen."""
        return self.tables[self.shown]

    def show_list(self, name: str) -> None:
        """Show one of the four lists."""
        self.choice.set_value(name)
        self.stack.setCurrentWidget(self.tables[name])
        self.viewer.setVisible(name != "unsigned")
        self.keying.setVisible(name == "key")
        if name == "key":               # the answers in full; list and picture share the rest
            needs = self.answers.minimumSizeHint().width() + _SCROLL_BAR
            self.keying.setMinimumWidth(needs)
            rest = max(self.split.width() - needs, 2)
            self.split.setSizes([rest * 2 // 5, rest * 3 // 5, needs])
        needed = {"inbox": {"turn", "reject", "match"}, "key": {"turn", "save"}, "unsigned": {"waive"},
                  "filed": {"turn", "go"}}[name]
        for each, button in self.buttons.items():
            button.setVisible(each in needed)
        self.setFocusProxy(self.tables[name].view)
        self.reload()
        self.tables[name].setFocus()

    def reload(self) -> None:
        """Only the list that is seen looks at the record."""
        name = self.shown
        asks: dict[str, Any] = {
            "inbox": signed_papers.inbox,
            "key": lambda depot: tuple(FiledLine(row, None) for row in signed_papers.to_key(depot)),
            "unsigned": signed_papers.awaited, "filed": lambda depot: signed_papers.filed(depot, self._wanted),
        }
        self.run(asks[name], partial(self._came, name), quiet=True, replace="list")

    def _came(self, name: str, rows: tuple[Any, ...]) -> None:
        if name != self.shown:
            return
        self.table.set_rows(rows)
        n = len(rows)
        self.header.subtitle(_n("{n} paper", "{n} papers", n).format(n=n) if n else "")
        if self._wanted:
            self._wanted = ""
        if rows and self.table.current() is None:
            key = self.table.model.key(rows[0])
            self.table.select_key(key)
        self._selected(name, self.table.current())

    def _selected(self, name: str, row: Any) -> None:
        if name != self.shown:
            return
        self._permit()
        scan = row.id if isinstance(row, ScannedPage) else row.row.scan_id if isinstance(row, FiledLine) else ""
        known = isinstance(row, ScannedPage) and row.reason is not None
        self.remedy.setText(_(REMEDIES[row.reason]) if known else "")
        if scan != self._scan or not scan:
            self._scan = scan
            self.viewer.show_picture(b"")
            if scan:
                self.run(lambda depot: signed_papers.picture(depot, scan), self.viewer.show_picture, self._no_picture,
                         quiet=True, replace="picture")
            if scan and name == "key":
                number = row.row.number
                self.run(lambda depot: feedback.history(depot, number), self.form.show_answers, quiet=True,
                         replace="answers")
        shows = name != "key" and self.table.view.hasFocus()        # beside the answers there is no room
        if shows and isinstance(row, FiledLine | Awaited) and row.row.unit_id:
            self.frame.show_unit(row.row.unit_id)

    def _no_picture(self, error: Exception) -> bool:
        del error
        self.viewer.say(_("This file cannot be shown."))
        return True

    def _permit(self) -> None:
        row = self.table.current()
        may_file, may_key = self.desk.permits(Action.ATTACH), self.desk.permits(Action.FOLLOW_UP)
        waits, awaited = isinstance(row, ScannedPage) and may_file, isinstance(row, Awaited) and may_key
        allow(self, "feedback", open=may_file, match=waits, reject=waits, waive=awaited,
              save=self.shown == "key" and row is not None and may_key,
              go=isinstance(row, FiledLine) and row.step is not None)

    def open_subject(self, subject: object) -> None:
        """A list, files to take in, or the number of a paper."""
        if isinstance(subject, list | tuple):
            take_in(self, [Path(str(each)) for each in subject])
        elif subject in self.tables:
            self.show_list(str(subject))
        elif isinstance(subject, str) and subject:
            self._wanted = subject
            self.show_list("filed")

    def scanned(self, scan: Scan) -> bool:
        """The paper with that number among those on file."""
        if scan.number is None:
            return False
        self.frame.chime(good=True)
        self.open_subject(str(scan.number))
        return True

    def print_job(self) -> PrintJob | None:
        """The awaited paper once more."""
        row = self.table.current()
        return paper_job(row.row.number, row.row.form) if isinstance(row, Awaited) else None

    # -- scans -------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        take_in(self, [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _choose(self) -> None:
        kinds = _("Scans (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)")
        names, _kind = QFileDialog.getOpenFileNames(self, _("Take scans in"), "", kinds)
        take_in(self, [Path(name) for name in names])

    # -- deciding ----------------------------------------------------------------------------------------------

    def _match(self) -> None:
        row = self.table.current()
        if not isinstance(row, ScannedPage):
            return
        form = MatchForm(self.desk, row.number, row.page)
        dialog = FormDialog(self, N_("File with a paper"), form, accept=N_("File it"))

        def done(decided: Decided) -> None:
            dialog.done_well()
            self._decided(_("Filed with {number}.").format(number=decided.number), decided)

        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: filing.match(depot, row.id, form.chosen(), form.page.whole() or 1), done))
        dialog.open()

    def _reject(self) -> None:
        row = self.table.current()
        if not isinstance(row, ScannedPage):
            return
        form = WhyForm()
        dialog = FormDialog(self, N_("Do not file the page"), form, accept=N_("Do not file"), danger=True)

        def done(decided: Decided) -> None:
            dialog.done_well()
            self._decided(_("{source} is kept, but not filed.").format(source=row.source), decided)

        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: filing.reject(depot, row.id, form.reason.value()), done))
        dialog.open()

    def _decided(self, said: str, decided: Decided) -> None:
        step = decided.step
        if step is not None:
            said = _("{said} Now waiting: {step}.").format(said=said, step=label(step))
        self.frame.toast(said, undo=taken_back(decided.entry_id))

    def _waive(self) -> None:
        row = self.table.current()
        if not isinstance(row, Awaited):
            return
        form = WhyForm()
        dialog = FormDialog(self, N_("Await it no longer"), form, accept=N_("Stop waiting"))

        def done(waived: filing.Waived) -> None:
            dialog.done_well()
            self.frame.toast(_("{number} is not awaited any more.").format(number=waived.number),
                             undo=taken_back(waived.entry_id))

        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: filing.waive(depot, row.row.document_id, form.reason.value()), done))
        dialog.open()

    def _go(self) -> None:
        """To the page on which what the paper shows is done; nothing is done by itself."""
        row = self.table.current()
        if isinstance(row, FiledLine) and row.step is not None:
            page = PAGE_OF[row.step]
            if page == "feedback":
                self.show_list("key")
            else:
                self.frame.open(page, row.row.case_id or row.row.number)

    def _save(self) -> None:
        row = self.table.current()
        if not isinstance(row, FiledLine):
            return
        said, number = self.form.answers(), row.row.number

        def done(keyed: feedback.Keyed) -> None:
            self.frame.toast(_("The answers of {number} are on record.").format(number=keyed.number), Tone.OK)
            self.table.setFocus()

        self.run(lambda depot: feedback.key(depot, number, said), done)
