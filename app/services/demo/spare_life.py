"""The life of spares in the demonstration: one at a site with a unit owed, one kept, loaners out, production asked."""

from __future__ import annotations

import re
from datetime import timedelta

from app.domain.emergency import Built, Requesting
from app.domain.loaners import Lending
from app.domain.masterdata import Product
from app.domain.people import Role
from app.domain.signing import Party
from app.domain.spares import PoolRow, Reserving, Sending, SpareGrade, Swapping
from app.services import customers, emergency, loaners, products, spares
from app.services.demo.house import House

#: Day → what is done.
_SEND, _SWAP, _KEEP, _LEND, _ASK, _BUILD = 9, 10, 13, 3, 11, 14
_STORES = "仓管 钱伟"


def live(house: House) -> None:
    """What happens to spares and loaners today."""
    {_SEND: _send, _SWAP: _swap, _KEEP: _keep, _LEND: _lend, _ASK: _ask, _BUILD: _build}.get(
        house.day, lambda _house: None)(house)


def _known(house: House) -> list[Product]:
    """The products of which the demonstration has units, in their order."""
    models = {house.products[life.product].model for life in house.lives if life.serial and not life.tagged}
    return [product for product in house.products.values() if product.model in models]


def _free(house: House) -> list[PoolRow]:
    return [row for row in spares.pool(house.at(Role.CLERK)) if not row.reservation_id]


def _customer(house: House, turn: int) -> str:
    found = customers.find(house.at(Role.CLERK), "")
    return found[turn % len(found)].id


def _another(serial: str, further: int) -> str:
    """A serial written like ``serial``: its last run of figures counted on."""
    *_before, last = re.finditer(r"[0-9]+", serial)
    width = len(last[0])
    counted = (int(last[0]) + further) % 10**width
    return f"{serial[:last.start()]}{counted:0{width}d}{serial[last.end():]}"


def _serial(house: House, model: str, further: int) -> str:
    """The serial of one more unit of ``model``; empty where the demonstration has none to go by."""
    known = next(
        (life.serial for life in house.lives
         if house.products[life.product].model == model and life.serial and not life.tagged), "")
    return _another(known, further) if known else ""


def _send(house: House) -> None:
    free = _free(house)
    if free:
        spares.send_to_site(
            house.at(Role.CLERK),
            Sending(free[0].unit_id, _customer(house, 2), "二期机房 3 排 12 柜", "现场停机，来不及返厂维修",
                    contact="季工", contact_phone="139 0021 7788"),
            house.own(Role.CLERK), house.outside(Party.FIELD_STAFF, "蒲晓"))


def _swap(house: House) -> None:
    depot = house.at(Role.CLERK)
    for use in spares.owed(depot):
        product = next(p for p in products.find(depot, use.model) if p.model == use.model)
        serial = _another(use.spare_serial, 3107)
        spares.swap_at_site(
            depot, Swapping(use.use_id, serial, house.today, product.id), house.outside(Party.CUSTOMER, "季工"))


def _keep(house: House) -> None:
    depot, free = house.at(Role.CLERK), _free(house)
    for row, grade, note in zip(
        free, (SpareGrade.GOOD, SpareGrade.AS_NEW, SpareGrade.CHECK_FIRST), ("", "", "存放超过半年，使用前复测输出"),
        strict=False,
    ):
        spares.grade(depot, row.unit_id, grade, note)
    if free:
        spares.reserve(depot, Reserving(
            free[0].unit_id, _customer(house, 4), house.today + timedelta(days=10), site="检修库 2 道"))


def _lend(house: House) -> None:
    boss, clerk = house.at(Role.SUPERVISOR), house.at(Role.CLERK)
    for turn, (product, days) in enumerate(zip(_known(house)[:3], (9, 30, 0), strict=False)):
        loaner = loaners.enrol(
            boss, product.id, _serial(house, product.model, 2017), "外观良好，功能正常",
            giver=house.outside(Party.STORES, _STORES), receiver=house.own(Role.CLERK))
        if days:
            lending = Lending(
                loaner.loaner_id, _customer(house, turn), house.today + timedelta(days=days), "外观良好，功能正常",
                "维修产品送达时换回。")
            loaners.lend(clerk, lending, house.own(Role.CLERK), house.outside(Party.CUSTOMER, "用户代表 邹敏"))
        else:
            continue
        loaners.wait(clerk, product.id, _customer(house, turn + 5), note="等候同型号周转机")


def _ask(house: House) -> None:
    depot = house.at(Role.CLERK)
    pooled = {row.product_id for row in spares.pool(depot)}
    wanted = [product for product in _known(house) if product.id not in pooled][:2]
    for turn, product in enumerate(wanted):
        asked = emergency.request(depot, Requesting(
            product.id, _customer(house, turn + 6), 1, house.today + timedelta(days=4 + 9 * turn),
            "备品库无此型号，现场停机"))
        if not turn:
            emergency.confirm(depot, asked.build_id, house.today + timedelta(days=3), house.own(Role.PLANNER))


def _build(house: House) -> None:
    planner = house.at(Role.PLANNER)
    for row in emergency.builds(planner):
        if row.promised_on is not None:
            serial = _serial(house, row.model, 4021)
            emergency.register(planner, Built(
                row.build_id, serial, f"L{house.today:%y%m}", house.today, f"DA-{house.today:%y%m}-01"))


__all__ = ["live"]
