"""What the depot learns: scans that file themselves, follow-ups, complaints, knowledge, months that are closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()

#: The new tables whose rows never change.
APPEND_ONLY: frozenset[str] = frozenset({
    "closed_months",
    "complaint_events", "follow_up_calls",
    "feedback_answers",
})
#: Older tables that gain columns here: their triggers name columns on SQLite and are made again.
ALTERED: frozenset[str] = frozenset({
    "return_cases",
})


def upgrade() -> None:
    bind = op.get_bind()
    before = set(sa.inspect(bind).get_table_names())
    _feedback()
    _care()
    _knowledge()
    _quality()
    _transfers()
    inspector = sa.inspect(bind)
    columns = {
        table: [c["name"] for c in inspector.get_columns(table) if c["name"] not in {"origin", "seq"}]
        for table in sorted((set(inspector.get_table_names()) - before) | ALTERED)
    }
    (_sqlite if bind.dialect.name == "sqlite" else _postgresql)(columns)


def downgrade() -> None:
    raise NotImplementedError("history goes forward; restore the copy made before the upgrade")


# -- scans and answers -------------------------------------------------------------------------------------------


def _feedback() -> None:
    """Scans that wait for a case, answers of customers."""
    _table(
        "scanned_pages",
        sa.Column("source", TEXT, nullable=False),
        sa.Column("source_page", INT, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("sha256", "media_type", "attachment_id", "codes", "number")),
        sa.Column("page", INT, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("arrived_at", INT, nullable=False),
        sa.Column("arrived_by", TEXT, nullable=False),
        sa.Column("decided_at", INT, nullable=True),
        sa.Column("decided_by", TEXT, nullable=True),
        sa.Column("remark", TEXT, nullable=False),
        _to("scanned_pages", "attachment_id", "attachments"),
        sa.UniqueConstraint("depot_id", "sha256", name="uq_scanned_pages_depot_id_sha256"),
    )
    op.create_index("ix_scanned_pages_state", "scanned_pages", ["depot_id", "state", "arrived_at"])
    _table(
        "signed_papers",
        *(sa.Column(name, TEXT, nullable=False) for name in ("document_id", "number", "form")),
        sa.Column("page", INT, nullable=False),
        sa.Column("scan_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("how", TEXT, nullable=False),
        sa.Column("filed_at", INT, nullable=False),
        sa.Column("filed_by", TEXT, nullable=False),
        sa.Column("filed_by_name", TEXT, nullable=False),
        _to("signed_papers", "document_id", "documents"),
        _to("signed_papers", "scan_id", "scanned_pages"),
    )
    op.create_index("ix_signed_papers_document", "signed_papers", ["depot_id", "document_id"])
    op.create_index("ix_signed_papers_case", "signed_papers", ["depot_id", "case_id"])
    op.create_index("ix_signed_papers_filed", "signed_papers", ["depot_id", "filed_at"])
    _table(
        "feedback_answers",
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("number", TEXT, nullable=False),
        sa.Column("version", INT, nullable=False),
        *(sa.Column(name, TEXT, nullable=True) for name in ("response", "attitude", "quality", "time", "overall")),
        sa.Column("opinion", TEXT, nullable=False),
        sa.Column("recontact", INT, nullable=True),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("signed", INT, nullable=False),
        sa.Column("stamped", INT, nullable=False),
        sa.Column("why", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        _to("feedback_answers", "document_id", "documents"),
        sa.UniqueConstraint("depot_id", "document_id", "version", name="uq_feedback_answers_depot_id_document_id_version"),
        sa.CheckConstraint("version >= 1", name="ck_feedback_answers_version"),
    )
    _table(
        "paper_waivers",
        sa.Column("document_id", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        _to("paper_waivers", "document_id", "documents"),
    )
    op.create_index("ix_paper_waivers_document", "paper_waivers", ["depot_id", "document_id"])


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """A reference within the depot."""
    return sa.ForeignKeyConstraint(
        ["depot_id", column], [f"{other}.depot_id", f"{other}.id"], name=f"fk_{table}_depot_id_{column}")


# -- follow-ups, complaints --------------------------------------------------------------------------------------


def _care() -> None:
    """Follow-ups and complaints, product files of units, units by lot."""
    _follow_ups()
    _complaints()
    _unit_files()
    op.create_index("ix_units_lot", "units", ["depot_id", "lot"])


def _follow_ups() -> None:
    """Calls that are owed, and the calls made."""
    _table(
        "follow_ups",
        sa.Column("basis", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("month", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("complaint_id", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("due_on", TEXT, nullable=False),
        sa.Column("tries", INT, nullable=False),
        sa.Column("result", TEXT, nullable=True),
        sa.Column("grade", TEXT, nullable=True),
        sa.Column("answers", TEXT, nullable=False),
        sa.Column("said", TEXT, nullable=False),
        sa.Column("called", TEXT, nullable=False),
        sa.Column("next_on", TEXT, nullable=True),
        sa.Column("done_at", INT, nullable=True),
        sa.Column("done_by", TEXT, nullable=True),
        sa.Column("done_by_name", TEXT, nullable=False),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.UniqueConstraint("depot_id", "basis", name="uq_follow_ups_depot_id_basis"),
    )
    op.create_index("ix_follow_ups_customer", "follow_ups", ["depot_id", "customer_id"])
    op.create_index("ix_follow_ups_done", "follow_ups", ["depot_id", "done_at"])
    op.create_index("ix_follow_ups_month", "follow_ups", ["depot_id", "month"])
    op.create_index("ix_follow_ups_state", "follow_ups", ["depot_id", "state", "due_on"])
    op.create_index("ix_follow_ups_unit", "follow_ups", ["depot_id", "unit_id"])
    _table(
        "follow_up_calls",
        sa.Column("follow_up_id", TEXT, nullable=False),
        sa.Column("reached", INT, nullable=False),
        sa.Column("called", TEXT, nullable=False),
        sa.Column("said", TEXT, nullable=False),
        sa.Column("again_on", TEXT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.Column("undoes", TEXT, nullable=True),
        sa.ForeignKeyConstraint(
            ["depot_id", "follow_up_id"], ["follow_ups.depot_id", "follow_ups.id"],
            name="fk_follow_up_calls_depot_id_follow_up_id",
        ),
    )
    op.create_index("ix_follow_up_calls_of", "follow_up_calls", ["depot_id", "follow_up_id", "at"])


def _complaints() -> None:
    """Complaints, and what happened to them."""
    _table(
        "complaints",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("topic", TEXT, nullable=False),
        sa.Column("route", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=False),
        sa.Column("contact", TEXT, nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("story", TEXT, nullable=False),
        sa.Column("wanted", TEXT, nullable=False),
        sa.Column("taken_at", INT, nullable=False),
        sa.Column("taken_by", TEXT, nullable=False),
        sa.Column("since", INT, nullable=False),
        sa.Column("assigned_at", INT, nullable=True),
        sa.Column("assigned_to", TEXT, nullable=False),
        sa.Column("answered_at", INT, nullable=True),
        sa.Column("answer", TEXT, nullable=False),
        sa.Column("told_at", INT, nullable=True),
        sa.Column("told_whom", TEXT, nullable=False),
        sa.Column("told_what", TEXT, nullable=False),
        sa.Column("content", INT, nullable=True),
        sa.Column("closed_at", INT, nullable=True),
        sa.Column("result", TEXT, nullable=False),
        sa.Column("reopened", INT, nullable=False),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.UniqueConstraint("depot_id", "number", name="uq_complaints_depot_id_number"),
    )
    op.create_index("ix_complaints_customer", "complaints", ["depot_id", "customer_id"])
    op.create_index("ix_complaints_state", "complaints", ["depot_id", "state", "taken_at"])
    op.create_index("ix_complaints_unit", "complaints", ["depot_id", "unit_id"])
    _table(
        "complaint_events",
        sa.Column("complaint_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("said", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "complaint_id"], ["complaints.depot_id", "complaints.id"],
            name="fk_complaint_events_depot_id_complaint_id",
        ),
    )
    op.create_index("ix_complaint_events_of", "complaint_events", ["depot_id", "complaint_id", "ordinal"])


def _unit_files() -> None:
    """How a unit was built and shipped, and its key parts."""
    _table(
        "unit_states",
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("original", TEXT, nullable=False),
        sa.Column("shipped", TEXT, nullable=False),
        sa.Column("software", TEXT, nullable=False),
        sa.Column("agreement", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"],
            name="fk_unit_states_depot_id_unit_id",
        ),
        sa.UniqueConstraint("depot_id", "unit_id", name="uq_unit_states_depot_id_unit_id"),
    )
    _table(
        "unit_parts",
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("model", TEXT, nullable=False),
        sa.Column("lot", TEXT, nullable=False),
        sa.Column("serial", TEXT, nullable=False),
        sa.Column("maker", TEXT, nullable=False),
        sa.Column("imported", INT, nullable=True),
        sa.Column("note", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id", "unit_id"], ["units.depot_id", "units.id"],
            name="fk_unit_parts_depot_id_unit_id",
        ),
    )
    op.create_index("ix_unit_parts_lot", "unit_parts", ["depot_id", "lot"])
    op.create_index("ix_unit_parts_unit", "unit_parts", ["depot_id", "unit_id"])


# -- knowledge ---------------------------------------------------------------------------------------------------


def _knowledge() -> None:
    """Troubleshooting notes; past returns that were imported."""
    op.add_column("return_cases", sa.Column("historical", INT, nullable=False, server_default=sa.text("0")))
    _table(
        "troubleshooting_notes",
        *(sa.Column(name, TEXT, nullable=False)
          for name in ("product_id", "symptom_code", "title", "body", "by", "by_name")),
        sa.Column("at", INT, nullable=False),
    )
    op.create_index("ix_troubleshooting_notes_product", "troubleshooting_notes", ["depot_id", "product_id"])


# -- quality -----------------------------------------------------------------------------------------------------


def _quality() -> None:
    """Closed months and their corrections, quality alarms."""
    _alarms()


def _alarms() -> None:
    """Quality alarms: raised, answered by R&D, closed."""
    _table(
        "quality_alarms",
        *(sa.Column(name, TEXT, nullable=False)
          for name in ("number", "origin_kind", "severity", "product_id", "lot", "symptom", "finding")),
        sa.Column("case_id", TEXT), sa.Column("unit_id", TEXT),
        sa.Column("others", TEXT, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("state", "raised_by", "raised_by_name")),
        sa.Column("raised_at", INT, nullable=False), sa.Column("answer_due_on", TEXT),
        *(sa.Column(name, TEXT, nullable=False) for name in ("investigation", "cause_class", "action")),
        sa.Column("answered_at", INT), sa.Column("answered_by", TEXT),
        sa.Column("answered_by_name", TEXT, nullable=False),
        sa.Column("result", TEXT, nullable=False), sa.Column("closed_at", INT), sa.Column("closed_by", TEXT),
        sa.Column("closed_by_name", TEXT, nullable=False),
        sa.UniqueConstraint("depot_id", "number", name="uq_quality_alarms_depot_id_number"),
    )
    op.create_index("ix_quality_alarms_state", "quality_alarms", ["depot_id", "state", "answer_due_on"])
    op.create_index("ix_quality_alarms_product", "quality_alarms", ["depot_id", "product_id", "lot"])
    _table(
        "closed_months",
        sa.Column("month", TEXT, nullable=False),
        sa.Column("format", INT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("policy_version", TEXT, nullable=False),
        sa.Column("signature_id", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.UniqueConstraint("depot_id", "month", name="uq_closed_months_depot_id_month"),
    )


# -- between depots ----------------------------------------------------------------------------------------------


def _transfers() -> None:
    """Units that go on to another depot, and what that depot answered."""
    op.add_column("return_cases", sa.Column("counts_from", INT, nullable=True))
    _table(
        "transfers",
        *(sa.Column(name, TEXT, nullable=False) for name in (
            "number", "case_id", "unit_id", "to_depot", "case_number", "serial", "product_id", "reason", "carriage",
            "carrier", "waybill", "note", "carried",
        )),
        sa.Column("sent_at", INT, nullable=False),
        sa.Column("sent_by", TEXT, nullable=False),
        sa.Column("sent_by_name", TEXT, nullable=False),
        sa.Column("answer", TEXT, nullable=True),
        sa.Column("answered_at", INT, nullable=True),
        *(sa.Column(name, TEXT, nullable=False) for name in ("answered_by", "answered_number", "answer_reason")),
        _to("transfers", "case_id", "return_cases"),
        _to("transfers", "unit_id", "units"),
        sa.UniqueConstraint("depot_id", "number", name="uq_transfers_depot_id_number"),
    )
    op.create_index("ix_transfers_sent", "transfers", ["depot_id", "sent_at"])
    op.create_index("ix_transfers_case", "transfers", ["depot_id", "case_id"])
    _table(
        "transfer_receipts",
        *(sa.Column(name, TEXT, nullable=False) for name in ("number", "from_depot", "answer")),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("case_number", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.Column("settled_at", INT, nullable=True),
    )
    op.create_index("ix_transfer_receipts_number", "transfer_receipts", ["depot_id", "number"])
    op.create_index("ix_transfer_receipts_case", "transfer_receipts", ["depot_id", "case_id"])


# -- the making of a table, and its laws (as in 0001 and 0002) ---------------------------------------------------


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table of the depot's record; one that may change ends its rows by ``deleted_at``."""
    ending = [] if name in APPEND_ONLY else [sa.Column("deleted_at", INT, nullable=True)]
    op.create_table(
        name,
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        *parts,
        *ending,
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name=f"pk_{name}"),
        sqlite_strict=True,
    )
    op.create_index(f"ix_{name}_stamp", name, ["origin", "seq"])


def _sqlite(columns: dict[str, list[str]]) -> None:
    for table, names in columns.items():
        append_only = table in APPEND_ONLY or _had(f"{table}_append_only")
        for ending in ("stamp_insert", "stamp_update", "no_delete", "append_only"):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_{ending}")
        stamp = f"""UPDATE node SET seq = seq + 1;
            UPDATE {table} SET origin = (SELECT origin FROM node), seq = (SELECT seq FROM node)
            WHERE rowid = NEW.rowid;"""
        listed = ", ".join(names)
        op.execute(
            f"CREATE TRIGGER {table}_stamp_insert AFTER INSERT ON {table} WHEN NEW.origin < 0 BEGIN {stamp} END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stamp_update AFTER UPDATE OF {listed} ON {table} "
            f"WHEN NEW.origin = OLD.origin AND NEW.seq = OLD.seq BEGIN {stamp} END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'law.no-delete'); END"
        )
        if append_only:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {listed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'law.append-only'); END"
            )


def _had(trigger: str) -> bool:
    found = op.get_bind().execute(
        sa.text("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = :name"), {"name": trigger}
    )
    return found.scalar() is not None


def _postgresql(columns: dict[str, list[str]]) -> None:
    for table in sorted(set(columns) - ALTERED):
        op.execute(
            f"CREATE TRIGGER {table}_stamp BEFORE INSERT OR UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION stamp_row()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_row()"
        )
        if table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION refuse_row()"
            )
