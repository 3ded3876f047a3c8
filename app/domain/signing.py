"""Signatures: an own person re-authenticates; an outside party draws on the screen or signs on paper (spec 1 §10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.errors import Problem

#: One stroke of a pen: points in 0..1 of the box, from left to right and top to bottom.
Stroke = tuple[tuple[float, float], ...]


class Party(StrEnum):
    """Who signs."""

    OWN = "OWN"
    CUSTOMER = "CUSTOMER"
    CARRIER = "CARRIER"
    PARTNER = "PARTNER"          # development partner (研制单位)
    FIELD_STAFF = "FIELD_STAFF"  # our own field person
    STORES = "STORES"


class Method(StrEnum):
    """How a signature was given."""

    PIN = "PIN"
    PASSWORD = "PASSWORD"  # noqa: S105  the name of a method
    DRAWN = "DRAWN"
    PAPER = "PAPER"


@dataclass(frozen=True, slots=True)
class OwnSignature:
    """One of the depot's people: ``login`` and the PIN or password, typed now. The secret is not kept."""

    login: str
    secret: str

    def __repr__(self) -> str:
        return f"OwnSignature({self.login!r}, …)"


@dataclass(frozen=True, slots=True)
class OutsideSignature:
    """Somebody outside: drawn strokes, or ``on_paper`` (the signed paper is scanned and filed later)."""

    party: Party
    name: str
    strokes: tuple[Stroke, ...] = ()
    on_paper: bool = False


Signature = OwnSignature | OutsideSignature


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was accepted and written: its id, who it is."""

    id: str
    name: str
    user_id: str | None


def problems(signature: Signature, field: str) -> list[Problem]:
    """``signing.name-missing``, ``signing.not-drawn``, ``signing.secret-missing``."""
    if isinstance(signature, OwnSignature):
        return [] if signature.login and signature.secret else [Problem(field, "signing.secret-missing")]
    if not signature.name.strip():
        return [Problem(field, "signing.name-missing", {"party": signature.party})]
    if not signature.on_paper and sum(len(stroke) for stroke in signature.strokes) < 4:
        return [Problem(field, "signing.not-drawn", {"name": signature.name.strip()})]
    return []
