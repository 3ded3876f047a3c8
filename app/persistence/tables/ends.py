"""How a unit ends that does not simply go back: approvals, scrap, determinations, exchanges."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from app.persistence.tables.base import day, moment, number, operational, structure, to, words, yes_no

#: One question to the general manager. ``approved`` is empty while it waits. ``facts``: what the paper needs to show.
approvals = operational(
    "approvals",
    words("kind"),
    words("subject_kind"),
    words("subject_id"),
    words("subject_number"),
    words("case_id", null=True),
    words("unit_id", null=True),
    words("reason"),
    structure("facts"),
    words("requested_by"),
    words("requested_by_name"),
    moment("requested_at"),
    yes_no("approved", null=True),
    words("decided_by", null=True),
    words("decided_by_name"),
    moment("decided_at", null=True),
    words("decision_reason"),
    words("signature_id", null=True),
    Index("ix_approvals_subject", "depot_id", "subject_id", "kind"),
    Index("ix_approvals_waiting", "depot_id", "decided_at", "requested_at"),
)

#: A scrapped unit. ``destination`` is empty while it stands in zone 4. ``for_lab``: R&D wants it after scrapping.
scraps = operational(
    "scraps",
    words("number"),
    words("case_id"),
    words("unit_id"),
    words("approval_id"),
    words("reason"),
    yes_no("for_lab"),
    moment("scrapped_at"),
    words("scrapped_by"),
    words("destination", null=True),
    words("how", null=True),
    words("by_whom"),
    words("witness"),
    words("handover_number"),
    moment("destined_at", null=True),
    words("destined_by", null=True),
    to("case_id", "return_cases"),
    to("approval_id", "approvals"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_scraps_case", "depot_id", "case_id"),
    Index("ix_scraps_waiting", "depot_id", "destined_at", "scrapped_at"),
)

#: The customer was told that a unit is kept: agreed, or insists on having both (``insists``), for ``fee_fen``.
keepings = operational(
    "keepings",
    words("case_id"),
    words("unit_id"),
    yes_no("insists"),
    words("who"),
    words("how"),
    words("note"),
    number("fee_fen"),
    moment("at"),
    words("by"),
    words("by_name"),
    to("case_id", "return_cases"),
    Index("ix_keepings_case", "depot_id", "case_id"),
)

#: What R&D found of a kept unit. ``tests``: [{"name", "result"}]; ``conclusion``: FAULT | NONE.
determinations = operational(
    "determinations",
    words("number"),
    words("case_id"),
    words("unit_id"),
    structure("tests"),
    words("conclusion"),
    words("findings"),
    structure("outcomes"),
    words("engineer_id"),
    words("engineer_name"),
    words("signature_id"),
    words("policy_version"),
    moment("at"),
    words("by"),
    to("case_id", "return_cases"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_determinations_case", "depot_id", "case_id"),
    append_only=True,
)

#: The old serial out of the customer's file, the new one in. ``source``: SPARE | STORES.
exchanges = operational(
    "exchanges",
    words("number"),
    words("case_id"),
    words("customer_id"),
    words("old_unit_id"),
    words("new_unit_id"),
    words("source"),
    words("reason"),
    words("substitute_reason"),
    yes_no("both"),
    words("warranty_mode"),
    day("warranty_old_until", null=True),
    day("warranty_until", null=True),
    number("charge_fen"),
    words("policy_version"),
    words("came_from"),
    words("handover_number"),
    moment("at"),
    words("by"),
    words("by_name"),
    moment("delivered_at", null=True),
    to("case_id", "return_cases"),
    to("old_unit_id", "units"),
    to("new_unit_id", "units"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_exchanges_case", "depot_id", "case_id"),
    Index("ix_exchanges_new_unit", "depot_id", "new_unit_id"),
    Index("ix_exchanges_old_unit", "depot_id", "old_unit_id"),
)
