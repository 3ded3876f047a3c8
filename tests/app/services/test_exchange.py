"""Exchange: from the pool or the stores, warranty carried, both files right, sent like a return; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.depot import Depot
from app.domain.determination import Keeping
from app.domain.exchange import ExchangeSource, Exchanging
from app.domain.places import Place
from app.domain.policy_values import PolicyName
from app.domain.receiving import Unit
from app.domain.returning import Packing, Proof, SendMethod
from app.domain.signing import OutsideSignature, Party
from app.domain.spares import Reserving
from app.domain.stages import Stage
from app.errors import Refused
from app.persistence import journal
from app.persistence import receiving as rows
from app.services import determination, exchange, policies, returning, slips, spares, undoing, warranty
from app.services.exchange import Exchanged
from tests.app.printing.reading_back import text_of
from tests.app.services.test_scrap import code_of, state
from tests.builders import a_customer, a_product, as_person, outside, own
from tests.ends import BOTH, a_ber_unit, a_decided_unit, a_scrapped_unit, a_spare, archive, the_product

SPARE = "H204899001"
STORES = OutsideSignature(Party.STORES, "库管员", (((0.1, 0.1), (0.2, 0.4), (0.5, 0.5), (0.9, 0.2)),))


def unit_of(depot: Depot, unit_id: str) -> Unit:
    with depot.read() as tx:
        unit = rows.unit(tx, unit_id)
    assert unit is not None
    return unit


def swap(depot: Depot, case_id: str, serial: str = SPARE, **values: object) -> Exchanged:
    return exchange.exchange(as_person(depot, "supervisor"), wanted(case_id, serial, **values))


def wanted(case_id: str, serial: str = SPARE, **values: object) -> Exchanging:
    return Exchanging(**{  # type: ignore[arg-type]
        "case_id": case_id, "source": ExchangeSource.SPARE, "serial": serial, **values,
    })


def refusal(depot: Depot, exchanging: Exchanging) -> str:
    return code_of(lambda: exchange.exchange(as_person(depot, "supervisor"), exchanging))


def a_packing(case_id: str, method: SendMethod = SendMethod.COURIER) -> Packing:
    return Packing((case_id,), method, "张工", address="株洲市", carrier="顺丰")


def send_and_deliver(depot: Depot, case_id: str) -> tuple[str, ...]:
    packed = returning.pack(depot, a_packing(case_id))
    carrier = outside("快递员", Party.CARRIER)
    returning.send(depot, packed.shipment_id, own(), carrier)
    return returning.deliver(depot, packed.shipment_id, carrier, outside(), proof=Proof.SIGNED).closed


def test_the_customer_gets_a_spare_and_the_case_closes(depot: Depot) -> None:
    product = the_product(depot)
    spare = a_spare(depot, product)
    got = a_scrapped_unit(depot, product)
    (row,) = exchange.open_rows(depot)
    assert (row.case_id, row.number) == (got.case_id, "")
    assert [c.serial for c in exchange.candidates(depot, got.case_id)] == [SPARE]
    done = swap(depot, got.case_id)
    assert done.number == "SH1-X2611-00001"
    assert done.warranty_until == date(2028, 3, 2)        # what the old unit had left
    case, old = state(depot, got.case_id)
    new = unit_of(depot, spare.unit_id)
    assert (old.customer_id, new.customer_id, new.place) == (None, case.customer_id, Place.COUNTER)
    with depot.read() as tx:
        for unit_id in (old.id, new.id):
            entry = journal.entries(tx, unit_id=unit_id)[0]
            assert (entry.facts["old_serial"], entry.facts["new_serial"]) == (old.serial, SPARE)
    archive(depot, got.case_id)
    assert [g.gate for g in returning.checklist(depot, got.case_id) if not g.open] == []
    assert [r.serial for r in returning.listed(depot, "ready")] == [SPARE]
    assert send_and_deliver(depot, got.case_id) == (got.case_id,)
    assert (state(depot, got.case_id)[0].stage, unit_of(depot, new.id).place) == (Stage.CLOSED, Place.CUSTOMER)
    assert exchange.open_rows(depot) == ()


def test_a_new_unit_comes_from_the_stores_by_their_signature(depot: Depot) -> None:
    got = a_scrapped_unit(depot, the_product(depot))
    stores = {"source": ExchangeSource.STORES, "giver": STORES, "receiver": own()}
    assert refusal(depot, wanted(got.case_id, "N2600001", source=ExchangeSource.STORES)) == (
        "exchange.signatures-missing")
    assert refusal(depot, wanted(got.case_id, "H204817736", **stores)) == "exchange.same-unit"
    assert refusal(depot, wanted(got.case_id, "N2600001", **{**stores, "receiver": own("technician")})) == (
        "handover.not-yours")
    done = swap(depot, got.case_id, "n2600001", **stores)
    new = unit_of(depot, done.new_unit_id)
    assert (new.serial, new.place) == ("N2600001", Place.COUNTER)
    packed = returning.pack(depot, a_packing(got.case_id, SendMethod.COLLECTED))
    assert packed.slip_numbers[0][1] == done.number       # the exchange slip goes with it, no repair slip
    returning.send(depot, packed.shipment_id, own(), outside())
    assert unit_of(depot, done.new_unit_id).place is Place.CUSTOMER


def test_what_the_customer_does_not_get(depot: Depot) -> None:
    product = the_product(depot)
    a_spare(depot, product)
    got = a_scrapped_unit(depot, product)
    other = a_spare(depot, a_product(depot, "PSU-OTHER"), "X1")
    case = state(depot, got.case_id)[0]
    assert refusal(depot, wanted(got.case_id, "NOBODY")) == "exchange.unknown-serial"
    assert refusal(depot, wanted(got.case_id, " ")) == "exchange.serial-missing"
    assert refusal(depot, wanted(got.case_id, charge_fen=-1)) == "exchange.charge-negative"
    assert refusal(depot, wanted(got.case_id, "H204817736")) == "exchange.same-unit"
    assert refusal(depot, wanted(got.case_id, "X1")) == "exchange.substitute-reason"
    assert code_of(lambda: exchange.exchange(depot, wanted(got.case_id))) == "people.not-allowed"
    spares.reserve(depot, Reserving(other.unit_id, a_customer(depot, "别家").id, date(2026, 12, 1)))
    assert refusal(depot, wanted(got.case_id, "X1", substitute_reason="原型号停产")) == "spares.reserved"
    assert unit_of(depot, other.unit_id).place is Place.ZONE_SPARE
    swap(depot, got.case_id)
    assert refusal(depot, wanted(got.case_id, "X1", substitute_reason="再来一件")) == "exchange.made-already"
    ruled = a_ber_unit(depot, product, "H204817739", return_needed=False)
    assert refusal(depot, wanted(ruled.case_id, "X1", substitute_reason="要")) == "exchange.not-ruled"
    second = a_ber_unit(depot, product, "H204817738", customer_id=case.customer_id)
    assert refusal(depot, wanted(second.case_id)) == "spares.not-in-pool"   # given away, stands at the counter


def test_a_substitute_with_its_reason(depot: Depot) -> None:
    a_spare(depot, a_product(depot, "PSU-6000W"), "S1")
    got = a_ber_unit(depot, the_product(depot))
    swap(depot, got.case_id, "S1", substitute_reason="原型号停产，用户同意")
    with pytest.raises(Refused) as early:
        returning.put_away(depot, [got.case_id], return_needed=True)
    assert early.value.code == "returning.not-passed"


def test_a_substitute_from_the_stores_is_named_on_the_slip_unless_policy_forbids_it(depot: Depot) -> None:
    got = a_scrapped_unit(depot, the_product(depot))
    other = a_product(depot, "PSU-6000W", name_zh="六千瓦电源")
    stores = {"source": ExchangeSource.STORES, "giver": STORES, "receiver": own()}
    asked = wanted(got.case_id, "N6000-1", product_id=other.id, **stores)
    because = replace(asked, substitute_reason="原型号停产，用户同意")
    assert refusal(depot, asked) == "exchange.substitute-reason"
    head = as_person(depot, "manager")
    policies.set_value(head, PolicyName.EXCHANGE_SUBSTITUTE, "no", date(2026, 11, 3))
    assert refusal(depot, because) == "exchange.substitute-forbidden"
    a_spare(depot, other, "S6")
    assert refusal(depot, wanted(got.case_id, "S6", substitute_reason="原型号停产")) == "exchange.substitute-forbidden"
    policies.set_value(head, PolicyName.EXCHANGE_SUBSTITUTE, "yes", date(2026, 11, 3))
    done = exchange.exchange(as_person(depot, "supervisor"), because)
    assert unit_of(depot, done.new_unit_id).product_id == other.id
    paper = text_of(slips.paper(depot, None, done.number).pdf)
    assert "PSU-6000W" in paper
    assert "原型号停产，用户同意" in paper.replace("\n", "")


def test_taken_back_everything_is_as_before(depot: Depot) -> None:
    product = the_product(depot)
    spare = a_spare(depot, product)
    before = unit_of(depot, spare.unit_id)
    got = a_scrapped_unit(depot, product)
    boss = as_person(depot, "supervisor")
    done = swap(depot, got.case_id)
    packed = returning.pack(depot, a_packing(got.case_id))
    assert code_of(lambda: undoing.undo(boss, done.entry_id)) == "returning.packed-meanwhile"
    undoing.undo(depot, packed.entry_id)
    undoing.undo(boss, done.entry_id)
    after = unit_of(depot, spare.unit_id)
    assert (after.place, after.customer_id) == (Place.ZONE_SPARE, before.customer_id)
    case, old = state(depot, got.case_id)
    assert old.customer_id == case.customer_id
    with depot.read() as tx:
        assert warranty.judgement_on(depot, tx, after, product, depot.today()).until is None
    assert swap(depot, got.case_id).number == "SH1-X2611-00002"


def test_both_units_leave_in_one_shipment(depot: Depot) -> None:
    product = the_product(depot)
    spare = a_spare(depot, product)
    got = a_decided_unit(depot, product, BOTH)
    determination.give_both(as_person(depot, "supervisor"), Keeping(got.case_id, "刘工"))
    done = swap(depot, got.case_id, charge_fen=5000)
    assert done.charge_fen >= 5000
    archive(depot, got.case_id)
    assert send_and_deliver(depot, got.case_id) == (got.case_id,)
    places = {unit_of(depot, unit_id).place for unit_id in (spare.unit_id, got.unit_id)}
    assert places == {Place.CUSTOMER}
    case, old = state(depot, got.case_id)
    assert (case.stage, old.customer_id) == (Stage.CLOSED, case.customer_id)


def test_an_exchanged_unit_is_exchanged_again(depot: Depot) -> None:
    product = the_product(depot)
    spare = a_spare(depot, product)
    first = a_scrapped_unit(depot, product)
    customer = state(depot, first.case_id)[0].customer_id
    swap(depot, first.case_id)
    archive(depot, first.case_id)
    archive(depot, spare.case_id)
    send_and_deliver(depot, first.case_id)
    a_spare(depot, product, "H204899002")
    again = a_scrapped_unit(depot, product, SPARE, customer_id=customer, shipped_on=None, manufactured_on=None)
    assert again.unit_id == spare.unit_id
    done = swap(depot, again.case_id, "H204899002")
    assert done.warranty_until == date(2028, 3, 2)        # the first unit's, carried twice
    with depot.read() as tx:
        assert [e.facts["new_serial"] for e in journal.entries(tx, unit_id=spare.unit_id)
                if e.action.startswith("exchange.")] == ["H204899002", SPARE]


def test_a_kept_unit_never_goes_back(depot: Depot) -> None:
    product = the_product(depot)
    got = a_decided_unit(depot, product)
    determination.keep(as_person(depot, "supervisor"), Keeping(got.case_id, "刘工"))
    a_spare(depot, product)
    swap(depot, got.case_id)
    send_and_deliver(depot, got.case_id)
    assert state(depot, got.case_id)[0].stage is Stage.TO_RND
    assert state(depot, got.case_id)[1].place is Place.COUNTER
