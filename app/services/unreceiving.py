"""A receipt taken back: the unit goes where it came from, the case stays visible as void (spec 1 §2, law 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.places import Place
from app.domain.receiving import ReturnCase, Traveller, Unit
from app.domain.stages import Stage, Step, after
from app.errors import Refused
from app.persistence import chains, node
from app.persistence import handover as handover_rows
from app.persistence import receiving as rows
from app.persistence import search as search_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import search, site_swaps, transfer_arrivals
from app.services.undoing import Way

#: What the intake of a known unit may change on the unit itself.
_LEARNT = ("customer_id", "lot", "manufactured_on", "shipped_on", "accepted_on")


def objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    """Only while nothing further happened: the case is as received, unit and traveller stand where they were put."""
    case, unit, traveller = _rows(tx, entry)
    if case.stage is not Stage.RECEIVED:
        return Refused("undo.worked-since", number=case.number, stage=case.stage)
    last = chains.last_move(tx, unit.id)
    moved = last is None or last.case_id != case.id or last.document_number != entry.facts["handover"]
    if moved or traveller.place is not Place.ZONE_PENDING or unit.case_id != case.id:
        return Refused("undo.moved-since", number=case.number)
    return None


def take_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Reverse both moves; a case that had been reported is reported again, any other becomes void."""
    case, unit, traveller = _rows(tx, entry)
    last = chains.last_move(tx, unit.id)
    last_of_traveller = chains.last_traveller_move(tx, traveller.id)
    if last is None or last_of_traveller is None:
        raise LookupError(f"{case.number} never moved")
    reported = bool(entry.facts.get("reported"))
    step = Step.UNRECEIVE if reported else Step.VOID
    rows.change_case(
        tx, case.id, stage=after(step, case.stage), received_at=None if reported else case.received_at,
        received_by=None if reported else case.received_by, due_on=None,
    )
    handover_rows.move_unit(
        tx, unit, last.from_place, case_id=case.id, document_number=last.document_number, reverses_id=last.id
    )
    handover_rows.move_traveller(tx, traveller, last_of_traveller.from_place, reverses_id=last_of_traveller.id)
    _forget(tx, unit, entry.facts.get("unit") or {})
    site_swaps.unarrived(tx, case.id)
    transfer_arrivals.unarrived(tx, case.id)
    if not reported:
        _end(tx, case, unit, traveller)
    node.void_receipt(tx, str(entry.facts["handover"]), case.number)
    return Changes.UNITS | Changes.CASES | Changes.HANDOVERS | Changes.DOCUMENTS


def learnt(before: Unit | None, after: Unit) -> dict[str, list[str | None]]:
    """What a receipt changed on a unit that was known before it: field → [old, new], as the journal keeps it."""
    if before is None:
        return {}
    return {
        name: [_plain(old), _plain(new)]
        for name in _LEARNT if (old := getattr(before, name)) != (new := getattr(after, name))
    }


def _plain(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _forget(tx: Tx, unit: Unit, changed: dict[str, list[str | None]]) -> None:
    """The unit as it was known before; what was corrected since the receipt stays."""
    before: dict[str, Any] = {
        name: date.fromisoformat(old) if old and name.endswith("_on") else old
        for name, (old, new) in changed.items() if _plain(getattr(unit, name)) == new
    }
    if before:
        rows.change_unit(tx, unit.id, **before)
        search.index_units(tx, [replace(unit, **before)])


def _end(tx: Tx, case: ReturnCase, unit: Unit, traveller: Traveller) -> None:
    """Void the case's numbers. A unit that is on record only through this receipt leaves the lists."""
    node.void_documents(tx, [case.id, traveller.id], "receiving.undone")
    earlier = [visit for visit in rows.cases_of_unit(tx, unit.id) if visit.id != case.id]
    standing = [visit for visit in earlier if visit.stage is not Stage.VOID]
    rows.change_unit(tx, unit.id, case_id=standing[-1].id if standing else None)
    if not standing:
        rows.change_unit(tx, unit.id, deleted_at=tx.at)
        search_rows.forget(tx, [unit.id])


def _rows(tx: Tx, entry: JournalEntry) -> tuple[ReturnCase, Unit, Traveller]:
    case = rows.case(tx, entry.subject_id)
    unit = rows.unit(tx, case.unit_id) if case else None
    traveller = rows.traveller_of_case(tx, entry.subject_id)
    if case is None or unit is None or traveller is None:
        raise LookupError(f"no case {entry.subject_id}")
    return case, unit, traveller


WAY = Way(take_back, objection, Action.UNDO_RECEIPT)
