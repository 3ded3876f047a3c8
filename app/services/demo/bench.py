"""The bench and QA in the demonstration: what is found, done, tested and stamped."""

from __future__ import annotations

from decimal import Decimal

from app.domain.codes import CauseClass, RepairResult, Resolution, usual_responsibility
from app.domain.handover import Direction, Refusal, RefusalReason
from app.domain.inspection import OK, ItemKind, Reading, TestItem
from app.domain.inspection_runs import MarkMethod
from app.domain.people import Role
from app.domain.repair import Diagnosis, Finish, OldPart, PartEntry, PartUse
from app.errors import Refused
from app.services import handover, inspection, referring, repair
from app.services.demo import money
from app.services.demo.fates import Life, Phase
from app.services.demo.house import House
from app.services.demo.sample import Row

_NOTHING = "按报修现象通电 8 小时未复现，各项指标正常"


def _bench(house: House, life: Life) -> int:
    """Which of the two technicians has the unit."""
    return life.number % 2


def take(house: House) -> None:
    """Units are taken to the bench."""
    for life in house.due(Phase.TAKE):
        repair.take(house.at(Role.TECHNICIAN, _bench(house, life)), life.case_id)


def diagnose(house: House) -> None:
    """What was found, and what was done so far where it is not finished today."""
    for life in house.due(Phase.DIAGNOSE):
        depot, story = house.at(Role.TECHNICIAN, _bench(house, life)), life.story
        if life.fate.result is RepairResult.NFF:
            repair.diagnose(depot, Diagnosis(
                life.case_id, _NOTHING, CauseClass.NFF, usual_responsibility(CauseClass.NFF), story["symptom_code"],
                "F90", "", ""))
            continue
        if Phase.PAUSE in life.fate.days:
            story = life.story = _chargeable(house, life)
        cause = CauseClass(story["cause_class"])
        repair.diagnose(depot, Diagnosis(
            life.case_id, story["confirmed"], cause, usual_responsibility(cause), story["symptom_code"],
            story["fault_code"], story["fault"], story["cause"]))
        if Phase.FINISH not in life.fate.days and Phase.PAUSE not in life.fate.days:
            repair.log_action(depot, life.case_id, "拆机，清洁，复核故障点", 20)


def _chargeable(house: House, life: Life) -> Row:
    """What happens to such products and no warranty pays for: only then is there a price to ask about."""
    line = next(product["line"] for product in house.sample.products if product["model"] == life.product)
    return next(
        story for story in house.sample.stories[line]
        if CauseClass(story["cause_class"]) in {CauseClass.USER, CauseClass.ENVIRONMENT, CauseClass.TRANSPORT})


def ask_the_customer(house: House) -> None:
    """Chargeable work waits for an answer; one customer has said no."""
    for life in house.due(Phase.PAUSE):
        money.ask(house, life, "含一次上门取送")
    for life in house.due(Phase.DECLINE):
        money.declined(house, life, "用户已采购新件")


def finish(house: House) -> None:
    """The factory section is completed; parts go in."""
    for life in house.due(Phase.FINISH):
        depot, story = house.at(Role.TECHNICIAN, _bench(house, life)), life.story
        if life.fate.result is RepairResult.REPAIRED and story["part"]:
            repair.use_part(depot, _part(house, life))
            if life.number % 29 == 5:
                fan = house.parts["P-FAN-80"]
                repair.use_part(depot, PartEntry(life.case_id, PartUse.RECYCLE, 1, fan.id, fan.part_no, fan.name_zh))
        repair.log_action(depot, life.case_id, "通电老化并复测", 30)
        _finish(house, life, _end(life))


def _part(house: House, life: Life) -> PartEntry:
    part, key = house.parts[life.story["part"]], bool(life.story.get("key"))
    serial = f"{part.part_no}-{life.number:04d}"
    return PartEntry(
        life.case_id, PartUse.ADD, life.story.get("quantity", 1), part.id, part.part_no, part.name_zh,
        removed_serial=f"{serial}A" if key else "", fitted_serial=f"{serial}B" if key else "", key_part=key,
        old_part=OldPart.YES if life.number % 3 else OldPart.NONE)


def _end(life: Life) -> Finish:
    story, result = life.story, life.fate.result
    words = {
        RepairResult.REPAIRED: (story["work"], Resolution(story["resolution"]), story["minutes"]),
        RepairResult.NFF: ("全功能测试与 8 小时老化，未见异常", Resolution.TESTED_ONLY, 60),
        RepairResult.BER: ("主要部件损坏，修理费超过重置价的一半", Resolution.NOTHING_DONE, 40),
    }
    work, resolution, minutes = words.get(result, ("电路板多处碳化，无法修复", Resolution.NOTHING_DONE, 45))
    return Finish(life.case_id, work, resolution, result, minutes)


def _finish(house: House, life: Life, end: Finish) -> None:
    """Where the work is chargeable the customer is quoted a price first, and says yes."""
    depot = house.at(Role.TECHNICIAN, _bench(house, life))
    try:
        repair.finish(depot, end)
    except Refused as refusal:
        if refusal.code != "repair.consent-missing":
            raise
        money.agreed(house, life)
        repair.finish(depot, end)


def refer(house: House) -> None:
    """What cannot simply go back goes to after-sales for a ruling."""
    for life in house.due(Phase.REFER):
        referring.refer(house.at(Role.TECHNICIAN, _bench(house, life)), life.case_id)
    _over(house, house.due(Phase.REFER_OVER), Direction.REFERRED, Role.TECHNICIAN, Role.CLERK)


def to_qa(house: House) -> None:
    """Finished units go to QA; one comes back at the door because its traveller was missing."""
    going = house.due(Phase.TO_QA)
    stays = [life for life in going if life.fate.refused_once and _can_wait(house, life)]
    refused = {life.case_id: Refusal(RefusalReason.TRAVELLER_MISSING) for life in stays}
    _over(house, going, Direction.TO_QA, Role.TECHNICIAN, Role.INSPECTOR, refused)
    _over(house, house.stayed, Direction.TO_QA, Role.TECHNICIAN, Role.INSPECTOR)
    house.stayed = stays


def _can_wait(house: House, life: Life) -> bool:
    """Whether nothing is done with the unit in QA before tomorrow."""
    return house.day < house.last and all(
        day > house.day for phase, day in life.fate.days.items() if phase > Phase.TO_QA)


def test(house: House) -> None:
    """The runs of the day: some fail, go back, are finished again and come once more."""
    for life in house.due(Phase.FAIL):
        bad, readings = _failed_item(house.tests[life.product]), readings_of(house, life)
        inspection.fail(house.at(Role.INSPECTOR), inspection.Failing(
            life.case_id, tuple(Reading(r.code, bad[1]) if r.code == bad[0].code else r for r in readings),
            f"{bad[0].name_zh}不合格，退回维修"))
    _over(house, house.due(Phase.BACK), Direction.BACK_TO_REPAIR, Role.INSPECTOR, Role.TECHNICIAN)
    for life in house.due(Phase.AGAIN):
        repair.log_action(house.at(Role.TECHNICIAN, _bench(house, life)), life.case_id, "按质检意见重新调整并复测", 25)
        _finish(house, life, _end(life))
    _over(house, house.due(Phase.TO_QA_AGAIN), Direction.TO_QA, Role.TECHNICIAN, Role.INSPECTOR)
    for life in house.due(Phase.PASS):
        depot = house.at(Role.INSPECTOR)
        inspection.pass_and_mark(depot, inspection.Passing(
            life.case_id, readings_of(house, life), house.own(Role.INSPECTOR),
            MarkMethod.STAMPED if life.number % 3 == 0 else MarkMethod.AFFIXED,
            inspection.sheet(depot, life.case_id).soak_needed))
    _over(house, house.due(Phase.PASSED_OVER), Direction.PASSED, Role.INSPECTOR, Role.CLERK)


def readings_of(house: House, life: Life) -> tuple[Reading, ...]:
    """Good readings, a little different each time."""
    return tuple(Reading(item.code, _good(house, item)) for item in house.tests[life.product])


def _good(house: House, item: TestItem) -> str:
    if item.kind is ItemKind.TICK:
        return OK
    if item.kind is ItemKind.CHOICE:
        return item.good[0]
    places = max(_places(item.lower), _places(item.upper))
    low = Decimal(item.lower) if item.lower is not None else None
    high = Decimal(item.upper) if item.upper is not None else None
    if low is None:
        low = Decimal(0) if high is None else high - abs(high) / 2
    if high is None:
        high = low + abs(low) * Decimal("0.15")
    share = Decimal(house.chance.randrange(25, 76)) / 100
    value = (low + (high - low) * share).quantize(Decimal(1).scaleb(-places))
    return str(value)


def _failed_item(items: tuple[TestItem, ...]) -> tuple[TestItem, str]:
    """The item that is out of its limits, and its bad value."""
    item = next(each for each in items if each.mandatory)
    if item.kind is ItemKind.TICK:
        return item, "NOT OK"
    if item.kind is ItemKind.CHOICE:
        return item, next(choice for choice in item.choices if choice not in item.good)
    if item.upper is not None:
        return item, str(Decimal(item.upper) + abs(Decimal(item.upper)) * Decimal("0.1"))
    return item, str(Decimal(item.lower or "1") * Decimal("0.8"))


def _places(limit: str | None) -> int:
    return len(limit.partition(".")[2]) if limit else 0


def _over(
    house: House, lives: list[Life], direction: Direction, giver: Role, receiver: Role,
    refused: dict[str, Refusal] | None = None,
) -> None:
    """One handover of the day between two departments."""
    if not lives:
        return
    handover.hand_over(
        house.at(giver), handover.Offering(direction, tuple(life.case_id for life in lives), house.own(giver)),
        house.own(receiver), refused)


__all__ = ["ask_the_customer", "diagnose", "finish", "readings_of", "refer", "take", "test", "to_qa"]
