"""Customers: entered and proposed, found by pinyin, edited against others, merged and taken apart again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.depot import Depot
from app.domain.masterdata import Contact, Customer
from app.errors import Refused
from app.services import customers, search, undoing
from app.services.customers import CustomerFilter
from tests.builders import a_customer, a_received_unit
from tests.conftest import as_person


@pytest.fixture
def supervisor(depot: Depot) -> Depot:
    return as_person(depot, "supervisor")


def names(depot: Depot, text: str = "", **values: object) -> list[str]:
    return [line.customer.name for line in customers.customers(depot, CustomerFilter(text=text, **values))]


def test_a_clerk_proposes_and_a_supervisor_adopts(depot: Depot, supervisor: Depot) -> None:
    proposed = customers.add(depot, Customer("", "", " 杭州西溪医院 ", contact="罗敏")).customer
    assert (proposed.name, proposed.proposed, proposed.code) == ("杭州西溪医院", True, "SH1-C0001")
    assert names(depot, proposed_only=True) == ["杭州西溪医院"]
    adopted = customers.adopt(supervisor, proposed.id)
    assert names(depot, proposed_only=True) == []
    undoing.undo(supervisor, adopted.entry_id)
    assert names(depot, proposed_only=True) == ["杭州西溪医院"]
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        customers.adopt(depot, proposed.id)


def test_the_same_name_is_not_entered_twice(depot: Depot) -> None:
    customers.add(depot, Customer("", "", "Acme GmbH"))
    with pytest.raises(Refused, match=r"customer\.name-taken"):
        customers.add(depot, Customer("", "", "ACME GmbH"))
    with pytest.raises(Refused, match=r"customer\.name-missing"):
        customers.add(depot, Customer("", "", "  "))
    with pytest.raises(Refused, match=r"customer\.code-taken"):
        customers.add(depot, Customer("", "SH1-C0001", "Other"))


def test_initials_parts_and_codes_find_a_customer(depot: Depot) -> None:
    a_customer(depot, "单县供电局", code="DZ-7")
    a_customer(depot, "中车株洲所")
    assert names(depot, "sx") == ["单县供电局"]      # the place is read shàn
    assert names(depot, "zczz") == ["中车株洲所"]
    assert names(depot, "供电") == ["单县供电局"]
    assert names(depot, "dz-7") == ["单县供电局"]
    assert names(depot, "100%") == []


def test_pages_follow_each_other(depot: Depot) -> None:
    for n in range(7):
        a_customer(depot, f"客户 {n}")
    first = customers.customers(depot, CustomerFilter(), limit=4)
    second = customers.customers(depot, CustomerFilter(), first[-1], limit=4)
    assert [line.customer.name for line in first + second] == [f"客户 {n}" for n in range(7)]
    backwards = customers.customers(depot, CustomerFilter(), first[2], limit=4, descending=True)
    assert [line.customer.name for line in backwards] == ["客户 1", "客户 0"]
    assert customers.count(depot, CustomerFilter()) == 7


def test_an_edit_keeps_contacts_and_can_be_put_back(supervisor: Depot) -> None:
    made = customers.add(supervisor, Customer("", "", "西溪医院"), (Contact("", "", "罗敏", "设备科"),)).customer
    before = customers.file(supervisor, made.id)
    changed = customers.edit(
        supervisor, replace(before.customer, phone="0571-88"), (Contact("", "", "王芳"),), before.seen)
    after = customers.file(supervisor, made.id)
    assert (after.customer.phone, [c.name for c in after.contacts]) == ("0571-88", ["王芳"])
    undoing.undo(supervisor, changed.entry_id)
    again = customers.file(supervisor, made.id)
    assert (again.customer.phone, again.contacts) == ("", before.contacts)


def test_nobody_writes_over_a_change_they_did_not_see(supervisor: Depot) -> None:
    row = a_customer(supervisor, "西溪医院")
    seen = customers.file(supervisor, row.id).seen
    first = customers.edit(supervisor, replace(row, phone="1"), (), seen)
    with pytest.raises(Refused, match=r"masterdata\.changed-meanwhile") as caught:
        customers.edit(as_person(supervisor, "supervisor"), replace(row, phone="2"), (), seen)
    assert caught.value.facts["by"] == "陈思远"
    customers.edit(supervisor, replace(row, phone="3"), (), customers.file(supervisor, row.id).seen)
    with pytest.raises(Refused, match=r"masterdata\.changed-meanwhile"):
        undoing.undo(supervisor, first.entry_id)


def test_merging_takes_units_and_cases_along_and_comes_apart_again(supervisor: Depot) -> None:
    twin, real = a_customer(supervisor, "中车株州所"), a_customer(supervisor, "中车株洲所")
    unit = a_received_unit(as_person(supervisor, "clerk"), customer_id=twin.id)
    merged = customers.merge(supervisor, twin.id, real.id)
    assert customers.file(supervisor, real.id).units == 1
    assert names(supervisor) == ["中车株洲所"]
    assert [hit.unit_id for hit in search.search(supervisor, "株洲所").hits] == [unit.unit_id]
    with pytest.raises(Refused, match=r"customer\.merge-merged"):
        customers.merge(supervisor, real.id, twin.id)
    undoing.undo(supervisor, merged.entry_id)
    assert (customers.file(supervisor, twin.id).units, customers.file(supervisor, real.id).units) == (1, 0)
    assert sorted(names(supervisor)) == ["中车株州所", "中车株洲所"]


def test_a_new_name_is_found_at_once(supervisor: Depot) -> None:
    row = a_customer(supervisor, "旧名称公司")
    unit = a_received_unit(as_person(supervisor, "clerk"), customer_id=row.id)
    changed = customers.edit(
        supervisor, replace(row, name="新名称公司"), (), customers.file(supervisor, row.id).seen)
    assert [hit.unit_id for hit in search.search(supervisor, "新名").hits] == [unit.unit_id]
    undoing.undo(supervisor, changed.entry_id)
    assert search.search(supervisor, "新名").hits == ()


def test_a_customer_with_units_is_not_undone(supervisor: Depot) -> None:
    added = customers.add(supervisor, Customer("", "", "西溪医院"))
    a_received_unit(as_person(supervisor, "clerk"), customer_id=added.customer.id)
    with pytest.raises(Refused, match=r"undo\.customer-used"):
        undoing.undo(supervisor, added.entry_id)
    switched = customers.switch(supervisor, added.customer.id, active=False)
    assert names(supervisor) == []
    assert names(supervisor, inactive_too=True) == ["西溪医院"]
    undoing.undo(supervisor, switched.entry_id)
    assert names(supervisor) == ["西溪医院"]


def test_an_unused_customer_is_undone(supervisor: Depot) -> None:
    added = customers.add(supervisor, Customer("", "", "西溪医院"))
    undoing.undo(supervisor, added.entry_id)
    assert names(supervisor, inactive_too=True) == []
    with pytest.raises(Refused, match=r"masterdata\.gone"):
        customers.file(supervisor, added.customer.id)
