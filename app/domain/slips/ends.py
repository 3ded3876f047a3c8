"""F12 to F14: the exchange slip, the scrap form and the technical determination."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain.slips.disposition import NoticeVisit
from app.domain.slips.heads import Signature, Worded
from app.domain.slips.units import WarrantyLine


@dataclass(frozen=True, slots=True)
class ExchangeSide:
    """One of the two units of an exchange."""

    serial: str
    product: str
    lot: str = ""
    manufactured: date | None = None
    warranty: WarrantyLine = field(default_factory=WarrantyLine)


@dataclass(frozen=True, slots=True)
class ExchangeSlip:
    """F12 调换单. ``reason`` in plain words, without articles; ``charge_fen`` in fen, 0: free of charge."""

    customer: str
    case_number: str
    old: ExchangeSide
    new: ExchangeSide
    reason: str
    source: Worded
    on: date
    both: bool = False
    carried: Worded = ""
    substitute_reason: str = ""
    charge_fen: int = 0
    address: str = ""
    contact: str = ""
    phone: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """One question and its answer. ``answer`` empty: it waits."""

    asked: datetime
    by: str
    reason: str
    answer: Worded = ""
    decided: datetime | None = None
    decider: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ScrapForm:
    """F13 报废单. ``ruling``: why it is scrapped, our own words, with the article."""

    product: str
    serial: str
    case_number: str
    customer: str
    reason: str
    ruling: str
    on: date
    lot: str = ""
    manufactured: date | None = None
    fault: str = ""
    cause: Worded = ""
    result: Worded = ""
    warranty: WarrantyLine = field(default_factory=WarrantyLine)
    ruling_number: str = ""
    determination_number: str = ""
    determination: Worded = ""
    findings: str = ""
    visits: tuple[NoticeVisit, ...] = ()
    approvals: tuple[ApprovalLine, ...] = ()
    destination: Worded = ""
    how: Worded = ""
    by_whom: str = ""
    witness: str = ""
    destined: date | None = None
    handover_number: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class DeterminationPaper:
    """F14 技术认定. ``tests``: (what was tried, what it showed); ``follows``: what becomes of the unit, in order."""

    product: str
    serial: str
    case_number: str
    customer: str
    on: date
    conclusion: Worded
    findings: str
    tests: tuple[tuple[str, str], ...]
    follows: tuple[Worded, ...]
    lot: str = ""
    manufactured: date | None = None
    kept: date | None = None
    agreed: str = ""
    symptom: str = ""
    visits: tuple[NoticeVisit, ...] = ()
    signatures: tuple[Signature, ...] = ()
