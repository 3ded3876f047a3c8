"""Products: entered, proposed at the counter, edited with their key parts, merged, switched off (spec 1 §1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain import search as tokens
from app.domain import serials
from app.domain.masterdata import KeyPart, Product, product_problems
from app.domain.people import Action, may
from app.domain.serials import SerialRule
from app.errors import Problem, Refused
from app.persistence import editing as edits
from app.persistence import journal, masterdata
from app.persistence import products as rows
from app.persistence.journal import JournalEntry
from app.persistence.products import ProductFilter, ProductLine
from app.persistence.transaction import Tx
from app.services import editing, ownership, search
from app.services.undoing import Way

#: How many of the newest units a changed serial rule is tried on.
_TRIED = 2000


@dataclass(frozen=True, slots=True)
class ProductFile:
    """A product as an edit sees it: ``seen`` is the stamp that the edit passes back.

    ``own``: not delivered by head office, so it may be changed here.
    """

    product: Product
    key_parts: tuple[KeyPart, ...]
    seen: int
    units: int
    own: bool = True


@dataclass(frozen=True, slots=True)
class ProductWritten:
    """A product was entered or changed; ``entry_id`` can be undone."""

    product: Product
    entry_id: str
    changes: Changes = Changes.MASTERDATA


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """A serial rule tried on the units on record: how many were looked at, which would be refused, and why."""

    tried: int
    refused: tuple[tuple[str, Problem], ...]


def products(
    depot: Depot, wanted: ProductFilter, after: ProductLine | None = None, limit: int = 200, *,
    descending: bool = False,
) -> tuple[ProductLine, ...]:
    """A page of the list, by model."""
    with depot.read() as tx:
        wanted = _with_pinyin(tx, wanted)
        return rows.page(tx, wanted, after.product if after else None, limit, descending=descending)


def count(depot: Depot, wanted: ProductFilter) -> int:
    """How many products there are under ``wanted``."""
    with depot.read() as tx:
        return rows.count(tx, _with_pinyin(tx, wanted))


def lines(depot: Depot) -> tuple[str, ...]:
    """Every product line in use."""
    with depot.read() as tx:
        return rows.lines(tx)


def find(depot: Depot, text: str, limit: int = 12) -> tuple[Product, ...]:
    """Active products for what was typed into a choice: part of model or name, or pinyin initials."""
    return tuple(line.product for line in products(depot, ProductFilter(text=text.strip()), limit=limit))


def file(depot: Depot, product_id: str) -> ProductFile:
    """Everything about one product but its test sheet. Refused: ``masterdata.gone``."""
    with depot.read() as tx:
        product = masterdata.get(tx, Product, product_id)
        seen = edits.version(tx, Product, product_id)
        if product is None or seen is None:
            raise Refused("masterdata.gone", name=product.model if product else "")
        key_parts = edits.belonging(tx, KeyPart, product_id=product_id)
        return ProductFile(
            product, key_parts, seen, len(rows.unit_ids(tx, product_id)), ownership.is_own(tx, Product, product_id)
        )


def try_rule(depot: Depot, product_id: str, rule: SerialRule) -> RuleTrial:
    """What ``rule`` would say of the newest serials on record; at most ten are named."""
    with depot.read() as tx:
        read = rows.newest_serials(tx, product_id, _TRIED)
    refused = [(serial, found[0]) for serial in read if (found := serials.problems(serial, rule))]
    return RuleTrial(len(read), tuple(refused[:10]))


def add(depot: Depot, product: Product, key_parts: tuple[KeyPart, ...] = ()) -> ProductWritten:
    """Enter a product. Whoever may only propose enters a proposal, usable at once.

    Refused: the codes of ``product_problems``, ``product.model-taken``.
    """
    depot.require(Action.PROPOSE_MASTER if not may(depot.operator.roles, Action.EDIT_MASTER) else Action.EDIT_MASTER)
    with depot.write() as tx:
        return enter(depot, tx, product, key_parts)


def enter(depot: Depot, tx: Tx, product: Product, key_parts: tuple[KeyPart, ...] = ()) -> ProductWritten:
    """:func:`add` inside a running transaction (receiving proposes a product with the unit). The id is made here."""
    _check(tx, product)
    made = replace(
        _cleaned(product), id=tx.new_id(),
        proposed=ownership.joined(tx) or not may(depot.operator.roles, Action.EDIT_MASTER),
        merged_into=None, active=True,
    )
    masterdata.add(tx, made)
    for part in key_parts:
        edits.enter(tx, replace(part, id=tx.new_id(), product_id=made.id))
    entry_id = journal.record(
        tx, "products.add", subject_kind="product", subject_id=made.id, subject_number=made.model,
        facts={"name": made.name_zh, "proposed": made.proposed},
    )
    return ProductWritten(made, entry_id)


def edit(depot: Depot, product: Product, key_parts: tuple[KeyPart, ...], seen: int) -> ProductWritten:
    """Write an edited product over the version ``seen``. New key parts have an empty id.

    A changed storage condition holds for the units on record at once. Refused: the codes of :func:`add`,
    ``masterdata.changed-meanwhile``, ``product.units-do-not-fit``.
    """
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        before = masterdata.get(tx, Product, product.id)
        if before is None:
            raise Refused("masterdata.gone", name=product.model)
        ownership.require_own(tx, Product, product.id, before.model)
        editing.guard(depot, tx, Product, product.id, seen, before.model)
        after = _cleaned(product)
        _check(tx, after)
        _set_condition(tx, before, after.storage_condition)
        now = edits.belonging(tx, KeyPart, product_id=product.id)
        wanted = tuple(
            replace(part, id=part.id or tx.new_id(), product_id=product.id)
            for part in key_parts if part.name_zh.strip()
        )
        edits.settle(tx, KeyPart, now, wanted)
        entry_id = editing.write(
            tx, "products.edit", "product", before, after, after.model,
            key_parts={"before": [asdict(row) for row in now], "after": [asdict(row) for row in wanted]},
        )
        if (before.model, before.name_zh, before.name_en) != (after.model, after.name_zh, after.name_en):
            search.index_again(tx, rows.unit_ids(tx, product.id))
    return ProductWritten(after, entry_id, Changes.MASTERDATA | Changes.UNITS)


def adopt(depot: Depot, product_id: str) -> ProductWritten:
    """Make a proposal a full product. Refused: ``masterdata.adopted-at-centre`` where there is a centre."""
    return _flag(depot, product_id, "products.adopt", proposed=False)


def switch(depot: Depot, product_id: str, *, active: bool) -> ProductWritten:
    """Switch a product off (nothing new is received) or on again."""
    return _flag(depot, product_id, "products.switch", active=active)


def merge(depot: Depot, product_id: str, into_id: str) -> ProductWritten:
    """Join ``product_id`` into ``into_id``: its units and cases go over, it stays on record as a link.

    Refused: ``product.merge-itself``, ``product.merge-merged``, ``product.merge-serials``,
    ``product.units-do-not-fit``.
    """
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        source, target = (masterdata.get(tx, Product, id_) for id_ in (product_id, into_id))
        if source is None or target is None:
            raise Refused("masterdata.gone", name="")
        if source.id == target.id:
            raise Refused("product.merge-itself", field="into", name=source.model)
        for row in (source, target):
            if row.merged_into is not None:
                raise Refused("product.merge-merged", field="into", name=row.model)
        ownership.require_own(tx, Product, source.id, source.model)
        same = rows.same_serials(tx, source.id, target.id)
        if same:
            raise Refused("product.merge-serials", field="into", count=len(same), value=same[0])
        _set_condition(tx, source, target.storage_condition)
        moved = {"unit_ids": rows.unit_ids(tx, source.id), "case_ids": rows.case_ids(tx, source.id)}
        rows.give(tx, target.id, **moved)
        entry_id = editing.write(
            tx, "products.merge", "product", source, replace(source, merged_into=target.id, active=False),
            source.model, into=target.id, moved=moved,
        )
        search.index_again(tx, moved["unit_ids"])
    return ProductWritten(target, entry_id, Changes.MASTERDATA | Changes.UNITS | Changes.CASES)


def _flag(depot: Depot, product_id: str, action: str, **values: Any) -> ProductWritten:
    depot.require(Action.EDIT_MASTER)
    with depot.write() as tx:
        before = masterdata.get(tx, Product, product_id)
        if before is None:
            raise Refused("masterdata.gone", name="")
        if "proposed" in values:
            ownership.require_adopting(tx, before.model)
        after = replace(before, **values)
        return ProductWritten(after, editing.write(tx, action, "product", before, after, before.model))


def _cleaned(product: Product) -> Product:
    return replace(
        product, model=product.model.strip(), name_zh=product.name_zh.strip(), name_en=product.name_en.strip(),
        line=product.line.strip(), storage_condition=product.storage_condition.strip(),
    )


def _check(tx: Tx, product: Product) -> None:
    wrong = product_problems(product)
    if wrong:
        raise Refused.because(wrong)
    same = rows.of_model(tx, product.model.strip())
    if same is not None and same.id != product.id:
        raise Refused("product.model-taken", field="model", value=same.model)


def _set_condition(tx: Tx, product: Product, condition: str) -> None:
    """The units carry the condition of their product: the database compares it with the shelf at each move."""
    if product.storage_condition == condition:
        return
    if condition:
        misplaced = rows.misplaced_under(tx, product.id, condition)
        if misplaced:
            raise Refused(
                "product.units-do-not-fit", field="storage_condition", count=len(misplaced), value=misplaced[0]
            )
    rows.set_condition(tx, product.id, condition)


def _with_pinyin(tx: Tx, wanted: ProductFilter) -> ProductFilter:
    typed = tokens.folded(wanted.text)
    if not (typed.isascii() and typed.isalpha()):
        return wanted
    return replace(wanted, ids=tuple(id_ for id_, name in rows.names(tx) if search.sounds_like(name, typed))[:500])


def _undo_add(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Take a product off the record while no unit is of it."""
    del depot
    units = rows.unit_ids(tx, entry.subject_id)
    if units:
        raise Refused("undo.product-used", number=entry.subject_number, units=len(units))
    edits.end(tx, Product, entry.subject_id)
    return Changes.MASTERDATA


def _undo_edit(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    now = masterdata.get(tx, Product, entry.subject_id)
    editing.put_back(depot, tx, Product, entry)
    before = entry.facts["before"]
    if now is not None and "storage_condition" in before:
        _set_condition(tx, now, before["storage_condition"])
    key_parts = entry.facts.get("key_parts")
    if key_parts:
        present = edits.belonging(tx, KeyPart, product_id=entry.subject_id)
        edits.settle(tx, KeyPart, present, [KeyPart(**row) for row in key_parts["before"]])
    if {"model", "name_zh", "name_en"} & set(before):
        search.index_again(tx, rows.unit_ids(tx, entry.subject_id))
    return Changes.MASTERDATA | Changes.UNITS


def _undo_merge(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    editing.put_back(depot, tx, Product, entry)
    moved: Mapping[str, Any] = entry.facts["moved"]
    rows.give(tx, entry.subject_id, **moved)
    source, target = (masterdata.get(tx, Product, id_) for id_ in (entry.subject_id, entry.facts["into"]))
    if source is not None and target is not None:
        _set_condition(tx, replace(source, storage_condition=target.storage_condition), source.storage_condition)
    search.index_again(tx, list(moved["unit_ids"]))
    return Changes.MASTERDATA | Changes.UNITS | Changes.CASES


UNDO: Mapping[str, Way] = {
    "products.add": Way(_undo_add),
    "products.edit": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "products.adopt": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "products.switch": Way(_undo_edit, permission=Action.EDIT_MASTER),
    "products.merge": Way(_undo_merge, permission=Action.EDIT_MASTER),
}

__all__ = [
    "UNDO", "ProductFile", "ProductFilter", "ProductLine", "ProductWritten", "RuleTrial", "add", "adopt", "count",
    "edit", "enter", "file", "find", "lines", "merge", "products", "switch", "try_rule",
]
