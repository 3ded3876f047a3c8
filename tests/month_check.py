"""Every figure of a month's reports held against the raw rows (``tests.raw_month``), and the three laws of a report."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import asdict, fields
from datetime import datetime

from app.depot import Depot
from app.domain.quality import Band, Month, Part, Terms
from app.domain.quality_corrections import Told
from app.domain.slips import FormId, QualityReport, ServiceSummary, TestSummary
from app.i18n import translator
from app.services import quality, slips
from tests.raw_month import OURS, RawMonth, share

#: What a month says that is no figure: its name, the policy behind it, what is written by hand or listed.
NO_FIGURES = {"format", "depot", "month", "until", "terms", "lines", "analysis", "actions"}
CAUSES = (*OURS, "USER", "TRANSPORT", "ENVIRONMENT", "NFF", "UNDETERMINED")


def check_reports(depot: Depot, connection: sqlite3.Connection, month: str) -> RawMonth:
    """The month ``month`` of ``depot`` and its three papers, figure by figure. ``connection``: its file.

    A closed month is what it was; what the rows say otherwise by now is what its correction sheet says.
    """
    report = quality.month(depot, month)
    found = report.month
    raw = RawMonth(connection, month, datetime.fromisoformat(found.until))
    if report.closed is not None:
        check_laws(found)
        _check_corrections(depot, found, raw)
        return raw
    check_month(found, raw)
    check_lists(depot, month, raw)
    _check_quality_paper(depot, month, raw, found.terms)
    _check_tests(depot, month, raw)
    _check_summary(depot, month, raw)
    return raw


def check_month(found: Month, raw: RawMonth) -> None:
    """Each field of the report is what the rows come to, and the laws hold."""
    terms, wanted, ours, examined = found.terms, _single(raw, found.terms), len(raw.ours), len(raw.examined)
    for name, value in wanted.items():
        assert getattr(found, name) == value, (raw.span.name, name, getattr(found, name), value)
    assert {door: n for door, n in found.doors if n} == dict(Counter(v.door for v in raw.left))
    causes = Counter(v.cause for v in raw.examined)
    assert {g.cause: (g.n, g.permille) for g in found.groups} == {
        cause: (causes[cause], share(causes[cause], examined)) for cause in (*CAUSES, *causes)}
    pareto = raw.pareto()
    assert Counter((bar.code or bar.zh, bar.n) for bar in found.pareto) == Counter((code, n) for code, n, _c in pareto)
    assert [(bar.n, bar.cumulative) for bar in found.pareto] == [(n, cumulative) for _code, n, cumulative in pareto]
    assert [bar.permille for bar in found.pareto] == [share(bar.n, ours) for bar in found.pareto]
    assert [asdict(one) for one in found.trend] == [raw.trend_of(span) for span in raw.trend]
    for name, kind in (("products", "product"), ("lots", "lot"), ("customers", "customer")):
        _check_parts(getattr(found, name), raw.by(kind), examined, ours)
    _check_bands(found, raw)
    assert asdict(found.turnaround) == raw.turnaround(terms.turnaround_days)
    assert asdict(found.spares) == raw.spares()
    assert asdict(found.warranty) == raw.warranty(terms.labour_hour_fen)
    told = {*wanted, "doors", "groups", "pareto", "trend", "products", "lots", "customers", "ages", "ageing",
            "turnaround", "spares", "warranty"}
    assert told | NO_FIGURES == {field.name for field in fields(Month)}, "a figure is recounted by nobody"
    check_laws(found)


def _single(raw: RawMonth, terms: Terms) -> dict[str, int]:
    """The figures of which there is one each."""
    ours, examined, received, left = len(raw.ours), len(raw.examined), len(raw.received), len(raw.left)
    nff = sum(v.cause == "NFF" for v in raw.examined)
    runs = raw.first_runs(raw.span)
    again = raw.again(terms.repeat_window_days)
    return {
        "opening": len(raw.inside(raw.span.begin)), "received": received, "left": left,
        "closing": len(raw.inside(raw.span.end)), "late": len(raw.late(raw.inside(raw.span.end))),
        "examined": examined, "ours": ours, "ours_permille": share(ours, examined), "nff": nff,
        "nff_permille": share(nff, examined), "first_runs": len(runs), "first_passed": runs.count("PASSED"),
        "first_pass_permille": share(runs.count("PASSED"), len(runs)), **again,
        "repeat_permille": share(again["repeats"], received),
    }


def _check_corrections(depot: Depot, then: Month, raw: RawMonth) -> None:
    """Exactly what differs is told, as it was and as it is."""
    sheet = quality.corrections(depot, then.month)
    told = {d.name: (d.then, d.now) for d in sheet.figures if not d.of}
    now = {name: n for name, n in _single(raw, then.terms).items() if not name.endswith("permille")}
    assert {name: pair for name, pair in told.items() if name in now} == {
        name: (getattr(then, name), n) for name, n in now.items() if getattr(then, name) != n}
    causes = {d.of: (d.then, d.now) for d in sheet.figures if d.name == "groups"}
    counted = Counter(v.cause for v in raw.examined)
    assert causes == {g.cause: (g.n, counted[g.cause]) for g in then.groups if g.n != counted[g.cause]}
    frozen, listed = {line.case_id for line in then.lines}, {v.row["id"] for v in raw.examined}
    assert {d.case_id for d in sheet.cases if d.told is not Told.CHANGED} == frozen ^ listed


def check_laws(found: Month) -> None:
    """Groups sum to the total; opening + in - out = closing; the Pareto reaches the whole."""
    assert sum(g.n for g in found.groups) == found.examined
    for parts in (found.products, found.lots, found.customers, found.ages):
        assert sum(part.n for part in parts) == found.examined
        assert sum(part.ours for part in parts) == found.ours
    assert sum(bar.n for bar in found.pareto) == found.ours
    assert sum(n for _door, n in found.doors) == found.left
    assert sum(band.n for band in found.ageing) == found.closing
    assert found.opening + found.received - found.left == found.closing
    spares = found.spares
    assert spares.opening + spares.put_in - spares.taken_out == spares.closing >= 0
    assert not found.pareto or found.pareto[-1].cumulative == 1000
    assert [bar.cumulative for bar in found.pareto] == sorted(bar.cumulative for bar in found.pareto)


def _check_parts(parts: tuple[Part, ...], raw: dict[tuple[str, str], tuple[int, int]], total: int, ours: int) -> None:
    assert {(p.id, p.lot): (p.n, p.ours) for p in parts if p.id} == raw
    rest = [(p.n, p.ours) for p in parts if not p.id]
    left = total - sum(n for n, _o in raw.values()), ours - sum(o for _n, o in raw.values())
    assert rest == ([left] if left[0] else [])


def _check_bands(found: Month, raw: RawMonth) -> None:
    ages, days = raw.ages(), raw.ageing()
    for band in found.ages:
        if band.low is None:
            assert (band.n, band.ours) == (ages[None, True] + ages[None, False], ages[None, True])
            continue
        inside = [key for key in ages if key[0] is not None and _within(band, key[0])]
        assert (band.n, band.ours) == (sum(ages[key] for key in inside), sum(ages[key] for key in inside if key[1]))
    for band in found.ageing:
        assert band.n == sum(_within(band, day) for day in days)


def _within(band: Band, value: int) -> bool:
    return (band.low or 0) <= value and (band.high is None or value <= band.high)


def check_lists(depot: Depot, month: str, raw: RawMonth) -> None:
    """The list behind a figure is as long as the figure, and of the same cases."""
    wanted = {
        "received": raw.received, "left": raw.left, "closing": raw.inside(raw.span.end),
        "late": raw.late(raw.inside(raw.span.end)),
    }
    again = raw.came_again(quality.month(depot, month).month.terms.repeat_window_days)
    runs = {row["case_id"] for row in raw.table("inspections")
            if row["run_no"] == 1 and row["at"] in raw.span and row["verdict"] != "PASSED"}
    given = {row["case_id"] for row in raw.table("exchanges") if row["at"] in raw.span}
    wanted |= {
        "again": [visit for visit, _soon, _days in again], "repeat": [visit for visit, soon, _days in again if soon],
        "first_pass": [v for v in raw.visits if v.row["id"] in runs],
        "exchanged": [v for v in raw.visits if v.row["id"] in given],
        "warranty": [v for v in raw.visits if v.row["warranty"] == "IN" and v.order
                     and v.order["finished_at"] in raw.span],
    }
    for figure, visits in wanted.items():
        assert {line.case_id for line in quality.behind(depot, month, figure)} == {v.row["id"] for v in visits}
    assert {line.case_id for line in quality.lines(depot, month)} == {v.row["id"] for v in raw.examined}
    assert {line.case_id for line in quality.lines(depot, month, ours=True)} == {v.row["id"] for v in raw.ours}


def _check_quality_paper(depot: Depot, month: str, raw: RawMonth, terms: Terms) -> None:
    """F22 as it is read: the headline figures and what the charts are drawn from."""
    paper = slips.monthly_slip(depot, FormId.QUALITY_REPORT, month, translator("en"))
    assert isinstance(paper, QualityReport)
    said = {figure.key: figure.value for figure in paper.figures}
    spares, examined = raw.spares(), len(raw.examined)
    assert said["received"] == str(len(raw.received))
    assert said["left"] == str(len(raw.left))
    assert said["closing"] == str(len(raw.inside(raw.span.end)))
    assert said["ours"] == str(len(raw.ours))
    assert said["exchanged"] == str(spares["exchanged"])
    assert said["spares"] == _percent(spares["turnover"])
    runs, again = raw.first_runs(raw.span), raw.again(terms.repeat_window_days)
    turn = raw.turnaround(terms.turnaround_days)
    for key, part, whole in (
        ("nff", sum(v.cause == "NFF" for v in raw.examined), examined), ("in_time", turn["in_time"], turn["n"]),
        ("first_pass", runs.count("PASSED"), len(runs)), ("repeat", again["repeats"], len(raw.received)),
    ):
        assert said[key] == _part(part, whole)
    assert said["apart"] == (f"{again['apart_days']} days" if again["again"] else "–")
    charts = {exhibit.key: exhibit for exhibit in paper.exhibits}
    assert sum(mark.total for mark in charts["groups"].marks) == examined
    assert sum(mark.total for mark in charts["pareto"].marks) == len(raw.ours)
    assert [mark.values for mark in charts["flow"].marks] == [
        (one["received"], one["left"]) for one in map(raw.trend_of, raw.trend)]
    assert [mark.values for mark in charts["trend"].marks] == [raw.trend_of(span)["causes"] for span in raw.trend]
    for key in ("products", "customers", "ages"):
        assert sum(mark.total for mark in charts[key].marks) == examined
    assert sum(mark.total for mark in charts["ageing"].marks) == len(raw.inside(raw.span.end))


def _check_tests(depot: Depot, month: str, raw: RawMonth) -> None:
    """F21."""
    paper = slips.monthly_slip(depot, FormId.TEST_SUMMARY, month, translator("en"))
    assert isinstance(paper, TestSummary)
    models = {row["id"]: row["model"] for row in raw.table("products")}
    products, items = raw.tested()
    assert Counter((p.product, p.tested, p.passed, p.failed, p.first, p.first_passed) for p in paper.products) == (
        Counter((models[key], *sums) for key, sums in products.items()))
    read: Counter[tuple[str, str]] = Counter()
    for item in paper.items:
        read[item.product, item.code] += item.read
    assert read == Counter({(models[product], code): sums[0] for (product, code), sums in items.items()})
    said = {figure.key: figure.value for figure in paper.figures}
    total = [sum(sums[n] for sums in products.values()) for n in range(5)]
    assert [said[key] for key in ("tested", "passed", "failed")] == [str(n) for n in total[:3]]
    assert said["first_pass"] == _part(total[4], total[3])


def _check_summary(depot: Depot, month: str, raw: RawMonth) -> None:
    """F24: the flow by product and customer, how pleased people were, how many were called."""
    paper = slips.monthly_slip(depot, FormId.SERVICE_SUMMARY, month, translator("en"))
    assert isinstance(paper, ServiceSummary)
    for lines, kind, name in ((paper.products, "product", "model"), (paper.customers, "customer", "name")):
        names = {row["id"]: row[name] for row in raw.table(f"{kind}s")}
        assert Counter((x.name, x.received, x.left, x.open, x.late) for x in lines) == (
            Counter((names[key], *sums) for key, sums in raw.service(kind).items()))
        assert sum(line.received for line in lines) == len(raw.received)
        assert sum(line.open for line in lines) == len(raw.inside(raw.span.end))
    said = {figure.key: (figure.value, figure.note) for figure in paper.figures}
    for key, (part, whole) in (("satisfied", raw.satisfied()), ("called", raw.called())):
        assert said[key] == (_part(part, whole), f"{part} of {whole}")
    assert said["received"][0] == str(len(raw.received))
    assert said["closing"][0] == str(len(raw.inside(raw.span.end)))


def _part(part: int, whole: int) -> str:
    """A share as it is printed; of nothing there is none."""
    return _percent(share(part, whole)) if whole else "–"


def _percent(permille: int) -> str:
    return f"{permille // 10}.{permille % 10}%"
