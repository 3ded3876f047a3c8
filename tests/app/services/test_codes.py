"""The tables of codes: edited, switched off, saved as a list and read again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.depot import Depot
from app.domain.masterdata import Code, CodeKind
from app.errors import Refused
from app.services import codes, undoing
from tests.conftest import as_person

LEAK = Code("", "FAULT", "z900", "漏液", "leak", "ENVIRONMENT")


@pytest.fixture
def supervisor(depot: Depot) -> Depot:
    return as_person(depot, "supervisor")


def test_a_new_depot_begins_with_the_usual_codes(depot: Depot) -> None:
    faults = {view.code.code: view.code for view in codes.codes(depot, CodeKind.FAULT)}
    assert faults["F90"].cause_class == "NFF"
    assert len(codes.listed(depot)) > 30


def test_a_code_is_entered_edited_and_put_back(supervisor: Depot) -> None:
    added = codes.add(supervisor, LEAK)
    assert added.code.code == "Z900"
    with pytest.raises(Refused, match=r"code\.taken"):
        codes.add(supervisor, LEAK)
    view = next(v for v in codes.codes(supervisor, CodeKind.FAULT) if v.id == added.code.id)
    edited = codes.edit(supervisor, replace(view.code, active=False), view.seen)
    with pytest.raises(Refused, match=r"masterdata\.changed-meanwhile"):
        codes.edit(supervisor, replace(view.code, name_zh="渗漏"), view.seen)
    assert added.code.id not in {v.id for v in codes.codes(supervisor, CodeKind.FAULT, active_only=True)}
    undoing.undo(supervisor, edited.entry_id)
    undoing.undo(supervisor, added.entry_id)
    assert added.code.id not in {v.id for v in codes.codes(supervisor, CodeKind.FAULT)}


def test_what_was_saved_reads_back_unchanged(supervisor: Depot) -> None:
    rows = codes.listed(supervisor)
    done = codes.import_list(supervisor, codes.read_rows(codes.COLUMNS, rows))
    assert (done.added, done.changed, done.unchanged) == (0, 0, len(rows))


def test_a_list_is_read_in_as_one_step_and_taken_back(supervisor: Depot) -> None:
    before = codes.listed(supervisor)
    header = ("code", "kind", "name_zh", "active")
    rows = [("s10", "symptom", "不能上电", ""), ("", "", "", ""), ("T77", "SYMPTOM", "新", "否")]
    wanted = codes.read_rows(header, rows)
    done = codes.import_list(supervisor, wanted)
    assert (done.added, done.changed) == (1, 1)
    symptoms = {v.code.code: v.code for v in codes.codes(supervisor, CodeKind.SYMPTOM)}
    assert symptoms["S10"].name_zh == "不能上电"
    assert not symptoms["T77"].active
    undoing.undo(supervisor, done.entry_id)
    assert codes.listed(supervisor) == before


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("PARTS", "A10", "x", ""), "code.kind"), (("FAULT", "9", "x", ""), "code.row"),
        (("FAULT", "F77", " ", ""), "code.row-name"), (("FAULT", "F77", "x", "MAGIC"), "code.cause"),
    ],
)
def test_a_wrong_row_is_named(row: tuple[str, ...], code: str) -> None:
    with pytest.raises(Refused) as caught:
        codes.read_rows(("kind", "code", "name_zh", "cause_class"), [("FAULT", "F10", "好", ""), row])
    assert (caught.value.code, caught.value.facts["row"]) == (code, 3)


def test_a_list_without_its_columns_is_refused() -> None:
    with pytest.raises(Refused, match=r"code\.columns"):
        codes.read_rows(("a", "b"), [])


def test_a_list_with_chinese_headings_is_read() -> None:
    (row, other) = codes.read_rows(
        ("代码表", "代码", "中文", "英文", "原因分类", "状态"),
        [("故障", "f77", "继电器粘连", "relay stuck", "元器件质量", ""),
         ("处理措施", "R90", "整机更换", "", "", "停用")])
    assert (row.kind, row.code, row.cause_class, row.active) == ("FAULT", "F77", "COMPONENT_QUALITY", True)
    assert (other.kind, other.name_zh, other.active) == ("RESOLUTION", "整机更换", False)


def test_a_clerk_does_not_edit_codes(depot: Depot) -> None:
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        codes.add(depot, LEAK)
