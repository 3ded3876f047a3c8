"""The traveller (F1) of a case at the bench, made from the record."""

from __future__ import annotations

from app.domain.slips import FormId
from app.labels import label
from app.services import slips
from ui.dialogs.preview import PrintJob


def traveller_job(case_number: str) -> PrintJob:
    """The traveller of the case ``case_number``, as far as it is filled in."""
    return PrintJob(
        title=f"{label(FormId.TRAVELLER)} {case_number}", form=FormId.TRAVELLER.value,
        make=lambda depot: slips.paper(depot, FormId.TRAVELLER, case_number), file_name=f"{case_number}-F1",
        record=lambda depot: slips.printed(depot, [case_number], form=FormId.TRAVELLER),
    )
