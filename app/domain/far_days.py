"""Days that are promised lie ahead, but not further than a year: beyond it the year was mistyped."""

from __future__ import annotations

from datetime import date, timedelta

from app.errors import Problem

#: A day further ahead is a typing error.
FURTHEST = timedelta(days=366)


def far_problems(field: str, code: str, day: date, today: date) -> list[Problem]:
    """``code`` with the day and how many days ahead are believed, unless ``day`` is within them."""
    return [Problem(field, code, {"value": day, "most": FURTHEST.days})] if day - today > FURTHEST else []
