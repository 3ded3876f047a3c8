"""Handovers and the moves that follow them, in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.domain.handover import Item, Line, LineKind, Offer, ReceiptKind, Refusal, Verdict
from app.domain.places import Place
from app.domain.receiving import Traveller, Unit
from app.persistence.tables import (
    handover_lines,
    handover_receipts,
    handover_verdicts,
    handovers,
    movements,
    traveller_movements,
)
from app.persistence.transaction import Tx, as_row, columns_of


def add_offer(tx: Tx, offer: Offer, items: Sequence[Item]) -> tuple[Line, ...]:
    """Enter the giver's half and its lines."""
    tx.insert(handovers, as_row(offer))
    lines = tuple(
        Line(
            tx.new_id(), offer.id, ordinal, item.kind, item.id if item.kind is LineKind.UNIT else None,
            item.id if item.kind is LineKind.TRAVELLER else None, item.case_id,
        )
        for ordinal, item in enumerate(items, 1)
    )
    tx.insert(handover_lines, *({**as_row(line), "kind": line.kind.value} for line in lines))
    return lines


def offer(tx: Tx, handover_id: str) -> Offer | None:
    """The giver's half of a handover."""
    return tx.one(select(*columns_of(Offer, handovers)).where(tx.by_id(handovers, handover_id)), Offer)


def lines(tx: Tx, handover_id: str) -> tuple[Line, ...]:
    """The lines of a handover in order."""
    rows = tx.execute(
        select(*columns_of(Line, handover_lines))
        .where(handover_lines.c.depot_id == tx.depot_id, handover_lines.c.handover_id == handover_id)
        .order_by(handover_lines.c.ordinal)
    )
    return tuple(Line(**{**row._mapping, "kind": LineKind(row.kind)}) for row in rows)


def is_ended(tx: Tx, handover_id: str) -> bool:
    """Whether the offer was received or withdrawn."""
    return tx.scalar(
        select(handover_receipts.c.id).where(
            handover_receipts.c.depot_id == tx.depot_id, handover_receipts.c.handover_id == handover_id
        )
    ) is not None


def add_receipt(
    tx: Tx,
    handover_id: str,
    kind: ReceiptKind,
    receiver_name: str,
    receiver_signature_id: str | None,
    note: str,
    verdicts: Mapping[str, Refusal | None],
) -> None:
    """Enter the receiver's half: per line id ``None`` (accepted) or the refusal."""
    tx.insert(
        handover_receipts,
        {
            "handover_id": handover_id, "kind": kind.value, "receiver_name": receiver_name,
            "receiver_signature_id": receiver_signature_id, "note": note, "at": tx.at, "by": tx.by,
        },
    )
    tx.insert(
        handover_verdicts,
        *(
            {
                "line_id": line_id,
                "verdict": (Verdict.REFUSED if refusal else Verdict.ACCEPTED).value,
                "reason_code": refusal.reason.value if refusal else "",
                "reason": refusal.text if refusal else "",
            }
            for line_id, refusal in verdicts.items()
        ),
    )


def last_movement_id(tx: Tx, unit: Unit) -> str | None:
    """The id of the newest line of a unit's movement chain; ``None`` before its first."""
    found: str | None = tx.scalar(
        select(movements.c.id).where(
            movements.c.depot_id == tx.depot_id, movements.c.unit_id == unit.id,
            movements.c.ordinal == unit.movement_no,
        )
    )
    return found


def move_unit(
    tx: Tx,
    unit: Unit,
    to_place: Place,
    *,
    case_id: str | None,
    to_shelf_id: str | None = None,
    handover_line_id: str | None = None,
    document_number: str = "",
    reason: str = "",
    reverses_id: str | None = None,
) -> str:
    """Write the next line of a unit's movement chain and return its id; the unit follows by trigger.

    Refused by the database: ``law.movement-chain``, ``law.custody``, ``law.no-mixing``, ``law.storage-condition``.
    """
    return move_units(
        tx, [(unit, case_id, handover_line_id, to_shelf_id)], to_place, document_number=document_number,
        reason=reason, reverses_id=reverses_id,
    )[0]


def move_units(
    tx: Tx,
    moves: Sequence[tuple[Unit, str | None, str | None, str | None]],
    to_place: Place,
    *,
    document_number: str = "",
    reason: str = "",
    reverses_id: str | None = None,
) -> list[str]:
    """Move many units at once: each of ``moves`` is (unit, case id, handover line id, shelf id at the target).

    No move is written before the one that brought the unit here, even where two desks' clocks disagree: the balance
    of a zone must hold for every past moment (spec 1 §2, invariant 2).
    """
    rows: list[dict[str, Any]] = [
        {
            "id": tx.new_id(), "unit_id": unit.id, "case_id": case_id, "ordinal": unit.movement_no + 1,
            "from_place": unit.place, "to_place": to_place, "from_shelf_id": unit.shelf_id,
            "to_shelf_id": to_shelf_id, "handover_line_id": line_id, "document_number": document_number,
            "reason": reason, "reverses_id": reverses_id, "at": max(tx.at, unit.placed_at), "by": tx.by,
        }
        for unit, case_id, line_id, to_shelf_id in moves
    ]
    tx.insert(movements, *rows)
    return [row["id"] for row in rows]


def move_traveller(
    tx: Tx,
    traveller: Traveller,
    to_place: Place,
    *,
    handover_line_id: str | None = None,
    reason: str = "",
    reverses_id: str | None = None,
) -> str:
    """Write the next line of a traveller's movement chain and return its id."""
    return move_travellers(tx, [(traveller, handover_line_id)], to_place, reason=reason, reverses_id=reverses_id)[0]


def move_travellers(
    tx: Tx,
    moves: Sequence[tuple[Traveller, str | None]],
    to_place: Place,
    *,
    reason: str = "",
    reverses_id: str | None = None,
) -> list[str]:
    """Move many travellers at once: each of ``moves`` is (traveller, handover line id)."""
    rows: list[dict[str, Any]] = [
        {
            "id": tx.new_id(), "traveller_id": traveller.id, "ordinal": traveller.movement_no + 1,
            "from_place": traveller.place, "to_place": to_place, "handover_line_id": line_id, "reason": reason,
            "reverses_id": reverses_id, "at": tx.at, "by": tx.by,
        }
        for traveller, line_id in moves
    ]
    tx.insert(traveller_movements, *rows)
    return [row["id"] for row in rows]
