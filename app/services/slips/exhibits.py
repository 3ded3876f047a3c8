"""The charts of a month's report: which figures stand in which chart, and what lies behind each mark."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.codes import PRODUCT_CAUSED, CauseClass
from app.domain.money import Money
from app.domain.quality import Band, Month, Part, permille
from app.domain.slips import Exhibit, Mark, Shape
from app.i18n import N_, Translator
from app.labels import label

#: Bars of a chart; what is less frequent is one bar together.
MOST_BARS = 10


def exhibits(month: Month, t: Translator) -> tuple[Exhibit, ...]:
    """Every chart of F22, in the order of the paper."""
    ours, others = t(N_("Product-caused")), t(N_("Other causes"))
    both = (ours, others)
    return (
        _groups(month, t), _pareto(month, t), _trend(month, t), _yield(month, t), flow_exhibit(month, t),
        Exhibit("products", t(N_("By product")), Shape.BARS, t(N_("Product")), both,
                _parts(month.products, "product_id", t)),
        Exhibit("lots", t(N_("By lot")), Shape.BARS, t(N_("Lot")), both, _parts(
            [part for part in month.lots if part.n > 1 and part.id][:MOST_BARS], "product_id", t),
            t(N_("Lots of which more than one unit was examined"))),
        Exhibit("customers", t(N_("By customer")), Shape.BARS, t(N_("Customer")), both,
                _parts(month.customers, "customer_id", t)),
        Exhibit("ages", t(N_("By age of the unit")), Shape.COLUMNS, t(N_("Months since manufacture")), both,
                tuple(Mark(_band(band, t), (band.ours, band.n - band.ours)) for band in month.ages)),
        Exhibit("ageing", t(N_("Days in the depot at month end")), Shape.COLUMNS, t(N_("Days")),
                (t(N_("Number of units")),), tuple(Mark(_band(band, t), (band.n,)) for band in month.ageing),
                t(N_("Target {n} days")).format(n=month.terms.turnaround_days)),
    )


def flow_exhibit(month: Month, t: Translator) -> Exhibit:
    """Receipts and exits of twelve months."""
    return Exhibit(
        "flow", t(N_("Received and left the depot, 12 months")), Shape.LINES, t(N_("Month")),
        (t(N_("Received")), t(N_("Left the depot"))),
        tuple(Mark(one.month[2:], (one.received, one.left), link=(("month", one.month),)) for one in month.trend),
        t(N_("{opening} at month start + {received} received − {left} left = {closing} at month end")).format(
            opening=month.opening, received=month.received, left=month.left, closing=month.closing),
    )


def _groups(month: Month, t: Translator) -> Exhibit:
    return Exhibit(
        "groups", t(N_("Causes of the month")), Shape.BARS, t(N_("Cause")), (t(N_("Examined units")),),
        tuple(
            Mark(label(CauseClass(g.cause), t), (g.n,), percent(g.permille), (("cause", g.cause),),
                 faint=CauseClass(g.cause) not in PRODUCT_CAUSED)
            for g in month.groups
        ),
        t(N_("The first three are the product-caused groups: {ours} of {n}, {share}")).format(
            ours=month.ours, n=month.examined, share=percent(month.ours_permille)), t(N_("Share")),
    )


def _pareto(month: Month, t: Translator) -> Exhibit:
    zh = t.language.startswith("zh")
    marks = [
        Mark(" ".join(w for w in (bar.code, (bar.zh if zh else bar.en) or bar.zh) if w) or t(N_("not coded")), (bar.n,),
             percent(bar.cumulative), (("fault", bar.code or bar.zh), ("ours", "1")))
        for bar in month.pareto
    ]
    if len(marks) > MOST_BARS:
        rest = sum(bar.n for bar in month.pareto[MOST_BARS:])
        marks[MOST_BARS:] = [Mark(t(N_("all others")), (rest,), percent(month.pareto[-1].cumulative), faint=True)]
    return Exhibit(
        "pareto", t(N_("Product-caused faults (Pareto)")), Shape.BARS, t(N_("Fault")), (t(N_("Number of units")),),
        tuple(marks),
        tail=t(N_("Cumulative share")),
    )


def _trend(month: Month, t: Translator) -> Exhibit:
    return Exhibit(
        "trend", t(N_("Examined units by cause, 12 months")), Shape.COLUMNS, t(N_("Month")),
        (*(label(cause, t) for cause in PRODUCT_CAUSED), t(N_("Other causes"))),
        tuple(Mark(one.month[2:], one.causes, link=(("month", one.month),)) for one in month.trend),
    )


def _yield(month: Month, t: Translator) -> Exhibit:
    return Exhibit(
        "yield", t(N_("First-pass yield and no-fault-found share, 12 months")), Shape.LINES, t(N_("Month")),
        (t(N_("First-pass yield")), t(N_("No-fault-found share"))),
        tuple(
            Mark(one.month[2:], (
                permille(one.first_passed, one.first_runs) if one.first_runs else None,
                permille(one.nff, one.examined) if one.examined else None),
                 link=(("month", one.month),))
            for one in month.trend
        ),
        permille=True,
    )


def _parts(parts: Sequence[Part], key: str, t: Translator) -> tuple[Mark, ...]:
    named = [part for part in parts if part.id][:MOST_BARS]
    marks = [
        Mark(
            " ".join(w for w in (part.name, part.lot) if w) or "?", (part.ours, part.n - part.ours),
            link=((key, part.id), *((("lot", part.lot),) if part.lot else ())),
        )
        for part in named
    ]
    rest = [part for part in parts if part not in named]
    if rest:
        ours = sum(part.ours for part in rest)
        marks.append(Mark(t(N_("all others")), (ours, sum(part.n for part in rest) - ours)))
    return tuple(marks)


def _band(band: Band, t: Translator) -> str:
    if band.low is None:
        return t(N_("not known"))
    return f">{band.low - 1}" if band.high is None else f"{band.low}–{band.high}"


def percent(share: int) -> str:
    """Tenths of a percent as people read them."""
    return f"{share / 10:.1f}%"


def hours(amount: int, t: Translator) -> str:
    """Hours as days with one place."""
    return t(N_("{n} days")).format(n=f"{amount / 24:.1f}")


def money(fen: int) -> str:
    """Fen as yuan."""
    return str(Money(fen))
