"""``import`` on the command line: what it prints, as text and as JSON, and how it ends."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from app.commands import importing as command
from app.depot import Depot
from app.errors import Refused
from app.services import importing
from app.spreadsheets import mapping

LIST = """Customer,Product model,Serial number,Symptom,Outcome
株洲所,PSU-4800W,00042,开机无输出,open
株洲所,PSU-4800W,6.37702E+15,开机无输出,open
株洲所,PSU-4800W,,开机无输出,fixed
"""
KEYS = {"rows", "received", "already_known", "refused", "tagged", "warnings"}


@pytest.fixture
def returns_list(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def target(sqlite_depot: Depot, tmp_path: Path) -> str:
    return str(tmp_path / "depot.db")


def run(target: str, *words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    arguments = parser.parse_args(["import", *words])
    arguments.database = target
    return int(arguments.run(arguments))


def counts(printed: str) -> dict[str, int]:
    return {key: value for key, value in json.loads(printed).items() if key in KEYS}


def test_a_rehearsal_writes_nothing_and_the_import_says_the_same(
    sqlite_depot: Depot, target: str, returns_list: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = importing.content_digest(sqlite_depot)
    assert run(target, str(returns_list), "--rehearse", "--json") == 0
    rehearsed = capsys.readouterr().out
    assert importing.content_digest(sqlite_depot) == before
    assert run(target, str(returns_list), "--json") == 0
    imported = capsys.readouterr().out
    assert counts(imported) == counts(rehearsed) == {
        "rows": 3, "received": 2, "already_known": 0, "refused": 1, "tagged": 1, "warnings": 3}
    details = json.loads(imported)["details"]
    assert json.loads(rehearsed)["details"] == details
    assert [(row["number"], row["fate"], row["reason"]) for row in details] == [
        (2, "received", "import.new-product"), (3, "refused", "serial.spreadsheet-damage"),
        (4, "tagged", "import.no-serial")]
    assert json.loads(imported)["outcomes"] == {"open": 2, "fixed": 1}
    assert run(target, str(returns_list), "--json") == 0
    assert counts(capsys.readouterr().out) == {
        "rows": 3, "received": 0, "already_known": 2, "refused": 1, "tagged": 0, "warnings": 0}


def test_the_text_names_each_refused_row_on_stderr(
    target: str, returns_list: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(target, str(returns_list)) == 0
    printed = capsys.readouterr()
    assert "SH1-B2611-00001" in printed.out or "SH1-B" in printed.out
    assert "  open: 2" in printed.out
    assert "6.37702E+15" in printed.err


def test_a_saved_mapping_is_used(target: str, returns_list: Path, tmp_path: Path) -> None:
    from app.spreadsheets.reading import read

    mapping.save(mapping.mapping_for(read(returns_list)), tmp_path / "mapping.json")
    assert run(target, str(returns_list), "--mapping", str(tmp_path / "mapping.json")) == 0


def test_what_cannot_be_read_is_refused(target: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"sheet\.not-found"):
        run(target, str(tmp_path / "none.csv"))
