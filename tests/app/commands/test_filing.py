"""``file`` on the command line: what becomes of each page, where the files go, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from PIL import Image

import main
from app.depot import Depot
from app.services import attachments, signed_papers
from tests.app.services.test_filing import a_file, paper
from tests.builders import a_received_unit
from tests.worn_paper import with_code, worn


def run(depot: Depot, *words: object, language: str = "en") -> int:
    return main.main([
        "--database", str(depot.database.path), "--language", language, "file", *(str(word) for word in words)])


def test_a_mixed_pile_is_told_page_by_page(
    sqlite_depot: Depot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One file: a worn paper, its second copy, a foreign code, another depot's, and a page nobody can read."""
    got = a_received_unit(sqlite_depot)
    sheet, chance = paper(sqlite_depot, got.traveller_number), Random(5)
    pages = [worn(sheet, 90, chance), sheet, with_code("https://example.com/p/17"),
             with_code("BJ2-F2611-00007"), Image.new("RGB", (600, 800), "white")]
    scan = a_file(tmp_path, *pages)
    assert run(sqlite_depot, scan, "--json", "--into", tmp_path / "done") == 1
    printed = json.loads(capsys.readouterr().out)
    assert [(p["file"], p["page"], p["fate"], p["reason"]) for p in printed] == [
        ("scan.pdf", 1, "FILED", None), ("scan.pdf", 2, "WAITING", "SECOND_COPY"),
        ("scan.pdf", 3, "WAITING", "FOREIGN_CODE"), ("scan.pdf", 4, "WAITING", "OTHER_DEPOT"),
        ("scan.pdf", 5, "WAITING", "NO_CODE")]
    assert printed[0]["number"] == got.traveller_number
    assert len(signed_papers.inbox(sqlite_depot)) == 4
    assert len(attachments.of_case(sqlite_depot, got.case_id)) == 1
    assert (tmp_path / "done" / "scan.pdf").exists(), "every page is in the record: filed, or in the inbox"


@pytest.mark.parametrize(("language", "filed", "known", "waits"), [
    ("en", "filed", "known already", "waits"), ("zh_CN", "已归档", "此前已收", "待处理")])
def test_the_text_says_what_became_of_each_page(
    sqlite_depot: Depot, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, filed: str, known: str,
    waits: str,
) -> None:
    got = a_received_unit(sqlite_depot)
    good = a_file(tmp_path, paper(sqlite_depot, got.traveller_number), name="good.png")
    assert run(sqlite_depot, good, language=language) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.strip() == f"good.png:1  {filed}  {got.traveller_number}"
    assert run(sqlite_depot, good, language=language) == 0
    assert known in capsys.readouterr().out
    foreign = a_file(tmp_path, with_code("https://example.com/p/17"), name="foreign.png")
    assert run(sqlite_depot, foreign, language=language) == 1
    assert waits in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_cannot_be_read_is_said_and_stays(
    sqlite_depot: Depot, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    empty, missing = tmp_path / "empty.pdf", tmp_path / "missing.pdf"
    empty.touch()
    assert run(sqlite_depot, empty, missing, "--into", tmp_path / "done", language=language) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    told = printed.err.splitlines()
    assert len(told) == 2
    assert ("empty.pdf" in told[0], "missing.pdf" in told[1]) == (True, True)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in printed.err) == (language == "zh_CN")
    assert empty.exists()
    assert signed_papers.inbox(sqlite_depot) == ()
