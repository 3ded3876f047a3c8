"""Columns of the list behind a figure, and of the corrections."""

from __future__ import annotations

from app.domain.codes import CauseClass, RepairResult
from app.domain.quality_counts import CaseLine
from app.domain.slips import ChangedCase, ChangedFigure
from app.i18n import N_
from app.labels import label
from ui.models import Column


def _cause(line: CaseLine) -> str:
    return label(CauseClass(line.cause)) if line.cause else ""


def _result(line: CaseLine) -> str:
    return label(RepairResult(line.result)) if line.result in set(RepairResult) else line.result


BEHIND: tuple[Column[CaseLine], ...] = (
    Column("number", N_("Case"), text=lambda x: x.number, width=150, tabular=True),
    Column("serial", N_("Serial number"), text=lambda x: x.serial, width=140, bold=True, tabular=True),
    Column("model", N_("Model"), text=lambda x: x.model, width=110),
    Column("lot", N_("Lot"), text=lambda x: x.lot, width=90),
    Column("customer", N_("Customer"), text=lambda x: x.customer, width=180, grow=True),
    Column("cause", N_("Cause"), text=_cause, width=120),
    Column("fault", N_("Fault"), text=lambda x: " ".join(w for w in (x.fault_code, x.fault) if w), width=180),
    Column("result", N_("Result"), text=_result, width=110),
    Column("received", N_("Date received"), text=lambda x: x.received, width=96, tabular=True),
    Column("left", N_("Left the depot"), text=lambda x: x.left, width=96, tabular=True),
)

CHANGED_FIGURES: tuple[Column[ChangedFigure], ...] = (
    Column("name", N_("Indicator"), text=lambda x: x.name, width=220, bold=True),
    Column("of", N_("Of"), text=lambda x: x.of, width=200, grow=True),
    Column("then", N_("As closed"), text=lambda x: x.then, align="right", width=110, tabular=True),
    Column("now", N_("As of now"), text=lambda x: x.now, align="right", width=110, tabular=True, bold=True),
)

CHANGED_CASES: tuple[Column[ChangedCase], ...] = (
    Column("number", N_("Case"), text=lambda x: x.number, width=150, tabular=True),
    Column("serial", N_("Serial number"), text=lambda x: x.serial, width=140, bold=True, tabular=True),
    Column("what", N_("Change"), text=lambda x: x.what, width=130),
    Column("field", N_("Field"), text=lambda x: x.field, width=110),
    Column("then", N_("As closed"), text=lambda x: x.then, width=140, grow=True),
    Column("now", N_("As of now"), text=lambda x: x.now, width=190, bold=True),
)
