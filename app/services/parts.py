"""Parts (备件): quantities that the bench consumes; their stock is a ledger that is corrected, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain import search as tokens
from app.domain.masterdata import Part, part_problems
from app.domain.people import Action, may
from app.domain.repair import PartUse, RepairOrder
from app.domain.stock import MAIN_STORE, MOST, Lot, PartGrade, PartMove, Recheck, StockPlace, quantity_problems
from app.errors import Refused
from app.persistence import editing as edits
from app.persistence import journal, masterdata
from app.persistence import parts as rows
from app.persistence import repair as repair_rows
from app.persistence import stock as stock_rows
from app.persistence.journal import JournalEntry
from app.persistence.parts import PartFilter, PartLine, StockLine
from app.persistence.stock import Booking
from app.persistence.transaction import Tx
from app.services import editing, part_ledger, search
from app.services.part_ledger import OPENING, RECEIVED, UNDONE, may_keep_stock, post
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class PartFile:
    """A part as an edit sees it, with its pieces by place and grade and the newest lines of its ledger.

    ``stock``: all pieces, whatever their state.
    """

    part: Part
    seen: int
    stock: int
    ledger: tuple[StockLine, ...]
    lots: tuple[tuple[Lot, int], ...] = ()
    rechecks: tuple[Recheck, ...] = ()
    places: tuple[StockPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class PartWritten:
    """A part was entered or changed; ``entry_id`` can be undone."""

    part: Part
    entry_id: str
    changes: Changes = Changes.MASTERDATA | Changes.PARTS


@dataclass(frozen=True, slots=True)
class StockBooked:
    """Pieces came in or the count was corrected; ``stock``: what there is now."""

    part: Part
    quantity: int
    stock: int
    entry_id: str
    changes: Changes = Changes.MASTERDATA | Changes.PARTS


def parts(
    depot: Depot, wanted: PartFilter, after: PartLine | None = None, limit: int = 200, *, descending: bool = False
) -> tuple[PartLine, ...]:
    """A page of the list, by part number."""
    with depot.read() as tx:
        wanted = _with_pinyin(tx, wanted)
        return rows.page(tx, wanted, after.part if after else None, limit, descending=descending)


def count(depot: Depot, wanted: PartFilter) -> int:
    """How many parts there are under ``wanted``."""
    with depot.read() as tx:
        return rows.count(tx, _with_pinyin(tx, wanted))


def find(depot: Depot, text: str, limit: int = 12) -> tuple[PartLine, ...]:
    """Active parts with their stock for what was typed into a choice."""
    return parts(depot, PartFilter(text=text.strip()), limit=limit)


def file(depot: Depot, part_id: str, limit: int = 200) -> PartFile:
    """Everything about one part. Refused: ``masterdata.gone``."""
    with depot.read() as tx:
        part, seen = masterdata.get(tx, Part, part_id), edits.version(tx, Part, part_id)
        if part is None or seen is None:
            raise Refused("masterdata.gone", name=part.part_no if part else "")
        ledger = tuple(replace(line, at=line.at.astimezone(depot.zone)) for line in rows.ledger(tx, part_id, limit))
        checks = tuple(replace(c, at=c.at.astimezone(depot.zone)) for c in stock_rows.rechecks(tx, part_id))
        lots = tuple(sorted(stock_rows.lots(tx, part_id).items()))
        places = (part_ledger.place(tx, MAIN_STORE), *stock_rows.places(tx, inactive_too=True))
        return PartFile(part, seen, sum(pieces for _lot, pieces in lots), ledger, lots, checks, places)


def add(depot: Depot, part: Part, stock: int = 0) -> PartWritten:
    """Enter a part, with the ``stock`` counted in the main store now.

    Refused: the codes of ``part_problems``, ``part.number-taken``, ``stock.quantity``.
    """
    depot.require(Action.PROPOSE_MASTER if not may(depot.operator.roles, Action.EDIT_MASTER) else Action.EDIT_MASTER)
    if not 0 <= stock <= MOST:
        raise Refused("stock.quantity", field="stock", value=stock, most=MOST)
    with depot.write() as tx:
        _check(tx, part)
        made = replace(
            _cleaned(part), id=tx.new_id(), active=True,
            proposed=not may(depot.operator.roles, Action.EDIT_MASTER),
        )
        masterdata.add(tx, made)
        if stock > 0:
            post(tx, made, Booking(made.id, stock, PartMove.BOOK_IN, OPENING))
        entry_id = journal.record(
            tx, "parts.add", subject_kind="part", subject_id=made.id, subject_number=made.part_no,
            facts={"name": made.name_zh, "stock": stock},
        )
    return PartWritten(made, entry_id)


def edit(depot: Depot, part: Part, seen: int) -> PartWritten:
    """Write an edited part over the version ``seen``. Refused: as :func:`add`, ``masterdata.changed-meanwhile``."""
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        before = masterdata.get(tx, Part, part.id)
        if before is None:
            raise Refused("masterdata.gone", name=part.part_no)
        editing.guard(depot, tx, Part, part.id, seen, before.part_no)
        after = _cleaned(part)
        _check(tx, after)
        entry_id = editing.write(tx, "parts.edit", "part", before, after, after.part_no)
    return PartWritten(after, entry_id)


def switch(depot: Depot, part_id: str, *, active: bool) -> PartWritten:
    """Switch a part off or on again."""
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        before = _known(tx, part_id)
        after = replace(before, active=active)
        return PartWritten(after, editing.write(tx, "parts.switch", "part", before, after, before.part_no))


def receive(
    depot: Depot, part_id: str, quantity: int, document_number: str = "", place_id: str = MAIN_STORE
) -> StockBooked:
    """Pieces came in, on a delivery note if there is one. Refused: ``stock.quantity``, ``stock.place-off``."""
    may_keep_stock(depot)
    if wrong := quantity_problems(quantity):
        raise Refused.because(wrong)
    made = Booking(part_id, quantity, PartMove.BOOK_IN, RECEIVED, place_id, document_number=document_number.strip())
    return _book(depot, "parts.receive", made)


def correct(
    depot: Depot, part_id: str, quantity: int, reason: str, place_id: str = MAIN_STORE,
    grade: PartGrade = PartGrade.NEW,
) -> StockBooked:
    """The count of a place differs by ``quantity`` (+ found, − missing), with the reason.

    Refused: ``part.quantity-missing``, ``stock.quantity``, ``part.reason-missing``, ``part.stock-short``.
    """
    may_keep_stock(depot)
    if quantity == 0:
        raise Refused("part.quantity-missing", field="quantity")
    if wrong := quantity_problems(abs(quantity)):
        raise Refused.because(wrong)
    if not reason.strip():
        raise Refused("part.reason-missing", field="reason")
    return _book(
        depot, "parts.correct", Booking(part_id, quantity, PartMove.CORRECTION, reason.strip(), place_id, grade))


def _book(depot: Depot, action: str, booking: Booking) -> StockBooked:
    with depot.write() as tx:
        part = part_ledger.known(tx, booking.part_id)
        if booking.quantity > 0:
            part_ledger.open_place(tx, booking.place_id)
        booked = post(tx, part, booking)
        stock = stock_rows.there(tx, part.id, booking.place_id, booking.grade)
        entry_id = journal.record(
            tx, action, subject_kind="part", subject_id=part.id, subject_number=part.part_no,
            facts={"quantity": booking.quantity, "reason": booking.reason, "document": booking.document_number,
                   "stock": stock, "booked": booked},
        )
    return StockBooked(part, booking.quantity, stock, entry_id)


# -- what a repair costs -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartCost:
    """A part fitted on a repair order, for whoever makes the price. ``price_fen``: list price of one on that day.

    ``old_part``: whether the old one was handed in (``None``: none to hand in); ``credit_fen`` is what that takes off
    one piece, 0 where it was not handed in.
    """

    part_id: str | None
    part_no: str
    name_zh: str
    name_en: str
    quantity: int
    price_fen: int
    old_part: bool | None
    credit_fen: int
    key_part: bool
    grade: PartGrade = PartGrade.NEW

    @property
    def amount_fen(self) -> int:
        """What the line comes to at list price, less what the old parts handed in take off."""
        return self.quantity * (self.price_fen - self.credit_fen)


def parts_cost(tx: Tx, order: RepairOrder) -> tuple[PartCost, ...]:
    """The parts fitted on a repair order, in the order fitted, at the prices of the days on which they were."""
    return tuple(
        PartCost(
            used.part_id, used.part_no, used.name, used.name_en, used.quantity, used.price_fen,
            {"YES": True, "NO": False}.get(used.old_part), used.credit_fen, used.key_part, PartGrade(used.grade),
        )
        for used in repair_rows.parts(tx, order.id) if used.kind == PartUse.ADD.value
    )


def _known(tx: Tx, part_id: str) -> Part:
    part = masterdata.get(tx, Part, part_id)
    if part is None:
        raise Refused("masterdata.gone", name="")
    return part


def _cleaned(part: Part) -> Part:
    return replace(
        part, part_no=part.part_no.strip(), name_zh=part.name_zh.strip(), name_en=part.name_en.strip(),
        unit=part.unit.strip(), note=part.note.strip(),
    )


def _check(tx: Tx, part: Part) -> None:
    wrong = part_problems(part)
    if wrong:
        raise Refused.because(wrong)
    same = rows.of_number(tx, part.part_no.strip())
    if same is not None and same.id != part.id:
        raise Refused("part.number-taken", field="part_no", value=same.part_no, name=same.name_zh)


def _with_pinyin(tx: Tx, wanted: PartFilter) -> PartFilter:
    typed = tokens.folded(wanted.text)
    if not (typed.isascii() and typed.isalpha()):
        return wanted
    return replace(wanted, ids=tuple(id_ for id_, name in rows.names(tx) if search.sounds_like(name, typed))[:500])


def _undo_add(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Take a part off the record whose stock is still what it was entered with."""
    del depot
    opening: Mapping[str, Any] = entry.facts
    if len(rows.ledger(tx, entry.subject_id, 2)) > (1 if opening["stock"] > 0 else 0):
        raise Refused("undo.part-used", number=entry.subject_number)
    if opening["stock"] > 0:
        stock_rows.book(tx, Booking(entry.subject_id, -opening["stock"], PartMove.RETURN, UNDONE))
    edits.end(tx, Part, entry.subject_id)
    return Changes.MASTERDATA


def _undo_edit(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    editing.put_back(depot, tx, Part, entry)
    return Changes.MASTERDATA


def _undo_book(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Book the same pieces the other way."""
    del depot
    booked = entry.facts.get("booked")
    if booked is None:  # of the time when all pieces lay in one place
        booked = [{"part": entry.subject_id, "pieces": entry.facts["quantity"], "place": MAIN_STORE,
                   "grade": PartGrade.NEW.value, "document": entry.facts["document"]}]
    part_ledger.take_back(tx, entry, booked)
    return Changes.MASTERDATA | Changes.PARTS


UNDO: Mapping[str, Way] = {
    "parts.add": Way(_undo_add),
    "parts.edit": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "parts.switch": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "parts.receive": Way(_undo_book),
    "parts.correct": Way(_undo_book),
}

__all__ = [
    "OPENING", "RECEIVED", "UNDO", "UNDONE", "PartCost", "PartFile", "PartFilter", "PartLine", "PartWritten",
    "StockBooked", "StockLine", "add", "correct", "count", "edit", "file", "find", "parts", "parts_cost", "receive",
    "switch",
]
