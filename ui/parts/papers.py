"""Papers of loans: the slip (F18) and the list of a week (F18W)."""

from __future__ import annotations

from datetime import date, timedelta

from app.domain.slips import FormId
from app.labels import label
from app.services import slips
from ui.dialogs.preview import PrintJob


def loan_job(number: str) -> PrintJob:
    """The loan slip ``number`` as its record stands."""
    return PrintJob(
        title=f"{label(FormId.LOAN_SLIP)} {number}", form=FormId.LOAN_SLIP.value,
        make=lambda depot: slips.paper(depot, FormId.LOAN_SLIP, number), file_name=number,
        record=lambda depot: slips.printed(depot, [number], form=FormId.LOAN_SLIP),
    )


def week_job(day: date) -> PrintJob:
    """The list of the week that ``day`` lies in."""
    start = day - timedelta(days=day.weekday())
    end = start + timedelta(days=6)
    return PrintJob(
        title=f"{label(FormId.LOAN_LIST)} {start} – {end}", form=FormId.LOAN_LIST.value,
        make=lambda depot: slips.loan_list(depot, start, min(end, day)), file_name=f"loans-{start}",
    )
