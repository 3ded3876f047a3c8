"""The warranty of a unit in the record: what steps write, what people enter, and when a verdict changes."""

from __future__ import annotations

from datetime import date

from app.depot import SYSTEM, Depot
from app.domain.masterdata import Product
from app.domain.receiving import Unit
from app.domain.warranty_entries import Extended, WarrantyTerms
from app.persistence import masterdata
from app.persistence import receiving as rows
from app.services import warranty
from tests.builders import a_product, a_received_unit

TERMS = WarrantyTerms(months=24)


def a_covered_unit(depot: Depot, serial: str = "W1001", shipped: date = date(2026, 5, 2), **terms: object) -> Unit:
    """A received unit of a product with terms."""
    product = a_product(depot, f"M-{serial}", warranty=WarrantyTerms(**{"months": 24, **terms}).as_dict())  # type: ignore[arg-type]
    got = a_received_unit(depot, serial, product_id=product.id, shipped_on=shipped)
    return unit_of(depot, got.unit_id)


def unit_of(depot: Depot, unit_id: str) -> Unit:
    with depot.read() as tx:
        unit = rows.unit(tx, unit_id)
    assert unit is not None
    return unit


def until(depot: Depot, unit: Unit) -> date | None:
    with depot.read() as tx:
        return warranty.ledger(depot, tx, unit).parts_until


def test_an_entry_lengthens_the_ledger(depot: Depot) -> None:
    unit = a_covered_unit(depot)
    assert until(depot, unit) == date(2028, 5, 2)
    with depot.as_operator(SYSTEM).write() as tx:
        row = warranty.add_entry(depot, tx, unit.id, Extended("", date(2026, 11, 3), 6, 0, "批-1"), reason="大客户")
    assert (row.kind, row.document, row.reason) == ("Extended", "批-1", "大客户")
    assert until(depot, unit) == date(2028, 11, 2)


def test_the_new_unit_inherits_what_is_left(depot: Depot) -> None:
    old, new = a_covered_unit(depot), a_covered_unit(depot, "W1002", date(2020, 1, 1))
    with depot.as_operator(SYSTEM).write() as tx:
        warranty.carry_over(depot, tx, old, new, date(2026, 11, 3), "SH1-X2611-00001")
    assert until(depot, new) == date(2028, 5, 2)
    with depot.read() as tx:
        folded = warranty.ledger(depot, tx, new)
        assert masterdata.get(tx, Product, new.product_id) is not None
    assert folded.segments[-1].document == "SH1-X2611-00001"
    assert folded.started == date(2026, 11, 3)
