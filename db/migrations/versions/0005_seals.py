"""Seals over the ledgers: what was written once is found out when it no longer reads the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text()
NAMES = ("depot_id, id, generation, no, of_origin, after_seq, to_seq, rows, digest, chain, marks, at")


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("depot_id", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("generation", INT, nullable=False),
        sa.Column("no", INT, nullable=False),
        sa.Column("of_origin", INT, nullable=False),
        sa.Column("after_seq", INT, nullable=False),
        sa.Column("to_seq", INT, nullable=False),
        sa.Column("rows", INT, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("chain", TEXT, nullable=False),
        sa.Column("marks", TEXT, nullable=False),
        sa.Column("at", INT, nullable=False),
        sa.Column("origin", INT, nullable=False, server_default=sa.text("-1")),
        sa.Column("seq", INT, nullable=False, server_default=sa.text("-1")),
        sa.PrimaryKeyConstraint("depot_id", "id", name="pk_seals"),
        sa.UniqueConstraint("depot_id", "generation", "no", name="uq_seals_depot_id_generation_no"),
        sqlite_strict=True,
    )
    op.create_index("ix_seals_stamp", "seals", ["origin", "seq"])
    (_sqlite if op.get_bind().dialect.name == "sqlite" else _postgresql)()


def downgrade() -> None:
    raise NotImplementedError("history goes forward; restore the copy made before the upgrade")


def _sqlite() -> None:
    stamp = """UPDATE node SET seq = seq + 1;
        UPDATE seals SET origin = (SELECT origin FROM node), seq = (SELECT seq FROM node) WHERE rowid = NEW.rowid;"""
    op.execute(f"CREATE TRIGGER seals_stamp_insert AFTER INSERT ON seals WHEN NEW.origin < 0 BEGIN {stamp} END")
    op.execute(
        f"CREATE TRIGGER seals_stamp_update AFTER UPDATE OF {NAMES} ON seals "
        f"WHEN NEW.origin = OLD.origin AND NEW.seq = OLD.seq BEGIN {stamp} END"
    )
    # as in 0005: what the night withdrew may go, what it stamps itself may change
    op.execute(
        "CREATE TRIGGER seals_no_delete BEFORE DELETE ON seals WHEN OLD.origin <> -2 "
        "BEGIN SELECT RAISE(ABORT, 'law.no-delete'); END"
    )
    op.execute(
        f"CREATE TRIGGER seals_append_only BEFORE UPDATE OF {NAMES} ON seals "
        f"WHEN NEW.origin = OLD.origin AND NEW.seq = OLD.seq "
        f"BEGIN SELECT RAISE(ABORT, 'law.append-only'); END"
    )


def _postgresql() -> None:
    op.execute("CREATE TRIGGER seals_stamp BEFORE INSERT OR UPDATE ON seals FOR EACH ROW EXECUTE FUNCTION stamp_row()")
    for name, event in (("no_delete", "DELETE"), ("append_only", "UPDATE")):
        op.execute(f"CREATE TRIGGER seals_{name} BEFORE {event} ON seals FOR EACH ROW EXECUTE FUNCTION refuse_row()")
