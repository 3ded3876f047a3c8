"""Loaners: lent, awaited, taken back; no case closes and none is packed unseen while one is out. On both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.depot import Depot
from app.domain.clocks import Colour
from app.domain.loaners import Lending
from app.domain.places import Place
from app.domain.returning import Gate, Packing, SendMethod
from app.domain.signing import Party
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import receiving as rows
from app.services import loaners, returning, spares, travellers, undoing
from tests.builders import a_customer, a_product, as_person, outside, own
from tests.conftest import FakeClock
from tests.spare_builders import TODAY, a_spare, unit_of

STORES = outside("仓管 钱伟", Party.STORES)


def refused(operation: Any) -> Refused:
    """The refusal of ``operation``."""
    with pytest.raises(Refused) as refusal:
        operation()
    return refusal.value


def a_loaner(depot: Depot, product_id: str, serial: str = "LOAN-1") -> str:
    """A loaner that came from the stores."""
    boss = as_person(depot, "supervisor")
    return loaners.enrol(boss, product_id, serial, "良好", giver=STORES, receiver=own("supervisor")).loaner_id


def lent(depot: Depot, loaner_id: str, customer_id: str, **values: Any) -> loaners.Lent:
    """A loaner that went out for two weeks."""
    lending = Lending(loaner_id, customer_id, TODAY + timedelta(14), "良好", **values)
    return loaners.lend(depot, lending, own(), outside())


def test_a_case_waits_for_its_loaner(depot: Depot) -> None:
    spare = a_spare(depot, put_away=False)
    returning.put_away(depot, [spare.case_id], return_needed=True)
    with depot.read() as tx:
        case, traveller = rows.case(tx, spare.case_id), rows.traveller_of_case(tx, spare.case_id)
    assert case is not None
    assert traveller is not None
    loaner_id = a_loaner(depot, spare.product_id)
    out = lent(depot, loaner_id, case.customer_id, case_number=case.number)
    shut = {state.gate: state.detail for state in returning.checklist(depot, case.id) if not state.open}
    assert shut[Gate.LOANER_BACK] == "LOAN-1"
    packing = Packing((case.id,), SendMethod.COLLECTED, "张工")
    seen = refused(lambda: returning.pack(depot, packing))
    assert (seen.code, seen.facts["detail"]) == ("returning.gate-loaner-back", "LOAN-1")
    assert returning.packing_start(depot, [case.id]).loaners_out == ("LOAN-1",)
    packed = returning.pack(depot, Packing((case.id,), SendMethod.COLLECTED, "张工", loaner_in_exchange=True))
    returning.send(depot, packed.shipment_id, own(), outside())
    filing = travellers.Filing((traveller.id,), "B1", own(), own("inspector"))
    assert travellers.archive(as_person(depot, "inspector"), filing).closed == ()
    with depot.read() as tx:
        waiting = rows.case(tx, case.id)
    assert waiting is not None
    assert waiting.stage is Stage.RETURNED
    back = loaners.take_back(depot, out.agreement_id, "有划痕", outside(), own())
    assert back.closed == case.number
    (row,) = loaners.loaners(depot)
    assert (row.condition, row.agreement_id, row.place) == ("有划痕", "", Place.COUNTER)


def test_who_waits_longest_is_served_first(depot: Depot) -> None:
    product = a_product(depot)
    first, second = a_customer(depot, "株洲"), a_customer(depot, "长沙")
    loaners.wait(depot, product.id, first.id)
    waits = loaners.wait(depot, product.id, second.id)
    assert refused(lambda: loaners.wait(depot, product.id, first.id)).code == "loaners.waits-already"
    assert [(row.customer, row.turn) for row in loaners.waiting(depot)] == [("株洲", 1), ("长沙", 2)]
    loaner_id = a_loaner(depot, product.id)
    got = refused(lambda: lent(depot, loaner_id, second.id))
    assert (got.code, got.facts["customer"], got.field) == ("loaners.others-wait", "株洲", "out_of_turn")
    undoing.undo(depot, waits.entry_id)
    lent(depot, loaner_id, first.id)
    assert loaners.waiting(depot) == ()


def test_whoever_waits_no_longer_leaves_the_row_to_the_next(depot: Depot) -> None:
    product, first, second = a_product(depot), a_customer(depot, "株洲"), a_customer(depot, "长沙")
    gone = loaners.wait(depot, product.id, first.id).wait_id
    loaners.wait(depot, product.id, second.id)
    dropped = loaners.drop_wait(depot, gone, "已自购")
    assert [(row.customer, row.turn) for row in loaners.waiting(depot)] == [("长沙", 1)]
    assert refused(lambda: loaners.drop_wait(depot, gone)).code == "loaners.not-waiting"
    undoing.undo(depot, dropped.entry_id)
    assert [row.customer for row in loaners.waiting(depot)] == ["株洲", "长沙"]


def test_a_loaner_overdue_is_said_and_may_be_written_off(depot: Depot, clock: FakeClock) -> None:
    product, customer = a_product(depot), a_customer(depot, "长沙")
    out = lent(depot, a_loaner(depot, product.id), customer.id)
    clock.advance(days=16)
    (row,) = loaners.loaners(depot)
    assert (row.days_left, row.colour, row.number) == (-2, Colour.OVERDUE, out.number)
    boss = as_person(depot, "supervisor")
    assert refused(lambda: loaners.write_off(depot, out.agreement_id, "丢失")).code == "people.not-allowed"
    assert refused(lambda: loaners.write_off(boss, out.agreement_id, "")).code == "loaners.write-off-reason"
    loaners.write_off(boss, out.agreement_id, "用户丢失")
    assert loaners.loaners(depot) == ()
    assert refused(lambda: loaners.take_back(depot, out.agreement_id, "好", outside(), own())).code == "loaners.ended"


def test_a_spare_becomes_a_loaner_and_a_spare_again(depot: Depot) -> None:
    spare, boss = a_spare(depot), as_person(depot, "supervisor")
    made = loaners.enrol(boss, spare.product_id, spare.serial.lower(), "良好")
    assert spares.pool(depot) == ()
    assert unit_of(depot, spare.unit_id).place is Place.COUNTER
    assert refused(lambda: loaners.enrol(boss, spare.product_id, spare.serial, "良好")).code == "loaners.already"
    loaners.retire(boss, made.loaner_id, "不再需要")
    assert [row.serial for row in spares.pool(depot)] == [spare.serial]


@pytest.mark.parametrize(("values", "code"), [
    ({"customer_id": ""}, "loaners.customer-missing"),
    ({"due_on": None}, "loaners.due-missing"),
    ({"due_on": TODAY - timedelta(1)}, "loaners.due-past"),
    ({"condition_out": " "}, "loaners.condition-missing"),
    ({"loaner_id": "nobody"}, "loaners.unknown"),
    ({"case_number": "SH1-R2611-09999"}, "spares.unknown-case"),
])
def test_what_is_not_lent(sqlite_depot: Depot, values: dict[str, Any], code: str) -> None:
    depot = sqlite_depot
    loaner_id = a_loaner(depot, a_product(depot).id)
    customer = a_customer(depot)
    asked = {"loaner_id": loaner_id, "customer_id": customer.id, "due_on": TODAY, "condition_out": "好", **values}
    assert refused(lambda: loaners.lend(depot, Lending(**asked), own(), outside())).code == code
    (row,) = loaners.loaners(depot)
    assert row.agreement_id == ""


def test_a_loaner_that_is_out_is_not_lent_again_and_stores_sign(sqlite_depot: Depot) -> None:
    depot, boss = sqlite_depot, as_person(sqlite_depot, "supervisor")
    product, customer = a_product(depot), a_customer(depot, "长沙")
    loaner_id = a_loaner(depot, product.id)
    carrier = outside("快递员", Party.CARRIER)
    lending = Lending(loaner_id, customer.id, TODAY, "好")
    assert refused(lambda: loaners.lend(depot, lending, own(), carrier)).code == "loaners.who-takes"
    lent(depot, loaner_id, customer.id)
    assert refused(lambda: lent(depot, loaner_id, customer.id)).code == "loaners.out"
    assert refused(lambda: loaners.retire(boss, loaner_id, "坏了")).code == "loaners.out"
    assert refused(lambda: loaners.enrol(boss, product.id, "LOAN-2", "好")).code == "loaners.stores-sign"
    assert refused(lambda: loaners.enrol(boss, "", "LOAN-2", "好")).code == "loaners.unknown-product"
