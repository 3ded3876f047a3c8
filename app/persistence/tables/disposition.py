"""Rulings on record, what the customer was told, warranty settled by hand, what a repair would cost, soak tests."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from app.persistence.tables.base import day, moment, number, operational, structure, to, words, yes_no

#: ``ruled``: outcomes by the rules; ``outcomes``: as decided. The newest one that has not ended is the current one.
dispositions = operational(
    "dispositions",
    words("number"),
    words("case_id"),
    words("unit_id"),
    number("rule_no"),
    yes_no("at_intake"),
    structure("ruled"),
    structure("outcomes"),
    structure("facts"),
    words("policy_version"),
    day("known_as_of", null=True),
    yes_no("overridden"),
    words("reason"),
    moment("decided_at"),
    words("decided_by"),
    words("decided_by_name"),
    words("signature_id"),
    moment("ended_at", null=True),
    words("ended_why", null=True),
    to("case_id", "return_cases"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_dispositions_case", "depot_id", "case_id"),
    Index("ix_dispositions_decided", "depot_id", "decided_at"),
)

#: What was said to the customer and what the customer answered (art. 10.4).
customer_talks = operational(
    "customer_talks",
    words("case_id"),
    words("with_whom"),
    moment("held_at"),
    words("channel"),
    words("said"),
    words("answered"),
    words("wish"),
    words("written"),
    moment("at"),
    words("by"),
    words("by_name"),
    to("case_id", "return_cases"),
    Index("ix_customer_talks_case", "depot_id", "case_id"),
    append_only=True,
)

warranty_settlements = operational(
    "warranty_settlements",
    words("case_id"),
    words("state"),
    words("reason"),
    words("proof"),
    moment("at"),
    words("by"),
    words("by_name"),
    to("case_id", "return_cases"),
    Index("ix_warranty_settlements_case", "depot_id", "case_id"),
    append_only=True,
)

#: What a repair would cost against what the unit is still worth; money in fen, shares in percent.
repair_estimates = operational(
    "repair_estimates",
    words("case_id"),
    number("parts_fen"),
    number("labour_minutes"),
    number("labour_hour_fen"),
    number("replacement_fen"),
    number("age_months", null=True),
    number("yearly_percent"),
    number("floor_percent"),
    number("share_percent"),
    number("value_fen"),
    number("limit_fen"),
    number("cost_fen"),
    yes_no("beyond"),
    words("note"),
    words("policy_version"),
    moment("at"),
    words("by"),
    words("by_name"),
    to("case_id", "return_cases"),
    Index("ix_repair_estimates_case", "depot_id", "case_id"),
    append_only=True,
)

#: The long test of a unit in which no fault was found: planned, begun, ended with what was observed.
soak_tests = operational(
    "soak_tests",
    words("case_id"),
    number("planned_minutes"),
    number("cycles"),
    words("plan"),
    moment("planned_at"),
    words("planned_by"),
    moment("started_at", null=True),
    words("started_by", null=True),
    moment("ended_at", null=True),
    words("ended_by", null=True),
    number("cycles_done", null=True),
    yes_no("fault_seen", null=True),
    words("observed"),
    to("case_id", "return_cases"),
    Index("ix_soak_tests_case", "depot_id", "case_id"),
)
