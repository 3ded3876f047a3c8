"""The papers of a shipment, one preview: packing slip, repair slips, feedback slips."""

from __future__ import annotations

from app.i18n import _
from app.services import returning
from ui.dialogs.preview import PrintJob
from ui.page import Frame


def preview_papers(frame: Frame, packed: returning.Packed) -> None:
    """Show every paper that goes with the shipment, ready to print."""
    from app.services import slips

    numbers = [packed.number, *(n for _case, slip, feedback in packed.slip_numbers for n in (slip, feedback))]
    frame.preview(
        PrintJob(
            title=_("Papers of shipment {number}").format(number=packed.number), form="F10",
            make=lambda depot: slips.bundle(depot, numbers), file_name=packed.number,
            record=lambda depot: slips.printed(depot, numbers),
        )
    )
