"""The quotation (F19) made from the record."""

from __future__ import annotations

from app.domain.slips import FormId
from app.labels import label
from app.services import slips
from ui.dialogs.preview import PrintJob


def quotation_job(number: str) -> PrintJob:
    """The quotation ``number``, in the customer's language."""
    return PrintJob(
        title=f"{label(FormId.QUOTATION)} {number}", form=FormId.QUOTATION.value,
        make=lambda depot: slips.paper(depot, FormId.QUOTATION, number), file_name=f"{number}-F19",
        record=lambda depot: slips.printed(depot, [number], form=FormId.QUOTATION),
    )
