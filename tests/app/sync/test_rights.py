"""A depot's login is refused everything that is not its own, on a real server (spec 4, "Safety around it")."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import Engine, event

from app.depot import open_depot
from app.errors import Refused
from app.sync import registry
from tests.conftest import PostgresServer
from tests.simulation.postgres import make_centre

pytestmark = pytest.mark.postgres
NOW = datetime(2026, 11, 20, tzinfo=UTC)


class Grounds:
    """A centre with two depots, each with an open origin and a case of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.logins = make_centre(url, ["D1", "D2"])
        self.origins: dict[str, list[int]] = {}
        for code in ("D1", "D2"):
            with self.as_depot(code) as link:
                self.origins[code] = [one(link, "SELECT centre_open_origin(0)") for _n in range(2)]
                link.execute(
                    "INSERT INTO settings (depot_id, id, name, value, origin, seq) VALUES (%s, 's', 'x', '1', %s, 1)",
                    (code, self.origins[code][-1]),
                )
                link.execute(
                    "INSERT INTO journal (depot_id, id, no, at, actor_id, actor_name, action, subject_kind, subject_id,"
                    " subject_number, facts, chain, origin, seq)"
                    " VALUES (%s, 'j', 1, 1, 'a', 'a', 'a', 'k', 's', 'n', '{}', 'c', %s, 2)",
                    (code, self.origins[code][-1]),
                )

    def as_depot(self, code: str) -> psycopg.Connection[tuple[object, ...]]:
        login = self.logins[code]
        return psycopg.connect(login.address, password=login.password)

    def owner(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.url.replace("+psycopg", ""))


def one(link: psycopg.Connection[tuple[object, ...]], sql: str) -> int:
    row = link.execute(sql).fetchone()
    assert row is not None
    return int(str(row[0]))


@pytest.fixture(scope="module")
def grounds(postgres_server: PostgresServer) -> Grounds:
    return Grounds(postgres_server.create("centre_rights"))


#: What D1's login tries. {mine}: its open origin, {closed}: its earlier one, {theirs}: the open origin of D2.
TRIES = {
    "another depot's row": "INSERT INTO settings VALUES ('D2', 'n', 'y', '1', NULL, {mine}, 9)",
    "another depot's row under its origin": "INSERT INTO settings VALUES ('D2', 'n', 'y', '1', NULL, {theirs}, 9)",
    "head office's row": "INSERT INTO customers (depot_id, id, code, name, kind, address, contact, phone, email, "
                         "language, distance_class, note, proposed, active, origin, seq) VALUES "
                         "('HQ', 'c', '', '', '', '', '', '', '', '', '', '', 0, 1, {mine}, 9)",
    "a row of its own under a closed origin": "INSERT INTO settings VALUES ('D1', 'n', 'y', '1', NULL, {closed}, 9)",
    "a row of its own under another's origin": "INSERT INTO settings VALUES ('D1', 'n', 'y', '1', NULL, {theirs}, 9)",
    "a row of its own as head office's": "INSERT INTO settings VALUES ('D1', 'n', 'y', '1', NULL, 0, 9)",
    "a row without a stamp": "INSERT INTO settings VALUES ('D1', 'n', 'y', '1', NULL, -1, -1)",
    "giving a row away": "UPDATE settings SET depot_id = 'D2', origin = {mine}, seq = 10",
    "an upsert over another's key": "INSERT INTO settings VALUES ('D2', 's', 'x', '9', NULL, {mine}, 9) "
                                    "ON CONFLICT (depot_id, id) DO UPDATE SET value = '9'",
    "a change without a stamp": "UPDATE settings SET value = '9' WHERE depot_id = 'D1'",
    "deleting its own": "DELETE FROM settings WHERE depot_id = 'D1'",
    "deleting another's": "DELETE FROM settings WHERE depot_id = 'D2'",
    "emptying a table": "TRUNCATE settings",
    "changing the journal without a stamp": "UPDATE journal SET facts = '[]' WHERE depot_id = 'D1'",
    "deleting the journal": "DELETE FROM journal",
    "reopening its closed origin": "UPDATE centre_origins SET open = 1 WHERE origin = {closed}",
    "closing another's origin": "UPDATE centre_origins SET open = 0 WHERE origin = {theirs}",
    "an origin of its own making": "INSERT INTO centre_origins VALUES (99, 'D1', 1, 0, 0, 'x')",
    "a batch for another's origin": "INSERT INTO centre_batches VALUES ({theirs}, 9, 'D2', 0, 1, 1, 'x', 'x')",
    "a batch under another's name": "INSERT INTO centre_batches VALUES ({mine}, 9, 'D2', 0, 1, 1, 'x', 'x')",
    "a batch for a closed origin": "INSERT INTO centre_batches VALUES ({closed}, 9, 'D1', 0, 1, 1, 'x', 'x')",
    "rewriting a batch": "UPDATE centre_batches SET chain = 'x'",
    "deleting batches": "DELETE FROM centre_batches",
    "another's contents": "INSERT INTO centre_contents VALUES ('D2', 'x', 0, 1, 'x')",
    "deleting contents": "DELETE FROM centre_contents",
    "rewriting contents": "UPDATE centre_contents SET content = 'x'",
    "mapping itself to another depot": "UPDATE centre_depots SET login = 'depot_d1' WHERE code = 'D2'",
    "entering a depot": "INSERT INTO centre_depots VALUES ('D9', 'D9', 'd9', 0, 0)",
    "head office's counter": "UPDATE node SET seq = 99",
    "reading the node": "SELECT * FROM node",
    "reading how others' nights went": "SELECT last_night FROM centre_origins",
    "reading when others were heard": "SELECT depot_id, seen_at, skew FROM centre_origins",
    "reading the audit": "SELECT * FROM centre_audit",
    "writing the audit": "INSERT INTO centre_audit (login, in_table, depot_id, row_id, before, after) "
                         "VALUES ('x', 'x', 'x', 'x', '{{}}', '{{}}')",
    "making a table": "CREATE TABLE mine (a int)",
    "making a function": "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "changing a table": "ALTER TABLE settings ADD COLUMN x int",
    "taking away the guard": "ALTER TABLE settings DISABLE ROW LEVEL SECURITY",
    "becoming head office": "SET ROLE fanxiu_head_office",
    "becoming the owner": "SET ROLE postgres",
    "making a login": "CREATE ROLE mine LOGIN",
    "another's name": "UPDATE told_depots SET name = 'x'",
    "another's view of visits": "INSERT INTO told_units VALUES ('D2', 'u', 'p', 's', NULL, {mine}, 9)",
}
#: What is no error but finds nothing.
IN_VAIN = {
    "changing another's row": "UPDATE settings SET value = '9', origin = {mine}, seq = 11 WHERE depot_id = 'D2'",
    "advancing another's head": "UPDATE centre_origins SET head_seq = 99 WHERE origin = {theirs}",
    "advancing a closed head": "UPDATE centre_origins SET head_seq = 99 WHERE origin = {closed}",
    "advancing head office's": "UPDATE centre_origins SET head_seq = 99 WHERE origin = 0",
}


@pytest.mark.parametrize("what", TRIES, ids=str)
def test_a_depot_is_refused(grounds: Grounds, what: str) -> None:
    refusals = (psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)
    with grounds.as_depot("D1") as link, pytest.raises(refusals):
        link.execute(_said(grounds, TRIES[what]))


@pytest.mark.parametrize("what", IN_VAIN, ids=str)
def test_a_depot_tries_in_vain(grounds: Grounds, what: str) -> None:
    with grounds.as_depot("D1") as link:
        assert link.execute(_said(grounds, IN_VAIN[what])).rowcount == 0


def test_a_depot_reads_its_own_only_and_what_concerns_visits(grounds: Grounds) -> None:
    with grounds.as_depot("D1") as link:
        assert link.execute("SELECT DISTINCT depot_id FROM settings").fetchall() == [("D1",)]
        assert link.execute("SELECT count(*) FROM users").fetchone() == (0,)
        assert link.execute("SELECT code FROM centre_depots").fetchall() == [("D1",)]
        link.execute("SELECT depot_id, serial FROM told_units")
        assert {"D1", "D2"} <= {code for code, _name in link.execute("SELECT code, name FROM told_depots")}


def test_a_depot_drops_only_its_own_contents_and_only_those_that_are_not_what_they_are_called(grounds: Grounds) -> None:
    right = hashlib.sha256(b"right").hexdigest()
    for code in ("D1", "D2"):
        with grounds.as_depot(code) as link:
            for digest, content in ((right, b"right"), ("wrong", b"damaged")):
                link.execute(
                    "INSERT INTO centre_contents VALUES (%s, %s, 0, %s, %s)", (code, digest, len(content), content))
    with grounds.as_depot("D1") as link:
        for digest in (right, "wrong", "nothing"):
            link.execute("SELECT centre_drop_content(%s)", (digest,))
    with grounds.owner() as link:
        left = link.execute("SELECT depot_id, sha256 = 'wrong' FROM centre_contents ORDER BY 1, 2").fetchall()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute("SELECT centre_drop_content('wrong')")
    assert left == [("D1", False), ("D2", False), ("D2", True)]


def test_a_depot_is_shown_only_the_transfers_addressed_to_it(grounds: Grounds) -> None:
    columns = ("depot_id", "id", "number", "case_id", "unit_id", "to_depot", "case_number", "serial", "product_id",
               "reason", "carriage", "carrier", "waybill", "note", "carried", "sent_by", "sent_by_name", "answered_by",
               "answered_number", "answer_reason")
    with grounds.as_depot("D2") as link:
        for n, to_depot in enumerate(("D1", "D3"), 1):
            values = ("D2", f"t{n}", f"D2-H2611-0000{n}", "c", "u", to_depot, *["x"] * (len(columns) - 6))
            link.execute(
                f"INSERT INTO transfers ({', '.join(columns)}, sent_at, origin, seq) "
                f"VALUES ({', '.join(['%s'] * len(columns))}, 1, %s, %s)",
                (*values, grounds.origins["D2"][-1], 20 + n),
            )
    with grounds.as_depot("D1") as link:
        assert link.execute("SELECT depot_id, number, to_depot FROM told_transfers").fetchall() == [
            ("D2", "D2-H2611-00001", "D1")]
        assert link.execute("SELECT count(*) FROM transfers").fetchone() == (0,)
    with grounds.as_depot("D2") as link:
        assert link.execute("SELECT count(*) FROM told_transfers").fetchone() == (0,)


#: Questions that would look at rows before the view has left them out. {told}: a view, {column}: of a stranger's row.
PEEPS = {
    "a cast that fails": "SELECT count(*) FROM told_transfers WHERE serial::int = 0",
    "a division that fails": "SELECT count(*) FROM told_transfers WHERE 1 / (length(serial) - 8) > 0",
    "a cheap function of its own": "SELECT count(*) FROM told_transfers WHERE pg_temp.peep(serial)",
    "a function in the order": "SELECT serial FROM told_transfers ORDER BY pg_temp.peep(serial)",
}


@pytest.mark.parametrize("how", PEEPS, ids=str)
def test_a_depot_peeps_in_vain_at_what_is_addressed_to_others(grounds: Grounds, how: str) -> None:
    columns = {"depot_id": "D2", "id": f"p-{how}", "number": f"D2-{how}", "to_depot": "D3", "serial": "STRANGER",
               "origin": grounds.origins["D2"][-1], "seq": 700 + list(PEEPS).index(how), "sent_at": 1}
    columns |= dict.fromkeys((
        "case_id", "unit_id", "case_number", "product_id", "reason", "carriage", "carrier", "waybill", "note",
        "carried", "sent_by", "sent_by_name", "answered_by", "answered_number", "answer_reason"), "x")
    with grounds.as_depot("D2") as link:
        link.execute(f"INSERT INTO transfers ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})",
                     list(columns.values()))
    heard: list[str] = []
    with grounds.as_depot("D1") as link:
        link.add_notice_handler(lambda notice: heard.append(str(notice.message_primary)))
        link.execute("CREATE FUNCTION pg_temp.peep(seen text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
                     "$$ BEGIN RAISE NOTICE '%', seen; RETURN seen = 'STRANGER'; END $$")
        try:
            link.execute(PEEPS[how])
        except (psycopg.DataError, psycopg.ProgrammingError) as error:
            heard.append(str(error))
    assert not any("STRANGER" in said or "zero" in said for said in heard)


def test_what_a_depot_does_to_its_ledger_is_kept_for_head_office(grounds: Grounds) -> None:
    mine = grounds.origins["D1"][-1]
    with grounds.as_depot("D1") as link:
        link.execute("UPDATE journal SET facts = '[1]', origin = %s, seq = 50 WHERE depot_id = 'D1'", (mine,))
    with grounds.owner() as link:
        row = link.execute("SELECT login, in_table, before ->> 'facts', after ->> 'facts' FROM centre_audit").fetchone()
    assert row == ("depot_d1", "journal", "{}", "[1]")


def test_a_depot_may_write_nonsense_about_its_night_and_head_office_reads_on(grounds: Grounds) -> None:
    for told in ("not json", "[1]", ""):
        with grounds.as_depot("D1") as link:
            link.execute("UPDATE centre_origins SET last_night = %s WHERE origin = %s",
                         (told, grounds.origins["D1"][-1]))
        states = registry.states(grounds.url, NOW)
        assert [(state.code, dict(state.last)) for state in states] == [("D1", {}), ("D2", {})]


def test_a_login_gives_up_in_time_and_its_password_is_never_told_in_the_clear(grounds: Grounds) -> None:
    with grounds.as_depot("D1") as link:
        assert link.execute("SHOW statement_timeout").fetchone() == ("10min",)
        assert link.execute("SHOW lock_timeout").fetchone() == ("2min",)
        assert link.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("3min",)
    seen: list[str] = []

    def note(_link: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        password = registry.renew_password(grounds.url, "D2").password
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    grounds.logins["D2"] = registry.NewLogin("D2", "depot_d2", password, grounds.logins["D2"].address)
    assert any("SCRAM-SHA-256$" in statement for statement in seen)
    assert not any(password in statement for statement in seen)


@pytest.mark.parametrize(("login", "code"), [
    ("postgres", "sync.login-taken"), ("depot_d1", "sync.login-taken"), ("fanxiu_head_office", "sync.login-taken"),
    ('x" SUPERUSER', "sync.login-name"), ("Desk", "sync.login-name"), ("d" * 41, "sync.login-name"),
    ("", "sync.login-name"), ("twice", "sync.login-known"),
])
def test_a_desk_takes_no_login_that_stands_for_something_else(grounds: Grounds, login: str, code: str) -> None:
    if login == "twice" and not _roles(grounds, "twice"):
        registry.add_head_office_login(grounds.url, "twice")
    before = _roles(grounds, login)
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        registry.add_head_office_login(grounds.url, login)
    assert _roles(grounds, login) == before


def test_a_desk_gets_a_new_password_when_it_is_asked_for(grounds: Grounds) -> None:
    with pytest.raises(Refused, match=r"sync\.login-unknown"):
        registry.add_head_office_login(grounds.url, "forgetful", new_password=True)
    first = registry.add_head_office_login(grounds.url, "forgetful")
    before = _roles(grounds, "forgetful")
    second = registry.add_head_office_login(grounds.url, "forgetful", new_password=True)
    assert first.password != second.password
    assert _roles(grounds, "forgetful") != before


def test_a_depot_is_not_entered_over_a_login_that_is_somebody_elses(grounds: Grounds) -> None:
    with grounds.owner() as link:
        link.execute("CREATE ROLE depot_d7 LOGIN")
        link.execute("GRANT fanxiu_depot, fanxiu_head_office TO depot_d7")
    with pytest.raises(Refused, match=r"sync\.login-strange"):
        registry.add_depot(grounds.url, "D7", "", NOW)


def test_without_the_rights_it_is_a_sentence(grounds: Grounds) -> None:
    address = grounds.logins["D1"].address
    for work in (
        lambda: registry.states(address, NOW), lambda: registry.add_depot(address, "D8", "", NOW),
        lambda: registry.renew_password(address, "D1"), lambda: registry.prepare(address), lambda: open_depot(address),
    ):
        with pytest.raises(Refused, match=r"database\.not-permitted|sync\.unknown-depot"):
            work()


def _roles(grounds: Grounds, login: str) -> list[object]:
    """What the server has of a login: its password's verifier and its groups."""
    with grounds.owner() as link:
        return [*link.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", (login,)), *link.execute(
            "SELECT m.roleid FROM pg_auth_members m JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = %s "
            "ORDER BY 1", (login,))]


def test_head_office_writes_its_own_rows_and_reads_all(grounds: Grounds) -> None:
    login = registry.add_head_office_login(grounds.url, "office_desk")
    with psycopg.connect(login.address, password=login.password) as link:
        assert link.execute("SELECT count(DISTINCT depot_id) FROM settings WHERE name = 'x'").fetchone() == (2,)
        link.execute("INSERT INTO settings (depot_id, id, name, value) VALUES ('HQ', 'h', 'h', '1')")
        stamped = link.execute("SELECT origin, seq > 0 FROM settings WHERE id = 'h'").fetchone()
        assert stamped == (0, True)
    for wrong in (
        "UPDATE settings SET value = '2' WHERE depot_id = 'D1' RETURNING 1",
        "DELETE FROM settings WHERE depot_id = 'HQ'",
        "INSERT INTO settings (depot_id, id, name, value) VALUES ('D1', 'h', 'h', '1')",
    ):
        with psycopg.connect(login.address, password=login.password) as link:
            try:
                assert link.execute(wrong).rowcount == 0
            except psycopg.errors.InsufficientPrivilege:
                continue


def test_a_depot_is_entered_once(grounds: Grounds) -> None:
    with pytest.raises(Refused, match=r"sync\.depot-known"):
        registry.add_depot(grounds.url, "D1", "", NOW)
    with pytest.raises(Refused, match=r"numbering\.depot-code"):
        registry.add_depot(grounds.url, "d 1", "", NOW)


def _said(grounds: Grounds, sql: str) -> str:
    closed, mine = grounds.origins["D1"]
    return sql.format(mine=mine, closed=closed, theirs=grounds.origins["D2"][-1])
