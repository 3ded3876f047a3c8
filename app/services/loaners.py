"""Loaners: into the pool, out against an agreement, back with their condition; and who waits for one (spec 1 §5).

Loaners stand at the after-sales counter, never in zone 3: the three stocks are not mixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain import loaners as rules
from app.domain import serials
from app.domain.clocks import Colour
from app.domain.handover import Item, LineKind
from app.domain.loaners import Agreement, Lending, Loaner, LoanerRow, LoanState, WaitEnd
from app.domain.masterdata import Product
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import CUSTODIAN, Custodian, Place
from app.domain.receiving import Unit
from app.domain.signing import OutsideSignature, OwnSignature, Party, Signature
from app.errors import Refused
from app.persistence import handover as handover_rows
from app.persistence import journal, masterdata, node
from app.persistence import loaners as rows
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import clocks, custody, loaner_waits, signing, travellers
from app.services.loaner_waits import Waits, drop_wait, wait, waiting
from app.services.site_swaps import new_unit
from app.services.spare_pool import case_of, customer_of, take_from_pool, unit_of
from app.services.undoing import Way

_CHANGES = Changes.SPARES | Changes.UNITS | Changes.HANDOVERS | Changes.DOCUMENTS
#: Who takes a loaner away, and where it is then.
_TAKERS = {Party.CUSTOMER: Place.CUSTOMER, Party.PARTNER: Place.CUSTOMER, Party.FIELD_STAFF: Place.FIELD}


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A unit is a loaner from now on, or no longer."""

    loaner_id: str
    serial: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Lent:
    """A loaner went out; ``number`` of the agreement."""

    agreement_id: str
    number: str
    serial: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class CameBack:
    """A loaner is back, or written off; ``closed``: the case that this closed."""

    number: str
    closed: str = ""
    entry_id: str = ""
    changes: Changes = _CHANGES | Changes.CASES


# -- the pool ----------------------------------------------------------------------------------------------------


def enrol(
    depot: Depot, product_id: str, serial: str, condition: str, note: str = "", giver: Signature | None = None,
    receiver: Signature | None = None,
) -> Enrolled:
    """Make a unit a loaner: a spare from zone 3, or one from the stores (stores give, after-sales receive).

    A serial that is not on record is entered as standing in the stores. Refused: ``loaners.condition-missing``,
    ``loaners.unknown-product``, ``loaners.already``, ``loaners.not-here``, ``loaners.stores-sign``,
    ``spares.reserved``, the codes of serials and signing.
    """
    depot.require(Action.APPROVE_LOAN)
    if not condition.strip():
        raise Refused("loaners.condition-missing", field="condition")
    with depot.write() as tx:
        unit = _unit_to_lend(tx, product_id, serial)
        if rows.loaner_of_unit(tx, unit.id) is not None:
            raise Refused("loaners.already", field="serial", serial=unit.serial)
        if unit.place is Place.ZONE_SPARE:
            take_from_pool(tx, unit, today=depot.local_day(tx.at), customer_id="")
            handover_rows.move_unit(tx, unit, Place.COUNTER, case_id=unit.case_id, reason="loaner")
        elif unit.place is Place.STORES:
            if not (isinstance(giver, OutsideSignature) and giver.party is Party.STORES) or receiver is None:
                raise Refused("loaners.stores-sign", field="giver", serial=unit.serial)
            custody.require_signer(tx, receiver, Custodian.AFTER_SALES, "receiver")
            _hand_over(depot, tx, unit, Place.COUNTER, giver, receiver, "")
        else:
            raise Refused("loaners.not-here", field="serial", serial=unit.serial, place=unit.place)
        row = Loaner(tx.new_id(), unit.id, condition.strip(), note.strip(), tx.at, tx.by, None, None, "")
        rows.add(tx, row)
        _record(tx, "loaners.enrol", row.id, unit.serial, unit, {"note": condition.strip()})
    return Enrolled(row.id, unit.serial)


def retire(
    depot: Depot, loaner_id: str, reason: str, giver: Signature | None = None, receiver: Signature | None = None
) -> Enrolled:
    """A loaner leaves the pool: to zone 3 if it came from a return, else to the stores (both sign).

    Refused: ``loaners.unknown``, ``loaners.out``, ``loaners.retire-reason``, ``loaners.stores-sign``, of signing.
    """
    depot.require(Action.APPROVE_LOAN)
    if not reason.strip():
        raise Refused("loaners.retire-reason", field="reason")
    with depot.write() as tx:
        row, unit = _here(tx, loaner_id)
        if unit.case_id:
            handover_rows.move_unit(tx, unit, Place.ZONE_SPARE, case_id=unit.case_id, reason="no loaner any more")
        else:
            if not (isinstance(receiver, OutsideSignature) and receiver.party is Party.STORES) or giver is None:
                raise Refused("loaners.stores-sign", field="receiver", serial=unit.serial)
            custody.require_signer(tx, giver, Custodian.AFTER_SALES, "giver")
            _hand_over(depot, tx, unit, Place.STORES, giver, receiver, "")
        rows.change(tx, row.id, retired_at=tx.at, retired_by=tx.by, retired_reason=reason.strip())
        _record(tx, "loaners.retire", row.id, unit.serial, unit, {"text": reason.strip()})
    return Enrolled(row.id, unit.serial)


# -- out and back ------------------------------------------------------------------------------------------------


def lend(depot: Depot, lending: Lending, giver: OwnSignature, receiver: Signature) -> Lent:
    """A loaner goes out; whoever takes it (customer, partner, our field person) signs the agreement.

    Refused: the codes of ``domain.loaners.lending_problems``, ``loaners.unknown``, ``loaners.out``,
    ``loaners.others-wait`` (somebody asked earlier and no reason is given), ``loaners.who-takes``,
    ``spares.unknown-case``, ``loaners.case-over``, the codes of signing.
    """
    depot.require(Action.LEND)
    with depot.write() as tx:
        today = depot.local_day(tx.at)
        wrong = rules.lending_problems(lending, today)
        if wrong or lending.due_on is None:
            raise Refused.because(wrong)
        target = _TAKERS.get(receiver.party) if isinstance(receiver, OutsideSignature) else None
        if target is None:
            raise Refused("loaners.who-takes", field="receiver")
        customer, case = customer_of(tx, lending.customer_id), case_of(tx, lending.case_number)
        if case is not None and case.closed_at is not None:
            raise Refused("loaners.case-over", field="case_number", number=case.number)
        row, unit = _here(tx, lending.loaner_id)
        served = _turn(tx, unit, customer.id, lending.out_of_turn)
        custody.require_signer(tx, giver, Custodian.AFTER_SALES, "giver")
        (number,) = node.next_number(tx, DocumentType.LOAN, today)
        handover = _hand_over(depot, tx, unit, target, giver, receiver, number)
        agreement_id = tx.new_id()
        signed = signing.sign(
            depot, tx, receiver, purpose="loaners.lend", subject_kind="loaner_agreement", subject_id=agreement_id,
            field="receiver",
        )
        made = Agreement(
            id=agreement_id, number=number, loaner_id=row.id, unit_id=unit.id, customer_id=customer.id,
            case_id=case.id if case else None, contact=lending.contact.strip(),
            contact_phone=lending.contact_phone.strip(), out_on=today, due_on=lending.due_on,
            condition_out=lending.condition_out.strip(), terms=lending.terms.strip(), customer_name=signed.name,
            customer_signature_id=signed.id, out_handover=handover, lent_at=tx.at, lent_by=tx.by, back_at=None,
            back_by=None, condition_in="", back_handover="", written_off_at=None, written_off_by=None,
            written_off_reason="",
        )
        rows.add_agreement(tx, made)
        node.record_document(
            tx, number, DocumentType.LOAN, "F18L", subject_kind="loaner_agreement", subject_id=made.id,
            case_id=made.case_id, unit_id=unit.id,
        )
        if served:
            rows.end_wait(tx, served, WaitEnd.SERVED.value, number)
        _record(tx, "loaners.lend", made.id, number, unit, {
            "who": customer.name, "due": made.due_on.isoformat(), "note": made.condition_out,
            "text": lending.out_of_turn.strip(), "case": case.number if case else "",
        })
    return Lent(agreement_id, number, unit.serial)


def take_back(
    depot: Depot, agreement_id: str, condition_in: str, giver: Signature, receiver: OwnSignature
) -> CameBack:
    """A loaner is back at the counter; a case that only waited for it closes.

    Refused: ``loaners.unknown-agreement``, ``loaners.ended``, ``loaners.condition-missing``, ``loaners.who-brings``,
    the codes of signing.
    """
    depot.require(Action.LEND)
    if not condition_in.strip():
        raise Refused("loaners.condition-missing", field="condition_in")
    with depot.write() as tx:
        made = _out(tx, agreement_id)
        unit = unit_of(tx, made.unit_id)
        if not isinstance(giver, OutsideSignature):
            raise Refused("loaners.who-brings", field="giver")
        custody.require_signer(tx, receiver, Custodian.AFTER_SALES, "receiver")
        handover = _hand_over(depot, tx, unit, Place.COUNTER, giver, receiver, made.number)
        rows.change_agreement(
            tx, made.id, back_at=tx.at, back_by=tx.by, condition_in=condition_in.strip(), back_handover=handover
        )
        rows.change(tx, made.loaner_id, condition=condition_in.strip())
        _record(tx, "loaners.back", made.id, made.number, unit, {"note": condition_in.strip(), "handover": handover})
        closed = _close(depot, tx, made)
    return CameBack(made.number, closed)


def write_off(depot: Depot, agreement_id: str, reason: str) -> CameBack:
    """A loaner will not come back (lost, kept): the supervisor says why; the case no longer waits for it.

    Refused: ``loaners.unknown-agreement``, ``loaners.ended``, ``loaners.write-off-reason``.
    """
    depot.require(Action.APPROVE_LOAN)
    if not reason.strip():
        raise Refused("loaners.write-off-reason", field="reason")
    with depot.write() as tx:
        made = _out(tx, agreement_id)
        unit = unit_of(tx, made.unit_id)
        rows.change_agreement(
            tx, made.id, written_off_at=tx.at, written_off_by=tx.by, written_off_reason=reason.strip()
        )
        rows.change(tx, made.loaner_id, retired_at=tx.at, retired_by=tx.by, retired_reason=reason.strip())
        receiving_rows.change_unit(tx, unit.id, customer_id=made.customer_id)
        entry_id = _record(tx, "loaners.write-off", made.id, made.number, unit, {"text": reason.strip()})
        closed = _close(depot, tx, made)
    return CameBack(made.number, closed, entry_id)


# -- looking -----------------------------------------------------------------------------------------------------


def loaners(depot: Depot, limit: int = 500) -> tuple[LoanerRow, ...]:
    """Every loaner: those out by due day, then those at the counter."""
    with depot.read() as tx:
        today, policy = depot.local_day(tx.at), depot.policy(tx)
        waiting = Counter(row.product_id for row in rows.waits(tx))
        found = rows.rows(tx, limit)
    return tuple(
        LoanerRow(
            loaner_id=row.id, unit_id=row.unit_id, serial=row.serial, product_id=row.product_id,
            model=row.model or "", name_zh=row.name_zh or "", name_en=row.name_en or "", place=row.place,
            condition=row.condition, note=row.note, agreement_id=row.agreement_id or "", number=row.number or "",
            customer=row.customer or "", contact=row.contact or "", contact_phone=row.contact_phone or "",
            case_id=row.case_id or "", case_number=row.case_number or "", out_on=row.out_on, due_on=row.due_on,
            days_left=(row.due_on - today).days if row.due_on else None,
            colour=clocks.colour_of(row.due_on, today, policy) if row.due_on else Colour.CALM,
            waiting=waiting[row.product_id], from_return=bool(row.own_case),
        )
        for row in found
    )


# -- how ---------------------------------------------------------------------------------------------------------


def _unit_to_lend(tx: Tx, product_id: str, serial: str) -> Unit:
    product = masterdata.get(tx, Product, product_id) if product_id else None
    if product is None:
        raise Refused("loaners.unknown-product", field="product_id")
    wrong = serials.problems(serial, product.rule, field="serial")
    if wrong:
        raise Refused.because(wrong)
    folded = serials.normalise(serial, product.rule)
    found = receiving_rows.unit_of_product(tx, product.id, folded)
    return found or new_unit(tx, product, folded, serial, Place.STORES)


def _here(tx: Tx, loaner_id: str) -> tuple[Loaner, Unit]:
    row = rows.loaner(tx, loaner_id)
    if row is None or row.retired_at is not None:
        raise Refused("loaners.unknown", field="loaner_id", value=loaner_id)
    unit = unit_of(tx, row.unit_id)
    lent = rows.out(tx, unit_id=unit.id)
    if lent or CUSTODIAN[unit.place] is not Custodian.AFTER_SALES:
        raise Refused("loaners.out", field="loaner_id", serial=unit.serial, number=lent[0].number if lent else "",
                      place=unit.place)
    return row, unit


def _out(tx: Tx, agreement_id: str) -> Agreement:
    made = rows.agreement(tx, agreement_id)
    if made is None:
        raise Refused("loaners.unknown-agreement", value=agreement_id)
    if made.state is not LoanState.OUT:
        raise Refused("loaners.ended", number=made.number, state=made.state)
    return made


def _turn(tx: Tx, unit: Unit, customer_id: str, reason: str) -> str:
    """Whose turn it is; returns the id of the customer's own place in the list, if they have one."""
    waits = rows.waits(tx, unit.product_id)
    own = next((row for row in waits if row.customer_id == customer_id), None)
    if waits and waits[0].customer_id != customer_id and not reason.strip():
        raise Refused("loaners.others-wait", field="out_of_turn", customer=waits[0].customer, count=len(waits))
    return str(own.id) if own else ""


def _hand_over(
    depot: Depot, tx: Tx, unit: Unit, target: Place, giver: Signature, receiver: Signature, note: str
) -> str:
    offered, accepted = custody.pass_over(
        depot, tx, unit.place, target, [Item(LineKind.UNIT, unit.id, unit.case_id)], giver, receiver, note=note
    )
    custody.move_accepted(tx, offered, accepted, target)
    return offered.offer.number


def _close(depot: Depot, tx: Tx, made: Agreement) -> str:
    if made.case_id is None or not travellers.close_when_complete(depot, tx, made.case_id):
        return ""
    case = receiving_rows.case(tx, made.case_id)
    return case.number if case else ""


def _record(
    tx: Tx, action: str, subject_id: str, number: str, unit: Unit, facts: Mapping[str, object]
) -> str:
    return journal.record(
        tx, action, subject_kind="loaner_agreement" if number != unit.serial else "loaner", subject_id=subject_id,
        subject_number=number, case_id=unit.case_id, unit_id=unit.id, facts=facts,
    )


def _never(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    raise LookupError(f"{entry.action} of {tx.depot_id} is never taken back for {depot.operator.login}")


def _signed(_depot: Depot, _tx: Tx, entry: JournalEntry) -> Refused | None:
    return Refused("undo.signed-custody", number=entry.subject_number)


UNDO: Mapping[str, Way] = {
    **loaner_waits.UNDO,
    "loaners.lend": Way(_never, _signed),
    "loaners.back": Way(_never, _signed),
}

__all__ = [
    "UNDO", "CameBack", "Enrolled", "Lent", "Waits", "drop_wait", "enrol", "lend", "loaners", "retire", "take_back",
    "wait", "waiting", "write_off",
]
