"""The papers of the ends: exchange slip (F12), scrap form (F13), technical determination (F14)."""

from __future__ import annotations

from app.depot import Depot
from app.domain.approvals import Approval
from app.domain.codes import CauseClass, RepairResult
from app.domain.determination import Conclusion, Told
from app.domain.disposition import Disposition
from app.domain.exchange import ExchangeSource
from app.domain.scrap import ScrapDestination, ScrapWay
from app.domain.slips import (
    ApprovalLine,
    DeterminationPaper,
    ExchangeSide,
    ExchangeSlip,
    NoticeVisit,
    ScrapForm,
    Signature,
)
from app.domain.warranty_entries import Carry
from app.errors import Refused
from app.i18n import N_, Translator
from app.labels import label
from app.messages import say
from app.persistence import approvals as approval_rows
from app.persistence import determination as determination_rows
from app.persistence import disposition as disposition_rows
from app.persistence import exchange as exchange_rows
from app.persistence import papers, returning
from app.persistence import receiving as receiving_rows
from app.persistence import scrap as scrap_rows
from app.persistence.transaction import Tx
from app.services import rulings
from app.services.slips.cases import CaseRows, case_rows, warranty_line
from app.services.slips.heads import customer_of, local, maybe_local, product_name, signed
from app.services.slips.warranty import warranty_statement

_CARRIED = {
    Carry.INHERIT.value: N_("the rest of the old unit's warranty goes over to it"),
    Carry.RESTART.value: N_("it begins anew"),
    Carry.LONGER.value: N_("the longer of the old unit's and a new one"),
}


def exchange_slip(depot: Depot, tx: Tx, exchange_id: str, t: Translator) -> ExchangeSlip:
    """F12 of an exchange, taken back or not. Refused: ``slips.unknown``."""
    made = exchange_rows.any_of(tx, exchange_id)
    old = receiving_rows.unit(tx, made.old_unit_id) if made else None
    new = receiving_rows.unit(tx, made.new_unit_id) if made else None
    if made is None or old is None or new is None:
        raise Refused("slips.unknown", field="number", value=exchange_id)
    of = case_rows(tx, made.case_id)
    customer = customer_of(tx, made.customer_id)
    shipment = returning.shipment_of_unit(tx, made.case_id, made.new_unit_id)
    proof = shipment.proof_signature_id if shipment else None
    given = papers.signatures_by_id(tx, [proof])
    ruled = disposition_rows.last(tx, made.case_id)
    return ExchangeSlip(
        customer.name, of.case.number,
        ExchangeSide(
            old.serial, product_name(tx, old.product_id, t.language), old.lot, old.manufactured_on,
            warranty_statement(depot, tx, old.id, t, depot.local_day(made.at)),
        ),
        ExchangeSide(
            new.serial, product_name(tx, new.product_id, t.language), new.lot, new.manufactured_on,
            warranty_statement(depot, tx, new.id, t, depot.local_day(made.at)),
        ),
        _plain_reason(ruled, made.reason, t), ExchangeSource(made.source), depot.local_day(made.at), made.both,
        t(_CARRIED[made.warranty_mode]), made.substitute_reason, made.charge_fen, customer.address,
        of.case.contact or customer.contact, of.case.contact_phone or customer.phone,
        (
            Signature(t(N_("After-sales")), made.by_name),
            signed(depot, t(N_("Customer")), proof, given),
        ),
    )


def scrap_form(depot: Depot, tx: Tx, scrap_id: str, t: Translator) -> ScrapForm:
    """F13 of a scrapping, taken back or not. Refused: ``slips.unknown``."""
    scrap = scrap_rows.any_of(tx, scrap_id)
    if scrap is None:
        raise Refused("slips.unknown", field="number", value=scrap_id)
    of = case_rows(tx, scrap.case_id)
    approved = approval_rows.of_case(tx, scrap.case_id)
    last = next((a for a in approved if a.id == scrap.approval_id), None)
    given = papers.signatures_by_id(tx, [last.signature_id if last else None])
    judged = determination_rows.of_case(tx, scrap.case_id)
    ruled = disposition_rows.last(tx, scrap.case_id)
    return ScrapForm(
        product_name(tx, of.case.product_id, t.language), of.unit.serial, of.case.number,
        customer_of(tx, of.case.customer_id).name, scrap.reason,
        say(ruled.ruling.own_code, ruled.ruling.facts, t) if ruled else "", depot.local_day(scrap.scrapped_at),
        of.unit.lot, of.unit.manufactured_on, of.order.fault if of.order else "",
        CauseClass(of.order.cause_class) if of.order and of.order.cause_class else "",
        RepairResult(of.case.result) if of.case.result else "", warranty_line(depot, tx, of, t),
        ruled.number if ruled else "", judged.number if judged else "",
        Conclusion(judged.conclusion) if judged else "", judged.findings if judged else "", _visits(depot, tx, of),
        tuple(_approval(depot, a, t) for a in approved),
        ScrapDestination(scrap.destination) if scrap.destination else "", ScrapWay(scrap.how) if scrap.how else "",
        scrap.by_whom, scrap.witness, depot.local_day(scrap.destined_at) if scrap.destined_at else None,
        scrap.handover_number,
        (
            Signature(t(N_("Asked by")), last.requested_by_name if last else ""),
            signed(depot, t(N_("General manager")), last.signature_id if last else None, given),
            Signature(t(N_("Witness")), scrap.witness),
        ),
    )


def determination(depot: Depot, tx: Tx, case_id: str, t: Translator) -> DeterminationPaper:
    """F14 of a case. Refused: ``slips.unknown``."""
    of = case_rows(tx, case_id)
    judged = determination_rows.of_case(tx, case_id)
    if judged is None:
        raise Refused("slips.unknown", field="number", value=of.case.number)
    kept = determination_rows.keeping(tx, case_id)
    given = papers.signatures_by_id(tx, [judged.signature_id])
    agreed = t(N_("{who}, {how}")).format(who=kept.who, how=label(Told(kept.how), t)) if kept else ""
    return DeterminationPaper(
        product_name(tx, of.case.product_id, t.language), of.unit.serial, of.case.number,
        customer_of(tx, of.case.customer_id).name, depot.local_day(judged.at), Conclusion(judged.conclusion),
        judged.findings, tuple((str(one["name"]), str(one["result"])) for one in judged.tests), judged.follows,
        of.unit.lot, of.unit.manufactured_on, depot.local_day(kept.at) if kept else None, agreed, of.case.symptom,
        _visits(depot, tx, of), (signed(depot, t(N_("R&D engineer")), judged.signature_id, given),),
    )


def _visits(depot: Depot, tx: Tx, of: CaseRows) -> tuple[NoticeVisit, ...]:
    return tuple(
        NoticeVisit(v.received, v.symptom, RepairResult(v.result) if v.result else "", v.number)
        for v in rulings.visit_lines(depot, tx, of.unit, of.case)
    )


def _approval(depot: Depot, asked: Approval, t: Translator) -> ApprovalLine:
    answers = {True: t(N_("approved")), False: t(N_("refused")), None: t(N_("To approve"))}
    return ApprovalLine(
        local(depot, asked.requested_at), asked.requested_by_name, asked.reason, answers[asked.approved],
        maybe_local(depot, asked.decided_at), asked.decided_by_name, asked.decision_reason,
    )


def _plain_reason(ruled: Disposition | None, reason: str, t: Translator) -> str:
    """For the customer, in plain words: what was typed, else the rule's."""
    if reason or ruled is None:
        return reason
    return ruled.reason if ruled.overridden else say(ruled.ruling.customer_code, ruled.ruling.facts, t)
