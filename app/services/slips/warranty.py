"""What a paper says of a warranty: whether it holds, from when until when, and why, in the words of its reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.depot import Depot
from app.domain.codes import CauseClass, Responsibility
from app.domain.masterdata import Product
from app.domain.receiving import ReturnCase, Unit
from app.domain.repair import RepairOrder
from app.domain.slips import WarrantyLine
from app.domain.warranty import SegmentKind, TraceLine, Warranty
from app.errors import Refused
from app.i18n import Translator
from app.messages import say
from app.persistence import masterdata
from app.persistence import receiving as rows
from app.persistence.transaction import Tx
from app.services import claims, warranty


def warranty_statement(
    depot: Depot, tx: Tx, unit_id: str, t: Translator, on: date | None = None
) -> WarrantyLine:
    """The warranty of a unit on a day (default: today) by the calendar, e.g. of the new unit of an exchange (F12).

    ``reason`` is the whole trace as sentences without article numbers. Refused: ``lookup.unknown-unit``.
    """
    unit = rows.unit(tx, unit_id)
    product = masterdata.get(tx, Product, unit.product_id) if unit else None
    if unit is None or product is None:
        raise Refused("lookup.unknown-unit", value=unit_id)
    folded = warranty.ledger(depot, tx, unit)
    judged = warranty.judgement_on(depot, tx, unit, product, on or depot.local_day(tx.at))
    return WarrantyLine(
        judged.state, sentences(judged.trace, t), folded.started, judged.until, next_until=judged.until
    )


def of_case(
    depot: Depot, tx: Tx, unit: Unit, case: ReturnCase, order: RepairOrder | None, t: Translator, *,
    after_repair: bool = False,
) -> WarrantyLine:
    """The verdict of a visit (F1); ``after_repair``: also until when it runs once the unit is back (F8)."""
    product = masterdata.get(tx, Product, case.product_id)
    if product is None:
        return WarrantyLine()
    judged = warranty.judgement(
        depot, tx, unit, product, case,
        CauseClass(order.cause_class) if order and order.cause_class else None,
        Responsibility(order.responsibility) if order and order.responsibility else None,
    )
    started = warranty.ledger(depot, tx, unit, case.id).started
    if not after_repair:
        return WarrantyLine(judged.state, sentences(judged.trace, t), started, judged.until, case.warranty_proof)
    later = claims.after_visit(depot, tx, unit, case)
    new = [line for line in later.trace if line not in judged.trace]
    return WarrantyLine(
        judged.state, sentences([*judged.trace, *new], t), started, judged.until, case.warranty_proof,
        _next_until(later, case),
    )


def sentences(trace: Iterable[TraceLine], t: Translator) -> str:
    """The steps of an explanation as one text."""
    return ("；" if t.language.startswith("zh") else "; ").join(say(line.code, line.facts, t) for line in trace)


def _next_until(later: Warranty, case: ReturnCase) -> date | None:
    """Until when something holds after the visit: the unit's term, or the longer warranty on this repair."""
    ends = [later.parts_until] if later.voided_on is None else []
    ends += [
        segment.end for segment in later.segments
        if segment.kind is SegmentKind.REPAIR and segment.document == case.number
    ]
    return max((end for end in ends if end is not None), default=None)
