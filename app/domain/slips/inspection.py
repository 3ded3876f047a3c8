"""F7, the QA mark 维修合格标识: a label on the unit, and the stamp image on F1 and F8 (art. 10.7)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.slips.units import QaMark


@dataclass(frozen=True, slots=True)
class QaMarkLabel:
    """F7 as a label."""

    mark: QaMark
    serial: str
    product: str = ""
