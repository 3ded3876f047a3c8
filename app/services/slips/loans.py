"""Papers of loans of parts: the slip (F18) from its record, the list of a week (F18W)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.depot import Depot
from app.domain.loans import Loan, LoanFate, LoanLine, LoanReturn
from app.domain.slips import BackLine, BorrowedPart, LoanList, LoanListLine, LoanSlip, Signature
from app.errors import Refused
from app.i18n import N_, Translator
from app.persistence import loans as rows
from app.persistence import papers
from app.persistence.transaction import Tx
from app.services import part_ledger
from app.services.slips.heads import local, maybe_local, signed


def loan_slip(depot: Depot, tx: Tx, loan_id: str, t: Translator) -> LoanSlip:
    """F18: what was borrowed, by whom, what became of it, who signed."""
    loan = rows.get(tx, loan_id)
    if loan is None:
        raise Refused("slips.unknown", field="number", value=loan_id)
    lines, returns = rows.lines(tx, [loan_id]), _standing(rows.returns(tx, [loan_id]))
    named = {line.id: _name(line, t) for line in lines}
    given = papers.signatures_by_id(tx, [loan.borrower_signature_id, loan.approver_signature_id])
    back = tuple(
        BackLine(local(depot, entry.at), named[entry.line_id], entry.quantity, entry.fate,
                 "  ".join(text for text in (entry.case_number, entry.reason) if text), entry.by_name)
        for entry in returns
    )
    signatures = [signed(depot, t(N_("Borrower")), loan.borrower_signature_id, given, loan.borrower_name)]
    if loan.approver_id:
        signatures.append(signed(depot, t(N_("Supervisor")), loan.approver_signature_id, given, loan.approver_name))
    signatures.append(Signature(t(N_("QA re-inspection"))))
    return LoanSlip(
        loan.borrower_name, loan.purpose, loan.carriage, local(depot, loan.lent_at), loan.trip_ends_on, loan.due_on,
        loan.value_fen, loan.approver_id is None, tuple(_part(tx, line, returns, t) for line in lines), back,
        loan.case_number, maybe_local(depot, loan.cleared_at), tuple(signatures),
    )


def loan_list(depot: Depot, start: date, end: date, t: Translator) -> LoanList:
    """F18W: the loans open at the end of the days, and those lent or cleared in them."""
    with depot.read() as tx:
        loans = [loan for loan in rows.of_period(tx) if _belongs(depot, loan, start, end)]
        ids = [loan.id for loan in loans]
        lines, returns = rows.lines(tx, ids), _standing(rows.returns(tx, ids))
        by_id = {loan.id: loan for loan in loans}
        found = [_line(depot, by_id[line.loan_id], _part(tx, line, returns, t), end) for line in lines]
    found.sort(key=lambda line: (line.cleared_on is not None, line.due_on, line.number))
    return LoanList(start, end, tuple(found), (
        Signature(t(N_("Parts store"))), Signature(t(N_("Information office")))))


def _belongs(depot: Depot, loan: Loan, start: date, end: date) -> bool:
    lent = depot.local_day(loan.lent_at)
    if lent > end:
        return False
    return loan.cleared_at is None or depot.local_day(loan.cleared_at) >= start


def _line(depot: Depot, loan: Loan, part: BorrowedPart, end: date) -> LoanListLine:
    late = (end - loan.due_on).days if loan.cleared_at is None else 0
    return LoanListLine(
        loan.number, loan.borrower_name, depot.local_day(loan.lent_at), loan.due_on, part, max(0, late),
        depot.local_day(loan.cleared_at) if loan.cleared_at else None,
    )


def _standing(returns: Sequence[LoanReturn]) -> tuple[LoanReturn, ...]:
    """The entries that were not taken back."""
    gone = {entry.reverses_id for entry in returns if entry.reverses_id}
    return tuple(entry for entry in returns if entry.reverses_id is None and entry.id not in gone)


def _name(line: LoanLine, t: Translator) -> str:
    return line.name_zh if t.language.startswith("zh") else line.name_en or line.name_zh


def _part(tx: Tx, line: LoanLine, returns: Sequence[LoanReturn], t: Translator) -> BorrowedPart:
    pieces = {
        fate: sum(r.quantity for r in returns if r.line_id == line.id and r.fate is fate) for fate in LoanFate
    }
    place = part_ledger.place(tx, line.place_id)
    return BorrowedPart(
        _name(line, t), line.part_no, line.unit, line.quantity, line.price_fen, place.name or place.kind,
        pieces[LoanFate.UNUSED], pieces[LoanFate.CONSUMED], pieces[LoanFate.DEFECTIVE], pieces[LoanFate.LOST],
    )
