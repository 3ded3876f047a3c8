"""Amending an intake: what was entered at the counter is corrected, and the journal keeps what it said before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.changes import Changes
from app.depot import Depot
from app.domain import receiving as rules
from app.domain import serials
from app.domain.masterdata import Product
from app.domain.people import Action
from app.domain.receiving import Intake, IntakeView, ReturnCase, Unit
from app.domain.stages import Stage
from app.domain.storage import meets
from app.errors import Problem, Refused
from app.persistence import journal
from app.persistence import receiving as rows
from app.persistence import storage as storage_rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import arrivals, clocks, intakes, meanwhile, proposals, search, verdicts
from app.services.undoing import Way

#: The stages up to which the field section may still be corrected; afterwards papers with it are with the customer.
_OPEN = frozenset({
    Stage.REPORTED, Stage.RECEIVED, Stage.PLANNED, Stage.RELEASED, Stage.IN_REPAIR, Stage.AWAITING_CUSTOMER,
    Stage.IN_QA, Stage.PASSED, Stage.REFERRED,
})
#: A plan counts by product type (art. 9): while a case is on one, its product stays what the plan says.
_ON_A_PLAN = frozenset({Stage.PLANNED, Stage.RELEASED})


@dataclass(frozen=True, slots=True)
class Amendable:
    """An intake opened for correction; ``seq`` says in which state it was seen."""

    case_id: str
    unit_id: str
    number: str
    stage: Stage
    seq: int
    view: IntakeView

    @property
    def intake(self) -> Intake:
        """What was entered."""
        return self.view.intake


@dataclass(frozen=True, slots=True)
class Amended:
    """The correction is on record."""

    number: str
    entry_id: str
    changes: Changes = Changes.CASES | Changes.UNITS | Changes.MASTERDATA


def intake_of(depot: Depot, case_id: str) -> Amendable:
    """The intake of a case with the state it was seen in. Refused: ``receiving.unknown-case``."""
    with depot.read() as tx:
        case, unit = _found(tx, case_id)
        return Amendable(case.id, unit.id, case.number, case.stage, case.seq, intakes.view(tx, case, unit))


def amend(depot: Depot, case_id: str, seq: int, intake: Intake) -> Amended:
    """Correct the intake of a case.

    Refused: ``receiving.changed-meanwhile``, ``receiving.too-late``, ``receiving.serial-taken``,
    ``receiving.serial-has-history``, ``receiving.nothing-changed``, ``receiving.product-planned``,
    ``storage.condition`` (another product, which must not stand on this shelf), the codes of ``domain.receiving``.
    """
    depot.require(Action.AMEND_CASE)
    with depot.write() as tx:
        case, unit = _found(tx, case_id)
        _check(tx, depot, case, seq)
        before = intakes.of_case(tx, case, unit)
        product = proposals.product(tx, intake.product_id, intake.product_model)
        customer = proposals.customer(tx, intake.customer_id, intake.customer_name)
        if product.id != case.product_id and case.stage in _ON_A_PLAN:
            raise Refused("receiving.product-planned", field="product_id", number=case.number, stage=case.stage)
        wrong = _problems(depot, tx, case, before, intake, product)
        if wrong:
            raise Refused.because(wrong)
        _write(depot, tx, case, unit, replace(intake, product_id=product.id, customer_id=customer.id), product)
        changed, named = _found(tx, case_id)
        after = intakes.of_case(tx, changed, named)
        difference = _difference(before, after)
        if not difference:
            raise Refused("receiving.nothing-changed", number=case.number)
        entry_id = journal.record(
            tx, "amending.amend", subject_kind="case", subject_id=case.id, subject_number=case.number,
            case_id=case.id, unit_id=unit.id,
            facts={
                "before": {name: old for name, (old, _new) in difference.items()},
                "after": {name: new for name, (_old, new) in difference.items()},
            },
        )
    return Amended(case.number, entry_id)


def _check(tx: Tx, depot: Depot, case: ReturnCase, seq: int) -> None:
    if case.seq != seq:
        raise meanwhile.changed(depot, tx, "receiving.changed-meanwhile", case.id, number=case.number)
    if case.stage not in _OPEN:
        raise Refused("receiving.too-late", number=case.number, stage=case.stage)


def _problems(
    depot: Depot, tx: Tx, case: ReturnCase, before: Intake, intake: Intake, product: Product
) -> list[Problem]:
    """The rules of the counter; a promise that has passed meanwhile may stay as it was."""
    judge = rules.report_problems if case.stage is Stage.REPORTED else rules.problems
    found = judge(intake, product.rule, depot.local_day(tx.at))
    if intake.promised_on == before.promised_on:
        found = [problem for problem in found if problem.code != "receiving.promise-in-past"]
    return found


def _write(depot: Depot, tx: Tx, case: ReturnCase, unit: Unit, intake: Intake, product: Product) -> None:
    verdict = verdicts.standing(depot, tx, case.id)
    named = _identified(tx, case, unit, intake, product)
    changed = replace(
        case, product_id=product.id, customer_id=intake.customer_id, **arrivals.field_section(intake)
    )
    rows.save_unit(tx, unit, named)
    rows.save_case(tx, case, replace(changed, external_id=case.external_id, external_outcome=case.external_outcome))
    rows.change_case(tx, case.id, note=intake.note.strip())  # counts as a change of the case even where it is equal
    rows.replace_accessories(tx, case.id)
    rows.add_accessories(tx, arrivals.accessories(tx, case.id, intake))
    clocks.refresh_due(depot, tx, case.id)
    search.index_units(tx, [named])
    verdicts.rejudge(depot, tx, case.id, verdict)  # dates, product and symptom are what the warranty rests on


def _identified(tx: Tx, case: ReturnCase, unit: Unit, intake: Intake, product: Product) -> Unit:
    """The unit with its corrected data. Serial and product change only while this is its one visit."""
    serial = unit.serial if intake.unreadable or not intake.serial.strip() else serials.normalise(
        intake.serial, product.rule
    )
    if (serial, product.id) != (unit.serial, unit.product_id):
        others = [v for v in rows.cases_of_unit(tx, unit.id) if v.id != case.id and v.stage is not Stage.VOID]
        if others:
            raise Refused("receiving.serial-has-history", field="serial", serial=unit.serial)
        if rows.unit_of_product(tx, product.id, serial) is not None:
            raise Refused("receiving.serial-taken", field="serial", serial=serial)
    condition = unit.storage_condition if product.id == unit.product_id else product.storage_condition
    shelf = storage_rows.shelf_view(tx, unit.shelf_id) if unit.shelf_id else None
    if shelf is not None and not meets(condition, shelf.provides):
        raise Refused("storage.condition", field="product_id", serial=serial, code=shelf.code, condition=condition)
    return replace(
        unit, storage_condition=condition, serial=serial, tagged=serials.is_depot_tag(serial), product_id=product.id,
        serial_as_read=intake.serial.strip() or unit.serial_as_read, customer_id=intake.customer_id,
        lot=intake.lot.strip(), manufactured_on=intake.manufactured_on, shipped_on=intake.shipped_on,
        accepted_on=intake.accepted_on,
    )


def _difference(before: Intake, after: Intake) -> dict[str, tuple[Any, Any]]:
    """Field → (old, new) as plain values."""
    return {
        name: (_plain(old), _plain(new))
        for name in Intake.__dataclass_fields__
        if (old := getattr(before, name)) != (new := getattr(after, name))
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [[a.name, a.quantity, a.condition, a.serial] for a in value]
    return value


def _found(tx: Tx, case_id: str) -> tuple[ReturnCase, Unit]:
    case = rows.case(tx, case_id)
    unit = rows.unit(tx, case.unit_id) if case else None
    if case is None or unit is None:
        raise Refused("receiving.unknown-case", number=case_id)
    return case, unit


def _objection(depot: Depot, tx: Tx, entry: JournalEntry) -> Refused | None:
    case, unit = _found(tx, entry.subject_id)
    if case.stage not in _OPEN:
        return Refused("receiving.too-late", number=case.number, stage=case.stage)
    now = intakes.of_case(tx, case, unit)
    if any(_plain(getattr(now, name)) != value for name, value in entry.facts["after"].items()):
        return Refused("undo.changed-since", number=entry.subject_number)
    return None


def _take_back(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    case, unit = _found(tx, entry.subject_id)
    intake = intakes.of_case(tx, case, unit)
    said = {name: _restored(name, value) for name, value in entry.facts["before"].items()}
    intake = replace(intake, **said)
    product = proposals.product(tx, intake.product_id)
    _write(depot, tx, case, unit, intake, product)
    return Changes.CASES | Changes.UNITS


def _restored(name: str, value: Any) -> Any:
    """A plain value of the journal as the intake's field holds it."""
    shape = Intake.__dataclass_fields__[name].type
    if name == "accessories":
        return tuple(rules.AccessoryIn(*each) for each in value)
    if isinstance(shape, str) and shape.startswith("date") and value is not None:
        return date.fromisoformat(value)
    kinds: dict[str, Any] = {
        "method": rules.ReturnMethod, "brought_by": rules.BroughtBy, "phase": rules.Phase, "urgency": rules.Urgency,
    }
    return kinds[name](value) if name in kinds else value


UNDO = {"amending.amend": Way(_take_back, _objection, Action.AMEND_CASE)}
