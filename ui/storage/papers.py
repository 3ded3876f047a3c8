"""The papers of the zones: the ledger of a period and the count sheet (F20), made from the record."""

from __future__ import annotations

from datetime import date

from app.domain.places import Place
from app.domain.slips import FormId
from app.i18n import _
from app.labels import label
from app.services import slips
from ui.dialogs.preview import PrintJob


def ledger_job(zone: Place, start: date, end: date) -> PrintJob:
    """The ledger of ``zone`` from ``start`` to ``end``."""
    name = f"{label(zone)} {start:%Y-%m-%d} – {end:%Y-%m-%d}"
    return PrintJob(
        title=_("Ledger: {name}").format(name=name), form=FormId.ZONE_LEDGER.value,
        make=lambda depot: slips.zone_ledger(depot, zone, start, end), file_name=name, long=True,
    )


def sheet_job(number: str) -> PrintJob:
    """The count sheet of the stock-take ``number``."""
    return PrintJob(
        title=_("Count sheet {number}").format(number=number), form=FormId.STOCKTAKE_SHEET.value,
        make=lambda depot: slips.paper(depot, FormId.STOCKTAKE_SHEET, number), file_name=number,
        record=lambda depot: slips.printed(depot, [number], form=FormId.STOCKTAKE_SHEET),
    )
