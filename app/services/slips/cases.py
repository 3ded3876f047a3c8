"""The papers of one case: traveller (F1), unit label (F6), QA mark (F7), repair slip (F8), feedback slip (F9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.depot import Depot
from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.handover import Verdict
from app.domain.inspection import SheetVerdict
from app.domain.inspection_runs import InspectionRun, QaMark
from app.domain.masterdata import Part
from app.domain.places import ZONES
from app.domain.receiving import BroughtBy, Phase, ReturnCase, ReturnMethod, Unit, Urgency
from app.domain.repair import PartUse, RepairOrder, RepairPart
from app.domain.settings import DepotSetting
from app.domain.slips import (
    CustodyRow,
    FactorySection,
    FeedbackSlip,
    FieldSection,
    InspectionSheet,
    PartLine,
    QaMarkLabel,
    ReadingLine,
    RepairSlip,
    Signature,
    SigningRule,
    TravellerSlip,
    UnitLabel,
    WarrantyLine,
    Worded,
)
from app.domain.slips import QaMark as MarkOnPaper
from app.domain.warranty import WarrantyState
from app.errors import Refused
from app.i18n import N_, Translator
from app.persistence import exchange as exchange_rows
from app.persistence import inspection as inspection_rows
from app.persistence import life_line, masterdata, papers, returning
from app.persistence import people as people_rows
from app.persistence import receiving as rows
from app.persistence import repair as repair_rows
from app.persistence.transaction import Tx
from app.services import proof
from app.services.settings import identity_of, values
from app.services.slips import quotation, warranty
from app.services.slips.heads import customer_of, local, maybe_local, product_name, signed


@dataclass(frozen=True, slots=True)
class CaseRows:
    """A case with its unit and bench work."""

    case: ReturnCase
    unit: Unit
    order: RepairOrder | None


def case_rows(tx: Tx, case_id: str | None) -> CaseRows:
    """The rows of a case. Refused: ``slips.unknown``."""
    case = rows.case(tx, case_id) if case_id else None
    unit = rows.unit(tx, case.unit_id) if case else None
    if case is None or unit is None:
        raise Refused("slips.unknown", field="number", value=case_id or "")
    return CaseRows(case, unit, repair_rows.order_of_case(tx, case.id))


def traveller(depot: Depot, tx: Tx, traveller_id: str, t: Translator) -> TravellerSlip:
    """F1: field section, factory section and the whole custody chain."""
    found = rows.traveller(tx, traveller_id)
    if found is None:
        raise Refused("slips.unknown", field="number", value=traveller_id)
    of = case_rows(tx, found.case_id)
    archivist = people_rows.by_id(tx, found.archived_by) if found.archived_by else None
    return TravellerSlip(
        of.case.number, _field_section(depot, tx, of, t), _factory_section(depot, tx, of, t),
        _custody(depot, tx, of.case.id, t), maybe_local(depot, found.archived_at), archivist.name if archivist else "",
    )


def unit_label(depot: Depot, tx: Tx, case_id: str, t: Translator) -> UnitLabel:
    """F6: serial, case, product, customer, zone, dates."""
    of = case_rows(tx, case_id)
    return UnitLabel(
        of.unit.serial, of.case.number, product_name(tx, of.case.product_id, t.language),
        customer_of(tx, of.case.customer_id).name, of.unit.place if of.unit.place in ZONES else None,
        life_line.shelf_code(tx, of.unit.shelf_id) if of.unit.shelf_id else "", _day(depot, of.case), of.case.due_on,
        urgent=of.case.urgency == Urgency.SPECIAL.value,
    )


#: What the depot set → what the form asks of the customer.
SIGNING = {
    "signature": SigningRule.SIGN, "stamp": SigningRule.STAMP, "both": SigningRule.SIGN_AND_STAMP,
    "either": SigningRule.SIGN_OR_STAMP,
}


def qa_mark(depot: Depot, tx: Tx, mark_id: str, t: Translator) -> QaMarkLabel:
    """F7: the numbered mark."""
    mark = inspection_rows.mark(tx, mark_id)
    if mark is None:
        raise Refused("slips.unknown", field="number", value=mark_id)
    of = case_rows(tx, mark.case_id)
    return QaMarkLabel(_mark(depot, tx, mark), of.unit.serial, product_name(tx, of.case.product_id, t.language))


def repair_slip(depot: Depot, tx: Tx, case_id: str, t: Translator) -> RepairSlip:
    """F8: what was wrong, what was done, which parts, what the warranty says, what the customer agreed to pay."""
    of = case_rows(tx, case_id)
    customer = customer_of(tx, of.case.customer_id)
    order = of.order
    shipment = returning.shipment_of_case(tx, case_id)
    given = papers.signatures_by_id(tx, [shipment.proof_signature_id] if shipment else [])
    marks = inspection_rows.marks(tx, case_id)
    money = quotation.of_case(
        tx, case_id, _parts(tx, order, t), t, covered=of.case.warranty == WarrantyState.IN.value)
    return RepairSlip(
        customer.name, product_name(tx, of.case.product_id, t.language), of.unit.serial, of.case.number,
        customer.address, of.case.contact or customer.contact, of.case.contact_phone or customer.phone, of.unit.lot,
        of.case.visit_no, _day(depot, of.case), _returned(depot, of.case), of.case.symptom,
        order.fault if order else "", _cause(order), _result(of.case), order.work_done if order else "",
        order.technician_name if order else "", money.parts, money.charges, money.total, money.free_reason,
        money.receipts,
        warranty=warranty_line(depot, tx, of, t, next_until=True),
        mark=_mark(depot, tx, marks[-1]) if marks else None,
        signing=SIGNING[values(tx)[DepotSetting.CUSTOMER_SIGNING]],
        signatures=(
            Signature(t(N_("Service")), ""),
            signed(depot, t(N_("Customer")), shipment.proof_signature_id if shipment else None, given),
        ),
    )


def feedback_slip(depot: Depot, tx: Tx, case_id: str, t: Translator) -> FeedbackSlip:
    """F9: asked of the customer with the unit that they get: their own, or the one given in exchange for it."""
    of = case_rows(tx, case_id)
    customer = customer_of(tx, of.case.customer_id)
    own = identity_of(tx)
    unit, returned, work = of.unit, _returned(depot, of.case), of.order.work_done if of.order else ""
    made = exchange_rows.of_case(tx, case_id)
    given = rows.unit(tx, made.new_unit_id) if made and not made.both else None
    if made is not None and given is not None:
        work = t(N_("Exchanged: this unit for your unit {serial}.")).format(serial=unit.serial)
        unit, returned = given, depot.local_day(made.delivered_at) if made.delivered_at else None
    return FeedbackSlip(
        customer.name, product_name(tx, unit.product_id, t.language), unit.serial, of.case.number,
        of.case.contact or customer.contact, of.case.contact_phone or customer.phone, returned, work,
        "  ".join(part for part in (own.name, own.address, own.phone) if part),
    )


def _field_section(depot: Depot, tx: Tx, of: CaseRows, t: Translator) -> FieldSection:
    case, unit = of.case, of.unit
    clerk = people_rows.by_id(tx, case.received_by) if case.received_by else None
    return FieldSection(
        customer_of(tx, case.customer_id).name, product_name(tx, case.product_id, t.language), unit.serial, case.site,
        case.contact, case.contact_phone, unit.lot, unit.manufactured_on, Phase(case.phase), case.fault_on,
        case.symptom, case.tried, accessory_words(tx, case.id), case.condition, ReturnMethod(case.method),
        BroughtBy(case.brought_by), "", case.waybill, case.back_on, case.return_needed, case.spare_left_serial,
        Urgency(case.urgency), case.promised_on, warranty_line(depot, tx, of, t), case.visit_no,
        clerk.name if clerk else "", maybe_local(depot, case.received_at or case.reported_at),
    )


def _factory_section(depot: Depot, tx: Tx, of: CaseRows, t: Translator) -> FactorySection:
    marks = inspection_rows.marks(tx, of.case.id)
    runs = tuple(_sheet(depot, run, t) for run in inspection_rows.runs(tx, of.case.id))
    mark = _mark(depot, tx, marks[-1]) if marks else None
    order = of.order
    if order is None:
        return FactorySection(runs=runs, mark=mark)
    return FactorySection(
        order.confirmed_symptom, " ".join(part for part in (order.fault_code, order.fault) if part), _cause(order),
        Responsibility(order.responsibility) if order.responsibility else "", _result(of.case), order.work_done,
        _parts(tx, order, t), order.technician_name, local(depot, order.started_at),
        maybe_local(depot, order.finished_at), runs, mark,
    )


def _sheet(depot: Depot, run: InspectionRun, t: Translator) -> InspectionSheet:
    zh = t.language.startswith("zh")
    readings = tuple(
        ReadingLine(
            (r.name_zh if zh else r.name_en) or r.name_zh, limits_words(r.lower, r.upper), r.value, r.unit,
            None if not r.verdict else r.verdict == "PASSED",
        )
        for r in run.readings
    )
    return InspectionSheet(
        run.run_no, readings, run.inspector_name, local(depot, run.at), run.verdict == SheetVerdict.PASSED.value,
        run.reason,
    )


def limits_words(lower: str | None, upper: str | None) -> str:
    """The limits of a test item as a sheet writes them."""
    if lower is not None and upper is not None:
        return f"{lower} – {upper}" if "-" in f"{lower}{upper}" else f"{lower}–{upper}"
    return f"≥ {lower}" if lower is not None else f"≤ {upper}" if upper is not None else ""


def _custody(depot: Depot, tx: Tx, case_id: str, t: Translator) -> tuple[CustodyRow, ...]:
    verdicts: dict[str, list[tuple[str, str]]] = {}
    for handover_id, verdict, reason in papers.handover_ids_of_case(tx, case_id):
        verdicts.setdefault(handover_id, []).append((verdict, reason))
    found = papers.handovers_of_case(tx, list(verdicts))
    given = papers.signatures_by_id(tx, [s for h in found for s in (h.giver_signature_id, h.receiver_signature_id)])
    return tuple(
        CustodyRow(
            h.number, h.from_place, h.to_place, signed(depot, "", h.giver_signature_id, given, h.giver_name),
            signed(depot, "", h.receiver_signature_id, given, h.receiver_name or ""),
            local(depot, h.received_at or h.at),
            all(verdict != Verdict.REFUSED.value for verdict, _reason in verdicts[h.id]),
            _between(t).join(dict.fromkeys(reason for _verdict, reason in verdicts[h.id] if reason)),
        )
        for h in found
    )


def accessory_words(tx: Tx, case_id: str) -> tuple[str, ...]:
    """What came with the unit: name × pieces, condition."""
    return tuple(
        " ".join(part for part in (f"{a.name} ×{a.quantity_in}", a.serial, a.condition) if part)
        for a in rows.accessories_of_case(tx, case_id)
    )


def _parts(tx: Tx, order: RepairOrder | None, t: Translator) -> tuple[PartLine, ...]:
    if order is None:
        return ()
    return tuple(
        PartLine(_part_name(tx, part, t), part.part_no, part.quantity, part.removed_serial, part.fitted_serial)
        for part in repair_rows.parts(tx, order.id) if part.kind == PartUse.ADD.value
    )


def _part_name(tx: Tx, used: RepairPart, t: Translator) -> str:
    """A listed part in the language of the paper; any other as the technician wrote it."""
    listed = masterdata.get(tx, Part, used.part_id) if used.part_id and t.language == "en" else None
    return (listed.name_en if listed else "") or used.name


def warranty_line(depot: Depot, tx: Tx, of: CaseRows, t: Translator, *, next_until: bool = False) -> WarrantyLine:
    """What the warranty says of a case, with its reason; ``next_until``: also until when after this repair."""
    return warranty.of_case(depot, tx, of.unit, of.case, of.order, t, after_repair=next_until)


def _mark(depot: Depot, tx: Tx, mark: QaMark) -> MarkOnPaper:
    return MarkOnPaper(
        mark.number, mark.stamp_no, local(depot, mark.at).date(), depot.depot_id, proof.code_of(tx, mark)
    )


def proof_code(tx: Tx, case_id: str, number: str) -> str:
    """What the QR of the repair slip ``number`` says: the number, and the signed mark of its case if there is one."""
    marks = inspection_rows.marks(tx, case_id)
    return proof.code_of(tx, marks[-1], number) if marks else ""


def _between(t: Translator) -> str:
    """What parts one reason from the next."""
    return "；" if t.language.startswith("zh") else "; "


def _cause(order: RepairOrder | None) -> Worded:
    return CauseClass(order.cause_class) if order and order.cause_class else ""


def _result(case: ReturnCase) -> Worded:
    return RepairResult(case.result) if case.result else ""


def _day(depot: Depot, case: ReturnCase) -> date | None:
    return depot.local_day(case.received_at) if case.received_at else None


def _returned(depot: Depot, case: ReturnCase) -> date | None:
    return depot.local_day(case.returned_at) if case.returned_at else None


def case_customer_language(tx: Tx, case_id: str | None) -> str:
    """The language of the customer's papers of a case."""
    case = rows.case(tx, case_id) if case_id else None
    return customer_of(tx, case.customer_id).language if case else ""


__all__ = [
    "CaseRows", "accessory_words", "case_customer_language", "case_rows", "feedback_slip", "limits_words", "qa_mark",
    "repair_slip", "traveller", "unit_label", "warranty_line",
]
