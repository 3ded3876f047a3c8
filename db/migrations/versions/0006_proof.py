"""Keys of inspectors, and the signatures of QA marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()
COLUMNS = {
    "signing_keys": ("user_id", "user_name", "public", "salt", "sealed"),
    "mark_signatures": ("mark_id", "number", "key_id", "digest", "signature"),
}


def upgrade() -> None:
    _table("signing_keys")
    op.create_index("ix_signing_keys_user", "signing_keys", ["depot_id", "user_id"])
    _table(
        "mark_signatures",
        sa.ForeignKeyConstraint(
            ["depot_id", "mark_id"], ["qa_marks.depot_id", "qa_marks.id"], name="fk_mark_signatures_depot_id_mark_id"
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "key_id"], ["signing_keys.depot_id", "signing_keys.id"],
            name="fk_mark_signatures_depot_id_key_id",
        ),
        sa.UniqueConstraint("depot_id", "mark_id", name="uq_mark_signatures_depot_id_mark_id"),
    )
    op.create_index("ix_mark_signatures_number", "mark_signatures", ["number"])
    laws = _sqlite if op.get_bind().dialect.name == "sqlite" else _postgresql
    for table in COLUMNS:
        laws(table)


def downgrade() -> None:
    raise NotImplementedError("history goes forward; restore the copy made before the upgrade")


def _table(name: str, *constraints: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        *(sa.Column(column, TEXT, nullable=False) for column in COLUMNS[name]),
        sa.Column("at", INT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name=f"pk_{name}"),
        *constraints,
        sqlite_strict=True,
    )
    op.create_index(f"ix_{name}_stamp", name, ["origin", "seq"])


def _sqlite(table: str) -> None:
    names = ", ".join(("depot_id", "id", *COLUMNS[table], "at"))
    stamp = f"""UPDATE node SET seq = seq + 1;
        UPDATE {table} SET origin = (SELECT origin FROM node), seq = (SELECT seq FROM node) WHERE rowid = NEW.rowid;"""
    op.execute(f"CREATE TRIGGER {table}_stamp_insert AFTER INSERT ON {table} WHEN NEW.origin < 0 BEGIN {stamp} END")
    op.execute(
        f"CREATE TRIGGER {table}_stamp_update AFTER UPDATE OF {names} ON {table} "
        f"WHEN NEW.origin = OLD.origin AND NEW.seq = OLD.seq BEGIN {stamp} END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'law.no-delete'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {names} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'law.append-only'); END"
    )


def _postgresql(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_stamp BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION stamp_row()"
    )
    for name, event in (("no_delete", "DELETE"), ("append_only", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_row()"
        )
