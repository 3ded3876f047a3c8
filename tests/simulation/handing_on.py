"""Units moved, and handed on between simulated depots: sent, taken back, answered; the service tells the news."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sqlalchemy import select

from app.domain.numbering import DocumentType
from app.domain.places import Place as Where
from app.domain.stages import Stage
from app.domain.transfers import TRANSFERRED, Answer
from app.persistence import node
from app.persistence.tables import movements, return_cases, transfer_receipts, transfers, units
from app.persistence.transaction import Tx
from app.services import transfer_news
from tests.simulation.faults import Killed
from tests.simulation.places import Place, filled

#: Between these a unit goes without changing hands.
_ZONES = (Where.ZONE_PENDING, Where.COUNTER)
Made = list[tuple[str, str, str]]


def step(place: Place, tx: Tx, chance: random.Random, codes: Sequence[str], made: Made) -> None:
    """One thing that a clerk does about transfers."""
    choice = chance.random()
    if choice < 0.5:
        _send(place, tx, chance, codes, made)
    elif choice < 0.9:
        _answer(place, tx, chance, made)
    else:
        table = chance.choice([transfers, transfer_receipts])
        standing = tx.ask(
            f"SELECT id FROM {table.name} WHERE depot_id = ? AND deleted_at IS NULL ORDER BY id", (tx.depot_id,))
        if standing:
            tx.change(table, chance.choice(standing)[0], deleted_at=tx.at)
            place.stat["transfers_taken_back"] += 1


def move(place: Place, tx: Tx, chance: random.Random, made: Made) -> None:
    """A unit is moved, one of those that have been here longest: two computers will move the same ones.

    Never before it came where it stands, as the law wants.
    """
    open_cases = tx.ask("SELECT id, unit_id FROM return_cases WHERE depot_id = ? AND closed_at IS NULL ORDER BY id "
                        "LIMIT 2", (tx.depot_id,))
    if not open_cases:
        return
    case_id, unit_id = chance.choice(open_cases)
    from_place, no, since = tx.execute(
        select(units.c.place, units.c.movement_no, units.c.placed_at)
        .where(units.c.depot_id == tx.depot_id, units.c.id == unit_id)
    ).one()
    to_place = chance.choice(_ZONES)
    row = filled(movements, {
        "id": tx.new_id(), "unit_id": unit_id, "case_id": case_id, "ordinal": no + 1, "from_place": from_place,
        "to_place": to_place, "at": max(since, tx.at),
    })
    tx.insert(movements, row)
    made.append(("movements", tx.depot_id, row["id"]))
    place.stat["moves"] += 1


def hear(place: Place) -> None:
    """After a night: what came of other depots is written down."""
    try:
        place.stat["transfers_heard"] += transfer_news.hear(place.depot)
    except Killed:
        place.kill_done()


def _send(place: Place, tx: Tx, chance: random.Random, codes: Sequence[str], made: Made) -> None:
    waiting = tx.ask(
        "SELECT c.id, c.unit_id, c.number, u.serial FROM return_cases c JOIN units u ON u.depot_id = c.depot_id "
        "AND u.id = c.unit_id WHERE c.depot_id = ? AND c.closed_at IS NULL ORDER BY c.id", (tx.depot_id,))
    elsewhere = [code for code in codes if code != place.code]
    if not waiting or not elsewhere:
        return
    case_id, unit_id, case_number, serial = chance.choice(waiting)
    tx.change(return_cases, case_id, closed_at=tx.at, stage=Stage.CLOSED, outcome=TRANSFERRED)
    place.reaper.look()
    (number,) = node.next_number(tx, DocumentType.HANDOVER, tx.at.date())
    row = filled(transfers, {
        "id": tx.new_id(), "number": number, "case_id": case_id, "unit_id": unit_id, "case_number": case_number,
        "serial": serial, "to_depot": chance.choice(elsewhere), "sent_at": tx.at, "reason": "本站无此工装",
    })
    tx.insert(transfers, row)
    place.reaper.look()
    paper = node.record_document(tx, number, DocumentType.HANDOVER, "F5T", subject_kind="case", subject_id=case_id)
    made.append(("documents", tx.depot_id, paper))
    made.append(("transfers", tx.depot_id, row["id"]))
    place.stat["transfers_sent"] += 1


def _answer(place: Place, tx: Tx, chance: random.Random, made: Made) -> None:
    coming = tx.ask(
        "SELECT f.number, f.depot_id FROM foreign_transfers f WHERE f.deleted_at IS NULL AND NOT EXISTS (SELECT 1 "
        "FROM transfer_receipts r WHERE r.depot_id = ? AND r.number = f.number AND r.deleted_at IS NULL) "
        "ORDER BY f.number, f.depot_id", (tx.depot_id,))
    if not coming:
        return
    number, sender = chance.choice(coming)
    row = filled(transfer_receipts, {
        "id": tx.new_id(), "number": number, "from_depot": sender, "at": tx.at, "settled_at": tx.at,
        "answer": chance.choice([Answer.RECEIVED, Answer.RECEIVED, Answer.REFUSED]).value, "case_number": "R",
    })
    tx.insert(transfer_receipts, row)
    made.append(("transfer_receipts", tx.depot_id, row["id"]))
    place.stat["transfers_answered"] += 1
