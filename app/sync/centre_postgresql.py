"""A PostgreSQL database becomes the centre: what must go, what is added, who may do what (spec 4, "Safety", "Growth").

Everything here may be run again: ``centre migrate`` does so after every change of the schema. A depot's login may read
its own rows and head office's, write its own under its one open origin, and nothing else; who it is follows from
``session_user``, never from what it says. Head office's login reads everything and writes head office's rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from app.domain.sync.chain import GENESIS
from app.persistence import stamped
from app.persistence.held import FOREIGN
from app.persistence.stamped import ask
from app.persistence.tables import metadata
from app.sync.centre import statements, views

#: What head office asks across depots (``app.persistence.network``); a depot's own questions begin with its code.
ACROSS = (
    "ix_centre_cases_received ON return_cases (received_at, id)",
    "ix_centre_cases_due ON return_cases (due_on, id)",
    "ix_centre_cases_number ON return_cases (number, id)",
    "ix_centre_cases_open ON return_cases (due_on, id) WHERE closed_at IS NULL",
    "ix_centre_cases_stage ON return_cases (stage, received_at, id)",
    "ix_centre_cases_product ON return_cases (product_id, received_at, id)",
    "ix_centre_cases_customer ON return_cases (customer_id, received_at, id)",
    "ix_centre_units_reversed ON units (serial_reversed)",
)
DEPOT, HEAD_OFFICE = "fanxiu_depot", "fanxiu_head_office"
#: After what time the server gives a statement, a lock and a silent depot up; the depot tries again another night.
LIMITS = {"statement_timeout": "10min", "lock_timeout": "2min", "idle_in_transaction_session_timeout": "3min"}
_SURE = "SET search_path = public, pg_temp"


def adapt(link: Connection) -> None:
    """Make the tables of a depot, which head office's database has, into those of the centre."""
    for told in ("told_depots", *(told for _shape, told in FOREIGN)):
        ask(link, f"DROP VIEW IF EXISTS {told}")
    _loosen(link)
    for table in _stamped():
        _stamps(link, table)
    _beside(link)
    for sql in _functions():
        link.exec_driver_sql(sql)
    for sql in views(sqlite=False):
        ask(link, sql)
    _roles(link)
    _rights(link)
    for (login,) in ask(
        link, "SELECT DISTINCT u.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid "
        "JOIN pg_roles u ON u.oid = m.member WHERE g.rolname IN (?, ?) AND u.rolcanlogin AND NOT u.rolsuper",
        (DEPOT, HEAD_OFFICE),
    ):
        limit(link, login)
    _take_zero(link)


def limit(link: Connection, login: str) -> None:
    """Give a login its patience: a group's is not inherited. A large first batch takes a minute, never ten."""
    quoted = login.replace('"', '""')
    for setting, value in LIMITS.items():
        link.exec_driver_sql(f"ALTER ROLE \"{quoted}\" SET {setting} = '{value}'")


def _stamped() -> list[str]:
    return [shape.table for shape in stamped.shapes()]


def _loosen(link: Connection) -> None:
    """No foreign keys, no uniqueness but the key: rows arrive in batches, and two computers may have said one name."""
    for table, name in ask(
        link,
        "SELECT c.conrelid::regclass::text, c.conname FROM pg_constraint c "
        "JOIN pg_namespace n ON n.oid = c.connamespace "
        "WHERE n.nspname = 'public' AND c.contype IN ('f', 'u') AND c.conrelid::regclass::text NOT LIKE 'centre_%%' "
        "ORDER BY c.contype",
    ):
        ask(link, f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for index, told in ask(
        link,
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'public' AND i.indisunique AND NOT i.indisprimary AND c.relname NOT LIKE 'centre_%%' "
        "AND c.relname NOT LIKE 'search_%%'",
    ):
        ask(link, f"DROP INDEX {index}")
        link.exec_driver_sql(told.replace("CREATE UNIQUE INDEX", "CREATE INDEX").replace("%", "%%"))
    ask(link, "DROP TRIGGER IF EXISTS node_keep_seq ON node")
    have = {row[0] for row in ask(
        link,
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id' "
        "AND collation_name = 'C'",
    )}
    for table in _stamped():
        if table not in have:
            ask(link, f'ALTER TABLE {table} ALTER COLUMN id TYPE text COLLATE "C"')


def _stamps(link: Connection, table: str) -> None:
    """Triggers that wake for head office's own writing only: what the night brings has its stamp."""
    by_hand = "WHEN (NEW.origin = OLD.origin AND NEW.seq = OLD.seq)"
    ask(link, f"DROP TRIGGER IF EXISTS {table}_stamp ON {table}")
    ask(link, f"DROP TRIGGER IF EXISTS {table}_stamp_update ON {table}")
    ask(link, f"CREATE TRIGGER {table}_stamp BEFORE INSERT ON {table} FOR EACH ROW WHEN (NEW.origin < 0) "
              "EXECUTE FUNCTION stamp_row()")
    ask(link, f"CREATE TRIGGER {table}_stamp_update BEFORE UPDATE ON {table} FOR EACH ROW {by_hand} "
              "EXECUTE FUNCTION stamp_row()")
    if metadata.tables[table].info["append_only"]:
        ask(link, f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        ask(link, f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} FOR EACH ROW {by_hand} "
                  "EXECUTE FUNCTION refuse_row()")
    if table in {"movements", "traveller_movements"}:
        ask(link, f"DROP TRIGGER IF EXISTS {table}_follow ON {table}")
        ask(link, f"CREATE TRIGGER {table}_follow AFTER INSERT ON {table} FOR EACH ROW WHEN (NEW.origin = 0) "
                  f"EXECUTE FUNCTION {table}_follow()")


def _beside(link: Connection) -> None:
    for sql in statements(sqlite=False):
        link.exec_driver_sql(
            sql.replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ")
            .replace("CREATE UNIQUE INDEX ", "CREATE UNIQUE INDEX IF NOT EXISTS ")
            .replace("CREATE INDEX ", "CREATE INDEX IF NOT EXISTS ")
        )
    for index in ACROSS:
        ask(link, f"CREATE INDEX IF NOT EXISTS {index}")
    ask(link, "CREATE TABLE IF NOT EXISTS centre_audit (at timestamptz NOT NULL DEFAULT now(), login text NOT NULL, "
              "in_table text NOT NULL, depot_id text NOT NULL, row_id text NOT NULL, before jsonb NOT NULL, "
              "after jsonb NOT NULL)")


def _functions() -> Iterator[str]:
    yield """CREATE OR REPLACE FUNCTION stamp_row() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE node SET seq = seq + 1 RETURNING origin, seq INTO NEW.origin, NEW.seq;
            RETURN NEW;
        END $$"""
    yield f"""CREATE OR REPLACE FUNCTION centre_my_depot() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER {_SURE}
        AS $$ SELECT code FROM centre_depots WHERE login = session_user::text $$"""
    yield f"""CREATE OR REPLACE FUNCTION centre_head_office() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER {_SURE}
        AS $$ SELECT code FROM centre_depots WHERE head_office = 1 $$"""
    yield f"""CREATE OR REPLACE FUNCTION centre_my_origin() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER {_SURE}
        AS $$ SELECT origin FROM centre_origins WHERE open = 1 AND origin > 0 AND depot_id = centre_my_depot() $$"""
    yield f"""CREATE OR REPLACE FUNCTION centre_open_origin(beyond bigint) RETURNS bigint
        LANGUAGE plpgsql SECURITY DEFINER {_SURE} AS $$
        DECLARE mine text := centre_my_depot(); made bigint;
        BEGIN
            IF mine IS NULL THEN RAISE EXCEPTION 'not a depot' USING ERRCODE = '42501'; END IF;
            PERFORM 1 FROM centre_depots WHERE code = mine FOR UPDATE;
            SELECT greatest(coalesce(max(origin), 0), least(beyond, 9000000000000000000),
                (extract(epoch FROM clock_timestamp()) * 1000)::bigint << 20) + 1 INTO made FROM centre_origins;
            UPDATE centre_origins SET open = 0 WHERE depot_id = mine;
            INSERT INTO centre_origins (origin, depot_id, open, head_no, head_seq, head_chain)
                VALUES (made, mine, 1, 0, 0, '{GENESIS}');
            RETURN made;
        END $$"""
    yield f"""CREATE OR REPLACE FUNCTION centre_seal() RETURNS void LANGUAGE plpgsql SECURITY DEFINER {_SURE} AS $$
        DECLARE upto bigint; head record; chance text; made text;
        BEGIN
            IF (SELECT seq FROM node) <= (SELECT head_seq FROM centre_origins WHERE origin = 0) THEN RETURN; END IF;
            SELECT seq INTO upto FROM node FOR UPDATE;
            SELECT * INTO head FROM centre_origins WHERE origin = 0 FOR UPDATE;
            IF upto <= head.head_seq THEN RETURN; END IF;
            chance := replace(gen_random_uuid()::text, '-', '');
            made := encode(sha256(convert_to(concat_ws('|', head.head_chain, head.head_no + 1, head.head_seq, upto,
                upto - head.head_seq, chance), 'UTF8')), 'hex');
            INSERT INTO centre_batches (origin, no, depot_id, after_seq, to_seq, rows, digest, chain)
                VALUES (0, head.head_no + 1, head.depot_id, head.head_seq, upto, upto - head.head_seq, chance, made);
            UPDATE centre_origins SET head_no = head.head_no + 1, head_seq = upto, head_chain = made WHERE origin = 0;
        END $$"""
    yield f"""CREATE OR REPLACE FUNCTION centre_drop_content(digest text) RETURNS void
        LANGUAGE plpgsql SECURITY DEFINER {_SURE} AS $$
        DECLARE mine text := centre_my_depot();
        BEGIN
            IF mine IS NULL THEN RAISE EXCEPTION 'not a depot' USING ERRCODE = '42501'; END IF;
            DELETE FROM centre_contents WHERE depot_id = mine AND sha256 = digest AND digest <> (
                SELECT encode(sha256(string_agg(whole.content, ''::bytea ORDER BY whole.at)), 'hex')
                FROM centre_contents AS whole WHERE whole.depot_id = mine AND whole.sha256 = digest);
        END $$"""
    yield f"""CREATE OR REPLACE FUNCTION centre_note_change() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER {_SURE} AS $$
        BEGIN
            IF to_jsonb(NEW) - 'origin' - 'seq' IS DISTINCT FROM to_jsonb(OLD) - 'origin' - 'seq' THEN
                INSERT INTO centre_audit (login, in_table, depot_id, row_id, before, after)
                    VALUES (session_user, TG_TABLE_NAME, OLD.depot_id, OLD.id, to_jsonb(OLD), to_jsonb(NEW));
            END IF;
            RETURN NULL;
        END $$"""


def _roles(link: Connection) -> None:
    for role in (DEPOT, HEAD_OFFICE):
        if not ask(link, "SELECT 1 FROM pg_roles WHERE rolname = ?", (role,)):
            ask(link, f"CREATE ROLE {role} NOLOGIN")
    ((database,),) = ask(link, "SELECT current_database()")
    ask(link, f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')
    ask(link, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    ask(link, f'GRANT CONNECT, TEMPORARY ON DATABASE "{database}" TO {DEPOT}, {HEAD_OFFICE}')
    ask(link, f"GRANT USAGE ON SCHEMA public TO {DEPOT}, {HEAD_OFFICE}")
    ask(link, f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {DEPOT}, {HEAD_OFFICE}")
    ask(link, f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, {DEPOT}, {HEAD_OFFICE}")


def _rights(link: Connection) -> None:
    mine, head = "(SELECT centre_my_depot())", "(SELECT centre_head_office())"
    for shape in stamped.shapes():
        table = shape.table
        _guard(link, table)
        shown = f"depot_id = {mine}" + (f" OR depot_id = {head}" if shape.delivered else "")
        fenced = f"depot_id = {mine} AND origin = (SELECT centre_my_origin())"
        ask(link, f"CREATE POLICY depot_reads ON {table} FOR SELECT TO {DEPOT} USING ({shown})")
        ask(link, f"CREATE POLICY depot_adds ON {table} FOR INSERT TO {DEPOT} WITH CHECK ({fenced})")
        ask(link, f"CREATE POLICY depot_changes ON {table} FOR UPDATE TO {DEPOT} "
                  f"USING (depot_id = {mine}) WITH CHECK ({fenced})")
        ask(link, f"GRANT SELECT, INSERT, UPDATE ON {table} TO {DEPOT}, {HEAD_OFFICE}")
        ask(link, f"CREATE POLICY office_reads ON {table} FOR SELECT TO {HEAD_OFFICE} USING (true)")
        ask(link, f"CREATE POLICY office_adds ON {table} FOR INSERT TO {HEAD_OFFICE} WITH CHECK (depot_id = {head})")
        ask(link, f"CREATE POLICY office_changes ON {table} FOR UPDATE TO {HEAD_OFFICE} "
                  f"USING (depot_id = {head}) WITH CHECK (depot_id = {head})")
        if shape.append_only:
            ask(link, f"DROP TRIGGER IF EXISTS {table}_audited ON {table}")
            ask(link, f"CREATE TRIGGER {table}_audited AFTER UPDATE ON {table} FOR EACH ROW "
                      "WHEN (NEW.origin <> OLD.origin OR NEW.seq <> OLD.seq) EXECUTE FUNCTION centre_note_change()")
    for name, local in metadata.tables.items():
        if not local.info["stamped"]:
            ask(link, f"GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {HEAD_OFFICE}")
    ask(link, f"GRANT SELECT, INSERT, UPDATE, DELETE ON search_entries TO {HEAD_OFFICE}")
    for table, policies in _beside_policies(mine):
        _guard(link, table)
        for name, told in policies:
            ask(link, f"CREATE POLICY {name} ON {table} {told}")
    ask(link, f"GRANT SELECT ON centre_depots, centre_batches, alembic_version TO {DEPOT}, {HEAD_OFFICE}")
    ask(link, f"GRANT SELECT ON centre_origins TO {HEAD_OFFICE}")
    # every depot sees how far the others have come, none how their nights went
    ask(link, f"GRANT SELECT (origin, depot_id, open, head_no, head_seq, head_chain) ON centre_origins TO {DEPOT}")
    ask(link, f"GRANT UPDATE (head_no, head_seq, head_chain, last_night, skew, seen_at) ON centre_origins TO {DEPOT}")
    ask(link, f"GRANT INSERT ON centre_batches TO {DEPOT}")
    ask(link, f"GRANT SELECT, INSERT ON centre_contents TO {DEPOT}")
    ask(link, f"GRANT SELECT ON centre_contents, centre_audit TO {HEAD_OFFICE}")
    for told in ("told_depots", *(told for _shape, told in FOREIGN)):
        ask(link, f"GRANT SELECT ON {told} TO {DEPOT}, {HEAD_OFFICE}")
    for function in ("centre_my_depot()", "centre_head_office()", "centre_my_origin()", "centre_open_origin(bigint)",
                     "centre_seal()"):
        ask(link, f"GRANT EXECUTE ON FUNCTION {function} TO {DEPOT}, {HEAD_OFFICE}")
    ask(link, f"GRANT EXECUTE ON FUNCTION centre_drop_content(text) TO {DEPOT}")
    for function in ("stamp_row()", "refuse_row()", "keep_seq()"):
        ask(link, f"GRANT EXECUTE ON FUNCTION {function} TO {HEAD_OFFICE}")


def _beside_policies(mine: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The centre's own tables: table → policies."""
    fenced = f"depot_id = {mine} AND origin = (SELECT centre_my_origin())"
    office = ("office_reads", f"FOR SELECT TO {HEAD_OFFICE} USING (true)")
    yield "centre_depots", [("depot_reads", f"FOR SELECT TO {DEPOT} USING (code = {mine})"), office]
    own = f"(depot_id = {mine} AND open = 1 AND origin > 0)"
    yield "centre_origins", [
        ("depot_reads", f"FOR SELECT TO {DEPOT} USING (true)"),
        ("depot_advances", f"FOR UPDATE TO {DEPOT} USING {own} WITH CHECK {own}"), office,
    ]
    yield "centre_batches", [
        ("depot_reads", f"FOR SELECT TO {DEPOT} USING (true)"),
        ("depot_adds", f"FOR INSERT TO {DEPOT} WITH CHECK ({fenced})"), office,
    ]
    yield "centre_contents", [
        ("depot_reads", f"FOR SELECT TO {DEPOT} USING (depot_id = {mine})"),
        ("depot_adds", f"FOR INSERT TO {DEPOT} WITH CHECK (depot_id = {mine})"), office,
    ]
    yield "centre_audit", [office]


def _guard(link: Connection, table: str) -> None:
    ask(link, f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    for (name,) in ask(
        link, "SELECT policyname FROM pg_policies WHERE schemaname = 'public' AND tablename = ?", (table,)
    ):
        ask(link, f"DROP POLICY {name} ON {table}")


def _take_zero(link: Connection) -> None:
    """Head office's own history is origin 0."""
    ((code, name, origin),) = ask(link, "SELECT depot_id, name, origin FROM node")
    if origin != 0:
        for shape in stamped.shapes():
            stamped.move_origin(link, shape, code, origin, 0)
        ask(link, "UPDATE node SET origin = 0")
    ask(
        link, "INSERT INTO centre_depots (code, name, login, head_office, added_at) VALUES (?, ?, ?, 1, 0) "
        "ON CONFLICT (code) DO NOTHING", (code, name, ""),
    )
    ask(
        link, "INSERT INTO centre_origins (origin, depot_id, open, head_no, head_seq, head_chain) "
        "VALUES (0, ?, 1, 0, 0, ?) ON CONFLICT (origin) DO NOTHING", (code, GENESIS),
    )
