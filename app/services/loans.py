"""Loans of parts to staff (借用单, F18): lent with signatures, accounted for piece by piece, cleared (S4.8 11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.changes import Changes
from app.depot import Depot
from app.domain import loans as rules
from app.domain.loans import COMES_BACK, Accounted, Lending, Loan, LoanFate, LoanLine, LoanReturn
from app.domain.masterdata import Part
from app.domain.money import Money
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.policy_values import PolicyName
from app.domain.signing import OwnSignature, Signed
from app.domain.stock import PartGrade, PartMove
from app.errors import Refused
from app.persistence import journal, node
from app.persistence import loans as rows
from app.persistence import parts as part_rows
from app.persistence.journal import JournalEntry
from app.persistence.loans import LoanRow
from app.persistence.stock import Booking
from app.persistence.transaction import Tx
from app.services import part_ledger, signing
from app.services.undoing import Way

_CHANGES = Changes.PARTS | Changes.MASTERDATA | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class Lent:
    """Parts were lent, on the borrower's own signature or with the supervisor's."""

    loan: Loan
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Pieces were accounted for. ``out``: how many are still out; 0 means the loan is cleared."""

    loan: Loan
    out: int
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class LoanFile:
    """A loan with its lines, what became of the pieces, and what is still out by line."""

    loan: Loan
    lines: tuple[LoanLine, ...]
    returns: tuple[LoanReturn, ...]
    outstanding: Mapping[str, int]
    today: date

    @property
    def overdue(self) -> bool:
        """Whether it should have been back before today."""
        return self.loan.cleared_at is None and self.loan.due_on < self.today


# -- looking -----------------------------------------------------------------------------------------------------


def loans(
    depot: Depot, *, open_only: bool = True, overdue_only: bool = False, text: str = "", after: LoanRow | None = None,
    limit: int = 200,
) -> tuple[LoanRow, ...]:
    """Loans, the open ones by due day first. Moments are in the depot's time."""
    with depot.read() as tx:
        found = rows.listed(
            tx, open_only=open_only, overdue_on=depot.local_day(tx.at) if overdue_only else None, text=text.strip(),
            after=after.loan if after else None, limit=limit,
        )
    return tuple(replace(row, loan=_local(depot, row.loan)) for row in found)


def file(depot: Depot, loan_id: str) -> LoanFile:
    """Everything about a loan, by its id or number. Refused: ``loan.unknown``."""
    with depot.read() as tx:
        loan = rows.get(tx, loan_id) or rows.by_number(tx, loan_id.strip().upper())
        if loan is None:
            raise Refused("loan.unknown", value=loan_id)
        lines, given = rows.lines(tx, [loan.id]), rows.returns(tx, [loan.id])
        return LoanFile(
            _local(depot, loan), lines, tuple(replace(r, at=r.at.astimezone(depot.zone)) for r in given),
            rules.outstanding(lines, given), depot.local_day(tx.at),
        )


def overdue(depot: Depot) -> int:
    """How many loans are late."""
    with depot.read() as tx:
        return rows.overdue(tx, depot.local_day(tx.at))


def today(depot: Depot) -> date:
    """The day at the depot."""
    with depot.read() as tx:
        return depot.local_day(tx.at)


def part_of_number(depot: Depot, part_no: str) -> str:
    """The id of the part of that number, as a drawer label is scanned. Refused: ``part.unknown``."""
    with depot.read() as tx:
        found = part_rows.of_number(tx, part_no.strip())
        if found is None or not found.active:
            raise Refused("part.unknown", field="items", value=part_no.strip())
        return found.id


def check(depot: Depot, lending: Lending) -> bool:
    """Whether the supervisor must sign; refused as :func:`lend` as far as it can be seen before anybody signs."""
    depot.require(Action.LEND)
    with depot.read() as tx:
        if wrong := rules.lending_problems(lending, depot.local_day(tx.at)):
            raise Refused.because(wrong)
        _case(tx, lending.case_number)
        for item in lending.items:
            part = part_ledger.known(tx, item.part_id, "items")
            part_ledger.enough(tx, part, item.quantity, item.place_id, item.grade, "items")
    return needs_supervisor(depot, lending)


def needs_supervisor(depot: Depot, lending: Lending) -> bool:
    """Whether the supervisor must sign: the value is above the limit of the policy, or a part has no price."""
    with depot.read() as tx:
        return not _own_signature(depot, tx, [(item.quantity, part_ledger.known(tx, item.part_id))
                                              for item in lending.items])


# -- doing -------------------------------------------------------------------------------------------------------


def lend(depot: Depot, lending: Lending, borrower: OwnSignature, supervisor: OwnSignature | None = None) -> Lent:
    """Lend parts to one of our staff, who signs for them; the supervisor signs too unless the value is low.

    Due is so many calendar days after the trip (policy). Refused: the codes of ``domain.loans.lending_problems``,
    ``loan.case-unknown``, ``loan.approval-missing``, ``loan.self-approval``, ``part.stock-short``,
    ``people.not-allowed``, the codes of signing.
    """
    depot.require(Action.LEND)
    with depot.write() as tx:
        day = depot.local_day(tx.at)
        wrong = rules.lending_problems(lending, day)
        if wrong or lending.trip_ends_on is None:
            raise Refused.because(wrong)
        case_number = _case(tx, lending.case_number)
        parts = [(item, part_ledger.known(tx, item.part_id, "items")) for item in lending.items]
        own = _own_signature(depot, tx, [(item.quantity, part) for item, part in parts])
        value = sum(item.quantity * part.price_fen for item, part in parts)
        policy = depot.policy(tx)
        if not own and supervisor is None:
            limit = Money(policy.whole(PolicyName.OWN_SIGNATURE_LOAN_LIMIT))
            raise Refused("loan.approval-missing", field="supervisor", value=Money(value), limit=limit)
        loan_id = tx.new_id()
        lent_to, approved = _sign(depot, tx, loan_id, borrower, supervisor)
        (number,) = node.next_number(tx, DocumentType.LOAN, day)
        loan = Loan(
            loan_id, number, lent_to.user_id or "", lent_to.name, lent_to.id, approved.user_id if approved else None,
            approved.name if approved else "", approved.id if approved else None, lending.purpose.strip(),
            lending.carriage, case_number, lending.trip_ends_on,
            rules.due_on(lending.trip_ends_on, policy.whole(PolicyName.LOAN_BACK_DAYS)), value, policy.version, tx.at,
            tx.by, tx.by_name,
        )
        lines = [
            LoanLine(tx.new_id(), loan_id, n, part.id, part.part_no, part.name_zh, part.name_en, part.unit,
                     item.quantity, item.place_id, item.grade, part.price_fen)
            for n, (item, part) in enumerate(parts, 1)
        ]
        rows.add(tx, loan, lines)
        booked = [fact for line, (_item, part) in zip(lines, parts, strict=True) for fact in part_ledger.post(
            tx, part, Booking(part.id, -line.quantity, PartMove.LOAN_OUT, "", line.place_id, line.grade, number,
                              subject_id=loan_id), field="items")]
        node.record_document(tx, number, DocumentType.LOAN, "F18", subject_kind="loan", subject_id=loan_id)
        entry_id = journal.record(
            tx, "loans.lend", subject_kind="loan", subject_id=loan_id, subject_number=number,
            facts={"borrower": loan.borrower_name, "supervisor": loan.approver_name, "value": value,
                   "policy": policy.version, "booked": booked},
        )
        return Lent(loan, entry_id)


def give_back(depot: Depot, loan_id: str, accounted: Sequence[Accounted]) -> GivenBack:
    """Say what became of borrowed pieces: unused, used up on a case, defective, lost. In as many parts as it takes.

    What comes back waits for re-inspection before anybody fits or borrows it. Refused: the codes of
    ``domain.loans.accounting_problems``, ``loan.unknown``, ``loan.cleared``, ``loan.case-unknown``,
    ``stock.place-off``.
    """
    depot.require(Action.LEND)
    with depot.write() as tx:
        loan = rows.get(tx, loan_id)
        if loan is None:
            raise Refused("loan.unknown", value=loan_id)
        if loan.cleared_at is not None:
            raise Refused("loan.cleared", number=loan.number)
        lines = {line.id: line for line in rows.lines(tx, [loan_id])}
        left = rules.outstanding(lines.values(), rows.returns(tx, [loan_id]))
        if wrong := rules.accounting_problems(accounted, left):
            raise Refused.because(wrong)
        written = [_account(tx, loan, lines[said.line_id], said) for said in accounted]
        out = sum(left.values()) - sum(said.quantity for said in accounted)
        if out == 0:
            rows.change(tx, loan_id, cleared_at=tx.at)
        entry_id = journal.record(
            tx, "loans.back", subject_kind="loan", subject_id=loan_id, subject_number=loan.number,
            facts={"returns": [made.id for made, _booked in written],
                   "fates": [[made.fate.value, made.quantity] for made, _booked in written], "out": out,
                   "booked": [fact for _made, booked in written for fact in booked]},
        )
        return GivenBack(replace(loan, cleared_at=tx.at if out == 0 else None), out, entry_id)


def _account(tx: Tx, loan: Loan, line: LoanLine, said: Accounted) -> tuple[LoanReturn, list[dict[str, object]]]:
    back = said.fate in COMES_BACK
    made = LoanReturn(
        tx.new_id(), loan.id, line.id, said.fate, said.quantity,
        _case(tx, said.case_number) if said.fate is LoanFate.CONSUMED else "", said.reason.strip(),
        part_ledger.open_place(tx, said.place_id).id if back else "", tx.at, tx.by, tx.by_name,
    )
    rows.add_return(tx, made)
    booked = part_ledger.post(tx, part_ledger.known(tx, line.part_id), Booking(
        line.part_id, said.quantity, PartMove.LOAN_BACK, made.reason, made.place_id, PartGrade.UNCHECKED, loan.number,
        subject_id=loan.id)) if back else []
    return made, booked


def _sign(
    depot: Depot, tx: Tx, loan_id: str, borrower: OwnSignature, supervisor: OwnSignature | None
) -> tuple[Signed, Signed | None]:
    """Both signatures; one person never gives both."""
    lent_to = signing.sign(
        depot, tx, borrower, purpose="loans.borrow", subject_kind="loan", subject_id=loan_id, field="borrower")
    if supervisor is None:
        return lent_to, None
    approved = signing.sign_for(
        depot, tx, supervisor, Action.APPROVE_LOAN, purpose="loans.approve", subject_kind="loan", subject_id=loan_id,
        field="supervisor",
    )
    if approved.user_id == lent_to.user_id:
        raise Refused("loan.self-approval", field="supervisor", name=approved.name)
    return lent_to, approved


def _own_signature(depot: Depot, tx: Tx, parts: Sequence[tuple[int, Part]]) -> bool:
    limit = depot.policy(tx).whole(PolicyName.OWN_SIGNATURE_LOAN_LIMIT)
    return rules.own_signature_is_enough([(pieces, part.price_fen) for pieces, part in parts], limit)


def _case(tx: Tx, number: str) -> str:
    """The case's number as it is written; empty for none. Refused: ``loan.case-unknown``."""
    if not number.strip():
        return ""
    found = rows.case_known(tx, number)
    if found is None:
        raise Refused("loan.case-unknown", field="case_number", value=number.strip())
    return found


def _local(depot: Depot, loan: Loan) -> Loan:
    def at(moment: datetime) -> datetime:
        return moment.astimezone(depot.zone)

    return replace(loan, lent_at=at(loan.lent_at), cleared_at=at(loan.cleared_at) if loan.cleared_at else None)


def _nothing_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    del depot
    lines, given = rows.lines(tx, [entry.subject_id]), rows.returns(tx, [entry.subject_id])
    whole = sum(rules.outstanding(lines, given).values()) == sum(line.quantity for line in lines)
    return None if whole else Refused("undo.loan-moved", number=entry.subject_number)


def _undo_lend(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """The pieces are where they were; the number stays visible as void."""
    del depot
    part_ledger.take_back(tx, entry)
    rows.change(tx, entry.subject_id, deleted_at=tx.at)
    node.void_documents(tx, [entry.subject_id], "undone")
    return _CHANGES


def _undo_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """The pieces are out again."""
    del depot
    part_ledger.take_back(tx, entry)
    taken = set(entry.facts["returns"])
    for made in rows.returns(tx, [entry.subject_id]):
        if made.id in taken:
            rows.add_return(tx, replace(
                made, id=tx.new_id(), quantity=-made.quantity, at=tx.at, by=tx.by, by_name=tx.by_name,
                reverses_id=made.id))
    rows.change(tx, entry.subject_id, cleared_at=None)
    return _CHANGES


UNDO: Mapping[str, Way] = {
    "loans.lend": Way(_undo_lend, _nothing_back, Action.LEND),
    "loans.back": Way(_undo_back, permission=Action.LEND),
}

__all__ = [
    "UNDO", "GivenBack", "Lent", "LoanFile", "LoanRow", "check", "file", "give_back", "lend", "loans",
    "needs_supervisor", "overdue", "part_of_number", "today",
]
