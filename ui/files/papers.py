"""The files on paper."""

from __future__ import annotations

from app.i18n import _
from ui.dialogs.preview import PrintJob


def unit_file_job(unit_id: str, serial: str) -> PrintJob:
    """The file of a unit."""
    from app.services import slips

    return PrintJob(
        title=_("Unit file {serial}").format(serial=serial), form="UFILE",
        make=lambda depot: slips.unit_file(depot, unit_id), file_name=f"{_('Unit file')} {serial}", long=True)


def customer_file_job(customer_id: str, name: str) -> PrintJob:
    """The file of a customer."""
    from app.services import slips

    return PrintJob(
        title=_("Customer file {name}").format(name=name), form="CFILE",
        make=lambda depot: slips.customer_file(depot, customer_id), file_name=f"{_('Customer file')} {name}", long=True)
