"""What must hold (I1 to I8 of spec 4), judged from outside: plain SQL over both sides, none of the code under test."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulation.places import Place
    from tests.simulation.world import World

GENESIS = "0" * 64


def head_office_customer(world: World, key: str, name: str) -> None:
    """Head office writes one customer: stamped in the same transaction, by the row of its node."""
    world.centre.head_office(key, name)


def damage(world: World, place: Place) -> None:
    """The disk changes a byte of a row that was sent; no program did, so no stamp moves."""
    found = place.look(
        "SELECT u.id, u.note, u.origin, u.seq FROM units u JOIN node n ON u.origin = n.origin "
        "WHERE u.depot_id = n.depot_id AND u.seq <= (SELECT coalesce(max(to_seq), 0) FROM out_batches b "
        "WHERE b.origin = n.origin AND b.acknowledged = 1)"
    )
    if not found:
        return
    row_id, note, origin, seq = world.chance.choice(sorted(found))
    world.stat["damaged"] += 1
    with sqlite3.connect(place.path) as link:
        link.execute("UPDATE units SET note = ?, origin = -9, seq = -9 WHERE id = ?", (f"{note}!", row_id))
        link.execute("UPDATE units SET origin = ?, seq = ? WHERE id = ?", (origin, seq, row_id))
    link.close()


def remember_notes(world: World) -> None:
    """What units say at the centre now: an old backup may say it still when the record has gone on."""
    rate, world.reaper.rate = world.reaper.rate, 0.0
    world.ever |= {str(row[0]) for row in world.centre.look("SELECT note FROM units")}
    world.reaper.rate = rate


# -- what may be lost ------------------------------------------------------------------------------------------------


def about_to_lose(world: World, n: int) -> None:
    """A database is destroyed: what only it had is gone."""
    code = world.places[n].code
    elsewhere = _at_centre(world)
    for k, other in enumerate(world.places):
        if k != n and other.code == code:
            elsewhere |= _at_place(world, other)
    world.written = {key for key in world.written if key[1] != code or key in elsewhere}


def centre_lost(world: World) -> None:
    """The centre went back to an older state: what exists nowhere now is gone (two copies were destroyed)."""
    somewhere = _at_centre(world)
    for place in world.places:
        somewhere |= _at_place(world, place)
    gone = world.written - somewhere
    world.stat["lost_with_both_copies"] += len(gone)
    world.written -= gone


def _at_centre(world: World) -> set[tuple[str, str, str]]:
    return {
        (shape.table, *row) for shape in world.shapes
        for row in world.centre.look(f"SELECT depot_id, id FROM {shape.table}")
    }


def _at_place(world: World, place: Place) -> set[tuple[str, str, str]]:
    with sqlite3.connect(place.path) as link:
        found = {
            (shape.table, *row) for shape in world.shapes
            for row in link.execute(f"SELECT depot_id, id FROM {shape.table} WHERE depot_id = ?", (place.code,))
        }
    link.close()
    return found


# -- at the end ------------------------------------------------------------------------------------------------------


def notes_before(world: World) -> dict[int, set[str]]:
    """What each computer's units say last, before everything is brought together."""
    return {
        n: {str(row[0]) for row in place.look("SELECT note FROM units WHERE depot_id = ?", (place.code,))}
        for n, place in enumerate(world.places)
    }


def check(world: World, notes: dict[int, set[str]]) -> None:
    """Every obligation."""
    _stamps(world)
    _chains(world)
    centre = _at_centre(world)
    lost = world.written - centre - _told_of(world)
    assert not lost, (world.seed, "LOST", sorted(lost)[:5], len(lost))
    for place in world.places:
        _acknowledged(world, place)
        _foreign(world, place)
        _delivered(world, place)
        if world.between:
            _moved(world, place)
            _addressed(world, place)
            _answered(world, place)
        if sum(other.code == place.code for other in world.places) == 1:
            _equal(world, place)
    _no_version_vanished(world, notes)


def _stamps(world: World) -> None:
    """I1: every row is stamped, no stamp is borne twice, none is beyond what was given out."""
    for place in world.places:
        ((origin, seq),) = place.look("SELECT origin, seq FROM node")
        seen: set[tuple[object, object]] = set()
        for shape in world.shapes:
            for stamp in place.look(f"SELECT origin, seq FROM {shape.table} WHERE depot_id = ?", (place.code,)):
                assert stamp not in seen, (world.seed, "I1 twice", place.code, shape.table, stamp)
                assert stamp[0] >= 0, (world.seed, "I1 unstamped", shape.table, stamp)  # type: ignore[operator]
                assert stamp[0] != origin or stamp[1] <= seq, (world.seed, "I1", stamp)  # type: ignore[operator]
                seen.add(stamp)


def _chains(world: World) -> None:
    """I3, I4: one open origin per depot; its batches are one unbroken chain that ends at its head."""
    opened = world.centre.look("SELECT depot_id FROM centre_origins WHERE open = 1")
    assert len(opened) == len(set(opened)), (world.seed, "I3", opened)
    for origin, no, seq, chain in world.centre.look(
        "SELECT origin, head_no, head_seq, head_chain FROM centre_origins WHERE origin > 0"
    ):
        before, at, upto = GENESIS, 0, 0
        for batch in world.centre.look(
            "SELECT no, after_seq, to_seq, rows, digest, chain FROM centre_batches WHERE origin = ? ORDER BY no",
            (origin,),
        ):
            assert batch[:2] == (at + 1, upto), (world.seed, "I4", origin, batch[:3])
            told = f"{before}|{batch[0]}|{batch[1]}|{batch[2]}|{batch[3]}|{batch[4]}"
            assert hashlib.sha256(told.encode()).hexdigest() == batch[5], (world.seed, "I3", origin, batch[0])
            at, upto, before = batch[0], batch[2], batch[5]
        assert (at, upto, before) == (no, seq, chain), (world.seed, "I4", origin)


def _acknowledged(world: World, place: Place) -> None:
    """I5 and I2: what a depot counts as acknowledged the centre has, in that version or a newer one."""
    ((origin, _seq),) = place.look("SELECT origin, seq FROM node")
    acked = place.look(
        "SELECT chain, to_seq FROM out_batches WHERE origin = ? AND acknowledged = 1 ORDER BY no", (origin,)
    )
    there = {row[0] for row in world.centre.look("SELECT chain FROM centre_batches WHERE origin = ?", (origin,))}
    assert {chain for chain, _to in acked} <= there, (world.seed, "I5", place.code)
    upto = acked[-1][1] if acked else 0
    for shape in world.shapes:
        have = {row[0]: row[1:] for row in world.centre.look(
            f"SELECT id, origin, seq FROM {shape.table} WHERE depot_id = ?", (place.code,)
        )}
        for row_id, *stamp in place.look(
            f"SELECT id, origin, seq FROM {shape.table} WHERE depot_id = ? AND origin = ? AND seq <= ?",
            (place.code, origin, upto),
        ):
            assert row_id in have, (world.seed, "I2 missing", shape.table, row_id)
            assert have[row_id] >= tuple(stamp), (world.seed, "I2 older", shape.table, row_id)


def _equal(world: World, place: Place) -> None:
    """I8: after the last night both sides are the same, column by column (but what the night itself wrote after it)."""
    ((origin, upto),) = place.look(
        "SELECT n.origin, coalesce(max(b.to_seq), 0) FROM node n LEFT JOIN out_batches b "
        "ON b.origin = n.origin AND b.acknowledged = 1 GROUP BY n.origin"
    )
    for shape in world.shapes:
        columns = ", ".join(f'"{name}"' for name in shape.columns)
        mine = set(place.look(
            f"SELECT {columns} FROM {shape.table} WHERE depot_id = ? AND NOT (origin = ? AND seq > ?)",
            (place.code, origin, upto),
        ))
        theirs = set(world.centre.look(f"SELECT {columns} FROM {shape.table} WHERE depot_id = ?", (place.code,)))
        strange = list(mine ^ theirs)
        later = {row[0] for row in place.look(
            f"SELECT id FROM {shape.table} WHERE origin = ? AND seq > ?", (origin, upto)
        )}
        strange = [row for row in strange if row[1] not in later]
        assert not strange, (world.seed, "I8", place.code, shape.table, sorted(map(str, strange))[:4])


def _foreign(world: World, place: Place) -> None:
    """I7: of the other depots' visits a depot holds what the centre has, no less and nothing else."""
    for mine, theirs, columns in (
        ("foreign_units", "units", "depot_id, id, serial"),
        ("foreign_cases", "return_cases", "depot_id, id, number, stage, closed_at, outcome"),
        ("foreign_orders", "repair_orders", "depot_id, id, case_id, cause_class"),
    ):
        have = set(place.look(f"SELECT {columns} FROM {mine}"))
        want = set(world.centre.look(f"SELECT {columns} FROM {theirs} WHERE depot_id <> ?", (place.code,)))
        assert have == want, (world.seed, "I7", place.code, mine, sorted(map(str, have ^ want))[:4])


def _told_of(world: World) -> set[tuple[str, str, str]]:
    """Moves that left the ledger for the inbox, because both sides had moved the unit."""
    return {
        ("movements", str(depot_id), str(json.loads(str(mine))["id"])) for depot_id, mine in world.centre.look(
            "SELECT depot_id, mine FROM conflicts WHERE in_table = 'movements' AND kind = 'TWICE'")
    }


def _moved(world: World, place: Place) -> None:
    """A unit's moves are one chain without a gap, each from where the one before it went; there the unit stands."""
    stand = {row[0]: row[1:] for row in place.look("SELECT id, movement_no, place FROM units WHERE depot_id = ?",
                                                   (place.code,))}
    ends: dict[object, tuple[object, ...]] = {}
    for unit_id, ordinal, from_place, to_place in place.look(
        "SELECT unit_id, ordinal, from_place, to_place FROM movements WHERE depot_id = ? ORDER BY unit_id, ordinal",
        (place.code,),
    ):
        no, at = ends.get(unit_id, (0, from_place))
        assert (ordinal, from_place) == (int(str(no)) + 1, at), (world.seed, "CHAIN", place.code, unit_id, ordinal)
        ends[unit_id] = (ordinal, to_place)
    for unit_id, end in ends.items():
        assert stand[unit_id] == end, (world.seed, "PLACE", place.code, unit_id, stand[unit_id], end)


def _addressed(world: World, place: Place) -> None:
    """I7 for what is addressed to a depot: transfers to it, answers to its own; nobody else's."""
    for mine, theirs, columns, to in (
        ("foreign_transfers", "transfers", "depot_id, id, number, to_depot, serial, deleted_at", "to_depot"),
        ("foreign_receipts", "transfer_receipts", "depot_id, id, number, from_depot, answer, deleted_at", "from_depot"),
    ):
        have = set(place.look(f"SELECT {columns} FROM {mine}"))
        want = set(world.centre.look(
            f"SELECT {columns} FROM {theirs} WHERE {to} = ? AND depot_id <> ?", (place.code, place.code)))
        assert have == want, (world.seed, "I7", place.code, mine, sorted(map(str, have ^ want))[:4])


def _answered(world: World, place: Place) -> None:
    """Of its transfers a depot knows the answer that stands; the last one where a receiver gave several."""
    for number, known in place.look("SELECT number, answer FROM transfers WHERE depot_id = ?", (place.code,)):
        told = place.look(
            "SELECT deleted_at IS NULL, at, answer FROM foreign_receipts WHERE number = ? AND from_depot = ? "
            "ORDER BY 1, 2", (number, place.code))
        if told:
            standing = {answer if stands else None for stands, at, answer in told if (stands, at) == told[-1][:2]}
            assert known in standing, (world.seed, "ANSWER", place.code, number, known, standing)


def _delivered(world: World, place: Place) -> None:
    """I7 for head office's rows."""
    have = set(place.look("SELECT id, name, origin, seq FROM customers WHERE depot_id = 'HQ'"))
    want = set(world.centre.look("SELECT id, name, origin, seq FROM customers WHERE depot_id = 'HQ'"))
    assert have == want, (world.seed, "I7 head office", place.code, sorted(map(str, have ^ want))[:4])


def _no_version_vanished(world: World, notes: dict[int, set[str]]) -> None:
    """What a computer's units said last stands somewhere: in the record, or in an inbox for a person to see."""
    texts = {str(row[0]) for row in world.centre.look("SELECT note FROM units")}
    texts |= {part for row in world.centre.look("SELECT mine FROM conflicts WHERE in_table = 'units'")
              for part in _notes_in(str(row[0]))}
    for n, place in enumerate(world.places):
        vanished = notes[n] - texts
        own = {part for row in place.look("SELECT mine FROM conflicts") for part in _notes_in(str(row[0]))}
        vanished -= own
        vanished = {note for note in vanished if not _outdated(world, note)}
        assert not vanished, (world.seed, "VANISHED", place.code, sorted(vanished)[:4])


def _notes_in(text: str) -> list[str]:
    return [str(json.loads(text).get("note", ""))]


def _outdated(world: World, note: str) -> bool:
    """An old backup says what was said before: it was at the centre once, and has been followed by something newer.

    What the disk made of a row (``!``) nobody said; where the centre has a newer version it may simply go.
    """
    return note in world.ever or note.endswith("!")
