"""The intake of a case on record, as the form shows it again: for a reported case that arrives, and for amending."""

from __future__ import annotations

from app.domain.masterdata import Customer, Product
from app.domain.receiving import (
    AccessoryIn,
    BroughtBy,
    Intake,
    IntakeView,
    Phase,
    ReturnCase,
    ReturnMethod,
    Unit,
    Urgency,
)
from app.domain.serials import ANY
from app.persistence import masterdata
from app.persistence import receiving as rows
from app.persistence.transaction import Tx


def view(tx: Tx, case: ReturnCase, unit: Unit) -> IntakeView:
    """The same with the names of product and customer."""
    product = masterdata.get(tx, Product, case.product_id)
    customer = masterdata.get(tx, Customer, case.customer_id)
    return IntakeView(
        of_case(tx, case, unit), case.number, product.model if product else "", product.name_zh if product else "",
        product.name_en if product else "", customer.name if customer else "", product.rule if product else ANY,
    )


def of_case(tx: Tx, case: ReturnCase, unit: Unit) -> Intake:
    """What was entered for ``case``. A tag given for want of a serial reads as "no serial yet"."""
    return Intake(
        serial="" if unit.tagged else unit.serial, product_id=case.product_id, customer_id=case.customer_id,
        symptom=case.symptom, method=ReturnMethod(case.method), brought_by=BroughtBy(case.brought_by),
        unreadable=unit.tagged and case.received_at is not None, lot=unit.lot, manufactured_on=unit.manufactured_on,
        shipped_on=unit.shipped_on, accepted_on=unit.accepted_on, phase=Phase(case.phase), fault_on=case.fault_on,
        symptom_code=case.symptom_code, tried=case.tried, condition=case.condition,
        accessories=tuple(
            AccessoryIn(a.name, a.quantity_in, a.condition, a.serial) for a in rows.accessories_of_case(tx, case.id)
        ),
        waybill=case.waybill, site=case.site, contact=case.contact, contact_phone=case.contact_phone,
        back_on=case.back_on, return_needed=case.return_needed, spare_left_serial=case.spare_left_serial,
        urgency=Urgency(case.urgency), promised_on=case.promised_on, warranty_proof=case.warranty_proof,
        external_id=case.external_id, external_outcome=case.external_outcome, note=case.note, case_id=case.id,
    )
