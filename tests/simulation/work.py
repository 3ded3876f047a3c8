"""A day's work at a simulated depot: received, changed, repaired, closed; each a transaction of the real schema."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from app.domain.numbering import DocumentType
from app.domain.places import Place as Where
from app.domain.stages import Stage
from app.persistence import journal, node
from app.persistence.tables import customers, repair_orders, return_cases, units
from app.persistence.transaction import Tx
from tests.simulation import handing_on
from tests.simulation.faults import Killed
from tests.simulation.places import Place, filled

SERIALS = 40


def day(
    place: Place, chance: random.Random, written: set[tuple[str, str, str]], depots: Sequence[str] = (),
) -> None:
    """A few transactions; what one that was killed had written must be gone. ``depots``: units go between these."""
    place.clock.now += timedelta(hours=chance.choice([1, 9, 20, 24]))
    for _n in range(chance.randrange(1, 5)):
        made: list[tuple[str, str, str]] = []
        try:
            with place.depot.write() as tx:
                if depots and chance.random() < 0.3:
                    handing_on.step(place, tx, chance, depots, made)
                else:
                    _step(place, tx, chance, made)
                if depots and chance.random() < 0.5:
                    handing_on.move(place, tx, chance, made)
        except Killed:
            place.kill_done()
            continue
        written.update(made)
        place.stat["transactions"] += 1


def _step(place: Place, tx: Tx, chance: random.Random, made: list[tuple[str, str, str]]) -> None:
    open_cases = tx.ask("SELECT id, unit_id FROM return_cases WHERE depot_id = ? AND closed_at IS NULL", (tx.depot_id,))
    choice = chance.random()
    if not open_cases or choice < 0.45:
        _receive(place, tx, chance, made)
    elif choice < 0.75:
        case_id, unit_id = chance.choice(sorted(map(tuple, open_cases)))
        tx.change(units, unit_id, note=f"v{chance.getrandbits(40):x}")
        place.reaper.look()
        _entry(tx, "move", unit_id, made)
    elif choice < 0.95:
        case_id, unit_id = chance.choice(sorted(map(tuple, open_cases)))
        order = filled(repair_orders, {
            "id": tx.new_id(), "case_id": case_id, "number": f"W{chance.getrandbits(50)}", "cause_class": "NFF",
            "started_at": tx.at,
        })
        tx.insert(repair_orders, order)
        made.append(("repair_orders", tx.depot_id, order["id"]))
        place.reaper.look()
        tx.change(return_cases, case_id, closed_at=tx.at, stage=Stage.CLOSED, outcome="BACK",
                  result=chance.choice(["REPAIRED", "NFF"]))
        _entry(tx, "close", unit_id, made)
    else:
        row = filled(customers, {"id": tx.new_id(), "code": f"C{chance.getrandbits(20)}", "name": "客户"})
        tx.insert(customers, row)
        made.append(("customers", tx.depot_id, row["id"]))


def _receive(place: Place, tx: Tx, chance: random.Random, made: list[tuple[str, str, str]]) -> None:
    serial = f"S{chance.randrange(SERIALS):03d}"
    found = tx.ask("SELECT id FROM units WHERE depot_id = ? AND serial = ?", (tx.depot_id, serial))
    if found:
        unit_id = found[0][0]
        tx.change(units, unit_id, note=f"v{chance.getrandbits(40):x}")
    else:
        unit_id = tx.new_id()
        tx.insert(units, filled(units, {
            "id": unit_id, "product_id": "P", "serial": serial, "place": Where.ZONE_PENDING, "placed_at": tx.at,
            "note": f"v{chance.getrandbits(40):x}",
        }))
        made.append(("units", tx.depot_id, unit_id))
    place.reaper.look()
    (number,) = node.next_number(tx, DocumentType.RETURN_CASE, tx.at.date())
    case_id = tx.new_id()
    tx.insert(return_cases, filled(return_cases, {
        "id": case_id, "number": number, "unit_id": unit_id, "product_id": "P", "stage": Stage.RECEIVED,
        "symptom": "不开机", "received_at": tx.at, "reported_at": tx.at,
    }))
    made.append(("return_cases", tx.depot_id, case_id))
    place.reaper.look()
    paper = node.record_document(tx, number, DocumentType.RETURN_CASE, "F1", subject_kind="case", subject_id=case_id)
    made.append(("documents", tx.depot_id, paper))
    place.reaper.look()
    _entry(tx, "receive", unit_id, made)


def _entry(tx: Tx, what: str, unit_id: str, made: list[tuple[str, str, str]]) -> None:
    entry = journal.record(tx, f"sim.{what}", subject_kind="unit", subject_id=unit_id, unit_id=unit_id)
    made.append(("journal", tx.depot_id, entry))
