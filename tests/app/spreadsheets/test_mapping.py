"""Columns find their fields by themselves; mappings are kept; the template comes back understood."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.importing import mapping as rules
from app.domain.importing.dates import DateOrder
from app.domain.importing.fields import HISTORY_ONLY, Field
from app.domain.importing.lines import read_lines
from app.domain.sheets import Cell, Row, Sheet
from app.errors import Refused
from app.spreadsheets import mapping, presets
from app.spreadsheets.reading import read
from app.spreadsheets.template import save_template


def headed(*header: str, rows: tuple[tuple[str, ...], ...] = ()) -> Sheet:
    made = tuple(Row(n, tuple(map(Cell, row))) for n, row in enumerate(rows, start=2))
    return Sheet("a.csv", "", "", "utf-8", ",", 1, header, made)


@pytest.mark.parametrize(("header", "field"), [
    ("序列号", Field.SERIAL), ("产品编号", Field.SERIAL), ("SN", Field.SERIAL), ("S/N", Field.SERIAL),
    ("Serial No.", Field.SERIAL), ("序列号（必填）", Field.SERIAL), ("产品序列号*", Field.SERIAL),
    ("序列号/Serial", Field.SERIAL),
    ("用户单位", Field.CUSTOMER), ("客户名称：", Field.CUSTOMER), ("Customer Name", Field.CUSTOMER),
    ("规格型号", Field.PRODUCT), ("Model", Field.PRODUCT), ("故障现象描述", Field.SYMPTOM),
    ("Problem description", Field.SYMPTOM),
    ("快递单号", Field.WAYBILL), ("Tracking number", Field.WAYBILL), ("收货日期", Field.RECEIVED_ON),
    ("生产批号", Field.LOT), ("备注", Field.NOTE), ("随机附件", Field.ACCESSORIES), ("联系电话", Field.PHONE),
])
def test_headers_are_understood(header: str, field: Field) -> None:
    assert mapping.guess(headed(header)).columns == {header: field}


def test_a_header_of_no_meaning_is_left_out() -> None:
    assert mapping.guess(headed("序号", "金额", "x")).columns == {}


def test_the_first_column_for_a_field_gets_it_remarks_join() -> None:
    found = mapping.guess(headed("序列号", "SN", "备注", "说明"))
    assert found.columns == {"序列号": Field.SERIAL, "备注": Field.NOTE, "说明": Field.NOTE}


def test_the_order_of_dates_is_betrayed_by_the_column() -> None:
    sheet = headed("Received", "Serial", rows=(("03/02/2026", "1"), ("25/02/2026", "2")))
    assert mapping.guess(sheet).date_order is DateOrder.DAY_FIRST


def test_a_mapping_is_kept_in_a_file(tmp_path: Path) -> None:
    made = mapping.guess(headed("序列号", "用户", "型号"))
    mapping.save(made, tmp_path / "月报.json")
    assert mapping.load(tmp_path / "月报.json") == made
    (tmp_path / "other.json").write_text('{"a": 1}')
    (tmp_path / "broken.json").write_bytes(b"\xff{")
    for name, code in (("other.json", "mapping.not-a-mapping"), ("broken.json", "mapping.not-a-mapping"),
                       ("none.json", "sheet.not-found")):
        with pytest.raises(Refused, match=code.replace(".", r"\.")):
            mapping.load(tmp_path / name)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_our_template_comes_back_understood_and_its_example_is_refused(
    language: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / f"template.{kind}"
    save_template(path, language)
    sheet = read(path)
    found = mapping.mapping_for(sheet)
    assert list(found.columns.values()) == [f for f in Field if f not in HISTORY_ONLY]
    assert rules.problems(found, sheet.header) == []
    (line,) = read_lines(sheet, found, date(2026, 11, 3))
    assert [p.code for p in line.problems] == ["import.example-row"], "the example itself is a faultless row"
    assert line.warnings == ()
    assert (line.way, line.brought_by, line.return_needed) == ("MAILED", "CUSTOMER", True)
    assert [item.quantity for item in line.accessories] == [2, 1]


def test_v02_and_v03_of_the_standard_are_presets() -> None:
    old = ("id", "data_provider", "country", "partner_product_category", "product_category", "brand",
           "year_of_manufacture", "repair_status", "repair_barrier_if_end_of_life", "group_identifier", "event_date",
           "problem")
    found = presets.recognise(old)
    assert found is not None
    assert found.name == "Open Repair Data v0.2.1"
    assert rules.problems(found, old) == []
    assert rules.left_out(found, old) == ()
    new = presets.recognise((*old, "product_category_id", "product_age", "record_date"))
    assert new is not None
    assert new.name == "Open Repair Data v0.3"
    assert presets.recognise(("id", "problem")) is None


def test_a_category_of_the_partner_serves_where_the_standard_category_is_missing() -> None:
    header = ("id", "data_provider", "partner_product_category", "repair_status", "event_date", "problem")
    found = presets.recognise(header)
    assert found is not None
    assert found.columns["partner_product_category"] is Field.PRODUCT
    assert rules.problems(found, header) == []
