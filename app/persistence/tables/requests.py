"""Service requests by phone, work on site, and the calls made about late clocks."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from app.domain.requests import RequestState, Route
from app.domain.site_visits import SiteResult
from app.persistence.tables.base import day, moment, number, one_of, operational, structure, to, words, yes_no

#: ``state``: OPEN | CLOSED | VOID. ``warranty``: as judged when the call was taken; ``warranty_trace``: why.
#: ``product_model``: what the customer called it, while the product is not known.
service_requests = operational(
    "service_requests",
    words("number"),
    one_of("state", RequestState),
    one_of("route", Route, null=True),
    words("customer_id"),
    words("contact"),
    words("phone"),
    words("site"),
    words("product_id", null=True),
    words("unit_id", null=True),
    words("serial"),
    words("symptom"),
    words("tried"),
    day("fault_on", null=True),
    words("urgency"),
    words("warranty"),
    structure("warranty_trace"),
    moment("taken_at"),
    words("taken_by"),
    moment("passed_on_at", null=True),
    words("passed_on_to"),
    moment("answered_at", null=True),
    words("answer"),
    moment("planned_at", null=True),
    words("solution"),
    words("case_id", null=True),
    number("quoted_fen", null=True),
    moment("quoted_at", null=True),
    yes_no("consented", null=True),
    words("consent_by"),
    moment("consent_at", null=True),
    moment("closed_at", null=True),
    words("result"),
    words("policy_version"),
    words("note"),
    UniqueConstraint("depot_id", "number"),
    CheckConstraint("quoted_fen IS NULL OR quoted_fen >= 0", name="quoted"),
    Index("ix_service_requests_state", "depot_id", "state", "taken_at"),
    Index("ix_service_requests_customer", "depot_id", "customer_id"),
    Index("ix_service_requests_unit", "depot_id", "unit_id"),
    Index("ix_service_requests_case", "depot_id", "case_id"),
)

#: What happened to a request, in order; ``what`` is the journal's action.
request_events = operational(
    "request_events",
    words("request_id"),
    number("ordinal"),
    words("what"),
    words("said"),
    moment("at"),
    words("by"),
    words("by_name"),
    to("request_id", "service_requests"),
    Index("ix_request_events_request", "depot_id", "request_id", "ordinal"),
    append_only=True,
)

#: One trip of one technician. ``slip_number``: its F8.
site_visits = operational(
    "site_visits",
    words("request_id"),
    words("technician_id"),
    day("leaves_on"),
    day("back_on", null=True),
    words("findings"),
    words("work"),
    number("labour_minutes"),
    one_of("result", SiteResult, null=True),
    words("opinion"),
    moment("finished_at", null=True),
    words("finished_by", null=True),
    words("signature_id", null=True),
    words("slip_number"),
    words("note"),
    to("request_id", "service_requests"),
    CheckConstraint("back_on IS NULL OR back_on >= leaves_on", name="trip"),
    Index("ix_site_visits_request", "depot_id", "request_id"),
    Index("ix_site_visits_technician", "depot_id", "technician_id", "finished_at"),
)

#: Parts used on a trip; ``loan_number``: the loan slip they were taken along on.
site_parts = operational(
    "site_parts",
    words("visit_id"),
    number("ordinal"),
    words("part_id", null=True),
    words("part_no"),
    words("name"),
    number("quantity"),
    words("removed_serial"),
    words("fitted_serial"),
    words("loan_number"),
    to("visit_id", "site_visits"),
    CheckConstraint("quantity > 0", name="quantity"),
    Index("ix_site_parts_visit", "depot_id", "visit_id", "ordinal"),
)

#: A call about a late clock: whom, what was said, by which day they promised. ``clock``: its name.
chase_notes = operational(
    "chase_notes",
    words("subject_kind"),
    words("subject_id"),
    words("clock"),
    words("called"),
    words("said"),
    day("promised_on", null=True),
    moment("at"),
    words("by"),
    words("by_name"),
    Index("ix_chase_notes_subject", "depot_id", "subject_id", "at"),
    append_only=True,
)
