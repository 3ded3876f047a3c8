"""Stock-take of parts by place: count, compare, book the differences with reason and the supervisor's name (F20P)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.changes import Changes
from app.depot import Depot
from app.domain import part_counting as rules
from app.domain.numbering import DocumentType
from app.domain.part_counting import PartCount, PartCountLine, PartStocktake
from app.domain.people import Action
from app.domain.signing import OwnSignature
from app.domain.stock import PartGrade, PartMove
from app.domain.stocktaking import StocktakeState
from app.errors import Refused
from app.persistence import journal, node, stock
from app.persistence import part_counting as rows
from app.persistence import parts as part_rows
from app.persistence.journal import JournalEntry
from app.persistence.stock import Booking
from app.persistence.transaction import Tx
from app.services import part_ledger, signing
from app.services.undoing import Way

_CHANGES = Changes.PARTS | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class PartSheet:
    """A stock-take with its lines."""

    stocktake: PartStocktake
    lines: tuple[PartCountLine, ...]

    @property
    def counted(self) -> int:
        """How many lines are counted."""
        return sum(line.counted is not None for line in self.lines)

    @property
    def differences(self) -> int:
        """How many lines differ."""
        return sum(bool(line.difference) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Counting:
    """A stock-take was begun, counted on, or ended; ``entry_id`` can be undone where one is given."""

    stocktake: PartStocktake
    entry_id: str = ""
    booked: int = 0
    changes: Changes = _CHANGES


def start(depot: Depot, place_id: str) -> Counting:
    """Begin a stock-take of a place. Refused: ``stock.place-unknown``, ``part_counting.already-open``."""
    depot.require(Action.STOCK_TAKE)
    with depot.write() as tx:
        place = part_ledger.place(tx, place_id)
        running = rows.open_one(tx, place_id)
        if running is not None:
            raise Refused("part_counting.already-open", field="place", place=part_ledger.named(place),
                          number=running.number)
        (number,) = node.next_number(tx, DocumentType.STOCK_TAKE, depot.local_day(tx.at))
        made = PartStocktake(
            tx.new_id(), number, place_id, place.name, StocktakeState.OPEN, tx.at, tx.by, tx.by_name, None, None, "",
            None, "",
        )
        rows.add(tx, made)
        node.record_document(
            tx, number, DocumentType.STOCK_TAKE, "F20P", subject_kind="part_stocktake", subject_id=made.id)
        entry_id = _record(tx, "part_counting.start", made, {"place": place.name})
        return Counting(made, entry_id)


def listed(depot: Depot) -> tuple[PartStocktake, ...]:
    """Stock-takes, those under way first. Moments are in the depot's time."""
    with depot.read() as tx:
        return tuple(_local(depot, row) for row in rows.listed(tx))


def known(depot: Depot, number: str) -> bool:
    """Whether ``number`` is of a stock-take of parts: zones and parts share the letter."""
    with depot.read() as tx:
        return rows.by_number(tx, number) is not None


def sheet(depot: Depot, stocktake_id: str) -> PartSheet:
    """The lines as they stand. Refused: ``part_counting.unknown``."""
    with depot.read() as tx:
        found = rows.get(tx, stocktake_id)
        if found is None:
            raise Refused("part_counting.unknown")
        return PartSheet(_local(depot, found), _lines(tx, found))


def count(
    depot: Depot, stocktake_id: str, part_no: str, pieces: int, grade: PartGrade = PartGrade.NEW, reason: str = ""
) -> Counting:
    """So many pieces of a part lie there; counted again, the newer count holds.

    Refused: ``part_counting.unknown``, ``part_counting.ended``, ``part_counting.pieces``, ``part.unknown``.
    """
    depot.require(Action.STOCK_TAKE)
    if wrong := rules.count_problems(pieces):
        raise Refused.because(wrong)
    with depot.write() as tx:
        found = _open(tx, stocktake_id)
        part = part_rows.of_number(tx, part_no.strip())
        if part is None:
            raise Refused("part.unknown", field="part_no", value=part_no.strip())
        booked = stock.there(tx, part.id, found.place_id, grade)
        rows.add_count(tx, PartCount(
            tx.new_id(), found.id, part.id, grade, pieces, booked, reason.strip(), tx.at, tx.by, tx.by_name))
        _record(tx, "part_counting.count", found, {
            "part": part.part_no, "grade": grade.value, "pieces": pieces, "booked": booked, "reason": reason.strip()})
        return Counting(found, changes=Changes.PARTS)


def finish(depot: Depot, stocktake_id: str, supervisor: OwnSignature, note: str = "") -> Counting:
    """Sign the count; every difference is booked as a correction with its reason and the supervisor's name.

    ``note``: the reason of differences that have none of their own. A signed count is not taken back: another one
    follows. Refused: ``part_counting.unknown``, ``part_counting.ended``, the codes of
    ``domain.part_counting.finish_problems``, ``part.stock-short``, ``people.not-allowed``, the codes of signing.
    """
    depot.require(Action.STOCK_TAKE)
    with depot.write() as tx:
        found = _open(tx, stocktake_id)
        lines = _lines(tx, found)
        if wrong := rules.finish_problems(lines, note):
            raise Refused.because(wrong)
        signed = signing.sign_for(
            depot, tx, supervisor, Action.OVERRIDE, purpose="part_counting.finish", subject_kind="part_stocktake",
            subject_id=found.id, field="supervisor",
        )
        differing = [line for line in lines if line.difference]
        for line in differing:
            part_ledger.post(tx, line.part, Booking(
                line.part.id, line.difference, PartMove.CORRECTION, f"{line.reason or note.strip()} / {signed.name}",
                found.place_id, line.grade, found.number, subject_id=found.id), field="lines")
        ended = {"state": StocktakeState.FINISHED, "finished_at": tx.at, "finished_by": tx.by,
                 "supervisor": signed.name, "signature_id": signed.id, "note": note.strip()}
        rows.change(tx, found.id, **ended)
        entry_id = _record(tx, "part_counting.finish", found, {
            "counted": len(lines), "supervisor": signed.name, "note": note.strip(),
            "differences": [[line.part.part_no, line.grade.value, line.difference] for line in differing]})
        return Counting(rows.get(tx, found.id) or found, entry_id, len(differing))


def abandon(depot: Depot, stocktake_id: str, reason: str) -> Counting:
    """End a stock-take without a result. Refused: ``part_counting.reason``, ``part_counting.ended``."""
    depot.require(Action.STOCK_TAKE)
    if not reason.strip():
        raise Refused("part_counting.reason", field="reason")
    with depot.write() as tx:
        found = _open(tx, stocktake_id)
        _end(tx, found.id, reason.strip())
        return Counting(found, _record(tx, "part_counting.abandon", found, {"reason": reason.strip()}))


def _lines(tx: Tx, found: PartStocktake) -> tuple[PartCountLine, ...]:
    counts = rows.counts(tx, found.id)
    booked = {
        (part_id, grade): pieces for part_id, place_id, grade, pieces in stock.all_lots(tx)
        if place_id == found.place_id
    } if found.state is StocktakeState.OPEN else {}
    return rules.sheet(booked, counts, rows.parts_of(tx, {p for p, _g in booked} | {c.part_id for c in counts}))


def _open(tx: Tx, stocktake_id: str) -> PartStocktake:
    found = rows.get(tx, stocktake_id)
    if found is None:
        raise Refused("part_counting.unknown")
    if found.state is not StocktakeState.OPEN:
        raise Refused("part_counting.ended", number=found.number, state=found.state)
    return found


def _end(tx: Tx, stocktake_id: str, reason: str) -> None:
    rows.change(
        tx, stocktake_id, state=StocktakeState.ABANDONED, finished_at=tx.at, finished_by=tx.by, note=reason)
    node.void_documents(tx, [stocktake_id], reason)


def _local(depot: Depot, row: PartStocktake) -> PartStocktake:
    def at(moment: datetime) -> datetime:
        return moment.astimezone(depot.zone)

    return replace(
        row, started_at=at(row.started_at), finished_at=at(row.finished_at) if row.finished_at else None)


def _record(tx: Tx, action: str, found: PartStocktake, facts: Mapping[str, object]) -> str:
    return journal.record(
        tx, action, subject_kind="part_stocktake", subject_id=found.id, subject_number=found.number, facts=facts)


def _nothing_counted(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    found = rows.get(tx, entry.subject_id)
    if found is None or found.state is not StocktakeState.OPEN or rows.counts(tx, entry.subject_id):
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _unstart(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    _end(tx, entry.subject_id, "undone")
    return _CHANGES


UNDO: Mapping[str, Way] = {"part_counting.start": Way(_unstart, _nothing_counted, Action.STOCK_TAKE)}

__all__ = ["UNDO", "Counting", "PartSheet", "abandon", "count", "finish", "known", "listed", "sheet", "start"]
