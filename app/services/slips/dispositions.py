"""The paper of a ruling: the return-unrepaired notice (F11)."""

from __future__ import annotations

from app.depot import Depot
from app.domain.codes import RepairResult
from app.domain.disposition import Channel, Disposition, Wish
from app.domain.quotation import ConsentMethod, QuotationState
from app.domain.rulings import outcome_code
from app.domain.slips import NoticeTalk, NoticeVisit, ReturnNotice, Signature
from app.errors import Refused
from app.i18n import N_, Translator
from app.messages import say
from app.persistence import disposition as rows
from app.persistence import papers, people
from app.persistence import quotation as quotations
from app.persistence.transaction import Tx
from app.services import rulings
from app.services.slips.cases import case_rows, warranty_line
from app.services.slips.heads import customer_of, local, product_name, signed


def return_notice(depot: Depot, tx: Tx, case_id: str, t: Translator) -> ReturnNotice:
    """F11 of a case. Refused: ``slips.unknown`` (nobody ruled)."""
    of = case_rows(tx, case_id)
    ruled = rows.last(tx, case_id)
    if ruled is None:
        raise Refused("slips.unknown", field="number", value=of.case.number)
    customer = customer_of(tx, of.case.customer_id)
    given = papers.signatures_by_id(tx, [ruled.signature_id])
    order = of.order
    return ReturnNotice(
        customer.name, product_name(tx, of.case.product_id, t.language), of.unit.serial, of.case.number, ruled.number,
        _reason(ruled, t), tuple(say(outcome_code(outcome), {}, t) for outcome in ruled.decided), customer.address,
        of.case.contact or customer.contact, of.case.contact_phone or customer.phone, of.unit.lot, of.case.visit_no,
        depot.local_day(of.case.received_at) if of.case.received_at else None, depot.local_day(ruled.decided_at),
        of.case.symptom, order.fault if order else "", RepairResult(of.case.result) if of.case.result else "",
        order.work_done if order else "", warranty_line(depot, tx, of, t),
        tuple(
            NoticeVisit(v.received, v.symptom, RepairResult(v.result) if v.result else "", v.number)
            for v in rulings.visit_lines(depot, tx, of.unit, of.case)
        ),
        _talks(depot, tx, case_id, t),
        (
            signed(depot, t(N_("After-sales supervisor")), ruled.signature_id, given),
            Signature(t(N_("Customer")), ""),
        ),
    )


def _talks(depot: Depot, tx: Tx, case_id: str, t: Translator) -> tuple[NoticeTalk, ...]:
    """What was talked over, a price that was declined first: where there was one, it is why the unit comes back."""
    return _declined(depot, tx, case_id, t) + tuple(
        NoticeTalk(
            local(depot, talk.held_at), talk.with_whom, Channel(talk.channel), talk.said, talk.answered,
            talk.by_name, Wish(talk.wish) if talk.wish != Wish.NONE else "", talk.written,
        )
        for talk in reversed(rows.talks(tx, case_id))
    )


def _declined(depot: Depot, tx: Tx, case_id: str, t: Translator) -> tuple[NoticeTalk, ...]:
    newest = next(iter(quotations.of_case(tx, case_id)), None)
    if newest is None or newest.state is not QuotationState.DECLINED or newest.consent_at is None:
        return ()
    clerk = people.by_id(tx, newest.ended_by) if newest.ended_by else None
    said = t(N_("We quoted {total} for the repair, {number}.")).format(total=newest.total, number=newest.number)
    answered = t(N_("The price was declined."))
    if newest.reason:
        answered = t(N_("The price was declined: {reason}")).format(reason=newest.reason)
    return (
        NoticeTalk(
            local(depot, newest.consent_at), newest.consent_name,
            ConsentMethod(newest.consent) if newest.consent else "", said, answered, clerk.name if clerk else "",
        ),
    )


def _reason(ruled: Disposition, t: Translator) -> str:
    """In words for the customer: the rule's, or the supervisor's own where they decided otherwise."""
    if ruled.overridden:
        return ruled.reason
    return say(ruled.ruling.customer_code, ruled.ruling.facts, t)
