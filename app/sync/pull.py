"""The pull: head office's rows and the other depots' visits, portion after portion from one snapshot (spec 4, "Pull").

How far each origin was fetched is written with its rows. A history the centre does not know (it was restored) is
dropped with everything else of that owner, and fetched again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.sync.protocol import BUCKET, Portion, TableRows
from app.persistence import held as rows
from app.persistence import stamped
from app.persistence.held import DEPOT_NAME, FOREIGN
from app.persistence.transaction import Tx
from app.sync.night import Night
from app.sync.server import HEAD_OFFICE, Head, View, told_shape
from app.sync.verify import WHOLE, bucket_range, different, joined

_TURN = "cursor.held"


@dataclass
class Fetched:
    """What came tonight: (owner, table) → buckets."""

    buckets: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, owner: str, tables: Iterable[TableRows]) -> int:
        """Note the rows; returns how many."""
        count = 0
        for each in tables:
            at = each.columns.index("id")
            into = self.buckets.setdefault((owner, each.table), set())
            into.update(row[at][:BUCKET] for row in each.rows)
            count += len(each.rows)
        return count


def pull(night: Night) -> None:
    """Fetch everything new, compare what is held with the centre's, fetch again what is not the same."""
    with night.centre.view(night.depot.depot_id) as view:
        heads = view.heads()
        fetched = Fetched()
        _let_go_of_the_unknown(night, view, heads)
        _fetch(night, view, heads, fetched)
        wrong = _differing(night, view, heads, fetched)
        if not wrong:
            return
        with night.depot.write() as tx:
            for owner in wrong:
                rows.let_go(tx, owner, night.shapes)
        night.tally.fetched_again += wrong
        _fetch(night, view, heads, fetched)
        still = _differing(night, view, [head for head in heads if head.depot_id in wrong], fetched)
        if still:
            night.alert("alert.held-differs", owners=", ".join(still))


def _let_go_of_the_unknown(night: Night, view: View, heads: Sequence[Head]) -> None:
    """Drop what is held of an owner whose history at the centre is not the one we fetched from."""
    with night.depot.read() as tx:
        have = rows.held(tx.connection)
    there = {head.origin for head in heads}
    gone = {
        held.depot_id for held, revision in have.values()
        if held.origin not in there or not view.knows(held)
        or (held.origin == HEAD_OFFICE and revision != night.revision)
    }
    if gone:
        with night.depot.write() as tx:
            for owner in sorted(gone):
                rows.let_go(tx, owner, night.shapes)
        night.tally.fetched_again += sorted(gone)


def _fetch(night: Night, view: View, heads: Sequence[Head], fetched: Fetched) -> None:
    with night.depot.read() as tx:
        have = {origin: held.seq for origin, (held, _revision) in rows.held(tx.connection).items()}
    for head in heads:
        if head.depot_id == night.depot.depot_id:
            continue
        after = have.get(head.origin, 0)
        while after < head.seq:
            night.step("pull", after, head.seq)
            portion = view.portion(head, after, night.shapes)
            with night.depot.write() as tx:
                _apply(night, tx, portion)
            night.tally.fetched += fetched.add(head.depot_id, portion.tables)
            after = portion.held.seq
    with night.depot.read() as tx:
        again = rows.fetched_again(tx.connection)
    for owner in again:
        with night.depot.write() as tx:
            rows.settled(tx, owner, night.shapes)


def _apply(night: Night, tx: Tx, portion: Portion) -> None:
    """Write a portion and how far it reaches, in one transaction."""
    link = tx.connection
    if portion.held.origin == HEAD_OFFICE:
        by_name = {each.table: each for each in portion.tables}
        for shape in night.shapes:
            if shape.table in by_name:
                stamped.upsert(link, shape, by_name[shape.table].rows)
    else:
        for (shape, _told), each in zip(FOREIGN, portion.tables, strict=True):
            stamped.upsert(link, shape, each.rows)
        _look_again(tx, portion)
    rows.hold(tx, portion.held, night.revision)


def _look_again(tx: Tx, portion: Portion) -> None:
    """Which units elsewhere had news: their rulings here are looked at again after the night."""
    units: set[str] = set()
    for (shape, _told), each in zip(FOREIGN, portion.tables, strict=True):
        if shape.table == "foreign_cases":
            at = shape.columns.index("unit_id")
            units |= {row[at] for row in each.rows}
    rows.remember(tx, *((f"recheck:{portion.held.depot_id}:{unit_id}", "") for unit_id in sorted(units)))


def _differing(night: Night, view: View, heads: Sequence[Head], fetched: Fetched) -> list[str]:
    """The owners of whom we do not hold what the centre shows: compared where something came, and in rotation."""
    owners = {head.depot_id: head.origin == HEAD_OFFICE for head in heads if head.depot_id != night.depot.depot_id}
    wrong: list[str] = []
    with night.depot.read() as tx:
        link = tx.connection
        turn = rows.note(link, _TURN)
        for owner, is_head_office in owners.items():
            pairs = (
                [(shape, shape) for shape in night.shapes if shape.delivered] if is_head_office
                else [(shape, told_shape(shape, told)) for shape, told in FOREIGN]
            )
            whole = is_head_office or night.budget >= _EVERYTHING or owner == _whose_turn(turn, owners)
            compared = [
                (mine, theirs, WHOLE if whole else joined(
                    bucket_range(bucket) for bucket in fetched.buckets.get((owner, theirs.table), ())
                ))
                for mine, theirs in pairs
            ]
            shown = view.sums([(theirs, owner, ranges) for _mine, theirs, ranges in compared if ranges])
            kept = stamped.sums_of(link, [(mine, owner, ranges) for mine, _theirs, ranges in compared if ranges])
            if any(
                different(kept[mine.table], shown[theirs.table]) for mine, theirs, ranges in compared if ranges
            ):
                wrong.append(owner)
    with night.depot.write() as tx:
        rows.remember(tx, (_TURN, _whose_turn(turn, owners)), *(
            (f"{DEPOT_NAME}{head.depot_id}", head.name) for head in heads))
    return wrong


_EVERYTHING = 1_000_000_000


def _whose_turn(last: str, owners: Iterable[str]) -> str:
    """The depot that is compared wholly tonight: the next in the alphabet, round and round."""
    names = sorted(owners)
    return next((name for name in names if name > last), names[0] if names else "")

