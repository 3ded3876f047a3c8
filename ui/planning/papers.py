"""The repair plan on paper (F4), made from the record."""

from __future__ import annotations

from app.domain.slips import FormId
from app.labels import label
from app.services import slips
from ui.dialogs.preview import PrintJob


def plan_job(number: str) -> PrintJob:
    """The plan ``number`` with its revisions and signatures."""
    return PrintJob(
        title=f"{label(FormId.REPAIR_PLAN)} {number}", form=FormId.REPAIR_PLAN.value,
        make=lambda depot: slips.paper(depot, FormId.REPAIR_PLAN, number), file_name=number,
        record=lambda depot: slips.printed(depot, [number], form=FormId.REPAIR_PLAN),
    )
