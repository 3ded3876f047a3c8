"""The paper of a quotation (F19), and what a case costs on its repair slip (F8)."""

from __future__ import annotations

from dataclasses import dataclass

from app.depot import Depot
from app.domain.money import Money, rounded
from app.domain.quotation import (
    Amounts,
    ConsentMethod,
    LineKind,
    Quotation,
    QuotationState,
    QuoteLine,
    amounts,
)
from app.domain.slips import Charge, PartLine, QuotationSlip, QuotedLine, RateLine, Signature
from app.domain.tariffs import IN_PERCENT, Tariff, TariffEntry, TariffKind, tariff_of
from app.errors import Refused
from app.i18n import N_, Translator
from app.labels import label
from app.labels.quotation import UNITS, charged_because
from app.persistence import papers, people
from app.persistence import quotation as rows
from app.persistence.transaction import Tx
from app.services import bench as bench_rows
from app.services import payments
from app.services.payments import Balance
from app.services.slips.heads import customer_of, maybe_local, product_name, signed

_ANSWERED = {QuotationState.ACCEPTED: True, QuotationState.DECLINED: False}


@dataclass(frozen=True, slots=True)
class CaseMoney:
    """What F8 says of the money: parts with prices where they were quoted, the other charges, and the total."""

    parts: tuple[PartLine, ...]
    charges: tuple[Charge, ...]
    total: int
    free_reason: str
    receipts: str


def quotation_slip(depot: Depot, tx: Tx, quotation_id: str, t: Translator) -> QuotationSlip:
    """F19 of one version, as it was priced."""
    found = rows.get(tx, quotation_id)
    if found is None:
        raise Refused("slips.unknown", field="number", value=quotation_id)
    bench = bench_rows.case_rows(tx, found.case_id)
    customer, case, order = customer_of(tx, bench.case.customer_id), bench.case, bench.order
    lines, tariff = rows.lines(tx, found.id), tariff_of(found.tariff)
    before = rows.get(tx, found.supersedes_id) if found.supersedes_id else None
    return QuotationSlip(
        customer.name, product_name(tx, case.product_id, t.language), bench.unit.serial, case.number,
        case.contact or customer.contact, case.contact_phone or customer.phone, case.symptom,
        order.fault if order else "", charged_because(order, t), _printed(lines, found, tariff, t),
        tuple(_rate(entry, t) for entry in tariff.rates.values()), found.total_fen, found.priced_on,
        found.valid_until, found.version, before.number if before else "", found.note,
        draft=found.state is QuotationState.DRAFT, accepted=_ANSWERED.get(found.state),
        how=ConsentMethod(found.consent) if found.consent else "", answered_by=found.consent_name,
        answered_phone=found.consent_phone, answered_at=maybe_local(depot, found.consent_at),
        signatures=_signatures(depot, tx, found, t),
    )


def of_case(
    tx: Tx, case_id: str, parts: tuple[PartLine, ...], t: Translator, *, covered: bool
) -> CaseMoney:
    """What the repair slip of a case says of money: the price the customer agreed to, line by line."""
    balance = payments.balance(tx, case_id)
    agreed = rows.agreed_of_case(tx, case_id)
    if agreed is None or balance.free:
        return CaseMoney(parts, (), 0, _free_reason(balance, t, covered=covered), "")
    lines, tariff = rows.lines(tx, agreed.id), tariff_of(agreed.tariff)
    priced, left = _parts_priced(parts, lines)
    charges = [Charge(line.name, line.amount) for line in _printed(left, agreed, tariff, t, whole=lines)]
    return CaseMoney(priced, tuple(charges), agreed.total_fen, "", "、".join(balance.receipts))


def _parts_priced(
    parts: tuple[PartLine, ...], lines: tuple[QuoteLine, ...]
) -> tuple[tuple[PartLine, ...], tuple[QuoteLine, ...]]:
    """Parts fitted with the price they were quoted at; the quoted lines that are still to be shown as charges."""
    left = list(lines)
    found = []
    for part in parts:
        same = next((
            line for line in left
            if line.kind is LineKind.PART and line.quantity == part.quantity
            and (line.text == part.name or (line.part_no and line.part_no == part.part_number))
        ), None)
        if same is None:
            found.append(part)
            continue
        left.remove(same)
        found.append(PartLine(
            part.name, part.part_number, part.quantity, part.removed_serial, part.new_serial, same.price_fen,
            rounded(same.exact).fen,
        ))
    return tuple(found), tuple(left)


def _printed(
    lines: tuple[QuoteLine, ...], quotation: Quotation, tariff: Tariff, t: Translator,
    whole: tuple[QuoteLine, ...] | None = None,
) -> tuple[QuotedLine, ...]:
    """``lines`` with what is computed from the ``whole``: surcharge, credit, and the fen that rounding left over."""
    sums = amounts(whole if whole is not None else lines, quotation.percent, tariff)
    found = [_line(line, t) for line in lines]
    if sums.surcharge:
        found.append(QuotedLine(
            t(N_("Surcharge on parts")), f"{quotation.percent} %", "", None, rounded(sums.surcharge).fen))
    if sums.credit:
        found.append(_credit(sums, whole if whole is not None else lines, tariff, t))
    if sums.rounding:
        found.append(QuotedLine(t(N_("Rounding")), "", "", None, sums.rounding))
    return tuple(found)


def _credit(sums: Amounts, lines: tuple[QuoteLine, ...], tariff: Tariff, t: Translator) -> QuotedLine:
    rate = tariff.holds(TariffKind.OLD_FOR_NEW)
    pieces = sum(line.old_returned for line in lines)
    return QuotedLine(
        t(N_("Old-for-new credit")), f"{rate.percent if rate else 0} %", f"{pieces} {t(UNITS[LineKind.PART])}", None,
        rounded(-sums.credit).fen,
    )


def _line(line: QuoteLine, t: Translator) -> QuotedLine:
    name = line.text if line.kind in {LineKind.PART, LineKind.OTHER} else label(line.kind, t)
    detail = line.part_no if line.kind is LineKind.PART else "" if line.kind is LineKind.OTHER else line.text
    if line.kind not in {LineKind.PART, LineKind.OTHER, LineKind.INSPECTION, LineKind.BOTH_UNITS}:
        detail = "  ".join(part for part in (label(line.rate_class, t), line.text) if part)
    if line.kind is LineKind.LABOUR:
        detail = "  ".join(part for part in (detail, t(N_("price per hour"))) if part)
    return QuotedLine(
        name, detail, f"{line.quantity} {t(UNITS[line.kind])}", line.price_fen, rounded(line.exact).fen
    )


def _rate(entry: TariffEntry, t: Translator) -> RateLine:
    if entry.kind in IN_PERCENT:
        words = f"{entry.percent} %"
        if entry.amount_fen:
            words = t(N_("{percent} %, at least {amount}")).format(
                percent=entry.percent, amount=Money(entry.amount_fen))
    else:
        words = str(Money(entry.amount_fen))
    general = entry.kind in IN_PERCENT or entry.kind is TariffKind.INSPECTION
    return RateLine(entry.kind, "" if general else entry.rate_class, words)


def _free_reason(balance: Balance, t: Translator, *, covered: bool) -> str:
    if balance.free:
        return t(N_("Free of charge by special approval"))
    return t(N_("Within warranty")) if covered else ""


def _signatures(depot: Depot, tx: Tx, found: Quotation, t: Translator) -> tuple[Signature, ...]:
    given = papers.signatures_by_id(tx, [found.signature_id])
    clerk = people.by_id(tx, found.sent_by or found.drafted_by)
    own = Signature(t(N_("Quoted by")), clerk.name if clerk else "")
    return own, signed(depot, t(N_("Customer")), found.signature_id, given, found.consent_name)


__all__ = ["CaseMoney", "of_case", "quotation_slip"]
