"""The schema of the first release: every table of the depot's record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()
BLOB = sa.LargeBinary()


def upgrade() -> None:
    _attachments()
    _blobs()
    _calendar_days()
    _codes()
    _contacts()
    _customers()
    _documents()
    _drafts()
    _handovers()
    _import_batches()
    _import_mappings()
    _journal()
    _key_parts()
    _node()
    _number_series()
    _part_movements()
    _parts()
    _plans()
    _policies()
    _products()
    _settings()
    _shelves()
    _shipments()
    _signatures()
    _stocktakes()
    _test_templates()
    _units()
    _users()
    _handover_lines()
    _handover_receipts()
    _import_rows()
    _movements()
    _plan_lines()
    _plan_revisions()
    _printings()
    _return_cases()
    _stocktake_counts()
    _test_items()
    _accessories()
    _case_pauses()
    _handover_verdicts()
    _inspections()
    _plan_allocations()
    _repair_orders()
    _shipment_lines()
    _travellers()
    _inspection_readings()
    _qa_marks()
    _repair_actions()
    _repair_parts()
    _traveller_movements()


def downgrade() -> None:
    raise NotImplementedError("history goes forward; restore the copy made before the upgrade")


def _attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("filename", TEXT, nullable=False),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("size", INT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("caption", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_attachments"),
        sqlite_strict=True,
    )
    op.create_index("ix_attachments_case", "attachments", ["depot_id", "case_id"])
    op.create_index("ix_attachments_sha256", "attachments", ["depot_id", "sha256"])
    op.create_index("ix_attachments_stamp", "attachments", ["origin", "seq"])
    op.create_index("ix_attachments_unit", "attachments", ["depot_id", "unit_id"])


def _blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("size", INT, nullable=False),
        sa.Column("content", BLOB, nullable=False),
        sa.PrimaryKeyConstraint("depot_id", "sha256", name="pk_blobs"),
        sqlite_strict=True,
    )


def _calendar_days() -> None:
    op.create_table(
        "calendar_days",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_calendar_days"),
        sqlite_strict=True,
    )
    op.create_index("ix_calendar_days_day", "calendar_days", ["depot_id", "day"])
    op.create_index("ix_calendar_days_stamp", "calendar_days", ["origin", "seq"])


def _codes() -> None:
    op.create_table(
        "codes",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name_zh", TEXT, nullable=False),
        sa.Column("name_en", TEXT, nullable=False),
        sa.Column("cause_class", TEXT, nullable=False),
        sa.Column("product_line", TEXT, nullable=False),
        sa.Column("active", INT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_codes"),
        sqlite_strict=True,
    )
    op.create_index("ix_codes_id", "codes", ["id"])
    op.create_index("ix_codes_kind", "codes", ["depot_id", "kind", "code"])
    op.create_index("ix_codes_stamp", "codes", ["origin", "seq"])


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_contacts"),
        sqlite_strict=True,
    )
    op.create_index("ix_contacts_customer", "contacts", ["customer_id"])
    op.create_index("ix_contacts_stamp", "contacts", ["origin", "seq"])


def _customers() -> None:
    op.create_table(
        "customers",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("distance_class", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("proposed", INT, nullable=False),
        sa.Column("merged_into", TEXT, nullable=True),
        sa.Column("active", INT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_customers"),
        sqlite_strict=True,
    )
    op.create_index("ix_customers_code", "customers", ["depot_id", "code"])
    op.create_index("ix_customers_id", "customers", ["id"])
    op.create_index("ix_customers_name", "customers", ["depot_id", "name"])
    op.create_index("ix_customers_stamp", "customers", ["origin", "seq"])


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("form", TEXT, nullable=False),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("issued_at", INT, nullable=False),
        sa.Column("issued_by", TEXT, nullable=False),
        sa.Column("voided_at", INT, nullable=True),
        sa.Column("void_reason", TEXT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_documents"),
        sa.UniqueConstraint("depot_id", "number", name="uq_documents_depot_id_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_documents_case", "documents", ["depot_id", "case_id"])
    op.create_index("ix_documents_stamp", "documents", ["origin", "seq"])
    op.create_index("ix_documents_subject", "documents", ["depot_id", "subject_id"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("form", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("saved_at", INT, nullable=False),
        sa.PrimaryKeyConstraint("depot_id", "user_id", "form", "subject", name="pk_drafts"),
        sqlite_strict=True,
    )


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("from_place", TEXT, nullable=False),
        sa.Column("to_place", TEXT, nullable=False),
        sa.Column("giver_name", TEXT, nullable=False),
        sa.Column("giver_signature_id", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("announced", INT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_handovers"),
        sa.UniqueConstraint("depot_id", "number", name="uq_handovers_depot_id_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_handovers_at", "handovers", ["depot_id", "at"])
    op.create_index("ix_handovers_stamp", "handovers", ["origin", "seq"])


def _import_batches() -> None:
    op.create_table(
        "import_batches",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("filename", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("mapping", TEXT, nullable=False),
        sa.Column("counts", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("undone_at", INT, nullable=True),
        sa.Column("undone_by", TEXT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_import_batches"),
        sqlite_strict=True,
    )
    op.create_index("ix_import_batches_stamp", "import_batches", ["origin", "seq"])


def _import_mappings() -> None:
    op.create_table(
        "import_mappings",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("mapping", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_import_mappings"),
        sqlite_strict=True,
    )
    op.create_index("ix_import_mappings_name", "import_mappings", ["depot_id", "name"])
    op.create_index("ix_import_mappings_stamp", "import_mappings", ["origin", "seq"])


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("no", INT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("actor_name", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("subject_number", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("facts", TEXT, nullable=False),
        sa.Column("undoes", TEXT, nullable=True),
        sa.Column("chain", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_journal"),
        sqlite_strict=True,
    )
    op.create_index("ix_journal_at", "journal", ["depot_id", "at"])
    op.create_index("ix_journal_case", "journal", ["depot_id", "case_id"])
    op.create_index("ix_journal_stamp", "journal", ["origin", "seq"])
    op.create_index("ix_journal_unit", "journal", ["depot_id", "unit_id"])
    op.create_index("uq_journal_undoes", "journal", ["depot_id", "undoes"], unique=True)


def _key_parts() -> None:
    op.create_table(
        "key_parts",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("product_id", TEXT, nullable=False),
        sa.Column("name_zh", TEXT, nullable=False),
        sa.Column("name_en", TEXT, nullable=False),
        sa.Column("part_no", TEXT, nullable=False),
        sa.Column("warranty_months", INT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_key_parts"),
        sqlite_strict=True,
    )
    op.create_index("ix_key_parts_product", "key_parts", ["product_id"])
    op.create_index("ix_key_parts_stamp", "key_parts", ["origin", "seq"])


def _node() -> None:
    op.create_table(
        "node",
        sa.Column("one", INT, nullable=False),
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.Column("journal_no", INT, nullable=False),
        sa.Column("journal_head", TEXT, nullable=False),
        sa.Column("time_zone", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("logo", BLOB, nullable=True),
        sa.Column("created_at", INT, nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_node"),
        sa.CheckConstraint("one = 1", name="ck_node_one"),
        sqlite_strict=True,
    )


def _number_series() -> None:
    op.create_table(
        "number_series",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("month", TEXT, nullable=False),
        sa.Column("last", INT, nullable=False),
        sa.PrimaryKeyConstraint("depot_id", "type", "month", name="pk_number_series"),
        sqlite_strict=True,
    )


def _part_movements() -> None:
    op.create_table(
        "part_movements",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("part_id", TEXT, nullable=False),
        sa.Column("quantity", INT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("repair_order_id", TEXT, nullable=True),
        sa.Column("document_number", TEXT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_part_movements"),
        sqlite_strict=True,
    )
    op.create_index("ix_part_movements_part", "part_movements", ["depot_id", "part_id"])
    op.create_index("ix_part_movements_stamp", "part_movements", ["origin", "seq"])


def _parts() -> None:
    op.create_table(
        "parts",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("part_no", TEXT, nullable=False),
        sa.Column("name_zh", TEXT, nullable=False),
        sa.Column("name_en", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("price_fen", INT, nullable=False),
        sa.Column("reorder_level", INT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("proposed", INT, nullable=False),
        sa.Column("active", INT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_parts"),
        sqlite_strict=True,
    )
    op.create_index("ix_parts_id", "parts", ["id"])
    op.create_index("ix_parts_part_no", "parts", ["depot_id", "part_no"])
    op.create_index("ix_parts_stamp", "parts", ["origin", "seq"])


def _plans() -> None:
    op.create_table(
        "plans",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("revision", INT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("drafted_at", INT, nullable=False),
        sa.Column("drafted_by", TEXT, nullable=False),
        sa.Column("countersigned_at", INT, nullable=True),
        sa.Column("countersigned_by", TEXT, nullable=True),
        sa.Column("countersignature_id", TEXT, nullable=True),
        sa.Column("issued_at", INT, nullable=True),
        sa.Column("issued_by", TEXT, nullable=True),
        sa.Column("issue_signature_id", TEXT, nullable=True),
        sa.Column("cancelled_at", INT, nullable=True),
        sa.Column("cancelled_by", TEXT, nullable=True),
        sa.Column("cancel_reason", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_plans"),
        sa.UniqueConstraint("depot_id", "number", name="uq_plans_depot_id_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_plans_stamp", "plans", ["origin", "seq"])
    op.create_index("ix_plans_state", "plans", ["depot_id", "state"])


def _policies() -> None:
    op.create_table(
        "policies",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("effective_from", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("set_at", INT, nullable=False),
        sa.Column("set_by", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_policies"),
        sa.UniqueConstraint("depot_id", "name", "effective_from", "set_at", name="uq_policies_depot_id_name_effective_from_set_at"),
        sqlite_strict=True,
    )
    op.create_index("ix_policies_stamp", "policies", ["origin", "seq"])


def _products() -> None:
    op.create_table(
        "products",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("model", TEXT, nullable=False),
        sa.Column("name_zh", TEXT, nullable=False),
        sa.Column("name_en", TEXT, nullable=False),
        sa.Column("line", TEXT, nullable=False),
        sa.Column("control", TEXT, nullable=False),
        sa.Column("serial_rule", TEXT, nullable=False),
        sa.Column("storage_condition", TEXT, nullable=False),
        sa.Column("price_class", TEXT, nullable=False),
        sa.Column("warranty", TEXT, nullable=False),
        sa.Column("soak_minutes", INT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("proposed", INT, nullable=False),
        sa.Column("merged_into", TEXT, nullable=True),
        sa.Column("active", INT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_products"),
        sqlite_strict=True,
    )
    op.create_index("ix_products_id", "products", ["id"])
    op.create_index("ix_products_model", "products", ["depot_id", "model"])
    op.create_index("ix_products_stamp", "products", ["origin", "seq"])


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_settings"),
        sa.UniqueConstraint("depot_id", "name", name="uq_settings_depot_id_name"),
        sqlite_strict=True,
    )
    op.create_index("ix_settings_stamp", "settings", ["origin", "seq"])


def _shelves() -> None:
    op.create_table(
        "shelves",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("capacity", INT, nullable=False),
        sa.Column("provides", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("active", INT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_shelves"),
        sqlite_strict=True,
    )
    op.create_index("ix_shelves_id", "shelves", ["id"])
    op.create_index("ix_shelves_place", "shelves", ["depot_id", "place", "code"])
    op.create_index("ix_shelves_stamp", "shelves", ["origin", "seq"])


def _shipments() -> None:
    op.create_table(
        "shipments",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("carrier", TEXT, nullable=False),
        sa.Column("waybill", TEXT, nullable=False),
        sa.Column("consignee", TEXT, nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("packed_at", INT, nullable=False),
        sa.Column("packed_by", TEXT, nullable=False),
        sa.Column("sent_at", INT, nullable=True),
        sa.Column("delivered_at", INT, nullable=True),
        sa.Column("proof", TEXT, nullable=True),
        sa.Column("proof_signature_id", TEXT, nullable=True),
        sa.Column("proof_note", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_shipments"),
        sa.UniqueConstraint("depot_id", "number", name="uq_shipments_depot_id_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_shipments_stamp", "shipments", ["origin", "seq"])


def _signatures() -> None:
    op.create_table(
        "signatures",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("party", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=True),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("strokes", TEXT, nullable=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("subject_kind", TEXT, nullable=False),
        sa.Column("subject_id", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_signatures"),
        sqlite_strict=True,
    )
    op.create_index("ix_signatures_stamp", "signatures", ["origin", "seq"])
    op.create_index("ix_signatures_subject", "signatures", ["depot_id", "subject_id"])


def _stocktakes() -> None:
    op.create_table(
        "stocktakes",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("started_at", INT, nullable=False),
        sa.Column("started_by", TEXT, nullable=False),
        sa.Column("finished_at", INT, nullable=True),
        sa.Column("finished_by", TEXT, nullable=True),
        sa.Column("signature_id", TEXT, nullable=True),
        sa.Column("differences", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_stocktakes"),
        sa.UniqueConstraint("depot_id", "number", name="uq_stocktakes_depot_id_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_stocktakes_place", "stocktakes", ["depot_id", "place", "started_at"])
    op.create_index("ix_stocktakes_stamp", "stocktakes", ["origin", "seq"])


def _test_templates() -> None:
    op.create_table(
        "test_templates",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("product_id", TEXT, nullable=False),
        sa.Column("version", INT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("active", INT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_test_templates"),
        sqlite_strict=True,
    )
    op.create_index("ix_test_templates_product", "test_templates", ["product_id"])
    op.create_index("ix_test_templates_stamp", "test_templates", ["origin", "seq"])


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("product_id", TEXT, nullable=False),
        sa.Column("serial", TEXT, nullable=False),
        sa.Column("serial_reversed", TEXT, nullable=False),
        sa.Column("serial_as_read", TEXT, nullable=False),
        sa.Column("tagged", INT, nullable=False),
        sa.Column("lot", TEXT, nullable=False),
        sa.Column("manufactured_on", TEXT, nullable=True),
        sa.Column("shipped_on", TEXT, nullable=True),
        sa.Column("accepted_on", TEXT, nullable=True),
        sa.Column("customer_id", TEXT, nullable=True),
        sa.Column("storage_condition", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("shelf_id", TEXT, nullable=True),
        sa.Column("placed_at", INT, nullable=False),
        sa.Column("movement_no", INT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_units"),
        sqlite_strict=True,
    )
    op.create_index("ix_units_customer", "units", ["depot_id", "customer_id"])
    op.create_index("ix_units_place", "units", ["depot_id", "place", "placed_at", "id"])
    op.create_index("ix_units_serial", "units", ["depot_id", "serial"])
    op.create_index("ix_units_serial_reversed", "units", ["depot_id", "serial_reversed"])
    op.create_index("ix_units_shelf", "units", ["depot_id", "place", "shelf_id"])
    op.create_index("ix_units_stamp", "units", ["origin", "seq"])
    op.create_index("uq_units_serial", "units", ["depot_id", "product_id", "serial"], unique=True, sqlite_where=sa.text("deleted_at IS NULL"), postgresql_where=sa.text("deleted_at IS NULL"))


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("login", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("password_hash", TEXT, nullable=False),
        sa.Column("pin_hash", TEXT, nullable=False),
        sa.Column("roles", TEXT, nullable=False),
        sa.Column("stamp_no", TEXT, nullable=False),
        sa.Column("badge", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("active", INT, nullable=False),
        sa.Column("failed_tries", INT, nullable=False),
        sa.Column("blocked_until", INT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_users"),
        sqlite_strict=True,
    )
    op.create_index("ix_users_login", "users", ["depot_id", "login"])
    op.create_index("ix_users_stamp", "users", ["origin", "seq"])


def _handover_lines() -> None:
    op.create_table(
        "handover_lines",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("handover_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("traveller_id", TEXT, nullable=True),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_handover_lines"),
        sa.ForeignKeyConstraint(["depot_id", "handover_id"], ["handovers.depot_id", "handovers.id"], name="fk_handover_lines_depot_id_handover_id"),
        sa.UniqueConstraint("depot_id", "handover_id", "ordinal", name="uq_handover_lines_depot_id_handover_id_ordinal"),
        sqlite_strict=True,
    )
    op.create_index("ix_handover_lines_stamp", "handover_lines", ["origin", "seq"])
    op.create_index("ix_handover_lines_traveller", "handover_lines", ["depot_id", "traveller_id"])
    op.create_index("ix_handover_lines_unit", "handover_lines", ["depot_id", "unit_id"])


def _handover_receipts() -> None:
    op.create_table(
        "handover_receipts",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("handover_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("receiver_name", TEXT, nullable=False),
        sa.Column("receiver_signature_id", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_handover_receipts"),
        sa.ForeignKeyConstraint(["depot_id", "handover_id"], ["handovers.depot_id", "handovers.id"], name="fk_handover_receipts_depot_id_handover_id"),
        sa.UniqueConstraint("depot_id", "handover_id", name="uq_handover_receipts_depot_id_handover_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_handover_receipts_stamp", "handover_receipts", ["origin", "seq"])


def _import_rows() -> None:
    op.create_table(
        "import_rows",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("batch_id", TEXT, nullable=False),
        sa.Column("row_no", INT, nullable=False),
        sa.Column("fate", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_import_rows"),
        sa.ForeignKeyConstraint(["depot_id", "batch_id"], ["import_batches.depot_id", "import_batches.id"], name="fk_import_rows_depot_id_batch_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_import_rows_batch", "import_rows", ["depot_id", "batch_id", "row_no"])
    op.create_index("ix_import_rows_key", "import_rows", ["depot_id", "key"])
    op.create_index("ix_import_rows_stamp", "import_rows", ["origin", "seq"])


def _movements() -> None:
    op.create_table(
        "movements",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("from_place", TEXT, nullable=False),
        sa.Column("to_place", TEXT, nullable=False),
        sa.Column("from_shelf_id", TEXT, nullable=True),
        sa.Column("to_shelf_id", TEXT, nullable=True),
        sa.Column("handover_line_id", TEXT, nullable=True),
        sa.Column("document_number", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("reverses_id", TEXT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_movements"),
        sa.ForeignKeyConstraint(["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_movements_depot_id_unit_id"),
        sa.UniqueConstraint("depot_id", "unit_id", "ordinal", name="uq_movements_depot_id_unit_id_ordinal"),
        sqlite_strict=True,
    )
    op.create_index("ix_movements_from", "movements", ["depot_id", "from_place", "at", "to_place"])
    op.create_index("ix_movements_stamp", "movements", ["origin", "seq"])
    op.create_index("ix_movements_to", "movements", ["depot_id", "to_place", "at", "from_place"])


def _plan_lines() -> None:
    op.create_table(
        "plan_lines",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("plan_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("product_id", TEXT, nullable=False),
        sa.Column("quantity", INT, nullable=False),
        sa.Column("due_on", TEXT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_plan_lines"),
        sa.ForeignKeyConstraint(["depot_id", "plan_id"], ["plans.depot_id", "plans.id"], name="fk_plan_lines_depot_id_plan_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_plan_lines_plan", "plan_lines", ["depot_id", "plan_id"])
    op.create_index("ix_plan_lines_stamp", "plan_lines", ["origin", "seq"])


def _plan_revisions() -> None:
    op.create_table(
        "plan_revisions",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("plan_id", TEXT, nullable=False),
        sa.Column("revision", INT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("before", TEXT, nullable=False),
        sa.Column("after", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_plan_revisions"),
        sa.ForeignKeyConstraint(["depot_id", "plan_id"], ["plans.depot_id", "plans.id"], name="fk_plan_revisions_depot_id_plan_id"),
        sa.UniqueConstraint("depot_id", "plan_id", "revision", name="uq_plan_revisions_depot_id_plan_id_revision"),
        sqlite_strict=True,
    )
    op.create_index("ix_plan_revisions_stamp", "plan_revisions", ["origin", "seq"])


def _printings() -> None:
    op.create_table(
        "printings",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("form", TEXT, nullable=False),
        sa.Column("language", TEXT, nullable=False),
        sa.Column("how", TEXT, nullable=False),
        sa.Column("printer", TEXT, nullable=True),
        sa.Column("copies", INT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_printings"),
        sa.ForeignKeyConstraint(["depot_id", "document_id"], ["documents.depot_id", "documents.id"], name="fk_printings_depot_id_document_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_printings_document", "printings", ["depot_id", "document_id", "form"])
    op.create_index("ix_printings_stamp", "printings", ["origin", "seq"])


def _return_cases() -> None:
    op.create_table(
        "return_cases",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("product_id", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("stage", TEXT, nullable=False),
        sa.Column("visit_no", INT, nullable=False),
        sa.Column("urgency", TEXT, nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("brought_by", TEXT, nullable=False),
        sa.Column("waybill", TEXT, nullable=False),
        sa.Column("site", TEXT, nullable=False),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("contact_phone", TEXT, nullable=False),
        sa.Column("phase", TEXT, nullable=False),
        sa.Column("fault_on", TEXT, nullable=True),
        sa.Column("symptom", TEXT, nullable=False),
        sa.Column("symptom_code", TEXT, nullable=False),
        sa.Column("tried", TEXT, nullable=False),
        sa.Column("condition", TEXT, nullable=False),
        sa.Column("return_needed", INT, nullable=True),
        sa.Column("spare_left_serial", TEXT, nullable=False),
        sa.Column("warranty_proof", TEXT, nullable=False),
        sa.Column("warranty", TEXT, nullable=False),
        sa.Column("back_on", TEXT, nullable=True),
        sa.Column("reported_at", INT, nullable=False),
        sa.Column("received_at", INT, nullable=True),
        sa.Column("received_by", TEXT, nullable=True),
        sa.Column("promised_on", TEXT, nullable=True),
        sa.Column("due_on", TEXT, nullable=True),
        sa.Column("found_at_repair", INT, nullable=False),
        sa.Column("technician_id", TEXT, nullable=True),
        sa.Column("result", TEXT, nullable=True),
        sa.Column("outcome", TEXT, nullable=True),
        sa.Column("passed_at", INT, nullable=True),
        sa.Column("returned_at", INT, nullable=True),
        sa.Column("closed_at", INT, nullable=True),
        sa.Column("paused_at", INT, nullable=True),
        sa.Column("pause_reason", TEXT, nullable=True),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.Column("external_id", TEXT, nullable=False),
        sa.Column("external_outcome", TEXT, nullable=False),
        sa.Column("import_batch_id", TEXT, nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_return_cases"),
        sa.ForeignKeyConstraint(["depot_id", "unit_id"], ["units.depot_id", "units.id"], name="fk_return_cases_depot_id_unit_id"),
        sa.UniqueConstraint("depot_id", "number", name="uq_return_cases_depot_id_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_return_cases_batch", "return_cases", ["depot_id", "import_batch_id"])
    op.create_index("ix_return_cases_customer", "return_cases", ["depot_id", "customer_id", "received_at"])
    op.create_index("ix_return_cases_due", "return_cases", ["depot_id", "due_on", "id"])
    op.create_index("ix_return_cases_external", "return_cases", ["depot_id", "external_id"])
    op.create_index("ix_return_cases_product", "return_cases", ["depot_id", "stage", "product_id", "due_on", "id"])
    op.create_index("ix_return_cases_received", "return_cases", ["depot_id", "received_at", "id"])
    op.create_index("ix_return_cases_returned", "return_cases", ["depot_id", "returned_at"])
    op.create_index("ix_return_cases_stage", "return_cases", ["depot_id", "stage", "due_on", "id", "paused_at"])
    op.create_index("ix_return_cases_stamp", "return_cases", ["origin", "seq"])
    op.create_index("ix_return_cases_unit", "return_cases", ["depot_id", "unit_id"])


def _stocktake_counts() -> None:
    op.create_table(
        "stocktake_counts",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("stocktake_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("scanned", TEXT, nullable=False),
        sa.Column("shelf_id", TEXT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_stocktake_counts"),
        sa.ForeignKeyConstraint(["depot_id", "stocktake_id"], ["stocktakes.depot_id", "stocktakes.id"], name="fk_stocktake_counts_depot_id_stocktake_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_stocktake_counts_stamp", "stocktake_counts", ["origin", "seq"])
    op.create_index("ix_stocktake_counts_stocktake", "stocktake_counts", ["depot_id", "stocktake_id"])


def _test_items() -> None:
    op.create_table(
        "test_items",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("template_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name_zh", TEXT, nullable=False),
        sa.Column("name_en", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("lower", TEXT, nullable=True),
        sa.Column("upper", TEXT, nullable=True),
        sa.Column("choices", TEXT, nullable=False),
        sa.Column("mandatory", INT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_test_items"),
        sa.ForeignKeyConstraint(["depot_id", "template_id"], ["test_templates.depot_id", "test_templates.id"], name="fk_test_items_depot_id_template_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_test_items_stamp", "test_items", ["origin", "seq"])
    op.create_index("ix_test_items_template", "test_items", ["depot_id", "template_id"])


def _accessories() -> None:
    op.create_table(
        "accessories",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("serial", TEXT, nullable=False),
        sa.Column("condition", TEXT, nullable=False),
        sa.Column("quantity_in", INT, nullable=False),
        sa.Column("quantity_out", INT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_accessories"),
        sa.CheckConstraint("quantity_in >= 0 AND quantity_out >= 0 AND quantity_out <= quantity_in", name="ck_accessories_balance"),
        sa.ForeignKeyConstraint(["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name="fk_accessories_depot_id_case_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_accessories_case", "accessories", ["depot_id", "case_id"])
    op.create_index("ix_accessories_stamp", "accessories", ["origin", "seq"])


def _case_pauses() -> None:
    op.create_table(
        "case_pauses",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("started_at", INT, nullable=False),
        sa.Column("ended_at", INT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_case_pauses"),
        sa.ForeignKeyConstraint(["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name="fk_case_pauses_depot_id_case_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_pauses_case", "case_pauses", ["depot_id", "case_id"])
    op.create_index("ix_case_pauses_stamp", "case_pauses", ["origin", "seq"])


def _handover_verdicts() -> None:
    op.create_table(
        "handover_verdicts",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("line_id", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("reason_code", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_handover_verdicts"),
        sa.ForeignKeyConstraint(["depot_id", "line_id"], ["handover_lines.depot_id", "handover_lines.id"], name="fk_handover_verdicts_depot_id_line_id"),
        sa.UniqueConstraint("depot_id", "line_id", name="uq_handover_verdicts_depot_id_line_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_handover_verdicts_stamp", "handover_verdicts", ["origin", "seq"])


def _inspections() -> None:
    op.create_table(
        "inspections",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("run_no", INT, nullable=False),
        sa.Column("template_id", TEXT, nullable=True),
        sa.Column("template_version", INT, nullable=False),
        sa.Column("inspector_id", TEXT, nullable=False),
        sa.Column("inspector_name", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("soak_minutes", INT, nullable=False),
        sa.Column("started_at", INT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("signature_id", TEXT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_inspections"),
        sa.ForeignKeyConstraint(["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name="fk_inspections_depot_id_case_id"),
        sa.UniqueConstraint("depot_id", "case_id", "run_no", name="uq_inspections_depot_id_case_id_run_no"),
        sqlite_strict=True,
    )
    op.create_index("ix_inspections_stamp", "inspections", ["origin", "seq"])


def _plan_allocations() -> None:
    op.create_table(
        "plan_allocations",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("plan_id", TEXT, nullable=False),
        sa.Column("line_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("released_at", INT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_plan_allocations"),
        sa.ForeignKeyConstraint(["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name="fk_plan_allocations_depot_id_case_id"),
        sa.ForeignKeyConstraint(["depot_id", "line_id"], ["plan_lines.depot_id", "plan_lines.id"], name="fk_plan_allocations_depot_id_line_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_plan_allocations_case", "plan_allocations", ["depot_id", "case_id"])
    op.create_index("ix_plan_allocations_plan", "plan_allocations", ["depot_id", "plan_id"])
    op.create_index("ix_plan_allocations_stamp", "plan_allocations", ["origin", "seq"])


def _repair_orders() -> None:
    op.create_table(
        "repair_orders",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("technician_id", TEXT, nullable=False),
        sa.Column("technician_name", TEXT, nullable=False),
        sa.Column("confirmed_symptom", TEXT, nullable=False),
        sa.Column("symptom_code", TEXT, nullable=False),
        sa.Column("fault_code", TEXT, nullable=False),
        sa.Column("fault", TEXT, nullable=False),
        sa.Column("cause_class", TEXT, nullable=False),
        sa.Column("responsibility", TEXT, nullable=False),
        sa.Column("cause", TEXT, nullable=False),
        sa.Column("resolution_code", TEXT, nullable=False),
        sa.Column("work_done", TEXT, nullable=False),
        sa.Column("labour_minutes", INT, nullable=False),
        sa.Column("result", TEXT, nullable=True),
        sa.Column("started_at", INT, nullable=False),
        sa.Column("diagnosed_at", INT, nullable=True),
        sa.Column("finished_at", INT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_repair_orders"),
        sa.ForeignKeyConstraint(["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name="fk_repair_orders_depot_id_case_id"),
        sa.UniqueConstraint("depot_id", "number", name="uq_repair_orders_depot_id_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_repair_orders_case", "repair_orders", ["depot_id", "case_id"])
    op.create_index("ix_repair_orders_stamp", "repair_orders", ["origin", "seq"])


def _shipment_lines() -> None:
    op.create_table(
        "shipment_lines",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("shipment_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_shipment_lines"),
        sa.ForeignKeyConstraint(["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name="fk_shipment_lines_depot_id_case_id"),
        sa.ForeignKeyConstraint(["depot_id", "shipment_id"], ["shipments.depot_id", "shipments.id"], name="fk_shipment_lines_depot_id_shipment_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_shipment_lines_case", "shipment_lines", ["depot_id", "case_id"])
    op.create_index("ix_shipment_lines_shipment", "shipment_lines", ["depot_id", "shipment_id"])
    op.create_index("ix_shipment_lines_stamp", "shipment_lines", ["origin", "seq"])


def _travellers() -> None:
    op.create_table(
        "travellers",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("placed_at", INT, nullable=False),
        sa.Column("movement_no", INT, nullable=False),
        sa.Column("archived_at", INT, nullable=True),
        sa.Column("archived_by", TEXT, nullable=True),
        sa.Column("archive_position", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_travellers"),
        sa.ForeignKeyConstraint(["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name="fk_travellers_depot_id_case_id"),
        sa.UniqueConstraint("depot_id", "number", name="uq_travellers_depot_id_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_travellers_archived", "travellers", ["depot_id", "archived_at", "number"])
    op.create_index("ix_travellers_case", "travellers", ["depot_id", "case_id"])
    op.create_index("ix_travellers_place", "travellers", ["depot_id", "place", "archived_at"])
    op.create_index("ix_travellers_stamp", "travellers", ["origin", "seq"])


def _inspection_readings() -> None:
    op.create_table(
        "inspection_readings",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("inspection_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name_zh", TEXT, nullable=False),
        sa.Column("name_en", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("lower", TEXT, nullable=True),
        sa.Column("upper", TEXT, nullable=True),
        sa.Column("mandatory", INT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.Column("verdict", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_inspection_readings"),
        sa.ForeignKeyConstraint(["depot_id", "inspection_id"], ["inspections.depot_id", "inspections.id"], name="fk_inspection_readings_depot_id_inspection_id"),
        sa.UniqueConstraint("depot_id", "inspection_id", "ordinal", name="uq_inspection_readings_depot_id_inspection_id_ordinal"),
        sqlite_strict=True,
    )
    op.create_index("ix_inspection_readings_stamp", "inspection_readings", ["origin", "seq"])


def _qa_marks() -> None:
    op.create_table(
        "qa_marks",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("inspection_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("inspector_id", TEXT, nullable=False),
        sa.Column("inspector_name", TEXT, nullable=False),
        sa.Column("stamp_no", TEXT, nullable=False),
        sa.Column("how", TEXT, nullable=False),
        sa.Column("replaces_id", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("signature_id", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_qa_marks"),
        sa.ForeignKeyConstraint(["depot_id", "case_id"], ["return_cases.depot_id", "return_cases.id"], name="fk_qa_marks_depot_id_case_id"),
        sa.ForeignKeyConstraint(["depot_id", "inspection_id"], ["inspections.depot_id", "inspections.id"], name="fk_qa_marks_depot_id_inspection_id"),
        sa.UniqueConstraint("depot_id", "number", name="uq_qa_marks_depot_id_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_qa_marks_case", "qa_marks", ["depot_id", "case_id"])
    op.create_index("ix_qa_marks_stamp", "qa_marks", ["origin", "seq"])


def _repair_actions() -> None:
    op.create_table(
        "repair_actions",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("repair_order_id", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("minutes", INT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.Column("reverses_id", TEXT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_repair_actions"),
        sa.ForeignKeyConstraint(["depot_id", "repair_order_id"], ["repair_orders.depot_id", "repair_orders.id"], name="fk_repair_actions_depot_id_repair_order_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_repair_actions_order", "repair_actions", ["depot_id", "repair_order_id"])
    op.create_index("ix_repair_actions_stamp", "repair_actions", ["origin", "seq"])


def _repair_parts() -> None:
    op.create_table(
        "repair_parts",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("repair_order_id", TEXT, nullable=False),
        sa.Column("part_id", TEXT, nullable=True),
        sa.Column("part_no", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("quantity", INT, nullable=False),
        sa.Column("removed_serial", TEXT, nullable=False),
        sa.Column("fitted_serial", TEXT, nullable=False),
        sa.Column("key_part", INT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_repair_parts"),
        sa.ForeignKeyConstraint(["depot_id", "repair_order_id"], ["repair_orders.depot_id", "repair_orders.id"], name="fk_repair_parts_depot_id_repair_order_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_repair_parts_order", "repair_parts", ["depot_id", "repair_order_id"])
    op.create_index("ix_repair_parts_stamp", "repair_parts", ["origin", "seq"])


def _traveller_movements() -> None:
    op.create_table(
        "traveller_movements",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("traveller_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("from_place", TEXT, nullable=False),
        sa.Column("to_place", TEXT, nullable=False),
        sa.Column("handover_line_id", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("reverses_id", TEXT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_traveller_movements"),
        sa.ForeignKeyConstraint(["depot_id", "traveller_id"], ["travellers.depot_id", "travellers.id"], name="fk_traveller_movements_depot_id_traveller_id"),
        sa.UniqueConstraint("depot_id", "traveller_id", "ordinal", name="uq_traveller_movements_depot_id_traveller_id_ordinal"),
        sqlite_strict=True,
    )
    op.create_index("ix_traveller_movements_stamp", "traveller_movements", ["origin", "seq"])
