"""Stamps count every write of a database without a gap, in the order of commits, on both engines (spec 4, "Terms")."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select, union_all

from app.depot import SYSTEM, Depot, open_depot
from app.domain.masterdata import Customer
from app.persistence import masterdata, node
from app.persistence.tables import metadata
from app.persistence.transaction import Tx
from tests.builders import a_received_unit
from tests.conftest import CHEAP, FakeClock


def stamps(tx: Tx) -> list[tuple[int, int]]:
    """(origin, seq) of every stamped row."""
    tables = [table for table in metadata.sorted_tables if table.info["stamped"]]
    statement = union_all(*(select(table.c.origin, table.c.seq) for table in tables))
    return [(origin, seq) for origin, seq in tx.execute(statement)]


def counted(depot: Depot) -> int:
    with depot.read() as tx:
        return node.stamp(tx.connection)


def add_customers(tx: Tx, count: int) -> None:
    for n in range(count):
        masterdata.add(tx, Customer(id=tx.new_id(), code=f"C{n}", name=f"客户 {n}"))


def test_every_row_has_a_stamp_of_its_own_and_the_newest_is_the_count(depot: Depot) -> None:
    a_received_unit(depot)
    with depot.read() as tx:
        found = stamps(tx)
    assert all(origin >= 0 and seq > 0 for origin, seq in found)
    assert len(set(found)) == len(found)
    assert max(seq for _origin, seq in found) == counted(depot)


def test_a_transaction_counts_on_without_a_gap(depot: Depot) -> None:
    before = counted(depot)
    with depot.write() as tx:
        add_customers(tx, 50)
    assert counted(depot) == before + 50
    with depot.write() as tx:
        add_customers(tx, 1)
    assert counted(depot) == before + 51


def test_what_is_rolled_back_is_not_counted(depot: Depot) -> None:
    def fail() -> None:
        with depot.write() as tx:
            add_customers(tx, 5)
            raise ZeroDivisionError

    before = counted(depot)
    with pytest.raises(ZeroDivisionError):
        fail()
    assert counted(depot) == before
    with depot.write() as tx:
        add_customers(tx, 1)
    assert counted(depot) == before + 1


def test_two_desks_never_give_one_stamp_twice(depot: Depot, database_url: str, clock: FakeClock) -> None:
    def work() -> None:
        desk = open_depot(database_url, operator=SYSTEM, clock=clock, hashing=CHEAP)
        for _n in range(10):
            with desk.write() as tx:
                add_customers(tx, 5)
        desk.close()

    before = counted(depot)
    desks = [threading.Thread(target=work) for _n in range(3)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert counted(depot) == before + 150
    with depot.read() as tx:
        found = stamps(tx)
    assert len(set(found)) == len(found)
