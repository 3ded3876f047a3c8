"""The telephone in the demonstration: calls at every stage, work on site, a chased clock, a coming policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.chase import ChaseNote, NextAct
from app.domain.money import Money
from app.domain.people import Role
from app.domain.policy_values import PolicyName
from app.domain.receiving import Urgency
from app.domain.requests import Call, Route
from app.domain.signing import Party
from app.domain.site_visits import SitePart, SiteResult, Trip, TripReport
from app.services import chase, policies, requests, site_visits
from app.services.demo.house import House

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class _Story:
    """A call: how many days before the last, who calls, about what."""

    before: int
    customer: str
    product: int
    symptom: str
    tried: str
    site: str = ""
    urgent: bool = False


def answer_calls(house: House) -> None:
    """Every call of the day, each carried as far as its story goes."""
    for story, follow in _STORIES:
        if house.last - story.before == house.day:
            follow(house, _take(house, story), story)


def chase_somebody(house: House) -> None:
    """On the last day somebody asks the bench about the repairs that are late longest; policy for the new quarter is
    set."""
    if house.day != house.last:
        return
    late = {row.subject.id: row for row in chase.chase(house.depot).rows if row.subject.act is NextAct.REPAIR}
    answers = ("缺电容，供应商答应{day}到货", 4), ("正在老化，{day}可交检", 2)
    for row, (said, days) in zip(late.values(), answers, strict=False):
        promised = _working_day(house.today + timedelta(days=days))
        chase.note(house.at(Role.CLERK), ChaseNote(
            row.subject.kind, row.subject.id, row.name, row.subject.person or "维修班长",
            said.format(day="周" + "一二三四五"[promised.weekday()]), promised))
    policies.set_value(
        house.at(Role.MANAGER), PolicyName.REPEAT_WINDOW_DAYS, "60", house.today + timedelta(days=10),
        "重复返修按两个月统计")


def _working_day(day: date) -> date:
    """``day``, or the Monday after it."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day


def _take(house: House, story: _Story) -> requests.Stepped:
    customer = house.customers[story.customer]
    product = list(house.products.values())[story.product]
    return requests.take(house.at(Role.CLERK), Call(
        customer.id, story.symptom, product.id, contact=customer.contact, phone=customer.phone, site=story.site,
        tried=story.tried, urgency=Urgency.SPECIAL if story.urgent else Urgency.ROUTINE))


def _by_phone(house: House, done: requests.Stepped, story: _Story) -> None:
    del story
    depot = house.at(Role.CLERK)
    requests.answer(depot, done.request_id, "请用户断电五分钟后重新上电，并检查参数 P12")
    requests.plan(depot, done.request_id, Route.PHONE, "电话指导复位，次日回访")
    requests.close(depot, done.request_id, "复位后恢复正常，用户确认")


def _on_site(house: House, done: requests.Stepped, story: _Story) -> None:
    visit_id = _sent(house, done)
    contact = house.customers[story.customer].contact
    site_visits.finish(
        house.at(Role.TECHNICIAN),
        TripReport(
            visit_id, house.today, "现场测得输入电压正常，电源板保险熔断，输入滤波电容鼓包",
            "更换电源板，复测 2 小时正常",
            SiteResult.SOLVED, 95, (SitePart("电源板", 1, "PB-2412", removed_serial="PB0117", fitted_serial="PB0342"),),
            "响应及时"),
        house.outside(Party.CUSTOMER, contact))
    requests.close(house.at(Role.CLERK), done.request_id, "上门更换电源板，恢复运行")


def _sent(house: House, done: requests.Stepped) -> str:
    requests.pass_on(house.at(Role.CLERK), done.request_id, "维修班")
    requests.plan(house.at(Role.TECHNICIAN), done.request_id, Route.ON_SITE, "携带备件上门检查，必要时更换电源板")
    return site_visits.send(
        house.at(Role.CLERK), Trip(done.request_id, house.who(Role.TECHNICIAN).id, house.today)).subject_id


def _under_way(house: House, done: requests.Stepped, story: _Story) -> None:
    del story
    _sent(house, done)


def _asked_for_consent(house: House, done: requests.Stepped, story: _Story) -> None:
    del story
    requests.plan(house.at(Role.CLERK), done.request_id, Route.ON_SITE, "保修期外，报价后上门")
    requests.quote(house.at(Role.CLERK), done.request_id, Money(86_000))


def _passed_on(house: House, done: requests.Stepped, story: _Story) -> None:
    del story
    requests.pass_on(house.at(Role.CLERK), done.request_id, "维修班")


def _new(house: House, done: requests.Stepped, story: _Story) -> None:
    """Nobody has done anything yet."""
    del house, done, story


_Follow = Callable[[House, requests.Stepped, _Story], None]
_STORIES: tuple[tuple[_Story, _Follow], ...] = (
    (_Story(9, "C0001", 0, "偶发通信中断，重启后恢复", "已重启一次", "苏州北站信号楼"), _by_phone),
    (_Story(6, "C0010", 1, "一水厂泵房显示屏黑屏", "更换过电源线，无效", "一水厂泵房", urgent=True), _on_site),
    (_Story(2, "C0014", 2, "隧道监控站设备上电无反应", "测量输入电压正常", "王莽岭隧道监控站"), _passed_on),
    (_Story(1, "C0012", 3, "井下变电所采集数据跳变", "未处理", "朱庄井下 -420 变电所"), _under_way),
    (_Story(1, "C0013", 0, "出海前自检报错 E07", "断电重试三次", "3 号船坞"), _asked_for_consent),
    (_Story(0, "C0008", 1, "Unit restarts every few minutes since this morning", "power supply swapped",
            "Depot Altona"), _new),
)


__all__ = ["answer_calls", "chase_somebody"]
