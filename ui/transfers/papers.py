"""The slip of a transfer, as a preview."""

from __future__ import annotations

from app.domain.slips import FormId
from app.labels import label
from app.services import slips
from ui.dialogs.preview import PrintJob


def slip_job(number: str) -> PrintJob:
    """F5T of the handover ``number``."""
    return PrintJob(
        title=f"{label(FormId.TRANSFER_SLIP)} {number}", form=FormId.TRANSFER_SLIP.value,
        make=lambda depot: slips.paper(depot, FormId.TRANSFER_SLIP, number), file_name=number,
        record=lambda depot: slips.printed(depot, [number], form=FormId.TRANSFER_SLIP),
    )
