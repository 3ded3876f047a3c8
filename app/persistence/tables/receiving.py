"""Units, their return cases, travellers, accessories and attachments."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, PrimaryKeyConstraint, Text, UniqueConstraint, text

from app.domain.places import Place
from app.domain.stages import Stage
from app.persistence.tables.base import (
    content,
    day,
    local,
    moment,
    number,
    one_of,
    operational,
    structure,
    to,
    words,
    yes_no,
)

_LIVE = text("deleted_at IS NULL")

#: ``place``, ``shelf_id``, ``placed_at`` (since when at this place; a move between its shelves does not count) and
#: ``movement_no`` repeat the end of the movement chain; triggers keep them so.
units = operational(
    "units",
    words("product_id"),
    words("serial"),
    words("serial_reversed"),
    words("serial_as_read"),
    yes_no("tagged"),
    words("lot"),
    day("manufactured_on", null=True),
    day("shipped_on", null=True),
    day("accepted_on", null=True),
    words("customer_id", null=True),
    words("storage_condition"),
    one_of("place", Place),
    words("shelf_id", null=True),
    moment("placed_at"),
    number("movement_no"),
    words("case_id", null=True),
    words("note"),
    # on PostgreSQL too (see 0001); said there, its dialect would be loaded for it at every start
    Index("uq_units_serial", "depot_id", "product_id", "serial", unique=True, sqlite_where=_LIVE),
    Index("ix_units_serial", "depot_id", "serial"),
    Index("ix_units_everywhere", "serial", "product_id"),
    Index("ix_units_serial_reversed", "depot_id", "serial_reversed"),
    Index("ix_units_place", "depot_id", "place", "placed_at", "id"),
    Index("ix_units_shelf", "depot_id", "place", "shelf_id"),
    Index("ix_units_customer", "depot_id", "customer_id"),
    Index("ix_units_lot", "depot_id", "lot"),
)

return_cases = operational(
    "return_cases",
    words("number"),
    words("unit_id"),
    words("product_id"),
    words("customer_id"),
    one_of("stage", Stage),
    number("visit_no"),
    words("urgency"),
    words("method"),
    words("brought_by"),
    words("waybill"),
    words("site"),
    words("contact"),
    words("contact_phone"),
    words("phase"),
    day("fault_on", null=True),
    words("symptom"),
    words("symptom_code"),
    words("tried"),
    words("condition"),
    yes_no("return_needed", null=True),
    words("spare_left_serial"),
    words("warranty_proof"),
    words("warranty"),
    day("back_on", null=True),
    moment("reported_at"),
    moment("received_at", null=True),
    words("received_by", null=True),
    day("promised_on", null=True),
    day("due_on", null=True),
    yes_no("found_at_repair"),
    words("technician_id", null=True),
    words("result", null=True),
    words("outcome", null=True),
    moment("passed_at", null=True),
    moment("returned_at", null=True),
    moment("closed_at", null=True),
    moment("paused_at", null=True),
    words("pause_reason", null=True),
    words("policy_version"),
    words("external_id"),
    words("external_outcome"),
    words("import_batch_id", null=True),
    words("note"),
    yes_no("historical"),
    moment("counts_from", null=True),
    to("unit_id", "units"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_return_cases_unit", "depot_id", "unit_id"),
    Index("ix_return_cases_stage", "depot_id", "stage", "due_on", "id", "paused_at"),
    Index("ix_return_cases_product", "depot_id", "stage", "product_id", "due_on", "id"),
    Index("ix_return_cases_received", "depot_id", "received_at", "id"),
    Index("ix_return_cases_due", "depot_id", "due_on", "id"),
    Index("ix_return_cases_returned", "depot_id", "returned_at"),
    Index("ix_return_cases_customer", "depot_id", "customer_id", "received_at"),
    Index("ix_return_cases_batch", "depot_id", "import_batch_id"),
    Index("ix_return_cases_external", "depot_id", "external_id"),
)

#: One stretch in which the turnaround clock stood still, and why.
case_pauses = operational(
    "case_pauses",
    words("case_id"),
    words("reason"),
    moment("started_at"),
    moment("ended_at", null=True),
    to("case_id", "return_cases"),
    Index("ix_case_pauses_case", "depot_id", "case_id"),
)

travellers = operational(
    "travellers",
    words("number"),
    words("case_id"),
    words("unit_id"),
    one_of("place", Place),
    moment("placed_at"),
    number("movement_no"),
    moment("archived_at", null=True),
    words("archived_by", null=True),
    words("archive_position"),
    to("case_id", "return_cases"),
    UniqueConstraint("depot_id", "number"),
    Index("ix_travellers_case", "depot_id", "case_id"),
    Index("ix_travellers_place", "depot_id", "place", "archived_at"),
    Index("ix_travellers_archived", "depot_id", "archived_at", "number"),
)

accessories = operational(
    "accessories",
    words("case_id"),
    words("name"),
    words("serial"),
    words("condition"),
    number("quantity_in"),
    number("quantity_out"),
    to("case_id", "return_cases"),
    CheckConstraint("quantity_in >= 0 AND quantity_out >= 0 AND quantity_out <= quantity_in", name="balance"),
    Index("ix_accessories_case", "depot_id", "case_id"),
)

#: The bytes of an attachment, once, under the SHA-256 of what they are.
blobs = local(
    "blobs",
    Column("depot_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    number("size"),
    content("content"),
    PrimaryKeyConstraint("depot_id", "sha256"),
)

attachments = operational(
    "attachments",
    words("case_id", null=True),
    words("unit_id", null=True),
    words("subject_kind"),
    words("subject_id"),
    words("kind"),
    words("filename"),
    words("media_type"),
    number("size"),
    words("sha256"),
    words("caption"),
    moment("at"),
    words("by"),
    Index("ix_attachments_case", "depot_id", "case_id"),
    Index("ix_attachments_unit", "depot_id", "unit_id"),
    Index("ix_attachments_sha256", "depot_id", "sha256"),
)

import_batches = operational(
    "import_batches",
    words("number"),
    words("filename"),
    words("sha256"),
    structure("mapping"),
    structure("counts"),
    moment("at"),
    words("by"),
    moment("undone_at", null=True),
    words("undone_by", null=True),
)

#: What became of each row of an imported file; ``key`` recognises the same row in another file.
import_rows = operational(
    "import_rows",
    words("batch_id"),
    number("row_no"),
    words("fate"),
    words("reason"),
    words("key"),
    words("unit_id", null=True),
    words("case_id", null=True),
    to("batch_id", "import_batches"),
    Index("ix_import_rows_batch", "depot_id", "batch_id", "row_no"),
    Index("ix_import_rows_key", "depot_id", "key"),
)

import_mappings = operational(
    "import_mappings",
    words("name"),
    structure("mapping"),
    Index("ix_import_mappings_name", "depot_id", "name"),
)
