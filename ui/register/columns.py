"""The register's columns."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.domain.codes import RepairResult
from app.domain.receiving import BroughtBy, ReturnMethod, Urgency
from app.domain.register import IN_HAND, RegisterRow
from app.domain.warranty import WarrantyState
from app.i18n import N_
from app.labels import label
from ui import moments, naming
from ui.models import Column
from ui.stages import PLACE_TONE, STAGE_TONE
from ui.tones import Tone
from ui.widgets.ages import case_due


def columns(today: date) -> tuple[Column[RegisterRow], ...]:
    """The columns; ``today``: the depot's."""

    def day(moment: datetime | None) -> str:
        return moments.day(moment).isoformat() if moment else ""

    def due_words(row: RegisterRow) -> tuple[str, Tone | None]:
        if row.due_on is not None and row.stage not in IN_HAND:
            return row.due_on.isoformat(), None
        return case_due(row, today)

    def warranty(row: RegisterRow) -> str:
        return label(WarrantyState(row.warranty)) if row.warranty in set(WarrantyState) else ""

    return (
        Column("number", N_("Case"), text=lambda r: r.number, tabular=True, width=146, order="number"),
        Column("received", N_("Received on"), text=lambda r: day(r.received_at), tabular=True, width=100,
               order="received", sort=lambda r: r.received_at or datetime(1970, 1, 1, tzinfo=UTC)),
        Column("serial", N_("Serial number"), text=lambda r: r.serial, bold=True, tabular=True, width=132),
        Column("product", N_("Product"), text=lambda r: naming.product(r.model, r.name_zh, r.name_en), width=176),
        Column("customer", N_("Customer"), text=lambda r: r.customer or "", grow=True),
        Column("stage", N_("Stage"), text=lambda r: label(r.stage), tone=lambda r: STAGE_TONE[r.stage], chip=True,
               width=140),
        Column("place", N_("Place"), text=lambda r: label(r.place), tone=lambda r: PLACE_TONE.get(r.place), width=130,
               hidden=True),
        Column("visit", N_("Visit"), text=lambda r: str(r.visit_no), align="right", tabular=True, width=56),
        Column("due", N_("Due"), text=lambda r: due_words(r)[0], tone=lambda r: due_words(r)[1], width=120,
               order="due", tip=lambda r: r.due_on.isoformat() if r.due_on else "",
               bold=lambda r: due_words(r)[1] is Tone.BAD),
        Column("returned", N_("Returned on"), text=lambda r: day(r.returned_at), tabular=True, width=100),
        Column("closed", N_("Closed"), text=lambda r: day(r.closed_at), tabular=True, width=100, hidden=True),
        Column("symptom", N_("Symptom"), text=lambda r: r.symptom, width=200, hidden=True),
        Column("result", N_("Result"), text=lambda r: label(RepairResult(r.result)) if r.result else "", width=110,
               hidden=True),
        Column("warranty", N_("Warranty"), text=warranty, width=110, hidden=True),
        Column("way", N_("Way of return"), hidden=True, width=150,
               text=lambda r: f"{label(ReturnMethod(r.method))} · {label(BroughtBy(r.brought_by))}"),
        Column("urgency", N_("Urgency"), text=lambda r: label(Urgency(r.urgency)), hidden=True, width=110),
        Column("note", N_("Remark"), text=lambda r: r.note, hidden=True, width=160),
    )
