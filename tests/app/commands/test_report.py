"""``report`` on the command line: files really made and read back, the figures behind every chart, how it ends."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

import main
from app.depot import SYSTEM, open_depot
from app.domain.slips import FormId
from app.i18n import translator
from app.persistence.tables import return_cases
from app.services import quality, slips
from tests.app.printing.reading_back import squeezed, text_of
from tests.app.services.test_quality import a_history, a_record
from tests.builders import own
from tests.conftest import CHEAP, FakeClock
from tests.raw_month import RawMonth

MONTH = "2024-10"
#: What is asked for, its form, and what it is called.
KINDS = (
    ("quality", FormId.QUALITY_REPORT, "返厂维修产品质量问题分析报告", "Quality analysis report"),
    ("tests", FormId.TEST_SUMMARY, "功能检验", "Functional-test"),
    ("summary", FormId.SERVICE_SUMMARY, "售后服务情况总结", "After-sales"),
    ("corrections", FormId.CORRECTION_SHEET, "更正", "orrection"),
)
LANGUAGES = ("zh_CN", "en")


@pytest.fixture(scope="module")
def kept(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A depot whose October 2024 is closed and was corrected since."""
    path = tmp_path_factory.mktemp("report") / "depot.db"
    shutil.copyfile(template, path)
    depot = open_depot(str(path), operator=SYSTEM, clock=FakeClock(datetime(2024, 11, 4, 1, tzinfo=UTC)), hashing=CHEAP)
    visits = [replace(visit, came=visit.came - timedelta(days=730)) for visit in a_history()]
    inspector = a_record(depot, visits)
    quality.close_month(inspector, MONTH, own("inspector"), "电容批次不良", "换供应商")
    with depot.write() as tx:
        tx.change(return_cases, visits[6].id, stage="VOID")
    depot.close()
    return path


@pytest.fixture
def target(kept: Path, tmp_path: Path) -> Path:
    """A file of the test's own."""
    return shutil.copyfile(kept, tmp_path / "depot.db")


def run(target: Path, *words: object, language: str = "en") -> int:
    return main.main(["--database", str(target), "--language", language, "report", *map(str, words)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "form", "zh", "en"), KINDS)
def test_the_paper_is_made_and_says_its_name_and_month(
    target: Path, capsys: pytest.CaptureFixture[str], kind: str, form: FormId, zh: str, en: str, language: str
) -> None:
    out = target.with_name(f"{form}.pdf")
    assert run(target, kind, MONTH, "--out", out, language=language) == 0
    assert str(out) in capsys.readouterr().out
    said = squeezed(text_of(out.read_bytes()))
    assert squeezed(zh if language == "zh_CN" else en) in said
    assert MONTH in said or "2024年10月" in said or "October2024" in said


def books(path: Path) -> dict[str, list[list[Any]]]:
    """The sheets of a workbook by name."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_the_figures_behind_every_chart(target: Path, language: str) -> None:
    out = target.with_name("F22.xlsx")
    assert run(target, "quality", MONTH, "--out", out, language=language) == 0
    sheets = books(out)
    depot = open_depot(str(target), operator=SYSTEM)
    paper = slips.monthly_slip(depot, FormId.QUALITY_REPORT, MONTH, translator(language))
    depot.close()
    assert len(paper.exhibits) >= 10  # type: ignore[union-attr]
    for exhibit in paper.exhibits:  # type: ignore[union-attr]
        (rows,) = (found for found in sheets.values() if found[0][0] == exhibit.title)
        below = {row[0]: row[1:] for row in rows}
        assert below[exhibit.heading][:len(exhibit.series)] == list(exhibit.series)
        for mark in exhibit.marks:
            wanted = ["" if v is None else v / 10 if exhibit.permille else v for v in mark.values]
            assert below[mark.label][:len(wanted)] == wanted, (exhibit.key, mark.label)


def test_the_workbook_says_what_the_rows_say(target: Path) -> None:
    """The trend and the flow of twelve months, from the file's own rows."""
    out = target.with_name("F22.xlsx")
    with closing(sqlite3.connect(target)) as eye:
        raw = RawMonth(eye, MONTH, datetime(2024, 12, 1, tzinfo=UTC))
        trend = [raw.trend_of(span) for span in raw.trend]
    assert run(target, "quality", MONTH, "--out", out) == 0
    flow, causes = [], []
    for name, rows in books(out).items():
        numbers = [row for row in rows if len(str(row[0])) == 5 and str(row[0])[2:3] == "-"]
        if name.startswith("Received"):
            flow = [(row[1], row[2]) for row in numbers]
        elif name.startswith("Examined"):
            causes = [tuple(row[1:5]) for row in numbers]
    assert flow[:-1] == [(one["received"], one["left"]) for one in trend][:-1]
    assert causes[:-1] == [one["causes"] for one in trend][:-1]
    assert (flow[-1], causes[-1]) == ((5.0, 4.0), (1.0, 1.0, 0.0, 3.0)), "the closed month as it was closed"


@pytest.mark.parametrize("kind", ["tests", "summary", "corrections"])
def test_the_other_workbooks(target: Path, kind: str) -> None:
    out = target.with_name("it.xlsx")
    assert run(target, kind, MONTH, "--out", out) == 0
    cells = [cell for rows in books(out).values() for row in rows for cell in row]
    assert {"tests": "PSU-4800W", "summary": "中车株洲所", "corrections": "Q00007"}[kind] in cells


def test_json_is_the_frozen_month(target: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(target, "quality", MONTH, "--json") == 0
    plain = json.loads(capsys.readouterr().out)
    with closing(sqlite3.connect(target)) as eye:
        ((data, digest),) = eye.execute("SELECT data, digest FROM closed_months").fetchall()
    closed = plain.pop("closed")
    assert (closed["by"], closed["digest"]) == ("王建国", digest)
    assert plain == json.loads(data)
    for kind in ("tests", "summary", "corrections"):
        assert run(target, kind, MONTH, "--json") == 0
        assert json.loads(capsys.readouterr().out)["month"] == MONTH


def test_an_open_month_and_both_at_once(target: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = target.with_name("both.pdf")
    assert run(target, "quality", "2024-09", "--out", out, "--json") == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["month"], plain["received"], plain["closed"]) == ("2024-09", 1, None)
    assert out.read_bytes().startswith(b"%PDF")


REFUSALS = (
    (("quality", "10/2024", "--json"), 1, "yyyy-mm", "10/2024"),
    (("tests", "2024-13", "--json"), 1, "yyyy-mm", "2024-13"),
    (("summary", "2999-01", "--json"), 1, "has not begun", "2999-01"),
    (("corrections", "2024-09", "--json"), 1, "is not closed", "2024-09"),
    (("quality", MONTH), 1, "--out FILE.pdf", "--out"),
    (("quality", MONTH, "--out", "F22.docx"), 1, "must end in", "F22.docx"),
    (("quality", MONTH, "--out", "nowhere/F22.pdf"), 2, "nowhere", "nowhere"),
    (("quality", MONTH, "--out", "nowhere/F22.xlsx"), 2, "F22.xlsx", "F22.xlsx"),
)


@pytest.mark.parametrize(("words", "code", "english", "both"), REFUSALS)
def test_what_it_refuses_and_how_it_says_so(
    target: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...],
    code: int, english: str, both: str,
) -> None:
    monkeypatch.chdir(target.parent)
    there = sorted(target.parent.iterdir())
    said = {}
    for language in LANGUAGES:
        assert run(target, *words, language=language) == code
        printed = capsys.readouterr()
        assert printed.out == ""
        said[language] = printed.err
        assert both in said[language]
    assert english in said["en"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said["zh_CN"])
    assert said["zh_CN"] != said["en"]
    assert sorted(path for path in target.parent.iterdir() if not path.name.startswith("depot.db-")) == there


def test_a_file_that_is_no_depot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none.db", "quality", MONTH, "--json") == 1
    assert "none.db" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SystemExit) as ended:
        run(tmp_path / "none.db", "weather", MONTH)
    assert ended.value.code == 1
