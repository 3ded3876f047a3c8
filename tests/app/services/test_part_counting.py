"""Stock-take of parts: counted by place, compared, differences booked with reason and the supervisor's name."""

from __future__ import annotations

from typing import Any

import pytest

from app.depot import Depot
from app.domain.masterdata import Part
from app.domain.stock import MAIN_STORE, PartGrade, PlaceKind, StockPlace
from app.domain.stocktaking import StocktakeState
from app.errors import Refused
from app.messages import sentence
from app.persistence import stock as stock_rows
from app.services import part_counting, parts, slips, stock, stock_places, undoing
from app.services.stock import Transfer
from tests.app.printing.reading_back import text_of
from tests.builders import own
from tests.conftest import FakeClock, as_person


def refused(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    assert sentence(refusal.value)
    return refusal.value.code


def a_part(depot: Depot, number: str, pieces: int) -> Part:
    return parts.add(as_person(depot, "supervisor"), Part("", number, "熔断器", "fuse", "只", 320), pieces).part


def there(depot: Depot, part: Part, place: str = MAIN_STORE, grade: PartGrade = PartGrade.NEW) -> int:
    with depot.read() as tx:
        return stock_rows.there(tx, part.id, place, grade)


def test_differences_are_booked_with_their_reasons_and_the_supervisors_name(depot: Depot, clock: FakeClock) -> None:
    fuse, board, cable = a_part(depot, "FUSE-10", 20), a_part(depot, "PCB-7", 3), a_part(depot, "CAB-1", 0)
    begun = part_counting.start(depot, MAIN_STORE).stocktake
    assert begun.number == "SH1-N2611-00001"
    assert refused(part_counting.start, depot, MAIN_STORE) == "part_counting.already-open"
    part_counting.count(depot, begun.id, "fuse-10", 25)
    clock.advance(minutes=1)
    part_counting.count(depot, begun.id, "FUSE-10", 18, reason="发料漏记")       # counted again: this holds
    parts.receive(depot, fuse.id, 5)                                            # comes in after it was counted
    assert refused(part_counting.finish, depot, begun.id, own("supervisor")) == "part_counting.uncounted"
    part_counting.count(depot, begun.id, "PCB-7", 3)
    part_counting.count(depot, begun.id, "CAB-1", 2)                             # nobody had it on the books
    assert refused(part_counting.finish, depot, begun.id, own("supervisor")) == "part_counting.unexplained"
    assert refused(part_counting.finish, depot, begun.id, own("clerk"), "盘盈") == "people.not-allowed"
    assert (there(depot, fuse), there(depot, cable)) == (25, 0)
    done = part_counting.finish(depot, begun.id, own("supervisor"), "季度盘点")
    assert (done.booked, done.stocktake.state, done.stocktake.supervisor) == (2, StocktakeState.FINISHED, "陈思远")
    assert (there(depot, fuse), there(depot, board), there(depot, cable)) == (23, 3, 2)
    (line, *_older) = parts.file(depot, fuse.id).ledger
    assert (line.quantity, line.reason, line.document_number) == (-2, "发料漏记 / 陈思远", begun.number)
    paper = text_of(slips.paper(depot, None, begun.number).pdf)
    assert all(word in paper for word in ("FUSE-10", "-2", "+2", "发料漏记", "陈思远"))
    assert refused(part_counting.count, depot, begun.id, "PCB-7", 1) == "part_counting.ended"
    assert refused(undoing.undo, depot, done.entry_id) == "undo.not-possible"


def test_another_place_and_pieces_that_wait_for_re_inspection(depot: Depot) -> None:
    fuse = a_part(depot, "FUSE-10", 20)
    van = stock_places.add_place(as_person(depot, "supervisor"), StockPlace("", "抢修车", PlaceKind.VAN)).place
    stock.transfer(depot, Transfer(fuse.id, 5, "", van.id))
    begun = part_counting.start(depot, van.id).stocktake
    (line,) = part_counting.sheet(depot, begun.id).lines
    assert (line.part.part_no, line.booked, line.counted) == ("FUSE-10", 5, None)
    part_counting.count(depot, begun.id, "FUSE-10", 0, reason="车上遗失")
    part_counting.count(depot, begun.id, "FUSE-10", 1, PartGrade.UNCHECKED, "现场拆下")
    part_counting.finish(depot, begun.id, own("supervisor"))
    assert (there(depot, fuse, van.id), there(depot, fuse, van.id, PartGrade.UNCHECKED)) == (0, 1)
    assert there(depot, fuse) == 15


def test_what_makes_no_sense_and_the_ways_back(sqlite_depot: Depot) -> None:
    depot = sqlite_depot
    a_part(depot, "FUSE-10", 20)
    assert refused(part_counting.start, depot, "nowhere") == "stock.place-unknown"
    assert refused(part_counting.start, as_person(depot, "technician"), MAIN_STORE) == "people.not-allowed"
    begun = part_counting.start(depot, MAIN_STORE)
    for pieces in (-1, 10**7):
        assert refused(part_counting.count, depot, begun.stocktake.id, "FUSE-10", pieces) == "part_counting.pieces"
    assert refused(part_counting.count, depot, begun.stocktake.id, "NOBODY", 1) == "part.unknown"
    assert refused(part_counting.sheet, depot, "gone") == "part_counting.unknown"
    undoing.undo(depot, begun.entry_id)
    again = part_counting.start(depot, MAIN_STORE)
    part_counting.count(depot, again.stocktake.id, "FUSE-10", 20)
    assert refused(undoing.undo, depot, again.entry_id) == "undo.changed-since"
    assert refused(part_counting.abandon, depot, again.stocktake.id, " ") == "part_counting.reason"
    part_counting.abandon(depot, again.stocktake.id, "停电")
    assert [take.state for take in part_counting.listed(depot)] == [StocktakeState.ABANDONED] * 2
