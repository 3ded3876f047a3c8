"""Units that go on to another depot: what the sender handed over, what the receiver answered (spec 4)."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Text, UniqueConstraint

from app.persistence.tables.base import local, moment, number, operational, structure, to, words

#: The sender's half. ``number``: of the handover to the carrier; ``carried``: all that goes with the unit.
#: ``answer…``: what the other depot said, written when the night has brought it.
transfers = operational(
    "transfers",
    words("number"),
    words("case_id"),
    words("unit_id"),
    words("to_depot"),
    words("case_number"),
    words("serial"),
    words("product_id"),
    words("reason"),
    words("carriage"),
    words("carrier"),
    words("waybill"),
    words("note"),
    structure("carried"),
    moment("sent_at"),
    words("sent_by"),
    words("sent_by_name"),
    words("answer", null=True),
    moment("answered_at", null=True),
    words("answered_by"),
    words("answered_number"),
    words("answer_reason"),
    to("case_id", "return_cases"),
    to("unit_id", "units"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_transfers_sent", "depot_id", "sent_at"),
    Index("ix_transfers_case", "depot_id", "case_id"),
)

#: The receiver's half: taken in as a case of its own, or refused. A receipt that was undone ends by ``deleted_at``.
transfer_receipts = operational(
    "transfer_receipts",
    words("number"),
    words("from_depot"),
    words("answer"),
    words("case_id", null=True),
    words("case_number"),
    words("unit_id", null=True),
    words("reason"),
    moment("at"),
    words("by"),
    words("by_name"),
    moment("settled_at", null=True),
    Index("ix_transfer_receipts_number", "depot_id", "number"),
    Index("ix_transfer_receipts_case", "depot_id", "case_id"),
)

_STAMP = ("origin", "seq")

#: What other depots announced to this one (``depot_id``: the sender).
foreign_transfers = local(
    "foreign_transfers",
    Column("depot_id", Text, nullable=False),
    Column("id", Text, nullable=False),
    words("number"),
    words("to_depot"),
    words("case_number"),
    words("serial"),
    words("product_id"),
    words("reason"),
    words("carriage"),
    words("carrier"),
    words("waybill"),
    words("note"),
    structure("carried"),
    moment("sent_at"),
    words("sent_by_name"),
    moment("deleted_at", null=True),
    number("origin"),
    number("seq"),
    PrimaryKeyConstraint("depot_id", "id"),
    Index("ix_foreign_transfers_stamp", *_STAMP),
    Index("ix_foreign_transfers_number", "number"),
)

#: What other depots (``depot_id``) answered to transfers of this one.
foreign_receipts = local(
    "foreign_receipts",
    Column("depot_id", Text, nullable=False),
    Column("id", Text, nullable=False),
    words("number"),
    words("from_depot"),
    words("answer"),
    words("case_number"),
    words("reason"),
    moment("at"),
    words("by_name"),
    moment("deleted_at", null=True),
    number("origin"),
    number("seq"),
    PrimaryKeyConstraint("depot_id", "id"),
    Index("ix_foreign_receipts_stamp", *_STAMP),
    Index("ix_foreign_receipts_number", "number"),
)
