"""What a warranty is folded from: the terms of a product and the append-only entries of a unit (spec 1 §7).

Entries carry what was decided when they were made (terms of a part, whether downtime counted by the policy of that
day), so that a later change of policy never rewrites the past. A mistake is corrected by a :class:`Reversed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import Enum, StrEnum
from typing import Any


class StartEvent(StrEnum):
    """What starts a warranty."""

    SHIPMENT = "SHIPMENT"
    SALE = "SALE"
    ACCEPTANCE = "ACCEPTANCE"
    MANUFACTURE = "MANUFACTURE"


class Proof(StrEnum):
    """What was shown to prove the warranty."""

    CARD = "CARD"
    INVOICE = "INVOICE"
    CONTRACT = "CONTRACT"
    ACCEPTANCE_SHEET = "ACCEPTANCE_SHEET"
    OUR_RECORDS = "OUR_RECORDS"
    NONE = "NONE"


class WithoutProof(StrEnum):
    """What holds when no proof is shown of a start that we cannot know ourselves (sale, acceptance)."""

    FALLBACK = "FALLBACK"        # count from the fallback event
    EXCLUDED = "EXCLUDED"        # no warranty
    SUPERVISOR = "SUPERVISOR"    # unknown until a supervisor settles it


class VoidReason(StrEnum):
    """Why a warranty is void."""

    ALTERED_PROOF = "ALTERED_PROOF"
    SELF_MODIFIED = "SELF_MODIFIED"
    SERIAL_MISMATCH = "SERIAL_MISMATCH"


class Carry(StrEnum):
    """What an exchanged unit's warranty is (policy ``exchange-warranty``, same words)."""

    INHERIT = "inherit"
    RESTART = "restart"
    LONGER = "longer"


@dataclass(frozen=True, slots=True)
class WarrantyTerms:
    """The terms of a product. ``labour_months`` ``None``: the same as ``months``, which then cover parts and labour.

    ``day_after``: the warranty starts the day after its event. ``fallback_days``: grace between the fallback event
    and the start that it stands in for, e.g. from manufacture to a usual sale.
    """

    months: int = 12
    labour_months: int | None = None
    start: StartEvent = StartEvent.SHIPMENT
    day_after: bool = False
    without_proof: WithoutProof = WithoutProof.FALLBACK
    fallback: StartEvent = StartEvent.SHIPMENT
    fallback_days: int = 0
    repair_months: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return _plain(asdict(self))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> WarrantyTerms | None:
        """The terms written by :meth:`as_dict`; ``None`` for an empty mapping: the product has no terms yet."""
        if not values:
            return None
        known = {f.name: values[f.name] for f in fields(cls) if f.name in values}
        for name, kind in (("start", StartEvent), ("fallback", StartEvent), ("without_proof", WithoutProof)):
            if name in known:
                known[name] = kind(known[name])
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Started:
    """``event`` happened on ``day``."""

    entry_id: str
    day: date
    event: StartEvent


@dataclass(frozen=True, slots=True)
class ProofShown:
    """On ``day`` the customer showed ``proof``."""

    entry_id: str
    day: date
    proof: Proof


@dataclass(frozen=True, slots=True)
class Downtime:
    """A repair took the unit from the customer from ``day`` to ``until``; ``counts``: policy lets it extend."""

    entry_id: str
    day: date
    until: date
    document: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class KeyPartReplaced:
    """A key part was replaced on ``day``; ``months``: its own term, 0 for none.

    ``running_since``: when the new part was seen to run normally, ``None`` for not yet.
    """

    entry_id: str
    day: date
    part: str
    months: int
    running_since: date | None
    customer_caused: bool = False
    document: str = ""


@dataclass(frozen=True, slots=True)
class Extended:
    """An approved extension by ``months`` and ``days``."""

    entry_id: str
    day: date
    months: int = 0
    days: int = 0
    document: str = ""


@dataclass(frozen=True, slots=True)
class Voided:
    """From ``day`` on the warranty is void."""

    entry_id: str
    day: date
    reason: VoidReason
    document: str = ""


@dataclass(frozen=True, slots=True)
class RepairWarranted:
    """A chargeable repair handed back on ``day`` is itself under warranty for ``months``: for that fault only."""

    entry_id: str
    day: date
    months: int
    document: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """On ``day`` this unit took the place of ``old_serial`` at the customer; what went before it does not count.

    ``parts_until`` and ``labour_until``: the old unit's ends as known then, ``None`` for unknown.
    """

    entry_id: str
    day: date
    mode: Carry
    old_serial: str
    parts_until: date | None
    labour_until: date | None
    old_void: bool = False
    document: str = ""


@dataclass(frozen=True, slots=True)
class Reversed:
    """The entry ``reverses`` was a mistake and does not count."""

    entry_id: str
    day: date
    reverses: str


Entry = Started | ProofShown | Downtime | KeyPartReplaced | Extended | Voided | RepairWarranted | Carried | Reversed

_KINDS: dict[str, type[Entry]] = {
    kind.__name__: kind
    for kind in (Started, ProofShown, Downtime, KeyPartReplaced, Extended, Voided, RepairWarranted, Carried, Reversed)
}
_ENUMS: dict[str, type[StrEnum]] = {"event": StartEvent, "proof": Proof, "reason": VoidReason, "mode": Carry}
_DATES = frozenset({"day", "until", "running_since", "parts_until", "labour_until"})


def entry_as_dict(entry: Entry) -> dict[str, Any]:
    """Plain values for JSON, with the ``kind`` of the entry."""
    return {"kind": type(entry).__name__, **_plain(asdict(entry))}


def entry_from_dict(values: Mapping[str, Any]) -> Entry:
    """The entry written by :func:`entry_as_dict`."""
    kind = _KINDS[values["kind"]]
    known: dict[str, Any] = {}
    for name in (f.name for f in fields(kind) if f.name in values):
        value = values[name]
        if name in _DATES and value is not None:
            value = date.fromisoformat(value)
        elif name in _ENUMS:
            value = _ENUMS[name](value)
        known[name] = value
    return kind(**known)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    plain = {}
    for name, value in values.items():
        if isinstance(value, date):
            plain[name] = value.isoformat()
        else:
            plain[name] = value.value if isinstance(value, Enum) else value
    return plain
