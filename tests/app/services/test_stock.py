"""Stock by place and grade: moves have two halves, nothing goes below nothing, used pieces wait for a certificate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.depot import Depot
from app.domain.masterdata import Part
from app.domain.repair import OldPart, PartEntry, PartUse
from app.domain.stock import MAIN_STORE, CheckResult, PartGrade, PlaceKind, StockPlace
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.errors import Refused
from app.messages import sentence
from app.persistence import repair as repair_rows
from app.persistence import stock as rows
from app.persistence import tariffs
from app.services import counts, parts, repair, stock, stock_places, undoing
from app.services.stock import Rechecking, Transfer
from tests.builders import a_unit_at_repair
from tests.conftest import as_person

FAN = Part("", "FAN-60", "风扇", "fan", "pcs", 1250, reorder_level=5)


@pytest.fixture
def supervisor(depot: Depot) -> Depot:
    return as_person(depot, "supervisor")


@pytest.fixture
def fan(supervisor: Depot) -> Part:
    return parts.add(supervisor, FAN, stock=10).part


@pytest.fixture
def van(supervisor: Depot) -> StockPlace:
    holder = as_person(supervisor, "technician").operator.id
    return stock_places.add_place(supervisor, StockPlace("", " 李敏的车 ", PlaceKind.VAN, holder)).place


def lots(depot: Depot, part: Part) -> dict[tuple[str, PartGrade], int]:
    with depot.read() as tx:
        return dict(rows.lots(tx, part.id))


def refused(call: Any, *args: Any, **kwargs: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return refusal.value


def test_a_place_is_renamed_and_cannot_take_anothers_name(supervisor: Depot, van: StockPlace) -> None:
    other = stock_places.add_place(supervisor, StockPlace("", "抢修车", PlaceKind.VAN)).place
    renamed = stock_places.edit_place(supervisor, replace(other, name="抢修二车"))
    assert renamed.place.name == "抢修二车"
    assert refused(stock_places.edit_place, supervisor, replace(other, name=van.name)).field == "name"
    undoing.undo(supervisor, renamed.entry_id)
    assert "抢修车" in [row.name for row in stock.places(supervisor)]


def test_a_move_has_both_halves_and_is_taken_back(supervisor: Depot, fan: Part, van: StockPlace) -> None:
    assert (van.name, van.holder_name) == ("李敏的车", "李敏")
    moved = stock.transfer(supervisor, Transfer(fan.id, 4, MAIN_STORE, van.id, document_number=" T-9 "))
    assert lots(supervisor, fan) == {(MAIN_STORE, PartGrade.NEW): 6, (van.id, PartGrade.NEW): 4}
    assert [(line.quantity, line.document_number) for line in parts.file(supervisor, fan.id).ledger[:2]] in (
        [(4, "T-9"), (-4, "T-9")], [(-4, "T-9"), (4, "T-9")])
    undoing.undo(supervisor, moved.entry_id)
    assert lots(supervisor, fan) == {(MAIN_STORE, PartGrade.NEW): 10}


@pytest.mark.parametrize(
    ("quantity", "source", "target", "code"),
    [
        (0, "main", "van", "stock.quantity"), (-3, "main", "van", "stock.quantity"),
        (11, "main", "van", "part.stock-short"), (1, "van", "main", "part.stock-short"),
        (1, "main", "main", "stock.same-place"), (1, "main", "nowhere", "stock.place-unknown"),
    ],
)
def test_a_bad_move_is_refused_and_writes_nothing(
    supervisor: Depot, fan: Part, van: StockPlace, quantity: int, source: str, target: str, code: str
) -> None:
    ids = {"main": MAIN_STORE, "van": van.id, "nowhere": "nowhere"}
    refusal = refused(stock.transfer, supervisor, Transfer(fan.id, quantity, ids[source], ids[target]))
    assert refusal.code == code
    assert sentence(refusal)
    assert lots(supervisor, fan) == {(MAIN_STORE, PartGrade.NEW): 10}


def test_a_refusal_names_part_asked_and_there(supervisor: Depot, fan: Part) -> None:
    refusal = refused(stock.scrap, supervisor, fan.id, 11, "受潮")
    assert (refusal.facts["name"], refusal.facts["value"], refusal.facts["stock"]) == ("FAN-60", 11, 10)
    assert refused(stock.scrap, supervisor, fan.id, 1, " ").code == "stock.reason-missing"
    assert refused(stock.scrap, supervisor, "nobody", 1, "受潮").code == "part.unknown"
    assert refused(parts.receive, supervisor, fan.id, -1).code == "stock.quantity"
    assert lots(supervisor, fan) == {(MAIN_STORE, PartGrade.NEW): 10}


def test_the_database_itself_lets_nothing_fall_below_nothing(supervisor: Depot, fan: Part) -> None:
    with pytest.raises(Refused, match=r"law\.stock-short"), supervisor.write() as tx:
        rows.book(tx, rows.Booking(fan.id, -11, rows.PartMove.SCRAP))
    assert lots(supervisor, fan) == {(MAIN_STORE, PartGrade.NEW): 10}


def test_a_part_fitted_comes_from_the_technicians_own_place_first(
    depot: Depot, supervisor: Depot, fan: Part, van: StockPlace
) -> None:
    got, bench = a_unit_at_repair(depot), as_person(depot, "technician")
    repair.take(bench, got.case_id)
    stock.transfer(supervisor, Transfer(fan.id, 2, MAIN_STORE, van.id))
    repair.use_part(bench, PartEntry(got.case_id, PartUse.ADD, 2, fan.id))
    assert lots(depot, fan) == {(MAIN_STORE, PartGrade.NEW): 8}
    fitted = repair.use_part(bench, PartEntry(got.case_id, PartUse.ADD, 3, fan.id))
    assert lots(depot, fan) == {(MAIN_STORE, PartGrade.NEW): 5}
    assert refused(repair.use_part, bench, PartEntry(got.case_id, PartUse.ADD, 6, fan.id)).code == "part.stock-short"
    undoing.undo(bench, fitted.entry_id)
    assert lots(depot, fan) == {(MAIN_STORE, PartGrade.NEW): 8}


def test_a_harvested_part_waits_for_its_certificate(depot: Depot, fan: Part) -> None:
    got, bench, qa = a_unit_at_repair(depot), as_person(depot, "technician"), as_person(depot, "inspector")
    repair.take(bench, got.case_id)
    repair.use_part(bench, PartEntry(got.case_id, PartUse.RECYCLE, 2, fan.id))
    assert lots(depot, fan)[MAIN_STORE, PartGrade.UNCHECKED] == 2
    used = PartEntry(got.case_id, PartUse.ADD, 1, fan.id, used=True)
    assert refused(repair.use_part, bench, used).code == "part.stock-short"
    good = Rechecking(fan.id, 2, CheckResult.USABLE, "QC-118")
    assert refused(stock.recheck, bench, good).code == "people.not-allowed"
    assert refused(stock.recheck, qa, Rechecking(fan.id, 2, CheckResult.USABLE, " ")).code == (
        "stock.certificate-missing")
    assert refused(stock.recheck, qa, Rechecking(fan.id, 3, CheckResult.USABLE, "QC-1")).code == "part.stock-short"
    checked = stock.recheck(qa, good)
    assert refused(stock.recheck, qa, Rechecking(fan.id, 1, CheckResult.SCRAP, "qc-118")).code == (
        "stock.certificate-taken")
    repair.use_part(bench, used)
    assert lots(depot, fan) == {(MAIN_STORE, PartGrade.NEW): 10, (MAIN_STORE, PartGrade.USED): 1}
    (check,) = parts.file(depot, fan.id).rechecks
    assert (check.tested_by_name, check.result, check.certificate) == ("王建国", CheckResult.USABLE, "QC-118")
    assert refused(undoing.undo, qa, checked.entry_id).code == "undo.stock-short"


def test_what_the_parts_of_a_repair_cost(depot: Depot, supervisor: Depot, fan: Part) -> None:
    got, bench = a_unit_at_repair(depot), as_person(depot, "technician")
    repair.take(bench, got.case_id)
    with supervisor.write() as tx:
        today = supervisor.local_day(tx.at)
        tariffs.add(tx, TariffEntry(tx.new_id(), TariffKind.OLD_FOR_NEW, RateClass.GENERAL, 0, 10, today), "")
    assert refused(repair.use_part, bench, PartEntry(
        got.case_id, PartUse.ADD, 1, fan.id, old_part=OldPart.NO)).code == "repair.old-part-reason"
    repair.use_part(bench, PartEntry(got.case_id, PartUse.ADD, 2, fan.id, old_part=OldPart.YES))
    repair.use_part(bench, PartEntry(got.case_id, PartUse.ADD, 1, fan.id, old_part=OldPart.NO, old_reason="用户自留"))
    repair.use_part(bench, PartEntry(got.case_id, PartUse.REMOVE, 2, fan.id))
    with depot.read() as tx:
        order = repair_rows.order_of_case(tx, got.case_id)
        assert order is not None
        cost = parts.parts_cost(tx, order)
    assert [(c.name_en, c.quantity, c.price_fen, c.old_part, c.credit_fen, c.amount_fen) for c in cost] == [
        ("fan", 2, 1250, True, 125, 2250), ("fan", 1, 1250, False, 0, 1250)]


def test_a_key_part_taken_out_names_its_serial(depot: Depot, fan: Part) -> None:
    got, bench = a_unit_at_repair(depot), as_person(depot, "technician")
    repair.take(bench, got.case_id)
    out = PartEntry(got.case_id, PartUse.REMOVE, 1, fan.id, key_part=True)
    assert refused(repair.use_part, bench, out).code == "repair.part-no-old-serial"


def test_what_is_to_be_ordered_where(supervisor: Depot, fan: Part, van: StockPlace) -> None:
    assert stock.to_order(supervisor) == ()
    assert "parts" not in counts.live(supervisor)
    stock_places.set_level(supervisor, fan.id, van.id, 1)
    assert refused(stock_places.set_level, supervisor, fan.id, van.id, -1).code == "stock.level"
    stock.transfer(supervisor, Transfer(fan.id, 5, MAIN_STORE, van.id))
    (line,) = stock.to_order(supervisor)
    assert (line.part.part_no, line.place.id, line.stock, line.level, line.short) == ("FAN-60", MAIN_STORE, 5, 5, 1)
    assert counts.live(supervisor)["parts"].number == 1
    stock.transfer(supervisor, Transfer(fan.id, 4, van.id, MAIN_STORE))
    (line,) = stock.to_order(supervisor)
    assert (line.place.name, line.stock) == ("李敏的车", 1)
    stock.transfer(supervisor, Transfer(fan.id, 4, MAIN_STORE, van.id))
    stock.transfer(supervisor, Transfer(fan.id, 5, van.id, MAIN_STORE))
    assert counts.live(supervisor)["parts"].number == len(stock.to_order(supervisor)) == 1


def test_places_are_kept_with_their_names(supervisor: Depot, fan: Part, van: StockPlace) -> None:
    assert refused(stock_places.add_place, supervisor, StockPlace("", "", PlaceKind.BENCH)).code == (
        "stock.place-name-missing")
    assert refused(stock_places.add_place, supervisor, StockPlace("", "李敏的车", PlaceKind.BENCH)).code == (
        "stock.place-name-taken")
    assert refused(stock_places.add_place, supervisor, StockPlace("", "车", PlaceKind.VAN, "nobody")).code == (
        "stock.place-holder")
    assert refused(stock_places.add_place, as_person(supervisor, "technician"), StockPlace("", "x", PlaceKind.VAN)
                   ).code == "people.not-allowed"
    stock.transfer(supervisor, Transfer(fan.id, 1, MAIN_STORE, van.id))
    assert refused(stock_places.switch_place, supervisor, van.id, active=False).code == "stock.place-not-empty"
    stock.transfer(supervisor, Transfer(fan.id, 1, van.id, MAIN_STORE))
    off = stock_places.switch_place(supervisor, van.id, active=False)
    assert refused(stock.transfer, supervisor, Transfer(fan.id, 1, MAIN_STORE, van.id)).code == "stock.place-off"
    undoing.undo(supervisor, off.entry_id)
    assert [place.kind for place in stock.places(supervisor)] == [PlaceKind.MAIN, PlaceKind.VAN]
