"""For the pictures: the demonstration as if it had met a centre, which it never has. Never done to anybody's record.

Nights good and bad, a copy that was put back and what followed from it, a unit on its way to and one from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from app.depot import SYSTEM, Clock, Depot, Operator, open_depot, system_clock
from app.domain.people import Role
from app.domain.receiving import AccessoryIn, Intake
from app.domain.settings import DepotSetting
from app.domain.signing import OutsideSignature, OwnSignature, Party
from app.domain.sync import schedule
from app.domain.sync.outcomes import Ended
from app.domain.sync.protocol import Held
from app.domain.transfers import Carriage, Carried, Coming, Transferring
from app.persistence import held, naming
from app.persistence import sync as rows
from app.persistence import transfers as transfer_rows
from app.persistence.migrate import HEAD
from app.persistence.transaction import Tx
from app.services import people, products, settings, transfers
from app.services.demo.house import PIN
from app.services.night import PLAN

_ADDRESS = "postgresql://centre.example/fanxiu"
_OTHERS = {"BJ1": "北京返修站", "CD1": "成都返修站"}
_ORIGIN = 7 << 20
_LINE = (((0.1, 0.6), (0.4, 0.3), (0.7, 0.7), (0.9, 0.4)),)


@dataclass(frozen=True, slots=True)
class _Try:
    """A night, so many days ago."""

    ago: int
    ended: Ended
    sent: int
    fetched: int
    compared: int
    files: int = 0
    seconds: int = 4
    code: str = ""
    told: tuple[tuple[str, str], ...] = ()
    asked_by: str = "schedule"
    hours: float = 0


#: Oldest first; the first sends everything there is.
_NIGHTS = (
    _Try(6, Ended.VERIFIED, 18_412, 2_907, 21_319, 35, 212),
    _Try(5, Ended.VERIFIED, 611, 48, 21_978, 6, 9),
    _Try(4, Ended.UNAVAILABLE, 0, 0, 0, seconds=30, code="sync.centre-away", told=(("reason", "timeout expired"),)),
    _Try(4, Ended.VERIFIED, 702, 61, 22_741, 4, 11, asked_by="window", hours=7.4),
    _Try(3, Ended.KILLED, 204, 0, 0),
    _Try(3, Ended.VERIFIED, 388, 52, 23_181, 3, 8, hours=6.1),
    _Try(2, Ended.VERIFIED, 545, 33, 23_759, 5, 9),
    _Try(1, Ended.REFUSED, 0, 0, 0, seconds=1, code="sync.wrong-password"),
    _Try(1, Ended.VERIFIED, 467, 29, 24_255, 2, 8, asked_by="window", hours=6.8),
    _Try(0, Ended.VERIFIED, 39, 14, 24_308, 1, 6),
)


class _Then:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def meet(target: str, *, clock: Clock = system_clock, pin: str = PIN) -> None:
    """Let the demonstration at ``target``, whose people sign with ``pin``, have met a centre until now."""
    now = clock()
    then = _Then(now)
    depot = replace(open_depot(target, operator=SYSTEM, clock=then), chance=Random(2611).randbytes)  # noqa: S311  keys of nobody
    try:
        _set_the_address(_at(depot, Role.ADMIN))
        _run_nights(depot, then, schedule.last_start(now, depot.zone, depot.depot_id, PLAN))
        with _at(depot, Role.SUPERVISOR).write() as tx:
            for n, (code, name) in enumerate(_OTHERS.items(), 1):
                held.hold(tx, Held(n * _ORIGIN, code, 1, "-"), HEAD)
                held.remember(tx, (held.DEPOT_NAME + code, name))
            _leave_to_decide(tx, now)
        then.at = now
        _hand_on(depot, pin)
        _announce(depot, now)
    finally:
        depot.close()


def _at(depot: Depot, role: Role) -> Depot:
    user = next(user for user in people.users(depot) if role in user.roles)
    return depot.as_operator(Operator(user.id, user.login, user.name, user.roles))


def _set_the_address(depot: Depot) -> None:
    seen = settings.read(depot)
    settings.write(depot, seen.card, {**seen.values, DepotSetting.CENTRE: _ADDRESS}, seen)


def _run_nights(depot: Depot, then: _Then, last: datetime) -> None:
    for night in _NIGHTS:
        begun = last - timedelta(days=night.ago) + timedelta(hours=night.hours)
        then.at = begun
        with depot.write() as tx:
            night_id = rows.begin(tx, night.asked_by)
        then.at = begun + timedelta(seconds=night.seconds)
        with depot.write() as tx:
            rows.end(tx, night_id, night.ended.value, {
                "sent": night.sent, "fetched": night.fetched, "verified": night.compared, "contents": night.files,
                "code": night.code, "told": dict(night.told), "alerts": []})


def _leave_to_decide(tx: Tx, now: datetime) -> None:
    """A copy was put back the day before: a case and a customer had been changed on both sides of it."""
    here = [unit.case_id for unit in transfer_rows.waiting(tx, "")][1:]         # the first is handed on
    of_cases = [row for case_id in here if (row := naming.row_of(tx, tx.depot_id, "return_cases", case_id))]
    row = next((row for row in of_cases if not str(row["symptom"]).isascii()), of_cases[0])
    rows.alert(tx, "alert.reconciled", {"taken": 26, "sent": 9, "conflicts": 1})
    mine = {name: value for name, value in row.items() if name not in {"origin", "seq"}}
    theirs = {**mine, "contact": "刘志远", "contact_phone": "0731-2849 3018", "urgency": "SPECIAL",
              "promised_on": f"{now + timedelta(days=9):%Y-%m-%d}", "symptom": f"{mine['symptom']}，间歇出现"}
    rows.leave_to_decide(tx, "CONFLICT", "return_cases", row["id"], mine, theirs)


def _hand_on(depot: Depot, pin: str) -> None:
    """The unit that has waited longest goes to Beijing."""
    clerk = _at(depot, Role.CLERK)
    unit = transfers.waiting(depot)[0]
    transfers.send(
        clerk, Transferring(unit.case_id, "BJ1", "本站缺少测试工装", carrier="顺丰速运", waybill="SF1420093377120"),
        OwnSignature(clerk.operator.login, pin), OutsideSignature(Party.CARRIER, "黄师傅", _LINE))


def _announce(depot: Depot, now: datetime) -> None:
    """Chengdu has sent a unit here."""
    product = products.find(depot, "")[0]
    sent, number = now - timedelta(days=1), f"CD1-H{now:%y%m}-00017"
    case_number, serial = f"CD1-R{now:%y%m}-00042", "H204817993"
    intake = Intake(
        serial, product.id, "", "带载运行半小时后跳闸", contact="龚工", waybill="SF1420087713306",
        accessories=(AccessoryIn("电源线", 1),))
    story = Carried(
        intake, case_number, f"CD1-T{now:%y%m}-00042", 1, sent - timedelta(days=2), None, product.model,
        product.name_zh, product.name_en, "成都轨道交通运营公司")
    with depot.write() as tx:
        transfer_rows.hear_of(tx, Coming(
            tx.new_id(), number, "CD1", case_number, serial, product.id, "本站负载柜检修中", Carriage.COURIER.value,
            "顺丰速运", "SF1420087713306", "", story.as_dict(), sent, "张伟"), (2 * _ORIGIN, 1))
