"""The monthly reports against the raw rows: a month of spares, of answers and calls, and any history at all."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.depot import SYSTEM, Depot, open_depot
from app.domain.exchange import ExchangeSource, Exchanging
from app.domain.followups import Call, CallResult, Planned
from app.domain.numbering import DocumentType
from app.domain.policy_values import PolicyName
from app.domain.satisfaction import Grade
from app.domain.signing import Party
from app.domain.slips import FormId, ServiceSummary
from app.i18n import translator
from app.persistence import node
from app.persistence.tables import customers, feedback_answers, return_cases
from app.services import exchange, followups, policies, quality, restock, slips, spares, undoing
from app.services.restock import Restocking
from tests import spare_builders
from tests.app.services import test_transfers as transferring
from tests.app.services.test_quality import NOW, a_record, a_visit
from tests.builders import a_received_unit, as_person, outside, own
from tests.conftest import CHEAP, FakeClock
from tests.ends import a_ber_unit, a_spare, the_product
from tests.month_check import check_laws, check_reports
from tests.raw_month import RawMonth
from tests.sample_histories import Visit, at


@contextmanager
def raw_file(depot: Depot) -> Iterator[sqlite3.Connection]:
    """The file of ``depot``, looked at beside the program."""
    path = depot.database.path
    assert path is not None
    with closing(sqlite3.connect(path)) as eye:
        yield eye


def test_the_spares_of_two_months(sqlite_depot: Depot, clock: FakeClock) -> None:
    """Sent and swapped, sent and brought back, given in exchange, put back into the stores: each counts as what it is,
    in its month; sent in November and swapped in December, a spare was used in December."""
    depot, product = sqlite_depot, the_product(sqlite_depot)
    for name, value in ((PolicyName.RESTOCK_QUANTITY, "1"), (PolicyName.RESTOCK_VALUE, "1")):
        policies.set_value(as_person(depot, "manager"), name, value, depot.today())
    faulty = a_ber_unit(depot, product, "BER-1")
    customer = spare_builders.unit_of(depot, faulty.unit_id).customer_id or ""
    pool = [a_spare(depot, product, f"SP-{n}", manufactured_on=date(2026, 5, 3)) for n in range(5)]
    staff = outside(party=Party.FIELD_STAFF)
    used, unused = (spare_builders.sent(depot, one, customer) for one in pool[:2])  # type: ignore[arg-type]
    spares.bring_back(depot, unused.use_id, staff, own())
    supervisor = as_person(depot, "supervisor")
    exchange.exchange(supervisor, Exchanging(faulty.case_id, ExchangeSource.SPARE, "SP-2"))
    restock.restock(
        supervisor, Restocking(pool[3].unit_id, 5_000_000), own("supervisor"), own("clerk"),
        outside(party=Party.STORES))
    clock.advance(days=30)
    spare_builders.a_swap(depot, used.use_id, "OLD-1", date(2026, 12, 1), product_id=product.id)
    inspector = as_person(depot, "inspector")
    found = [quality.month(inspector, month).month.spares for month in ("2026-11", "2026-12")]
    assert [(s.opening, s.put_in, s.taken_out, s.closing) for s in found] == [(0, 6, 4, 2), (2, 0, 0, 2)]
    assert [(s.restocked, s.used_at_sites, s.exchanged) for s in found] == [(1, 0, 1), (0, 1, 0)]
    assert found[0].turnover == 4000, "four were taken out of a mean stock of one"
    with raw_file(depot) as eye:
        for month in ("2026-11", "2026-12"):
            check_reports(inspector, eye, month)


def test_how_pleased_the_customers_are_and_how_many_were_called(sqlite_depot: Depot, clock: FakeClock) -> None:
    """The newest answer of each paper counts, once; a call counts when it stands and somebody was reached."""
    depot, product = sqlite_depot, the_product(sqlite_depot)
    faulty = a_ber_unit(depot, product, "BER-1")
    customer = spare_builders.unit_of(depot, faulty.unit_id).customer_id or ""
    answers = (
        (Grade.VERY_SATISFIED,), (Grade.DISSATISFIED, Grade.SATISFIED), (Grade.SATISFIED, Grade.FAIR),
        (Grade.FAIR, Grade.SATISFIED), (None,))
    with depot.as_operator(SYSTEM).write() as tx:
        for n, grades in enumerate(answers):
            paper = node.record_document(
                tx, f"SH1-F2611-{n:05d}", DocumentType.FEEDBACK_SLIP, "F9", subject_kind="case",
                subject_id=faulty.case_id, case_id=faulty.case_id)
            for version, grade in enumerate(grades, 1):
                tx.insert(feedback_answers, {
                    **dict.fromkeys(("response", "attitude", "quality", "time", "recontact")), "document_id": paper,
                    "number": f"SH1-F2611-{n:05d}", "version": version, "overall": grade, "opinion": "", "phone": "",
                    "signed": True, "stamped": False, "why": "", "at": tx.at, "by": "", "by_name": ""})
    for n, call in enumerate((Call("", called="刘工", result=CallResult.FINE), Call("", reached=False, called="门卫"),
                              Call("", called="王工", result=CallResult.FINE))):
        planned = followups.plan(depot, Planned(customer, depot.today(), "问一问"))
        done = followups.record(depot, replace(call, follow_up_id=planned.follow_up_id))
        if n == 2:
            undoing.undo(depot, done.entry_id)
    inspector = as_person(depot, "inspector")
    extra = {key: (part, whole) for key, _caption, part, whole in quality.service(inspector, "2026-11")[2]}
    assert extra == {"satisfied": (3, 4), "called": (1, 0)}
    clock.advance(days=1)
    with raw_file(depot) as eye:
        check_reports(inspector, eye, "2026-11")


def test_a_return_is_a_repeat_up_to_the_last_day_of_the_window(sqlite_depot: Depot) -> None:
    """Counted in days of the depot from the day the visit before ended: 90 is one, 91 is not; the clock does not
    matter."""
    ended = at("2026-07-10 23:30")
    visits = [Visit(unit, ended - timedelta(hours=30), 20, 30, cause="USER") for unit in range(3)]
    visits += [Visit(unit, at(f"2026-10-{day} 00:10"), 5, cause="USER") for unit, day in enumerate(("08", "09", "07"))]
    inspector = a_record(sqlite_depot, visits)
    found = quality.month(inspector, "2026-10").month
    assert (found.again, found.repeats, found.apart_days) == (3, 2, 91)
    assert [line.serial for line in quality.behind(inspector, "2026-10", "repeat")] == ["Q00000", "Q00002"]
    with raw_file(sqlite_depot) as eye:
        check_reports(inspector, eye, "2026-10")


def test_a_unit_that_goes_on_at_another_depot_left_unexamined(sqlite_depot: Depot, clock: FakeClock) -> None:
    transferring.knows(sqlite_depot, "CD1")
    a_received_unit(sqlite_depot, "H1")
    goes = a_received_unit(sqlite_depot, "H2")
    clock.advance(hours=3)
    transferring.send(sqlite_depot, goes.case_id)
    with raw_file(sqlite_depot) as eye:
        raw = check_reports(as_person(sqlite_depot, "inspector"), eye, "2026-11")
    assert [visit.door for visit in raw.left] == ["TRANSFERRED"]
    assert (raw.ended, raw.examined) == ([], [])


def test_a_month_of_more_customers_than_are_named(sqlite_depot: Depot) -> None:
    """Fifty are named; the others are one line, and the lines come to all there is."""
    visits = [
        Visit(n, at("2026-10-02 09:00") + timedelta(days=n % 29), 5, 20 + n if n % 2 else None, cause="USER")
        for n in range(53)]
    inspector = a_record(sqlite_depot, visits)
    with sqlite_depot.as_operator(SYSTEM).write() as tx:
        for visit in visits:
            name = tx.new_id()
            tx.insert(customers, {
                **dict.fromkeys(("code", "kind", "address", "contact", "phone", "email", "language", "distance_class",
                                 "note"), ""), "id": name, "name": f"用户 {visit.unit}", "proposed": False,
                "merged_into": None, "active": True})
            tx.change(return_cases, visit.id, customer_id=name)
    found = quality.month(inspector, "2026-10").month
    check_laws(found)
    with raw_file(sqlite_depot) as eye:
        raw = RawMonth(eye, "2026-10", NOW)
        assert asdict(found.turnaround) == raw.turnaround(found.terms.turnaround_days), "enough for 90 % to be seen"
        assert found.late == len(raw.late(raw.inside(raw.span.end))), "one of them is due on the first day after"
    assert [len(found.customers), found.customers[-1].id, found.customers[-1].n] == [51, "", 3]
    summary = slips.monthly_slip(inspector, FormId.SERVICE_SUMMARY, "2026-10", translator("en"))
    assert isinstance(summary, ServiceSummary)
    assert (len(summary.customers), summary.customers[-1].name) == (51, "all others")
    assert sum(line.received for line in summary.customers) == 53
    assert sum(line.open for line in summary.customers) == found.closing


@given(st.lists(a_visit, max_size=14, unique_by=lambda v: (v.unit, v.came)))
@settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate))   # to shorten a failing history would take minutes
def test_any_history_is_counted_as_the_rows_say(template: Path, tmp_path: Path, visits: list[Visit]) -> None:
    path = tmp_path / "any.db"
    for leftover in tmp_path.glob("any.db*"):
        leftover.unlink()
    shutil.copyfile(template, path)
    depot = open_depot(str(path), operator=SYSTEM, clock=FakeClock(NOW - timedelta(days=3)), hashing=CHEAP)
    try:
        inspector = a_record(depot, visits)
        with raw_file(depot) as eye:
            check_reports(inspector, eye, "2026-10")
    finally:
        depot.close()
