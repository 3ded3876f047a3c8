"""The service slip (F8) of work on site: what was found and done at the customer's, signed there."""

from __future__ import annotations

from app.depot import Depot
from app.domain.receiving import Unit
from app.domain.requests import ServiceRequest
from app.domain.settings import DepotSetting
from app.domain.slips import Charge, PartLine, RepairSlip, Signature, WarrantyLine
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.i18n import N_, Translator
from app.messages import say
from app.persistence import papers
from app.persistence import people as people_rows
from app.persistence import receiving as receiving_rows
from app.persistence import requests as rows
from app.persistence.transaction import Tx
from app.services.settings import values
from app.services.slips.cases import SIGNING
from app.services.slips.heads import customer_of, product_name, signed


def site_slip(depot: Depot, tx: Tx, visit_id: str, t: Translator) -> RepairSlip:
    """F8 of a trip. Refused: ``slips.unknown``."""
    visit = rows.visit(tx, visit_id)
    request = rows.get(tx, visit.request_id) if visit else None
    if visit is None or request is None:
        raise Refused("slips.unknown", field="number", value=visit_id)
    customer = customer_of(tx, request.customer_id)
    unit = receiving_rows.unit(tx, request.unit_id) if request.unit_id else None
    technician = people_rows.by_id(tx, visit.technician_id)
    given = papers.signatures_by_id(tx, [visit.signature_id])
    total = request.quoted_fen if request.quoted_fen and request.consented else 0
    name = technician.name if technician else ""
    return RepairSlip(
        customer.name, product_name(tx, request.product_id, t.language) if request.product_id else "", request.serial,
        request.number, request.site or customer.address, request.contact or customer.contact,
        request.phone or customer.phone, unit.lot if unit else "", _visit_no(tx, unit), visit.leaves_on, visit.back_on,
        request.symptom, visit.findings, "",
        visit.result or "", visit.work, name,
        tuple(
            PartLine(part.name, part.part_no, part.quantity, part.removed_serial, part.fitted_serial)
            for part in rows.parts(tx, visit.id)
        ),
        (Charge(t(N_("Service on site, as agreed")), total),) if total else (), total,
        free_reason=t(N_("Within warranty")) if not total and request.warranty == WarrantyState.IN.value else "",
        warranty=_warranty(request, t), opinion=visit.opinion,
        signing=SIGNING[values(tx)[DepotSetting.CUSTOMER_SIGNING]],
        on_site=True,
        signatures=(
            Signature(t(N_("Service")), name), signed(depot, t(N_("Customer")), visit.signature_id, given),
        ),
    )


def customer_language(tx: Tx, visit_id: str) -> str:
    """The language of the papers of the customer visited."""
    visit = rows.visit(tx, visit_id)
    request = rows.get(tx, visit.request_id) if visit else None
    return customer_of(tx, request.customer_id).language if request else ""


def _visit_no(tx: Tx, unit: Unit | None) -> int:
    if unit is None:
        return 1
    return max(1, sum(case.received_at is not None for case in receiving_rows.cases_of_unit(tx, unit.id)))


def _warranty(request: ServiceRequest, t: Translator) -> WarrantyLine:
    """What was found when the call was taken; the trace is kept with the request."""
    if not request.warranty:
        return WarrantyLine()
    between = "；" if t.language.startswith("zh") else "; "
    return WarrantyLine(
        WarrantyState(request.warranty),
        between.join(say(line["code"], line["facts"], t) for line in request.warranty_trace))
