"""The files of units and customers, and everything of a lot, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.depot import Depot
from app.domain.complaints import Told, Topic
from app.domain.files import LotRow, ProductFile, UnitPart, UnitState, wanted_lot
from app.domain.followups import Call, CallResult, Planned
from app.errors import Refused
from app.services import complaints, files, followups, search, slips, undoing
from tests.app.printing.reading_back import text_of
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import as_person

EMPTY = ProductFile(UnitState(), ())
FILE = ProductFile(
    UnitState("样机批", "软件 V2.3，双路电源", "V2.3", "备品价格按 2024 年协议"),
    (UnitPart("电源板", "PB-24", "PB-2401", "PB0117", "华源", imported=False), UnitPart("显示屏", lot="L-99")),
)


def refused(code: str, doing: Callable[[], object]) -> None:
    with pytest.raises(Refused) as caught:
        doing()
    assert caught.value.code == code


def two_of_a_lot(depot: Depot) -> tuple[str, str]:
    product, customer = a_product(depot), a_customer(depot, "甲厂")
    units = [
        a_received_unit(depot, f"H20481773{n}", product_id=product.id, customer_id=customer.id, lot=lot,
                        symptom=f"故障{n}", shipped_on=date(2026, 1, 5))
        for n, lot in enumerate(("2405-07", "2405-08"))
    ]
    return units[0].unit_id, units[1].unit_id


def test_the_product_file_is_kept_and_taken_back(depot: Depot) -> None:
    unit_id, _other = two_of_a_lot(depot)
    done = files.set_product_file(depot, unit_id, FILE, EMPTY)
    assert files.product_file(depot, unit_id) == FILE
    refused("files.changed-meanwhile", lambda: files.set_product_file(depot, unit_id, EMPTY, EMPTY))
    changed = ProductFile(UnitState(shipped="改"), FILE.parts[:1])
    again = files.set_product_file(depot, unit_id, changed, FILE)
    refused("files.changed", lambda: undoing.undo(depot, done.entry_id))
    undoing.undo(depot, again.entry_id)
    assert files.product_file(depot, unit_id) == FILE
    undoing.undo(depot, done.entry_id)
    assert files.product_file(depot, unit_id) == EMPTY


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (ProductFile(UnitState(original="长" * 4001), ()), "files.text-long"),
        (ProductFile(UnitState(), (UnitPart(" ", lot="X"),)), "files.part-name"),
        (ProductFile(UnitState(), (UnitPart("板", lot="9" * 201),)), "files.text-long"),
        (ProductFile(UnitState(), (UnitPart("板"),) * 201), "files.too-many"),
    ],
)
def test_what_makes_no_sense_writes_nothing(depot: Depot, file: ProductFile, code: str) -> None:
    unit_id, _other = two_of_a_lot(depot)
    refused(code, lambda: files.set_product_file(depot, unit_id, file, EMPTY))
    refused("files.unknown-unit", lambda: files.set_product_file(depot, "nobody", FILE, EMPTY))
    refused("people.not-allowed", lambda: files.set_product_file(as_person(depot, "planner"), unit_id, FILE, EMPTY))
    assert files.product_file(depot, unit_id) == EMPTY


@pytest.mark.parametrize(
    ("text", "lot"),
    [("lot:2405-07", "2405-07"), ("LOT： 2405-07 ", "2405-07"), ("批号:A1", "A1"), ("2405-07", ""), ("lot:", ""),
     ("slot:1", "")],
)
def test_a_lot_is_asked_for_by_its_prefix(text: str, lot: str) -> None:
    assert wanted_lot(text) == lot


def test_everything_of_a_lot_in_one_step(depot: Depot) -> None:
    one, other = two_of_a_lot(depot)
    files.set_product_file(
        depot, other, ProductFile(UnitState(), (UnitPart("电源板", lot="2405-07"),)), EMPTY)
    rows: tuple[LotRow, ...] = files.same_lot(depot, "lot:2405-07")
    assert [(row.unit_id, row.part, row.visits, row.symptom) for row in rows] == [
        (one, "", 1, "故障0"), (other, "电源板", 1, "故障1")]
    assert [hit.unit_id for hit in search.search(depot, "lot:2405-07").hits] == [one, other]
    assert files.same_lot(depot, "nothing") == ()
    assert search.search(depot, "lot:nothing").hits == ()
    refused("files.lot-missing", lambda: files.same_lot(depot, " "))


def test_the_files_hold_everything_and_print(depot: Depot) -> None:
    unit_id, _other = two_of_a_lot(depot)
    files.set_product_file(depot, unit_id, FILE, EMPTY)
    customer_id = files.unit_file(depot, unit_id).unit.customer_id or ""
    taken = complaints.take(depot, Told(customer_id, Topic.QUALITY, "又坏了", contact="周工", serial="H204817730"))
    planned = followups.plan(depot, Planned(customer_id, date(2026, 11, 3), "问候", unit_id))
    followups.record(depot, Call(planned.follow_up_id, called="周工", result=CallResult.FINE, said="运行正常"))
    unit, customer = files.unit_file(depot, unit_id), files.customer_file(depot, customer_id)
    assert (len(unit.cases), len(unit.complaints), len(unit.follow_ups), unit.file) == (1, 1, 1, FILE)
    assert (len(customer.cases), len(customer.complaints), len(customer.follow_ups)) == (2, 1, 1)
    assert {paper.form for paper in unit.papers} >= {"F1"}
    for language, words in (("zh_CN", ("产品档案", "关键件")), ("en", ("Unit file", "Key parts as shipped"))):
        said = text_of(slips.unit_file(depot, unit_id, language=language).pdf)
        for word in (*words, "PB-2401", taken.number, "运行正常", "2405-07"):
            assert word in said, word
    said = text_of(slips.customer_file(depot, customer_id).pdf)
    for word in ("用户档案", "甲厂", "H204817731", taken.number):
        assert word in said, word
    refused("files.unknown-unit", lambda: slips.unit_file(depot, "nobody"))
    refused("files.unknown-customer", lambda: slips.customer_file(depot, "nobody"))
