"""The Open Repair Data Standard (v0.2.1 and v0.3): its header, its code lists, and what is tolerated of each row.

Published by the Open Repair Alliance, https://standard.openrepair.org. A row that does not keep the standard is
taken all the same, with a warning that names what it breaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map

from app.errors import Problem

STANDARD = "open-repair-data"

#: Columns of every version; a file of the standard has all of them, in any order.
CORE = frozenset({"id", "data_provider", "repair_status", "event_date", "problem"})
#: Columns that came with v0.3.
NEW_IN_03 = frozenset({"product_category_id", "product_age"})
CATEGORY = ("product_category", "product_category_ords")

STATUS = {"0": "Unknown", "1": "Fixed", "2": "Repairable", "3": "End of life", "": "Unknown"}
_STATUSES = frozenset(STATUS.values())

BARRIERS = frozenset({
    "Spare parts not available", "Spare parts too expensive", "No way to open product",
    "Repair information not available", "Lack of equipment", "Item too worn out",
})
#: Wordings of earlier editions of the standard and of its data files.
OLDER_BARRIERS = {
    "No way to open the product": "No way to open product",
    "Product too worn out": "Item too worn out",
    "Too worn out": "Item too worn out",
}
_BARRIER_CODES = frozenset("123456")

_ID = re.compile(r"[a-z]+-[0-9]+")


def version(header: tuple[str, ...]) -> str:
    """``0.3`` or ``0.2.1`` when ``header`` is that of the standard, else an empty text."""
    names = {name.strip().lower() for name in header}
    if not names >= CORE or not names & {*CATEGORY, "partner_product_category"}:
        return ""
    return "0.3" if "product_category_id" in names else "0.2.1"


def problems(row: Map[str, str]) -> list[Problem]:
    """What ``row`` (column → text) breaks of the standard; all of it is tolerated.

    Codes: ``import.standard-id``, ``import.standard-status``, ``import.standard-barrier`` (not in the list),
    ``import.standard-older-barrier``, ``import.standard-barrier-without-end`` (only End of life has barriers).
    """
    values = {name.strip().lower(): text for name, text in row.items()}
    found = []
    identifier = values.get("id", "")
    if identifier and not _ID.fullmatch(identifier):
        found.append(Problem("EXTERNAL_ID", "import.standard-id", {"value": identifier}))
    status = values.get("repair_status", "")
    status = STATUS.get(status, status)
    if status not in _STATUSES:
        found.append(Problem("OUTCOME", "import.standard-status", {"value": status}))
    barrier = values.get("repair_barrier_if_end_of_life", "")
    if barrier in OLDER_BARRIERS:
        facts = {"value": barrier, "current": OLDER_BARRIERS[barrier]}
        found.append(Problem("NOTE", "import.standard-older-barrier", facts))
    elif barrier and barrier not in BARRIERS | _BARRIER_CODES:
        found.append(Problem("NOTE", "import.standard-barrier", {"value": barrier}))
    if barrier and status != "End of life":
        facts = {"value": barrier, "status": status}
        found.append(Problem("NOTE", "import.standard-barrier-without-end", facts))
    return found
