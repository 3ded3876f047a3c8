"""Which units leave the house for a case (its own, or the one given in exchange for it, or both), and their gates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.depot import Depot
from app.domain import returning as rules
from app.domain.clocks import PauseReason
from app.domain.exchange import Exchange, ExchangeSource
from app.domain.receiving import ReturnCase, Unit
from app.domain.returning import Gate, GateState, ReturnFacts
from app.domain.rulings import Outcome
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import exchange as exchange_rows
from app.persistence import handover_lists
from app.persistence import loaners as loaner_rows
from app.persistence import receiving as receiving_rows
from app.persistence import returning as rows
from app.persistence.transaction import Tx
from app.services import payments

#: Ruled to go back without a mark.
_AS_IS = {Outcome.RETURN_AS_IS.value, Outcome.BOTH_TO_CUSTOMER.value}


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


def checklist(depot: Depot, tx: Tx, case: ReturnCase, unit: Unit) -> tuple[GateState, ...]:
    """The gates of what leaves for a case; a gate is open when it is for every unit."""
    each = [rules.gates(_facts(depot, tx, departure)) for departure in of_case(tx, case, unit)]
    return tuple(
        GateState(same[0].gate, all(s.open for s in same), ", ".join(dict.fromkeys(s.detail for s in same if s.detail)))
        for same in zip(*each, strict=True)
    )


def _facts(depot: Depot, tx: Tx, departure: Departure) -> ReturnFacts:
    case, unit, made = departure.case, departure.unit, departure.made
    packed = rows.shipment_of_unit(tx, case.id, unit.id)
    (candidate,) = handover_lists.candidates(tx, [case.id])
    asked = case.pause_reason == PauseReason.CUSTOMER_CONSENT.value
    if made is not None:
        spare = made.source == ExchangeSource.SPARE.value
        return ReturnFacts(
            unit.place, case.stage, case.return_needed, rows.mark_number(tx, unit.case_id or "") if spare else "",
            not spare, receiving_rows.accessories_of_case(tx, case.id), asked, "",
            packed.number if packed else "", loaner_rows.out_numbers(tx, case.id), exchanged=True,
            money=payments.at_the_gate(depot, tx, case.id),
        )
    return ReturnFacts(
        unit.place, case.stage, case.return_needed, rows.mark_number(tx, case.id), case.outcome in _AS_IS,
        receiving_rows.accessories_of_case(tx, case.id), asked, candidate.offered_in, packed.number if packed else "",
        loaner_rows.out_numbers(tx, case.id), money=payments.at_the_gate(depot, tx, case.id),
    )


def require_gates(depot: Depot, tx: Tx, departure: Departure, passed: Collection[Gate]) -> None:
    """Refuse with ``returning.gate-<gate>`` while a gate of the unit is shut; ``passed``: gates that do not count."""
    case, unit = departure.case, departure.unit
    for state in rules.gates(_facts(depot, tx, departure)):
        if not state.open and state.gate not in passed:
            code = f"returning.gate-{state.gate.value.lower().replace('_', '-')}"
            if state.gate is Gate.STANDS_IN_ZONE and departure.made is not None:
                code = "returning.gate-exchanged-elsewhere"
            raise Refused(code, number=case.number, serial=unit.serial, detail=state.detail, place=unit.place)
