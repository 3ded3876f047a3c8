"""The monthly reports as paper, window and workbook show them: figures in words, charts with what lies behind."""

from __future__ import annotations

from collections.abc import Sequence

from app.depot import Depot
from app.domain.codes import CauseClass
from app.domain.inspection import ItemVerdict, SheetVerdict
from app.domain.quality import Month, permille
from app.domain.quality_counts import CaseLine, Door
from app.domain.slips import (
    ChangedCase,
    ChangedFigure,
    CorrectionSheet,
    Figure,
    LotLine,
    QualityReport,
    ServiceLine,
    ServiceSummary,
    Signature,
    TestedItem,
    TestedProduct,
    TestSummary,
)
from app.i18n import N_, Translator
from app.labels import label
from app.labels.policy import version_words
from app.labels.quality import FIELDS, FIGURES
from app.persistence import papers
from app.services import quality
from app.services.quality import Report
from app.services.slips.exhibits import exhibits, flow_exhibit, hours, money, percent
from app.services.slips.heads import signed


def quality_report(depot: Depot, month: str, t: Translator) -> QualityReport:
    """F22 of ``month``. Refused: as ``services.quality.month``."""
    report = quality.month(depot, month)
    found = report.month
    lines = found.lines or quality.lines(depot, month)
    with depot.read() as tx:
        given = papers.signatures_by_id(tx, [report.closed.signature_id if report.closed else None])
    inspector = t(N_("Quality inspector"))
    first = (
        signed(depot, inspector, report.closed.signature_id, given) if report.closed else Signature(inspector)
    )
    return QualityReport(
        month, standing(depot, report, t), figures(found, t), exhibits(found, t), lots(found, lines),
        terms(found, t), found.analysis, found.actions,
        (first, Signature(t(N_("Read by the management"))), Signature(t(N_("Read by R&D")))),
    )


def standing(depot: Depot, report: Report, t: Translator) -> str:
    """Closed by whom and when, or that it still moves."""
    if report.closed is not None:
        return t(N_("Closed by {name} on {day}; seal {digest}")).format(
            name=report.closed.by_name, day=depot.local_day(report.closed.at), digest=report.closed.digest[:16])
    if report.over:
        return t(N_("Not closed: the figures follow the record"))
    return t(N_("The month is not over: the figures still move"))


def terms(month: Month, t: Translator) -> str:
    """The policy values the figures rest on."""
    said = N_("repeat within {repeat} days, turnaround {turnaround} days, labour {labour} an hour (policy: {version})")
    return t(said).format(
        repeat=month.terms.repeat_window_days, turnaround=month.terms.turnaround_days,
        labour=money(month.terms.labour_hour_fen), version=version_words(month.terms.version, t))


def figures(month: Month, t: Translator) -> tuple[Figure, ...]:
    """The figures of a month, the most important first."""
    return (*_quality_figures(month, t), *_time_figures(month, t), *_stock_figures(month, t))


def _of(t: Translator, part: int, whole: int) -> str:
    return t(N_("{part} of {n}")).format(part=part, n=whole)


def _share(tenths: int, whole: int) -> str:
    """A share in tenths of a percent; of nothing there is none."""
    return percent(tenths) if whole else "–"


def _quality_figures(month: Month, t: Translator) -> tuple[Figure, ...]:
    examined = t(N_("{share} of {n} examined")).format(share=percent(month.ours_permille), n=month.examined)
    return (
        Figure("ours", t(N_("Product-caused faults")), str(month.ours), examined),
        Figure("first_pass", t(N_("First-pass yield")), _share(month.first_pass_permille, month.first_runs),
               _of(t, month.first_passed, month.first_runs)),
        Figure("nff", t(N_("No-fault-found share")), _share(month.nff_permille, month.examined),
               _of(t, month.nff, month.examined)),
        Figure("repeat", t(N_("Repeat share")), _share(month.repeat_permille, month.received),
               _of(t, month.repeats, month.received)),
        Figure("apart", t(N_("Mean time between returns")),
               t(N_("{n} days")).format(n=month.apart_days) if month.again else "–",
               t(N_("units that came again: {n}")).format(n=month.again)),
    )


def _time_figures(month: Month, t: Translator) -> tuple[Figure, ...]:
    turn = month.turnaround
    ninety = t(N_("90% within {p90}")).format(p90=hours(turn.p90, t))
    gross = t(N_("with pauses: median {median}, 90% within {p90}")).format(
        median=hours(turn.gross_median, t), p90=hours(turn.gross_p90, t))
    return (
        Figure("turnaround", t(N_("Turnaround, median")), hours(turn.median, t) if turn.n else "–",
               ninety if turn.n else ""),
        Figure("paused", t(N_("Paused time (excluded)")), hours(turn.paused_hours, t), gross if turn.n else ""),
        Figure("in_time", t(N_("Within the target")), _share(permille(turn.in_time, turn.n), turn.n),
               _of(t, turn.in_time, turn.n)),
    )


def _stock_figures(month: Month, t: Translator) -> tuple[Figure, ...]:
    spares, cost = month.spares, month.warranty
    ways = ("、" if t.language.startswith("zh") else ", ").join(
        f"{label(door, t)} {n}" for door, n in quality.doors(month) if n)
    stock = t(N_("{opening} at first + {put_in} in − {out} out = {closing}")).format(
        opening=spares.opening, put_in=spares.put_in, out=spares.taken_out, closing=spares.closing)
    return (
        Figure("received", t(N_("Received")), str(month.received),
               t(N_("{n} at month start")).format(n=month.opening)),
        Figure("left", t(N_("Left the depot")), str(month.left), ways),
        Figure("closing", t(N_("In the depot at month end")), str(month.closing),
               t(N_("{n} overdue")).format(n=month.late)),
        Figure("spares", t(N_("Spare turnover")), percent(spares.turnover), stock),
        Figure("warranty", t(N_("Cost of warranty")), money(cost.total_fen),
               t(N_("{n} repairs, parts {parts}")).format(n=cost.cases, parts=money(cost.parts_fen))),
        Figure("exchanged", t(N_("Units exchanged")), str(spares.exchanged),
               t(N_("used at sites: {n}")).format(n=spares.used_at_sites)),
    )


def lots(month: Month, lines: Sequence[CaseLine]) -> tuple[LotLine, ...]:
    """Lots of which more than one unit was examined, with their cases."""
    numbers: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        if line.lot:
            numbers.setdefault((line.product_id, line.lot), []).append(f"{line.number} {line.serial}")
    return tuple(
        LotLine(part.name, part.lot, part.n, part.ours, "; ".join(numbers.get((part.id, part.lot), [])))
        for part in month.lots if part.lot and part.n > 1
    )


def corrections(depot: Depot, month: str, t: Translator) -> CorrectionSheet:
    """What was corrected in a closed month. Refused: as ``services.quality.corrections``."""
    found = quality.corrections(depot, month)
    said = {code.value: label(code, t) for code in (*CauseClass, *Door)}
    return CorrectionSheet(
        month, standing(depot, quality.month(depot, month), t),
        tuple(
            ChangedFigure(t(FIGURES[d.name]), said.get(d.of, d.of), _shown(d.name, d.then), _shown(d.name, d.now))
            for d in found.figures
        ),
        tuple(
            ChangedCase(
                d.number, d.serial, label(d.told, t), t(FIELDS[d.field]), said.get(d.then, d.then),
                said.get(d.now, d.now))
            for d in found.cases
        ),
    )


def _shown(name: str, value: int) -> str:
    return money(value) if name.endswith("_fen") else str(value)


def test_summary(depot: Depot, month: str, t: Translator) -> TestSummary:
    """F21 of ``month``. Refused: as ``services.quality.month``."""
    runs, items, models = quality.tests(depot, month)
    zh = t.language.startswith("zh")
    products: dict[str, list[int]] = {}
    for run in runs:
        sums = products.setdefault(run.product_id, [0, 0, 0, 0, 0])
        passed = run.verdict == SheetVerdict.PASSED.value
        for n, value in enumerate((run.n, run.n * passed, run.n * (not passed), run.first, run.first * passed)):
            sums[n] += value
    read: dict[tuple[str, str, str], list[int]] = {}
    for item in items:
        sums = read.setdefault(
            (item.product_id, item.code, (item.name_zh if zh else item.name_en) or item.name_zh), [0, 0, 0])
        sums[0] += item.n
        sums[1] += item.n * (item.verdict == ItemVerdict.PASSED.value)
        sums[2] += item.n * (item.verdict == ItemVerdict.FAILED.value)
    total = [sum(column) for column in zip(*products.values(), strict=True)] or [0] * 5
    return TestSummary(
        month, (
            Figure("tested", t(N_("Tested")), str(total[0])), Figure("passed", t(N_("Passed")), str(total[1])),
            Figure("failed", t(N_("Failed")), str(total[2])),
            Figure("first_pass", t(N_("First-pass yield")), _share(permille(total[4], total[3]), total[3]),
                   t(N_("{part} of {n}")).format(part=total[4], n=total[3])),
        ),
        tuple(sorted(
            (TestedProduct(models.get(p, p), *sums) for p, sums in products.items()), key=lambda p: p.product)),
        tuple(sorted(
            (TestedItem(models.get(p, p), code, name, *sums) for (p, code, name), sums in read.items()),
            key=lambda i: (i.product, i.code))),
        (Signature(t(N_("Quality inspector"))), Signature(t(N_("Checked by")))),
    )


def service_summary(depot: Depot, month: str, t: Translator) -> ServiceSummary:
    """F24 of ``month``. Refused: as ``services.quality.month``."""
    found = quality.month(depot, month).month
    products, customers, extra = quality.service(depot, month)
    wanted = {"received", "left", "closing", "turnaround", "in_time", "paused", "repeat", "warranty"}
    return ServiceSummary(
        month, (*(f for f in figures(found, t) if f.key in wanted), *(
            Figure(key, t(caption), _share(permille(part, whole), whole), _of(t, part, whole))
            for key, caption, part, whole in extra)),
        tuple(ServiceLine(*line) for line in products), tuple(
            ServiceLine(name or t(N_("all others")), *counted) for name, *counted in customers),
        (flow_exhibit(found, t),),
        (Signature(t(N_("Made by after-sales"))), Signature(t(N_("Read by the management")))),
    )


__all__ = ["corrections", "figures", "lots", "quality_report", "service_summary", "standing", "test_summary"]
