"""The laws the database itself keeps: stamps, append-only rows, no deletes, the movement chain, no mixing.

A code path can forget a rule; a trigger cannot. The same laws on both engines (spec 1 §2, invariants 1-5; spec 4).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LOCAL = {"node", "number_series", "drafts", "blobs", "alembic_version"}
APPEND_ONLY = (
    "journal", "printings", "part_movements", "policies", "signatures", "movements", "traveller_movements",
    "handovers", "handover_lines", "handover_receipts", "handover_verdicts", "plan_revisions", "repair_actions",
    "inspections", "inspection_readings", "qa_marks",
)
CUSTODIAN = """CASE {place}
    WHEN 'FIELD' THEN 'OUTSIDE' WHEN 'CUSTOMER' THEN 'OUTSIDE'
    WHEN 'INBOUND' THEN 'CARRIER' WHEN 'OUTBOUND' THEN 'CARRIER'
    WHEN 'REPAIR' THEN 'REPAIR' WHEN 'QA' THEN 'QA' WHEN 'STORES' THEN 'STORES' WHEN 'LAB' THEN 'RND'
    WHEN 'DISPOSED' THEN 'NOBODY' ELSE 'AFTER_SALES' END"""
BELONGS = """(NEW.to_place NOT IN ('ZONE_PENDING', 'ZONE_REPAIRED', 'ZONE_SPARE', 'ZONE_SCRAP') OR EXISTS (
    SELECT 1 FROM return_cases c WHERE c.depot_id = NEW.depot_id AND c.id = NEW.case_id AND c.unit_id = NEW.unit_id AND (
        (NEW.to_place = 'ZONE_PENDING' AND c.stage IN ('RECEIVED', 'PLANNED', 'RELEASED'))
        OR (NEW.to_place = 'ZONE_REPAIRED' AND c.stage = 'READY_TO_RETURN')
        OR (NEW.to_place = 'ZONE_SPARE' AND c.stage IN ('SPARE', 'CLOSED'))
        OR (NEW.to_place = 'ZONE_SCRAP' AND c.stage IN ('SCRAPPED', 'CLOSED')))))"""
ON_SHELF = """(NEW.to_shelf_id IS NULL OR EXISTS (
    SELECT 1 FROM shelves s, units u
    WHERE s.depot_id = NEW.depot_id AND s.id = NEW.to_shelf_id AND s.place = NEW.to_place
      AND u.depot_id = NEW.depot_id AND u.id = NEW.unit_id
      AND (u.storage_condition = '' OR (',' || s.provides || ',') LIKE ('%,' || u.storage_condition || ',%'))))"""
UNIT_ACCEPTED = """EXISTS (SELECT 1 FROM handover_lines l JOIN handover_verdicts v
    ON v.depot_id = l.depot_id AND v.line_id = l.id
    WHERE l.depot_id = NEW.depot_id AND l.id = NEW.handover_line_id AND l.unit_id = NEW.unit_id
      AND v.verdict = 'ACCEPTED')"""
TRAVELLER_ACCEPTED = """EXISTS (SELECT 1 FROM handover_lines l JOIN handover_verdicts v
    ON v.depot_id = l.depot_id AND v.line_id = l.id
    WHERE l.depot_id = NEW.depot_id AND l.id = NEW.handover_line_id AND l.traveller_id = NEW.traveller_id
      AND v.verdict = 'ACCEPTED')"""
UNIT_REVERSES = """EXISTS (SELECT 1 FROM movements m WHERE m.depot_id = NEW.depot_id AND m.id = NEW.reverses_id
    AND m.unit_id = NEW.unit_id AND m.from_place = NEW.to_place AND m.to_place = NEW.from_place)"""
TRAVELLER_REVERSES = """EXISTS (SELECT 1 FROM traveller_movements m WHERE m.depot_id = NEW.depot_id
    AND m.id = NEW.reverses_id AND m.traveller_id = NEW.traveller_id
    AND m.from_place = NEW.to_place AND m.to_place = NEW.from_place)"""
UNIT_CHAIN = """EXISTS (SELECT 1 FROM units u WHERE u.depot_id = NEW.depot_id AND u.id = NEW.unit_id
    AND u.place = NEW.from_place AND u.movement_no + 1 = NEW.ordinal AND u.placed_at <= NEW.at
    AND COALESCE(u.shelf_id, '') = COALESCE(NEW.from_shelf_id, ''))"""
TRAVELLER_CHAIN = """EXISTS (SELECT 1 FROM travellers u WHERE u.depot_id = NEW.depot_id AND u.id = NEW.traveller_id
    AND u.place = NEW.from_place AND u.movement_no + 1 = NEW.ordinal)"""
UNIT_PLACED = """(NEW.movement_no = 0 AND OLD.movement_no = 0 OR EXISTS (SELECT 1 FROM movements m
    WHERE m.depot_id = NEW.depot_id AND m.unit_id = NEW.id AND m.ordinal = NEW.movement_no
      AND m.to_place = NEW.place AND COALESCE(m.to_shelf_id, '') = COALESCE(NEW.shelf_id, '')))"""
TRAVELLER_PLACED = """(NEW.movement_no = 0 AND OLD.movement_no = 0 OR EXISTS (SELECT 1 FROM traveller_movements m
    WHERE m.depot_id = NEW.depot_id AND m.traveller_id = NEW.id AND m.ordinal = NEW.movement_no
      AND m.to_place = NEW.place))"""
CROSSES = f"({CUSTODIAN.format(place='NEW.from_place')}) <> ({CUSTODIAN.format(place='NEW.to_place')})"

#: table → (law, what must hold of NEW when a row is inserted); the first that fails names the law.
MOVE_LAWS = {
    "movements": (
        ("law.movement-chain", UNIT_CHAIN),
        ("law.custody", f"(NOT {CROSSES} OR {UNIT_ACCEPTED} OR (NEW.reverses_id IS NOT NULL AND {UNIT_REVERSES}))"),
        ("law.no-mixing", BELONGS),
        ("law.storage-condition", ON_SHELF),
    ),
    "traveller_movements": (
        ("law.movement-chain", TRAVELLER_CHAIN),
        (
            "law.custody",
            f"(NOT {CROSSES} OR {TRAVELLER_ACCEPTED} OR (NEW.reverses_id IS NOT NULL AND {TRAVELLER_REVERSES}))",
        ),
    ),
}
PLACE_LAWS = {
    "units": ("place, shelf_id, movement_no", UNIT_PLACED),
    "travellers": ("place, movement_no", TRAVELLER_PLACED),
}
FOLLOW = {
    "movements": """UPDATE units SET place = NEW.to_place, shelf_id = NEW.to_shelf_id, movement_no = NEW.ordinal,
        placed_at = CASE WHEN NEW.from_place = NEW.to_place THEN placed_at ELSE NEW.at END
        WHERE depot_id = NEW.depot_id AND id = NEW.unit_id AND movement_no = NEW.ordinal - 1""",
    "traveller_movements": """UPDATE travellers SET place = NEW.to_place, placed_at = NEW.at,
        movement_no = NEW.ordinal
        WHERE depot_id = NEW.depot_id AND id = NEW.traveller_id AND movement_no = NEW.ordinal - 1""",
}


def upgrade() -> None:
    bind = op.get_bind()
    inspector = sa.inspect(bind)
    columns = {
        table: [c["name"] for c in inspector.get_columns(table) if c["name"] not in {"origin", "seq"}]
        for table in sorted(set(inspector.get_table_names()) - LOCAL)
    }
    (_sqlite if bind.dialect.name == "sqlite" else _postgresql)(columns)


def downgrade() -> None:
    raise NotImplementedError("history goes forward; restore the copy made before the upgrade")


def _sqlite(columns: dict[str, list[str]]) -> None:
    for table, names in columns.items():
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
        if table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OF {listed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'law.append-only'); END"
            )
    for table, laws in MOVE_LAWS.items():
        checks = " ".join(f"SELECT RAISE(ABORT, '{law}') WHERE NOT {holds};" for law, holds in laws)
        op.execute(f"CREATE TRIGGER {table}_laws BEFORE INSERT ON {table} WHEN NEW.origin < 0 BEGIN {checks} END")
        op.execute(
            f"CREATE TRIGGER {table}_follow AFTER INSERT ON {table} WHEN NEW.origin < 0 BEGIN {FOLLOW[table]}; END"
        )
    for table, (names, holds) in PLACE_LAWS.items():
        op.execute(
            f"CREATE TRIGGER {table}_placed BEFORE UPDATE OF {names} ON {table} "
            f"WHEN NEW.origin = OLD.origin AND NEW.seq = OLD.seq "
            f"BEGIN SELECT RAISE(ABORT, 'law.movement-chain') WHERE NOT {holds}; END"
        )


def _postgresql(columns: dict[str, list[str]]) -> None:
    # The counter of a transaction is kept in a setting that ends with it, and goes to node once, when it commits: a
    # row changed a hundred thousand times in one transaction is a hundred thousand rows to look through each time.
    # The lock on node's row, taken with the first stamp and held to the end, makes the order of stamps that of commits.
    op.execute("""CREATE FUNCTION stamp_row() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE counted text := current_setting('fanxiu.seq', true);
        BEGIN
            IF TG_OP = 'INSERT' THEN
                IF NEW.origin >= 0 THEN RETURN NEW; END IF;
            ELSIF NEW.origin <> OLD.origin OR NEW.seq <> OLD.seq THEN RETURN NEW;
            END IF;
            IF counted IS NULL OR counted = '' THEN
                UPDATE node SET seq = seq RETURNING origin, seq INTO NEW.origin, NEW.seq;
                PERFORM set_config('fanxiu.origin', NEW.origin::text, true);
            ELSE
                NEW.origin := current_setting('fanxiu.origin')::bigint;
                NEW.seq := counted::bigint;
            END IF;
            NEW.seq := NEW.seq + 1;
            PERFORM set_config('fanxiu.seq', NEW.seq::text, true);
            RETURN NEW;
        END $$""")
    op.execute("""CREATE FUNCTION keep_seq() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE node SET seq = current_setting('fanxiu.seq', true)::bigint
            WHERE seq < NULLIF(current_setting('fanxiu.seq', true), '')::bigint;
            RETURN NULL;
        END $$""")
    op.execute("""CREATE CONSTRAINT TRIGGER node_keep_seq AFTER UPDATE ON node DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION keep_seq()""")
    op.execute("""CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'law.no-delete'; END IF;
            IF to_jsonb(NEW) - 'origin' - 'seq' IS DISTINCT FROM to_jsonb(OLD) - 'origin' - 'seq' THEN
                RAISE EXCEPTION 'law.append-only';
            END IF;
            RETURN NEW;
        END $$""")
    for table in columns:
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
    for table, laws in MOVE_LAWS.items():
        checks = "\n".join(f"IF NOT {holds} THEN RAISE EXCEPTION '{law}'; END IF;" for law, holds in laws)
        op.execute(f"""CREATE FUNCTION {table}_laws() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN {checks} RETURN NEW; END $$""")
        op.execute(f"""CREATE FUNCTION {table}_follow() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN {FOLLOW[table]}; RETURN NULL; END $$""")
        # the name sorts before {table}_stamp, so the laws see the row before it is stamped
        op.execute(
            f"CREATE TRIGGER {table}_laws BEFORE INSERT ON {table} FOR EACH ROW "
            f"WHEN (NEW.origin < 0) EXECUTE FUNCTION {table}_laws()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_follow AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_follow()"
        )
    for table, (names, holds) in PLACE_LAWS.items():
        op.execute(f"""CREATE FUNCTION {table}_placed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF NOT {holds} THEN RAISE EXCEPTION 'law.movement-chain'; END IF; RETURN NEW; END $$""")
        op.execute(
            f"CREATE TRIGGER {table}_placed BEFORE UPDATE OF {names} ON {table} FOR EACH ROW "
            f"WHEN (NEW.origin = OLD.origin AND NEW.seq = OLD.seq) EXECUTE FUNCTION {table}_placed()"
        )
