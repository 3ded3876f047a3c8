"""Every figure is the length of its list, and history does not count as work of this month."""

from __future__ import annotations

from app.depot import Depot
from app.domain.alarms import AlarmOrigin, Raising, Severity
from app.domain.dashboard import Gauge
from app.domain.importing.mapping import ListKind, Mapping
from app.services import alarms, dashboard, importing
from tests.app.services.test_importing import COLUMNS, GOOD, a_sheet
from tests.builders import a_product, a_received_unit, a_unit_in_qa, as_person
from tests.conftest import FakeClock


def test_each_figure_is_the_length_of_its_list_for_manager_and_inspector(depot: Depot, clock: FakeClock) -> None:
    product = a_product(depot)
    a_received_unit(depot, "R1", product_id=product.id)
    qa = a_unit_in_qa(depot, "Q1", product_id=product.id)
    today = depot.today().isoformat()
    importing.run(depot, importing.rehearse(
        depot, a_sheet({**GOOD, "received_on": today, "outcome": "已修复"}),
        Mapping(columns=COLUMNS, kind=ListKind.HISTORY)))
    inspector, manager = as_person(depot, "inspector"), as_person(depot, "manager")
    alarms.raise_alarm(inspector, Raising(AlarmOrigin.INSPECTOR, Severity.MINOR, "读数漂移", case_id=qa.case_id))
    for who in (manager, inspector):
        for figure in dashboard.figures(who):
            assert figure.number == len(dashboard.lines(who, figure.gauge)), figure.gauge
    shown = {figure.gauge: figure for figure in dashboard.figures(manager)}
    assert shown[Gauge.RECEIVED_MONTH].number == 2, "the past return is none of this month's work"
    assert shown[Gauge.LONG_HERE].number == 0
    assert shown[Gauge.WARRANTY_PARTS].fen == 0
    tests = {figure.gauge: figure for figure in dashboard.figures(inspector)}
    assert (tests[Gauge.TO_TEST].number, tests[Gauge.ALARMS].number, tests[Gauge.FIRST_PASS].share) == (1, 1, None)
    assert [line.serial for line in dashboard.lines(inspector, Gauge.ALARMS)] == ["Q1"]
    clock.advance(days=40)
    assert {line.serial for line in dashboard.lines(manager, Gauge.LONG_HERE)} == {"R1", "Q1"}
    assert dashboard.lines(manager, Gauge.RECEIVED_MONTH) == ()


def test_who_has_no_figures_sees_none(depot: Depot) -> None:
    assert dashboard.figures(as_person(depot, "technician")) == ()
