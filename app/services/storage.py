"""Storage: the zones at a glance, shelves, and moves between them (art. 12; spec 1 §2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from app.changes import Changes
from app.depot import Depot
from app.domain import serials
from app.domain import storage as rules
from app.domain.masterdata import Product, Shelf
from app.domain.numbering import DocumentType, parse_number
from app.domain.people import Action
from app.domain.places import ZONES, Place, belongs
from app.domain.policy_values import PolicyName
from app.domain.receiving import Unit
from app.domain.storage import (
    AGE_CLASSES,
    ShelfDraft,
    ShelfView,
    StandingOrder,
    StandingUnit,
    Wanted,
    ZoneFigures,
)
from app.errors import Refused
from app.persistence import handover as moves
from app.persistence import journal, masterdata
from app.persistence import receiving as units
from app.persistence import storage as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import meanwhile
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class ShelfKept:
    """A shelf was entered or changed."""

    shelf_id: str
    entry_id: str
    changes: Changes = Changes.MASTERDATA


@dataclass(frozen=True, slots=True)
class Shelved:
    """Units now stand on a shelf. ``stayed``: were there already. ``over``: how many more than the shelf is for."""

    moved: tuple[str, ...]
    stayed: tuple[str, ...]
    shelf_code: str
    over: int
    entry_ids: tuple[str, ...]
    changes: Changes = Changes.UNITS


def day_begins(depot: Depot, day: date) -> datetime:
    """The first moment of ``day`` at the depot, in UTC."""
    return datetime.combine(day, time.min, depot.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Board:
    """The four zones as of ``today``; dates up to ``soon`` are due soon."""

    today: date
    soon: date
    zones: tuple[ZoneFigures, ...]


def board(depot: Depot) -> Board:
    """The four zones: count, capacity, ages, due soon, overdue, came and left today."""
    with depot.read() as tx:
        today = depot.local_day(tx.at)
        soon = _soon(depot, tx, today)
        young, middle = (day_begins(depot, today - timedelta(days=days)) for days in AGE_CLASSES)
        return Board(
            today, soon, rows.zone_figures(tx, day_begins(depot, today), young, middle, today, soon)
        )


def zone_units(
    depot: Depot,
    wanted: Wanted,
    order: StandingOrder = StandingOrder.DUE,
    *,
    after: StandingUnit | None = None,
    limit: int = 100,
    descending: bool = False,
) -> tuple[StandingUnit, ...]:
    """A page of the units standing in a zone, behind ``after`` in ``order``; times in the depot's zone."""
    with depot.read() as tx:
        today = depot.local_day(tx.at)
        found = rows.standing(
            tx, wanted, order, today=today, soon=_soon(depot, tx, today), after=after, limit=limit,
            descending=descending,
        )
    return tuple(replace(row, placed_at=row.placed_at.astimezone(depot.zone)) for row in found)


def count_units(depot: Depot, wanted: Wanted) -> int:
    """How many units :func:`zone_units` lists in all."""
    with depot.read() as tx:
        today = depot.local_day(tx.at)
        return rows.count_standing(tx, wanted, today=today, soon=_soon(depot, tx, today))


def present(depot: Depot, zone: Place) -> rules.Present:
    """The products and customers that have units in ``zone``: what the board can be narrowed to."""
    with depot.read() as tx:
        return rows.present(tx, zone)


def standing_with_serial(depot: Depot, scanned: str) -> StandingUnit | None:
    """The unit a scan means, if it stands in one of the zones."""
    with depot.read() as tx:
        unit_id = unit_scanned(tx, scanned)
        return None if unit_id is None else rows.standing_unit(tx, unit_id)


def unit_scanned(tx: Tx, scanned: str, zone: Place | None = None) -> str | None:
    """The unit a scan means: by the number of its case, else by serial, spelt as the products' rules spell it.

    Of several with one serial, the one in ``zone`` (default: in any zone) goes before one elsewhere.
    """
    number = parse_number(scanned)
    if number is not None and number.type is DocumentType.RETURN_CASE:
        case = units.case_by_number(tx, str(number))
        if case is not None:
            return case.unit_id
    known = units.units_with_serial(tx, serials.normalise(scanned))
    if not known:
        spellings = {serials.normalise(scanned, p.rule) for p in masterdata.everything(tx, Product)}
        known = tuple(unit for spelling in sorted(spellings) for unit in units.units_with_serial(tx, spelling))
    zones = ZONES if zone is None else (zone,)
    here = [unit.id for unit in known if unit.place in zones]
    return here[0] if here else known[0].id if known else None


def shelves(depot: Depot, place: Place | None = None, *, active_only: bool = False) -> tuple[ShelfView, ...]:
    """The shelves by zone and code, with how many units stand on each."""
    with depot.read() as tx:
        return rows.shelf_views(tx, place, active_only=active_only)


def shelf_with_code(depot: Depot, place: Place, code: str) -> ShelfView | None:
    """The active shelf of ``place`` that a scanned ``code`` names."""
    with depot.read() as tx:
        shelf_id = rows.shelf_with_code(tx, place, code.strip())
        found = rows.shelf_view(tx, shelf_id) if shelf_id else None
        return found if found is not None and found.active else None


def add_shelf(depot: Depot, draft: ShelfDraft) -> ShelfKept:
    """Enter a shelf. Refused: the codes of ``domain.storage.shelf_problems``, ``storage.shelf-code-taken``."""
    depot.require(Action.EDIT_MASTER)
    place = _checked(draft)
    with depot.write() as tx:
        _code_is_free(tx, place, draft.code, "")
        shelf = Shelf(
            tx.new_id(), place, draft.code.strip(), draft.capacity, rules.provided(draft.provides), draft.note.strip()
        )
        rows.add_shelf(tx, shelf)
        entry_id = journal.record(
            tx, "storage.add-shelf", subject_kind="shelf", subject_id=shelf.id, subject_number=shelf.code,
            facts={"place": place.value, "capacity": shelf.capacity, "provides": shelf.provides},
        )
    return ShelfKept(shelf.id, entry_id)


def edit_shelf(depot: Depot, shelf_id: str, seq: int, draft: ShelfDraft, *, active: bool = True) -> ShelfKept:
    """Change a shelf, or take it out of use (``active`` false).

    Refused: as :func:`add_shelf`; ``storage.shelf-changed-meanwhile`` unless ``seq`` is what the form saw;
    ``storage.shelf-in-use`` (zone changed, or out of use, with units on it); ``storage.shelf-condition-needed``.
    """
    depot.require(Action.EDIT_MASTER)
    place = _checked(draft)
    with depot.write() as tx:
        before = _shelf(tx, shelf_id)
        if before.seq != seq:
            raise _changed_meanwhile(depot, tx, before)
        _code_is_free(tx, place, draft.code, shelf_id)
        if before.standing and (place is not before.place or not active):
            raise Refused("storage.shelf-in-use", field="code", code=before.code, count=before.standing)
        values = {
            "place": place, "code": draft.code.strip(), "capacity": draft.capacity,
            "provides": rules.provided(draft.provides), "note": draft.note.strip(), "active": active,
        }
        for condition in rows.conditions_on(tx, shelf_id):
            if not rules.meets(condition, str(values["provides"])):
                raise Refused(
                    "storage.shelf-condition-needed", field="provides", code=before.code, condition=condition
                )
        rows.change_shelf(tx, shelf_id, **values)
        was = {name: getattr(before, name) for name in values}
        entry_id = journal.record(
            tx, "storage.edit-shelf", subject_kind="shelf", subject_id=shelf_id, subject_number=str(values["code"]),
            facts={"before": was, "after": values},
        )
    return ShelfKept(shelf_id, entry_id)


def put_on_shelf(depot: Depot, unit_ids: Sequence[str], shelf_id: str | None, reason: str = "") -> Shelved:
    """Put units that stand in a zone on a shelf of it (``None``: off the shelves, on the floor of the zone).

    A unit already there stays, without an entry. More units than the shelf is for is a warning (``over``).
    Refused: ``storage.unknown-unit``, ``storage.not-in-zone``, ``storage.other-zone``, ``storage.shelf-closed``,
    ``storage.condition``, ``storage.does-not-belong``.
    """
    depot.require(Action.MOVE_SHELF)
    with depot.write() as tx:
        shelf = _shelf(tx, shelf_id) if shelf_id else None
        if shelf is not None and not shelf.active:
            raise Refused("storage.shelf-closed", field="shelf", code=shelf.code)
        found = [_unit(tx, unit_id) for unit_id in dict.fromkeys(unit_ids)]
        going = [unit for unit in found if unit.shelf_id != shelf_id]
        entries = put(tx, going, shelf, reason)
    moved = tuple(unit.id for unit in going)
    over = max(0, shelf.standing + len(moved) - shelf.capacity) if shelf is not None and shelf.capacity else 0
    return Shelved(
        moved, tuple(unit.id for unit in found if unit.shelf_id == shelf_id), shelf.code if shelf else "",
        over if moved else 0, tuple(entries),
    )


def put(
    tx: Tx, going: Sequence[Unit], shelf: ShelfView | None, reason: str = "", *, document_number: str = ""
) -> list[str]:
    """Write the moves of ``going`` to ``shelf`` inside a running transaction; returns the journal entries."""
    entries: list[str] = []
    for unit in going:
        _may_stand(tx, unit, shelf)
        movement_id = moves.move_unit(
            tx, unit, unit.place, case_id=unit.case_id, to_shelf_id=shelf.id if shelf else None, reason=reason.strip(),
            document_number=document_number,
        )
        entries.append(
            journal.record(
                tx, "storage.put-on-shelf", subject_kind="unit", subject_id=unit.id, subject_number=unit.serial,
                case_id=unit.case_id, unit_id=unit.id,
                facts={
                    "movement": movement_id, "place": unit.place.value, "shelf": shelf.code if shelf else "",
                    "from_shelf_id": unit.shelf_id, "reason": reason.strip(),
                },
            )
        )
    return entries


def objection(tx: Tx, unit: Unit, shelf: ShelfView | None) -> Refused | None:
    """Why ``unit`` may not stand on ``shelf`` (``None``: on the floor of its zone); ``None`` when it may."""
    if unit.place not in ZONES:
        return Refused("storage.not-in-zone", field="serial", serial=unit.serial, place=unit.place)
    if shelf is not None and shelf.place is not unit.place:
        return Refused(
            "storage.other-zone", field="shelf", serial=unit.serial, zone=unit.place, code=shelf.code, other=shelf.place
        )
    case = units.case(tx, unit.case_id) if unit.case_id else None
    if case is not None and not belongs(case.stage, unit.place):
        return Refused(
            "storage.does-not-belong", field="serial", serial=unit.serial, stage=case.stage, zone=unit.place
        )
    if shelf is not None and not rules.meets(unit.storage_condition, shelf.provides):
        return Refused(
            "storage.condition", field="shelf", serial=unit.serial, code=shelf.code, condition=unit.storage_condition
        )
    return None


def _may_stand(tx: Tx, unit: Unit, shelf: ShelfView | None) -> None:
    refusal = objection(tx, unit, shelf)
    if refusal is not None:
        raise refusal


def _unit(tx: Tx, unit_id: str) -> Unit:
    unit = units.unit(tx, unit_id)
    if unit is None:
        raise Refused("storage.unknown-unit", field="serial")
    return unit


def _shelf(tx: Tx, shelf_id: str) -> ShelfView:
    shelf = rows.shelf_view(tx, shelf_id)
    if shelf is None:
        raise Refused("storage.unknown-shelf", field="shelf")
    return shelf


def _checked(draft: ShelfDraft) -> Place:
    wrong = rules.shelf_problems(draft)
    if wrong or draft.place is None:
        raise Refused.because(wrong)
    return draft.place


def _code_is_free(tx: Tx, place: Place, code: str, shelf_id: str) -> None:
    taken = rows.shelf_with_code(tx, place, code.strip())
    if taken is not None and taken != shelf_id:
        raise Refused("storage.shelf-code-taken", field="code", code=code.strip(), zone=place)


def _changed_meanwhile(depot: Depot, tx: Tx, shelf: ShelfView) -> Refused:
    return meanwhile.changed(depot, tx, "storage.shelf-changed-meanwhile", shelf.id, code=shelf.code)


def _soon(depot: Depot, tx: Tx, today: date) -> date:
    return today + timedelta(days=depot.policy(tx).whole(PolicyName.DUE_SOON_CALENDAR_DAYS))


def _shelf_stays(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    shelf = rows.shelf_view(tx, entry.subject_id)
    if shelf is None or shelf.standing:
        return Refused("storage.shelf-in-use", code=entry.subject_number, count=shelf.standing if shelf else 0)
    return None


def _remove_shelf(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change_shelf(tx, entry.subject_id, deleted_at=tx.at)
    return Changes.MASTERDATA


def _shelf_edited_since(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    last = journal.last_standing(tx, entry.subject_id)
    if last is not None and last.id != entry.id:
        return Refused("undo.changed-since", number=entry.subject_number)
    before: Mapping[str, object] = entry.facts["before"]
    shelf = rows.shelf_view(tx, entry.subject_id)
    if shelf is not None and shelf.standing and before["place"] != shelf.place:
        return Refused("storage.shelf-in-use", code=shelf.code, count=shelf.standing)
    return None


def _shelf_as_before(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change_shelf(tx, entry.subject_id, **entry.facts["before"])
    return Changes.MASTERDATA


def _moved_since(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    unit = units.unit(tx, entry.subject_id)
    if unit is None or moves.last_movement_id(tx, unit) != entry.facts["movement"]:
        return Refused("undo.moved-since", number=entry.subject_number)
    return None


def _put_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    unit = _unit(tx, entry.subject_id)
    shelf = _shelf(tx, entry.facts["from_shelf_id"]) if entry.facts["from_shelf_id"] else None
    _may_stand(tx, unit, shelf)
    moves.move_unit(
        tx, unit, unit.place, case_id=unit.case_id, to_shelf_id=shelf.id if shelf else None,
        reverses_id=entry.facts["movement"],
    )
    return Changes.UNITS


UNDO: dict[str, Way] = {
    "storage.add-shelf": Way(_remove_shelf, _shelf_stays, Action.EDIT_MASTER),
    "storage.edit-shelf": Way(_shelf_as_before, _shelf_edited_since, Action.EDIT_MASTER),
    "storage.put-on-shelf": Way(_put_back, _moved_since, Action.MOVE_SHELF),
}
