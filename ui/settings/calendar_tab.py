"""The working calendar of a year: what was decreed, and the days the depot set itself."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QDate, QLocale

from app.changes import Changes
from app.domain.masterdata import DayKind
from app.domain.people import Action
from app.i18n import N_, _, language
from app.labels import label
from app.services import workdays
from app.services.workdays import SpecialDay, Year
from ui.dialogs.dialog import FormDialog
from ui.form import DateField, Form, SegmentField, TextField
from ui.masterdata.words import allow, taken_back
from ui.models import Column, Table
from ui.settings.tab import Tab
from ui.tones import Tone
from ui.widgets import Segmented, muted
from ui.widgets.notice import Notice


def _weekday(special: SpecialDay) -> str:
    day = QDate(special.day.year, special.day.month, special.day.day)
    return QLocale(language()).dayName(day.dayOfWeek())


COLUMNS: tuple[Column[SpecialDay], ...] = (
    Column("day", N_("Day"), text=lambda d: d.day.isoformat(), tabular=True, bold=True, width=130),
    Column("weekday", N_("Weekday"), text=_weekday, width=120),
    Column("kind", N_("Is"), text=lambda d: label(d.kind), chip=True, width=200,
           tone=lambda d: Tone.OK if d.kind is DayKind.HOLIDAY else Tone.WARN),
    Column("source", N_("Set by"), text=lambda d: _("this depot") if d.own_id else _("decree"), width=130),
    Column("note", N_("Note"), text=lambda d: d.note, grow=True),
)


class DayForm(Form):
    """A day and what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.day = self.add(DateField("day", N_("Day"), required=True))
        self.kind = self.add(SegmentField("kind", N_("Is"), DayKind, chosen=DayKind.HOLIDAY))
        self.note = self.add(TextField("note", N_("Note"), hint=N_("Such as stock-taking, or the decree.")))


class CalendarTab(Tab):
    """Three years to choose from: last, this, next."""

    watches = Changes.MASTERDATA

    def build(self) -> None:
        self.this = QDate.currentDate().year()
        self.years = Segmented([(-1, ""), (0, ""), (1, "")], N_("Year"))
        self.years.set_value(0)
        self.years.chosen.connect(lambda _step: self.reload())
        self.count = muted()
        _add, add = self.press("settings.add-day", self._add, "primary")
        _remove, remove = self.press("settings.remove-day", self._remove)
        self.tools(self.count, self.years, remove, add)
        self.notice = Notice()
        self.column.addWidget(self.notice)
        self.table: Table[SpecialDay] = Table(
            COLUMNS, name="calendar", key=lambda d: d.day, title=N_("Days that differ from plain weekdays"))
        self.table.set_empty("ph.calendar", N_("Plain weekdays"),
                             N_("No day of this year differs: Monday to Friday are worked."))
        self.table.selected.connect(lambda _day: self._permit())
        self.column.addWidget(self.table, 1)
        self.desk.operator_changed.connect(self._permit)

    def reload(self) -> None:
        self.run(lambda depot: depot.today().year, self._of, replace="year")

    def _of(self, this: int) -> None:
        self.this = this
        self.years.set_texts([str(this + step) for step in (-1, 0, 1)])
        wanted = this + int(str(self.years.value() or 0))
        self.run(lambda depot: workdays.year(depot, wanted), self._show, replace="days")

    def _show(self, year: Year) -> None:
        self.table.set_rows(year.days)
        self.count.setText(_("{n} working days in {year}").format(n=year.working_days, year=year.year))
        if year.decreed:
            self.notice.hide()
        else:
            self.notice.say(_(
                "The holidays of {year} are not known yet: plain weekdays are counted. Enter the make-up days when the "
                "decree is out, or update the program.").format(year=year.year), Tone.WARN)
        self._permit()

    def _permit(self) -> None:
        allowed = self.desk.permits(Action.MANAGE_DEPOT) or self.desk.permits(Action.EDIT_POLICY)
        day = self.table.current()
        allow(self, "settings", add_day=allowed, remove_day=allowed and day is not None and bool(day.own_id))

    def _add(self) -> None:
        form = DayForm()
        dialog = FormDialog(self, N_("Day off or make-up day"), form, accept=N_("Enter"), desk=self.desk)

        def submit() -> None:
            day, kind, note = form.day.value(), cast(DayKind, form.kind.value()), form.note.value()
            if day is not None:
                dialog.run(lambda depot: workdays.add(depot, day, kind, note), lambda done: self._done(dialog, done))

        dialog.submitted.connect(submit)
        dialog.open()

    def _done(self, dialog: FormDialog, done: workdays.DayWritten) -> None:
        dialog.done_well()
        self._said(done)

    def _remove(self) -> None:
        day = self.table.current()
        if day is not None and day.own_id:
            self.run(lambda depot: workdays.remove(depot, day.own_id), self._said)

    def _said(self, done: workdays.DayWritten) -> None:
        self.frame.toast(_("Calendar changed: {day}").format(day=done.day), undo=taken_back(done.entry_id))
