"""Columns, keys and table makers of the whole schema (spec 4, "Rules for every operational table").

Canonical types print the same text on SQLite and PostgreSQL: text, 64-bit integers, bytes. Times are whole
microseconds since 1970 UTC, days are ISO text, money is whole fen, structures are canonical JSON.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Int = BigInteger().with_variant(Integer(), "sqlite")
Blob = LargeBinary()


def composed(text: str) -> str:
    """Text as it is kept: NFC, and without U+0000, which says nothing and which PostgreSQL cannot hold."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class Words(TypeDecorator[str]):
    """Text, as :func:`composed` keeps it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else composed(value)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as microseconds since 1970 UTC; a naive one is a bug and is refused at the door."""

    impl = Int
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"naive datetime at the door of the database: {value!r}")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Day(TypeDecorator[date]):
    """A calendar day, kept as ``yyyy-MM-dd``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class YesNo(TypeDecorator[bool]):
    """True or false, kept as 1 or 0."""

    impl = Int
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: FBT001
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Json(TypeDecorator[Any]):
    """A structure of plain values, kept as canonical JSON text (sorted keys, no spaces)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class OneOf(TypeDecorator[StrEnum]):
    """A member of an enumeration, kept as its code."""

    impl = Text
    cache_ok = True

    def __init__(self, enumeration: type[StrEnum]) -> None:
        super().__init__()
        self.enumeration = enumeration

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return (value if type(value) is self.enumeration else self.enumeration(value))._value_

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.enumeration(value)


def canonical_json(value: Any) -> str:
    """The one text of a structure: sorted keys, no spaces, Chinese as itself, NFC, without U+0000."""
    text = _encode(value)
    if "\\u0000" in text:
        text = _encode(_without_nothing(value))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, Mapping):
        return {_without_nothing(name): _without_nothing(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nothing(each) for each in value]
    return value


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def words(name: str, *, null: bool = False) -> Column[str]:
    """A text column."""
    return Column(name, Words(), nullable=null)


def number(name: str, *, null: bool = False) -> Column[int]:
    """A whole-number column (counts, minutes, fen; the unit is part of the name)."""
    return Column(name, Int, nullable=null)


def moment(name: str, *, null: bool = False) -> Column[datetime]:
    """A point in time."""
    return Column(name, Moment(), nullable=null)


def day(name: str, *, null: bool = False) -> Column[date]:
    """A calendar day."""
    return Column(name, Day(), nullable=null)


def yes_no(name: str, *, null: bool = False) -> Column[bool]:
    """A yes or no; where ``null`` is allowed it means "not decided yet"."""
    return Column(name, YesNo(), nullable=null)


def structure(name: str, *, null: bool = False) -> Column[Any]:
    """A structure of plain values."""
    return Column(name, Json(), nullable=null)


def one_of(name: str, enumeration: type[StrEnum], *, null: bool = False) -> Column[Any]:
    """A member of ``enumeration``."""
    return Column(name, OneOf(enumeration), nullable=null)


def content(name: str, *, null: bool = False) -> Column[bytes]:
    """Bytes."""
    return Column(name, Blob, nullable=null)


def to(column: str, table: str) -> ForeignKeyConstraint:
    """A reference within the depot: ``column`` holds the id of a row of ``table``."""
    return ForeignKeyConstraint(["depot_id", column], [f"{table}.depot_id", f"{table}.id"])


def operational(name: str, *parts: Any, append_only: bool = False, delivered: bool = False) -> Table:
    """A table of the depot's record: keyed by (depot_id, id), stamped by trigger; ``append_only`` rows never change.

    ``delivered``: head office's rows of it go to every depot (master data, policy).

    Rows of the other tables end by ``deleted_at`` (a tombstone that travels), never by DELETE.
    """
    ending = [] if append_only else [moment("deleted_at", null=True)]
    table = Table(
        name,
        metadata,
        Column("depot_id", Text, nullable=False),
        Column("id", Text, nullable=False),
        *parts,
        *ending,
        Column("origin", Int, nullable=False, server_default=text("-1")),
        Column("seq", Int, nullable=False, server_default=text("-1")),
        PrimaryKeyConstraint("depot_id", "id"),
        Index(f"ix_{name}_stamp", "origin", "seq"),
        sqlite_strict=True,
    )
    table.info["append_only"] = append_only
    table.info["delivered"] = delivered
    table.info["stamped"] = True
    return table


def local(name: str, *parts: Any) -> Table:
    """A table of this database only: it is not stamped and does not travel."""
    table = Table(name, metadata, *parts, sqlite_strict=True)
    table.info["stamped"] = False
    table.info["append_only"] = False
    table.info["delivered"] = False
    return table
