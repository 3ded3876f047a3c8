"""Loans of parts to staff: two signatures or one's own below the limit, every piece accounted for, then cleared."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.depot import Depot
from app.domain.loans import Accounted, Lending, LoanFate, LoanItem
from app.domain.masterdata import Part
from app.domain.signing import OwnSignature
from app.domain.stock import MAIN_STORE, CheckResult, PartGrade, PlaceKind, StockPlace, balances
from app.errors import Refused
from app.messages import sentence
from app.persistence import stock as stock_rows
from app.services import counts, loans, parts, stock, stock_places, today, undoing
from app.services.stock import Rechecking, Transfer
from tests.builders import a_received_unit, own
from tests.conftest import FakeClock, as_person

TODAY = date(2026, 11, 3)
TRIP = date(2026, 11, 6)


@pytest.fixture
def board(depot: Depot) -> Part:
    return parts.add(as_person(depot, "supervisor"), Part("", "PCB-7", "主板", "main board", "块", 86_000), 5).part


@pytest.fixture
def fuse(depot: Depot) -> Part:
    return parts.add(as_person(depot, "supervisor"), Part("", "FUSE-10", "熔断器", "fuse", "只", 320), 50).part


def asked(*items: LoanItem, **values: Any) -> Lending:
    return Lending(**{"items": items, "purpose": "郑州现场维修", "trip_ends_on": TRIP, **values})


def there(depot: Depot, part: Part, grade: PartGrade = PartGrade.NEW) -> int:
    with depot.read() as tx:
        return stock_rows.there(tx, part.id, MAIN_STORE, grade)


def refused(call: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    assert sentence(refusal.value)
    return refusal.value.code


def test_parts_are_lent_accounted_for_and_cleared(depot: Depot, board: Part, clock: FakeClock) -> None:
    case = a_received_unit(depot)
    lent = loans.lend(depot, asked(LoanItem(board.id, 4)), own("technician"), own("supervisor"))
    assert (lent.loan.number[:6], lent.loan.due_on, lent.loan.value_fen) == ("SH1-L2", date(2026, 11, 9), 344_000)
    assert (lent.loan.borrower_name, lent.loan.approver_name, there(depot, board)) == ("李敏", "陈思远", 1)
    (line,) = loans.file(depot, lent.loan.id).lines
    some = loans.give_back(depot, lent.loan.id, [
        Accounted(line.id, LoanFate.UNUSED, 1), Accounted(line.id, LoanFate.CONSUMED, 1, case.case_number)])
    assert (some.out, some.loan.cleared_at) == (2, None)
    clock.advance(days=7)
    assert loans.overdue(depot) == 1
    assert today.today(depot).late_loans == 1
    assert today.today(as_person(depot, "inspector")).late_loans == 0
    assert counts.live(depot)["parts"].overdue == 1
    rest = loans.give_back(depot, lent.loan.id, [
        Accounted(line.id, LoanFate.DEFECTIVE, 1, reason="上电冒烟"),
        Accounted(line.id, LoanFate.LOST, 1, reason="遗失")])
    file = loans.file(depot, lent.loan.number)
    assert (rest.out, file.loan.cleared_at is not None, file.outstanding) == (0, True, {line.id: 0})
    assert (loans.overdue(depot), loans.loans(depot)) == (0, ())
    assert there(depot, board, PartGrade.UNCHECKED) == 2
    assert refused(loans.give_back, depot, lent.loan.id, [Accounted(line.id, LoanFate.LOST, 1, reason="x")]) == (
        "loan.cleared")
    stock.recheck(as_person(depot, "inspector"), Rechecking(board.id, 1, CheckResult.AS_NEW, "QC-1"))
    assert there(depot, board) == 2


def test_below_the_limit_ones_own_signature_is_enough(depot: Depot, board: Part, fuse: Part) -> None:
    assert not loans.needs_supervisor(depot, asked(LoanItem(fuse.id, 10)))
    assert loans.lend(depot, asked(LoanItem(fuse.id, 10)), own("technician")).loan.approver_id is None
    assert loans.needs_supervisor(depot, asked(LoanItem(fuse.id, 16)))
    assert refused(loans.lend, depot, asked(LoanItem(fuse.id, 16)), own("technician")) == "loan.approval-missing"
    free = parts.add(as_person(depot, "supervisor"), Part("", "X-1", "垫片", ""), 3).part
    assert loans.needs_supervisor(depot, asked(LoanItem(free.id, 1)))
    assert there(depot, fuse) == 40


def test_nobody_signs_as_borrower_and_as_supervisor(depot: Depot, board: Part) -> None:
    wanted = asked(LoanItem(board.id, 1))
    assert refused(loans.lend, depot, wanted, own("supervisor"), own("supervisor")) == "loan.self-approval"
    assert refused(loans.lend, depot, wanted, own("supervisor"), own("technician")) == "people.not-allowed"
    assert refused(loans.lend, depot, wanted, OwnSignature("technician", "9999"), own("supervisor")) == (
        "people.wrong-secret")
    assert (there(depot, board), loans.loans(depot)) == (5, ())


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"items": ()}, "loan.nothing"), ({"purpose": " "}, "loan.purpose-missing"),
        ({"trip_ends_on": None}, "loan.trip-missing"), ({"trip_ends_on": TODAY - timedelta(1)}, "loan.trip-past"),
        ({"trip_ends_on": TODAY + timedelta(400)}, "loan.trip-far"), ({"case_number": "SH1-R2611-09999"},
                                                                      "loan.case-unknown"),
        ({"quantity": 0}, "loan.quantity"), ({"quantity": -2}, "loan.quantity"), ({"quantity": 6}, "part.stock-short"),
        ({"part": "nobody"}, "part.unknown"), ({"grade": PartGrade.UNCHECKED}, "loan.unchecked"),
        ({"twice": True}, "loan.twice"),
    ],
)
def test_a_bad_loan_is_refused_and_writes_nothing(
    depot: Depot, board: Part, wanted: dict[str, Any], code: str
) -> None:
    wanted = dict(wanted)  # the same one is given to both engines
    item = LoanItem(wanted.pop("part", board.id), wanted.pop("quantity", 1), grade=wanted.pop("grade", PartGrade.NEW))
    items = (item, item) if wanted.pop("twice", False) else (item,)
    lending = asked(**{"items": items, **wanted})
    assert refused(loans.lend, depot, lending, own("technician"), own("supervisor")) == code
    assert (there(depot, board), loans.loans(depot)) == (5, ())


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ((LoanFate.UNUSED, 0), "loan.quantity"), ((LoanFate.UNUSED, -1), "loan.quantity"),
        ((LoanFate.UNUSED, 3), "loan.more-than-out"), ((LoanFate.CONSUMED, 1), "loan.case-missing"),
        ((LoanFate.CONSUMED, 1, "R-7"), "loan.case-unknown"), ((LoanFate.LOST, 1), "loan.reason-missing"),
        ((LoanFate.DEFECTIVE, 1, "", " "), "loan.reason-missing"),
    ],
)
def test_a_bad_account_is_refused_and_writes_nothing(
    depot: Depot, board: Part, said: tuple[Any, ...], code: str
) -> None:
    lent = loans.lend(depot, asked(LoanItem(board.id, 2)), own("technician"), own("supervisor"))
    (line,) = loans.file(depot, lent.loan.id).lines
    assert refused(loans.give_back, depot, lent.loan.id, [Accounted(line.id, *said)]) == code
    assert loans.file(depot, lent.loan.id).returns == ()
    assert refused(loans.give_back, depot, lent.loan.id, []) == "loan.nothing-back"
    assert refused(loans.give_back, depot, lent.loan.id, [Accounted("x", LoanFate.UNUSED, 1)]) == "loan.unknown-line"


def test_a_loan_and_its_return_are_taken_back(depot: Depot, board: Part) -> None:
    lent = loans.lend(depot, asked(LoanItem(board.id, 2)), own("technician"), own("supervisor"))
    (line,) = loans.file(depot, lent.loan.id).lines
    back = loans.give_back(depot, lent.loan.id, [Accounted(line.id, LoanFate.UNUSED, 2)])
    assert refused(undoing.undo, depot, lent.entry_id) == "undo.loan-moved"
    undoing.undo(depot, back.entry_id)
    file = loans.file(depot, lent.loan.id)
    assert (file.loan.cleared_at, file.outstanding, there(depot, board, PartGrade.UNCHECKED)) == (
        None, {line.id: 2}, 0)
    undoing.undo(depot, lent.entry_id)
    assert there(depot, board) == 5
    assert refused(loans.file, depot, lent.loan.id) == "loan.unknown"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from([
    "receive", "correct", "transfer", "back", "scrap", "lend", "account", "recheck", "undo"]),
    st.integers(-2, 6), st.sampled_from(list(LoanFate))), max_size=14))
def test_stock_is_its_ledger_and_never_below_nothing(
    sqlite_depot: Depot, steps: list[tuple[str, int, LoanFate]]
) -> None:
    """Whatever is done in whatever order: balances = sum of the ledger, none negative, out = lent − accounted for."""
    clerk, boss, qa = (as_person(sqlite_depot, login) for login in ("clerk", "supervisor", "inspector"))
    with boss.read() as tx:
        at = f"{tx.new_id()}"
    part = parts.add(boss, Part("", at, "电容", "", "", 10), 3).part
    van = stock_places.add_place(boss, StockPlace("", at, PlaceKind.VAN)).place
    entries: list[str] = []
    open_lines: list[tuple[str, str]] = []
    out: dict[str, int] = {}
    said: list[str] = []
    for number, (what, n, fate) in enumerate(steps):
        try:
            if what == "undo" and entries:
                undoing.undo(boss, entries.pop())
            elif what == "lend":
                lent = loans.lend(clerk, asked(LoanItem(part.id, n)), own("technician"))
                line = loans.file(clerk, lent.loan.id).lines[0]
                open_lines.append((lent.loan.id, line.id))
                out[lent.loan.id] = n
            elif what == "account" and open_lines:
                loan_id, line_id = open_lines[-1]
                loans.give_back(clerk, loan_id, [Accounted(line_id, fate, n, reason="x")])
                out[loan_id] -= n
            elif what == "recheck":
                stock.recheck(qa, Rechecking(part.id, n, CheckResult.USABLE, f"{at}-{number}"))
            else:
                entries.append(_do(boss, what, part, van, n))
        except Refused as refusal:
            said.append(sentence(refusal))
    with boss.read() as tx:
        held = dict(stock_rows.lots(tx, part.id))
        written = stock_rows.movements(tx, part.id)
    assert {(place, grade): pieces for (_part, place, grade), pieces in balances(written).items()} == held
    assert all(said)
    assert all(pieces > 0 for pieces in held.values())
    assert {loan_id: sum(loans.file(clerk, loan_id).outstanding.values()) for loan_id in out} == out


def _do(depot: Depot, what: str, part: Part, van: StockPlace, n: int) -> str:
    if what == "receive":
        return parts.receive(depot, part.id, n).entry_id
    if what == "correct":
        return parts.correct(depot, part.id, n, "盘点").entry_id
    if what == "scrap":
        return stock.scrap(depot, part.id, n, "坏").entry_id
    source, target = (MAIN_STORE, van.id) if what == "transfer" else (van.id, MAIN_STORE)
    return stock.transfer(depot, Transfer(part.id, n, source, target)).entry_id
