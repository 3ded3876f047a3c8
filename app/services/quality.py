"""The month's quality report (F22): looked at any time, closed once, corrected never — only compared (art. 10.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from app.changes import Changes
from app.depot import Depot
from app.domain import quality as figures
from app.domain import quality_corrections
from app.domain.codes import PRODUCT_CAUSED
from app.domain.months import add_months
from app.domain.people import Action
from app.domain.policy_values import PolicyName
from app.domain.quality import Month, Terms
from app.domain.quality_corrections import Corrections
from app.domain.quality_counts import TREND, CaseLine, Door, ItemCount, TestCount
from app.domain.signing import OwnSignature
from app.errors import Refused
from app.i18n import N_
from app.persistence import journal
from app.persistence import quality as rows
from app.persistence.journal import JournalEntry
from app.persistence.quality import ClosedMonth
from app.persistence.quality_sql import Bounds
from app.persistence.transaction import Tx
from app.services import followups, signing
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class Report:
    """A month's report. ``closed``: who closed it and when; ``None`` while it is open. ``over``: the month is past."""

    month: Month
    closed: ClosedMonth | None
    over: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """A month was closed: its data will read so for ever."""

    month: str
    digest: str
    name: str
    entry_id: str
    changes: Changes = Changes.QUALITY


#: A name with received, left, in the house, overdue; a share of F24: key, caption (marked by N_), part, whole.
ServiceRow = tuple[str, int, int, int, int]
Extra = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month one can look at."""

    month: str
    closed: bool


def month(depot: Depot, wanted: str) -> Report:
    """The report of ``wanted`` (``yyyy-mm``): the frozen one where the month is closed, else from the record of now.

    Refused: ``quality.month`` (not a month), ``quality.future``, ``quality.newer-format``.
    """
    depot.require(Action.READ_REPORTS)
    with depot.read() as tx:
        return month_in(depot, tx, wanted)


def month_in(depot: Depot, tx: Tx, wanted: str) -> Report:
    """The same inside a running transaction."""
    first = first_day(depot, tx, wanted)
    closed = rows.closed(tx, wanted)
    over = add_months(first, 1) <= depot.local_day(tx.at)
    if closed is not None:
        return Report(figures.thawed(closed.data), closed, over)
    return Report(_counted(depot, tx, first, _terms(depot, tx, first), lines=False), None, over)


def months(depot: Depot) -> tuple[MonthLine, ...]:
    """The months since the first receipt, newest (the running one) first."""
    with depot.read() as tx:
        closed = set(rows.closed_list(tx))
        first = rows.first_month(tx)
        last = depot.local_day(tx.at).replace(day=1)
        day = min(depot.local_day(first).replace(day=1), last) if first else last
        found = []
        while day <= last:
            found.append(MonthLine(f"{day:%Y-%m}", f"{day:%Y-%m}" in closed))
            day = add_months(day, 1)
        return tuple(reversed(found))


def lines(depot: Depot, wanted: str, *, cause: str = "", ours: bool = False, fault: str | None = None,
          product_id: str = "", lot: str = "", customer_id: str = "") -> tuple[CaseLine, ...]:
    """The examined visits behind a figure of ``wanted``; of a closed month, as they were frozen.

    ``ours``: product-caused ones only. ``fault``: of this code (or these words, where there is no code).
    Refused: as :func:`month`.
    """
    depot.require(Action.READ_REPORTS)
    with depot.read() as tx:
        first = first_day(depot, tx, wanted)
        closed = rows.closed(tx, wanted)
        if closed is not None:
            every: Sequence[CaseLine] = figures.thawed(closed.data).lines
        else:
            every = rows.cases(tx, _bounds(depot, tx, first, _terms(depot, tx, first)))
    product_caused = {c.value for c in PRODUCT_CAUSED}
    return tuple(
        line for line in every
        if (not cause or line.cause == cause) and (not ours or line.cause in product_caused)
        and (fault is None or fault in {line.fault_code, "" if line.fault_code else line.fault})
        and (not product_id or line.product_id == product_id) and (not lot or line.lot == lot)
        and (not customer_id or line.customer_id == customer_id)
    )


def behind(depot: Depot, wanted: str, figure: str) -> tuple[CaseLine, ...]:
    """The visits behind a figure that does not count examined ones (received, left, closing, late, again, repeat,
    first_pass, warranty, exchanged, paused, turnaround, in_time), by the record of now. Refused: as :func:`month`."""
    depot.require(Action.READ_REPORTS)
    with depot.read() as tx:
        return rows.behind(tx, bounds(depot, tx, wanted), figure)


def doors(report: Month) -> tuple[tuple[Door, int], ...]:
    """How the visits of the month left."""
    return tuple((Door(door), n) for door, n in report.doors)


def tests(depot: Depot, wanted: str) -> tuple[tuple[TestCount, ...], tuple[ItemCount, ...], Mapping[str, str]]:
    """Inspections and readings of the month with the models of their products (F21). Refused: as :func:`month`."""
    depot.require(Action.READ_REPORTS)
    with depot.read() as tx:
        runs, items = rows.tests(tx, bounds(depot, tx, wanted))
        models = rows.names(tx, "products", (run.product_id for run in runs))
        return runs, items, {id_: name for id_, (name, _more) in models.items()}


def service(depot: Depot, wanted: str) -> tuple[tuple[ServiceRow, ...], tuple[ServiceRow, ...], tuple[Extra, ...]]:
    """Products and customers of the month: name, received, left, in the house, overdue (F24); the customers that are
    not named are one line without a name. Refused: as :func:`month`."""
    depot.require(Action.READ_REPORTS)
    with depot.read() as tx:
        found = rows.service(tx, bounds(depot, tx, wanted))
        named = {
            kind: rows.names(tx, f"{kind}s", (row[1] for row in found if row[0] == kind))
            for kind in ("product", "customer")
        }
        products, customers = (
            tuple((names.get(row[1], ("?", ""))[0], *row[2:]) for row in found if row[0] == kind)
            for kind, names in named.items()
        )
        customers = (*customers, *_rest(products, customers))
        called = followups.month_target(depot, tx, wanted)
        return products, customers, (
            ("satisfied", N_("Satisfied customers"), *rows.satisfaction(tx, bounds(depot, tx, wanted))),
            ("called", N_("Customers called after the repair"), called.done, called.repairs),
        )


def _rest(products: Sequence[ServiceRow], customers: Sequence[ServiceRow]) -> tuple[ServiceRow, ...]:
    """What is left to the customers that are not named: every visit has a product, and all products are named."""
    sums = [[sum(row[n] for row in rows) for n in range(1, 5)] for rows in (products, customers)]  # type: ignore[misc]
    came, went, here, late = (whole - named for whole, named in zip(*sums, strict=True))
    return (("", came, went, here, late),) if came or went or here else ()


def close_month(
    depot: Depot, wanted: str, signature: OwnSignature, analysis: str = "", actions: str = ""
) -> Closed:
    """Freeze the report of ``wanted``, signed by an inspector: the same numbers for ever.

    ``analysis``, ``actions``: what the inspector says of the month and proposes; they are frozen with it.

    Refused: ``quality.month``, ``quality.not-over``, ``quality.closed-already``, ``people.not-allowed``, the codes of
    signing.
    """
    with depot.write() as tx:
        first = first_day(depot, tx, wanted)
        if add_months(first, 1) > depot.local_day(tx.at):
            raise Refused("quality.not-over", field="month", month=wanted, day=add_months(first, 1))
        before = rows.closed(tx, wanted)
        if before is not None:
            raise Refused("quality.closed-already", field="month", month=wanted, name=before.by_name,
                          day=depot.local_day(before.at))
        row_id = tx.new_id()
        signed = signing.sign_for(
            depot, tx, signature, Action.QUALITY_REPORT, purpose="quality.close", subject_kind="closed_month",
            subject_id=row_id, field="signature",
        )
        made = replace(
            _counted(depot, tx, first, _terms(depot, tx, first), lines=True), analysis=analysis.strip(),
            actions=actions.strip(),
        )
        data = figures.frozen(made)
        digest = figures.digest(data)
        rows.close(tx, ClosedMonth(
            row_id, wanted, figures.FORMAT, data, digest, made.terms.version, signed.id, tx.at, signed.user_id or "",
            signed.name,
        ))
        entry_id = journal.record(
            tx, "quality.close", subject_kind="closed_month", subject_id=row_id, subject_number=wanted,
            facts={"digest": digest, "signed_by": signed.name, "examined": made.examined, "ours": made.ours},
        )
    return Closed(wanted, digest, signed.name, entry_id)


def corrections(depot: Depot, wanted: str) -> Corrections:
    """What the closed month ``wanted`` said against the record of now, by the policy values it was closed with.

    Refused: ``quality.month``, ``quality.not-closed``, ``quality.newer-format``.
    """
    depot.require(Action.READ_REPORTS)
    with depot.read() as tx:
        first = first_day(depot, tx, wanted)
        closed = rows.closed(tx, wanted)
        if closed is None:
            raise Refused("quality.not-closed", field="month", month=wanted)
        then = figures.thawed(closed.data)
        return quality_corrections.compare(then, _counted(depot, tx, first, then.terms, lines=True))


def first_day(depot: Depot, tx: Tx, wanted: str) -> date:
    """The first day of ``wanted``. Refused: ``quality.month``, ``quality.future``."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", wanted.strip(), re.ASCII)
    if found is None or found[1] < "2000":
        raise Refused("quality.month", field="month", value=wanted)
    first = date(int(found[1]), int(found[2]), 1)
    if first > depot.local_day(tx.at):
        raise Refused("quality.future", field="month", month=wanted)
    return first


def bounds(depot: Depot, tx: Tx, wanted: str) -> Bounds:
    """The moments between which the figures of ``wanted`` lie."""
    first = first_day(depot, tx, wanted)
    return _bounds(depot, tx, first, _terms(depot, tx, first))


def _terms(depot: Depot, tx: Tx, first: date) -> Terms:
    """The policy in force on the last day of the month (or today)."""
    policy = depot.policy(tx, min(add_months(first, 1) - timedelta(days=1), depot.local_day(tx.at)))
    return Terms(
        policy.version, policy.whole(PolicyName.REPEAT_WINDOW_DAYS), policy.whole(PolicyName.TURNAROUND_DAYS),
        policy.whole(PolicyName.BER_LABOUR_HOUR),
    )


def _bounds(depot: Depot, tx: Tx, first: date, terms: Terms) -> Bounds:
    starts = tuple(_midnight(depot, add_months(first, n - TREND + 1)) for n in range(TREND))
    after = add_months(first, 1)
    end = _midnight(depot, after)
    offset = starts[-1].utcoffset() or timedelta()
    return Bounds(
        starts, end, min(end, tx.at), min(after, depot.local_day(tx.at)), first.year * 12 + first.month, offset,
        terms.repeat_window_days,
    )


def _midnight(depot: Depot, day: date) -> datetime:
    return datetime.combine(day, time(0), depot.zone)


def _counted(depot: Depot, tx: Tx, first: date, terms: Terms, *, lines: bool) -> Month:
    between = _bounds(depot, tx, first, terms)
    counts = rows.counts(tx, between)
    made = figures.figures(
        counts, depot=depot.depot_id,
        months=[f"{add_months(first, n - TREND + 1):%Y-%m}" for n in range(TREND)],
        until=between.until.astimezone(UTC).isoformat(timespec="seconds"), terms=terms,
        products=rows.names(tx, "products", (g.id for g in (*counts.products, *counts.lots))),
        customers=rows.names(tx, "customers", (g.id for g in counts.customers)), faults=rows.fault_names(tx),
    )
    return replace(made, lines=rows.cases(tx, between)) if lines else made


# -- undo --------------------------------------------------------------------------------------------------------


def _stays_closed(_depot: Depot, _tx: Tx, entry: JournalEntry) -> Refused | None:
    return Refused("quality.stays-closed", month=entry.subject_number)


def _never(_depot: Depot, _tx: Tx, entry: JournalEntry) -> Changes:
    raise LookupError(f"{entry.action} is never taken back")


UNDO = {"quality.close": Way(_never, _stays_closed)}
