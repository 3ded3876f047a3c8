"""What the customer paid, or what goes on account: the receipt number is kept for the papers (收据号)."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain import quotation as rules
from app.domain.money import Money
from app.domain.people import Action
from app.domain.policy_values import PolicyName
from app.domain.quotation import Payment, PaymentKind
from app.domain.returning import MoneyAtGate
from app.errors import Refused
from app.persistence import journal
from app.persistence import quotation as rows
from app.persistence import receiving as receiving_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import free_service
from app.services.undoing import Way

_CHANGES = Changes.MONEY | Changes.CASES


@dataclass(frozen=True, slots=True)
class Balance:
    """What a case owes. ``agreed_fen``: the price the customer agreed to; ``open_fen``: neither paid nor on account.

    ``free``: the general manager approved a free service. ``receipts``: the receipt numbers, oldest first.
    """

    agreed_fen: int = 0
    open_fen: int = 0
    free: bool = False
    receipts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment was recorded; ``entry_id`` can be undone."""

    payment: Payment
    open_fen: int
    entry_id: str
    changes: Changes = _CHANGES


def balance(tx: Tx, case_id: str) -> Balance:
    """What the case owes, inside a running transaction."""
    agreed = rows.agreed_of_case(tx, case_id)
    if free_service.approved(tx, case_id):
        return Balance(free=True)
    if agreed is None:
        return Balance()
    made = rows.payments_of_case(tx, case_id)
    reversed_ids = {payment.reverses_id for payment in made}
    receipts = tuple(
        p.receipt_number for p in made if p.receipt_number and p.reverses_id is None and p.id not in reversed_ids
    )
    return Balance(agreed.total_fen, rules.owed(agreed, made), receipts=receipts)


def at_the_gate(depot: Depot, tx: Tx, case_id: str) -> MoneyAtGate:
    """What the gates of the way back ask of the money."""
    open_, owed = rows.open_of_case(tx, case_id), balance(tx, case_id)
    return MoneyAtGate(
        open_.number if open_ else "", Money(owed.agreed_fen), Money(owed.open_fen),
        depot.policy(tx).switch(PolicyName.PAY_BEFORE_RETURN),
    )


def of_case(depot: Depot, case_id: str) -> Balance:
    """What the case owes now."""
    with depot.read() as tx:
        return balance(tx, case_id)


def record(
    depot: Depot, case_id: str, how: PaymentKind, amount_fen: int, receipt_number: str = "", note: str = ""
) -> Paid:
    """Record a payment, or that the amount goes on the customer's account.

    Refused: the codes of ``domain.quotation.payment_problems``, ``people.not-allowed``.
    """
    depot.require(Action.RECORD_PAYMENT)
    with depot.write() as tx:
        case, agreed = receiving_rows.case(tx, case_id), rows.agreed_of_case(tx, case_id)
        open_fen = balance(tx, case_id).open_fen
        if wrong := rules.payment_problems(how, amount_fen, receipt_number, open_fen):
            raise Refused.because(wrong)
        if case is None or agreed is None:
            raise Refused("quotation.nothing-owed", field="amount")
        payment = Payment(
            tx.new_id(), case_id, agreed.id, how.value, amount_fen, receipt_number.strip(), note.strip(), None,
            tx.at, tx.by,
        )
        rows.add_payment(tx, payment)
        entry_id = journal.record(
            tx, "payments.record", subject_kind="payment", subject_id=payment.id, subject_number=agreed.number,
            case_id=case_id, unit_id=case.unit_id,
            facts={"how": how.value, "amount": amount_fen, "receipt": payment.receipt_number},
        )
    return Paid(payment, open_fen - amount_fen, entry_id)


def _back(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """A line of the opposite amount that names the one taken back."""
    made = next(p for p in rows.payments_of_case(tx, entry.case_id or "") if p.id == entry.subject_id)
    rows.add_payment(tx, Payment(
        tx.new_id(), made.case_id, made.quotation_id, made.how, -made.amount_fen, made.receipt_number, "", made.id,
        tx.at, tx.by,
    ))
    return _CHANGES


UNDO = {"payments.record": Way(_back, permission=Action.RECORD_PAYMENT)}
