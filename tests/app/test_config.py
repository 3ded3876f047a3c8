"""The settings of the desk: written, read again, and never stopped by a damaged file."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import config, paths
from app.config import LANGUAGE, PHOTO_FOLDER, SCANNER_GAP, SCANNER_SOUND, Asked, Config


def test_values_are_typed_and_survive(tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    desk = Config(file)
    assert desk[LANGUAGE] == "zh_CN"
    desk.change({LANGUAGE: "en", SCANNER_SOUND: False, SCANNER_GAP: 60, PHOTO_FOLDER: 'D:\\照片 "新"\n'})
    again = Config(file)
    assert (again[LANGUAGE], again[SCANNER_SOUND], again[SCANNER_GAP]) == ("en", False, 60)
    assert again[PHOTO_FOLDER] == 'D:\\照片 "新"\n'


def test_a_default_is_not_written(tmp_path: Path) -> None:
    desk = Config(tmp_path / "desk.toml")
    desk[LANGUAGE] = "en"
    desk[LANGUAGE] = "zh_CN"
    assert "language" not in (tmp_path / "desk.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["language = 7", 'language = "klingon"', "scanner_gap_ms = 5000", "x = [", "\0"])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    file = tmp_path / "desk.toml"
    file.write_text(text, encoding="utf-8")
    desk = Config(file)
    assert desk[LANGUAGE] == "zh_CN"
    assert desk[SCANNER_GAP] == 35


def test_what_the_program_does_not_know_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    file.write_text('newer = "kept"\n', encoding="utf-8")
    Config(file)[LANGUAGE] = "en"
    assert 'newer' in file.read_text(encoding="utf-8")


def test_listeners_hear_of_real_changes_only(tmp_path: Path) -> None:
    desk, heard = Config(tmp_path / "desk.toml"), []
    desk.listen(lambda setting: heard.append(setting.name))
    desk[SCANNER_SOUND] = True
    desk[SCANNER_SOUND] = False
    assert heard == ["scanner_sound"]


def test_every_asked_setting_has_its_words() -> None:
    names = [setting.name for setting in config.DECLARED]
    assert len(names) == len(set(names))
    assert all(setting.label and setting.group for setting in config.DECLARED if setting.asked is not Asked.NOT)


def test_the_folder_can_be_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANXIU_CONFIG_DIR", str(tmp_path / "elsewhere"))
    config.forget()
    config.desk()[LANGUAGE] = "en"
    assert (paths.config_dir() / "desk.toml").parent == tmp_path / "elsewhere"
    config.forget()
