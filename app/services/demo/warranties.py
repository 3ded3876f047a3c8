"""What people enter into warranties: an extension, a mistake reversed, an invoice shown, a unit found modified."""

from __future__ import annotations

from app.domain.people import Role
from app.domain.stages import Stage
from app.domain.warranty_entries import Extended, Proof, ProofShown, Voided, VoidReason
from app.errors import Refused
from app.persistence import receiving as rows
from app.services import warranty_entering
from app.services.demo.house import House


def enter(house: House) -> None:
    """Once, when the three weeks are over: the last one is at the bench, so that its verdict changes in sight."""
    boss, clerk, today = house.at(Role.SUPERVISOR), house.at(Role.CLERK), house.depot.today()
    back, here = _units(house, Stage.CLOSED, Stage.RETURNED), _units(house, Stage.IN_REPAIR)
    if len(back) < 3 or not here:
        return                           # a small demonstration has nobody for it
    paper, why = "服函 2611-07", "同批电容有问题，统一延保半年"
    try:
        warranty_entering.enter(boss, back[0], Extended("", today, 6, 0, paper), why)
        wrong = warranty_entering.enter(boss, back[1], Extended("", today, 6, 0, paper), why)
        warranty_entering.reverse(boss, wrong.row_id, "不在该批次，编号看错")
        warranty_entering.enter(clerk, back[2], ProofShown("", today, Proof.INVOICE))
        came = warranty_entering.view(boss, here[0]).proposed_day
        warranty_entering.enter(
            boss, here[0], Voided("", came, VoidReason.SELF_MODIFIED, "照片 3 张"), "输出端子有自行飞线")
    except Refused:
        return                           # the dice gave one of them a unit without a start


def _units(house: House, *stages: Stage) -> list[str]:
    """The units whose newest case stands at one of ``stages`` and was judged in warranty."""
    with house.depot.read() as tx:
        cases = [rows.case(tx, life.case_id) for life in house.lives if life.case_id]
    found = [case.unit_id for case in cases if case and case.stage in stages and case.warranty == "IN"]
    return list(dict.fromkeys(found))
