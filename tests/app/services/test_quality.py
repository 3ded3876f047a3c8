"""The month's figures against an independent count, the three laws, and what closing a month freezes."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.depot import SYSTEM, Depot, open_depot
from app.domain import quality as domain
from app.domain.quality import Month
from app.domain.slips import FormId
from app.errors import Refused
from app.i18n import translator
from app.persistence.tables import repair_orders, return_cases
from app.services import quality, slips, undoing
from tests.builders import a_customer, a_product, as_person, own
from tests.conftest import CHEAP, FakeClock
from tests.sample_histories import OURS, Counted, Visit, at, count, write

NOW = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
CAUSES = ("", *OURS, "USER", "NFF", "TRANSPORT", "UNDETERMINED")


def a_history() -> list[Visit]:
    return [
        Visit(1, at("2026-09-28 10:00"), 60, 100, cause="COMPONENT_QUALITY", fault="F11", runs=("FAILED", "PASSED"),
              minutes=50, parts=((2, 1_550), (1, 99)), pauses=((10, 30),)),
        Visit(2, at("2026-10-01 00:00"), 24, 50, cause="USER", runs=("PASSED",), warranty="OUT", parts=((1, 5_000),)),
        Visit(1, at("2026-10-20 09:00"), 30, 400, cause="DESIGN_PROCESS", fault="F21", runs=("PASSED",), minutes=35),
        Visit(4, at("2026-10-31 23:59"), None, None),
        Visit(3, at("2026-08-01 08:00"), None, 90 * 24, closed_only=True),
        Visit(5, at("2026-10-05 08:00"), 20, 700, cause="NFF", pauses=((100, 800),), runs=("PASSED",)),
        Visit(7, at("2026-10-06 08:00"), 20, 200, cause="COMPONENT_QUALITY", fault="F11", runs=("PASSED",)),
    ]


def a_record(depot: Depot, visits: list[Visit]) -> Depot:
    write(depot, visits, a_customer(depot).id, a_product(depot).id)
    return as_person(depot, "inspector")


def check(found: Month, wanted: Counted) -> None:
    """Every figure equals the independent count, and the laws hold."""
    assert (found.opening, found.received, found.left, found.closing) == (
        wanted.opening, wanted.received, wanted.left, wanted.closing)
    assert found.opening + found.received - found.left == found.closing
    assert sum(n for _door, n in found.doors) == found.left
    assert {g.cause: g.n for g in found.groups if g.n} == dict(wanted.causes)
    assert sum(g.n for g in found.groups) == found.examined == wanted.causes.total()
    assert {bar.code: bar.n for bar in found.pareto} == dict(wanted.faults)
    assert found.ours == wanted.faults.total() == sum(wanted.causes[c] for c in OURS)
    assert [bar.n for bar in found.pareto] == sorted((bar.n for bar in found.pareto), reverse=True)
    if found.pareto:
        assert found.pareto[-1].cumulative == 1000
    assert {p.lot: p.n for p in found.lots if p.id} == dict(wanted.lots)
    for parts in (found.products, found.lots, found.customers):
        assert sum(p.n for p in parts) == found.examined
        assert sum(p.ours for p in parts) == found.ours
    assert sum(band.n for band in found.ages) == found.examined
    for band in found.ages:
        inside = [a for a in wanted.ages if (a is None) == (band.low is None) and (
            a is None or (band.low or 0) <= a <= (10_000 if band.high is None else band.high))]
        assert band.n == sum(wanted.ages[a] for a in inside)
    assert sum(band.n for band in found.ageing) == found.closing
    turn = found.turnaround
    assert (turn.median, turn.p90) == (ranked(wanted.net, 50), ranked(wanted.net, 90))
    assert (turn.gross_median, turn.gross_p90) == (ranked(wanted.gross, 50), ranked(wanted.gross, 90))
    assert turn.paused_hours == sum(wanted.gross) - sum(wanted.net)
    assert turn.in_time == sum(hours < 14 * 24 for hours in wanted.net)
    assert (found.first_runs, found.first_passed) == (len(wanted.first), wanted.first.count("PASSED"))
    assert (found.nff, found.again, found.repeats) == (wanted.causes["NFF"], wanted.again, wanted.repeats)
    assert found.apart_days == (sum(wanted.apart) // len(wanted.apart) if wanted.apart else 0)
    assert (found.warranty.parts_fen, found.warranty.labour_minutes) == (wanted.parts_fen, wanted.minutes)
    labour = wanted.minutes * found.terms.labour_hour_fen
    assert found.warranty.labour_fen == (2 * labour + 60) // 120


def ranked(values: list[int], hundredths: int) -> int:
    """Nearest rank."""
    return sorted(values)[-(-len(values) * hundredths // 100) - 1] if values else 0


def test_every_figure_by_an_independent_path(depot: Depot) -> None:
    visits = a_history()
    inspector = a_record(depot, visits)
    for month in (9, 10, 11):
        check(quality.month(inspector, f"2026-{month:02d}").month, count(visits, 2026, month))
    trend = quality.month(inspector, "2026-10").month.trend
    assert [(one.month, one.received, one.examined) for one in trend[-3:]] == [
        ("2026-08", 1, 0), ("2026-09", 1, 1), ("2026-10", 5, 5)]
    assert trend[-1].causes == (1, 1, 0, 3)
    lines = quality.lines(inspector, "2026-10", ours=True)
    assert sorted(line.serial for line in lines) == ["Q00001", "Q00007"]
    assert [line.serial for line in quality.behind(inspector, "2026-10", "repeat")] == ["Q00001"]
    assert [line.serial for line in quality.behind(inspector, "2026-10", "closing")] == ["Q00001", "Q00004", "Q00005"]
    for figure in ("received", "left", "late", "again", "first_pass", "warranty", "exchanged", "paused"):
        quality.behind(inspector, "2026-10", figure)


hours = st.integers(1, 24 * 50)
a_visit = st.builds(
    lambda unit, start, finished, extra, closed_only, cause, fault, warranty, pause, runs, minutes, parts: Visit(
        unit, at("2026-08-15 06:30") + timedelta(hours=start), finished,
        None if extra is None else (finished or 0) + extra, closed_only, cause if finished else "",
        fault if finished and cause in OURS else "", warranty, [(pause, pause + 40)] if pause else [], runs, minutes,
        parts if finished else []),
    st.integers(1, 5), st.integers(0, 24 * 78), st.none() | hours, st.none() | hours, st.booleans(),
    st.sampled_from(CAUSES), st.sampled_from(("F10", "F11", "F12", "")), st.sampled_from(("IN", "OUT")),
    st.integers(0, 300), st.lists(st.sampled_from(("PASSED", "FAILED")), max_size=2), st.integers(0, 300),
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 99_999)), max_size=2),
)


@given(st.lists(a_visit, max_size=14, unique_by=lambda v: (v.unit, v.came)))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_laws_hold_over_any_history(template: Path, tmp_path: Path, visits: list[Visit]) -> None:
    path = tmp_path / "any.db"
    for leftover in tmp_path.glob("any.db*"):
        leftover.unlink()
    shutil.copyfile(template, path)
    depot = open_depot(str(path), operator=SYSTEM, clock=FakeClock(NOW), hashing=CHEAP)
    try:
        inspector = a_record(depot, visits)
        for month in (9, 10):
            found = quality.month(inspector, f"2026-{month:02d}").month
            check(found, count(visits, 2026, month))
            assert domain.thawed(domain.frozen(found)) == found
    finally:
        depot.close()


def stored(depot: Depot) -> str:
    with depot.read() as tx:
        return str(tx.connection.execute(text("SELECT data FROM closed_months")).scalar_one())


def test_a_closed_month_stays_byte_for_byte(depot: Depot) -> None:
    visits = a_history()
    inspector = a_record(depot, visits)
    done = quality.close_month(inspector, "2026-10", own("inspector"), "电容批次不良", "换供应商")
    before = stored(depot)
    assert domain.digest(before) == done.digest
    assert json.loads(before)["month"] == "2026-10"
    assert not quality.corrections(inspector, "2026-10")
    seen = quality.month(inspector, "2026-10")
    with depot.as_operator(SYSTEM).write() as tx:  # later: a cause is amended, a receipt turns out void
        order = tx.connection.execute(text(
            "SELECT id FROM repair_orders WHERE fault_code = 'F21'")).scalar_one()
        tx.change(repair_orders, order, cause_class="USER", fault_code="")
        tx.change(return_cases, visits[6].id, stage="VOID")
    assert stored(depot) == before
    again = quality.month(inspector, "2026-10")
    assert again.month == seen.month
    assert again.month.analysis == "电容批次不良"
    found = quality.corrections(inspector, "2026-10")
    told = {(d.name, d.of): (d.then, d.now) for d in found.figures}
    assert told["ours", ""] == (2, 0)
    assert told["groups", "USER"] == (1, 2)
    assert told["received", ""] == (5, 4)
    cases = {(d.serial, d.field): (d.told.value, d.then, d.now) for d in found.cases}
    assert cases["Q00001", "cause"] == ("CHANGED", "DESIGN_PROCESS", "USER")
    assert cases["Q00007", ""] == ("DROPPED", "COMPONENT_QUALITY", "")
    assert len(quality.lines(inspector, "2026-10", ours=True)) == 2, "the list of a closed month is frozen too"


def test_what_a_closing_refuses(depot: Depot, clock: FakeClock) -> None:
    inspector = a_record(depot, a_history())

    def code(month: str, login: str = "inspector") -> str:
        with pytest.raises(Refused) as refusal:
            quality.close_month(inspector, month, own(login))
        return refusal.value.code

    assert code("2026-11") == "quality.not-over"
    assert code("2026-12") == "quality.future"
    assert code("2026-13") == code("10/2026") == "quality.month"
    assert code("2026-10", "technician") == "people.not-allowed"
    with pytest.raises(Refused, match="not-closed"):
        quality.corrections(inspector, "2026-10")
    done = quality.close_month(inspector, "2026-10", own("inspector"))
    assert code("2026-10") == "quality.closed-already"
    with pytest.raises(Refused, match="stays-closed"):
        undoing.undo(inspector, done.entry_id)
    clock.advance(days=30)
    assert [line.month for line in quality.months(inspector) if line.closed] == ["2026-10"]
    with pytest.raises(Refused, match="not-allowed"):
        quality.month(as_person(depot, "admin"), "2026-10")


def test_a_month_of_a_newer_program_is_not_misread() -> None:
    with pytest.raises(Refused, match="newer-format"):
        domain.thawed('{"format": 99, "month": "2031-01"}')


def test_the_papers_and_workbooks_say_the_same(depot: Depot) -> None:
    inspector = a_record(depot, a_history())
    report = slips.monthly_slip(inspector, FormId.QUALITY_REPORT, "2026-10", translator("zh_CN"))
    summary = slips.monthly_slip(inspector, FormId.SERVICE_SUMMARY, "2026-10", translator("en"))
    tests = slips.monthly_slip(inspector, FormId.TEST_SUMMARY, "2026-10", translator("en"))
    assert {f.key: f.value for f in report.figures if f.key in {"ours", "received"}} == {"ours": "2", "received": "5"}
    figures = {f.key: f.value for f in (*summary.figures, *tests.figures)}  # type: ignore[union-attr]
    assert (figures["left"], figures["satisfied"], figures["tested"]) == ("4", "–", "4"), "of nothing no share"
    for form in (FormId.QUALITY_REPORT, FormId.SERVICE_SUMMARY, FormId.TEST_SUMMARY):
        assert slips.monthly(inspector, form, "2026-10").pages >= 1
    quality.close_month(inspector, "2026-10", own("inspector"))
    assert slips.monthly(inspector, FormId.CORRECTION_SHEET, "2026-10").pages == 1
