"""``backup``, ``restore`` and ``move`` on the command line: what is said where there is nothing, and where to go on."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

import main
from app import i18n
from app.commands.backup import say_recovery
from app.persistence.copies import Lost
from app.services.recovery import Recovery
from tests.app.services.test_backup import other_depots_copy

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def run(place: object, *words: object, language: str = "en") -> int:
    return main.main(["--database", str(place), "--language", language, *(str(word) for word in words)])


@pytest.fixture
def place(tmp_path: Path, template: Path) -> Path:
    return Path(shutil.copyfile(template, tmp_path / "depot.db"))


@pytest.mark.parametrize(("words", "language", "code", "said"), [
    (["backup"], "en", 1, "There is no depot in {place} yet"),
    (["backup"], "zh_CN", 1, "{place} 中还没有返修站"),
    (["backup", "--list"], "en", 0, "No copy was found in {folder}."),
    (["backup", "--list"], "zh_CN", 0, "{folder} 里没有备份。"),
    (["restore", "newest"], "en", 1, "No good copy was found in {folder}: give the path of a copy."),
    (["restore", "newest"], "zh_CN", 1, "{folder} 里没有完好的备份：请给出备份文件的路径。"),
])
def test_where_there_is_nothing_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], language: str, code: int, said: str
) -> None:
    place = tmp_path / "nothing.db"
    assert run(place, *words, language=language) == code
    printed = capsys.readouterr()
    assert said.format(place=place, folder=tmp_path / "backups") in printed.out + printed.err


def test_newest_is_this_depots_newest(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a healthy file too: another depot's newer copy at the shared second place is none of ours."""
    second = tmp_path / "stick"
    assert run(place, "backup", "--second", second) == 0
    other_depots_copy(str(place), second, datetime(2099, 1, 1, tzinfo=UTC))
    assert run(place, "restore", "newest", "--second", second) == 0
    assert "SH1-" in capsys.readouterr().out.splitlines()[2]
    assert run(place, "status") == 0
    assert "(SH1)" in capsys.readouterr().out


def test_a_move_says_what_to_enter_at_each_desk_and_the_old_place_sends_there(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "moved.db"
    assert run(place, "move", "--from", place, "--to", new) == 0
    assert f"The depot is now in {new}. Enter that at every desk" in capsys.readouterr().out.splitlines()[-1]
    for words in (["status"], ["restore", "newest"], ["backup"], ["migrate"]):
        assert run(place, *words) == 1
        assert f"has moved to {new}: open it there" in capsys.readouterr().err
    assert run(new, "status") == 0


def test_a_recovery_is_told_to_the_second(capsys: pytest.CaptureFixture[str]) -> None:
    """Copy, night and loss may lie within a minute; "fetched 4 rows" need not be a case."""
    i18n.use("en")
    say_recovery(Recovery(
        NOW, NOW.replace(second=40), joined=True, settled=True, given_back=(),
        missing=(Lost("H204817736", "SH1-R2611-00001", "PSU-4800W"),), known_until=NOW.replace(second=5)))
    printed = capsys.readouterr().out
    assert "Of the cases, head office had nothing newer than the copy." in printed
    assert "until 2026-11-22 01:30:05 is on record" in printed
    assert "from then until 2026-11-22 01:30:40" in printed
