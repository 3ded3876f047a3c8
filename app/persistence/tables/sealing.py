"""Seals over the ledgers: what was written once and must read the same for ever."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from app.persistence.tables.base import moment, number, operational, words

#: One seal over the rows of the append-only tables with stamps (``of_origin``, ``after_seq`` … ``to_seq``].
#: ``generation``: the open origin when it was made; after a fork rows bear other stamps and are sealed anew.
#: ``digest``: SHA-256 of the rows; ``chain``: SHA-256 of the seal before and this one; ``marks``: four bytes a row.
seals = operational(
    "seals",
    number("generation"),
    number("no"),
    number("of_origin"),
    number("after_seq"),
    number("to_seq"),
    number("rows"),
    words("digest"),
    words("chain"),
    words("marks"),
    moment("at"),
    UniqueConstraint("depot_id", "generation", "no"),
    append_only=True,
)
