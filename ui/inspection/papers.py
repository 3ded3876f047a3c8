"""The QA mark as a label (F7), made from the record."""

from __future__ import annotations

from app.domain.slips import FormId
from app.labels import label
from app.services import slips
from ui.dialogs.preview import PrintJob


def mark_job(number: str) -> PrintJob:
    """The label of the mark ``number``."""
    return PrintJob(
        title=f"{label(FormId.QA_MARK)} {number}", form=FormId.QA_MARK.value,
        make=lambda depot: slips.paper(depot, FormId.QA_MARK, number), file_name=number,
        record=lambda depot: slips.printed(depot, [number], form=FormId.QA_MARK),
    )
