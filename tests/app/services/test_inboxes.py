"""What waits for somebody: alerts at a depot, proposals at head office."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.domain.masterdata import Customer
from app.errors import Refused
from app.persistence import sync as sync_rows
from app.persistence.transaction import Tx
from app.services import adoption, customers, night
from tests.conftest import as_person


def came_from(tx: Tx, depot_id: str, name: str) -> str:
    """A customer that another depot proposed, as a night has brought it: like ours, but for what is said."""
    columns = [row[0] for row in tx.ask("SELECT name FROM pragma_table_info('customers')")]
    given = {"id": f"'{depot_id}-{name}'", "depot_id": f"'{depot_id}'", "name": f"'{name}'", "code": "''",
             "proposed": "1", "origin": "7", "seq": "1"}
    chosen = ", ".join(given.get(column, column) for column in columns)
    tx.ask(f"INSERT INTO customers ({', '.join(columns)}) SELECT {chosen} FROM customers LIMIT 1")
    return f"{depot_id}-{name}"


@pytest.fixture
def office(sqlite_depot: Depot) -> Depot:
    """Head office's desk on a file: its history is the first. It knows one customer."""
    customers.add(sqlite_depot, Customer(id="", code="K-1", name="株洲所"))
    with sqlite_depot.write() as tx:
        tx.ask("UPDATE node SET origin = 0")
    return as_person(sqlite_depot, "supervisor")


def test_an_alert_is_put_away_by_its_own_depot(depot: Depot) -> None:
    with depot.write() as tx:
        told = sync_rows.alert(tx, "alert.clock", {"minutes": 12})
    assert [alert.id for alert in night.alerts(depot)] == [told]
    night.see_alert(depot, told)
    assert not night.alerts(depot)
    with pytest.raises(Refused, match=r"sync\.alert-gone"):
        night.see_alert(depot, "nobody")


def test_head_office_adopts_joins_and_declines_with_a_reason(office: Depot) -> None:
    with office.write() as tx:
        new, same, wrong = (came_from(tx, "CD1", name) for name in ("新客户", "同一家", "写错的"))
    made = adoption.adopt(office, "customer", "CD1", new).into_id
    assert adoption.join(office, "customer", "CD1", same, made).into_id == made
    with pytest.raises(Refused, match=r"sync\.reason-missing"):
        adoption.decline(office, "customer", "CD1", wrong, " ")
    with pytest.raises(Refused, match=r"sync\.reason-long"):
        adoption.decline(office, "customer", "CD1", wrong, "长" * 201)
    adoption.decline(office, "customer", "CD1", wrong, "没有这家客户")
    assert not adoption.proposals(office)
    for spoken in (new, same, wrong):
        with pytest.raises(Refused, match=r"sync\.no-proposal"):
            adoption.decline(office, "customer", "CD1", spoken, "再说一次")


def test_a_depot_does_not_speak_on_proposals(sqlite_depot: Depot) -> None:
    supervisor = as_person(sqlite_depot, "supervisor")
    assert not adoption.proposals(supervisor)
    with pytest.raises(Refused, match=r"sync\.not-ours"):
        adoption.decline(supervisor, "customer", "CD1", "x", "没有")
