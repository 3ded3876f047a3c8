"""Parts and their stock: a ledger whose sum is the stock, corrected with reasons, undone by counter-entries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.depot import Depot
from app.domain.masterdata import Part
from app.errors import Refused
from app.services import parts, undoing
from app.services.parts import PartFilter
from tests.conftest import as_person

FAN = Part("", " FAN-60 ", "风扇", "fan", "pcs", 1250, reorder_level=5)


@pytest.fixture
def supervisor(depot: Depot) -> Depot:
    return as_person(depot, "supervisor")


def test_stock_is_the_sum_of_its_ledger(supervisor: Depot) -> None:
    fan = parts.add(supervisor, FAN, stock=4).part
    parts.receive(supervisor, fan.id, 10, "DN-77")
    booked = parts.correct(supervisor, fan.id, -3, "11 月盘点")
    assert booked.stock == 11
    file = parts.file(supervisor, fan.id)
    assert [(line.quantity, line.balance, line.document_number) for line in file.ledger] == [
        (-3, 11, ""), (10, 14, "DN-77"), (4, 4, "")]
    undoing.undo(supervisor, booked.entry_id)
    assert parts.file(supervisor, fan.id).stock == 14


def test_a_part_is_switched_off_and_on_again(supervisor: Depot) -> None:
    fan = parts.add(supervisor, FAN, stock=4).part
    off = parts.switch(supervisor, fan.id, active=False)
    assert not parts.file(supervisor, fan.id).part.active
    undoing.undo(supervisor, off.entry_id)
    assert parts.file(supervisor, fan.id).part.active


def test_a_correction_needs_a_reason_and_enough_pieces(supervisor: Depot) -> None:
    fan = parts.add(supervisor, FAN).part
    for quantity, reason, code in ((0, "x", "quantity-missing"), (1, " ", "reason-missing"), (-1, "x", "stock-short")):
        with pytest.raises(Refused, match=f"part\\.{code}"):
            parts.correct(supervisor, fan.id, quantity, reason)
    received = parts.receive(supervisor, fan.id, 2)
    parts.correct(supervisor, fan.id, -1, "缺 1")
    with pytest.raises(Refused, match=r"undo\.stock-short"):
        undoing.undo(supervisor, received.entry_id)


def test_what_runs_low_is_listed(supervisor: Depot) -> None:
    fan = parts.add(supervisor, FAN, stock=6).part
    parts.add(supervisor, Part("", "CAP-1", "电容", "capacitor"))
    assert parts.parts(supervisor, PartFilter(low_only=True)) == ()
    parts.correct(supervisor, fan.id, -1, "坏")
    (line,) = parts.parts(supervisor, PartFilter(low_only=True))
    assert (line.part.part_no, line.stock, line.low) == ("FAN-60", 5, True)
    assert [found.part.part_no for found in parts.find(supervisor, "fs")] == ["FAN-60"]


def test_a_part_is_edited_and_put_back(supervisor: Depot) -> None:
    added = parts.add(supervisor, FAN, stock=2)
    with pytest.raises(Refused, match=r"part\.number-taken"):
        parts.add(supervisor, replace(FAN, part_no="fan-60"))
    file = parts.file(supervisor, added.part.id)
    edited = parts.edit(supervisor, replace(file.part, price_fen=1300), file.seen)
    undoing.undo(supervisor, edited.entry_id)
    assert parts.file(supervisor, added.part.id).part.price_fen == 1250
    undoing.undo(supervisor, added.entry_id)
    assert parts.parts(supervisor, PartFilter(inactive_too=True)) == ()


def test_a_part_in_use_is_not_undone(supervisor: Depot) -> None:
    added = parts.add(supervisor, FAN)
    parts.receive(supervisor, added.part.id, 1)
    with pytest.raises(Refused, match=r"undo\.part-used"):
        undoing.undo(supervisor, added.entry_id)


def test_the_inspector_books_no_parts(depot: Depot, supervisor: Depot) -> None:
    fan = parts.add(supervisor, FAN).part
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        parts.receive(as_person(depot, "inspector"), fan.id, 1)
    assert parts.receive(as_person(depot, "technician"), fan.id, 1).stock == 1
