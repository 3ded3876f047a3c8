"""Parts used on a trip leave whatever the technician took along: borrowed pieces first, then their own place.

A loan slip that is named must be the technician's and must still have the pieces out (service rules S4.8 11.5). Where
none is named the technician's open loans are looked through, the earliest due first, then their van. What is found in
neither is on the slip all the same: it was never in our stock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain import loans as rules
from app.domain.loans import Loan, LoanFate, LoanLine, LoanReturn
from app.domain.site_visits import SitePart, SiteVisit
from app.domain.stock import PartGrade, PartMove
from app.errors import Refused
from app.persistence import loans as rows
from app.persistence import parts as part_rows
from app.persistence import stock
from app.persistence.journal import JournalEntry
from app.persistence.stock import Booking
from app.persistence.transaction import Tx
from app.services import part_ledger


@dataclass(frozen=True, slots=True)
class TripBooked:
    """What was booked: the parts as they are written down, and the facts by which it is taken back."""

    parts: tuple[SitePart, ...]
    facts: Mapping[str, Any]


def use_up(tx: Tx, visit: SiteVisit, parts: Sequence[SitePart], request_number: str, slip: str) -> TripBooked:
    """Book ``parts`` out as consumed on the request.

    Refused: ``requests.loan-unknown``, ``requests.loan-other`` (somebody else borrowed it), ``requests.part-not-lent``,
    ``requests.part-more-than-lent``.
    """
    written, returns, booked = [], [], []
    for part in parts:
        left, slips = part.quantity, []
        for loan, line, out in _lent(tx, visit, part):
            pieces = min(left, out)
            if pieces:
                returns.append(_consumed(tx, loan, line, pieces, request_number))
                slips.append(loan.number)
                _clear(tx, loan)
                left -= pieces
        if left and part.loan_number.strip():
            raise Refused("requests.part-more-than-lent", field="parts", name=part.part_no or part.name,
                          value=part.quantity, left=part.quantity - left, number=part.loan_number.strip().upper())
        listed = part_rows.of_number(tx, part.part_no.strip()) if part.part_no.strip() else None
        if left and listed is not None:
            booked += _from_the_van(tx, visit, listed.id, left, request_number, slip)
        written.append(replace(
            part, loan_number=slips[0] if slips else part.loan_number.strip(), part_id=listed.id if listed else None))
    return TripBooked(tuple(written), {"returns": returns, "booked": booked})


def give_again(tx: Tx, entry: JournalEntry) -> None:
    """The report was taken back: borrowed pieces are out again, those of the van lie there. ``entry`` has the facts."""
    for made in rows.returns_by_id(tx, entry.facts.get("returns", ())):
        rows.add_return(tx, replace(
            made, id=tx.new_id(), quantity=-made.quantity, at=tx.at, by=tx.by, by_name=tx.by_name,
            reverses_id=made.id))
        rows.change(tx, made.loan_id, cleared_at=None)     # whoever cleared it since, these are out again
    part_ledger.take_back(tx, entry, entry.facts.get("booked", ()))


def _lent(tx: Tx, visit: SiteVisit, part: SitePart) -> list[tuple[Loan, LoanLine, int]]:
    """Where the technician has the part from, with the pieces still out."""
    named = part.loan_number.strip().upper()
    if named:
        loan = rows.by_number(tx, named)
        if loan is None:
            raise Refused("requests.loan-unknown", field="parts", value=named)
        if loan.borrower_id != visit.technician_id:
            raise Refused("requests.loan-other", field="parts", number=named, name=loan.borrower_name)
        loans: tuple[Loan, ...] = (loan,)
    else:
        loans = rows.open_of(tx, visit.technician_id)
    found = []
    for loan in loans:
        lines = rows.lines(tx, [loan.id])
        left = rules.outstanding(lines, rows.returns(tx, [loan.id]))
        found += [(loan, line, left[line.id]) for line in lines if _same(line, part)]
    if named and not found:
        raise Refused("requests.part-not-lent", field="parts", name=part.part_no or part.name, number=named)
    return found


def _same(line: LoanLine, part: SitePart) -> bool:
    """By its number where one is typed, else by its name."""
    number, name = part.part_no.strip().casefold(), part.name.strip().casefold()
    if number:
        return line.part_no.casefold() == number
    return name in {line.name_zh.casefold(), line.name_en.casefold()}


def _consumed(tx: Tx, loan: Loan, line: LoanLine, pieces: int, request_number: str) -> str:
    made = LoanReturn(
        tx.new_id(), loan.id, line.id, LoanFate.CONSUMED, pieces, request_number, "", "", tx.at, tx.by, tx.by_name)
    rows.add_return(tx, made)
    return made.id


def _clear(tx: Tx, loan: Loan) -> None:
    """A loan of which nothing is out any more is cleared."""
    if not any(rules.outstanding(rows.lines(tx, [loan.id]), rows.returns(tx, [loan.id])).values()):
        rows.change(tx, loan.id, cleared_at=tx.at)


def _from_the_van(
    tx: Tx, visit: SiteVisit, part_id: str, pieces: int, request_number: str, slip: str
) -> list[dict[str, Any]]:
    own = stock.place_of(tx, visit.technician_id)
    if own is None or stock.there(tx, part_id, own.id, PartGrade.NEW) < pieces:
        return []
    return part_ledger.post(tx, part_ledger.known(tx, part_id), Booking(
        part_id, -pieces, PartMove.ISSUE, request_number, own.id, PartGrade.NEW, slip, subject_id=visit.id))
