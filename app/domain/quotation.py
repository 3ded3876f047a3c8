"""Quotations: the price is notified before chargeable work, and the customer's answer is on record (spec 1 §3, F19).

Amounts are exact until the total, which is rounded once. A quotation in force is never changed: another version takes
its place. It binds until its last day; an answer given on that day still counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from app.domain.money import MOST_FEN, Money, rounded
from app.domain.signing import OutsideSignature
from app.domain.stages import Stage
from app.domain.tariffs import RateClass, Tariff, TariffKind
from app.errors import Problem

#: More of one thing on one unit is a typing error (minutes of labour: about a fortnight of work).
MOST_QUANTITY = 99_999


class LineKind(StrEnum):
    """What is charged. The quantity is minutes of labour, pieces, kilometres, nights or days, or times."""

    LABOUR = "LABOUR"
    PART = "PART"
    TRAVEL = "TRAVEL"
    LODGING = "LODGING"
    MEALS = "MEALS"
    ALLOWANCE = "ALLOWANCE"
    INSPECTION = "INSPECTION"
    BOTH_UNITS = "BOTH_UNITS"    # the customer keeps the exchanged unit too (art. 10.4), fee per policy
    OTHER = "OTHER"              # in free words


class QuotationState(StrEnum):
    """How far a quotation is. EXPIRED is never written: a sent one becomes it with the day."""

    DRAFT = "DRAFT"
    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    SUPERSEDED = "SUPERSEDED"
    WITHDRAWN = "WITHDRAWN"


class ConsentMethod(StrEnum):
    """How the customer answered."""

    SIGNED = "SIGNED"            # drawn on the screen
    PAPER = "PAPER"              # on the printed quotation, to be scanned
    PHONE = "PHONE"              # with name and time


class PaymentKind(StrEnum):
    """How a charge was settled."""

    PAID = "PAID"
    ON_ACCOUNT = "ON_ACCOUNT"


#: The rate that prices each kind of line; the others are priced by hand or by policy.
RATES: Mapping[LineKind, TariffKind] = MappingProxyType({
    LineKind.LABOUR: TariffKind.LABOUR, LineKind.TRAVEL: TariffKind.TRAVEL, LineKind.LODGING: TariffKind.LODGING,
    LineKind.MEALS: TariffKind.MEALS, LineKind.ALLOWANCE: TariffKind.ALLOWANCE,
    LineKind.INSPECTION: TariffKind.INSPECTION,
})
#: Kinds that are priced by the region of the customer.
BY_REGION = frozenset({LineKind.TRAVEL, LineKind.LODGING, LineKind.MEALS, LineKind.ALLOWANCE})

#: States in which the price is still open.
OPEN = frozenset({QuotationState.DRAFT, QuotationState.SENT})


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line. ``price_fen`` for one (an hour of labour); ``old_returned``: old parts handed in for new ones."""

    kind: LineKind
    quantity: int = 1
    price_fen: int = 0
    rate_class: RateClass = RateClass.GENERAL
    text: str = ""
    part_id: str | None = None
    part_no: str = ""
    old_returned: int = 0

    @property
    def exact(self) -> Fraction:
        """The amount in fen, not rounded."""
        return Fraction(self.price_fen * self.quantity, 60 if self.kind is LineKind.LABOUR else 1)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What the lines come to, exact in fen but for ``total``, which is rounded once."""

    lines: tuple[Fraction, ...]
    surcharge: Fraction
    credit: Fraction
    total: Money

    @property
    def rounding(self) -> int:
        """What the printed lines, each rounded for itself, differ from the total, in fen."""
        shown = [rounded(amount).fen for amount in (*self.lines, self.surcharge, -self.credit)]
        return self.total.fen - sum(shown)


@dataclass(frozen=True, slots=True)
class Quotation:
    """One price notified (报价单). ``tariff``: the rates it was priced with; ``percent``: the surcharge on parts.

    ``consent_at``: when the customer answered; ``ended_at``: when that was recorded, or it was withdrawn.
    """

    id: str
    number: str
    case_id: str
    version: int
    supersedes_id: str | None
    state: QuotationState
    region: RateClass
    percent: int
    total_fen: int
    note: str
    tariff_version: str
    tariff: Mapping[str, Any]
    policy_version: str
    priced_on: date
    valid_until: date | None
    drafted_at: datetime
    drafted_by: str
    sent_at: datetime | None = None
    sent_by: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    consent: str | None = None
    consent_name: str = ""
    consent_phone: str = ""
    consent_at: datetime | None = None
    signature_id: str | None = None
    reason: str = ""
    seq: int = 0

    @property
    def total(self) -> Money:
        """What the customer is asked to pay."""
        return Money(self.total_fen)

    def state_on(self, day: date) -> QuotationState:
        """The state as it is to be shown on ``day``."""
        if self.state is QuotationState.SENT and self.valid_until is not None and self.valid_until < day:
            return QuotationState.EXPIRED
        return self.state


@dataclass(frozen=True, slots=True)
class Draft:
    """A quotation as the clerk writes it. ``percent`` ``None``: the tariff's. ``quotation_id``: the draft changed."""

    case_id: str
    lines: tuple[QuoteLine, ...]
    region: RateClass = RateClass.LOCAL
    percent: int | None = None
    note: str = ""
    quotation_id: str | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the customer said. ``at``: when they said it on the phone; ``signature``: drawn, where it was."""

    accepted: bool
    method: ConsentMethod
    name: str
    at: datetime | None = None
    phone: str = ""
    signature: OutsideSignature | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """A line of the cash book of a case. ``reverses_id``: the line it takes back, with the opposite amount."""

    id: str
    case_id: str
    quotation_id: str
    how: str
    amount_fen: int
    receipt_number: str
    note: str
    reverses_id: str | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One case as the page shows it, with its newest quotation (empty before there is one)."""

    case_id: str
    case_number: str
    unit_id: str
    serial: str
    model: str
    customer: str
    stage: Stage
    warranty: str
    due_on: date | None
    paused_at: datetime | None
    quotation_id: str
    number: str
    version: int
    state: str
    total_fen: int
    sent_at: datetime | None
    valid_until: date | None
    ended_at: datetime | None
    consent_name: str

    def shown_state(self, day: date) -> QuotationState | None:
        """The state on ``day``; ``None`` before there is a quotation."""
        if not self.state:
            return None
        state = QuotationState(self.state)
        late = state is QuotationState.SENT and self.valid_until is not None and self.valid_until < day
        return QuotationState.EXPIRED if late else state


def priced(lines: Sequence[QuoteLine], region: RateClass, tariff: Tariff) -> tuple[QuoteLine, ...]:
    """``lines`` with the prices of ``tariff`` where it has a rate. Refused: ``tariffs.none``, ``tariffs.expired``."""
    found = []
    for line in lines:
        kind = RATES.get(line.kind)
        if kind is None:
            found.append(line)
            continue
        rate_class = region if line.kind in BY_REGION else line.rate_class
        if line.kind is LineKind.LABOUR and rate_class is RateClass.GENERAL:
            rate_class = RateClass.STANDARD
        found.append(replace(line, rate_class=rate_class, price_fen=tariff.rate(kind, rate_class).amount_fen))
    return tuple(found)


def amounts(lines: Sequence[QuoteLine], percent: int, tariff: Tariff) -> Amounts:
    """What ``lines`` come to with ``percent`` on the parts; the least surcharge and the credit are the tariff's."""
    exact = tuple(line.exact for line in lines)
    parts = sum((line.exact for line in lines if line.kind is LineKind.PART), Fraction(0))
    surcharge = Fraction(0)
    least = tariff.holds(TariffKind.PARTS_SURCHARGE)
    if parts:
        surcharge = max(parts * percent / 100, Fraction(least.amount_fen if least else 0))
    old = sum((Fraction(line.price_fen * line.old_returned) for line in lines if line.kind is LineKind.PART),
              Fraction(0))
    rate = tariff.holds(TariffKind.OLD_FOR_NEW)
    credit = old * (rate.percent if rate else 0) / 100
    return Amounts(exact, surcharge, credit, rounded(sum(exact, Fraction(0)) + surcharge - credit))


def lowest_percent(tariff: Tariff) -> int:
    """The surcharge on parts may be more than the tariff says, never less (source rule: "10 % or more")."""
    rate = tariff.holds(TariffKind.PARTS_SURCHARGE)
    return rate.percent if rate else 0


def draft_problems(draft: Draft, tariff: Tariff) -> list[Problem]:
    """What is wrong with a draft.

    Codes: ``quotation.empty``, ``quotation.quantity``, ``quotation.price-negative``, ``quotation.price-large``,
    ``quotation.text-missing``, ``quotation.old-parts``, ``quotation.surcharge-low``, ``quotation.surcharge-high``.
    """
    if not draft.lines:
        return [Problem("lines", "quotation.empty")]
    found = []
    for place, line in enumerate(draft.lines, 1):
        found += _line_problems(place, line)
    lowest = lowest_percent(tariff)
    if draft.percent is not None and draft.percent < lowest:
        found.append(Problem("percent", "quotation.surcharge-low", {"value": draft.percent, "lowest": lowest}))
    if draft.percent is not None and draft.percent > 900:
        found.append(Problem("percent", "quotation.surcharge-high", {"value": draft.percent, "most": 900}))
    return found


def _line_problems(place: int, line: QuoteLine) -> list[Problem]:
    found = []
    here = {"line": place, "kind": line.kind}
    if not 1 <= line.quantity <= MOST_QUANTITY:
        found.append(Problem("lines", "quotation.quantity", {**here, "value": line.quantity, "most": MOST_QUANTITY}))
    if line.price_fen < 0:
        found.append(Problem("lines", "quotation.price-negative", {**here, "value": Money(line.price_fen)}))
    if line.price_fen * max(line.quantity, 1) > MOST_FEN:
        found.append(Problem("lines", "quotation.price-large", {**here, "most": Money(MOST_FEN)}))
    if line.kind in {LineKind.PART, LineKind.OTHER} and not line.text.strip():
        found.append(Problem("lines", "quotation.text-missing", here))
    if not 0 <= line.old_returned <= (line.quantity if line.kind is LineKind.PART else 0):
        found.append(Problem("lines", "quotation.old-parts", {
            **here, "value": line.old_returned, "most": line.quantity if line.kind is LineKind.PART else 0}))
    return found


def answer_problems(answer: Answer, quotation: Quotation, now: datetime, answered_on: date) -> list[Problem]:
    """What is wrong with an answer. ``answered_on``: its day in the depot's zone.

    Codes: ``quotation.answered`` (or not sent), ``quotation.expired``, ``quotation.name-missing``,
    ``quotation.phone-time``, ``quotation.in-future``, ``quotation.before-sent``, ``quotation.not-signed``.
    """
    facts = {"number": quotation.number}
    if quotation.state is not QuotationState.SENT or quotation.sent_at is None:
        return [Problem("answer", "quotation.answered", {**facts, "state": quotation.state})]
    found = []
    if answer.accepted and quotation.state_on(answered_on) is QuotationState.EXPIRED:
        found.append(Problem("answer", "quotation.expired", {**facts, "until": quotation.valid_until}))
    if not answer.name.strip():
        found.append(Problem("name", "quotation.name-missing"))
    if answer.method is ConsentMethod.PHONE and answer.at is None:
        found.append(Problem("at", "quotation.phone-time"))
    if answer.at is not None and answer.at > now:
        found.append(Problem("at", "quotation.in-future", {"value": answer.at}))
    # People write down minutes: the minute in which it was sent still counts.
    if answer.at is not None and answer.at < quotation.sent_at.replace(second=0, microsecond=0):
        sent = quotation.sent_at.astimezone(answer.at.tzinfo)  # both moments by the clock of whoever reads them
        found.append(Problem("at", "quotation.before-sent", {"value": answer.at, "sent": sent}))
    if answer.accepted and answer.method is ConsentMethod.SIGNED and answer.signature is None:
        found.append(Problem("method", "quotation.not-signed"))
    return found


def owed(quotation: Quotation | None, payments: Sequence[Payment]) -> int:
    """What of the agreed price is neither paid nor on account, in fen."""
    if quotation is None:
        return 0
    return quotation.total_fen - sum(payment.amount_fen for payment in payments)


def payment_problems(how: PaymentKind, amount_fen: int, receipt_number: str, open_fen: int) -> list[Problem]:
    """What is wrong with a payment.

    Codes: ``quotation.nothing-owed``, ``quotation.payment-amount``, ``quotation.paid-more``,
    ``quotation.receipt-missing`` (money received has a receipt number).
    """
    if open_fen <= 0:
        return [Problem("amount", "quotation.nothing-owed")]
    found = []
    if amount_fen <= 0:
        found.append(Problem("amount", "quotation.payment-amount", {"value": Money(amount_fen)}))
    elif amount_fen > open_fen:
        found.append(Problem("amount", "quotation.paid-more", {"value": Money(amount_fen), "most": Money(open_fen)}))
    if how is PaymentKind.PAID and not receipt_number.strip():
        found.append(Problem("receipt_number", "quotation.receipt-missing"))
    return found
