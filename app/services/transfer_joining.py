"""Which transfer of another depot an intake is the end of: the one it names, else the one announced for its serial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.depot import Depot
from app.domain.masterdata import Product
from app.domain.numbering import parse_number
from app.domain.receiving import Intake
from app.domain.transfers import Answer, Coming, sender_of
from app.errors import Refused
from app.persistence import masterdata
from app.persistence import transfers as rows
from app.persistence.transaction import Tx


@dataclass(frozen=True, slots=True)
class Joined:
    """A transfer that ends here. ``coming`` ``None``: only its paper came, the night has not told of it yet."""

    number: str
    from_depot: str
    coming: Coming | None = None

    @property
    def counts_from(self) -> datetime | None:
        """The first receipt of the visit, as far as it is known."""
        return self.coming.story.received_at if self.coming else None


def of_intake(depot: Depot, tx: Tx, intake: Intake, product: Product, serial: str) -> Joined | None:
    """The transfer that ends with this intake; ``None``: the unit comes from no other depot.

    Refused: the codes of :func:`named`, ``transfers.serial-differs``.
    """
    if not intake.transfer:
        found = _announced_for(tx, product, serial) if serial else None
        return Joined(found.number, found.from_depot, found) if found else None
    joined = named(depot, tx, intake.transfer)
    if joined.coming and serial and not joined.coming.story.intake.unreadable and joined.coming.serial != serial:
        raise Refused(
            "transfers.serial-differs", field="serial", serial=serial, expected=joined.coming.serial,
            number=joined.number,
        )
    return joined


def named(depot: Depot, tx: Tx, text: str) -> Joined:
    """The transfer with the number ``text``, which may still be received here.

    Refused: ``transfers.number``, ``transfers.received-already``, ``transfers.withdrawn``.
    """
    sender, number = sender_of(text, depot.depot_id), str(parse_number(text) or text)
    if sender is None:
        raise Refused("transfers.number", field="transfer", value=text)
    known = rows.receipt(tx, number)
    if known is not None and known.answer == Answer.RECEIVED:
        raise Refused("transfers.received-already", field="transfer", number=number, case=known.case_number,
                      on=depot.local_day(known.at))
    coming = rows.announced(tx, number)
    if coming is not None and coming.withdrawn is not None:
        raise Refused("transfers.withdrawn", field="transfer", number=number, depot=coming.from_depot,
                      on=depot.local_day(coming.withdrawn))
    return Joined(number, sender, coming)


def _announced_for(tx: Tx, product: Product, serial: str) -> Coming | None:
    """The open transfer of this serial; a product of the sender's own making is known by its model only."""
    return next(
        (
            coming for coming in rows.coming(tx)
            if coming.serial == serial and (
                coming.product_id == product.id or
                (masterdata.get(tx, Product, coming.product_id) is None and coming.story.model == product.model)
            )
        ), None,
    )
