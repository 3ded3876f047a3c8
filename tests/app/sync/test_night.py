"""A night on a real depot: what is exchanged, what is found, what a person is asked (spec 4)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.depot import SYSTEM, Depot, open_depot
from app.domain.people import Role
from app.domain.sync.outcomes import Ended, Resolution
from app.errors import Cancelled, Refused, Unavailable
from app.messages import sentence
from app.services import attachments, founding, night, people
from app.sync import run
from app.sync.centre import add_depot_row, make_sqlite
from app.sync.centre_engine import sqlite_engine
from app.sync.server import Centre
from tests.builders import a_received_unit, as_person
from tests.conftest import CHEAP, FOUNDING, PASSWORD, PIN, FakeClock
from tests.simulation.places import filled


@pytest.fixture
def centre() -> Iterator[Centre]:
    engine = sqlite_engine(":memory:")
    make_sqlite(engine)
    with engine.begin() as link:
        for code in ("SH1", "CD1"):
            add_depot_row(link, code, code, code.lower(), datetime.now(UTC))
    yield Centre("", engine=engine)
    engine.dispose()


def at_centre(centre: Centre, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with centre._engine.begin() as link:
        return [tuple(row) for row in link.exec_driver_sql(sql, values)]


def kept_at_centre(centre: Centre, sha256: str) -> bytes:
    return b"".join(row[0] for row in at_centre(
        centre, "SELECT content FROM centre_contents WHERE depot_id = 'SH1' AND sha256 = ? ORDER BY at", sha256))


def at_depot(depot: Depot, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    with depot.database.bare() as link:
        done = link.execute(text(sql), values)
        return [tuple(row) for row in done] if done.returns_rows else []


def damage(depot: Depot, table: str, column: str, value: str, row_id: str) -> None:
    """A byte changes on the disk: no program did it, no stamp moves."""
    ((origin, seq),) = at_depot(depot, f"SELECT origin, seq FROM {table} WHERE id = :id", id=row_id)
    at_depot(depot, f"UPDATE {table} SET {column} = :v, origin = -9, seq = -9 WHERE id = :id", v=value, id=row_id)
    at_depot(depot, f"UPDATE {table} SET origin = :o, seq = :s WHERE id = :id", o=origin, s=seq, id=row_id)


def test_the_first_night_brings_everything_and_the_second_only_what_is_new(depot: Depot, centre: Centre) -> None:
    a_received_unit(depot)
    first = run.night(depot, centre)
    assert (first.outcome, first.tally.joined, first.tally.forks) == (Ended.VERIFIED, True, 0)
    assert at_centre(centre, "SELECT serial FROM units WHERE depot_id = 'SH1'") == [("H204817736",)]
    a_received_unit(depot, "H2")
    second = run.night(depot, centre)
    assert 0 < second.tally.sent < first.tally.sent
    third = run.night(depot, centre)
    assert third.tally.sent == 0
    assert [row.outcome for row in night.nights(depot)] == ["VERIFIED"] * 3


def test_head_office_rows_and_other_depots_visits_come_down(depot: Depot, centre: Centre) -> None:
    with centre._engine.begin() as link:
        from app.persistence.tables import customers

        row = filled(customers, {"id": "hq-1", "name": "总部客户", "active": 1}) | {
            "depot_id": "HQ", "origin": 0, "seq": 1}
        link.exec_driver_sql(
            f"INSERT INTO customers ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )
        link.exec_driver_sql("UPDATE node SET seq = 1")
    run.night(depot, centre)
    assert at_depot(depot, "SELECT name FROM customers WHERE depot_id = 'HQ'") == [("总部客户",)]
    at_depot(depot, "UPDATE customers SET name = 'x', origin = 0, seq = 7 WHERE depot_id = 'HQ'")
    report = run.night(depot, centre)
    assert report.tally.fetched_again == ["HQ"]
    assert at_depot(depot, "SELECT name FROM customers WHERE depot_id = 'HQ'") == [("总部客户",)]


@pytest.mark.parametrize(("table", "column"), [("journal", "facts"), ("movements", "reason"), ("units", "note")])
def test_one_changed_byte_is_found_and_put_to_a_person(
    depot: Depot, centre: Centre, table: str, column: str
) -> None:
    a_received_unit(depot)
    run.night(depot, centre)
    ((row_id, was),) = at_depot(depot, f"SELECT id, {column} FROM {table} ORDER BY seq DESC LIMIT 1")
    damage(depot, table, column, f"{was} ", row_id)
    report = run.night(depot, centre)
    assert report.outcome is Ended.VERIFIED
    assert [kind for kind, _facts in report.tally.alerts][:1] == ["alert.rows-differed"]
    assert at_depot(depot, f"SELECT {column} FROM {table} WHERE id = :id", id=row_id) == [(was,)]
    (conflict,) = night.conflicts(depot)
    assert (conflict.kind, conflict.in_table, conflict.mine[column], conflict.theirs[column]) == (
        "DAMAGED", table, f"{was} ", was)
    assert {alert.kind for alert in night.alerts(depot)} >= {"alert.rows-differed", "alert.conflicts"}


def test_a_restored_copy_gets_its_lost_day_back(
    sqlite_depot: Depot, centre: Centre, tmp_path: Path, clock: FakeClock
) -> None:
    a_received_unit(sqlite_depot)
    run.night(sqlite_depot, centre)
    path = sqlite_depot.database.path
    assert path is not None
    with sqlite_depot.database.bare() as link:
        link.exec_driver_sql("SELECT 1")
    copy = tmp_path / "copy.db"
    at_depot(sqlite_depot, "SELECT 1")
    _copy(path, copy)
    lost = a_received_unit(sqlite_depot, "LOST1")
    run.night(sqlite_depot, centre)
    sqlite_depot.close()
    import itertools

    from tests.conftest import Ids

    again = as_person(open_depot(str(copy), operator=SYSTEM, clock=clock, new_id=Ids(itertools.count(5_000_000)),
                                 hashing=CHEAP), "clerk")
    other = a_received_unit(again, "NEW1")                    # bears the number that was given already
    assert other.case_number == lost.case_number
    report = run.night(again, centre)
    night.after(again)
    assert (report.outcome, report.tally.forks) == (Ended.VERIFIED, 1)
    assert report.tally.taken_back > 5
    serials = {row[0] for row in at_depot(again, "SELECT serial FROM units")}
    assert serials == {"H204817736", "LOST1", "NEW1"}
    numbers = dict(at_depot(again, "SELECT u.serial, c.number FROM units u JOIN return_cases c ON c.unit_id = u.id"))
    assert numbers["LOST1"] == lost.case_number
    assert numbers["NEW1"] == f"{lost.case_number}#2"
    assert {c.kind for c in night.conflicts(again)} >= {"TWICE"}
    assert a_received_unit(again, "NEW2").case_number > lost.case_number
    from app.services import verifying

    found = {problem.code for problem in verifying.verify(again).findings}
    assert not found & {"verify.journal", "verify.journal-end", "verify.stamp", "verify.orphan"}
    assert run.night(again, centre).outcome is Ended.VERIFIED
    again.close()


def _copy(path: Path, copy: Path) -> None:
    import sqlite3

    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()


def test_a_conflict_is_decided_by_a_person(depot: Depot, centre: Centre) -> None:
    got = a_received_unit(depot)
    run.night(depot, centre)
    damage(depot, "units", "note", "mine", got.unit_id)
    damage(depot, "units", "lot", "L1", got.unit_id)
    run.night(depot, centre)
    (conflict,) = night.conflicts(depot)
    supervisor = as_person(depot, "supervisor")
    assert set(night.differing(conflict)) == {"note", "lot"}
    with pytest.raises(Refused, match=r"sync\.field"):
        night.resolve_conflict(supervisor, conflict.id, Resolution.MERGED, ["serial"])
    night.resolve_conflict(supervisor, conflict.id, Resolution.MERGED, ["note"])
    assert at_depot(depot, "SELECT note, lot FROM units") == [("mine", "")]
    assert night.conflicts(depot) == ()
    with pytest.raises(Refused, match=r"sync\.conflict-gone"):
        night.resolve_conflict(supervisor, conflict.id, Resolution.THEIRS)
    run.night(depot, centre)
    assert at_centre(centre, "SELECT note FROM units WHERE depot_id = 'SH1'") == [("mine",)]


def test_contents_follow_the_rows_within_the_quota_and_go_on_where_they_stopped(depot: Depot, centre: Centre) -> None:
    got = a_received_unit(depot)
    whole = bytes(range(256)) * 6_000
    attachments.attach(depot, got.case_id, (attachments.prepare_bytes("log.bin", whole),))
    first = run.night(depot, centre, content_budget=700_000)
    assert (first.tally.content_bytes, first.tally.contents_left) == (700_000, 1)
    second = run.night(depot, centre)
    assert (second.tally.contents, second.tally.contents_left) == (1, 0)
    ((sha256,),) = at_depot(depot, "SELECT sha256 FROM blobs")
    assert kept_at_centre(centre, sha256) == whole
    assert run.night(depot, centre).tally.content_bytes == 0


def test_schemas_too_far_apart_are_refused_and_nothing_is_sent(depot: Depot, centre: Centre) -> None:
    a_received_unit(depot)
    for revision, code in (("9999", "sync.centre-old"), ("0001", "sync.program-old")):
        with pytest.raises(Refused) as refusal:
            run.night(depot, centre, revision=revision)
        assert refusal.value.code == code
        assert "{" not in sentence(refusal.value)
    assert at_centre(centre, "SELECT count(*) FROM units") == [(0,)]
    assert {row.outcome for row in night.nights(depot)} == {"REFUSED"}
    assert run.night(depot, centre).outcome is Ended.VERIFIED          # both sides have been upgraded
    assert at_centre(centre, "SELECT serial FROM units WHERE depot_id = 'SH1'") == [("H204817736",)]
    at_centre(centre, "DELETE FROM centre_depots WHERE code = 'SH1' RETURNING 1")
    with pytest.raises(Refused, match=r"sync\.unknown-depot"):
        run.night(depot, centre)


def test_a_night_can_be_stopped_and_goes_on_later(depot: Depot, centre: Centre) -> None:
    for n in range(3):
        a_received_unit(depot, f"S{n}")
    asked = iter([False] * 4)
    with pytest.raises(Cancelled):
        run.night(depot, centre, cancelled=lambda: next(asked, True), most_rows=10)
    assert night.nights(depot)[0].outcome == "STOPPED"
    assert run.night(depot, centre).outcome is Ended.VERIFIED
    assert at_centre(centre, "SELECT count(*) FROM units WHERE depot_id = 'SH1'") == [(3,)]


def test_a_missing_centre_loses_nothing_and_gets_all_when_it_is_back(
    depot: Depot, centre: Centre, tmp_path: Path
) -> None:
    a_received_unit(depot)
    away = Centre(f"postgresql://depot_sh1@/nobody?host={tmp_path}")
    with pytest.raises(Unavailable, match=r"sync\.centre-away") as failure:
        run.night(depot, away)
    away.close()
    assert "{" not in sentence(failure.value)
    assert night.nights(depot)[0].facts["code"] == "sync.centre-away"
    a_received_unit(depot, "MEANWHILE")
    assert run.night(depot, centre).outcome is Ended.VERIFIED
    assert at_centre(centre, "SELECT serial FROM units WHERE depot_id = 'SH1' ORDER BY serial") == [
        ("H204817736",), ("MEANWHILE",)]


def test_a_disk_that_fills_up_in_the_night_stops_it_and_the_next_one_goes_on(
    sqlite_depot: Depot, centre: Centre
) -> None:
    a_received_unit(sqlite_depot)
    ((pages,),) = at_depot(sqlite_depot, "PRAGMA page_count")
    at_depot(sqlite_depot, f"PRAGMA max_page_count={pages}")

    def nights_until_full() -> None:
        for _n in range(300):           # each night writes itself down; the last pages fill up first
            run.night(sqlite_depot, centre)

    with pytest.raises(Unavailable) as failure:
        nights_until_full()
    assert failure.value.code == "database.full"
    at_depot(sqlite_depot, "PRAGMA max_page_count=1073741823")
    assert run.night(sqlite_depot, centre).outcome is Ended.VERIFIED
    assert at_centre(centre, "SELECT count(*) FROM units WHERE depot_id = 'SH1'") == at_depot(
        sqlite_depot, "SELECT count(*) FROM units")


def test_a_file_that_another_program_holds_stops_the_night_and_the_next_one_goes_on(
    sqlite_depot: Depot, centre: Centre
) -> None:
    a_received_unit(sqlite_depot)
    at_depot(sqlite_depot, "PRAGMA busy_timeout=50")
    holder = sqlite3.connect(str(sqlite_depot.database.path), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match=r"database\.locked"):
        run.night(sqlite_depot, centre)
    assert at_centre(centre, "SELECT count(*) FROM units") == [(0,)]
    holder.execute("ROLLBACK")
    holder.close()
    assert run.night(sqlite_depot, centre).outcome is Ended.VERIFIED
    assert at_centre(centre, "SELECT count(*) FROM units WHERE depot_id = 'SH1'") == [(1,)]


@pytest.mark.parametrize("days", [-2, 2])
def test_a_clock_two_days_off_is_told_and_changes_nothing_else(
    depot: Depot, centre: Centre, clock: FakeClock, days: int
) -> None:
    clock.now = datetime.now(UTC)
    a_received_unit(depot)
    clock.advance(days=days)
    report = run.night(depot, centre)
    assert report.outcome is Ended.VERIFIED
    assert "alert.clock" in {kind for kind, _facts in report.tally.alerts}
    clock.now = datetime.now(UTC)                             # somebody sets it right
    a_received_unit(depot, "AFTERWARDS")
    report = run.night(depot, centre)
    assert (report.outcome, report.tally.forks) == (Ended.VERIFIED, 0)
    assert "alert.clock" not in {kind for kind, _facts in report.tally.alerts}
    assert at_centre(centre, "SELECT count(*) FROM units WHERE depot_id = 'SH1'") == [(2,)]


def test_the_night_is_due_once_and_again_when_it_was_missed(sqlite_depot: Depot, centre: Centre) -> None:
    assert night.is_due(sqlite_depot)
    run.night(sqlite_depot, centre)
    assert not night.is_due(sqlite_depot)
    clock: Any = sqlite_depot.clock
    clock.advance(days=1, hours=3)
    assert night.is_due(sqlite_depot)




def test_visits_at_another_depot_count_here(
    sqlite_depot: Depot, centre: Centre, tmp_path: Path, clock: FakeClock
) -> None:
    from app.persistence.tables import products

    with centre._engine.begin() as link:
        row = filled(products, {"id": "hq-p", "model": "PSU-1", "active": 1}) | {
            "depot_id": "HQ", "origin": 0, "seq": 1, "serial_rule": "{}", "warranty": "{}"}
        link.exec_driver_sql(
            f"INSERT INTO products ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
        )
        link.exec_driver_sql("UPDATE node SET seq = 1")
    told = founding.found(tmp_path / "cd.db", replace(FOUNDING, depot_id="CD1"), clock=clock, hashing=CHEAP)
    people.add_user(told, people.NewUser("clerk", "何静", PASSWORD, PIN, frozenset({Role.CLERK})))
    other = as_person(told, "clerk")
    for depot in (sqlite_depot, other):
        run.night(depot, centre)
        a_received_unit(depot, "SAME1", product_id="hq-p")
    for depot in (other, sqlite_depot):
        run.night(depot, centre)
    numbers = [visit.number for visit in night.visits(sqlite_depot, "SAME1")]
    assert [number[:3] for number in numbers] == ["SH1", "CD1"]
    assert night.after(sqlite_depot).rulings_changed == 0
    told.close()
