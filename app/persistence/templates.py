"""Test templates of products in the record: a change makes a new version, the old ones stay for the old inspections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app.domain.inspection import ItemKind, TestItem
from app.persistence.tables import test_items, test_templates
from app.persistence.transaction import Tx, in_force


@dataclass(frozen=True, slots=True)
class TestTemplate:
    """One version of a product's test sheet."""

    __test__ = False             # not a test case

    id: str
    product_id: str
    version: int
    note: str
    active: bool
    items: tuple[TestItem, ...]


def active(tx: Tx, product_id: str) -> TestTemplate | None:
    """The version now in force for a product; ``None`` when it has no test sheet."""
    found = _templates(
        tx, _heads(tx).where(test_templates.c.product_id == product_id, test_templates.c.active == 1)
        .order_by(test_templates.c.version.desc()).limit(1),
    )
    return found[0] if found else None


def template(tx: Tx, template_id: str) -> TestTemplate | None:
    """The version ``template_id``, in force or not."""
    found = _templates(tx, _heads().where(test_templates.c.id == template_id))
    return found[0] if found else None


def versions(tx: Tx, product_id: str) -> tuple[TestTemplate, ...]:
    """Every version of a product's test sheet, the newest first."""
    return _templates(
        tx, _heads(tx).where(test_templates.c.product_id == product_id).order_by(test_templates.c.version.desc())
    )


def last_version(tx: Tx, product_id: str) -> int:
    """The highest version number ever given; 0 for none."""
    return int(tx.scalar(
        select(func.max(test_templates.c.version)).where(
            test_templates.c.product_id == product_id, in_force(tx.depot_id, test_templates)
        )
    ) or 0)


def is_own(tx: Tx, template_id: str) -> bool:
    """Whether a version was made here, not delivered by head office."""
    return tx.scalar(select(test_templates.c.id).where(tx.by_id(test_templates, template_id))) is not None


def add(tx: Tx, product_id: str, version: int, note: str, items: Sequence[TestItem]) -> str:
    """Write a version, in force at once, and return its id."""
    template_id = tx.new_id()
    tx.insert(
        test_templates,
        {"id": template_id, "product_id": product_id, "version": version, "note": note, "active": True},
    )
    tx.insert(test_items, *({"template_id": template_id, "ordinal": n, **_row(i)} for n, i in enumerate(items, 1)))
    return template_id


def put_in_force(tx: Tx, template_id: str, *, active: bool) -> None:
    """Put a version in force, or out of it."""
    tx.change(test_templates, template_id, active=active)


def _heads(tx: Tx | None = None) -> Select[Any]:
    """The heads of the versions; with ``tx``, those that hold here: on the centre not those of depots."""
    t = test_templates.c
    found = select(t.id, t.product_id, t.version, t.note, t.active).where(t.deleted_at.is_(None))
    return found if tx is None else found.where(in_force(tx.depot_id, test_templates))


def _templates(tx: Tx, statement: Select[Any]) -> tuple[TestTemplate, ...]:
    heads = list(tx.execute(statement))
    items: dict[str, list[TestItem]] = {head.id: [] for head in heads}
    if heads:
        rows = tx.execute(
            select(test_items)
            .where(test_items.c.template_id.in_(list(items)), test_items.c.deleted_at.is_(None))
            .order_by(test_items.c.template_id, test_items.c.ordinal)
        )
        for row in rows:
            items[row.template_id].append(_item(row))
    return tuple(
        TestTemplate(head.id, head.product_id, head.version, head.note, head.active, tuple(items[head.id]))
        for head in heads
    )


def _row(item: TestItem) -> dict[str, Any]:
    return {
        "code": item.code, "name_zh": item.name_zh, "name_en": item.name_en, "kind": item.kind.value,
        "unit": item.unit, "lower": item.lower, "upper": item.upper,
        "choices": {"choices": list(item.choices), "good": list(item.good)}, "mandatory": item.mandatory,
    }


def _item(row: Any) -> TestItem:
    return TestItem(
        row.code, row.name_zh, row.name_en, ItemKind(row.kind), row.unit, row.lower, row.upper,
        tuple(row.choices.get("choices", ())), tuple(row.choices.get("good", ())), row.mandatory,
    )
