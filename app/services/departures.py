"""Which units leave the house for a case: its own, or the one given in exchange for it, or both."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.exchange import Exchange
from app.domain.receiving import ReturnCase, Unit
from app.domain.stages import Stage
from app.persistence import exchange as exchange_rows
from app.persistence import receiving as receiving_rows
from app.persistence import returning as rows
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Departure:
    """One unit that leaves for a case. ``made``: the exchange it is the new unit of; ``None``: the case's own unit."""

    case: ReturnCase
    unit: Unit
    made: Exchange | None = None


def of_case(tx: Tx, case: ReturnCase, unit: Unit) -> tuple[Departure, ...]:
    """The units that are to leave next: those not packed yet, else all; the case's own unit first."""
    made = exchange_rows.of_case(tx, case.id)
    own = Departure(case, unit)
    if made is None or made.delivered_at is not None:
        return (own,)
    new = receiving_rows.unit(tx, made.new_unit_id)
    if new is None:
        raise LookupError(made.new_unit_id)
    all_ = (own, Departure(case, new, made)) if case.stage is Stage.READY_TO_RETURN else (Departure(case, new, made),)
    unpacked = tuple(d for d in all_ if rows.shipment_of_unit(tx, case.id, d.unit.id) is None)
    return unpacked or all_
