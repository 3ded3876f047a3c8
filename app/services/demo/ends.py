"""What became of units ruled to be scrapped, kept or exchanged: one at each step of the way."""

from __future__ import annotations

from app.domain.determination import Keeping
from app.domain.exchange import ExchangeSource, Exchanging
from app.domain.handover import Direction
from app.domain.people import Role
from app.domain.rulings import Outcome
from app.services import approvals, determination, disposition, exchange, handover, scrap
from app.services.demo.house import House
from app.services.handover import Offering
from app.services.scrap import Scrapping


def carry_out(house: House) -> None:
    """Of the units to be scrapped the newest still waits for its approval, the others stand in zone 4."""
    ruled = disposition.to_carry_out(house.depot)
    to_scrap = [row.case_id for row in ruled if Outcome.SCRAP in (row.outcomes or ())]
    for number, case_id in enumerate(reversed(to_scrap)):
        asked = scrap.request(house.at(Role.CLERK), case_id, "修复费用高于产品现值，保修期内予以调换")
        if number == 0:
            continue
        approvals.decide(house.at(Role.MANAGER), asked.approval_id, approved=True, signature=house.own(Role.MANAGER))
        scrap.carry_out(house.at(Role.CLERK), Scrapping(case_id))
        _give_another(house, case_id)
    for row in ruled:
        if Outcome.KEEP in (row.outcomes or ()):
            _keep(house, row.case_id)


def _give_another(house: House, case_id: str) -> None:
    """The longest spare of the same product in zone 3, where there is one and the customer is to get one."""
    due = exchange.of_case(house.depot, case_id)
    spares = [spare for spare in exchange.candidates(house.depot, case_id) if spare.same]
    open_ = {row.case_id for row in exchange.open_rows(house.depot)}
    if due is not None and not due.number and case_id in open_ and spares:
        exchange.exchange(
            house.at(Role.SUPERVISOR), Exchanging(case_id, ExchangeSource.SPARE, spares[0].serial)
        )


def _keep(house: House, case_id: str) -> None:
    """The customer agreed by telephone; R&D has the unit."""
    determination.keep(house.at(Role.SUPERVISOR), Keeping(case_id, "设备科王工", note="同意留厂查找原因，先调换一件"))
    handover.hand_over(
        house.at(Role.CLERK), Offering(Direction.TO_LAB, (case_id,), house.own(Role.CLERK)),
        house.own(Role.ENGINEER),
    )
