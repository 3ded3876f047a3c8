"""What an intake becomes: the unit (known or new), its case (reported or new) and the traveller, not yet written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.depot import Depot
from app.domain import receiving as rules
from app.domain import serials
from app.domain.masterdata import Customer, Product
from app.domain.numbering import DocumentType
from app.domain.places import CUSTODIAN, Custodian, Place
from app.domain.policy import PolicySnapshot
from app.domain.receiving import Accessory, Intake, ReturnCase, ReturnMethod, Traveller, Unit
from app.domain.stages import ENDED, Stage, Step, after
from app.domain.transfers import TRANSFERRED
from app.errors import Problem, Refused
from app.persistence import node
from app.persistence import receiving as rows
from app.persistence.transaction import Tx
from app.services import clocks, proposals, search, transfer_joining
from app.services.transfer_joining import Joined

#: Who may hold a unit that is about to come in. A unit in anybody else's hands is in the house, or gone for good.
_OUTSIDE = frozenset({Custodian.OUTSIDE, Custodian.CARRIER, Custodian.STORES})


@dataclass(frozen=True, slots=True)
class Arrival:
    """One intake with the rows it becomes. ``reported``: the case as it was before, if it had been reported.

    ``before``: the unit's row before, if it was known. ``replaced_unit_id``: the tagged stand-in of the report, when
    the serial read at the counter turned out to be that of a unit already on record.
    """

    intake: Intake
    unit: Unit
    before: Unit | None
    case: ReturnCase
    reported: ReturnCase | None
    traveller: Traveller
    replaced_unit_id: str | None = None
    named: tuple[Product, Customer] | None = None  # where the step has just read them: the words for the search
    joined: Joined | None = None                   # the transfer of another depot that ends with this arrival


@dataclass(frozen=True, slots=True)
class _Found:
    """An intake whose product, customer, unit and reported case are known; numbers are not given yet.

    ``before``: the unit's row as it stands on record; it differs from ``unit`` when its tag gives way to a serial.
    """

    intake: Intake
    product: Product
    customer: Customer
    serial: str
    unit: Unit | None
    reported: ReturnCase | None
    visit_no: int
    before: Unit | None = None
    replaced_unit_id: str | None = None
    joined: Joined | None = None


def prepare(
    depot: Depot,
    tx: Tx,
    intakes: Sequence[Intake],
    policy: PolicySnapshot,
    *,
    report: bool = False,
    refused: Collection[int] = (),
) -> list[Arrival]:
    """The rows of ``intakes``. ``report``: announced only; ``refused``: indexes of the lines that stay with the giver.

    Refused: the codes of ``domain.receiving``, ``receiving.twice``, ``receiving.already-here``,
    ``receiving.already-reported``, ``receiving.not-reported``, ``receiving.serial-differs``,
    ``receiving.unknown-product``, ``receiving.unknown-customer``. The facts carry ``line`` (from 1) in a crate.
    """
    found: list[_Found] = []
    seen: set[tuple[str, str]] = set()
    products: dict[tuple[str, str], Product] = {}
    customers: dict[tuple[str, str], Customer] = {}
    for index, intake in enumerate(intakes):
        product = _once(products, (intake.product_id, intake.product_model), lambda k: proposals.product(tx, *k))
        wrong = _problems(depot, tx, intake, product, report=report, refused=index in refused)
        if wrong or product is None:
            raise Refused.because([replace(p, facts={**p.facts, "line": index + 1}) for p in wrong])
        customer = _once(customers, (intake.customer_id, intake.customer_name), lambda k: proposals.customer(tx, *k))
        if customer is None:
            raise Refused("receiving.customer-missing", field="customer_id")
        one = _find(tx, intake, product, customer, report=report)
        if not report:
            one = _continued(tx, depot, one)
        if one.serial and (product.id, one.serial) in seen:
            raise Refused("receiving.twice", field="serial", serial=one.serial)
        seen.add((product.id, one.serial))
        found.append(one)
    return _numbered(depot, tx, found, policy, report=report, refused=refused)


def _once(known: dict[tuple[str, str], Any], key: tuple[str, str], find: Any) -> Any:
    """The row of ``key``, looked up once per crate; ``None`` when neither id nor name was given."""
    if not key[0] and not key[1].strip():
        return None
    if key not in known:
        known[key] = find(key)
    return known[key]


def _problems(
    depot: Depot, tx: Tx, intake: Intake, product: Product | None, *, report: bool, refused: bool
) -> list[Problem]:
    rule = product.rule if product else serials.ANY
    if refused:
        return rules.identity_problems(intake, rule)
    judge = rules.report_problems if report else rules.problems
    return judge(intake, rule, depot.local_day(tx.at))


def _find(tx: Tx, intake: Intake, product: Product, customer: Customer, *, report: bool) -> _Found:
    """The unit on record and the case that announced it."""
    unreadable = intake.unreadable or (report and serials.is_missing(intake.serial))
    serial = "" if unreadable else serials.normalise(intake.serial, product.rule)
    unit = rows.unit_of_product(tx, product.id, serial) if serial else None
    if intake.case_id:
        return _announced(tx, intake, product, customer, serial, unit)
    if unit is None:
        return _Found(intake, product, customer, serial, None, None, 1)
    visits = rows.cases_of_unit(tx, unit.id)
    open_visits = [visit for visit in visits if visit.stage not in ENDED]
    reported = next((visit for visit in open_visits if visit.stage is Stage.REPORTED), None)
    if report and reported is not None:
        raise Refused("receiving.already-reported", field="serial", serial=serial, number=reported.number)
    _is_outside(unit, open_visits)
    visit_no = reported.visit_no if reported else sum(v.stage is not Stage.VOID for v in visits) + 1
    return _Found(intake, product, customer, serial, unit, reported, visit_no, unit)


def _continued(tx: Tx, depot: Depot, one: _Found) -> _Found:
    """The same visit goes on here when another depot handed the unit on."""
    joined = transfer_joining.of_intake(depot, tx, one.intake, one.product, one.serial)
    if joined is None:
        return one
    visits = rows.cases_of_unit(tx, one.unit.id) if one.unit else ()
    own = sum(visit.stage is not Stage.VOID and visit.outcome != TRANSFERRED for visit in visits)
    visit_no = max(own + (0 if one.reported else 1), joined.coming.story.visit_no if joined.coming else 1)
    return replace(one, joined=joined, visit_no=visit_no)


def _is_outside(unit: Unit, open_visits: Sequence[ReturnCase]) -> None:
    """Refuse a unit that stands in the house: it cannot come in again."""
    if CUSTODIAN[unit.place] in _OUTSIDE:
        return
    if not open_visits:
        raise Refused("receiving.in-the-house", field="serial", serial=unit.serial, place=unit.place)
    visit = open_visits[-1]
    raise Refused(
        "receiving.already-here", field="serial", serial=unit.serial, number=visit.number, stage=visit.stage,
        place=unit.place,
    )


def _announced(
    tx: Tx, intake: Intake, product: Product, customer: Customer, serial: str, same_serial: Unit | None
) -> _Found:
    """The reported case the clerk chose; the serial on the nameplate decides which unit it really is."""
    reported = rows.case(tx, intake.case_id)
    if reported is None or reported.stage is not Stage.REPORTED:
        raise Refused(
            "receiving.not-reported", field="serial", number=reported.number if reported else intake.case_id
        )
    unit = rows.unit(tx, reported.unit_id)
    if unit is None:
        raise LookupError(f"no unit {reported.unit_id}")
    if not serial or (serial == unit.serial and unit.product_id == product.id):
        return _Found(intake, product, customer, serial or unit.serial, unit, reported, reported.visit_no, unit)
    if not (unit.tagged and unit.movement_no == 0):
        raise Refused("receiving.serial-differs", field="serial", serial=serial, expected=unit.serial,
                      number=reported.number)
    if same_serial is None:
        named = replace(unit, product_id=product.id, serial=serial, serial_as_read=intake.serial.strip(), tagged=False)
        return _Found(intake, product, customer, serial, named, reported, reported.visit_no, unit)
    visits = rows.cases_of_unit(tx, same_serial.id)
    _is_outside(same_serial, [visit for visit in visits if visit.stage not in ENDED])
    visit_no = sum(visit.stage is not Stage.VOID for visit in visits) + 1
    return _Found(intake, product, customer, serial, same_serial, reported, visit_no, same_serial, unit.id)


def _numbered(
    depot: Depot, tx: Tx, found: Sequence[_Found], policy: PolicySnapshot, *, report: bool, refused: Collection[int]
) -> list[Arrival]:
    today = depot.local_day(tx.at)
    fresh = sum(one.reported is None for one in found)
    numbers = node.next_numbers(tx, today, {DocumentType.RETURN_CASE: fresh, DocumentType.TRAVELLER: fresh})
    case_numbers, traveller_numbers = iter(numbers[DocumentType.RETURN_CASE]), iter(numbers[DocumentType.TRAVELLER])
    tagless = sum(one.unit is None and not one.serial for one in found)
    tags = iter(node.next_in_series(tx, "tag", tagless) if tagless else ())
    arrivals = []
    for index, one in enumerate(found):
        stays = report or index in refused
        serial = one.serial or (one.unit.serial if one.unit else serials.depot_tag(depot.depot_id, next(tags)))
        number = one.reported.number if one.reported else next(case_numbers)
        case = _case(tx, one, number, policy, depot, stays=stays)
        unit = _unit(tx, one, serial, case)
        case = replace(case, unit_id=unit.id)
        known = rows.traveller_of_case(tx, case.id) if one.reported else None
        traveller = replace(known, unit_id=unit.id) if known else Traveller(
            tx.new_id(), next(traveller_numbers), case.id, unit.id, unit.place, tx.at, 0, None, None, ""
        )
        arrivals.append(
            Arrival(one.intake, unit, one.before, case, one.reported, traveller, one.replaced_unit_id,
                    (one.product, one.customer), one.joined)
        )
    return arrivals


def _unit(tx: Tx, one: _Found, serial: str, case: ReturnCase) -> Unit:
    intake = one.intake
    if one.unit is None:
        return Unit(
            id=tx.new_id(), product_id=one.product.id, serial=serial, serial_as_read=intake.serial.strip(),
            tagged=serials.is_depot_tag(serial), lot=intake.lot.strip(), manufactured_on=intake.manufactured_on,
            shipped_on=intake.shipped_on, accepted_on=intake.accepted_on, customer_id=one.customer.id,
            storage_condition=one.product.storage_condition,
            place=Place.INBOUND if intake.method is ReturnMethod.MAILED else Place.FIELD, shelf_id=None,
            placed_at=tx.at, movement_no=0, case_id=case.id, note="",
        )
    return replace(
        one.unit, customer_id=one.customer.id, case_id=case.id, lot=intake.lot.strip() or one.unit.lot,
        manufactured_on=intake.manufactured_on or one.unit.manufactured_on,
        shipped_on=intake.shipped_on or one.unit.shipped_on, accepted_on=intake.accepted_on or one.unit.accepted_on,
    )


def _case(
    tx: Tx, one: _Found, number: str, policy: PolicySnapshot, depot: Depot, *, stays: bool
) -> ReturnCase:
    intake, today = one.intake, depot.local_day(tx.at)
    first = one.joined.counts_from if one.joined else None           # the customer's clock runs on from there
    stage = Stage.REPORTED if stays else after(Step.RECEIVE, Stage.REPORTED) or Stage.RECEIVED
    return ReturnCase(
        id=one.reported.id if one.reported else tx.new_id(), number=number, unit_id="", product_id=one.product.id,
        customer_id=one.customer.id, stage=stage, visit_no=one.visit_no, **field_section(intake),
        warranty=one.reported.warranty if one.reported else "",
        reported_at=one.reported.reported_at if one.reported else tx.at,
        received_at=None if stays else tx.at, received_by=None if stays else tx.by,
        due_on=None if stays else clocks.due_on(policy, depot.local_day(first) if first else today, intake.promised_on),
        found_at_repair=False,
        technician_id=None, result=None, outcome=None, passed_at=None, returned_at=None, closed_at=None,
        paused_at=None, pause_reason=None, policy_version=policy.version, import_batch_id=None,
        counts_from=None if stays else first,
    )


def field_section(intake: Intake) -> dict[str, Any]:
    """The columns of a case that the field section of the traveller fills."""
    return {
        "urgency": intake.urgency.value, "method": intake.method.value, "brought_by": intake.brought_by.value,
        "waybill": intake.waybill.strip(), "site": intake.site.strip(), "contact": intake.contact.strip(),
        "contact_phone": intake.contact_phone.strip(), "phase": intake.phase.value, "fault_on": intake.fault_on,
        "symptom": intake.symptom.strip(), "symptom_code": intake.symptom_code, "tried": intake.tried.strip(),
        "condition": intake.condition.strip(), "return_needed": intake.return_needed,
        "spare_left_serial": intake.spare_left_serial.strip(), "warranty_proof": intake.warranty_proof.strip(),
        "back_on": intake.back_on, "promised_on": intake.promised_on, "external_id": intake.external_id,
        "external_outcome": intake.external_outcome, "note": intake.note.strip(),
    }


def write(tx: Tx, arrivals: Sequence[Arrival]) -> None:
    """Enter or change the rows of ``arrivals``, number their papers, and put their units into the search."""
    rows.add_units(tx, [a.unit for a in arrivals if a.before is None])
    rows.add_cases(tx, [a.case for a in arrivals if a.reported is None])
    rows.add_travellers(tx, [a.traveller for a in arrivals if a.reported is None])
    for arrival in arrivals:
        if arrival.before is not None:
            rows.save_unit(tx, arrival.before, arrival.unit)
        if arrival.reported is not None:
            rows.save_case(tx, arrival.reported, arrival.case)
            rows.replace_accessories(tx, arrival.case.id)
            if arrival.reported.unit_id != arrival.unit.id:
                rows.change_traveller(tx, arrival.traveller.id, unit_id=arrival.unit.id)
        if arrival.replaced_unit_id:
            rows.change_unit(tx, arrival.replaced_unit_id, deleted_at=tx.at, case_id=None)
    rows.add_accessories(tx, [row for arrival in arrivals for row in accessories(tx, arrival.case.id, arrival.intake)])
    node.record_documents(tx, [paper for arrival in arrivals if arrival.reported is None for paper in papers(arrival)])
    named = [row for arrival in arrivals for row in arrival.named or ()]
    search.index_units(tx, [a.unit for a in arrivals if a.before is None], fresh=True, named=named)
    again = [a.unit for a in arrivals if a.before is not None and _says_else(a.before, a.unit)]
    search.index_units(tx, again, named=named)


def _says_else(before: Unit, unit: Unit) -> bool:
    return (before.serial, before.product_id, before.customer_id, before.lot) != (
        unit.serial, unit.product_id, unit.customer_id, unit.lot
    )


def accessories(tx: Tx, case_id: str, intake: Intake) -> list[Accessory]:
    """The rows of what came with the unit."""
    return [
        Accessory(tx.new_id(), case_id, a.name.strip(), a.serial.strip(), a.condition.strip(), a.quantity, 0)
        for a in intake.accessories
    ]


def papers(arrival: Arrival) -> list[node.Paper]:
    """The numbered papers of a case: its own number (label F6) and the traveller's (F1)."""
    case, unit = arrival.case, arrival.unit
    return [
        node.Paper(case.number, DocumentType.RETURN_CASE, "F6", "case", case.id, case.id, unit.id),
        node.Paper(arrival.traveller.number, DocumentType.TRAVELLER, "F1", "traveller", arrival.traveller.id, case.id,
                   unit.id),
    ]
