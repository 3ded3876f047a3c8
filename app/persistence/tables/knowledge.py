"""What the depot knows beyond its cases: notes on finding faults, and alarms about the quality of a product."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from app.domain.alarms import AlarmOrigin, AlarmState, Severity
from app.persistence.tables.base import day, moment, one_of, operational, structure, words

#: How to find a fault of a product, shown at the bench. ``symptom_code``: empty for any symptom.
troubleshooting_notes = operational(
    "troubleshooting_notes",
    words("product_id"),
    words("symptom_code"),
    words("title"),
    words("body"),
    moment("at"),
    words("by"),
    words("by_name"),
    Index("ix_troubleshooting_notes_product", "depot_id", "product_id"),
)

#: ``others``: the units of the lot when the alarm was raised: [{"unit_id", "serial", "place", "returns"}].
quality_alarms = operational(
    "quality_alarms",
    words("number"),
    one_of("origin_kind", AlarmOrigin),
    one_of("severity", Severity),
    words("product_id"),
    words("lot"),
    words("symptom"),
    words("finding"),
    words("case_id", null=True),
    words("unit_id", null=True),
    structure("others"),
    one_of("state", AlarmState),
    words("raised_by"),
    words("raised_by_name"),
    moment("raised_at"),
    day("answer_due_on", null=True),
    words("investigation"),
    words("cause_class"),
    words("action"),
    moment("answered_at", null=True),
    words("answered_by", null=True),
    words("answered_by_name"),
    words("result"),
    moment("closed_at", null=True),
    words("closed_by", null=True),
    words("closed_by_name"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_quality_alarms_state", "depot_id", "state", "answer_due_on"),
    Index("ix_quality_alarms_product", "depot_id", "product_id", "lot"),
)
