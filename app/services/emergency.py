"""Asking production for a unit when the pool has none, and registering what it builds (art. 11.2; spec 1 §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.changes import Changes
from app.depot import Depot
from app.domain import emergency as rules
from app.domain import serials
from app.domain.clocks import Colour
from app.domain.emergency import Build, BuildRow, BuildState, Built, Requesting
from app.domain.masterdata import Product
from app.domain.numbering import DocumentType
from app.domain.people import Action
from app.domain.places import Place
from app.domain.signing import OwnSignature
from app.errors import Refused
from app.persistence import emergency as rows
from app.persistence import journal, masterdata, node
from app.persistence import receiving as receiving_rows
from app.persistence import spares as spare_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import clocks, signing
from app.services.site_swaps import new_unit
from app.services.spare_pool import case_of, customer_of
from app.services.undoing import Way

_CHANGES = Changes.SPARES | Changes.DOCUMENTS


@dataclass(frozen=True, slots=True)
class Requested:
    """Production was asked; ``number`` of the request (F16)."""

    build_id: str
    number: str
    entry_id: str
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Answered:
    """Production answered, or the request ended."""

    number: str
    state: BuildState
    changes: Changes = _CHANGES


@dataclass(frozen=True, slots=True)
class Registered:
    """A built unit is on record and stands in the stores. ``missing``: how many are still to be built."""

    number: str
    unit_id: str
    serial: str
    missing: int
    changes: Changes = _CHANGES | Changes.UNITS


def request(depot: Depot, asked: Requesting) -> Requested:
    """Ask production for units because the pool has none free.

    Refused: the codes of ``domain.emergency.requesting_problems``, ``emergency.unknown-product``,
    ``emergency.pool-has`` (enough free spares stand in zone 3), ``spares.unknown-case``.
    """
    depot.require(Action.SPARE_SWAP)
    with depot.write() as tx:
        today = depot.local_day(tx.at)
        wrong = rules.requesting_problems(asked, today)
        if wrong or asked.quantity is None or asked.need_by is None:
            raise Refused.because(wrong)
        product = masterdata.get(tx, Product, asked.product_id)
        if product is None:
            raise Refused("emergency.unknown-product", field="product_id")
        customer, case = customer_of(tx, asked.customer_id), case_of(tx, asked.case_number)
        free = spare_rows.free(tx, product.id, today)
        if free >= asked.quantity:
            raise Refused("emergency.pool-has", field="quantity", free=free, model=product.model)
        (number,) = node.next_number(tx, DocumentType.EMERGENCY_BUILD, today)
        row = Build(
            tx.new_id(), number, case.id if case else None, customer.id, product.id, asked.quantity, asked.need_by,
            asked.reason.strip(), tx.at, tx.by, None, None, None, None, None, None, None, "", asked.note.strip(),
        )
        rows.add(tx, row)
        node.record_document(
            tx, number, DocumentType.EMERGENCY_BUILD, "F16", subject_kind="emergency_build", subject_id=row.id,
            case_id=row.case_id, unit_id=case.unit_id if case else None,
        )
        entry_id = _record(tx, "emergency.request", row, case.unit_id if case else None, {
            "note": product.model, "quantity": row.quantity, "need_by": row.need_by.isoformat(), "text": row.reason,
        })
    return Requested(row.id, number, entry_id)


def confirm(depot: Depot, build_id: str, promised_on: date | None, planner: OwnSignature) -> Answered:
    """Production will build by ``promised_on``; the planner signs.

    Refused: ``emergency.unknown``, ``emergency.ended``, ``emergency.confirmed-already``, the codes of
    ``domain.emergency.promise_problems`` and of signing.
    """
    with depot.write() as tx:
        row = _open(tx, build_id)
        if row.state is BuildState.CONFIRMED:
            raise Refused("emergency.confirmed-already", number=row.number)
        today = depot.local_day(tx.at)
        if (wrong := rules.promise_problems(promised_on, today)) or promised_on is None:
            raise Refused.because(wrong)
        signed = signing.sign_for(
            depot, tx, planner, Action.EMERGENCY_BUILD, purpose="emergency.confirm", subject_kind="emergency_build",
            subject_id=row.id, field="planner",
        )
        rows.change(
            tx, row.id, confirmed_at=tx.at, confirmed_by=signed.user_id, confirmed_signature_id=signed.id,
            promised_on=promised_on,
        )
        _record(tx, "emergency.confirm", row, None, {"who": signed.name, "promised": promised_on.isoformat()})
    return Answered(row.number, BuildState.CONFIRMED)


def decline(depot: Depot, build_id: str, reason: str) -> Answered:
    """Production cannot build. Refused: ``emergency.unknown``, ``emergency.ended``, ``emergency.end-reason``."""
    depot.require(Action.EMERGENCY_BUILD)
    return _end(depot, build_id, BuildState.DECLINED, reason)


def cancel(depot: Depot, build_id: str, reason: str) -> Answered:
    """The unit is not needed any more. Refused: as :func:`decline`."""
    depot.require(Action.SPARE_SWAP)
    return _end(depot, build_id, BuildState.CANCELLED, reason)


def register(depot: Depot, built: Built) -> Registered:
    """Enter a built unit with its product file; it stands in the stores, ready for an exchange or a site.

    Refused: ``emergency.unknown``, ``emergency.ended``, ``emergency.not-confirmed``, ``emergency.serial-known``, the
    codes of ``domain.emergency.built_problems`` and of serials.
    """
    depot.require(Action.EMERGENCY_BUILD)
    with depot.write() as tx:
        row = _open(tx, built.build_id)
        if row.state is not BuildState.CONFIRMED:
            raise Refused("emergency.not-confirmed", number=row.number)
        product = masterdata.get(tx, Product, row.product_id)
        if product is None:
            raise Refused("emergency.unknown-product", field="product_id")
        wrong = [
            *serials.problems(built.serial, product.rule, field="serial"),
            *rules.built_problems(built, depot.local_day(tx.at)),
        ]
        if wrong:
            raise Refused.because(wrong)
        serial = serials.normalise(built.serial, product.rule)
        if receiving_rows.unit_of_product(tx, product.id, serial) is not None:
            raise Refused("emergency.serial-known", field="serial", serial=serial)
        unit = new_unit(
            tx, product, serial, built.serial, Place.STORES, lot=built.lot.strip(),
            manufactured_on=built.manufactured_on, note=row.number,
        )
        rows.add_unit(tx, built, unit.id)
        missing = row.quantity - len(rows.units_of(tx, row.id))
        if not missing:
            rows.change(tx, row.id, ended_at=tx.at, ended_by=tx.by, ended=BuildState.BUILT.value)
        _record(tx, "emergency.built", row, unit.id, {"serial": serial, "note": built.file_number.strip()})
    return Registered(row.number, unit.id, serial, missing)


def builds(depot: Depot, *, ended: bool = False, limit: int = 500) -> tuple[BuildRow, ...]:
    """Requests that are open, the most urgent first; or those that ended, newest first."""
    with depot.read() as tx:
        today, policy = depot.local_day(tx.at), depot.policy(tx)
        shown = []
        for row in rows.rows(tx, ended=ended, limit=limit):
            state = BuildState(row.ended) if row.ended else (
                BuildState.CONFIRMED if row.confirmed_at is not None else BuildState.REQUESTED)
            shown.append(BuildRow(
                build_id=row.id, number=row.number, state=state, product_id=row.product_id, model=row.model or "",
                name_zh=row.name_zh or "", name_en=row.name_en or "", quantity=row.quantity,
                units=rows.units_of(tx, row.id), need_by=row.need_by, promised_on=row.promised_on,
                days_left=(row.need_by - today).days,
                colour=Colour.CALM if ended else clocks.colour_of(row.need_by, today, policy),
                customer=row.customer, case_id=row.case_id or "", case_number=row.case_number, reason=row.reason,
                requested_at=row.requested_at, requested_by=row.requested_name, ended_reason=row.ended_reason,
            ))
    return tuple(shown)


def _open(tx: Tx, build_id: str) -> Build:
    row = rows.build(tx, build_id)
    if row is None:
        raise Refused("emergency.unknown", value=build_id)
    if row.ended is not None:
        raise Refused("emergency.ended", number=row.number, state=row.state)
    return row


def _end(depot: Depot, build_id: str, state: BuildState, reason: str) -> Answered:
    if not reason.strip():
        raise Refused("emergency.end-reason", field="reason")
    with depot.write() as tx:
        row = _open(tx, build_id)
        rows.change(
            tx, row.id, ended_at=tx.at, ended_by=tx.by, ended=state.value, ended_reason=reason.strip()
        )
        _record(tx, f"emergency.{state.value.lower()}", row, None, {"text": reason.strip()})
    return Answered(row.number, state)


def _record(tx: Tx, action: str, row: Build, unit_id: str | None, facts: dict[str, object]) -> str:
    return journal.record(
        tx, action, subject_kind="emergency_build", subject_id=row.id, subject_number=row.number,
        case_id=row.case_id, unit_id=unit_id, facts={"number": row.number, **facts},
    )


def _answered_since(_depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    row = rows.build(tx, entry.subject_id)
    if row is None or row.state is not BuildState.REQUESTED:
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _unrequest(_depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    rows.change(
        tx, entry.subject_id, ended_at=tx.at, ended_by=tx.by, ended=BuildState.CANCELLED.value, ended_reason="undo"
    )
    node.void_documents(tx, [entry.subject_id], "emergency.cancelled")
    return _CHANGES


UNDO = {"emergency.request": Way(_unrequest, _answered_since, Action.SPARE_SWAP)}
