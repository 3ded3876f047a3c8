"""Follow-ups and complaints in the demonstration: calls of the last days, and complaints at every step."""

from __future__ import annotations

from datetime import timedelta

from app.domain.complaints import ComplaintKind, Told, Topic
from app.domain.files import ProductFile, UnitPart, UnitState
from app.domain.followups import Call, CallResult, Reach
from app.domain.people import Role
from app.domain.satisfaction import Aspect, Grade
from app.services import complaints, files, followups, search
from app.services.demo.house import House

#: What customers say when called: the result, the grade, the words.
_SAID: tuple[tuple[CallResult, Grade, str], ...] = (
    (CallResult.FINE, Grade.VERY_SATISFIED, "运行正常，返修比上次快"),
    (CallResult.FINE, Grade.SATISFIED, "已装回现场，运行一周正常"),
    (CallResult.WISH, Grade.SATISFIED, "希望返还时附上更换件清单"),
    (CallResult.FINE, Grade.SATISFIED, ""),
    (CallResult.WISH, Grade.FAIR, "修得好，但等了三周，希望有周转机"),
)


def follow_up(house: House) -> None:
    """From the second week on a few calls a day; each third time nobody picks up."""
    if house.day < house.last // 2:
        return
    depot = house.at(Role.CLERK)
    followups.draw_up(depot)
    for n, row in enumerate(followups.listed(depot, Reach.DUE)[:2]):
        place = (house.day + n) % len(_SAID)
        who = row.contact or "值班员"
        if (house.day + n) % 3 == 0 and not row.follow_up.tries:
            followups.record(depot, Call(row.follow_up.id, reached=False, called=who, said="无人接听"))
            continue
        result, grade, said = _SAID[place]
        followups.record(depot, Call(
            row.follow_up.id, called=who, said=said, result=result, grade=grade,
            answers={Aspect.ATTITUDE: Grade.VERY_SATISFIED, Aspect.TIME: grade},
            next_on=house.today + timedelta(days=30) if result is CallResult.WISH else None,
        ))


def complain(house: House) -> None:
    """One settled, one answered, one just taken down, and a suggestion."""
    depot, before = house.at(Role.CLERK), house.last - house.day
    if before == 8:
        done = complaints.take(depot, _told(house, "C0010", Topic.DELIVERY, "纸箱压扁，面板有划痕", "更换面板"))
        complaints.assign(depot, done.complaint_id, "仓管 钱伟")
        complaints.answer(house.at(Role.SUPERVISOR), done.complaint_id, "承运方装卸不当；更换面板，改用木箱")
        complaints.tell(depot, done.complaint_id, "周工", "免费更换面板，今后用木箱发运", content=True)
        complaints.close(depot, done.complaint_id, "面板已更换，用户认可")
    elif before == 4:
        done = complaints.take(depot, _told(house, "C0014", Topic.QUALITY, "半年内同一故障出现三次", "查明原因"))
        complaints.assign(depot, done.complaint_id, "研发部 孙工")
        complaints.answer(
            house.at(Role.SUPERVISOR), done.complaint_id, "该批电解电容耐温不足，已换 105 ℃ 型号，同批产品排查")
    elif before == 2:
        done = complaints.take(depot, _told(
            house, "C0001", Topic.SERVICE, "建议维修进度可以短信查询", "", ComplaintKind.SUGGESTION))
        complaints.assign(depot, done.complaint_id, "售后主管")
    elif before == 1:
        complaints.take(depot, _told(house, "C0012", Topic.SERVICE, "报修电话两次无人接听", "给个说法"))


def keep_files(house: House) -> None:
    """What left the factory is known of a few units; two of them have a key part of the same lot."""
    if house.day != house.last:
        return
    depot = house.at(Role.CLERK)
    for n, hit in enumerate(search.newest(depot, 4).hits):
        files.set_product_file(
            depot, hit.unit_id,
            ProductFile(
                UnitState("正式批产品", "双路电源，防潮涂覆", f"V2.{n + 1}", "备品价格按年度协议"),
                (UnitPart("电源板", "PB-2412", "PB-2401" if n < 2 else "PB-2403", f"PB{n + 117:04d}", "华源电子",
                          imported=False),
                 UnitPart("显示屏", "LQ070", "L-2399", f"LQ{n + 52}", "Sharp", imported=True)),
            ),
            files.product_file(depot, hit.unit_id),
        )


def _told(
    house: House, code: str, topic: Topic, story: str, wanted: str, kind: ComplaintKind = ComplaintKind.COMPLAINT
) -> Told:
    customer = house.customers[code]
    return Told(
        customer.id, topic, story, kind, contact=customer.contact or "周工", phone=customer.phone, wanted=wanted)
