"""What people may write into a unit's warranty: a sale, a proof shown, an extension, a void, and mistakes reversed."""

from __future__ import annotations

from datetime import date

from app.domain.warranty import Warranty
from app.domain.warranty_entries import Entry, Extended, ProofShown, Reversed, Started, StartEvent, Voided
from app.errors import Problem

#: A longer extension is a typing error: fifty years.
MOST_MONTHS = 600
MOST_DAYS = 18_250


def entry_problems(
    entry: Entry, reason: str, today: date, ledger: Warranty, made_on: date | None = None
) -> list[Problem]:
    """What is wrong with an entry made by a person, beside the ``ledger`` as it stands; ``made_on``: the unit's making.

    Codes: ``warranty.entry-kind`` (only steps write it), ``warranty.start-on-unit``, ``warranty.day-in-future``,
    ``warranty.sale-before-manufacture``, ``warranty.extension-empty``, ``warranty.extension-long``,
    ``warranty.document-missing``, ``warranty.start-unknown``, ``warranty.before-start``, ``warranty.reason-missing``.
    """
    match entry:
        case Started():
            return _start_problems(entry, today, made_on)
        case ProofShown():
            return _future(entry.day, today)
        case Extended():
            found = _extension_problems(entry, ledger)
        case Voided():
            found = _future(entry.day, today) + _before_start(entry.day, ledger)
        case Reversed():
            found = []
        case _:
            return [Problem("kind", "warranty.entry-kind", {"kind": type(entry).__name__})]
    return found if reason.strip() else [*found, Problem("reason", "warranty.reason-missing")]


def _start_problems(entry: Started, today: date, made_on: date | None) -> list[Problem]:
    if entry.event is not StartEvent.SALE:
        return [Problem("kind", "warranty.start-on-unit", {"event": entry.event})]
    found = _future(entry.day, today)
    if made_on is not None and entry.day < made_on:
        found.append(Problem("day", "warranty.sale-before-manufacture", {"value": entry.day, "made": made_on}))
    return found


def _extension_problems(entry: Extended, ledger: Warranty) -> list[Problem]:
    found = []
    if min(entry.months, entry.days) < 0 or entry.months + entry.days <= 0:
        found.append(Problem("months", "warranty.extension-empty", {"months": entry.months, "days": entry.days}))
    elif entry.months > MOST_MONTHS or entry.days > MOST_DAYS:
        found.append(Problem("months", "warranty.extension-long", {"months": MOST_MONTHS, "days": MOST_DAYS}))
    if not entry.document.strip():
        found.append(Problem("document", "warranty.document-missing"))
    if not ledger.known or ledger.parts_until is None:
        found.append(Problem("day", "warranty.start-unknown"))
    return found + _before_start(entry.day, ledger)


def _future(day: date, today: date) -> list[Problem]:
    return [Problem("day", "warranty.day-in-future", {"value": day, "today": today})] if day > today else []


def _before_start(day: date, ledger: Warranty) -> list[Problem]:
    if ledger.started is None or day >= ledger.started:
        return []
    return [Problem("day", "warranty.before-start", {"value": day, "start": ledger.started})]
