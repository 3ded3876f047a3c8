"""What the depot of the demonstration has learnt: an alarm that R&D answered, one that waits, and notes."""

from __future__ import annotations

from app.domain.alarms import AlarmOrigin, Answer, Raising, Severity
from app.domain.codes import CauseClass
from app.domain.knowledge import Note
from app.domain.people import Role
from app.persistence import receiving
from app.services import alarms, files, inspection, knowledge
from app.services.demo.house import House


def _of_lot(house: House, case_id: str) -> int:
    """How many units of the same product and lot the depot has seen."""
    own = next(life for life in house.lives if life.case_id == case_id)
    known = {life.unit_id: life for life in house.lives if life.unit_id and life.product == own.product}
    with house.depot.read() as tx:
        unit = receiving.unit(tx, own.unit_id)
    lot = unit.lot if unit else ""
    return sum(row.unit_id in known for row in files.same_lot(house.at(Role.CLERK), lot)) if lot else 0


def learn(house: House) -> None:
    """Notes and an alarm some days ago; one of yesterday waits for its answer."""
    before = house.last - house.day
    if before not in {5, 1}:
        return
    inspector = house.at(Role.INSPECTOR)
    waiting = [row.case_id for row in inspection.queue(inspector, limit=20)]
    if not waiting:
        return
    case_id = max(waiting, key=lambda each: _of_lot(house, each))
    if before == 5:
        done = alarms.raise_alarm(inspector, Raising(
            AlarmOrigin.SERIOUS, Severity.MAJOR, "同批多件输入电容鼓包", "三件送检，均为同一电容供方", case_id))
        alarms.answer(house.at(Role.ENGINEER), done.alarm_id, Answer(
            "抽检十只，漏电流超差四只", CauseClass.COMPONENT_QUALITY, "该批库存停用；返修件一律更换输入电容"))
        product_id = inspection.sheet(inspector, case_id).case.product_id
        knowledge.save_notes(house.at(Role.TECHNICIAN), product_id, [
            Note("上电无输出", "先量输入电容两端电压，再查保险和启动电阻"),
            Note("间歇性重启", "老化两小时后复测；重点看连接器插针"),
        ])
    else:
        alarms.raise_alarm(inspector, Raising(
            AlarmOrigin.INSPECTOR, Severity.MINOR, "输出纹波临近上限，无法判定", "重复三次，读数 98–101 mV", case_id))
