"""The papers of the spares page, in one preview each."""

from __future__ import annotations

from app.i18n import _
from ui.dialogs.preview import PrintJob


def paper_job(number: str, form: str) -> PrintJob:
    """The paper of document ``number``."""
    from app.services import slips

    return PrintJob(
        title=_("Paper {number}").format(number=number), form=form,
        make=lambda depot: slips.bundle(depot, [number]), file_name=number,
        record=lambda depot: slips.printed(depot, [number]),
    )
