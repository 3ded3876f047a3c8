"""Where is serial X: at every depot that ever had it, with its history (spec 4, "Head office desk")."""

from __future__ import annotations

from dataclasses import replace

from app.depot import Depot
from app.domain import serials
from app.domain.masterdata import Product
from app.domain.whereabouts import DepotVisit, Stand, Whereabouts
from app.errors import Refused
from app.persistence import masterdata, node
from app.persistence import network as network_rows
from app.persistence import whereabouts as rows
from app.persistence.transaction import Tx


def where_is(depot: Depot, text: str) -> Whereabouts:
    """Where the units with the serial ``text`` (as read, or a case number) are, depot by depot.

    Head office answers for every depot as of its last night. A depot answers from its own record, and of the others
    with the visits its last night brought. Nobody knows the serial: no stands. Refused: ``whereabouts.nothing-asked``.
    """
    with depot.read() as tx:
        asked = serials.normalise(text, serials.ANY)
        if not asked:
            raise Refused("whereabouts.nothing-asked", field="serial")
        everywhere = node.is_head_office(tx)
        forms = _forms(tx, text)
        stands, visits = _found(tx, forms, everywhere=everywhere)
        if not stands:
            forms = rows.serials_of_number(tx, asked)
            stands, visits = _found(tx, forms, everywhere=everywhere) if forms else ((), ())
        names = network_rows.names(tx) if everywhere else {tx.depot_id: depot.identity.name}
        if everywhere:
            told = network_rows.told(tx)
        else:
            last = rows.told_at(tx)
            told = dict.fromkeys(rows.owners(tx), last) if last is not None else {}
        return Whereabouts(asked, stands, visits, names, told, everywhere)


def _forms(tx: Tx, text: str) -> list[str]:
    """The serial as each product's rule would fold it."""
    rules = {serials.ANY, *(
        product.rule for product in masterdata.everything(tx, Product) if product.serial_rule
    )}
    return sorted({serials.normalise(text, rule) for rule in rules} - {""})


def _found(
    tx: Tx, forms: list[str], *, everywhere: bool
) -> tuple[tuple[Stand, ...], tuple[DepotVisit, ...]]:
    stands = rows.stands(tx, forms)
    if not everywhere:
        stands += rows.told_stands(tx, forms)
    visits = rows.visits(tx, forms)
    newest = {(visit.depot_id, visit.unit_id): visit for visit in visits}
    return tuple(_with_visit(stand, newest.get((stand.depot_id, stand.unit_id))) for stand in stands), visits


def _with_visit(stand: Stand, visit: DepotVisit | None) -> Stand:
    """A stand says its newest visit; where the place is not known, since when that visit is what it is."""
    if visit is None:
        return stand
    if stand.place is not None:
        return stand if stand.case_number else replace(stand, case_number=visit.number, stage=visit.stage)
    return replace(
        stand, case_number=visit.number, stage=visit.stage,
        since=visit.left_at or visit.received_at or visit.reported_at,
    )


__all__ = ["DepotVisit", "Stand", "Whereabouts", "where_is"]
