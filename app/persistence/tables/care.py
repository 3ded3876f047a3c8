"""Follow-ups, complaints and suggestions, and the product file of a unit."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint

from app.domain.complaints import Channel, ComplaintKind, ComplaintState, Route, Topic
from app.domain.followups import CallResult, FollowUpKind, FollowUpState
from app.domain.satisfaction import Grade
from app.persistence.tables.base import day, moment, number, one_of, operational, structure, to, words, yes_no

#: ``basis``: why the call is owed, e.g. ``case:<id>``; one call per basis, whoever draws the list up.
#: ``month``: the month (2026-11) whose repairs it counts for. ``due_on``: moves on with each call in vain.
follow_ups = operational(
    "follow_ups",
    words("basis"),
    one_of("kind", FollowUpKind),
    one_of("state", FollowUpState),
    words("month"),
    words("customer_id"),
    words("case_id", null=True),
    words("unit_id", null=True),
    words("complaint_id", null=True),
    words("reason"),
    day("due_on"),
    number("tries"),
    one_of("result", CallResult, null=True),
    one_of("grade", Grade, null=True),
    structure("answers"),
    words("said"),
    words("called"),
    day("next_on", null=True),
    moment("done_at", null=True),
    words("done_by", null=True),
    words("done_by_name"),
    words("policy_version"),
    UniqueConstraint("depot_id", "basis"),
    Index("ix_follow_ups_state", "depot_id", "state", "due_on"),
    Index("ix_follow_ups_month", "depot_id", "month"),
    Index("ix_follow_ups_done", "depot_id", "done_at"),
    Index("ix_follow_ups_customer", "depot_id", "customer_id"),
    Index("ix_follow_ups_unit", "depot_id", "unit_id"),
)

#: Each call of a follow-up, also the one in vain. ``undoes``: the call that is taken back.
follow_up_calls = operational(
    "follow_up_calls",
    words("follow_up_id"),
    yes_no("reached"),
    words("called"),
    words("said"),
    day("again_on", null=True),
    moment("at"),
    words("by"),
    words("by_name"),
    words("undoes", null=True),
    to("follow_up_id", "follow_ups"),
    Index("ix_follow_up_calls_of", "depot_id", "follow_up_id", "at"),
    append_only=True,
)

#: ``since``: when its clocks began, on being taken down or opened again.
complaints = operational(
    "complaints",
    words("number"),
    one_of("kind", ComplaintKind),
    one_of("topic", Topic),
    one_of("route", Route),
    one_of("channel", Channel),
    one_of("state", ComplaintState),
    words("customer_id"),
    words("contact"),
    words("phone"),
    words("unit_id", null=True),
    words("case_id", null=True),
    words("story"),
    words("wanted"),
    moment("taken_at"),
    words("taken_by"),
    moment("since"),
    moment("assigned_at", null=True),
    words("assigned_to"),
    moment("answered_at", null=True),
    words("answer"),
    moment("told_at", null=True),
    words("told_whom"),
    words("told_what"),
    yes_no("content", null=True),
    moment("closed_at", null=True),
    words("result"),
    number("reopened"),
    words("policy_version"),
    words("note"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_complaints_state", "depot_id", "state", "taken_at"),
    Index("ix_complaints_customer", "depot_id", "customer_id"),
    Index("ix_complaints_unit", "depot_id", "unit_id"),
)

#: What happened to a complaint, in order; ``what`` is the journal's action.
complaint_events = operational(
    "complaint_events",
    words("complaint_id"),
    number("ordinal"),
    words("what"),
    words("said"),
    moment("at"),
    words("by"),
    words("by_name"),
    to("complaint_id", "complaints"),
    Index("ix_complaint_events_of", "depot_id", "complaint_id", "ordinal"),
    append_only=True,
)

#: The product file of a unit beside its master data: how it was built, how it was shipped, what was agreed about it.
unit_states = operational(
    "unit_states",
    words("unit_id"),
    words("original"),
    words("shipped"),
    words("software"),
    words("agreement"),
    words("note"),
    to("unit_id", "units"),
    UniqueConstraint("depot_id", "unit_id"),
)

#: Key parts of a unit as it was shipped. ``imported``: imported or made at home; empty where not known.
unit_parts = operational(
    "unit_parts",
    words("unit_id"),
    number("ordinal"),
    words("name"),
    words("model"),
    words("lot"),
    words("serial"),
    words("maker"),
    yes_no("imported", null=True),
    words("note"),
    to("unit_id", "units"),
    Index("ix_unit_parts_unit", "depot_id", "unit_id"),
    Index("ix_unit_parts_lot", "depot_id", "lot"),
)
