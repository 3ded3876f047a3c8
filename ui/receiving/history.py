"""What the record says of the serial just read: one sentence that counts, then the earlier visits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.codes import RepairResult
from app.domain.visits import Owed, PastVisit, UnitNews, same_symptom
from app.i18n import _, _n
from app.labels import label
from app.messages import say
from ui.receiving.crate import Line
from ui.tones import Tone
from ui.warranty.words import headline, reasons
from ui.widgets import DefinitionList, Notice

_SHOWN = 3


class History(QWidget):
    """Shown above the intake of the selected line; empty while there is nothing to say."""

    def __init__(self, show_unit: Callable[[str], None]) -> None:
        super().__init__()
        self._show_unit = show_unit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.notice = Notice()
        self.owed = Notice()
        self.ruling = Notice()
        self.visits = DefinitionList()
        for widget in (self.notice, self.owed, self.ruling, self.visits):
            column.addWidget(widget)
        self.hide()

    def show_line(self, line: Line) -> None:
        """Say what is known of the unit of ``line``."""
        unit = line.unit
        told = _handed_on(line) or sentences(line)
        if told is None:
            self.hide()
            return
        text, tone = told
        self.notice.say(text, tone, (_("Show the unit"), lambda: self._show_unit(unit.unit_id)) if unit else None)
        self.notice.setToolTip("\n".join(reasons(unit.warranty)) if unit else "")
        self.owed.setVisible(unit is not None and unit.owed is not None)
        if unit is not None and unit.owed is not None:
            self.owed.say(owed_words(unit.owed), Tone.WARN)
        self.ruling.setVisible(unit is not None and unit.ruling is not None)
        if unit is not None and unit.ruling is not None:
            self.ruling.say(say(unit.ruling.own_code, unit.ruling.facts), Tone.BAD)
        self.visits.show_pairs([(v.number, _visit(v)) for v in unit.visits[:_SHOWN]] if unit else [])
        self.visits.setVisible(unit is not None and bool(unit.visits))
        self.show()


def _handed_on(line: Line) -> tuple[str, Tone] | None:
    """The unit comes from another depot; ``None``: it does not, or it is in the house."""
    number, unit = line.intake.transfer, line.unit
    if not number or (unit is not None and not unit.can_come_in):
        return None
    depot = number.partition("-")[0]
    if line.news is None or line.news.coming is None:
        return _("Handed on by {depot} under {number}: the nightly sync has not told of it yet. Type what the slip "
                 "says; the rest follows.").format(depot=depot, number=number), Tone.WARN
    told = _("Handed on by {depot} under {number}: the same visit goes on here. What {depot} knew is filled in.")
    return told.format(depot=depot, number=number), Tone.INFO


def owed_words(owed: Owed) -> str:
    """Since when a unit is owed, and what becomes of it."""
    words = _("Owed since {day} for spare {serial} ({number}): it is the depot's now and is repaired for the pool.")
    return words.format(day=owed.since, serial=owed.spare_serial, number=owed.number)


def sentences(line: Line) -> tuple[str, Tone] | None:
    """The one sentence about a line and its colour; ``None`` for a unit that is here for the first time."""
    unit = line.unit
    if unit is None:
        many = len(line.news.units) if line.news else 0
        if many > 1 and not line.intake.product_id:
            models = "、".join(unit.model for unit in line.news.units) if line.news else ""
            return _("This serial is on record for several products ({models}). Choose the product.").format(
                models=models), Tone.WARN
        return None
    if not unit.can_come_in:
        return _blocked(unit), Tone.BAD
    parts = [_("Visit no. {n}").format(n=unit.next_visit)] if unit.visits else []
    if unit.days_since is not None:
        parts.append(_n("{n} day after the last", "{n} days after the last", unit.days_since).format(n=unit.days_since))
    alike = _alike(line, unit)
    if alike is not None:
        parts.append(_("same symptom") if alike else _("another symptom"))
    if unit.failed or unit.nff:
        parts.append(_("failed returns {failed}, no fault found {nff}").format(failed=unit.failed, nff=unit.nff))
    parts.append(headline(unit.warranty)[0])
    text = _(" · ").join(parts)
    if unit.reported is not None:
        text = _("Reported as {number}. {rest}").format(number=unit.reported.number, rest=text)
    if not unit.visits and unit.reported is None:
        return None
    return text, Tone.WARN if unit.repeat and alike is not False and unit.visits else Tone.INFO


def _blocked(unit: UnitNews) -> str:
    if unit.inside and unit.inside_stage is not None:
        return _("In the depot already: {number}, {stage}, {place}.").format(
            number=unit.inside, stage=label(unit.inside_stage), place=label(unit.place))
    return _('On record at "{place}": it cannot come in.').format(place=label(unit.place))


def _alike(line: Line, unit: UnitNews) -> bool | None:
    """Whether the symptom typed so far is the last visit's."""
    intake = line.intake
    if not unit.visits or not (intake.symptom or intake.symptom_code):
        return None
    last = unit.visits[0]
    return same_symptom(intake.symptom, last.symptom, intake.symptom_code, last.symptom_code)


def _visit(visit: PastVisit) -> str:
    """One earlier visit in a line: from when to when, what was said, what came of it, by whom."""
    came = visit.received_on.isoformat() if visit.received_on else ""
    left = visit.ended_on.isoformat() if visit.ended_on else label(visit.stage)
    result = label(RepairResult(visit.result)) if visit.result else ""
    said = [f"{came} → {left}", visit.symptom, visit.fault, result, visit.technician]
    return _(" · ").join(part for part in said if part)
