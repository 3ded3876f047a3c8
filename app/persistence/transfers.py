"""Transfers between depots in the record: what left, what is announced, what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, null, or_, select

from app.domain.places import Place
from app.domain.stages import Stage
from app.domain.transfers import Answer, Coming, Receipt, Transfer
from app.persistence.chase import OpenMatter
from app.persistence.held import DEPOT_NAME
from app.persistence.tables import (
    customers,
    foreign_receipts,
    foreign_transfers,
    products,
    return_cases,
    transfer_receipts,
    transfers,
    units,
)
from app.persistence.transaction import Query, Tx, as_row, columns_of

_t, _r, _f, _a = transfers.c, transfer_receipts.c, foreign_transfers.c, foreign_receipts.c
_COMING = select(
    *columns_of(Coming, foreign_transfers, renamed={"from_depot": _f.depot_id, "withdrawn": _f.deleted_at})
)
_ANSWERED = exists().where(
    _r.depot_id == bindparam("depot_id"), _r.number == _f.number, _r.deleted_at.is_(None)
).correlate(foreign_transfers)
_OPEN = Query(_COMING.where(_f.deleted_at.is_(None), ~_ANSWERED).order_by(_f.sent_at, _f.number), Coming)


@dataclass(frozen=True, slots=True)
class Heard:
    """What another depot (``depot``) says now about a transfer of ours; ``answer`` ``None``: it took its word back."""

    transfer_id: str
    depot: str
    answer: str | None
    at: datetime
    case_number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A unit in zone 1 that could be handed on."""

    case_id: str
    case_number: str
    serial: str
    model: str
    customer: str


def known_depots(tx: Tx) -> dict[str, str]:
    """The other depots whose rows the night has told of, code → name; head office is none."""
    return {row[0]: row[1] for row in tx.ask(
        "SELECT DISTINCT h.owner, coalesce(n.value, '') FROM held_origins h LEFT JOIN night_notes n "
        "ON n.name = ? || h.owner WHERE h.origin > 0 AND h.owner <> ? ORDER BY h.owner", (DEPOT_NAME, tx.depot_id),
    )}


def waiting(tx: Tx, text: str, limit: int = 50) -> tuple[Waiting, ...]:
    """Units that await their repair in zone 1, by serial or case number; the longest there first."""
    c = return_cases.c
    wanted = text.strip().upper()
    statement = (
        select(
            c.id.label("case_id"), c.number.label("case_number"), units.c.serial,
            func.coalesce(products.c.model, "").label("model"), func.coalesce(customers.c.name, "").label("customer"),
        )
        .select_from(return_cases)
        .join(units, and_(units.c.depot_id == c.depot_id, units.c.id == c.unit_id))
        .join(products, products.c.id == c.product_id, isouter=True)
        .join(customers, customers.c.id == c.customer_id, isouter=True)
        .where(
            c.depot_id == tx.depot_id, c.stage == Stage.RECEIVED, c.deleted_at.is_(None),
            units.c.place == Place.ZONE_PENDING,
        )
        .order_by(c.received_at, c.id).limit(limit)
    )
    if wanted:
        like = f"%{wanted}%"
        statement = statement.where(or_(units.c.serial.like(like), c.number.like(like)))
    return tx.all(statement, Waiting)


# -- the sender's half -------------------------------------------------------------------------------------------


def add(tx: Tx, transfer: Transfer) -> None:
    """Enter a transfer."""
    tx.insert(transfers, as_row(transfer, without=["deleted_at"]))


def change(tx: Tx, transfer_id: str, **values: Any) -> None:
    """Write the other depot's answer, or end a transfer that was taken back."""
    tx.change(transfers, transfer_id, **values)


def get(tx: Tx, transfer_id: str) -> Transfer | None:
    """The transfer ``transfer_id``, taken back or not."""
    return tx.one(select(*columns_of(Transfer, transfers)).where(tx.by_id(transfers, transfer_id)), Transfer)


def by_handover(tx: Tx, number: str) -> Transfer | None:
    """The transfer whose handover has ``number``."""
    return tx.one(_sent().where(_t.depot_id == tx.depot_id, _t.number == number), Transfer)


def of_case(tx: Tx, case_id: str) -> Transfer | None:
    """The transfer that ended a case, unless it was taken back."""
    return tx.one(
        _sent().where(_t.depot_id == tx.depot_id, _t.case_id == case_id, _t.deleted_at.is_(None)), Transfer)


def sent(tx: Tx, *, ended: bool, limit: int) -> tuple[Transfer, ...]:
    """Transfers of this depot: those that wait for an answer or were refused, oldest first; or the ended, newest first.
    """
    over = or_(_t.deleted_at.is_not(None), _t.answer == Answer.RECEIVED)
    which, order = (over, (_t.sent_at.desc(), _t.id.desc())) if ended else (_open(), (_t.sent_at, _t.id))
    return tx.all(_sent().where(_t.depot_id == tx.depot_id, which).order_by(*order).limit(limit), Transfer)


def unanswered(tx: Tx) -> tuple[OpenMatter, ...]:
    """Transfers without a word from the other depot, and refused ones that are not back, for the chase list."""
    return tx.all(
        select(
            _t.id, _t.number, func.coalesce(_t.answered_at, _t.sent_at).label("began_at"), null().label("days"),
            null().label("due_on"), _t.unit_id, _t.serial, func.coalesce(products.c.model, "").label("model"),
            func.coalesce(return_cases.c.customer_id, "").label("customer_id"),
            func.coalesce(customers.c.name, "").label("customer"), _t.case_id, _t.to_depot.label("person"),
        )
        .select_from(transfers)
        .join(return_cases, and_(return_cases.c.depot_id == _t.depot_id, return_cases.c.id == _t.case_id), isouter=True)
        .join(products, products.c.id == return_cases.c.product_id, isouter=True)
        .join(customers, customers.c.id == return_cases.c.customer_id, isouter=True)
        .where(_t.depot_id == tx.depot_id, _open()),
        OpenMatter,
    )


def hear_of(tx: Tx, coming: Coming, stamp: tuple[int, int]) -> None:
    """Enter what another depot announced, under its stamp there."""
    origin, seq = stamp
    told = as_row(coming, without=["from_depot", "withdrawn"])
    tx.insert(foreign_transfers, {
        **told, "depot_id": coming.from_depot, "to_depot": tx.depot_id, "deleted_at": coming.withdrawn,
        "origin": origin, "seq": seq,
    })


def heard(tx: Tx) -> tuple[Heard, ...]:
    """Transfers of ours about which another depot says something else than is on record here, one row each."""
    rows = tx.execute(
        select(
            _t.id, _t.to_depot, _t.answer.label("known"), _t.answered_at.label("known_at"), _a.depot_id, _a.answer,
            _a.at, _a.case_number, _a.reason, _a.deleted_at,
        )
        .join(foreign_receipts, and_(_a.number == _t.number, _a.from_depot == _t.depot_id))
        .where(_t.depot_id == tx.depot_id)
        .order_by(_t.id, _a.deleted_at.is_(None), _a.at)      # what stands last
    )
    newest = {row.id: row for row in rows}
    found = []
    for row in newest.values():
        standing = row.deleted_at is None
        if (row.known, row.known_at) != ((row.answer, row.at) if standing else (None, None)):
            found.append(
                Heard(row.id, row.depot_id, row.answer if standing else None, row.at, row.case_number, row.reason))
    return tuple(found)


# -- the receiver's half -----------------------------------------------------------------------------------------


def coming(tx: Tx) -> tuple[Coming, ...]:
    """Transfers announced to this depot and not answered yet, the longest under way first."""
    return _OPEN.all(tx)


def announced(tx: Tx, number: str) -> Coming | None:
    """The transfer ``number`` of another depot as the night told of it, answered, withdrawn or neither."""
    found = tx.all(_COMING.where(_f.number == number).order_by(_f.deleted_at.is_(None).desc()).limit(1), Coming)
    return found[0] if found else None


def coming_number(tx: Tx) -> int:
    """How many units are announced and not here yet."""
    return len(coming(tx))


def add_receipt(tx: Tx, receipt: Receipt) -> None:
    """Enter this depot's answer."""
    tx.insert(transfer_receipts, as_row(receipt))


def change_receipt(tx: Tx, receipt_id: str, **values: Any) -> None:
    """Note that what the transfer carried was taken over, or end the receipt."""
    tx.change(transfer_receipts, receipt_id, **values)


def receipt(tx: Tx, number: str) -> Receipt | None:
    """This depot's standing answer to the transfer ``number``."""
    return _one_receipt(tx, _r.number == number)


def receipt_of_case(tx: Tx, case_id: str) -> Receipt | None:
    """The transfer a case of this depot goes on from."""
    return _one_receipt(tx, _r.case_id == case_id)


def to_settle(tx: Tx) -> tuple[Receipt, ...]:
    """Units received on their paper alone whose transfer the night has brought since."""
    return tx.all(
        select(*columns_of(Receipt, transfer_receipts))
        .join(foreign_transfers, and_(_f.number == _r.number, _f.deleted_at.is_(None)))
        .where(
            _r.depot_id == tx.depot_id, _r.deleted_at.is_(None), _r.settled_at.is_(None), _r.answer == Answer.RECEIVED),
        Receipt,
    )


def answers(tx: Tx, limit: int) -> tuple[Receipt, ...]:
    """What this depot answered, newest first."""
    return tx.all(
        select(*columns_of(Receipt, transfer_receipts))
        .where(_r.depot_id == tx.depot_id, _r.deleted_at.is_(None)).order_by(_r.at.desc(), _r.id.desc()).limit(limit),
        Receipt,
    )


def _one_receipt(tx: Tx, condition: Any) -> Receipt | None:
    return tx.one(
        select(*columns_of(Receipt, transfer_receipts))
        .where(_r.depot_id == tx.depot_id, _r.deleted_at.is_(None), condition).order_by(_r.at.desc()).limit(1),
        Receipt,
    )


def _open() -> Any:
    return and_(_t.deleted_at.is_(None), or_(_t.answer.is_(None), _t.answer == Answer.REFUSED))


def _sent() -> Select[Any]:
    return select(*columns_of(Transfer, transfers))

