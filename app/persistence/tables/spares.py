"""Spares, loaners, emergency builds, restocking: the serialised stocks beside the returned units (spec 1 §5)."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from app.persistence.tables.base import day, moment, number, operational, to, words, yes_no

#: What somebody thought of a spare's condition; the newest line counts.
spare_grades = operational(
    "spare_grades",
    words("unit_id"),
    words("grade"),
    words("note"),
    moment("at"),
    words("by"),
    to("unit_id", "units"),
    Index("ix_spare_grades_unit", "depot_id", "unit_id", "at"),
    append_only=True,
)

#: A spare kept for somebody until a day; ``ended``: TAKEN | RELEASED | LAPSED.
spare_reservations = operational(
    "spare_reservations",
    words("unit_id"),
    words("customer_id"),
    words("case_id", null=True),
    words("site"),
    words("note"),
    day("until"),
    moment("reserved_at"),
    words("reserved_by"),
    moment("ended_at", null=True),
    words("ended_by", null=True),
    words("ended", null=True),
    to("unit_id", "units"),
    Index("ix_spare_reservations_unit", "depot_id", "unit_id", "ended_at"),
)

#: F15: a spare that left for a site, what it replaced there, and the faulty unit owed for it.
spare_uses = operational(
    "spare_uses",
    words("number"),
    words("unit_id"),
    words("customer_id"),
    words("case_id", null=True),
    words("site"),
    words("contact"),
    words("contact_phone"),
    words("reason"),
    words("carrier"),
    words("waybill"),
    words("from_place"),
    words("out_handover"),
    moment("sent_at"),
    words("sent_by"),
    words("replaced_unit_id", null=True),
    words("replaced_serial"),
    day("swapped_on", null=True),
    moment("swapped_at", null=True),
    words("swapped_by", null=True),
    words("user_name"),
    words("user_signature_id", null=True),
    moment("owed_since", null=True),
    day("owed_due_on", null=True),
    number("owed_days", null=True),
    words("policy_version"),
    moment("recovered_at", null=True),
    words("recovered_case_id", null=True),
    moment("written_off_at", null=True),
    words("written_off_by", null=True),
    words("written_off_reason"),
    moment("unused_at", null=True),
    words("unused_handover"),
    words("note"),
    words("request_id", null=True),
    to("unit_id", "units"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_spare_uses_unit", "depot_id", "unit_id"),
    Index("ix_spare_uses_replaced", "depot_id", "replaced_unit_id"),
    Index("ix_spare_uses_owed", "depot_id", "recovered_at", "owed_due_on"),
    Index("ix_spare_uses_request", "depot_id", "request_id"),
)

#: Units that are lent to customers and come back; a retired one has left the pool.
loaners = operational(
    "loaners",
    words("unit_id"),
    words("condition"),
    words("note"),
    moment("enrolled_at"),
    words("enrolled_by"),
    moment("retired_at", null=True),
    words("retired_by", null=True),
    words("retired_reason"),
    to("unit_id", "units"),
    Index("ix_loaners_unit", "depot_id", "unit_id"),
)

#: F18L: a loaner lent to a customer, until it comes back or is written off.
loaner_agreements = operational(
    "loaner_agreements",
    words("number"),
    words("loaner_id"),
    words("unit_id"),
    words("customer_id"),
    words("case_id", null=True),
    words("contact"),
    words("contact_phone"),
    day("out_on"),
    day("due_on"),
    words("condition_out"),
    words("terms"),
    words("customer_name"),
    words("customer_signature_id", null=True),
    words("out_handover"),
    moment("lent_at"),
    words("lent_by"),
    moment("back_at", null=True),
    words("back_by", null=True),
    words("condition_in"),
    words("back_handover"),
    moment("written_off_at", null=True),
    words("written_off_by", null=True),
    words("written_off_reason"),
    to("unit_id", "units"),
    to("loaner_id", "loaners"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_loaner_agreements_unit", "depot_id", "unit_id"),
    Index("ix_loaner_agreements_case", "depot_id", "case_id"),
    Index("ix_loaner_agreements_due", "depot_id", "back_at", "due_on"),
)

#: Customers waiting for a loaner of a model, in the order they asked; ``ended``: SERVED | DROPPED.
loaner_waits = operational(
    "loaner_waits",
    words("product_id"),
    words("customer_id"),
    words("case_id", null=True),
    words("note"),
    moment("since"),
    words("by"),
    moment("ended_at", null=True),
    words("ended", null=True),
    words("ended_reason"),
    Index("ix_loaner_waits_product", "depot_id", "product_id", "ended_at", "since"),
)

#: F16: none in the pool, so production is asked to build (投产计划).
emergency_builds = operational(
    "emergency_builds",
    words("number"),
    words("case_id", null=True),
    words("customer_id"),
    words("product_id"),
    number("quantity"),
    day("need_by"),
    words("reason"),
    moment("requested_at"),
    words("requested_by"),
    moment("confirmed_at", null=True),
    words("confirmed_by", null=True),
    words("confirmed_signature_id", null=True),
    day("promised_on", null=True),
    moment("ended_at", null=True),
    words("ended_by", null=True),
    words("ended", null=True),
    words("ended_reason"),
    words("note"),
    CheckConstraint("quantity > 0", name="quantity"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_emergency_builds_open", "depot_id", "ended_at", "need_by"),
    Index("ix_emergency_builds_case", "depot_id", "case_id"),
)

#: A unit built for a request, with its product file.
emergency_units = operational(
    "emergency_units",
    words("build_id"),
    words("unit_id"),
    words("file_number"),
    yes_no("complete"),
    words("note"),
    moment("at"),
    words("by"),
    to("build_id", "emergency_builds"),
    to("unit_id", "units"),
    Index("ix_emergency_units_build", "depot_id", "build_id"),
    Index("ix_emergency_units_unit", "depot_id", "unit_id"),
    append_only=True,
)

#: F17: a spare handed to stores, with the four figures and their limits of that day.
restocks = operational(
    "restocks",
    words("number"),
    words("unit_id"),
    words("case_id", null=True),
    words("product_id"),
    number("age_months"),
    number("age_limit"),
    number("value_fen"),
    number("value_limit"),
    number("quantity"),
    number("quantity_limit"),
    number("uses"),
    number("uses_limit"),
    words("policy_version"),
    words("approved_name"),
    words("approval_signature_id"),
    words("handover"),
    words("note"),
    moment("at"),
    words("by"),
    to("unit_id", "units"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_restocks_product", "depot_id", "product_id", "at"),
    append_only=True,
)
