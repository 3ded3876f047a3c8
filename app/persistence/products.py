"""Products as the list shows them, and the rows that hang on one when its storage condition changes or it is merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select, update

from app.domain.masterdata import Product
from app.domain.stages import Stage
from app.persistence.tables import products, return_cases, shelves, test_templates, units
from app.persistence.transaction import Tx, columns_of, in_force

_OVER = (Stage.CLOSED, Stage.VOID)


@dataclass(frozen=True, slots=True)
class ProductLine:
    """One line of the list. ``template_version``: of the test sheet in force, 0 for none."""

    product: Product
    units: int
    open_cases: int
    template_version: int

    @property
    def id(self) -> str:
        """The product's id."""
        return self.product.id


@dataclass(frozen=True, slots=True)
class ProductFilter:
    """Which products. ``text`` is looked for in model, names and line; ``ids`` adds those found otherwise."""

    text: str = ""
    line: str = ""
    proposed_only: bool = False
    inactive_too: bool = False
    ids: tuple[str, ...] = ()


def page(
    tx: Tx, wanted: ProductFilter, after: Product | None, limit: int, *, descending: bool = False
) -> tuple[ProductLine, ...]:
    """``limit`` lines by model, from ``after`` on."""
    statement = _where(tx, select(*columns_of(Product, products)), wanted)
    model, id_ = products.c.model, products.c.id
    if after is not None:
        beyond = model < after.model if descending else model > after.model
        further = id_ < after.id if descending else id_ > after.id
        statement = statement.where(or_(beyond, and_(model == after.model, further)))
    statement = statement.order_by(*(c.desc() if descending else c for c in (model, id_))).limit(limit)
    rows = tx.all(statement, Product)
    ids = [row.id for row in rows]
    owned, open_, sheets = _units(tx, ids), _open_cases(tx, ids), _sheets(tx, ids)
    return tuple(
        ProductLine(row, owned.get(row.id, 0), open_.get(row.id, 0), sheets.get(row.id, 0)) for row in rows
    )


def count(tx: Tx, wanted: ProductFilter) -> int:
    """How many products there are under ``wanted``."""
    return int(tx.scalar(_where(tx, select(func.count()).select_from(products), wanted)))


def names(tx: Tx) -> list[tuple[str, str]]:
    """Id and Chinese name of every active product, for the search by pinyin."""
    found = tx.execute(
        select(products.c.id, products.c.name_zh).where(
            products.c.deleted_at.is_(None), products.c.active == 1, in_force(tx.depot_id, products)
        )
    )
    return [(row[0], row[1]) for row in found]


def models(tx: Tx) -> list[tuple[str, str]]:
    """Id and model of every active product."""
    found = tx.execute(
        select(products.c.id, products.c.model).where(
            products.c.deleted_at.is_(None), products.c.active == 1, in_force(tx.depot_id, products)
        )
    )
    return [(row[0], row[1]) for row in found]


def lines(tx: Tx) -> tuple[str, ...]:
    """Every product line in use."""
    found = tx.execute(
        select(products.c.line).where(
            products.c.deleted_at.is_(None), products.c.line != "", in_force(tx.depot_id, products)
        ).distinct()
    )
    return tuple(sorted(found.scalars()))


def of_model(tx: Tx, model: str) -> Product | None:
    """The live product of that model, whatever the case of its letters."""
    statement = select(*columns_of(Product, products)).where(
        products.c.deleted_at.is_(None), products.c.merged_into.is_(None), in_force(tx.depot_id, products),
        func.lower(products.c.model) == model.lower(),
    )
    found = tx.all(statement.limit(1), Product)
    return found[0] if found else None


def unit_ids(tx: Tx, product_id: str) -> list[str]:
    """The units of a product."""
    return list(tx.execute(select(units.c.id).where(*_of(tx, product_id))).scalars())


def case_ids(tx: Tx, product_id: str) -> list[str]:
    """The return cases of a product."""
    of_units = select(units.c.id).where(*_of(tx, product_id))
    return list(
        tx.execute(
            select(return_cases.c.id).where(
                return_cases.c.depot_id == tx.depot_id, return_cases.c.unit_id.in_(of_units)
            )
        ).scalars()
    )


def newest_serials(tx: Tx, product_id: str, limit: int) -> list[str]:
    """Serials of a product as they were read, the newest units first; depot tags are left out."""
    return list(
        tx.execute(
            select(units.c.serial_as_read)
            .where(*_of(tx, product_id), units.c.tagged == 0)
            .order_by(units.c.id.desc()).limit(limit)
        ).scalars()
    )


def same_serials(tx: Tx, product_id: str, other_id: str) -> list[str]:
    """Serials that are on record under both products."""
    others = units.alias()
    return list(
        tx.execute(
            select(units.c.serial)
            .join(others, and_(others.c.depot_id == units.c.depot_id, others.c.serial == units.c.serial))
            .where(*_of(tx, product_id), others.c.product_id == other_id, others.c.deleted_at.is_(None))
            .order_by(units.c.serial)
        ).scalars()
    )


def misplaced_under(tx: Tx, product_id: str, condition: str) -> list[str]:
    """Serials on shelves that do not provide ``condition``."""
    provided = (literal(",") + shelves.c.provides + literal(",")).contains(f",{condition},", autoescape=True)
    return list(
        tx.execute(
            select(units.c.serial)
            .join(shelves, and_(shelves.c.depot_id == units.c.depot_id, shelves.c.id == units.c.shelf_id))
            .where(*_of(tx, product_id), ~provided)
            .order_by(units.c.serial)
        ).scalars()
    )


def set_condition(tx: Tx, product_id: str, condition: str) -> None:
    """Let every unit of a product need ``condition``."""
    tx.execute(update(units).where(*_of(tx, product_id)).values(storage_condition=condition))


def give(tx: Tx, product_id: str, *, unit_ids: Sequence[str], case_ids: Sequence[str]) -> None:
    """Let units and their cases be of the product ``product_id``."""
    for table, ids in ((units, unit_ids), (return_cases, case_ids)):
        for start in range(0, len(ids), 500):
            some = ids[start:start + 500]
            tx.execute(
                update(table).where(table.c.depot_id == tx.depot_id, table.c.id.in_(some))
                .values(product_id=product_id)
            )


def _of(tx: Tx, product_id: str) -> tuple[Any, ...]:
    return units.c.depot_id == tx.depot_id, units.c.product_id == product_id, units.c.deleted_at.is_(None)


def _where(tx: Tx, statement: Select[Any], wanted: ProductFilter) -> Select[Any]:
    statement = statement.where(products.c.deleted_at.is_(None), in_force(tx.depot_id, products))
    if not wanted.inactive_too:
        statement = statement.where(products.c.active == 1)
    if wanted.line:
        statement = statement.where(products.c.line == wanted.line)
    if wanted.proposed_only:
        statement = statement.where(products.c.proposed == 1)
    if wanted.text:
        fields = (products.c.model, products.c.name_zh, products.c.name_en, products.c.line)
        found = or_(*(func.lower(field).contains(wanted.text.lower(), autoescape=True) for field in fields))
        statement = statement.where(or_(found, products.c.id.in_(wanted.ids)) if wanted.ids else found)
    return statement


def _units(tx: Tx, ids: Sequence[str]) -> dict[str, int]:
    found = tx.execute(
        select(units.c.product_id, func.count())
        .where(units.c.depot_id == tx.depot_id, units.c.product_id.in_(ids), units.c.deleted_at.is_(None))
        .group_by(units.c.product_id)
    )
    return {row[0]: row[1] for row in found}


def _open_cases(tx: Tx, ids: Sequence[str]) -> dict[str, int]:
    found = tx.execute(
        select(return_cases.c.product_id, func.count())
        .where(
            return_cases.c.depot_id == tx.depot_id,
            return_cases.c.stage.in_([stage for stage in Stage if stage not in _OVER]),
            return_cases.c.product_id.in_(ids),
        )
        .group_by(return_cases.c.product_id)
    )
    return {row[0]: row[1] for row in found}


def _sheets(tx: Tx, ids: Sequence[str]) -> dict[str, int]:
    found = tx.execute(
        select(test_templates.c.product_id, func.max(test_templates.c.version))
        .where(
            test_templates.c.product_id.in_(ids), test_templates.c.active == 1, test_templates.c.deleted_at.is_(None),
            in_force(tx.depot_id, test_templates),
        )
        .group_by(test_templates.c.product_id)
    )
    return {row[0]: row[1] for row in found}
