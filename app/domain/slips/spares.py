"""Papers of the spares: F15 spare use, F16 emergency production, F17 restock, F18L loaner agreement (art. 11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.slips.heads import Signature, Worded


@dataclass(frozen=True, slots=True)
class SpareUseSlip:
    """F15 维修备品现场使用情况记录表. What is not known yet prints as an empty field."""

    customer: str
    site: str
    state: Worded
    spare_product: str
    spare_serial: str
    reason: str
    contact: str = ""
    phone: str = ""
    case_number: str = ""
    spare_lot: str = ""
    sent_at: datetime | None = None
    taken_by: str = ""
    waybill: str = ""
    handover: str = ""
    replaced_product: str = ""
    replaced_serial: str = ""
    swapped_on: date | None = None
    owed_since: date | None = None
    owed_until: date | None = None
    recovered_on: date | None = None
    recovered_case: str = ""
    written_off: str = ""
    remark: str = ""
    signatures: tuple[Signature, ...] = ()
    request_number: str = ""


@dataclass(frozen=True, slots=True)
class BuiltLine:
    """A unit built for a request, with its product file."""

    serial: str
    lot: str = ""
    made_on: date | None = None
    file_number: str = ""
    complete: bool = True
    remark: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyRequest:
    """F16 投产计划."""

    product: str
    quantity: int
    need_by: date
    customer: str
    reason: str
    state: Worded
    case_number: str = ""
    requested_by: str = ""
    requested_at: datetime | None = None
    promised_on: date | None = None
    units: tuple[BuiltLine, ...] = ()
    ended_reason: str = ""
    remark: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One of the four conditions: what is, the limit, whether less is better. ``money``: both in fen."""

    condition: Worded
    value: int
    limit: int
    at_most: bool
    money: bool = False


@dataclass(frozen=True, slots=True)
class RestockSlip:
    """F17 退库单."""

    product: str
    serial: str
    case_number: str
    conditions: tuple[ConditionLine, ...]
    lot: str = ""
    made_on: date | None = None
    restocked_on: date | None = None
    handover: str = ""
    remark: str = ""
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class LoanerAgreement:
    """F18L 周转机借用协议: what is lent, until when, in which condition it went out and came back."""

    customer: str
    product: str
    serial: str
    out_on: date
    due_on: date
    condition_out: str
    state: Worded
    case_number: str = ""
    contact: str = ""
    phone: str = ""
    terms: str = ""
    back_on: date | None = None
    condition_in: str = ""
    handovers: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
