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
from app.errors import Refused
from app.persistence import editing as edits
from app.persistence import journal, masterdata
from app.persistence import parts as rows
from app.persistence.journal import JournalEntry
from app.persistence.parts import PartFilter, PartLine, StockLine
from app.persistence.transaction import Tx
from app.services import editing, search
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class PartFile:
    """A part as an edit sees it, with the newest lines of its ledger."""

    part: Part
    seen: int
    stock: int
    ledger: tuple[StockLine, ...]


@dataclass(frozen=True, slots=True)
class PartWritten:
    """A part was entered or changed; ``entry_id`` can be undone."""

    part: Part
    entry_id: str
    changes: Changes = Changes.MASTERDATA


@dataclass(frozen=True, slots=True)
class StockBooked:
    """Pieces came in or the count was corrected; ``stock``: what there is now."""

    part: Part
    quantity: int
    stock: int
    entry_id: str
    changes: Changes = Changes.MASTERDATA


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
        return PartFile(part, seen, rows.stock(tx, part_id), ledger)


def add(depot: Depot, part: Part, stock: int = 0) -> PartWritten:
    """Enter a part, with the ``stock`` counted now. Refused: the codes of ``part_problems``, ``part.number-taken``."""
    depot.require(Action.PROPOSE_MASTER if not may(depot.operator.roles, Action.EDIT_MASTER) else Action.EDIT_MASTER)
    with depot.write() as tx:
        _check(tx, part)
        made = replace(
            _cleaned(part), id=tx.new_id(), active=True,
            proposed=not may(depot.operator.roles, Action.EDIT_MASTER),
        )
        masterdata.add(tx, made)
        if stock > 0:
            rows.book(tx, made.id, stock, OPENING)
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


def receive(depot: Depot, part_id: str, quantity: int, document_number: str = "") -> StockBooked:
    """Pieces came in, on a delivery note if there is one. Refused: ``part.quantity-missing``."""
    _may_keep_stock(depot)
    if quantity <= 0:
        raise Refused("part.quantity-missing", field="quantity")
    return _book(depot, "parts.receive", part_id, quantity, RECEIVED, document_number.strip())


def correct(depot: Depot, part_id: str, quantity: int, reason: str) -> StockBooked:
    """The count differs by ``quantity`` (+ found, − missing), with the reason.

    Refused: ``part.quantity-missing``, ``part.reason-missing``, ``part.stock-short``.
    """
    _may_keep_stock(depot)
    if quantity == 0:
        raise Refused("part.quantity-missing", field="quantity")
    if not reason.strip():
        raise Refused("part.reason-missing", field="reason")
    return _book(depot, "parts.correct", part_id, quantity, reason.strip(), "")


#: Reasons the program itself writes; a correction carries the words of whoever made it.
OPENING, RECEIVED, UNDONE = "opening", "received", "undone"


def _may_keep_stock(depot: Depot) -> None:
    """Whoever repairs, keeps the counter or edits master data books parts."""
    if not any(may(depot.operator.roles, action) for action in (Action.REPAIR, Action.PROPOSE_MASTER)):
        depot.require(Action.EDIT_MASTER)


def _book(depot: Depot, action: str, part_id: str, quantity: int, reason: str, document: str) -> StockBooked:
    with depot.write() as tx:
        part = _known(tx, part_id)
        stock = rows.stock(tx, part_id) + quantity
        if quantity < 0 and stock < 0:
            raise Refused(
                "part.stock-short", field="quantity", stock=stock - quantity, name=part.part_no, value=-quantity
            )
        rows.book(tx, part_id, quantity, reason, document)
        entry_id = journal.record(
            tx, action, subject_kind="part", subject_id=part_id, subject_number=part.part_no,
            facts={"quantity": quantity, "reason": reason, "document": document, "stock": stock},
        )
    return StockBooked(part, quantity, stock, entry_id)


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
        rows.book(tx, entry.subject_id, -opening["stock"], UNDONE)
    edits.end(tx, Part, entry.subject_id)
    return Changes.MASTERDATA


def _undo_edit(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    editing.put_back(depot, tx, Part, entry)
    return Changes.MASTERDATA


def _undo_book(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Book the same pieces the other way."""
    del depot
    quantity, stock = entry.facts["quantity"], rows.stock(tx, entry.subject_id)
    if stock - quantity < 0:
        raise Refused("undo.stock-short", number=entry.subject_number, stock=stock)
    rows.book(tx, entry.subject_id, -quantity, UNDONE, entry.facts["document"])
    return Changes.MASTERDATA


UNDO: Mapping[str, Way] = {
    "parts.add": Way(_undo_add),
    "parts.edit": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "parts.switch": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "parts.receive": Way(_undo_book),
    "parts.correct": Way(_undo_book),
}

__all__ = [
    "OPENING", "RECEIVED", "UNDO", "UNDONE", "PartFile", "PartFilter", "PartLine", "PartWritten", "StockBooked",
    "StockLine", "add", "correct", "count", "edit", "file", "find", "parts", "receive", "switch",
]
