"""The notice of a unit that goes back as it is (F11)."""

from __future__ import annotations

from app.domain.slips import FormId
from app.i18n import _
from app.services import slips
from ui.dialogs.preview import PrintJob


def notice_job(number: str) -> PrintJob:
    """The notice ``number``."""
    return PrintJob(
        title=_("Return-unrepaired notice {number}").format(number=number), form=FormId.RETURN_NOTICE.value,
        make=lambda depot: slips.paper(depot, FormId.RETURN_NOTICE, number), file_name=number,
        record=lambda depot: slips.printed(depot, [number], form=FormId.RETURN_NOTICE),
    )
