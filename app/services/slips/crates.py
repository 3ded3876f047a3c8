"""Papers about several units at once: receipt (F2), plan (F4), handover slip (F5), packing slip (F10)."""

from __future__ import annotations

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.handover import HandoverCase, RefusalReason, Verdict
from app.domain.masterdata import Product
from app.domain.planning import PlannedCase
from app.domain.receiving import BroughtBy, ReturnMethod
from app.domain.settings import DepotSetting
from app.domain.slips import (
    AccessoryBalance,
    HandoverLine,
    HandoverSlip,
    PackedUnit,
    PackingSlip,
    PlanLine,
    PlanUnit,
    ReceivedUnit,
    ReceivingReceipt,
    RepairPlan,
)
from app.domain.stages import Stage
from app.errors import Refused
from app.i18n import N_, Translator
from app.labels import label
from app.persistence import handover_lists, masterdata, papers, returning
from app.persistence import receiving as rows
from app.persistence.papers import SignedHandover
from app.persistence.transaction import Tx
from app.services import planning
from app.services.settings import identity_of, values
from app.services.slips.cases import accessory_words, case_rows
from app.services.slips.heads import customer_of, local, maybe_local, product_name, signed


def receipt(depot: Depot, tx: Tx, handover_id: str, t: Translator) -> ReceivingReceipt:
    """F2: who handed in what, in which condition."""
    both = _handover(tx, handover_id)
    units = [case for case in handover_lists.cases_of(tx, handover_id) if case.verdict is not Verdict.REFUSED]
    if not units:
        raise Refused("slips.unknown", field="number", value=both.number)
    first = case_rows(tx, units[0].case_id).case
    customer = customer_of(tx, first.customer_id)
    given = papers.signatures_by_id(tx, [both.giver_signature_id, both.receiver_signature_id])
    return ReceivingReceipt(
        customer.name, local(depot, both.received_at or both.at), tuple(_received(depot, tx, u, t) for u in units),
        first.contact or customer.contact, first.contact_phone or customer.phone, ReturnMethod(first.method),
        BroughtBy(first.brought_by), "", first.waybill, _terms(tx, t), identity_of(tx).phone, both.note,
        (
            signed(depot, t(N_("Handed in by")), both.giver_signature_id, given, both.giver_name),
            signed(depot, t(N_("Received by")), both.receiver_signature_id, given, both.receiver_name or ""),
        ),
    )


def handover_slip(depot: Depot, tx: Tx, handover_id: str, t: Translator) -> HandoverSlip:
    """F5: units and travellers, accepted or refused per line."""
    both = _handover(tx, handover_id)
    given = papers.signatures_by_id(tx, [both.giver_signature_id, both.receiver_signature_id])
    zh = t.language.startswith("zh")
    found = handover_lists.cases_of(tx, handover_id)
    lines = tuple(
        HandoverLine(
            case.serial,
            " ".join((case.model, (case.product_zh if zh else case.product_en) or case.product_zh)).strip(),
            case.case_number, True, case.traveller_number,
            None if case.verdict is None else case.verdict is Verdict.ACCEPTED, _why(case, t),
        )
        for case in found
    )
    remark = both.note
    if both.announced is not None and both.announced != len(found):
        counted = t(N_("Announced {announced}, found {found}")).format(announced=both.announced, found=len(found))
        remark = "  ".join(part for part in (remark, counted) if part)
    return HandoverSlip(
        both.from_place, both.to_place, lines,
        signed(depot, t(N_("Giver")), both.giver_signature_id, given, both.giver_name),
        signed(depot, t(N_("Receiver")), both.receiver_signature_id, given, both.receiver_name or ""),
        local(depot, both.received_at or both.at), remark,
    )


def repair_plan(depot: Depot, tx: Tx, plan_id: str, t: Translator) -> RepairPlan:
    """F4: lines, allocated units, signatures, the reason of the last written change."""
    sheet = planning.sheet(depot, plan_id)
    plan = sheet.plan
    given = papers.signatures_by_id(tx, [plan.countersignature_id, plan.issue_signature_id])
    last = sheet.revisions[-1] if sheet.revisions else None
    before = {str(line["product_id"]): int(line["quantity"]) for line in last.before} if last else {}
    zh = t.language.startswith("zh")
    lines = tuple(
        PlanLine(
            " ".join((line.model, (line.name_zh if zh else line.name_en) or line.name_zh)).strip(), line.quantity,
            before.get(line.product_id, 0) if last and before.get(line.product_id, 0) != line.quantity else None,
            line.due_on, tuple(_planned(depot, case) for case in sheet.cases_of(line.id)),
        )
        for line in sheet.lines
    )
    return RepairPlan(
        plan.state, lines, plan.revision, last.reason if last else "", sheet.names.get(plan.drafted_by, ""),
        local(depot, plan.drafted_at), maybe_local(depot, plan.issued_at), (), plan.note,
        (
            signed(depot, t(N_("Drafted by")), None, given, sheet.names.get(plan.drafted_by, "")),
            signed(depot, t(N_("Countersigned by production")), plan.countersignature_id, given),
            signed(depot, t(N_("Issued by")), plan.issue_signature_id, given),
        ),
    )


def packing_slip(depot: Depot, tx: Tx, shipment_id: str, t: Translator) -> PackingSlip:
    """F10: units, accessories in = out, waybill."""
    shipment = returning.shipment(tx, shipment_id)
    if shipment is None:
        raise Refused("returning.unknown-shipment")
    given = papers.signatures_by_id(tx, [shipment.proof_signature_id])
    units, accessories = [], []
    for case_id, unit_id in returning.cases_of_shipment(tx, shipment_id):
        of = case_rows(tx, case_id)
        given_instead = rows.unit(tx, unit_id) if unit_id != of.unit.id else None
        if given_instead is not None:
            units.append(
                PackedUnit(
                    given_instead.serial, product_name(tx, given_instead.product_id, t.language), of.case.number,
                    t(N_("given in exchange for {serial}")).format(serial=of.unit.serial),
                    returning.mark_number(tx, given_instead.case_id or ""),
                )
            )
            if of.case.stage is not Stage.READY_TO_RETURN:
                accessories += _balances(tx, case_id, given_instead.serial)
            continue
        units.append(
            PackedUnit(
                of.unit.serial, product_name(tx, of.case.product_id, t.language), of.case.number,
                RepairResult(of.case.result) if of.case.result else "", returning.mark_number(tx, case_id),
            )
        )
        accessories += _balances(tx, case_id, of.unit.serial)
    return PackingSlip(
        customer_of(tx, shipment.customer_id).name, tuple(units), shipment.address, shipment.consignee, shipment.phone,
        shipment.carrier, shipment.waybill, 1, depot.local_day(shipment.sent_at or shipment.packed_at),
        tuple(accessories), (t(N_("Repair slip")), t(N_("Feedback slip"))), "",
        (
            signed(depot, t(N_("Packed by")), None, given),
            signed(depot, t(N_("Received by")), shipment.proof_signature_id, given),
        ),
    )


def _handover(tx: Tx, handover_id: str) -> SignedHandover:
    found = papers.handover(tx, handover_id)
    if found is None:
        raise Refused("slips.unknown", field="number", value=handover_id)
    return found


def _received(depot: Depot, tx: Tx, unit: HandoverCase, t: Translator) -> ReceivedUnit:
    of = case_rows(tx, unit.case_id)
    product = masterdata.get(tx, Product, of.case.product_id)
    name = " ".join((product.model, product.name(t.language))).strip() if product else ""
    return ReceivedUnit(
        of.unit.serial, name, of.case.number, accessory_words(tx, of.case.id), of.case.condition, of.case.symptom,
        of.case.promised_on or of.case.due_on,
    )


def _planned(depot: Depot, case: PlannedCase) -> PlanUnit:
    return PlanUnit(
        case.serial, case.case_number, case.customer or "",
        depot.local_day(case.received_at) if case.received_at else None, case.due_on,
    )


def _why(case: HandoverCase, t: Translator) -> str:
    if case.verdict is not Verdict.REFUSED:
        return ""
    reason = label(case.reason, t) if isinstance(case.reason, RefusalReason) else ""
    return "  ".join(part for part in (reason, case.reason_text) if part)


def _terms(tx: Tx, t: Translator) -> tuple[str, ...]:
    """The small print: the depot's own, a line each, else what every depot says."""
    own = values(tx)[
        DepotSetting.RECEIPT_TERMS_ZH if t.language.startswith("zh") else DepotSetting.RECEIPT_TERMS_EN
    ]
    if own:
        return tuple(line.strip() for line in own.splitlines() if line.strip())
    return (
        t(N_("Please keep this receipt; it is needed to collect the unit.")),
        t(N_("We tell you the price before any chargeable work and begin only with your consent.")),
    )


def _balances(tx: Tx, case_id: str, serial: str) -> list[AccessoryBalance]:
    return [
        AccessoryBalance(a.name, a.quantity_in, a.quantity_out, serial) for a in rows.accessories_of_case(tx, case_id)
    ]
