"""Who this database is, what was done in it, which numbers it gave out."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, PrimaryKeyConstraint, Text, UniqueConstraint

from app.persistence.tables.base import (
    Int,
    content,
    local,
    moment,
    number,
    operational,
    structure,
    to,
    words,
)

#: One row: which depot this is, and how far its history has come (spec 4, "Terms").
node = local(
    "node",
    Column("one", Int, nullable=False),
    words("depot_id"),
    words("name"),
    number("origin"),
    number("seq"),
    number("journal_no"),
    words("journal_head"),
    words("time_zone"),
    words("language"),
    words("address"),
    words("phone"),
    content("logo", null=True),
    moment("created_at"),
    PrimaryKeyConstraint("one"),
    CheckConstraint("one = 1", name="one"),
)

#: The last number given per type and month; rebuilt from ``documents`` when a database is put together again.
number_series = local(
    "number_series",
    Column("depot_id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("month", Text, nullable=False),
    number("last"),
    PrimaryKeyConstraint("depot_id", "type", "month"),
)

#: What somebody did, hash-chained; never changed. ``undoes`` names the entry it takes back.
journal = operational(
    "journal",
    number("no"),
    moment("at"),
    words("actor_id"),
    words("actor_name"),
    words("action"),
    words("subject_kind"),
    words("subject_id"),
    words("subject_number"),
    words("case_id", null=True),
    words("unit_id", null=True),
    structure("facts"),
    words("undoes", null=True),
    words("chain"),
    Index("ix_journal_case", "depot_id", "case_id"),
    Index("ix_journal_unit", "depot_id", "unit_id"),
    Index("ix_journal_at", "depot_id", "at"),
    Index("uq_journal_undoes", "depot_id", "undoes", unique=True),
    append_only=True,
)

#: Every numbered paper; a voided number stays, and says why.
documents = operational(
    "documents",
    words("number"),
    words("type"),
    words("form"),
    words("subject_kind"),
    words("subject_id"),
    words("case_id", null=True),
    words("unit_id", null=True),
    moment("issued_at"),
    words("issued_by"),
    moment("voided_at", null=True),
    words("void_reason", null=True),
    UniqueConstraint("depot_id", "number"),
    Index("ix_documents_subject", "depot_id", "subject_id"),
    Index("ix_documents_case", "depot_id", "case_id"),
)

#: Each time a paper left the program (print or save). The second time and later are reprints (补打).
printings = operational(
    "printings",
    words("document_id"),
    words("form"),
    words("language"),
    words("how"),
    words("printer", null=True),
    number("copies"),
    moment("at"),
    words("by"),
    to("document_id", "documents"),
    Index("ix_printings_document", "depot_id", "document_id", "form"),
    append_only=True,
)

#: What somebody had typed when the light went out. Of this database only.
drafts = local(
    "drafts",
    Column("depot_id", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("subject", Text, nullable=False),
    structure("content"),
    moment("saved_at"),
    PrimaryKeyConstraint("depot_id", "user_id", "form", "subject"),
)

#: Settings of the depot (not of one desk): name → value.
settings = operational(
    "settings",
    words("name"),
    structure("value"),
    UniqueConstraint("depot_id", "name"),
)
