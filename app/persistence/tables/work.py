"""The work: plans, repair orders, inspections and marks, the way back."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from app.domain.planning import PlanState
from app.persistence.tables.base import day, moment, number, one_of, operational, structure, to, words, yes_no

#: ``state``: DRAFT | COUNTERSIGNED | ISSUED | CANCELLED.
plans = operational(
    "plans",
    words("number"),
    number("revision"),
    one_of("state", PlanState),
    words("note"),
    moment("drafted_at"),
    words("drafted_by"),
    moment("countersigned_at", null=True),
    words("countersigned_by", null=True),
    words("countersignature_id", null=True),
    moment("issued_at", null=True),
    words("issued_by", null=True),
    words("issue_signature_id", null=True),
    moment("cancelled_at", null=True),
    words("cancelled_by", null=True),
    words("cancel_reason"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_plans_state", "depot_id", "state"),
)

plan_lines = operational(
    "plan_lines",
    words("plan_id"),
    number("ordinal"),
    words("product_id"),
    number("quantity"),
    day("due_on", null=True),
    to("plan_id", "plans"),
    Index("ix_plan_lines_plan", "depot_id", "plan_id"),
)

plan_allocations = operational(
    "plan_allocations",
    words("plan_id"),
    words("line_id"),
    words("case_id"),
    moment("at"),
    words("by"),
    moment("released_at", null=True),
    to("line_id", "plan_lines"),
    to("case_id", "return_cases"),
    Index("ix_plan_allocations_plan", "depot_id", "plan_id"),
    Index("ix_plan_allocations_case", "depot_id", "case_id"),
)

#: What a plan said before each written change, and the reason given (art. 9).
plan_revisions = operational(
    "plan_revisions",
    words("plan_id"),
    number("revision"),
    words("reason"),
    structure("before"),
    structure("after"),
    moment("at"),
    words("by"),
    to("plan_id", "plans"),
    UniqueConstraint("depot_id", "plan_id", "revision"),
    append_only=True,
)

repair_orders = operational(
    "repair_orders",
    words("number"),
    words("case_id"),
    words("unit_id"),
    words("technician_id"),
    words("technician_name"),
    words("confirmed_symptom"),
    words("symptom_code"),
    words("fault_code"),
    words("fault"),
    words("cause_class"),
    words("responsibility"),
    words("cause"),
    words("resolution_code"),
    words("work_done"),
    number("labour_minutes"),
    words("result", null=True),
    moment("started_at"),
    moment("diagnosed_at", null=True),
    moment("finished_at", null=True),
    to("case_id", "return_cases"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_repair_orders_case", "depot_id", "case_id"),
)

repair_actions = operational(
    "repair_actions",
    words("repair_order_id"),
    words("text"),
    number("minutes"),
    moment("at"),
    words("by"),
    words("by_name"),
    words("reverses_id", null=True),
    to("repair_order_id", "repair_orders"),
    Index("ix_repair_actions_order", "depot_id", "repair_order_id"),
    append_only=True,
)

#: ``kind``: ADD (new part in) | REMOVE (old part out) | RECYCLE (good part kept for another unit).
#: ``place_id``, ``grade``: which pieces; ``price_fen``: list price of one on that day; ``old_part``: whether the old
#: one was handed in for it (old-for-new), with ``old_reason`` where not; ``credit_fen``: what that takes off one piece.
repair_parts = operational(
    "repair_parts",
    words("repair_order_id"),
    words("part_id", null=True),
    words("part_no"),
    words("name"),
    words("kind"),
    number("quantity"),
    words("removed_serial"),
    words("fitted_serial"),
    yes_no("key_part"),
    moment("at"),
    words("by"),
    words("place_id"),
    words("grade"),
    words("name_en"),
    number("price_fen"),
    words("old_part"),
    words("old_reason"),
    number("credit_fen"),
    to("repair_order_id", "repair_orders"),
    Index("ix_repair_parts_order", "depot_id", "repair_order_id"),
)

inspections = operational(
    "inspections",
    words("case_id"),
    words("unit_id"),
    number("run_no"),
    words("template_id", null=True),
    number("template_version"),
    words("inspector_id"),
    words("inspector_name"),
    words("verdict"),
    words("reason"),
    number("soak_minutes"),
    moment("started_at"),
    moment("at"),
    words("signature_id", null=True),
    to("case_id", "return_cases"),
    UniqueConstraint("depot_id", "case_id", "run_no"),
    append_only=True,
)

#: One value measured, with the item as it was on that day.
inspection_readings = operational(
    "inspection_readings",
    words("inspection_id"),
    number("ordinal"),
    words("code"),
    words("name_zh"),
    words("name_en"),
    words("kind"),
    words("unit"),
    words("lower", null=True),
    words("upper", null=True),
    yes_no("mandatory"),
    words("value"),
    words("verdict"),
    to("inspection_id", "inspections"),
    UniqueConstraint("depot_id", "inspection_id", "ordinal"),
    append_only=True,
)

qa_marks = operational(
    "qa_marks",
    words("number"),
    words("inspection_id"),
    words("case_id"),
    words("unit_id"),
    words("inspector_id"),
    words("inspector_name"),
    words("stamp_no"),
    words("how"),
    words("replaces_id", null=True),
    words("reason"),
    words("signature_id"),
    moment("at"),
    to("inspection_id", "inspections"),
    to("case_id", "return_cases"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_qa_marks_case", "depot_id", "case_id"),
    append_only=True,
)

#: The way back to the customer: packed, sent, delivered with proof.
shipments = operational(
    "shipments",
    words("number"),
    words("customer_id"),
    words("method"),
    words("carrier"),
    words("waybill"),
    words("consignee"),
    words("phone"),
    words("address"),
    moment("packed_at"),
    words("packed_by"),
    moment("sent_at", null=True),
    moment("delivered_at", null=True),
    words("proof", null=True),
    words("proof_signature_id", null=True),
    words("proof_note"),
    UniqueConstraint("depot_id", "number"),
)

shipment_lines = operational(
    "shipment_lines",
    words("shipment_id"),
    number("ordinal"),
    words("case_id"),
    words("unit_id"),
    to("shipment_id", "shipments"),
    to("case_id", "return_cases"),
    Index("ix_shipment_lines_shipment", "depot_id", "shipment_id"),
    Index("ix_shipment_lines_case", "depot_id", "case_id"),
)
