"""What the quotations page looks at: its three lists, one case in full, and what a first draft may begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.depot import Depot
from app.domain import quotation as rules
from app.domain.approvals import Approval, ApprovalKind
from app.domain.masterdata import Customer, Product
from app.domain.money import rounded
from app.domain.policy_values import PolicyName
from app.domain.quotation import Amounts, Draft, LineKind, Quotation, QuoteLine, QuoteRow
from app.domain.receiving import ReturnCase, Unit
from app.domain.repair import RepairOrder, standing
from app.domain.tariffs import LABOUR_CLASSES, RateClass, Tariff, TariffKind, region_of, tariff_of
from app.errors import Refused
from app.i18n import translator
from app.labels import labels_of
from app.persistence import approvals as approval_rows
from app.persistence import masterdata
from app.persistence import quotation as rows
from app.persistence import repair as repair_rows
from app.persistence import tariffs as tariff_rows
from app.persistence.transaction import Tx
from app.printing.amounts import in_words
from app.services import bench as bench_rows
from app.services import free_service, payments, warranty
from app.services.parts import parts_cost
from app.services.payments import Balance
from app.services.warranty import VerdictChange


@dataclass(frozen=True, slots=True)
class Version:
    """One quotation of a case with its lines and what they come to."""

    quotation: Quotation
    lines: tuple[QuoteLine, ...]
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class QuoteSheet:
    """One case on the quotations page.

    ``proposal``: a first draft from what the bench wrote; ``actual_fen``: what the work really done comes to with the
    agreed rates, ``None`` while nothing is agreed or done. ``free``: the newest question for a free service.
    ``change``: how the verdict on the warranty changed since the newest quotation was written, if it did.
    """

    case: ReturnCase
    unit: Unit
    product: Product
    customer: Customer | None
    order: RepairOrder | None
    versions: tuple[Version, ...]
    proposal: Draft
    tariff: Tariff
    balance: Balance
    free: Approval | None
    chargeable: bool
    both_fee_fen: int
    actual_fen: int | None
    today: date
    now: datetime
    change: VerdictChange | None = None


def to_quote(depot: Depot) -> tuple[QuoteRow, ...]:
    """Cases that need a price."""
    with depot.read() as tx:
        return tuple(
            row for row in rows.to_quote(tx) if row.quotation_id or not free_service.approved(tx, row.case_id)
        )


def waiting(depot: Depot) -> tuple[QuoteRow, ...]:
    """Cases whose quotation waits for the customer."""
    with depot.read() as tx:
        return _local(depot, rows.waiting(tx))


def answered(depot: Depot) -> tuple[QuoteRow, ...]:
    """Quotations that were answered or withdrawn."""
    with depot.read() as tx:
        return _local(depot, rows.answered(tx))


def expiring(depot: Depot) -> tuple[QuoteRow, ...]:
    """Quotations that wait and end soon (policy), or have ended."""
    with depot.read() as tx:
        soon = depot.policy(tx).whole(PolicyName.DUE_SOON_CALENDAR_DAYS)
        return _local(depot, rows.expiring(tx, depot.local_day(tx.at) + timedelta(days=soon)))


def sheet(depot: Depot, case_id: str) -> QuoteSheet:
    """Everything about the money of one case. Refused: ``repair.unknown-case``."""
    with depot.read() as tx:
        bench = bench_rows.case_rows(tx, case_id)
        today = depot.local_day(tx.at)
        tariff = tariff_rows.on(tx, today)
        customer = masterdata.get(tx, Customer, bench.case.customer_id)
        versions = tuple(_version(depot, tx, quotation) for quotation in rows.of_case(tx, case_id))
        agreed = rows.agreed_of_case(tx, case_id)
        return QuoteSheet(
            bench.case, bench.unit, bench.product, customer, bench.order, versions,
            _proposal(tx, bench.case, bench.order, customer), tariff, payments.balance(tx, case_id),
            approval_rows.of_subject(tx, case_id, ApprovalKind.FREE_SERVICE), bench_rows.chargeable(bench.case),
            depot.policy(tx).whole(PolicyName.BOTH_UNITS_FEE),
            actual(tx, agreed, bench.order) if agreed and bench.order else None, today,
            tx.at.astimezone(depot.zone), _changed(depot, tx, case_id, versions),
        )


def _changed(depot: Depot, tx: Tx, case_id: str, versions: Sequence[Version]) -> VerdictChange | None:
    newest = versions[0].quotation if versions else None
    return warranty.changed_since(depot, tx, case_id, newest.drafted_at) if newest else None


def case_by_code(depot: Depot, code: str) -> str | None:
    """The open case of a scanned serial, case number or quotation number."""
    with depot.read() as tx:
        for row in (*rows.to_quote(tx), *rows.waiting(tx), *rows.answered(tx)):
            if code in {row.serial, row.case_number, row.number}:
                return row.case_id
    return None


def total(draft: Draft, tariff: Tariff, both_fee_fen: int) -> Amounts | Refused:
    """What a draft comes to as it is typed, or what is wrong with it; pure, for the live total."""
    if wrong := rules.draft_problems(draft, tariff):
        return Refused.because(wrong)
    lines = tuple(
        replace(line, price_fen=both_fee_fen) if line.kind is LineKind.BOTH_UNITS else line for line in draft.lines
    )
    percent = rules.lowest_percent(tariff) if draft.percent is None else draft.percent
    try:
        return rules.amounts(rules.priced(lines, draft.region, tariff), percent, tariff)
    except Refused as refusal:
        return refusal


def actual(tx: Tx, agreed: Quotation, order: RepairOrder) -> int | None:
    """What the labour and the parts really used come to, in fen, by the agreed rates; the rest as it was quoted.

    The customer pays what was agreed: to charge more, quote anew and ask again.
    """
    if order.finished_at is None:
        return None
    tariff = tariff_of(agreed.tariff)
    quoted = rows.lines(tx, agreed.id)
    labour = next((line for line in quoted if line.kind is LineKind.LABOUR), None)
    prices = {(line.part_id or line.text): line for line in quoted if line.kind is LineKind.PART}
    done = [line for line in quoted if line.kind not in {LineKind.LABOUR, LineKind.PART}]
    rate = tariff.holds(TariffKind.LABOUR, labour.rate_class if labour else LABOUR_CLASSES[0])
    if order.labour_minutes and rate:
        done.append(QuoteLine(LineKind.LABOUR, order.labour_minutes, rate.amount_fen, rate.rate_class))
    for part in parts_cost(tx, order):
        known = prices.get(part.part_id or part.name_zh) or prices.get(part.name_zh)
        done.append(QuoteLine(
            LineKind.PART, part.quantity, known.price_fen if known else part.price_fen, text=part.name_zh,
            old_returned=part.quantity if part.old_part else 0,
        ))
    return rules.amounts(done, agreed.percent, tariff).total.fen


def line_fen(line: QuoteLine) -> int:
    """The amount of one line as it is printed, rounded for itself."""
    return rounded(line.exact).fen


def _proposal(tx: Tx, case: ReturnCase, order: RepairOrder | None, customer: Customer | None) -> Draft:
    lines: list[QuoteLine] = []
    if order is not None:
        minutes = order.labour_minutes or sum(a.minutes for a in standing(repair_rows.actions(tx, order.id)))
        lines.append(QuoteLine(LineKind.LABOUR, minutes or 60, 0, RateClass.STANDARD))
        lines += [
            QuoteLine(
                LineKind.PART, part.quantity, part.price_fen, text=part.name_zh, part_id=part.part_id,
                part_no=part.part_no, old_returned=part.quantity if part.old_part else 0,
            )
            for part in parts_cost(tx, order)
        ]
    return Draft(case.id, tuple(lines), _region(customer))


def _region(customer: Customer | None) -> RateClass:
    """What the customer's distance class means, written in any language of the program."""
    words = {
        region: tuple(translator(language)(text) for language in ("zh_CN", "en"))
        for region, text in labels_of(RateClass).items() if isinstance(region, RateClass)
    }
    return region_of(customer.distance_class if customer else "", words)


def _version(depot: Depot, tx: Tx, quotation: Quotation) -> Version:
    lines = rows.lines(tx, quotation.id)
    shown = replace(
        quotation, sent_at=quotation.sent_at.astimezone(depot.zone) if quotation.sent_at else None,
        consent_at=quotation.consent_at.astimezone(depot.zone) if quotation.consent_at else None,
    )
    return Version(shown, lines, rules.amounts(lines, quotation.percent, tariff_of(quotation.tariff)))


def _local(depot: Depot, found: Sequence[QuoteRow]) -> tuple[QuoteRow, ...]:
    return tuple(
        replace(
            row, sent_at=row.sent_at.astimezone(depot.zone) if row.sent_at else None,
            ended_at=row.ended_at.astimezone(depot.zone) if row.ended_at else None,
        )
        for row in found
    )


__all__ = [
    "QuoteSheet", "Version", "actual", "answered", "case_by_code", "expiring", "in_words", "line_fen", "sheet",
    "to_quote",
    "total", "waiting",
]
