"""What a batch brings is put beside its tables, looked at there, and merged from there (spec 4, "Push", step 3).

Count and digest are made of the rows as they lie beside the table, by the server itself: what is merged is what was
looked at. On PostgreSQL a batch comes as the lines of COPY; a row's canonical text is such a line already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.domain.sync import chain
from app.domain.sync.protocol import Batch, TableRows, TableTexts
from app.domain.sync.rows import NOTHING, SEPARATOR, canonical, divided
from app.persistence import stamped
from app.persistence.stamped import Shape, ask, is_sqlite, listed, tell, text_of
from app.sync.centre_engine import copying


class Garbled(Exception):
    """What arrived is not what was sent: everything is rolled back."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Rows beside their table. ``last``: the greatest id the depot has in the table itself; ``met``: how many of the
    rows are not beyond it."""

    shape: Shape
    count: int
    digest: str
    met: int
    last: str


#: A row that does not belong into its batch. Later ones may: those to which rows of a batch refer come with it.
_STRANGE = "depot_id <> ? OR origin <> ? OR seq <= ?"


def stage(link: Connection, sent: TableRows | TableTexts, batch: Batch) -> Staged:
    """Put rows beside their table and say what arrived."""
    shape = _shape_of(sent)
    limits = (batch.depot_id, batch.origin, batch.after)
    staged = _beside_sqlite(link, shape, sent, limits) if is_sqlite(link) else _beside(link, shape, sent, limits)
    if staged is None:
        raise Garbled
    return staged


def merge(link: Connection, staged: Staged) -> None:
    """Write what was looked at into the table: the greater stamp stays.

    A row whose id is beyond every id the depot has there is new, and is added without looking for it: ids grow with
    time, so that on most days that is most rows. Nobody else adds rows of this depot meanwhile: its origin is locked.
    """
    shape, beside = staged.shape, _name(staged.shape)
    columns = listed(shape.columns)
    if staged.met:
        old = "true" if staged.met == staged.count else "id <= ?"
        ask(
            link, stamped.upsert_sql(shape, f"SELECT {columns} FROM {beside} WHERE {old}"),
            () if old == "true" else (staged.last,),
        )
    if staged.met < staged.count:
        ask(
            link, f"INSERT INTO {shape.table} ({columns}) SELECT {columns} FROM {beside}"
            + (" WHERE id > ?" if staged.met else ""), (staged.last,) if staged.met else (),
        )


def _beside_sqlite(
    link: Connection, shape: Shape, sent: TableRows | TableTexts, limits: Sequence[Any]
) -> Staged | None:
    beside, columns = _name(shape), listed(shape.columns)
    ask(link, f"CREATE TEMP TABLE IF NOT EXISTS {beside} AS SELECT {columns} FROM {shape.table} WHERE false")
    ask(link, f"DELETE FROM {beside}")
    rows: Sequence[Sequence[Any]] = (
        [divided(text) for text in sent.texts] if isinstance(sent, TableTexts) else sent.rows
    )
    if any(len(row) != len(shape.columns) for row in rows):
        return None
    tell(link, f"INSERT INTO {beside} ({columns}) VALUES ({', '.join('?' * len(shape.columns))})", rows)
    arrived = ask(link, f"SELECT {columns} FROM {beside} ORDER BY seq")
    ((strange,),) = ask(link, f"SELECT count(*) FROM {beside} WHERE {_STRANGE}", limits)
    digest = chain.table_digest(canonical(row) for row in arrived)
    return None if strange else Staged(shape, len(arrived), digest, len(arrived), "")


def _beside(link: Connection, shape: Shape, sent: TableRows | TableTexts, limits: Sequence[Any]) -> Staged | None:
    beside, columns = _name(shape), listed(shape.columns)
    ask(link, f"CREATE TEMP TABLE IF NOT EXISTS {beside} ON COMMIT DELETE ROWS AS "
              f"SELECT {columns} FROM {shape.table} WHERE false")
    given = f"COPY {beside} ({columns}) FROM STDIN"
    with copying(link, Garbled) as copy:
        if isinstance(sent, TableTexts):
            copy(f"{given} (DELIMITER E'\\x{ord(SEPARATOR):02x}', NULL E'\\x{ord(NOTHING):02x}')", _lines(sent.texts))
        else:
            copy(given, sent.rows)
    text = text_of(shape, sqlite=False)
    ((count, digest, strange, met, last),) = ask(
        link,
        f"SELECT count(*), encode(sha256(convert_to(coalesce(string_agg({text}, chr(10) ORDER BY seq) || chr(10), ''), "
        f"'UTF8')), 'hex'), count(*) FILTER (WHERE {_STRANGE}), count(*) FILTER (WHERE id <= known.last), "
        f"max(known.last) FROM {beside}, "
        f"(SELECT coalesce(max(id), '') AS last FROM {shape.table} WHERE depot_id = ?) AS known",
        (*limits, limits[0]),
    )
    return None if strange else Staged(shape, count, digest, met, last)


def _lines(texts: Sequence[str]) -> str:
    """Texts as lines of COPY."""
    whole = "\n".join(texts)
    if "\\" in whole or "\r" in whole or whole.count("\n") != len(texts) - 1:
        whole = "\n".join(
            text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") for text in texts
        )
    return f"{whole}\n"


def _shape_of(sent: TableRows | TableTexts) -> Shape:
    """A table as the depot names it: by its own columns, which may be fewer than the centre's."""
    known = next(shape for shape in stamped.shapes() if shape.table == sent.table)
    return Shape(sent.table, sent.columns, known.hexed, (), known.append_only)


def _name(shape: Shape) -> str:
    return f"stage_{shape.table}"
