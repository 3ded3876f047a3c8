"""The counter in the demonstration: reports, crates, shelves, plans, and what goes to the bench."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from app.domain import receiving as intakes_of
from app.domain.codes import RepairResult
from app.domain.handover import Direction, Refusal, RefusalReason
from app.domain.people import Role
from app.domain.places import Place
from app.domain.planning import LineDraft
from app.domain.receiving import AccessoryIn, BroughtBy, Intake, ReturnMethod, Urgency
from app.domain.signing import Party
from app.domain.storage import meets
from app.services import attachments, handover, planning, receiving, reporting, storage
from app.services.demo.fates import Fate, Goal, Life, Phase, postpone
from app.services.demo.house import House
from app.services.demo.photos import photo


def report(house: House) -> None:
    """By telephone: units that will come, and those that were announced before they came."""
    for life in house.lives:
        if life.fate.days.get(Phase.REPORT) == house.day:
            done = reporting.report(house.at(Role.CLERK), _intake(house, life))
            life.case_number = done.number


def receive(house: House) -> None:
    """The crates of the day, one per customer; units found at repair are booked late."""
    coming = [life for life in house.lives if life.fate.days.get(Phase.RECEIVE) == house.day and not life.case_id]
    crates: dict[str, list[Life]] = defaultdict(list)
    for life in coming:
        _remember_the_visit_before(house, life)
        if life.found_at_repair:
            _found_at_repair(house, life)
        else:
            crates[life.customer].append(life)
    for customer, crate in crates.items():
        for part in ([crate] if len(crate) < 8 else [crate[:6], crate[6:]]):
            _crate(house, customer, part)


def _remember_the_visit_before(house: House, life: Life) -> None:
    if life.again_after is None:
        return
    before = house.owner(life.again_after)
    if life.again_after.days[Phase.DELIVER] < house.day and before.case_id:
        life.serial, life.tagged, life.age_months = before.serial, False, before.age_months
        life.customer, life.story = before.customer, before.story


def _crate(house: House, customer: str, crate: list[Life]) -> None:
    giver_name, party = _giver(house, customer)
    intakes = tuple(_intake(house, life) for life in crate)
    refused = {
        index: Refusal(RefusalReason.WRONG_SERIAL, "铭牌序列号与装箱单不符，由送件人带回")
        for index, life in enumerate(crate) if life.fate.goal is Goal.REFUSED_AT_THE_COUNTER
    }
    announced = len(crate) - len(refused)
    done = receiving.receive(house.at(Role.CLERK), receiving.Receipt(
        intakes, house.outside(party, giver_name), house.own(Role.CLERK), refused=refused, announced=announced))
    for life, unit in zip(crate, done.units, strict=True):
        life.case_id, life.unit_id, life.serial = unit.case_id, unit.unit_id, unit.serial
        life.case_number, life.traveller_number = unit.case_number, unit.traveller_number
    for life in crate:
        if life.photo and life.fate.goal is not Goal.REFUSED_AT_THE_COUNTER:
            files = tuple(attachments.prepare_bytes(name, content) for name, content in photo(life, house.chance))
            attachments.attach(house.at(Role.CLERK), life.case_id, files)
    _shelve(house, [life for life in crate if life.fate.goal is not Goal.REFUSED_AT_THE_COUNTER])


def _found_at_repair(house: House, life: Life) -> None:
    done = receiving.receive_late(house.at(Role.CLERK), receiving.LateReceipt(
        _intake(house, life), house.outside(Party.FIELD_STAFF, "蒲晓"), house.own(Role.CLERK),
        house.own(Role.TECHNICIAN), "外场人员下班后直接送到维修间，次日清点时发现，补办收件。")).unit
    life.case_id, life.unit_id, life.serial = done.case_id, done.unit_id, done.serial
    life.case_number, life.traveller_number = done.case_number, done.traveller_number


def _giver(house: House, customer: str) -> tuple[str, Party]:
    row = house.customers[customer]
    if row.kind == "FIELD_TEAM":
        return "蒲晓", Party.FIELD_STAFF
    if row.kind == "PARTNER":
        return row.contact, Party.PARTNER
    if house.chance.random() < 0.35:
        return row.contact, Party.CUSTOMER
    return house.chance.choice(house.sample.depot["drivers"]), Party.CARRIER


def _intake(house: House, life: Life) -> Intake:
    chance, story = house.chance, life.story
    customer, product = house.customers[life.customer], house.products[life.product]
    sample = next(row for row in house.sample.customers if row["code"] == life.customer)
    made = house.today - timedelta(days=30 * life.age_months + 55)
    mailed = chance.random() < 0.55 and customer.kind != "FIELD_TEAM"
    company = customer.kind == "FIELD_TEAM"
    accessories = tuple(
        AccessoryIn(row["name"], 1, row["condition"]) for row in house.sample.depot["accessories"]
        if chance.random() < 0.16)
    unknown = chance.random() < 0.04
    return Intake(
        serial="" if life.tagged else life.serial, unreadable=life.tagged, product_id=product.id,
        customer_id=customer.id,
        symptom="不详" if unknown else story["symptom_en"] if house.english(life) else story["symptom"],
        symptom_code="S90" if unknown else story["symptom_code"],
        method=ReturnMethod.MAILED if mailed else ReturnMethod.CARRIED,
        brought_by=BroughtBy.COMPANY if company else BroughtBy.PARTNER if customer.kind == "PARTNER"
        else BroughtBy.CUSTOMER,
        waybill=f"SF{chance.randrange(10**12, 10**13)}" if mailed else "",
        manufactured_on=made, shipped_on=made + timedelta(days=40), accepted_on=made + timedelta(days=52),
        lot=f"{made:%y%m}-{chance.randrange(1, 5):02d}",
        phase=intakes_of.Phase.COMMISSIONING if chance.random() < 0.15 else intakes_of.Phase.OPERATION,
        fault_on=house.today - timedelta(days=chance.randrange(1, 12)),
        tried=chance.choice(house.sample.depot["tried"]) if unknown or chance.random() < 0.5 else "",
        condition=chance.choice(house.sample.depot["conditions"]), accessories=accessories,
        site=chance.choice(sample["sites"]), contact=customer.contact, contact_phone=customer.phone,
        back_on=house.today - timedelta(days=chance.choice((0, 1, 1, 4))) if company else None,
        return_needed=life.fate.goal not in {Goal.SPARE, Goal.SPARE_CLOSED},
        urgency=Urgency.SPECIAL if life.special else Urgency.ROUTINE,
        promised_on=house.today + timedelta(days=chance.randrange(4, 13)) if life.special else None,
        warranty_proof="出厂编号卡" if chance.random() < 0.6 else "",
    )


def _shelve(house: House, crate: list[Life]) -> None:
    """Most of a crate goes onto shelves that meet the product's condition; what came last still stands on the floor."""
    by_shelf: dict[str, list[str]] = defaultdict(list)
    for life in crate:
        if house.day == house.last and house.chance.random() < 0.5:
            continue
        condition = house.products[life.product].storage_condition
        fit = [s for s in house.shelves[Place.ZONE_PENDING] if meets(condition, s.provides)]
        by_shelf[house.chance.choice(fit if condition else fit[:3]).id].append(life.unit_id)
    for shelf_id, unit_ids in by_shelf.items():
        storage.put_on_shelf(house.at(Role.CLERK), unit_ids, shelf_id)


def plan(house: House) -> None:
    """Plans of the day: one for what is issued the same day, one per later day of issue."""
    groups: dict[int, list[Fate]] = defaultdict(list)
    for life in house.due(Phase.PLAN):
        groups[life.fate.days.get(Phase.ISSUE, house.last + 1)].append(life.fate)
    for issue_day, fates in sorted(groups.items()):
        _draft(house, [house.owner(each) for each in fates], issue_day)


def _draft(house: House, wanted: list[Life], issue_day: int) -> None:
    by_product: dict[str, list[Life]] = defaultdict(list)
    for life in wanted:
        by_product[life.product].append(life)
    due = house.today + timedelta(days=6)
    lines = [LineDraft(house.products[model].id, len(lives), due) for model, lives in by_product.items()]
    made = planning.draft(house.at(Role.CLERK), lines)
    _take_what_the_plan_took(house, made.plan_id, wanted)
    if issue_day > house.last and house.day == house.last and len(lines) % 2:
        return                                      # drafted today, not seen by production yet
    planner = house.at(Role.PLANNER)
    if house.day % 6 == 4 and max(line.quantity for line in lines) > 1:
        _change_in_writing(house, made.plan_id, lines)
    sheet = planning.sheet(planner, made.plan_id)
    planning.countersign(planner, made.plan_id, sheet.plan.seq, house.own(Role.PLANNER))


def _take_what_the_plan_took(house: House, plan_id: str, wanted: list[Life]) -> None:
    """The plan takes whichever is due first: units trade their fates, or are swapped where the story needs its own."""
    taken = {case.case_id for case in planning.sheet(house.depot, plan_id).cases}
    by_case = {life.case_id: life for life in house.lives if life.case_id}
    missing = [life for life in wanted if life.case_id not in taken]
    surplus = [by_case[case_id] for case_id in taken if by_case[case_id] not in wanted]
    for life in missing:
        other = next(each for each in surplus if each.product == life.product)
        surplus.remove(other)
        if _has_a_story(life) or _has_a_story(other):
            planning.swap(house.at(Role.CLERK), plan_id, other.case_id, life.case_id)
        else:
            life.fate, other.fate = other.fate, life.fate


def _has_a_story(life: Life) -> bool:
    return life.fate.result is not RepairResult.REPAIRED


def _change_in_writing(house: House, plan_id: str, lines: list[LineDraft]) -> None:
    most = max(lines, key=lambda line: line.quantity)
    changed = [
        LineDraft(line.product_id, line.quantity - 1, line.due_on) if line is most else line for line in lines]
    planner = house.at(Role.PLANNER)
    seq = planning.sheet(planner, plan_id).plan.seq
    done = planning.change(planner, plan_id, seq, changed, house.sample.depot["plan_changes"][0])
    for life in house.lives:
        if life.case_id in done.let_go:
            postpone(life.fate, house.day + 1, house.last)


def issue(house: House) -> None:
    """Plans whose units are released today."""
    due = {life.case_id for life in house.due(Phase.ISSUE)}
    for row in planning.plans(house.depot):
        sheet = planning.sheet(house.depot, row.id)
        if sheet.plan.countersigned_at is not None and any(case.case_id in due for case in sheet.cases):
            planning.issue(house.at(Role.PLANNER), row.id, sheet.plan.seq, house.own(Role.PLANNER))


def dispatch(house: House) -> None:
    """What is released goes to the bench; the last crate of today was offered and nobody has answered yet."""
    going = house.due(Phase.DISPATCH)
    offered = [life.case_id for life in going if life.fate.goal is Goal.OFFERED]
    handed = [life.case_id for life in going if life.fate.goal is not Goal.OFFERED]
    clerk = house.at(Role.CLERK)
    if handed:
        handover.hand_over(
            clerk, handover.Offering(Direction.DISPATCH, tuple(handed), house.own(Role.CLERK)),
            house.own(Role.TECHNICIAN))
    if offered:
        handover.offer(clerk, handover.Offering(Direction.DISPATCH, tuple(offered), house.own(Role.CLERK), "第二车"))


__all__ = ["dispatch", "issue", "plan", "receive", "report"]
