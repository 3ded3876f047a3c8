"""Where parts lie: what is to be ordered, moves between places, re-inspection and scrap (S4.8 11.4–11.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.changes import Changes
from app.depot import Depot
from app.domain.masterdata import Part
from app.domain.people import Action
from app.domain.stock import (
    GRADE_AFTER,
    MAIN_STORE,
    USABLE,
    CheckResult,
    PartGrade,
    PartMove,
    Recheck,
    StockPlace,
    quantity_problems,
)
from app.errors import Refused
from app.persistence import journal, masterdata
from app.persistence import stock as rows
from app.persistence.journal import JournalEntry
from app.persistence.stock import Booking
from app.persistence.transaction import Tx
from app.services import part_ledger, stock_places
from app.services.part_ledger import may_keep_stock, post
from app.services.undoing import Way

_CHANGES = Changes.PARTS | Changes.MASTERDATA


@dataclass(frozen=True, slots=True)
class Moved:
    """Pieces moved. ``left``: how many are still where they were taken from."""

    part: Part
    quantity: int
    left: int
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Transfer:
    """Pieces from one place to another. ``document_number``: of a paper, if there is one."""

    part_id: str
    quantity: int
    from_id: str
    to_id: str
    grade: PartGrade = PartGrade.NEW
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class Rechecking:
    """What QA found of pieces that came back, and the number of the certificate."""

    part_id: str
    quantity: int
    result: CheckResult
    certificate: str
    place_id: str = MAIN_STORE
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A part that has come down to its level at a place. ``stock``: pieces there that may be fitted."""

    part: Part
    place: StockPlace
    stock: int
    level: int

    @property
    def id(self) -> str:
        """What tells one line from another."""
        return f"{self.part.id}:{self.place.id}"

    @property
    def short(self) -> int:
        """How many pieces are needed to be above the level again."""
        return self.level - self.stock + 1


@dataclass(frozen=True, slots=True)
class Lot:
    """Pieces of a part at a place in one grade."""

    part: Part
    place: StockPlace
    grade: PartGrade
    pieces: int

    @property
    def id(self) -> str:
        """What tells one lot from another."""
        return f"{self.part.id}:{self.place.id}:{self.grade}"


# -- looking -----------------------------------------------------------------------------------------------------


def places(depot: Depot, *, inactive_too: bool = False) -> tuple[StockPlace, ...]:
    """The main store, then the other places by name."""
    with depot.read() as tx:
        return (part_ledger.place(tx, MAIN_STORE), *rows.places(tx, inactive_too=inactive_too))


def staff(depot: Depot) -> tuple[tuple[str, str], ...]:
    """Id and name of everybody whose own place it may be."""
    with depot.read() as tx:
        return rows.staff(tx)


def lots(depot: Depot, place_id: str | None = None) -> tuple[Lot, ...]:
    """What lies where, by part number and place; of one place where ``place_id`` says so."""
    with depot.read() as tx:
        known = {part.id: part for part in masterdata.everything(tx, Part)}
        named = {found.id: found for found in rows.places(tx, inactive_too=True)}
        named[MAIN_STORE] = part_ledger.place(tx, MAIN_STORE)
        found = [
            Lot(known[part_id], named[place], grade, pieces) for part_id, place, grade, pieces in rows.all_lots(tx)
            if part_id in known and place in named and place_id in {None, place}
        ]
    return tuple(sorted(found, key=lambda lot: (lot.part.part_no, lot.place.name, lot.grade)))


def to_order(depot: Depot) -> tuple[OrderLine, ...]:
    """Parts that have come down to their level, by place: the main store is ordered for, the others are filled up."""
    with depot.read() as tx:
        held: dict[tuple[str, str], int] = {}
        for part_id, place_id, grade, pieces in rows.all_lots(tx):
            if grade in USABLE:
                held[part_id, place_id] = held.get((part_id, place_id), 0) + pieces
        known = {part.id: part for part in masterdata.everything(tx, Part, active_only=True)}
        named = {found.id: found for found in rows.places(tx)}
        named[MAIN_STORE] = part_ledger.place(tx, MAIN_STORE)
        wanted = {(part.id, MAIN_STORE): part.reorder_level for part in known.values()} | dict(rows.levels(tx))
    found = [
        OrderLine(known[part_id], named[place_id], held.get((part_id, place_id), 0), level)
        for (part_id, place_id), level in wanted.items()
        if level > 0 and part_id in known and place_id in named and held.get((part_id, place_id), 0) <= level
    ]
    return tuple(sorted(found, key=lambda line: (line.place.name, line.part.part_no)))


# -- pieces ------------------------------------------------------------------------------------------------------


def transfer(depot: Depot, wanted: Transfer) -> Moved:
    """Move pieces between two places: both halves are written by one action.

    Refused: ``stock.quantity``, ``stock.same-place``, ``stock.place-unknown``, ``stock.place-off``,
    ``part.stock-short``.
    """
    may_keep_stock(depot)
    if wrong := quantity_problems(wanted.quantity):
        raise Refused.because(wrong)
    with depot.write() as tx:
        part = part_ledger.known(tx, wanted.part_id)
        source, target = part_ledger.place(tx, wanted.from_id, "from"), part_ledger.open_place(tx, wanted.to_id, "to")
        if source.id == target.id:
            raise Refused("stock.same-place", field="to", place=part_ledger.named(source))
        number, transfer_id = wanted.document_number.strip(), tx.new_id()
        out = Booking(part.id, -wanted.quantity, PartMove.TRANSFER, "", source.id, wanted.grade, number, target.id,
                      transfer_id)
        into = replace(out, quantity=wanted.quantity, place_id=target.id, other_place_id=source.id)
        booked = post(tx, part, out, into)
        entry_id = journal.record(
            tx, "stock.transfer", subject_kind="part", subject_id=part.id, subject_number=part.part_no,
            facts={"quantity": wanted.quantity, "from": source.name, "to": target.name, "document": number,
                   "booked": booked},
        )
        return Moved(part, wanted.quantity, rows.there(tx, part.id, source.id, wanted.grade), entry_id)


def recheck(depot: Depot, wanted: Rechecking) -> Moved:
    """QA re-inspects pieces that came back, with a certificate; only then they may be fitted or lent again.

    Refused: ``stock.quantity``, ``stock.certificate-missing``, ``stock.certificate-taken``, ``part.stock-short``
    (so many do not wait there), ``people.not-allowed``.
    """
    depot.require(Action.INSPECT)
    certificate = wanted.certificate.strip()
    if wrong := quantity_problems(wanted.quantity):
        raise Refused.because(wrong)
    if not certificate:
        raise Refused("stock.certificate-missing", field="certificate")
    with depot.write() as tx:
        part, place = part_ledger.known(tx, wanted.part_id), part_ledger.place(tx, wanted.place_id)
        if rows.certificate_known(tx, certificate):
            raise Refused("stock.certificate-taken", field="certificate", value=certificate)
        made = Recheck(
            tx.new_id(), part.id, place.id, wanted.quantity, wanted.result, certificate, tx.by, tx.by_name,
            wanted.note.strip(), tx.at,
        )
        grade = GRADE_AFTER[wanted.result]
        kind = PartMove.SCRAP if grade is None else PartMove.RECHECK
        out = Booking(part.id, -wanted.quantity, kind, made.note, place.id, PartGrade.UNCHECKED, certificate,
                      subject_id=made.id)
        booked = post(tx, part, out, *([replace(out, quantity=wanted.quantity, grade=grade)] if grade else []))
        rows.add_recheck(tx, made)
        entry_id = journal.record(
            tx, "stock.recheck", subject_kind="part", subject_id=part.id, subject_number=part.part_no,
            facts={"quantity": wanted.quantity, "result": wanted.result.value, "certificate": certificate,
                   "recheck": made.id, "booked": booked},
        )
        return Moved(part, wanted.quantity, rows.there(tx, part.id, place.id, PartGrade.UNCHECKED), entry_id)


def scrap(
    depot: Depot, part_id: str, quantity: int, reason: str, place_id: str = MAIN_STORE,
    grade: PartGrade = PartGrade.NEW,
) -> Moved:
    """Throw pieces away. Refused: ``stock.quantity``, ``stock.reason-missing``, ``part.stock-short``."""
    may_keep_stock(depot)
    if wrong := quantity_problems(quantity):
        raise Refused.because(wrong)
    if not reason.strip():
        raise Refused("stock.reason-missing", field="reason")
    with depot.write() as tx:
        part, place = part_ledger.known(tx, part_id), part_ledger.place(tx, place_id)
        booked = post(tx, part, Booking(part.id, -quantity, PartMove.SCRAP, reason.strip(), place.id, grade))
        entry_id = journal.record(
            tx, "stock.scrap", subject_kind="part", subject_id=part.id, subject_number=part.part_no,
            facts={"quantity": quantity, "reason": reason.strip(), "booked": booked},
        )
        return Moved(part, quantity, rows.there(tx, part.id, place.id, grade), entry_id)


def _undo_recheck(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.end_recheck(tx, entry.facts["recheck"])
    return _undo_pieces(depot, tx, entry)


def _undo_pieces(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    part_ledger.take_back(tx, entry)
    return _CHANGES


UNDO: Mapping[str, Way] = {
    **stock_places.UNDO,
    "stock.transfer": Way(_undo_pieces),
    "stock.recheck": Way(_undo_recheck, permission=Action.INSPECT),
    "stock.scrap": Way(_undo_pieces),
}
