"""The tables of a batch: its own rows, and those they refer to whose stamps are of a later one (spec 4, "Push").

A unit that was received in spring and shipped in autumn is stamped in autumn; its case may be stamped in summer. Where
a long push is cut between the two, the case would come to the centre without its unit: a depot that has to take its
rows back from there just then could not. So a batch that is not the last brings along the rows it refers to, as they
are now; their own batch brings them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.domain.sync.protocol import TableRows, TableTexts
from app.domain.sync.rows import divided, divisible, seq_of
from app.persistence.stamped import Shape, ask, by_ids, changed, changed_texts, named_texts

#: A table as it is sent, and the texts of its rows; both in the order of their seqs.
Sent = tuple[TableRows | TableTexts, Sequence[str]]
Limits = tuple[str, int, int, int]
"""Depot, origin, after, up to."""

_MANY = 500


def of_range(link: Connection, shape: Shape, limits: Limits) -> Sent:
    """The rows with after < seq ≤ up to."""
    texts, nothings = changed_texts(link, shape, *limits)
    if divisible(texts, len(shape.columns), nothings) and not shape.hexed:
        return TableTexts(shape.table, shape.columns, tuple(texts)), texts
    return changed(link, shape, *limits), texts


def up_to(upto: int, sent: TableRows | TableTexts, texts: Sequence[str]) -> Sent:
    """The rows up to a seq."""
    n = sum(seq_of(text) <= upto for text in texts)
    if isinstance(sent, TableTexts):
        return replace(sent, texts=sent.texts[:n]), texts[:n]
    return replace(sent, rows=sent.rows[:n]), texts[:n]


def with_what_they_refer_to(
    link: Connection, shapes: Sequence[Shape], limits: Limits, tables: Sequence[Sent]
) -> list[Sent]:
    """``tables`` and, behind their rows, those of a later seq to which they refer, and to which these refer."""
    by_name = {shape.table: shape for shape in shapes}
    depot_id, origin, _after, upto = limits
    later = {
        shape.table for shape in shapes if ask(
            link, f"SELECT 1 FROM {shape.table} WHERE origin = ? AND seq > ? AND depot_id = ? LIMIT 1",
            (origin, upto, depot_id),
        )
    }
    ahead: dict[str, set[str]] = {}
    found = _parents(link, ((by_name[sent.table], None) for sent, _texts in tables), later, limits)
    while found:
        new = {table: ids - ahead.get(table, set()) for table, ids in found.items()}
        for table, ids in new.items():
            ahead.setdefault(table, set()).update(ids)
        found = _parents(link, ((by_name[table], sorted(ids)) for table, ids in new.items() if ids), later, limits)
    all_of_it = {sent.table: (sent, texts) for sent, texts in tables}
    for table, ids in ahead.items():
        more = _of_ids(link, by_name[table], depot_id, sorted(ids))
        all_of_it[table] = _joined(all_of_it[table], more) if table in all_of_it else more
    return [all_of_it[shape.table] for shape in shapes if shape.table in all_of_it]


def _parents(
    link: Connection, children: Iterable[tuple[Shape, Sequence[str] | None]], later: set[str], limits: Limits
) -> dict[str, set[str]]:
    """The ids of later rows to which those of the batch (or those with the ids given) refer, by table."""
    depot_id, origin, after, upto = limits
    found: dict[str, set[str]] = {}
    for shape, ids in children:
        for column, parent in shape.refers:
            if parent not in later:
                continue
            text = (
                f'SELECT DISTINCT p.id FROM {shape.table} c JOIN {parent} p ON p.depot_id = c.depot_id '
                f'AND p.id = c."{column}" WHERE c.depot_id = ? AND p.origin = ? AND p.seq > ? AND '
            )
            given = (depot_id, origin, upto)
            if ids is None:
                rows = ask(link, f"{text}c.origin = ? AND c.seq > ? AND c.seq <= ?", (*given, origin, after, upto))
            else:
                rows = []
                for start in range(0, len(ids), _MANY):
                    some = ids[start:start + _MANY]
                    rows += ask(link, f"{text}c.id IN ({', '.join('?' * len(some))})", (*given, *some))
            if rows:
                found.setdefault(parent, set()).update(row[0] for row in rows)
    return found


def _of_ids(link: Connection, shape: Shape, depot_id: str, ids: Sequence[str]) -> Sent:
    texts, nothings = named_texts(link, shape, depot_id, ids)
    texts.sort(key=seq_of)
    if divisible(texts, len(shape.columns), nothings) and not shape.hexed:
        return TableTexts(shape.table, shape.columns, tuple(texts)), texts
    rows = sorted(by_ids(link, shape, depot_id, ids).rows, key=lambda row: int(row[-1]))
    return TableRows(shape.table, shape.columns, tuple(rows)), texts


def _joined(first: Sent, more: Sent) -> Sent:
    (sent, texts), (behind, texts_behind) = first, more
    both = [*texts, *texts_behind]
    if isinstance(sent, TableTexts) and isinstance(behind, TableTexts):
        return replace(sent, texts=tuple(both)), both
    return TableRows(sent.table, sent.columns, (*_rows(sent), *_rows(behind))), both


def _rows(sent: TableRows | TableTexts) -> Iterable[tuple[object, ...]]:
    return sent.rows if isinstance(sent, TableRows) else (tuple(divided(text)) for text in sent.texts)
