"""Loans of parts to staff, their lines, and what became of the pieces, in the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select

from app.domain.loans import Loan, LoanLine, LoanReturn
from app.domain.requests import RequestState
from app.domain.stages import Stage
from app.persistence.tables import loan_lines, loan_returns, loans, return_cases, service_requests
from app.persistence.transaction import Tx, as_row, columns_of


@dataclass(frozen=True, slots=True)
class LoanRow:
    """A loan in a list. ``out``: pieces not accounted for yet."""

    loan: Loan
    lent: int
    out: int

    @property
    def id(self) -> str:
        """The loan's id."""
        return self.loan.id


def add(tx: Tx, loan: Loan, lines: Iterable[LoanLine]) -> None:
    """Enter a loan with its lines."""
    tx.insert(loans, as_row(loan))
    tx.insert(loan_lines, *(as_row(line) for line in lines))


def change(tx: Tx, loan_id: str, **values: Any) -> None:
    """Change a loan: it was cleared, or taken back."""
    tx.change(loans, loan_id, **values)


def get(tx: Tx, loan_id: str) -> Loan | None:
    """One loan, unless it was taken back."""
    return tx.one(
        select(*columns_of(Loan, loans)).where(tx.by_id(loans, loan_id), loans.c.deleted_at.is_(None)), Loan)


def by_number(tx: Tx, number: str) -> Loan | None:
    """The loan of that number."""
    return tx.one(
        select(*columns_of(Loan, loans)).where(
            loans.c.depot_id == tx.depot_id, loans.c.number == number, loans.c.deleted_at.is_(None)),
        Loan,
    )


def lines(tx: Tx, loan_ids: Sequence[str]) -> tuple[LoanLine, ...]:
    """The lines of loans, in their order."""
    return tx.all(
        select(*columns_of(LoanLine, loan_lines))
        .where(loan_lines.c.depot_id == tx.depot_id, loan_lines.c.loan_id.in_(loan_ids))
        .order_by(loan_lines.c.loan_id, loan_lines.c.ordinal),
        LoanLine,
    )


def returns(tx: Tx, loan_ids: Sequence[str]) -> tuple[LoanReturn, ...]:
    """What became of the pieces of loans, the oldest first, entries taken back and those that take back included."""
    return tx.all(
        select(*columns_of(LoanReturn, loan_returns))
        .where(loan_returns.c.depot_id == tx.depot_id, loan_returns.c.loan_id.in_(loan_ids))
        .order_by(loan_returns.c.at, loan_returns.c.id),
        LoanReturn,
    )


def open_of(tx: Tx, borrower_id: str) -> tuple[Loan, ...]:
    """What somebody has not accounted for yet, the earliest due first."""
    return tx.all(
        select(*columns_of(Loan, loans)).where(
            loans.c.depot_id == tx.depot_id, loans.c.borrower_id == borrower_id, loans.c.cleared_at.is_(None),
            loans.c.deleted_at.is_(None),
        ).order_by(loans.c.due_on, loans.c.id),
        Loan,
    )


def returns_by_id(tx: Tx, return_ids: Sequence[str]) -> tuple[LoanReturn, ...]:
    """Entries about what became of pieces."""
    return tx.all(
        select(*columns_of(LoanReturn, loan_returns)).where(
            loan_returns.c.depot_id == tx.depot_id, loan_returns.c.id.in_(return_ids)),
        LoanReturn,
    )


def add_return(tx: Tx, made: LoanReturn) -> None:
    """Enter what became of pieces."""
    tx.insert(loan_returns, as_row(made))


def listed(
    tx: Tx, *, open_only: bool = False, overdue_on: date | None = None, text: str = "", after: Loan | None = None,
    limit: int = 200,
) -> tuple[LoanRow, ...]:
    """Loans: the open ones first by due day, then the cleared, the newest first; pages on from ``after``."""
    statement = select(*columns_of(Loan, loans)).where(loans.c.depot_id == tx.depot_id, loans.c.deleted_at.is_(None))
    if open_only or overdue_on is not None:
        statement = statement.where(loans.c.cleared_at.is_(None))
    if overdue_on is not None:
        statement = statement.where(loans.c.due_on < overdue_on)
    if text:
        named = (loans.c.number, loans.c.borrower_name, loans.c.purpose, loans.c.case_number)
        statement = statement.where(
            or_(*(func.lower(field).contains(text.lower(), autoescape=True) for field in named)))
    cleared = loans.c.cleared_at.is_not(None)
    if after is not None:
        if after.cleared_at is None:
            statement = statement.where(or_(
                cleared, loans.c.due_on > after.due_on,
                and_(loans.c.due_on == after.due_on, loans.c.id > after.id)))
        else:
            statement = statement.where(cleared, or_(
                loans.c.due_on > after.due_on, and_(loans.c.due_on == after.due_on, loans.c.id > after.id)))
    found = tx.all(statement.order_by(cleared, loans.c.due_on, loans.c.id).limit(limit), Loan)
    return _rows(tx, found)


def of_period(tx: Tx) -> tuple[Loan, ...]:
    """Every loan that was not taken back, by number."""
    return tx.all(
        select(*columns_of(Loan, loans)).where(loans.c.depot_id == tx.depot_id, loans.c.deleted_at.is_(None))
        .order_by(loans.c.number),
        Loan,
    )


def overdue(tx: Tx, today: date) -> int:
    """How many loans should have been back before ``today``."""
    return int(tx.scalar(
        select(func.count()).select_from(loans).where(
            loans.c.depot_id == tx.depot_id, loans.c.deleted_at.is_(None), loans.c.cleared_at.is_(None),
            loans.c.due_on < today)
    ))


def case_known(tx: Tx, number: str) -> str | None:
    """The number of the return case or service request as it is written, if there is one."""
    wanted = number.strip().upper()
    found = tx.scalar(
        select(return_cases.c.number).where(
            return_cases.c.depot_id == tx.depot_id, return_cases.c.number == wanted, return_cases.c.stage != Stage.VOID)
    ) or tx.scalar(
        select(service_requests.c.number).where(
            service_requests.c.depot_id == tx.depot_id, service_requests.c.number == wanted,
            service_requests.c.state != RequestState.VOID)
    )
    return None if found is None else str(found)


def _rows(tx: Tx, found: Sequence[Loan]) -> tuple[LoanRow, ...]:
    ids = [loan.id for loan in found]
    lent: dict[str, int] = {}
    out: dict[str, int] = {}
    for line in lines(tx, ids):
        lent[line.loan_id] = lent.get(line.loan_id, 0) + line.quantity
        out[line.loan_id] = out.get(line.loan_id, 0) + line.quantity
    for entry in returns(tx, ids):
        out[entry.loan_id] -= entry.quantity
    return tuple(LoanRow(loan, lent.get(loan.id, 0), out.get(loan.id, 0)) for loan in found)
