"""The papers of the spares: F15, F16, F17, F18L, from the record."""

from __future__ import annotations

from app.depot import Depot
from app.domain.receiving import Unit
from app.domain.restock import Condition
from app.domain.slips import (
    BuiltLine,
    ConditionLine,
    EmergencyRequest,
    LoanerAgreement,
    RestockSlip,
    SpareUseSlip,
)
from app.errors import Refused
from app.i18n import N_, Translator
from app.persistence import emergency, loaners, papers, requests, restock, spares
from app.persistence import people as people_rows
from app.persistence import receiving as rows
from app.persistence.transaction import Tx
from app.services.slips.heads import customer_of, local, product_name, signed


def spare_use(depot: Depot, tx: Tx, use_id: str, t: Translator) -> SpareUseSlip:
    """F15."""
    use = spares.use(tx, use_id)
    unit = rows.unit(tx, use.unit_id) if use else None
    if use is None or unit is None:
        raise Refused("spares.unknown-use", value=use_id)
    faulty = rows.unit(tx, use.replaced_unit_id) if use.replaced_unit_id else None
    given = papers.signatures_by_id(tx, [use.user_signature_id])
    sender = people_rows.by_id(tx, use.sent_by)
    return SpareUseSlip(
        customer=customer_of(tx, use.customer_id).name, site=use.site, state=use.state,
        spare_product=product_name(tx, unit.product_id, t.language), spare_serial=unit.serial, reason=use.reason,
        contact=use.contact, phone=use.contact_phone, case_number=_case(tx, use.case_id), spare_lot=unit.lot,
        sent_at=local(depot, use.sent_at), taken_by=use.carrier, waybill=use.waybill, handover=use.out_handover,
        replaced_product=product_name(tx, faulty.product_id, t.language) if faulty else "",
        replaced_serial=use.replaced_serial, swapped_on=use.swapped_on,
        owed_since=depot.local_day(use.owed_since) if use.owed_since else None, owed_until=use.owed_due_on,
        recovered_on=depot.local_day(use.recovered_at) if use.recovered_at else None,
        recovered_case=_case(tx, use.recovered_case_id), written_off=use.written_off_reason, remark=use.note,
        request_number=_request(tx, use.request_id),
        signatures=(
            signed(depot, t(N_("Issued by")), None, given, sender.name if sender else ""),
            signed(depot, t(N_("User at the site")), use.user_signature_id, given, use.user_name),
        ),
    )


def _request(tx: Tx, request_id: str | None) -> str:
    found = requests.get(tx, request_id) if request_id else None
    return found.number if found else ""


def emergency_request(depot: Depot, tx: Tx, build_id: str, t: Translator) -> EmergencyRequest:
    """F16."""
    row = emergency.build(tx, build_id)
    if row is None:
        raise Refused("emergency.unknown", value=build_id)
    given = papers.signatures_by_id(tx, [row.confirmed_signature_id])
    asked = people_rows.by_id(tx, row.requested_by)
    name = asked.name if asked else ""
    return EmergencyRequest(
        product=product_name(tx, row.product_id, t.language), quantity=row.quantity, need_by=row.need_by,
        customer=customer_of(tx, row.customer_id).name, reason=row.reason, state=row.state,
        case_number=_case(tx, row.case_id), requested_by=name, requested_at=local(depot, row.requested_at),
        promised_on=row.promised_on, ended_reason=row.ended_reason, remark=row.note,
        units=tuple(
            BuiltLine(unit.serial, unit.lot, unit.manufactured_on, unit.file_number, unit.complete, unit.note)
            for unit in emergency.units_of(tx, row.id)
        ),
        signatures=(
            signed(depot, t(N_("Asked by")), None, given, name),
            signed(depot, t(N_("Confirmed by production")), row.confirmed_signature_id, given),
        ),
    )


def restock_slip(depot: Depot, tx: Tx, restock_id: str, t: Translator) -> RestockSlip:
    """F17."""
    row = restock.row(tx, restock_id)
    if row is None:
        raise Refused("slips.unknown", value=restock_id)
    handover = papers.handover_by_number(tx, row.handover)
    given = papers.signatures_by_id(
        tx, [row.approval_signature_id, *((handover.giver_signature_id, handover.receiver_signature_id)
                                          if handover else ())])
    return RestockSlip(
        product=product_name(tx, row.product_id, t.language), serial=row.serial, case_number=_case(tx, row.case_id),
        conditions=(
            ConditionLine(Condition.AGE, row.age_months, row.age_limit, at_most=True),
            ConditionLine(Condition.VALUE, row.value_fen, row.value_limit, at_most=False, money=True),
            ConditionLine(Condition.QUANTITY, row.quantity, row.quantity_limit, at_most=False),
            ConditionLine(Condition.USES, row.uses, row.uses_limit, at_most=True),
        ),
        lot=row.lot, made_on=row.manufactured_on, restocked_on=depot.local_day(row.at), handover=row.handover,
        remark=row.note,
        signatures=(
            signed(depot, t(N_("Approved by")), row.approval_signature_id, given, row.approved_name),
            signed(depot, t(N_("Giver")), handover.giver_signature_id if handover else None, given),
            signed(depot, t(N_("Company stores")), handover.receiver_signature_id if handover else None, given),
        ),
    )


def loaner_agreement(depot: Depot, tx: Tx, agreement_id: str, t: Translator) -> LoanerAgreement:
    """F18L."""
    made = loaners.agreement(tx, agreement_id)
    unit: Unit | None = rows.unit(tx, made.unit_id) if made else None
    if made is None or unit is None:
        raise Refused("loaners.unknown-agreement", value=agreement_id)
    given = papers.signatures_by_id(tx, [made.customer_signature_id])
    lender = people_rows.by_id(tx, made.lent_by)
    return LoanerAgreement(
        customer=customer_of(tx, made.customer_id).name, product=product_name(tx, unit.product_id, t.language),
        serial=unit.serial, out_on=made.out_on, due_on=made.due_on, condition_out=made.condition_out,
        state=made.state, case_number=_case(tx, made.case_id), contact=made.contact, phone=made.contact_phone,
        terms=made.terms, back_on=depot.local_day(made.back_at) if made.back_at else None,
        condition_in=made.condition_in,
        handovers=tuple(number for number in (made.out_handover, made.back_handover) if number),
        signatures=(
            signed(depot, t(N_("Lent by")), None, given, lender.name if lender else ""),
            signed(depot, t(N_("Borrowed by")), made.customer_signature_id, given, made.customer_name),
        ),
    )


def customer_id(tx: Tx, subject_kind: str, subject_id: str) -> str | None:
    """The customer a paper of the spares is made for, so that it speaks their language."""
    if subject_kind == "spare_use":
        use = spares.use(tx, subject_id)
        return use.customer_id if use else None
    if subject_kind == "loaner_agreement":
        made = loaners.agreement(tx, subject_id)
        return made.customer_id if made else None
    return None


def _case(tx: Tx, case_id: str | None) -> str:
    case = rows.case(tx, case_id) if case_id else None
    return case.number if case else ""
