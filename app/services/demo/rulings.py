"""What the supervisor did about the referred units: some rulings are confirmed, one is decided otherwise."""

from __future__ import annotations

from datetime import timedelta

from app.domain.disposition import Channel, Talk
from app.domain.people import Role
from app.domain.places import Place
from app.domain.rulings import Outcome, Ruling
from app.services import disposition, notices
from app.services.demo.house import House


def decide(house: House) -> None:
    """Every second case that waits is ruled on; who is to get a unit back as it is was told why."""
    waiting = [one for one in disposition.waiting(house.depot) if one.row.place is Place.COUNTER]
    for number, one in enumerate(waiting[::2]):
        sheet = disposition.sheet(house.depot, one.row.case_id)
        if not isinstance(sheet.ruling, Ruling) or sheet.ruling.number == 0:
            continue
        if Outcome.RETURN_AS_IS in sheet.ruling.outcomes:
            _back_as_it_is(house, one.row.case_id, talked=Outcome.EXPLAIN in sheet.ruling.outcomes)
        elif number != 1 or (Outcome.REPAIR,) not in sheet.choices:
            disposition.confirm(house.at(Role.SUPERVISOR), one.row.case_id, house.own(Role.SUPERVISOR))
        else:
            disposition.override(
                house.at(Role.SUPERVISOR), one.row.case_id, (Outcome.REPAIR,), "原厂同意提供整板，成本低于调换",
                house.own(Role.SUPERVISOR),
            )


def _back_as_it_is(house: House, case_id: str, *, talked: bool) -> None:
    """Confirmed, explained by telephone, put into zone 2 with its notice."""
    depot = house.at(Role.SUPERVISOR)
    disposition.confirm(depot, case_id, house.own(Role.SUPERVISOR))
    if talked:
        notices.record_talk(depot, case_id, Talk(
            "设备科值班工程师", depot.clock() - timedelta(minutes=20), Channel.PHONE,
            "已说明检测结果：修复费用高于产品现值，且已过保修期", "表示理解，请原样寄回",
        ))
    notices.return_as_is(depot, case_id)
