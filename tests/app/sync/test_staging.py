"""Rows beside their tables at the centre: any signs arrive as they are, what cannot be read is not written (spec 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from app.depot import Depot
from app.domain.sync.outcomes import Ended
from app.domain.sync.protocol import BATCH_ROWS, Applied, Batch, TableRows, TableTexts
from app.errors import Unavailable
from app.persistence import batches, stamped
from app.sync import run
from app.sync.centre import add_depot_row, make_sqlite
from app.sync.centre_engine import copying, sqlite_engine, translated
from app.sync.server import Centre
from app.sync.staging import Garbled
from tests.builders import a_received_unit
from tests.conftest import PostgresServer
from tests.simulation.postgres import Centres

#: Signs that mean something to COPY, and those that join a row's text; alone, U+001E stands for "no value".
STRANGE = ("a\\b\\N", "一\n二\r\n三\t四", "\\.", "", "a\x1fb", "\x1e", "a\x1eb", None)


@pytest.fixture(scope="module")
def centres(postgres_server: PostgresServer) -> Centres:
    return Centres(postgres_server.base, ["SH1"])


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def centre(request: pytest.FixtureRequest) -> Iterator[Centre]:
    if request.param == "sqlite":
        engine = sqlite_engine(":memory:")
        make_sqlite(engine)
        with engine.begin() as link:
            add_depot_row(link, "SH1", "SH1", "sh1", datetime.now(UTC))
        yield Centre("", engine=engine)
        engine.dispose()
        return
    server = request.getfixturevalue("centres").fresh()
    yield Centre("", engine=server.engine_for("SH1"))
    server.close()


def notes(centre: Centre) -> set[tuple[object, object]]:
    sql = "SELECT u.note, c.pause_reason FROM units u JOIN return_cases c ON c.unit_id = u.id AND c.depot_id = 'SH1'"
    with centre._engine.begin() as link:
        return {(row[0], row[1]) for row in link.exec_driver_sql(sql)}


def next_batch(depot: Depot, most_rows: int = BATCH_ROWS) -> Batch:
    with depot.read() as tx:
        at = batches.here(tx.connection)
        made = batches.next_batch(
            tx.connection, stamped.shapes(), at, batches.acknowledged(tx.connection, at.origin), most_rows
        )
    assert made is not None
    return made


def test_values_of_any_signs_arrive_as_they_are(sqlite_depot: Depot, centre: Centre) -> None:
    for n, value in enumerate(STRANGE):
        got = a_received_unit(sqlite_depot, f"H{n}")
        with sqlite_depot.database.bare() as link:
            link.execute(text("UPDATE units SET note = :v WHERE id = :id"), {"v": value or "", "id": got.unit_id})
            link.execute(
                text("UPDATE return_cases SET pause_reason = :v WHERE id = :id"), {"v": value, "id": got.case_id}
            )
    sent = {type(table) for table in next_batch(sqlite_depot).tables}
    assert sent == {TableRows, TableTexts}      # as texts, but the tables in which a value holds a joining sign
    report = run.night(sqlite_depot, centre)
    assert (report.outcome, report.tally.forks) == (Ended.VERIFIED, 0)
    assert notes(centre) == {(value or "", value) for value in STRANGE}


@pytest.mark.parametrize("spoilt", ["x", "\\", "two\nlines"])
def test_what_cannot_be_read_is_not_written(sqlite_depot: Depot, centre: Centre, spoilt: str) -> None:
    run.night(sqlite_depot, centre)
    a_received_unit(sqlite_depot)
    batch = next_batch(sqlite_depot)
    first, *others = batch.tables
    assert isinstance(first, TableTexts)
    bad = replace(batch, tables=(replace(first, texts=(spoilt, *first.texts[1:])), *others))
    assert centre.apply(bad) is Applied.CORRUPT
    assert notes(centre) == set()
    assert centre.apply(batch) is Applied.OK
    assert centre.apply(batch) is Applied.STALE
    assert len(notes(centre)) == 1


def test_rows_that_were_there_and_rows_that_were_not_come_in_one_batch(sqlite_depot: Depot, centre: Centre) -> None:
    old = a_received_unit(sqlite_depot, "H1")
    run.night(sqlite_depot, centre)
    a_received_unit(sqlite_depot, "H2")
    with sqlite_depot.database.bare() as link:
        link.execute(text("UPDATE units SET note = 'changed' WHERE id = :id"), {"id": old.unit_id})
    assert run.night(sqlite_depot, centre).tally.forks == 0
    assert notes(centre) == {("changed", None), ("", None)}


def test_a_push_that_is_cut_never_leaves_a_row_without_what_it_refers_to(
    sqlite_depot: Depot, centre: Centre
) -> None:
    run.night(sqlite_depot, centre)
    units = [a_received_unit(sqlite_depot, f"H{n}").unit_id for n in range(3)]
    with sqlite_depot.database.bare() as link:
        for unit_id in reversed(units):         # their stamps are now greater than those of their cases
            link.execute(text("UPDATE units SET note = 'later' WHERE id = :id"), {"id": unit_id})
    sent = 0
    with sqlite_depot.read() as tx:
        upto = batches.here(tx.connection).seq
    while sent < upto:
        batch = next_batch(sqlite_depot, most_rows=2)
        assert centre.apply(batch) is Applied.OK
        with sqlite_depot.write() as tx:
            batches.keep(tx, batch)
            batches.acknowledge(tx, batch.origin, batch.chain)
        sent = batch.upto
        for shape in stamped.shapes():
            for column, parent in shape.refers:
                assert alone(centre, shape.table, column, parent) == 0, (sent, shape.table, column)
    report = run.night(sqlite_depot, centre)
    assert (report.outcome, report.tally.forks) == (Ended.VERIFIED, 0)
    assert notes(centre) == {("later", None)}


def alone(centre: Centre, table: str, column: str, parent: str) -> int:
    """How many rows at the centre refer to one that is not there."""
    with centre._engine.begin() as link:
        ((found,),) = link.exec_driver_sql(
            f'SELECT count(*) FROM {table} c WHERE c."{column}" IS NOT NULL AND NOT EXISTS '
            f'(SELECT 1 FROM {parent} p WHERE p.depot_id = c.depot_id AND p.id = c."{column}")'
        )
    return int(found)


@pytest.mark.postgres
@pytest.mark.parametrize("centre", ["postgresql"], indirect=True)
def test_a_line_that_breaks_while_rows_are_sent_is_a_centre_away(centre: Centre) -> None:
    with centre._engine.connect() as link:
        ((pid,),) = link.exec_driver_sql("SELECT pg_backend_pid()")
        with centre._engine.connect() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
        with pytest.raises(Unavailable) as away, translated(), copying(link, Garbled) as copy:
            copy("COPY units FROM STDIN", "line\n")
        assert away.value.code == "sync.centre-away"
        link.invalidate()
