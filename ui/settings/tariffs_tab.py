"""Tariffs: every rate with what holds today, what comes, and what it was."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.money import Money
from app.domain.people import Action
from app.domain.tariffs import IN_PERCENT, MOST_PERCENT, TariffEntry, TariffKind, entry_problems
from app.errors import Problem
from app.i18n import N_, _
from app.labels import label
from app.labels.tariffs import MEANINGS
from app.services import ownership, tariffs
from app.services.tariffs import RateLine, SetRate
from ui import moments
from ui.dialogs.dialog import FormDialog
from ui.form import DateField, Form, NumberField, TextField
from ui.masterdata.words import allow
from ui.models import Column, Table
from ui.settings.tab import Tab
from ui.tones import Tone
from ui.widgets import Card, heading, muted


def shown(entry: TariffEntry | None) -> str:
    """A rate as people read it."""
    if entry is None:
        return ""
    if entry.kind not in IN_PERCENT:
        return str(Money(entry.amount_fen))
    if not entry.amount_fen:
        return f"{entry.percent} %"
    return _("{percent} %, at least {amount}").format(percent=entry.percent, amount=Money(entry.amount_fen))


def _now(line: RateLine) -> str:
    if line.now is None:
        return _("not set")
    if line.expired:
        return _("{value}, ended on {day}").format(value=shown(line.now), day=line.now.valid_until)
    return shown(line.now)


COLUMNS: tuple[Column[RateLine], ...] = (
    Column("kind", N_("Rate"), text=lambda r: label(r.kind), bold=True, width=160, grow=True,
           tip=lambda r: _(MEANINGS[r.kind])),
    Column("class", N_("Class"), text=lambda r: label(r.rate_class), width=160),
    Column("now", N_("Current"), text=_now, width=140, tabular=True,
           tone=lambda r: Tone.BAD if r.expired else Tone.MUTE if r.now is None else None),
    Column("since", N_("Since"), text=lambda r: r.now.effective_from.isoformat() if r.now else "", width=100,
           tabular=True, hidden=True),
    Column("until", N_("Until"), width=90, tabular=True,
           text=lambda r: r.now.valid_until.isoformat() if r.now and r.now.valid_until else ""),
    Column("later", N_("Scheduled"), width=90, tone=lambda _r: Tone.WARN, text=lambda r: "" if r.later is None else _(
        "{value} from {day}").format(value=shown(r.later), day=r.later.effective_from)),
)
HISTORY: tuple[Column[SetRate], ...] = (
    Column("from", N_("From"), text=lambda h: h.entry.effective_from.isoformat(), width=100, tabular=True),
    Column("value", N_("Value"), text=lambda h: shown(h.entry), width=110, tabular=True),
    Column("who", N_("Set by"), text=lambda h: h.who or _("head office"), width=80),
    Column("at", N_("On"), text=lambda h: moments.minute(h.set_at), tabular=True, hidden=True),
    Column("note", N_("Why"), text=lambda h: h.note, width=90, grow=True, tip=lambda h: h.note),
)


class RateForm(Form):
    """A new rate and its days."""

    def __init__(self, line: RateLine, today: date) -> None:
        super().__init__()
        self._line = line
        percent = line.kind in IN_PERCENT
        self.percent = NumberField(
            "percent", N_("Share"), required=True, low=0, high=MOST_PERCENT.get(line.kind, 0), unit="%")
        self.amount = NumberField(
            "amount", N_("At least") if percent else N_("Amount"), required=not percent, decimals=2, low=0, unit="¥")
        if percent:
            self.add(self.percent)
        if line.kind is not TariffKind.OLD_FOR_NEW:
            self.add(self.amount)
        now = line.now
        self.percent.set_value(now.percent if now else None)
        self.amount.set_value(f"{Money(now.amount_fen).yuan}" if now and (now.amount_fen or not percent) else None)
        self.day = self.add(DateField("effective", N_("Holds from"), required=True, hint=N_("Today or later.")))
        self.day.set_value(today)
        self.until = self.add(DateField("until", N_("Last day"), hint=N_("Empty: until another rate takes its place.")))
        self.note = self.add(TextField("note", N_("Why")))
        self._today = today
        self.judge(self._wrong)

    def entry(self) -> TariffEntry:
        """The rate as typed."""
        amount = self.amount.value()
        return TariffEntry(
            "", self._line.kind, self._line.rate_class, 0 if amount is None else int(amount * 100),
            self.percent.whole() or 0, self.day.value() or self._today, self.until.value(),
        )

    def _wrong(self) -> list[Problem]:
        return entry_problems(self.entry())


class TariffsTab(Tab):
    """The table of rates, and one of them in full."""

    watches = Changes.MONEY

    def build(self) -> None:
        """Make the tables."""
        self.joined = False          # whether a centre sets the tariffs
        _set, button = self.press("settings.tariff", self._set_current, "primary")
        self.who = muted()
        self.tools(self.who, button)
        self.table: Table[RateLine] = Table(COLUMNS, name="tariffs", key=lambda r: r.key, title=N_("Tariffs"))
        self.table.activated.connect(self._open)
        self.table.selected.connect(self._show)
        card = Card()
        self.title, self.meaning = heading(), muted(wrap=True)
        self.history: Table[SetRate] = Table(
            HISTORY, name="tariffs.history", key=lambda h: h.id, title=N_("Earlier values"))
        self.history.set_empty("ph.clock-counter-clockwise", N_("Never set: nothing can be priced with it"))
        for widget in (self.title, self.meaning):
            card.body.addWidget(widget)
        card.body.addWidget(self.history, 1)
        around = QWidget()
        around.setObjectName("plain")
        around.setMinimumWidth(340)
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(around)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        self.column.addWidget(split, 1)
        self.desk.operator_changed.connect(self._permit)

    def reload(self) -> None:
        """Fetch every rate."""
        self.run(lambda depot: (tariffs.rates(depot), ownership.is_joined(depot)), self._filled, replace="rates")

    def _filled(self, found: tuple[tuple[RateLine, ...], bool]) -> None:
        lines, self.joined = found
        self.table.set_rows(lines)
        if self.table.current() is None and lines:
            self.table.select_key(lines[0].key)
        else:
            self._show(self.table.current())
        self._permit()

    def _show(self, line: RateLine | None) -> None:
        if line is None:
            return
        self.title.setText(f"{label(line.kind)}  {label(line.rate_class)}")
        self.meaning.setText(_(MEANINGS[line.kind]))
        self.run(
            lambda depot: tariffs.history(depot, line.kind, line.rate_class), self.history.set_rows, quiet=True,
            replace="history",
        )

    def _permit(self) -> None:
        allowed = self._may_set()
        allow(self, "settings", tariff=allowed)
        if self.joined:
            self.who.setText(_("Tariffs come from head office and are only read here."))
        else:
            self.who.setText("" if allowed else _("Only supervisor and general manager set tariffs."))

    def _may_set(self) -> bool:
        return not self.joined and self.desk.permits(Action.EDIT_TARIFFS)

    def _set_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self._open(line)

    def _open(self, line: RateLine) -> None:
        if self._may_set():
            self.run(lambda depot: depot.today(), lambda today: self._ask(line, today))

    def _ask(self, line: RateLine, today: date) -> None:
        form = RateForm(line, today)
        dialog = FormDialog(
            self, N_("Set a rate"), form, accept=N_("Set"), text=MEANINGS[line.kind], desk=self.desk)

        def submit() -> None:
            entry, note = form.entry(), form.note.value()
            dialog.run(lambda depot: tariffs.set_rate(depot, entry, note), done)

        def done(made: tariffs.RateSet) -> None:
            dialog.done_well()
            self.frame.toast(_("{name}: {value} from {day}").format(
                name=label(made.entry.kind), value=shown(made.entry), day=made.entry.effective_from))

        dialog.submitted.connect(submit)
        dialog.open()
