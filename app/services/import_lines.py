"""What the rows of an import mean in this house: products and customers that are proposed, what came with a unit."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.importing.fates import RowFate
from app.domain.importing.fields import fold
from app.domain.importing.lines import ImportLine
from app.domain.masterdata import Customer, Product
from app.domain.receiving import AccessoryIn, BroughtBy, Intake, Phase, ReturnMethod
from app.persistence import masterdata
from app.persistence.transaction import Tx
from app.services import proposals


class Made:
    """Ids of master rows by folded name, and those of them that this import proposed."""

    def __init__(self, known: set[str]) -> None:
        self.ids: dict[str, str] = {}
        self.made: list[str] = []
        self._known = known

    def enter(self, row_id: str) -> bool:
        """Remember ``row_id`` as proposed by this import, unless it was on record before; says which."""
        is_new = row_id not in self._known
        if is_new:
            self.made.append(row_id)
            self._known.add(row_id)
        return is_new


class Proposals:
    """What the list names and the record lacks is proposed, once per name."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    def make(self, taken: Sequence[RowFate]) -> tuple[Made, Made]:
        """The products and the customers of ``taken``."""
        products = Made({row.id for row in masterdata.everything(self._tx, Product)})
        customers = Made({row.id for row in masterdata.everything(self._tx, Customer)})
        for row in taken:
            one = row.recognised
            model, name = fold(one.line.product), fold(one.line.customer)
            if model not in products.ids:
                products.ids[model] = one.product_id or self._product(one.line, products)
            if name not in customers.ids:
                customers.ids[name] = one.customer_id or self._customer(one.line, customers)
        return products, customers

    def _product(self, line: ImportLine, made: Made) -> str:
        product = proposals.product(self._tx, "", line.product)
        if made.enter(product.id) and line.product_line:
            masterdata.change(self._tx, Product, product.id, line=line.product_line)
        return product.id

    def _customer(self, line: ImportLine, made: Made) -> str:
        customer = proposals.customer(self._tx, "", line.customer)
        made.enter(customer.id)
        return customer.id


def method_of(line: ImportLine) -> ReturnMethod:
    """How the unit came: what the list says, else by mail where it names a waybill."""
    if line.way:
        return ReturnMethod(line.way)
    return ReturnMethod.MAILED if line.waybill else ReturnMethod.CARRIED


def intake_of(line: ImportLine, product_id: str, customer_id: str) -> Intake:
    """What the counter would have typed for ``line``."""
    return Intake(
        serial=line.serial, product_id=product_id, customer_id=customer_id, symptom=line.symptom,
        method=method_of(line), brought_by=BroughtBy(line.brought_by) if line.brought_by else BroughtBy.CUSTOMER,
        unreadable=not line.serial, lot=line.lot, manufactured_on=line.made_on, shipped_on=line.shipped_on,
        phase=Phase.UNKNOWN, fault_on=line.fault_on, tried=line.tried, condition=line.condition,
        accessories=tuple(AccessoryIn(item.name, item.quantity) for item in line.accessories), waybill=line.waybill,
        site=line.site, contact=line.contact, contact_phone=line.phone, return_needed=line.return_needed,
        promised_on=line.promised_on, external_id=line.external_id, external_outcome=line.outcome,
        note="\n".join(filter(None, (line.source, line.note))),
    )


def product_of(tx: Tx, product_id: str) -> Product:
    """The product ``product_id``, which must exist."""
    found = masterdata.get(tx, Product, product_id)
    if found is None:
        raise LookupError(f"no product {product_id}")
    return found
