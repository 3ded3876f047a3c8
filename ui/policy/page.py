"""Policy: every value with its meaning, since when it holds, what it was, and a rehearsal of what it would do."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.policy_values import PolicyName
from app.i18n import N_, _
from app.labels import label
from app.labels.policy import MEANINGS
from app.services import policies, rehearsing
from app.services.policies import PolicyLine, SetEntry
from ui.dialogs.dialog import FormDialog
from ui.masterdata.words import allow, taken_back
from ui.models import Table
from ui.page import Page
from ui.policy.forms import PolicyForm, TakeBackForm
from ui.policy.rehearsal import RehearsalDialog
from ui.policy.words import COLUMNS, HISTORY, article_of, shown, span
from ui.widgets import Card, DefinitionList, heading, muted
from ui.widgets.filters import FilterLine


class PolicyPage(Page):
    """The table of values, and one of them in full."""

    watches = Changes.MASTERDATA

    def build(self) -> None:
        self.lines: tuple[PolicyLine, ...] = ()
        self.today: date | None = None
        self.editable = False
        self.filter = FilterLine(N_("Name or meaning"))
        self.filter.asked.connect(lambda _text: self._filtered())
        self.act("policy.find", self.filter.setFocus)
        self.header.add(self.filter)
        self.header.add(self.button("policy.rehearse", self._rehearse_current))
        self.header.add(self.button("policy.set", self._set_current, kind="primary"))
        self.table: Table[PolicyLine] = Table(COLUMNS, name="policy", key=lambda p: p.name, title=N_("Policy"))
        self.table.set_empty("ph.scales", N_("No value of that name"))
        self.table.activated.connect(self._open)
        self.table.selected.connect(self._show)
        self.filter.went_down.connect(self.table.view.setFocus)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._side())
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        self.body.addWidget(split, 1)
        self.setFocusProxy(self.table.view)
        self.desk.operator_changed.connect(self._permit)

    def _side(self) -> QWidget:
        card = Card()
        self.title, self.meaning = heading(), muted(wrap=True)
        self.facts = DefinitionList()
        self.history: Table[SetEntry] = Table(
            HISTORY, name="policy.history", key=lambda e: e.id, title=N_("Earlier values"))
        self.history.set_empty("ph.clock-counter-clockwise", N_("Never set: the program default applies"))
        self.history.selected.connect(lambda _entry: self._permit())
        for widget in (self.title, self.meaning, self.facts):
            card.body.addWidget(widget)
        card.body.addWidget(self.history, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button("policy.take-back", self._take_back))
        card.body.addLayout(row)
        around = QWidget()
        around.setObjectName("plain")
        around.setMinimumWidth(380)
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        return around

    # -- the list ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Every value, and whether policy is set at this depot."""
        self.run(
            lambda depot: (policies.values(depot), depot.today(), policies.editable(depot)), self._filled,
            replace="values",
        )

    def _filled(self, found: tuple[tuple[PolicyLine, ...], date, bool]) -> None:
        self.lines, self.today, self.editable = found
        self._filtered()
        self._permit()

    def _filtered(self) -> None:
        wanted = self.filter.text().strip().casefold()
        self.table.set_rows([
            line for line in self.lines if wanted in f"{label(line.name)} {_(MEANINGS[line.name])}".casefold()
        ])
        if self.table.current() is None and self.table.rows():
            self.table.select_key(self.table.rows()[0].name)
        else:
            self._show(self.table.current())

    def open_subject(self, subject: object) -> None:
        """The value of that name."""
        if isinstance(subject, PolicyName):
            self.filter.clear()
            self.table.select_key(subject)

    def _show(self, line: PolicyLine | None) -> None:
        if line is None:
            return
        self.title.setText(label(line.name))
        self.meaning.setText(_(MEANINGS[line.name]))
        later = "" if line.next_value is None else _("{value} from {day}").format(
            value=shown(line.declared, line.next_value), day=line.next_from)
        self.facts.show_pairs([
            (_("Current"), shown(line.declared, line.value)),
            (_("Since"), line.since.isoformat() if line.since else _("the beginning")), (_("Scheduled"), later),
            (_("Allowed"), span(line.declared)),
            (_("Default"), shown(line.declared, line.declared.default)), (_("Source"), article_of(line)),
        ])
        self.run(lambda depot: policies.history(depot, line.name), self._history, quiet=True, replace="history")

    def _history(self, entries: tuple[SetEntry, ...]) -> None:
        self.history.set_rows(entries)
        if self.history.current() is None and entries:
            self.history.select_key(entries[0].id)
        self._permit()

    def _permit(self) -> None:
        allowed = self.editable and self.desk.permits(Action.EDIT_POLICY)
        entry = self.history.current()
        later = entry is not None and self.today is not None and entry.effective > self.today
        allow(self, "policy", set=allowed, rehearse=self.desk.permits(Action.EDIT_POLICY), take_back=allowed and later)
        if not self.editable and self.lines:
            self.header.subtitle(_("Policy comes from head office and is only read here."))
        else:
            self.header.subtitle("" if allowed or not self.lines else _("Only the general manager sets policy."))

    # -- setting -----------------------------------------------------------------------------------------------

    def _set_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self._open(line)

    def _open(self, line: PolicyLine) -> None:
        if self.editable and self.desk.permits(Action.EDIT_POLICY):
            self.ask(line)

    def ask(self, line: PolicyLine, value: object = None, day: date | None = None) -> None:
        """Ask for the new value of ``line``; ``value`` and ``day`` stand there at first."""
        if self.today is not None:
            self._asking(line, self.today, value, day).open()

    def _asking(
        self, line: PolicyLine, today: date, value: object = None, day: date | None = None
    ) -> FormDialog:
        form = PolicyForm(line, today)
        if value is not None:
            form.typed.set_value(value)
        if day is not None:
            form.day.set_value(day)
        dialog = FormDialog(
            self, N_("Set a policy value"), form, accept=N_("Set"), text=MEANINGS[line.name], desk=self.desk
        )

        def submit() -> None:
            value, day, note = form.value(), form.day.value() or today, form.note.value()
            dialog.run(
                lambda depot: policies.set_value(depot, line.name, value, day, note, line),
                lambda done: self._done(dialog, line, done),
            )

        def again(depot: Depot) -> PolicyLine:
            return next(one for one in policies.values(depot) if one.name == line.name)

        dialog.submitted.connect(submit)
        dialog.reopens(again, lambda found: self._asking(found, today))
        return dialog

    def _done(self, dialog: FormDialog, line: PolicyLine, done: policies.PolicySet) -> None:
        dialog.done_well()
        text = _("{name}: {value} from {day}").format(
            name=label(line.name), value=shown(line.declared, done.value), day=done.effective)
        self.frame.toast(text, undo=taken_back(done.entry_id))

    def _take_back(self) -> None:
        entry, line = self.history.current(), self.table.current()
        if entry is None or line is None:
            return
        form = TakeBackForm()
        dialog = FormDialog(
            self, N_("Take the change back"), form, accept=N_("Take the change back"),
            text=N_("A new entry sets for its day what would apply without it; both stay in the history."))
        dialog.submitted.connect(lambda: dialog.run(
            lambda depot: policies.take_back(depot, entry.id, form.note.value()),
            lambda done: self._done(dialog, line, done),
        ))
        dialog.open()

    # -- rehearsing --------------------------------------------------------------------------------------------

    def _rehearse_current(self) -> None:
        line = self.table.current()
        if line is None or self.today is None or not self.desk.permits(Action.EDIT_POLICY):
            return
        today = self.today
        form = PolicyForm(line, today, trial=True)
        dialog = FormDialog(
            self, N_("Try out a policy value"), form, accept=N_("Try out"),
            text=N_("Nothing is set: every open case and every clock is looked at with this value."))

        def submit() -> None:
            value, day, typed = form.value(), form.day.value() or today, form.typed.value()
            dialog.done_well()
            self.run_long(
                lambda depot, progress: rehearsing.rehearse(depot, line.name, value, day, progress),
                lambda found: self._rehearsed(line, typed, found), _("Trying out"),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def _rehearsed(self, line: PolicyLine, typed: object, found: rehearsing.Rehearsal) -> None:
        dialog = RehearsalDialog(self, line, found)
        if self.editable:
            dialog.wanted.connect(lambda: self.ask(line, typed, found.effective))
        dialog.open()
