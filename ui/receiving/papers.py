"""The papers of a crate: receipt (F2), travellers (F1), labels (F6)."""

from __future__ import annotations

from app.config import LABEL_MEDIA
from app.config import desk as desk_settings
from app.domain.slips import FormId
from app.i18n import _
from ui.dialogs.preview import PrintJob
from ui.receiving.signing import Done


def receipt_job(done: Done) -> PrintJob:
    """The receipt for the customer and the file."""
    from app.services import slips

    number = done.receipt_number
    return PrintJob(
        title=_("Receipt {number}").format(number=number), form=FormId.RECEIVING_RECEIPT.value,
        make=lambda depot: slips.bundle(depot, [number]), file_name=number,
        record=lambda depot: slips.printed(depot, [number]),
    )


def travellers_job(done: Done) -> PrintJob:
    """The originals that go with the units."""
    from app.services import slips

    numbers = list(done.traveller_numbers)
    return PrintJob(
        title=_("Travellers of {number}").format(number=done.receipt_number), form=FormId.TRAVELLER.value,
        make=lambda depot: slips.bundle(depot, numbers), file_name=f"{done.receipt_number}-F1",
        record=lambda depot: slips.printed(depot, numbers), long=len(numbers) > 10,
    )


def labels_job(done: Done) -> PrintJob:
    """One label for each unit of the crate, at the size of this desk's labels."""
    from app.services import slips

    numbers = list(done.case_numbers)
    medium = desk_settings()[LABEL_MEDIA]
    return PrintJob(
        title=_("Labels of {number}").format(number=done.receipt_number), form=FormId.UNIT_LABEL.value,
        make=lambda depot: slips.labels(depot, numbers, medium), file_name=f"{done.receipt_number}-F6",
        record=lambda depot: slips.printed(depot, numbers, form=FormId.UNIT_LABEL), long=len(numbers) > 10,
    )
