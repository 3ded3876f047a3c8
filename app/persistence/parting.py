"""The depot's side of a fork, in one transaction: rows stamped anew, taken back, or put to a person (spec 4).

Two things that may not repeat (a case number given twice, one serial entered twice) may have been made on both sides:
the centre's keeps its place, the depot's steps aside under a mark of its own and is shown in the conflict inbox. Of
moves see :mod:`app.persistence.parted_moves`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from app.domain.numbering import parse_number
from app.domain.sync.reconciling import Fate
from app.persistence import batches, held, journal, parted_moves, stamped
from app.persistence.stamped import Shape, ask, is_sqlite, listed
from app.persistence.tables import conflicts
from app.persistence.tables import journal as entries
from app.persistence.transaction import Tx

Row = tuple[Any, ...]


class Parting:
    """A fork under way: collects what becomes of each row, then does it."""

    def __init__(self, tx: Tx, shapes: Sequence[Shape], origin: int, before: int) -> None:
        self._tx = tx
        self._shapes = list(shapes)
        self._origin = origin
        self._before = before
        self._sends: dict[tuple[str, str], tuple[int, int]] = {}
        self._takes: dict[str, dict[str, Row]] = {}
        self._told: list[tuple[str, Shape, Row, Row | None]] = []
        self._new: dict[str, dict[str, Row]] = {}
        self._aside = 0
        #: Cases and travellers that only went on here: the depot's row, the centre's older one.
        self._along: dict[tuple[str, str], tuple[Shape, Row, Row]] = {}
        self.conflicts = self.taken = self.sent = 0

    def send(self, shape: Shape, row: Row, older: Row | None = None) -> None:
        """The depot's version stands. ``older``: what the centre has of it."""
        self._sends[shape.table, row[1]] = (row[-2], row[-1])
        if older is not None and shape.table in {"return_cases", "travellers"}:
            self._along[shape.table, row[1]] = (shape, row, older)

    def take(self, shape: Shape, theirs: Row, mine: Row | None, why: Fate) -> None:
        """The centre's version comes back; what both changed, or what is damaged, is put to a person."""
        self._takes.setdefault(shape.table, {})[theirs[1]] = theirs
        if mine is None:
            self._new.setdefault(shape.table, {})[theirs[1]] = theirs
        if why is not Fate.TAKE and mine is not None:
            self._told.append((why.value, shape, mine, theirs))

    def finish(self) -> None:
        """Do it all; the database goes on as the new origin."""
        link = self._tx.connection
        if is_sqlite(link):
            ask(link, "PRAGMA defer_foreign_keys = ON")
        self._part_moves()
        for shape in self._shapes:
            taking = self._takes.get(shape.table, {})
            stamped.withdraw(link, shape, self._tx.depot_id, taking)
            if shape.unique:
                pending = set(taking)
                for row_id, row in taking.items():
                    pending.remove(row_id)
                    self._make_room(shape, row, pending)
                    stamped.upsert(link, shape, [row])
            else:
                stamped.upsert(link, shape, taking.values())
            self.taken += len(taking)
        self._follow_moves()
        seq = self._restamp()
        seq = self._tell(seq)
        batches.rename(self._tx, self._origin, seq)
        self._after()

    def _restamp(self) -> int:
        """Stamps 1, 2, 3 … of the new origin, in the order in which the rows were written."""
        order = sorted(self._sends.items(), key=lambda item: (item[1], item[0]))
        wanted: dict[str, list[tuple[int, int, str]]] = {}
        for seq, ((table, row_id), _stamp) in enumerate(order, 1):
            wanted.setdefault(table, []).append((self._origin, seq, row_id))
        for shape in self._shapes:
            stamped.restamp(self._tx.connection, shape, self._tx.depot_id, wanted.get(shape.table, ()))
        self.sent = len(order)
        return len(order)

    def _tell(self, seq: int) -> int:
        for kind, shape, mine, theirs in self._told:
            seq += 1
            self._tx.execute(insert(conflicts).values(
                depot_id=self._tx.depot_id, id=self._tx.new_id(), kind=kind, in_table=shape.table, row_id=mine[1],
                mine=as_plain(shape, mine), theirs=as_plain(shape, theirs) if theirs else {}, at=self._tx.at,
                origin=self._origin, seq=seq,
            ))
        self.conflicts += len(self._told)
        return seq

    # -- what may not repeat -----------------------------------------------------------------------------------

    def _make_room(self, shape: Shape, row: Row, pending: set[str]) -> None:
        """Whatever holds a name, number or place that the centre's row has, steps aside.

        ``pending``: rows whose own version from the centre is still to come; they step aside until then.
        """
        at = {name: n for n, name in enumerate(shape.columns)}
        link = self._tx.connection
        for unique in shape.unique:
            values = [row[at[name]] for name in unique]
            if None in values:
                continue
            where = " AND ".join(f'"{name}" = ?' for name in unique)
            for found in map(tuple, ask(
                link, f"SELECT {listed(shape.columns)} FROM {shape.table} WHERE {where} AND id <> ?",
                (*values, row[1]),
            )):
                stays = self._step_aside(shape, unique, found, at)
                if found[1] in pending:
                    continue
                if not any((what, table.table, mine[1]) == ("TWICE", shape.table, found[1])
                           for what, table, mine, _theirs in self._told):
                    self._told.append(("TWICE", shape, found, row))
                if stays:
                    self._sends[shape.table, found[1]] = (
                        (self._before, 0) if found[-2] == stamped.WITHDRAWN else (found[-2], found[-1])
                    )

    def _step_aside(self, shape: Shape, unique: tuple[str, ...], row: Row, at: dict[str, int]) -> bool:
        link, table = self._tx.connection, shape.table
        free = [name for name in unique if name not in {"depot_id", "id"} and not name.endswith("_id")]
        if not free:
            # nothing of it can be changed without changing what it belongs to: the inbox keeps it
            self._leave(shape, row)
            return False
        name = free[-1]
        value = row[at[name]]
        others = [other for other in unique if other != name]
        where = " AND ".join(f'"{other}" = ?' for other in others)
        held_there = [row[at[other]] for other in others]
        if isinstance(value, int):
            ((last,),) = ask(link, f'SELECT max("{name}") FROM {table} WHERE {where}', held_there)
            new: Any = last + 1
        else:
            taken = {found[0] for found in ask(link, f'SELECT "{name}" FROM {table} WHERE {where}', held_there)}
            new = next(f"{value}#{n}" for n in range(2, len(taken) + 3) if f"{value}#{n}" not in taken)
        self._write_over(table, row[1], {name: new})
        return True

    def _leave(self, shape: Shape, row: Row) -> None:
        """A row leaves its table; the inbox keeps it."""
        stamped.withdraw(self._tx.connection, shape, self._tx.depot_id, [row[1]])
        ask(self._tx.connection,
            f"DELETE FROM {shape.table} WHERE depot_id = ? AND id = ? AND origin = {stamped.WITHDRAWN}",
            (self._tx.depot_id, row[1]))
        self._sends.pop((shape.table, row[1]), None)

    def _write_over(self, table: str, row_id: str, values: Mapping[str, Any]) -> None:
        """Change a row under a stamp that no other has: so the laws of append-only rows know whose doing it is, also
        where a row is changed twice."""
        self._aside += 1
        sets = ", ".join(f'"{name}" = ?' for name in values)
        ask(self._tx.connection, f"UPDATE {table} SET {sets}, origin = ?, seq = ? WHERE depot_id = ? AND id = ?",
            (*values.values(), stamped.WITHDRAWN, -2 - self._aside, self._tx.depot_id, row_id))

    # -- moves -------------------------------------------------------------------------------------------------

    def _part_moves(self) -> None:
        """Where both sides moved a thing, the centre's moves stand."""
        for chain, ledger in self._chains():
            unsent = {row_id for table, row_id in self._sends if table == ledger.table}
            new = self._new.get(ledger.table, {})
            for row, instead in list(
                parted_moves.parted(self._tx.connection, ledger, chain, self._tx.depot_id, new, unsent)
            ):
                self._leave(ledger, row)
                self._told.append(("TWICE", ledger, row, instead))
                if chain.thing == "units":
                    self._go_back(row[ledger.columns.index(chain.key)])

    def _go_back(self, unit_id: str) -> None:
        """Case and traveller do not go on where their unit did not: the steps that moved it are taken again, or not."""
        for key, (shape, mine, older) in list(self._along.items()):
            if mine[shape.columns.index("unit_id")] != unit_id:
                continue
            del self._along[key]
            self._sends.pop(key, None)
            self.take(shape, older, mine, Fate.CONFLICT)
            for chain, ledger in self._chains():
                if chain.thing != shape.table:
                    continue
                after = int(older[shape.columns.index("movement_no")])
                for row in parted_moves.of(self._tx.connection, ledger, chain, self._tx.depot_id, mine[1]):
                    if int(row[ledger.columns.index("ordinal")]) > after and (ledger.table, row[1]) in self._sends:
                        self._leave(ledger, row)
                        self._told.append(("TWICE", ledger, row, None))

    def _follow_moves(self) -> None:
        """Whichever version of a thing was taken: it stands where its moves leave it."""
        link, depot_id = self._tx.connection, self._tx.depot_id
        for chain, ledger in self._chains():
            at = ledger.columns.index(chain.key)
            moved = {row[at] for row in self._takes.get(ledger.table, {}).values()}
            things = moved | set(self._takes.get(chain.thing, {}))
            for thing, end in parted_moves.ends(link, ledger, chain, depot_id, things).items():
                found = ask(link, f"SELECT {listed(tuple(end))}, origin, seq FROM {chain.thing} "
                                  "WHERE depot_id = ? AND id = ?", (depot_id, thing))
                if found and tuple(found[0][:-2]) != tuple(end.values()):
                    self._write_over(chain.thing, thing, end)
                    self._sends.setdefault((chain.thing, thing), (self._before, 0))

    def _chains(self) -> Iterator[tuple[parted_moves.Chain, Shape]]:
        by_name = {shape.table: shape for shape in self._shapes}
        return ((chain, by_name[chain.ledger]) for chain in parted_moves.CHAINS if chain.ledger in by_name)

    # -- what follows from the rows ----------------------------------------------------------------------------

    def _after(self) -> None:
        """Numbers are counted on from the highest, the journal is one line again, units are looked up anew."""
        link, depot_id = self._tx.connection, self._tx.depot_id
        taken = self._takes
        lasts: dict[tuple[str, str], int] = {}
        for shape in self._shapes:
            # what bears a number may have come back without its line in the documents: two disasters can do that
            if "number" not in shape.columns:
                continue
            at = shape.columns.index("number")
            for row in taken.get(shape.table, {}).values():
                number = parse_number(str(row[at]))
                if number is not None and number.depot == depot_id:
                    key = (number.type.value, f"{number.yy:02d}{number.mm:02d}")
                    lasts[key] = max(lasts.get(key, 0), number.n)
        for (type_, month), last in sorted(lasts.items()):
            ask(
                link,
                "INSERT INTO number_series (depot_id, type, month, last) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (depot_id, type, month) DO UPDATE SET last = excluded.last "
                "WHERE number_series.last < excluded.last",
                (depot_id, type_, month, last),
            )
        if taken.get("journal"):
            self._one_line()
        again = set(taken.get("units", {}))
        cases = next((s for s in self._shapes if s.table == "return_cases"), None)
        if cases is not None:
            at = cases.columns.index("unit_id")
            again |= {row[at] for row in taken.get("return_cases", {}).values()}
        held.remember(self._tx, *((f"index:{unit_id}", "") for unit_id in sorted(again)))

    def _one_line(self) -> None:
        """The journal goes on from what came back: entries the centre never had follow behind it, chained anew."""
        link, depot_id = self._tx.connection, self._tx.depot_id
        no, head = 0, ""
        theirs = ask(
            link, "SELECT no, chain FROM journal WHERE depot_id = ? AND origin <> ? ORDER BY no DESC LIMIT 1",
            (depot_id, self._origin),
        )
        if theirs:
            no, head = theirs[0]
        own = self._tx.execute(
            select(entries).where(entries.c.depot_id == depot_id, entries.c.origin == self._origin)
            .order_by(entries.c.seq)
        ).mappings().all()
        for row in own:
            no += 1
            told = {**{str(name): value for name, value in row.items()}, "no": no}
            head = journal.link(head, depot_id, told)
            # withdrawn for a moment: the update that follows brings the stamp back
            ask(link, f"UPDATE journal SET origin = {stamped.WITHDRAWN} WHERE depot_id = ? AND id = ?",
                (depot_id, row["id"]))
            ask(link, "UPDATE journal SET no = ?, chain = ?, origin = ?, seq = ? WHERE depot_id = ? AND id = ?",
                (no, head, self._origin, row["seq"], depot_id, row["id"]))
        ask(link, "UPDATE node SET journal_no = ?, journal_head = ?", (no, head))


def as_plain(shape: Shape, row: Row) -> dict[str, Any]:
    """A raw row for the inbox: column → value, without the stamp."""
    return {
        name: bytes(value).hex() if name in shape.hexed and value is not None else value
        for name, value in zip(shape.columns[:-2], row[:-2], strict=True)
    }
