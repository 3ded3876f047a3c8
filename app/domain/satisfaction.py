"""How satisfied a customer is: what is asked about, and the answers (F9, and by telephone)."""

from __future__ import annotations

from enum import StrEnum


class Aspect(StrEnum):
    """What the customer is asked about."""

    RESPONSE = "RESPONSE"
    ATTITUDE = "ATTITUDE"
    QUALITY = "QUALITY"
    TIME = "TIME"
    OVERALL = "OVERALL"


class Grade(StrEnum):
    """The customer's answer."""

    VERY_SATISFIED = "VERY_SATISFIED"
    SATISFIED = "SATISFIED"
    FAIR = "FAIR"
    DISSATISFIED = "DISSATISFIED"
    VERY_DISSATISFIED = "VERY_DISSATISFIED"
