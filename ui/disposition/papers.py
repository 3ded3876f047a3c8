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


def end_job(number: str, title: str, form: str) -> PrintJob:
    """The paper ``number`` of ``form``; ``title`` is marked by N_ and names the number."""
    return PrintJob(
        title=_(title).format(number=number), form=form, make=lambda depot: slips.paper(depot, FormId(form), number),
        file_name=number, record=lambda depot: slips.printed(depot, [number], form=FormId(form)),
    )
