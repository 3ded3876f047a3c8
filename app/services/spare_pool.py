"""The pool of repaired spares in zone 3: what stands there, in which condition, kept for whom (art. 10.9, 11.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.changes import Changes
from app.depot import Depot
from app.domain import spares as rules
from app.domain.masterdata import Customer
from app.domain.people import Action
from app.domain.places import Place
from app.domain.receiving import ReturnCase, Unit
from app.domain.spares import PoolRow, Reservation, ReservationEnd, Reserving, SpareGrade
from app.errors import Refused
from app.persistence import journal, masterdata
from app.persistence import receiving as receiving_rows
from app.persistence import spares as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class Reserved:
    """A spare is kept for somebody; ``entry_id`` can be taken back."""

    reservation_id: str
    serial: str
    until: date
    entry_id: str
    changes: Changes = Changes.SPARES


@dataclass(frozen=True, slots=True)
class Judged:
    """A spare was graded or set free."""

    serial: str
    changes: Changes = Changes.SPARES


def pool(depot: Depot, product_id: str = "", limit: int = 1000) -> tuple[PoolRow, ...]:
    """The spares in zone 3, longest there first. A reservation that lapsed is shown no more."""
    with depot.read() as tx:
        today = depot.local_day(tx.at)
        found = rows.pool(tx, product_id=product_id, limit=limit)
    shown = []
    for row in found:
        kept = row.reservation_id is not None and row.reserved_until >= today
        shown.append(PoolRow(
            unit_id=row.unit_id, serial=row.serial, product_id=row.product_id, model=row.model or "",
            name_zh=row.name_zh or "", name_en=row.name_en or "", lot=row.lot, shelf=row.shelf, case_id=row.case_id,
            case_number=row.case_number, placed_at=row.placed_at,
            days=(today - depot.local_day(row.placed_at)).days, made_on=row.made_on,
            grade=SpareGrade(row.grade) if row.grade else None, grade_note=row.grade_note or "",
            reservation_id=row.reservation_id if kept else "", reserved_for=(row.reserved_for or "") if kept else "",
            reserved_until=row.reserved_until if kept else None,
            reserved_site=(row.reserved_site or "") if kept else "",
        ))
    return tuple(shown)


def grade(depot: Depot, unit_id: str, value: SpareGrade, note: str = "") -> Judged:
    """Say in which condition a spare is; the last word counts.

    Refused: ``spares.not-in-pool``, ``spares.grade-note`` (a spare to be checked first needs the reason).
    """
    depot.require(Action.PUT_AWAY)
    if value is SpareGrade.CHECK_FIRST and not note.strip():
        raise Refused("spares.grade-note", field="note")
    with depot.write() as tx:
        unit = unit_of(tx, unit_id)
        in_pool(tx, unit)
        rows.add_grade(tx, unit.id, value, note.strip())
        journal.record(
            tx, "spares.grade", subject_kind="unit", subject_id=unit.id, subject_number=unit.serial,
            case_id=unit.case_id, unit_id=unit.id, facts={"grade": value.value, "note": note.strip()},
        )
    return Judged(unit.serial)


def reserve(depot: Depot, reserving: Reserving) -> Reserved:
    """Keep a spare for a customer until a day.

    Refused: the codes of ``domain.spares.reserving_problems``, ``spares.unknown-case``, ``spares.not-in-pool``,
    ``spares.reserved``.
    """
    depot.require(Action.SPARE_SWAP)
    with depot.write() as tx:
        today = depot.local_day(tx.at)
        wrong = rules.reserving_problems(reserving, today)
        if wrong or reserving.until is None:
            raise Refused.because(wrong)
        customer_of(tx, reserving.customer_id)
        case = case_of(tx, reserving.case_number)
        unit = unit_of(tx, reserving.unit_id)
        in_pool(tx, unit)
        _end_lapsed(tx, unit, today)
        kept = rows.open_reservation(tx, unit.id)
        if kept is not None:
            raise _reserved(tx, unit, kept)
        row = Reservation(
            tx.new_id(), unit.id, reserving.customer_id, case.id if case else None, reserving.site.strip(),
            reserving.note.strip(), reserving.until, tx.at, tx.by, None, None, None,
        )
        rows.add_reservation(tx, row)
        entry_id = journal.record(
            tx, "spares.reserve", subject_kind="unit", subject_id=unit.id, subject_number=unit.serial,
            case_id=unit.case_id, unit_id=unit.id,
            facts={"reservation": row.id, "until": row.until.isoformat(), "note": row.note,
                   "who": customer_of(tx, row.customer_id).name},
        )
    return Reserved(row.id, unit.serial, row.until, entry_id)


def release(depot: Depot, unit_id: str) -> Judged:
    """Set a reserved spare free. Refused: ``spares.not-reserved``."""
    depot.require(Action.SPARE_SWAP)
    with depot.write() as tx:
        unit = unit_of(tx, unit_id)
        kept = rows.open_reservation(tx, unit.id)
        if kept is None:
            raise Refused("spares.not-reserved", serial=unit.serial)
        _end(tx, kept, ReservationEnd.RELEASED)
        journal.record(
            tx, "spares.release", subject_kind="unit", subject_id=unit.id, subject_number=unit.serial,
            case_id=unit.case_id, unit_id=unit.id, facts={"reservation": kept.id},
        )
    return Judged(unit.serial)


def take_from_pool(tx: Tx, unit: Unit, *, today: date, customer_id: str) -> None:
    """A spare leaves the pool for ``customer_id``, inside a running transaction; its reservation is used up.

    The caller moves the unit by a handover, and says so in the journal. Refused: ``spares.not-in-pool``,
    ``spares.reserved`` (for another customer, not lapsed).
    """
    in_pool(tx, unit)
    _end_lapsed(tx, unit, today)
    kept = rows.open_reservation(tx, unit.id)
    if kept is not None:
        if kept.customer_id != customer_id:
            raise _reserved(tx, unit, kept)
        _end(tx, kept, ReservationEnd.TAKEN)


# -- shared with the other stocks --------------------------------------------------------------------------------


def unit_of(tx: Tx, unit_id: str) -> Unit:
    """The unit ``unit_id``. Refused: ``spares.unknown-unit``."""
    unit = receiving_rows.unit(tx, unit_id)
    if unit is None:
        raise Refused("spares.unknown-unit", field="unit_id", value=unit_id)
    return unit


def in_pool(tx: Tx, unit: Unit) -> ReturnCase:
    """The case by which ``unit`` stands in zone 3 as a spare. Refused: ``spares.not-in-pool``."""
    case = receiving_rows.case(tx, unit.case_id) if unit.case_id else None
    if unit.place is not Place.ZONE_SPARE or case is None or case.stage not in rules.POOLED:
        raise Refused("spares.not-in-pool", field="unit_id", serial=unit.serial, place=unit.place)
    return case


def customer_of(tx: Tx, customer_id: str) -> Customer:
    """The customer ``customer_id``. Refused: ``spares.customer-missing``."""
    found = masterdata.get(tx, Customer, customer_id) if customer_id else None
    if found is None:
        raise Refused("spares.customer-missing", field="customer_id")
    return found


def case_of(tx: Tx, number: str) -> ReturnCase | None:
    """The case ``number``; ``None`` where none was typed. Refused: ``spares.unknown-case``."""
    if not number.strip():
        return None
    found = receiving_rows.case_by_number(tx, number.strip().upper())
    if found is None:
        raise Refused("spares.unknown-case", field="case_number", value=number.strip())
    return found


def _reserved(tx: Tx, unit: Unit, kept: Reservation) -> Refused:
    name = customer_of(tx, kept.customer_id).name
    return Refused("spares.reserved", field="unit_id", serial=unit.serial, customer=name, until=kept.until)


def _end(tx: Tx, kept: Reservation, how: ReservationEnd) -> None:
    rows.change_reservation(tx, kept.id, ended_at=tx.at, ended_by=tx.by, ended=how.value)


def _end_lapsed(tx: Tx, unit: Unit, today: date) -> None:
    kept = rows.open_reservation(tx, unit.id)
    if kept is not None and not kept.holds(today):
        _end(tx, kept, ReservationEnd.LAPSED)


def _reservation_gone(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    kept = rows.reservation(tx, str(entry.facts["reservation"]))
    if kept is None or kept.ended is not None:
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _unreserve(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    kept = rows.reservation(tx, str(entry.facts["reservation"]))
    if kept is None:
        raise LookupError(entry.id)
    _end(tx, kept, ReservationEnd.RELEASED)
    return Changes.SPARES


UNDO = {"spares.reserve": Way(_unreserve, _reservation_gone, Action.SPARE_SWAP)}
