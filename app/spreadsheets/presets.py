"""Headers we know: the Open Repair Data Standard."""

from __future__ import annotations

from app.domain.importing import open_repair
from app.domain.importing.fields import Field
from app.domain.importing.mapping import Mapping

#: Column of the standard → our field. What a return case has no place for is kept under remarks.
_OPEN_REPAIR: dict[str, Field] = {
    "id": Field.EXTERNAL_ID,
    "data_provider": Field.SOURCE,
    "country": Field.NOTE,
    "partner_product_category": Field.NOTE,
    "product_category": Field.PRODUCT,
    "product_category_ords": Field.PRODUCT,
    "brand": Field.NOTE,
    "year_of_manufacture": Field.NOTE,
    "product_age": Field.NOTE,
    "repair_status": Field.OUTCOME,
    "repair_barrier_if_end_of_life": Field.NOTE,
    "group_identifier": Field.CUSTOMER,
    "event_date": Field.RECEIVED_ON,
    "problem": Field.SYMPTOM,
}


def recognise(header: tuple[str, ...]) -> Mapping | None:
    """The shipped mapping for a list with ``header``; ``None`` for a header nobody agreed on."""
    version = open_repair.version(header)
    return _open_repair(header, version) if version else None


def _open_repair(header: tuple[str, ...], version: str) -> Mapping:
    """Order and case of the columns do not matter, and columns that a provider adds are left out."""
    columns = {name: _OPEN_REPAIR[name.strip().lower()] for name in header if name.strip().lower() in _OPEN_REPAIR}
    categories = [name for name, f in columns.items() if f is Field.PRODUCT]
    for name in categories[1:]:
        columns[name] = Field.NOTE
    if not categories:
        columns = {
            name: Field.PRODUCT if name.strip().lower() == "partner_product_category" else f
            for name, f in columns.items()
        }
    return Mapping(
        name=f"Open Repair Data v{version}",
        columns=columns,
        defaults={Field.OUTCOME: "Unknown", Field.CUSTOMER: "Open Repair Data"},
        values={Field.OUTCOME: {code: text for code, text in open_repair.STATUS.items() if code}},
        standard=open_repair.STANDARD,
    )
