"""What the night needs of a depot's database: batches, versions held, conflicts, alerts, tries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()
BLOB = sa.LargeBinary()
#: A row whose stamp says this is about to be replaced or dropped by the night.
WITHDRAWN = -2


def upgrade() -> None:
    bind = op.get_bind()
    before = _stamped(bind)
    _local()
    _foreign()
    _operational()
    if bind.dialect.name == "sqlite":
        _sqlite({name: _columns(bind, name) for name in sorted(before)})
        _new_on_sqlite({name: _columns(bind, name) for name in ("conflicts", "alerts", "master_links")})
    else:
        _postgresql()


def downgrade() -> None:
    raise NotImplementedError("history goes forward; restore the copy made before the upgrade")


def _stamped(bind: sa.Connection) -> set[str]:
    inspector = sa.inspect(bind)
    return {
        table for table in inspector.get_table_names()
        if {"depot_id", "id", "origin", "seq"} <= {column["name"] for column in inspector.get_columns(table)}
    }


def _columns(bind: sa.Connection, table: str) -> list[str]:
    return [c["name"] for c in sa.inspect(bind).get_columns(table) if c["name"] not in {"origin", "seq"}]


def _local() -> None:
    op.create_table(
        "out_batches",
        sa.Column("origin", INT, nullable=False),
        sa.Column("no", INT, nullable=False),
        sa.Column("chain", TEXT, nullable=False),
        sa.Column("after_seq", INT, nullable=False),
        sa.Column("to_seq", INT, nullable=False),
        sa.Column("rows", INT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("acknowledged", INT, nullable=False),
        sa.Column("prepared_at", INT, nullable=False),
        sa.PrimaryKeyConstraint("origin", "no", "chain", name="pk_out_batches"),
        sqlite_strict=True,
    )
    op.create_table(
        "held_origins",
        sa.Column("origin", INT, nullable=False),
        sa.Column("owner", TEXT, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.Column("chain", TEXT, nullable=False),
        sa.Column("revision", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("origin", name="pk_held_origins"),
        sqlite_strict=True,
    )
    op.create_table(
        "nights",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("asked_by", TEXT, nullable=False),
        sa.Column("started_at", INT, nullable=False),
        sa.Column("ended_at", INT, nullable=True),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("facts", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_nights"),
        sqlite_strict=True,
    )
    op.create_index("ix_nights_started", "nights", ["started_at"])
    op.create_table(
        "night_notes",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_night_notes"),
        sqlite_strict=True,
    )
    op.create_table(
        "night_lease",
        sa.Column("one", INT, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("since", INT, nullable=False),
        sa.Column("until", INT, nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_night_lease"),
        sqlite_strict=True,
    )
    op.create_table(
        "blobs_sent",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("bytes", INT, nullable=False),
        sa.Column("whole", INT, nullable=False),
        sa.PrimaryKeyConstraint("depot_id", "sha256", name="pk_blobs_sent"),
        sqlite_strict=True,
    )
    op.create_table(
        "blobs_coming",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("size", INT, nullable=False),
        sa.Column("content", BLOB, nullable=False),
        sa.PrimaryKeyConstraint("depot_id", "sha256", "at", name="pk_blobs_coming"),
        sqlite_strict=True,
    )


def _foreign() -> None:
    _told(
        "foreign_units",
        sa.Column("product_id", TEXT, nullable=False),
        sa.Column("serial", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
    )
    op.create_index("ix_foreign_units_serial", "foreign_units", ["serial"])
    _told(
        "foreign_cases",
        sa.Column("number", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("stage", TEXT, nullable=False),
        sa.Column("visit_no", INT, nullable=False),
        sa.Column("symptom", TEXT, nullable=False),
        sa.Column("symptom_code", TEXT, nullable=False),
        sa.Column("received_at", INT, nullable=True),
        sa.Column("returned_at", INT, nullable=True),
        sa.Column("closed_at", INT, nullable=True),
        sa.Column("result", TEXT, nullable=True),
        sa.Column("outcome", TEXT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
    )
    op.create_index("ix_foreign_cases_unit", "foreign_cases", ["depot_id", "unit_id"])
    _told(
        "foreign_orders",
        sa.Column("case_id", TEXT, nullable=False),
        sa.Column("fault", TEXT, nullable=False),
        sa.Column("cause_class", TEXT, nullable=False),
        sa.Column("finished_at", INT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
    )
    op.create_index("ix_foreign_orders_case", "foreign_orders", ["depot_id", "case_id"])
    _told(
        "foreign_transfers",
        *(sa.Column(name, TEXT, nullable=False) for name in (
            "number", "to_depot", "case_number", "serial", "product_id", "reason", "carriage", "carrier", "waybill",
            "note", "carried",
        )),
        sa.Column("sent_at", INT, nullable=False),
        sa.Column("sent_by_name", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
    )
    op.create_index("ix_foreign_transfers_number", "foreign_transfers", ["number"])
    _told(
        "foreign_receipts",
        *(sa.Column(name, TEXT, nullable=False) for name in ("number", "from_depot", "answer", "case_number", "reason")),
        sa.Column("at", INT, nullable=False),
        sa.Column("by_name", TEXT, nullable=False),
        sa.Column("deleted_at", INT, nullable=True),
    )
    op.create_index("ix_foreign_receipts_number", "foreign_receipts", ["number"])


def _told(name: str, *parts: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        *parts,
        sa.Column("origin", INT, nullable=False),
        sa.Column("seq", INT, nullable=False),
        sa.PrimaryKeyConstraint("depot_id", "id", name=f"pk_{name}"),
        sqlite_strict=True,
    )
    op.create_index(f"ix_{name}_stamp", name, ["origin", "seq"])


def _operational() -> None:
    _table(
        "conflicts",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("in_table", TEXT, nullable=False),
        sa.Column("row_id", TEXT, nullable=False),
        sa.Column("mine", TEXT, nullable=False),
        sa.Column("theirs", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("resolved_at", INT, nullable=True),
        sa.Column("resolved_by", TEXT, nullable=True),
        sa.Column("resolution", TEXT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
    )
    op.create_index("ix_conflicts_open", "conflicts", ["depot_id", "resolved_at"])
    _table(
        "alerts",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("facts", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("case_id", TEXT, nullable=True),
        sa.Column("at", INT, nullable=False),
        sa.Column("seen_at", INT, nullable=True),
        sa.Column("seen_by", TEXT, nullable=True),
        sa.Column("deleted_at", INT, nullable=True),
    )
    op.create_index("ix_alerts_open", "alerts", ["depot_id", "seen_at"])
    _table(
        "master_links",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("from_depot", TEXT, nullable=False),
        sa.Column("from_id", TEXT, nullable=False),
        sa.Column("into_id", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("by", TEXT, nullable=False),
    )
    op.create_index("ix_master_links_from", "master_links", ["from_id"])
    op.create_index("ix_master_links_into", "master_links", ["into_id"])


def _table(name: str, *parts: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        *parts,
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name=f"pk_{name}"),
        sqlite_strict=True,
    )
    op.create_index(f"ix_{name}_stamp", name, ["origin", "seq"])


# -- the laws learn of the night -----------------------------------------------------------------------------------
# The night writes rows that were made elsewhere: it gives their stamps itself. So an update that brings a stamp is no
# change of an append-only row, and a row that was withdrawn first may be dropped, to be fetched again.


def _sqlite(columns: dict[str, list[str]]) -> None:
    for table, names in columns.items():
        op.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
        op.execute(_no_delete(table))
        if _had(f"{table}_append_only"):
            op.execute(f"DROP TRIGGER {table}_append_only")
            op.execute(_append_only(table, names))


def _new_on_sqlite(columns: dict[str, list[str]]) -> None:
    for table, names in columns.items():
        stamp = f"""UPDATE node SET seq = seq + 1;
            UPDATE {table} SET origin = (SELECT origin FROM node), seq = (SELECT seq FROM node)
            WHERE rowid = NEW.rowid;"""
        op.execute(
            f"CREATE TRIGGER {table}_stamp_insert AFTER INSERT ON {table} WHEN NEW.origin < 0 BEGIN {stamp} END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_stamp_update AFTER UPDATE OF {_listed(names)} ON {table} "
            f"WHEN NEW.origin = OLD.origin AND NEW.seq = OLD.seq BEGIN {stamp} END"
        )
        op.execute(_no_delete(table))
        if table == "master_links":
            op.execute(_append_only(table, names))


def _no_delete(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN OLD.origin <> {WITHDRAWN} "
        f"BEGIN SELECT RAISE(ABORT, 'law.no-delete'); END"
    )


def _append_only(table: str, names: list[str]) -> str:
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {_listed(names)} ON {table} "
        f"WHEN NEW.origin = OLD.origin AND NEW.seq = OLD.seq "
        f"BEGIN SELECT RAISE(ABORT, 'law.append-only'); END"
    )


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _had(trigger: str) -> bool:
    found = op.get_bind().execute(
        sa.text("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = :name"), {"name": trigger}
    )
    return found.scalar() is not None


def _postgresql() -> None:
    op.execute(f"""CREATE OR REPLACE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF OLD.origin = {WITHDRAWN} THEN RETURN OLD; END IF;
                RAISE EXCEPTION 'law.no-delete';
            END IF;
            IF NEW.origin = OLD.origin AND NEW.seq = OLD.seq
                AND to_jsonb(NEW) IS DISTINCT FROM to_jsonb(OLD) THEN
                RAISE EXCEPTION 'law.append-only';
            END IF;
            RETURN NEW;
        END $$""")
    # A move that came with the night has been followed where it was made.
    for table, moved in (("movements", "units"), ("traveller_movements", "travellers")):
        name = f"{table}_follow"
        told = op.get_bind().execute(
            sa.text("SELECT prosrc FROM pg_proc WHERE proname = :name"), {"name": name}
        ).scalar_one()
        assert moved in told
        op.execute(f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
            IF NEW.origin IS DISTINCT FROM (SELECT origin FROM node) THEN RETURN NULL; END IF;
            {told.split("BEGIN", 1)[1].strip()}""" + " $$")
    for table in ("conflicts", "alerts", "master_links"):
        op.execute(
            f"CREATE TRIGGER {table}_stamp BEFORE INSERT OR UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION stamp_row()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_row()"
        )
    op.execute(
        "CREATE TRIGGER master_links_append_only BEFORE UPDATE ON master_links "
        "FOR EACH ROW EXECUTE FUNCTION refuse_row()"
    )
