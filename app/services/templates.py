"""The test sheet of a product (art. 10.5): each change makes a new version, old inspections keep theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.changes import Changes
from app.depot import Depot
from app.domain.inspection import TestItem, template_problems
from app.domain.masterdata import Product
from app.domain.people import Action
from app.errors import Refused
from app.persistence import journal, masterdata
from app.persistence import templates as rows
from app.persistence.journal import JournalEntry
from app.persistence.templates import TestTemplate
from app.persistence.transaction import Tx
from app.services import meanwhile
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class TemplateWritten:
    """A new version is in force."""

    template: TestTemplate
    entry_id: str
    changes: Changes = Changes.MASTERDATA


def active(depot: Depot, product_id: str) -> TestTemplate | None:
    """The version in force; ``None`` when the product has no test sheet yet."""
    with depot.read() as tx:
        return rows.active(tx, product_id)


def versions(depot: Depot, product_id: str) -> tuple[TestTemplate, ...]:
    """Every version, the newest first."""
    with depot.read() as tx:
        return rows.versions(tx, product_id)


def save(depot: Depot, product_id: str, items: tuple[TestItem, ...], note: str, seen: int) -> TemplateWritten:
    """Put ``items`` in force as the next version; ``seen``: the version that was edited (0: there was none).

    Refused: the codes of ``inspection.template_problems``, ``template.changed-meanwhile``, ``template.unchanged``,
    ``masterdata.by-centre``.
    """
    depot.require(Action.EDIT_TEST_TEMPLATES)
    wrong = template_problems(items)
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        product = masterdata.get(tx, Product, product_id)
        if product is None:
            raise Refused("masterdata.gone", name="")
        before = rows.active(tx, product_id)
        if before is not None and not rows.is_own(tx, before.id):
            raise Refused("masterdata.by-centre", name=product.model)
        now = before.version if before else 0
        if now != seen:
            raise meanwhile.changed(depot, tx, "template.changed-meanwhile", product_id, version=now)
        if before is not None and before.items == items:
            raise Refused("template.unchanged", version=now)
        if before is not None:
            rows.put_in_force(tx, before.id, active=False)
        version = rows.last_version(tx, product_id) + 1
        template_id = rows.add(tx, product_id, version, note.strip(), items)
        entry_id = journal.record(
            tx, "templates.save", subject_kind="product", subject_id=product_id, subject_number=product.model,
            facts={"template": template_id, "before": before.id if before else None, "version": version},
        )
    return TemplateWritten(TestTemplate(template_id, product_id, version, note.strip(), True, items), entry_id)


def _undo_save(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    """Put the version before back in force; the number of the withdrawn one is not used again."""
    now = rows.active(tx, entry.subject_id)
    if now is None or now.id != entry.facts["template"]:
        raise meanwhile.changed(
            depot, tx, "template.changed-meanwhile", entry.subject_id, version=now.version if now else 0)
    rows.put_in_force(tx, now.id, active=False)
    if entry.facts["before"]:
        rows.put_in_force(tx, entry.facts["before"], active=True)
    return Changes.MASTERDATA


UNDO: Mapping[str, Way] = {"templates.save": Way(_undo_save, permission=Action.EDIT_TEST_TEMPLATES)}

__all__ = ["UNDO", "TemplateWritten", "TestTemplate", "active", "save", "versions"]
