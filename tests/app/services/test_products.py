"""Products and their test sheets: proposals, serial rules tried on the record, conditions, merges, versions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.depot import Depot
from app.domain.inspection import ItemKind, TestItem
from app.domain.masterdata import KeyPart, Product, Shelf
from app.domain.places import Place
from app.domain.serials import SerialRule
from app.errors import Refused
from app.persistence import masterdata
from app.persistence import products as rows
from app.services import products, search, templates, undoing
from app.services.products import ProductFilter
from tests.builders import a_product, a_received_unit
from tests.conftest import as_person

VOLTAGE = TestItem("V1", "输出电压", "Output voltage", ItemKind.NUMERIC, "V", "53.5", "54.5")
NOISE = TestItem("N1", "异响", "Noise", ItemKind.CHOICE, choices=("无", "有"), good=("无",))


@pytest.fixture
def supervisor(depot: Depot) -> Depot:
    return as_person(depot, "supervisor")


@pytest.fixture
def inspector(depot: Depot) -> Depot:
    return as_person(depot, "inspector")


def models(depot: Depot, text: str = "", **values: object) -> list[str]:
    return [line.product.model for line in products.products(depot, ProductFilter(text=text, **values))]


def test_a_clerk_proposes_and_a_supervisor_adopts(depot: Depot, supervisor: Depot) -> None:
    proposed = products.add(depot, Product("", " PSU-9 ", "电源模块", "")).product
    assert (proposed.model, proposed.proposed) == ("PSU-9", True)
    products.adopt(supervisor, proposed.id)
    assert models(depot, proposed_only=True) == []
    with pytest.raises(Refused, match=r"product\.model-taken"):
        products.add(depot, Product("", "psu-9", "电源", ""))


def test_model_name_and_initials_find_a_product(depot: Depot) -> None:
    a_product(depot, "PSU-4800W")
    a_product(depot, "RTU-20", name_zh="远动终端", line="电网")
    assert models(depot, "4800") == ["PSU-4800W"]
    assert models(depot, "ydzd") == ["RTU-20"]
    assert models(depot, line="电网") == ["RTU-20"]
    assert products.lines(depot) == ("电网",)


def test_an_edit_with_key_parts_is_put_back(supervisor: Depot) -> None:
    row = a_product(supervisor)
    before = products.file(supervisor, row.id)
    changed = products.edit(
        supervisor, replace(row, soak_minutes=1440, warranty={"months": 24}),
        (KeyPart("", "", "风扇", "fan", "FAN-1", 12),), before.seen)
    after = products.file(supervisor, row.id)
    assert (after.product.soak_minutes, [p.name_zh for p in after.key_parts]) == (1440, ["风扇"])
    undoing.undo(supervisor, changed.entry_id)
    assert products.file(supervisor, row.id).product == row
    assert products.file(supervisor, row.id).key_parts == ()


def test_a_rule_that_is_no_pattern_is_refused(supervisor: Depot) -> None:
    row = a_product(supervisor)
    seen = products.file(supervisor, row.id).seen
    with pytest.raises(Refused, match=r"serial\.rule-pattern"):
        products.edit(supervisor, replace(row, serial_rule=SerialRule(pattern="[").as_dict()), (), seen)


def test_a_rule_is_tried_on_the_serials_on_record(supervisor: Depot) -> None:
    row = a_product(supervisor)
    clerk = as_person(supervisor, "clerk")
    for serial in ("H204817736", "H204817737", "X1"):
        a_received_unit(clerk, serial, product_id=row.id)
    trial = products.try_rule(supervisor, row.id, SerialRule(pattern="H[0-9]{9}", hint="H204817736"))
    assert trial.tried == 3
    assert [(serial, problem.code) for serial, problem in trial.refused] == [("X1", "serial.pattern")]


def test_a_new_condition_holds_for_the_units_here(supervisor: Depot) -> None:
    row = a_product(supervisor)
    unit = a_received_unit(as_person(supervisor, "clerk"), product_id=row.id)
    with supervisor.write() as tx:
        shelf = Shelf(tx.new_id(), Place.ZONE_PENDING, "A-01", provides="防静电,阴凉")
        masterdata.add(tx, shelf)
    changed = products.edit(
        supervisor, replace(row, storage_condition="阴凉"), (), products.file(supervisor, row.id).seen)
    with supervisor.read() as tx:
        assert rows.misplaced_under(tx, row.id, "阴凉") == []
    undoing.undo(supervisor, changed.entry_id)
    assert products.file(supervisor, row.id).product.storage_condition == ""
    assert unit.serial == "H204817736"


def test_merging_takes_units_along_unless_serials_meet(supervisor: Depot) -> None:
    twin, real = a_product(supervisor, "PSU4800"), a_product(supervisor, "PSU-4800W")
    clerk = as_person(supervisor, "clerk")
    unit = a_received_unit(clerk, "A1", product_id=twin.id)
    merged = products.merge(supervisor, twin.id, real.id)
    assert models(supervisor) == ["PSU-4800W"]
    assert products.file(supervisor, real.id).units == 1
    assert [hit.unit_id for hit in search.search(supervisor, "4800W").hits] == [unit.unit_id]
    undoing.undo(supervisor, merged.entry_id)
    assert products.file(supervisor, twin.id).units == 1
    a_received_unit(clerk, "A1", product_id=real.id)
    with pytest.raises(Refused, match=r"product\.merge-serials"):
        products.merge(supervisor, twin.id, real.id)


def test_a_product_with_units_is_not_undone(supervisor: Depot) -> None:
    added = products.add(supervisor, Product("", "PSU-9", "电源模块", ""))
    a_received_unit(as_person(supervisor, "clerk"), product_id=added.product.id)
    with pytest.raises(Refused, match=r"undo\.product-used"):
        undoing.undo(supervisor, added.entry_id)


def test_each_change_of_a_test_sheet_is_a_version(inspector: Depot) -> None:
    row = a_product(inspector)
    first = templates.save(inspector, row.id, (VOLTAGE,), "", 0)
    second = templates.save(inspector, row.id, (VOLTAGE, NOISE), "加异响项", 1)
    in_force = templates.active(inspector, row.id)
    assert in_force is not None
    assert (in_force.version, in_force.items) == (2, (VOLTAGE, NOISE))
    assert [(t.version, t.active, len(t.items)) for t in templates.versions(inspector, row.id)] == [
        (2, True, 2), (1, False, 1)]
    assert products.products(inspector, ProductFilter())[0].template_version == 2
    with pytest.raises(Refused, match=r"template\.changed-meanwhile"):
        templates.save(inspector, row.id, (NOISE,), "", 1)
    with pytest.raises(Refused, match=r"template\.unchanged"):
        templates.save(inspector, row.id, (VOLTAGE, NOISE), "", 2)
    undoing.undo(inspector, second.entry_id)
    again = templates.active(inspector, row.id)
    assert again is not None
    assert (again.id, again.version) == (first.template.id, 1)
    assert templates.save(inspector, row.id, (NOISE,), "", 1).template.version == 3


def test_a_test_sheet_is_checked_and_guarded(depot: Depot, inspector: Depot) -> None:
    row = a_product(depot)
    with pytest.raises(Refused, match=r"inspection\.limits-crossed"):
        templates.save(inspector, row.id, (replace(VOLTAGE, lower="60"),), "", 0)
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        templates.save(depot, row.id, (VOLTAGE,), "", 0)
