"""Stock-take (盘点): count a zone by shelf with the scanner, see what differs, sign (art. 12.2; form F20)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from app.changes import Changes
from app.depot import Depot
from app.domain import stocktaking
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import ZONES, Place
from app.domain.signing import Signature
from app.domain.stocktaking import Booked, Count, Difference, Finding, Stocktake, StocktakeState
from app.errors import Refused
from app.persistence import journal, node
from app.persistence import receiving as units
from app.persistence import stocktaking as rows
from app.persistence import storage as shelf_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import meanwhile, signing, storage
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class Started:
    """A stock-take was begun."""

    stocktake: Stocktake
    entry_id: str
    changes: Changes = Changes.STOCKTAKES | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class Counted:
    """One scan. ``again``: this unit was counted on this shelf before; nothing was written."""

    finding: Finding
    unit: Booked | None
    scanned: str
    again: bool
    count_id: str
    changes: Changes = Changes.STOCKTAKES


@dataclass(frozen=True, slots=True)
class CountSheet:
    """A stock-take with its lines and how many there are of each finding; ``booked``: units the ledger has there."""

    stocktake: Stocktake
    lines: tuple[Difference, ...]
    tally: Mapping[Finding, int]
    booked: int
    shelf_codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finished:
    """A stock-take was signed. ``corrected``: units whose shelf now follows the count."""

    number: str
    tally: Mapping[Finding, int]
    corrected: tuple[str, ...]
    entry_id: str
    changes: Changes = Changes.STOCKTAKES | Changes.UNITS | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class CountTakenBack:
    """A scan no longer holds."""

    changes: Changes = Changes.STOCKTAKES


def start(depot: Depot, zone: Place) -> Started:
    """Begin a stock-take of ``zone``. Refused: ``stocktaking.zone``, ``stocktaking.already-open``."""
    depot.require(Action.STOCK_TAKE)
    if zone not in ZONES:
        raise Refused("stocktaking.zone", field="zone", place=zone)
    with depot.write() as tx:
        running = rows.open_one(tx, zone)
        if running is not None:
            raise Refused("stocktaking.already-open", field="zone", zone=zone, number=running.number)
        (number,) = node.next_number(tx, DocumentType.STOCK_TAKE, depot.local_day(tx.at))
        made = Stocktake(
            tx.new_id(), number, zone, StocktakeState.OPEN, tx.at, tx.by, None, None, None, {}, ""
        )
        rows.add(tx, made)
        node.record_document(
            tx, number, DocumentType.STOCK_TAKE, "F20C", subject_kind="stocktake", subject_id=made.id
        )
        entry_id = journal.record(
            tx, "stocktaking.start", subject_kind="stocktake", subject_id=made.id, subject_number=number,
            facts={"zone": zone.value},
        )
        begun = _open(tx, made.id)
    return Started(begun, entry_id)


def running(depot: Depot, zone: Place) -> Stocktake | None:
    """The stock-take of ``zone`` that is under way."""
    with depot.read() as tx:
        return rows.open_one(tx, zone)


def stocktakes(depot: Depot, *, before: Stocktake | None = None, limit: int = 50) -> tuple[Stocktake, ...]:
    """Stock-takes, the newest first, paged."""
    with depot.read() as tx:
        found = rows.listed(tx, before=before, limit=limit)
    return tuple(
        replace(
            row, started_at=row.started_at.astimezone(depot.zone),
            finished_at=row.finished_at.astimezone(depot.zone) if row.finished_at else None,
        )
        for row in found
    )


def count(depot: Depot, stocktake_id: str, scanned: str, shelf_id: str | None) -> Counted:
    """Note that ``scanned`` (a serial or the number of a case or traveller) was seen on ``shelf_id``.

    The same unit on the same shelf again is harmless; on another shelf the newer count holds.
    Refused: ``stocktaking.nothing``, ``stocktaking.ended``, ``storage.other-zone``.
    """
    depot.require(Action.STOCK_TAKE)
    text = scanned.strip()
    if not text:
        raise Refused("stocktaking.nothing", field="scan")
    with depot.write() as tx:
        found = _open(tx, stocktake_id)
        if shelf_id is not None:
            shelf = shelf_rows.shelf_view(tx, shelf_id)
            if shelf is None or shelf.place is not found.place:
                raise Refused("stocktaking.shelf", field="shelf", zone=found.place)
        unit_id = storage.unit_scanned(tx, text, found.place)
        unit = rows.booked(tx, [unit_id])[0] if unit_id else None
        before = _before(tx, stocktake_id, unit_id, text)
        says = stocktaking.finding(unit, found.place, shelf_id)
        if before is not None and before.shelf_id == shelf_id:
            return Counted(says, unit, text, again=True, count_id=before.id, changes=Changes.NOTHING)
        made = Count(tx.new_id(), stocktake_id, unit_id, text, shelf_id, tx.at, tx.by)
        rows.add_count(tx, made)
    return Counted(says, unit, text, again=False, count_id=made.id)


def take_back_count(depot: Depot, count_id: str) -> CountTakenBack:
    """Let a scan no longer hold. Refused: ``stocktaking.unknown-count``, ``stocktaking.ended``."""
    depot.require(Action.STOCK_TAKE)
    with depot.write() as tx:
        found = rows.count(tx, count_id)
        if found is None:
            raise Refused("stocktaking.unknown-count")
        _open(tx, found.stocktake_id)
        rows.take_back_count(tx, count_id)
    return CountTakenBack()


def sheet(depot: Depot, stocktake_id: str) -> CountSheet:
    """The count sheet now; of a finished stock-take, as it was signed is in ``stocktake.differences``."""
    with depot.read() as tx:
        found = rows.get(tx, stocktake_id)
        if found is None:
            raise Refused("stocktaking.unknown")
        return _sheet(tx, found)


def finish(
    depot: Depot, stocktake_id: str, seq: int, signature: Signature, *, note: str = "", correct_shelves: bool = True
) -> Finished:
    """Sign the count. Where only the shelf differs the ledger follows it (``correct_shelves``), by a move that names
    the stock-take. What is missing, unexpected or unknown is kept as a difference: no unit moves between custodians
    because somebody did not see it.

    Refused: ``stocktaking.ended``, ``stocktaking.changed-meanwhile``, ``stocktaking.unexplained`` (differences stay
    and ``note`` says nothing), the codes of signing; the signer must be allowed to take stock.
    """
    depot.require(Action.STOCK_TAKE)
    with depot.write() as tx:
        found = _open(tx, stocktake_id)
        if found.seq != seq:
            raise meanwhile.changed(depot, tx, "stocktaking.changed-meanwhile", found.id, number=found.number)
        written = _sheet(tx, found)
        open_lines = [line for line in written.lines if line.finding not in {Finding.FOUND, Finding.MISPLACED}]
        if open_lines and not note.strip():
            raise Refused("stocktaking.unexplained", field="note", count=len(open_lines))
        signed = signing.sign_for(
            depot, tx, signature, Action.STOCK_TAKE, purpose="stocktaking.finish", subject_kind="stocktake",
            subject_id=found.id, field="signature",
        )
        corrected = _correct(tx, written, found.number) if correct_shelves else []
        tally = {finding.value: n for finding, n in written.tally.items()}
        rows.change(
            tx, found.id, state=StocktakeState.FINISHED, finished_at=tx.at, finished_by=tx.by,
            signature_id=signed.id, note=note.strip(),
            differences={
                "tally": tally, "booked": written.booked,
                "lines": [_plain(line, written.shelf_codes, corrected) for line in written.lines
                          if line.finding is not Finding.FOUND],
            },
        )
        entry_id = journal.record(
            tx, "stocktaking.finish", subject_kind="stocktake", subject_id=found.id, subject_number=found.number,
            facts={"zone": found.place.value, "tally": tally, "corrected": len(corrected), "signed_by": signed.name},
        )
    return Finished(found.number, written.tally, tuple(corrected), entry_id)


def abandon(depot: Depot, stocktake_id: str, reason: str) -> Finished:
    """End a stock-take without a result. Refused: ``stocktaking.ended``, ``stocktaking.reason``."""
    depot.require(Action.STOCK_TAKE)
    if not reason.strip():
        raise Refused("stocktaking.reason", field="note")
    with depot.write() as tx:
        found = _open(tx, stocktake_id)
        rows.change(
            tx, found.id, state=StocktakeState.ABANDONED, finished_at=tx.at, finished_by=tx.by,
            note=reason.strip(),
        )
        node.void_documents(tx, [found.id], reason.strip())
        entry_id = journal.record(
            tx, "stocktaking.abandon", subject_kind="stocktake", subject_id=found.id, subject_number=found.number,
            facts={"reason": reason.strip()},
        )
    return Finished(found.number, {}, (), entry_id)


def _open(tx: Tx, stocktake_id: str) -> Stocktake:
    found = rows.get(tx, stocktake_id)
    if found is None:
        raise Refused("stocktaking.unknown")
    if found.state is not StocktakeState.OPEN:
        raise Refused("stocktaking.ended", number=found.number)
    return found


def _before(tx: Tx, stocktake_id: str, unit_id: str | None, text: str) -> Count | None:
    if unit_id is not None:
        return rows.count_of_unit(tx, stocktake_id, unit_id)
    return rows.count_of_text(tx, stocktake_id, text)


def _sheet(tx: Tx, found: Stocktake) -> CountSheet:
    counts = rows.counts(tx, found.id)
    here = rows.booked_in(tx, found.place)
    booked = {unit.unit_id: unit for unit in here}
    elsewhere = {c.unit_id for c in counts if c.unit_id is not None and c.unit_id not in booked}
    booked |= {unit.unit_id: unit for unit in rows.booked(tx, elsewhere)}
    lines = stocktaking.sheet(found.place, found.started_at, booked, counts)
    codes = {shelf.id: shelf.code for shelf in shelf_rows.shelf_views(tx, found.place)}
    return CountSheet(found, lines, stocktaking.tally(lines), len(here), codes)


def _correct(tx: Tx, written: CountSheet, number: str) -> list[str]:
    """Let the ledger follow the count where only the shelf differs and the shelf may hold the unit."""
    corrected = []
    for line in written.lines:
        if line.finding is not Finding.MISPLACED or line.unit is None or line.counted_shelf_id is None:
            continue
        unit = units.unit(tx, line.unit.unit_id)
        shelf = shelf_rows.shelf_view(tx, line.counted_shelf_id)
        if unit is None or shelf is None or storage.objection(tx, unit, shelf) is not None:
            continue
        storage.put(tx, [unit], shelf, document_number=number)
        corrected.append(unit.id)
    return corrected


def _plain(line: Difference, codes: Mapping[str, str], corrected: Collection[str]) -> dict[str, object]:
    unit = line.unit
    return {
        "finding": line.finding.value, "scanned": line.scanned, "unit_id": unit.unit_id if unit else None,
        "serial": unit.serial if unit else line.scanned, "model": unit.model if unit else "",
        "case_number": (unit.case_number or "") if unit else "", "place": unit.place.value if unit else "",
        "shelf": (unit.shelf_code or "") if unit else "", "counted_shelf": codes.get(line.counted_shelf_id or "", ""),
        "corrected": unit is not None and unit.unit_id in corrected,
    }


def _nothing_counted(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    found = rows.get(tx, entry.subject_id)
    if found is None or found.state is not StocktakeState.OPEN:
        return Refused("stocktaking.ended", number=entry.subject_number)
    return None


def _unstart(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change(
        tx, entry.subject_id, state=StocktakeState.ABANDONED, finished_at=tx.at, finished_by=tx.by
    )
    node.void_documents(tx, [entry.subject_id], "undone")
    return Changes.STOCKTAKES | Changes.DOCUMENTS


UNDO: dict[str, Way] = {
    "stocktaking.start": Way(_unstart, _nothing_counted, Action.STOCK_TAKE),
}
