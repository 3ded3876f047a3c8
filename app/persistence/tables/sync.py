"""What the night needs: batches, how far others were fetched, what others told, tries, conflicts, alerts (spec 4)."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Text

from app.persistence.tables.base import Int, content, local, moment, number, operational, structure, words, yes_no

#: Two versions of one row that no rule may choose between. ``in_table``, ``row_id``: which row; ``mine`` and
#: ``theirs``: column → raw value; the centre's stands in the table until a person decides.
conflicts = operational(
    "conflicts",
    words("kind"),
    words("in_table"),
    words("row_id"),
    structure("mine"),
    structure("theirs"),
    moment("at"),
    moment("resolved_at", null=True),
    words("resolved_by", null=True),
    words("resolution", null=True),
    Index("ix_conflicts_open", "depot_id", "resolved_at"),
)

#: What somebody should know after a night. ``kind``: a code with a sentence; ``facts`` fill it.
alerts = operational(
    "alerts",
    words("kind"),
    structure("facts"),
    words("unit_id", null=True),
    words("case_id", null=True),
    moment("at"),
    moment("seen_at", null=True),
    words("seen_by", null=True),
    Index("ix_alerts_open", "depot_id", "seen_at"),
)

#: Head office's word on a depot's proposal: it is this row of head office's from now on, or (``into_id`` empty) it is
#: not adopted for that ``reason``. Never taken back.
master_links = operational(
    "master_links",
    words("kind"),
    words("from_depot"),
    words("from_id"),
    words("into_id"),
    words("reason"),
    moment("at"),
    words("by"),
    Index("ix_master_links_from", "from_id"),
    Index("ix_master_links_into", "into_id"),
    append_only=True,
    delivered=True,
)

#: Every batch ever made ready, also those that were never applied: the chain value names the variant.
out_batches = local(
    "out_batches",
    Column("origin", Int, nullable=False),
    Column("no", Int, nullable=False),
    Column("chain", Text, nullable=False),
    number("after_seq"),
    number("to_seq"),
    number("rows"),
    words("digest"),
    yes_no("acknowledged"),
    moment("prepared_at"),
    PrimaryKeyConstraint("origin", "no", "chain"),
)

#: How far each origin of somebody else's was fetched, and with which schema.
held_origins = local(
    "held_origins",
    Column("origin", Int, nullable=False),
    words("owner"),
    number("seq"),
    words("chain"),
    words("revision"),
    PrimaryKeyConstraint("origin"),
)

#: One try at a night, whatever came of it.
nights = local(
    "nights",
    Column("id", Text, nullable=False),
    words("asked_by"),
    moment("started_at"),
    moment("ended_at", null=True),
    words("outcome"),
    structure("facts"),
    PrimaryKeyConstraint("id"),
    Index("ix_nights_started", "started_at"),
)

#: Single values the night remembers: name → text.
night_notes = local(
    "night_notes",
    Column("name", Text, nullable=False),
    words("value"),
    PrimaryKeyConstraint("name"),
)

#: Which desk runs the night now: one row at most. ``until``: when the lease lapses unless it is renewed.
night_lease = local(
    "night_lease",
    number("one"),
    words("holder"),
    moment("since"),
    moment("until"),
    PrimaryKeyConstraint("one"),
)

#: Contents the centre has.
blobs_sent = local(
    "blobs_sent",
    Column("depot_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    number("bytes"),
    yes_no("whole"),
    PrimaryKeyConstraint("depot_id", "sha256"),
)

#: Pieces of contents that are coming back from the centre, until they are whole. ``at``: the first byte.
blobs_coming = local(
    "blobs_coming",
    Column("depot_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    number("at"),
    number("size"),
    content("content"),
    PrimaryKeyConstraint("depot_id", "sha256", "at"),
)

_STAMP = ("origin", "seq")

#: Units, cases and bench findings of the other depots: as much as the return counters need.
foreign_units = local(
    "foreign_units",
    Column("depot_id", Text, nullable=False),
    Column("id", Text, nullable=False),
    words("product_id"),
    words("serial"),
    moment("deleted_at", null=True),
    number("origin"),
    number("seq"),
    PrimaryKeyConstraint("depot_id", "id"),
    Index("ix_foreign_units_stamp", *_STAMP),
    Index("ix_foreign_units_serial", "serial"),
)

foreign_cases = local(
    "foreign_cases",
    Column("depot_id", Text, nullable=False),
    Column("id", Text, nullable=False),
    words("number"),
    words("unit_id"),
    words("stage"),
    number("visit_no"),
    words("symptom"),
    words("symptom_code"),
    moment("received_at", null=True),
    moment("returned_at", null=True),
    moment("closed_at", null=True),
    words("result", null=True),
    words("outcome", null=True),
    moment("deleted_at", null=True),
    number("origin"),
    number("seq"),
    PrimaryKeyConstraint("depot_id", "id"),
    Index("ix_foreign_cases_stamp", *_STAMP),
    Index("ix_foreign_cases_unit", "depot_id", "unit_id"),
)

foreign_orders = local(
    "foreign_orders",
    Column("depot_id", Text, nullable=False),
    Column("id", Text, nullable=False),
    words("case_id"),
    words("fault"),
    words("cause_class"),
    moment("finished_at", null=True),
    moment("deleted_at", null=True),
    number("origin"),
    number("seq"),
    PrimaryKeyConstraint("depot_id", "id"),
    Index("ix_foreign_orders_stamp", *_STAMP),
    Index("ix_foreign_orders_case", "depot_id", "case_id"),
)

__all__ = [
    "alerts", "blobs_coming", "blobs_sent", "conflicts", "foreign_cases", "foreign_orders", "foreign_units",
    "held_origins", "master_links", "night_lease", "night_notes", "nights", "out_batches",
]
