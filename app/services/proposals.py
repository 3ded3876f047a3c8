"""Master rows a depot enters itself: what is missing at the counter is proposed and used at once (spec 4).

Head office adopts a proposal or merges it into an existing row; the depot's rows follow the link.
"""

from __future__ import annotations

import unicodedata

from app.domain.masterdata import Customer, Product
from app.errors import Refused
from app.persistence import customers, journal, masterdata, node, products
from app.persistence.transaction import Tx


def customer(tx: Tx, customer_id: str, name: str = "") -> Customer:
    """The customer ``customer_id`` (followed to the row it was merged into), or the one called ``name``, made if new.

    Refused: ``receiving.unknown-customer``.
    """
    if customer_id:
        found = masterdata.get(tx, Customer, customer_id)
        if found is not None and found.merged_into:
            found = masterdata.get(tx, Customer, found.merged_into)
        if found is None:
            raise Refused("receiving.unknown-customer", field="customer_id", value=customer_id)
        return found
    clean = _one_line(name)
    known = customers.like_named(tx, clean)
    if known:
        return known[0]
    (n,) = node.next_in_series(tx, "customer")
    made = Customer(id=tx.new_id(), code=f"{tx.depot_id}-C{n:04d}", name=clean, proposed=True)
    masterdata.add(tx, made)
    journal.record(
        tx, "customers.add", subject_kind="customer", subject_id=made.id, subject_number=made.code,
        facts={"name": clean, "proposed": True},
    )
    return made


def product(tx: Tx, product_id: str, model: str = "") -> Product:
    """The product ``product_id`` (followed to the row it was merged into), or the one of ``model``, made if new.

    Refused: ``receiving.unknown-product``.
    """
    if product_id:
        found = masterdata.get(tx, Product, product_id)
        if found is not None and found.merged_into:
            found = masterdata.get(tx, Product, found.merged_into)
        if found is None:
            raise Refused("receiving.unknown-product", field="product_id", value=product_id)
        return found
    clean = _one_line(model)
    known = products.of_model(tx, clean)
    if known is not None:
        return known
    made = Product(id=tx.new_id(), model=clean, name_zh=clean, name_en=clean, proposed=True)
    masterdata.add(tx, made)
    journal.record(
        tx, "products.add", subject_kind="product", subject_id=made.id, subject_number=clean,
        facts={"name": clean, "proposed": True},
    )
    return made


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
