"""The handover slip (F5), made from the record."""

from __future__ import annotations

from app.domain.slips import FormId
from app.labels import label
from app.services import slips
from ui.dialogs.preview import PrintJob


def slip_job(number: str) -> PrintJob:
    """The slip of the handover ``number``."""
    return PrintJob(
        title=f"{label(FormId.HANDOVER_SLIP)} {number}", form=FormId.HANDOVER_SLIP.value,
        make=lambda depot: slips.paper(depot, FormId.HANDOVER_SLIP, number), file_name=number,
        record=lambda depot: slips.printed(depot, [number], form=FormId.HANDOVER_SLIP),
    )
