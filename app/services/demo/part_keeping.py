"""Parts in the demonstration: a van and a bench of their own, what is lent for trips, what QA looks at again."""

from __future__ import annotations

from datetime import timedelta

from app.domain.loans import Accounted, Lending, LoanFate, LoanItem
from app.domain.people import Role
from app.domain.stock import MAIN_STORE, CheckResult, PartGrade, PlaceKind, StockPlace
from app.services import loans, stock, stock_places
from app.services.demo.house import House
from app.services.stock import Rechecking, Transfer

#: Day → what is borrowed by which technician, why, and how many days the trip takes.
_LENT: dict[int, tuple[int, tuple[tuple[str, int], ...], str, int]] = {
    3: (0, (("P-CON-M12", 3), ("P-PSU-PWR", 1)), "郑州地铁现场更换电源模块", 2),
    8: (1, (("P-FUSE-10", 10), ("P-CR2032", 5)), "宁波港巡检备用易损件", 1),
    13: (1, (("P-RTU-COM", 1), ("P-OPT-4", 6)), "合肥水务 RTU 通信中断，现场处理", 4),
}
#: Day → the day of the loan, and what became of its lines.
_BACK: dict[int, tuple[int, tuple[tuple[int, LoanFate, int, str], ...]]] = {
    7: (3, ((0, LoanFate.UNUSED, 2, ""),)),
    11: (8, ((0, LoanFate.UNUSED, 9, ""), (0, LoanFate.LOST, 1, "现场遗失"), (1, LoanFate.UNUSED, 5, ""))),
}


def furnish(house: House) -> None:
    """A van and a bench, filled from the main store, with levels."""
    supervisor = house.at(Role.SUPERVISOR, 0)
    for turn, kind, name, filled in (
        (0, PlaceKind.BENCH, "一号工位", (("P-CAP-470", 12, 4), ("P-MOS-65R", 8, 3))),
        (1, PlaceKind.VAN, "服务车 沪B·3721", (("P-FUSE-10", 20, 10), ("P-RLY-24", 4, 4), ("P-FAN-80", 3, 2))),
    ):
        holder = house.who(Role.TECHNICIAN, turn)
        place = stock_places.add_place(supervisor, StockPlace("", name, kind, holder.id)).place
        for part_no, pieces, level in filled:
            part = house.parts[part_no]
            stock.transfer(supervisor, Transfer(part.id, pieces, MAIN_STORE, place.id))
            stock_places.set_level(supervisor, part.id, place.id, level)


def lend(house: House) -> None:
    """What technicians borrow today, and what becomes of what they borrowed."""
    if house.day in _LENT:
        turn, wanted, purpose, days = _LENT[house.day]
        ends = house.today + timedelta(days=days)
        loans.lend(
            house.at(Role.CLERK),
            Lending(tuple(LoanItem(house.parts[no].id, pieces) for no, pieces in wanted), purpose, ends),
            house.own(Role.TECHNICIAN, turn), house.own(Role.SUPERVISOR))
    if house.day in _BACK:
        since, said = _BACK[house.day]
        depot = house.at(Role.CLERK)
        loan = next(row.loan for row in loans.loans(depot, open_only=False)
                    if row.loan.purpose == _LENT[since][2])
        lines = loans.file(depot, loan.id).lines
        loans.give_back(depot, loan.id, [
            Accounted(lines[line].id, fate, pieces, reason=reason) for line, fate, pieces, reason in said])


def recheck(house: House) -> None:
    """QA looks at what came back, three days in the week."""
    if house.day not in {9, 12}:
        return
    inspector = house.at(Role.INSPECTOR)
    waiting = [lot for lot in stock.lots(inspector) if lot.grade is PartGrade.UNCHECKED]
    for n, lot in enumerate(waiting[:2]):
        stock.recheck(inspector, Rechecking(
            lot.part.id, 1, CheckResult.USABLE, f"FJ-{house.today:%m%d}-{n + 1:02d}", lot.place.id, "通电与耐压合格"))


__all__ = ["furnish", "lend", "recheck"]
