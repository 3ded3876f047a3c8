"""The twelve months before the demonstration began: an old list taken over, and two rows found after the closing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from app.domain import months
from app.domain.codes import CauseClass
from app.domain.importing.fields import Field
from app.domain.importing.mapping import ListKind, Mapping
from app.domain.people import Role
from app.domain.sheets import Cell, Row, Sheet
from app.i18n import translator
from app.labels import label
from app.services import importing
from app.services.demo.fates import weighted
from app.services.demo.house import House

_COLUMNS: dict[str, Field] = {
    "用户": Field.CUSTOMER, "型号": Field.PRODUCT, "序列号": Field.SERIAL, "批号": Field.LOT,
    "生产日期": Field.MADE_ON, "故障现象": Field.SYMPTOM, "返厂日期": Field.RECEIVED_ON, "返还日期": Field.RETURNED_ON,
    "维修结果": Field.OUTCOME, "故障原因": Field.FAULT, "原因分类": Field.CAUSE_CLASS, "维修内容": Field.WORK_DONE,
    "维修人员": Field.TECHNICIAN, "编号": Field.EXTERNAL_ID,
}
_WHO = ("李敏", "赵强", "刘工（已离职）")
_MONTHS, _PER_MONTH = 12, 15        # a month's returns where the demonstration has its 200 units
_LATE = 2


def take_over(house: House) -> int:
    """Import the old list. Returns how many returns it had."""
    last = months.add_months(house.depot.today().replace(day=1), -1)
    rows: list[list[str]] = []
    for back in range(_MONTHS - 1, -1, -1):
        first = months.add_months(last, -back)
        growing = 0.7 + 0.6 * (_MONTHS - back) / _MONTHS
        wanted = max(1, round(_PER_MONTH * len(house.lives) / 200 * growing + house.chance.uniform(-2, 2)))
        rows += [_row(house, first, len(rows) + n, rows) for n in range(wanted)]
    _read(house, "返修台帐.xlsx", rows)
    return len(rows)


def enter_late(house: House) -> int:
    """Two returns of the month that was closed, found in a drawer: the correction sheet lists them."""
    last = months.add_months(house.depot.today().replace(day=1), -1)
    rows = [_row(house, last, 9_000 + n, []) for n in range(_LATE)]
    _read(house, "返修台帐补录.xlsx", rows)
    return len(rows)


def _row(house: House, first: date, number: int, before: Sequence[list[str]]) -> list[str]:
    """One return of the month ``first``; now and then the unit of an earlier one comes again with the same fault."""
    chance, zh = house.chance, translator("zh_CN")
    product = weighted(house.sample.products, chance)
    story = chance.choice(house.sample.stories[product["line"]])
    end = months.add_months(first, 1) - timedelta(days=1)
    came = first + timedelta(days=chance.randrange(min(24, end.day - 2)))
    left = min(came + timedelta(days=chance.randrange(5, 21)), end)
    made = came - timedelta(days=chance.randrange(90, 1_100))
    dice = chance.random()
    cause, outcome = CauseClass(story["cause_class"]), "已修复"
    if dice < 0.09:
        cause, outcome = CauseClass.NFF, "测试无故障"
    elif dice < 0.12:
        outcome = "报废"
    found = outcome != "测试无故障"
    row = [
        weighted(house.sample.customers, chance)["name"], product["model"],
        product["serial"]["make"].format(60_000 + number * 13 + chance.randrange(9)), f"{made:%y%m}-0{number % 4 + 1}",
        made.isoformat(), story["symptom"], came.isoformat(), left.isoformat(), outcome,
        story["fault"] if found else "", label(cause, zh), story["work"] if found else "整机复测", chance.choice(_WHO),
        f"T{first:%y%m}-{number:04d}",
    ]
    same = [old for old in before if old[1] == row[1] and old[7] < row[6]][-30:]
    if same and chance.random() < 0.08:
        old = chance.choice(same)
        row[0], row[2], row[3], row[4], row[5] = old[0], old[2], old[3], old[4], old[5]
    return row


def _read(house: House, name: str, rows: Sequence[Sequence[str]]) -> None:
    content = "\n".join("\t".join(row) for row in rows)
    sheet = Sheet(
        name, hashlib.sha256(content.encode()).hexdigest(), "台帐", "", "", 1, tuple(_COLUMNS),
        tuple(Row(n, tuple(map(Cell, row))) for n, row in enumerate(rows, start=2)))
    clerk = house.at(Role.CLERK)
    importing.run(clerk, importing.rehearse(clerk, sheet, Mapping("返修台帐", dict(_COLUMNS), kind=ListKind.HISTORY)))
