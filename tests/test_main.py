"""The program from outside: every command with its exit codes, and no Qt where no window is wanted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from app.commands import line

ROOT = Path(__file__).resolve().parent.parent
SECRETS = {"FANXIU_ADMIN_PASSWORD": "geheim-2611", "FANXIU_ADMIN_PIN": "4071"}


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home of its own and no display."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    kept.pop("QT_QPA_PLATFORM", None)
    return {**kept, "HOME": str(home), "FANXIU_CONFIG_DIR": str(home / "desk"), "XDG_CACHE_HOME": str(home / "cache"),
            "XDG_DATA_HOME": str(home / "data"), "PYTHONUTF8": "1", **SECRETS}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, surroundings: dict[str, str]) -> Path:
    """A small demonstration, made by the command."""
    place = tmp_path_factory.mktemp("demo") / "demo.db"
    done = run(surroundings, "demo", "--database", place, "--units", "24", "--language", "en")
    assert done.returncode == line.DONE, done.stderr
    assert "fanxiu-demo" in done.stdout
    assert "he.jing" in done.stdout
    return place


def run(surroundings: dict[str, str], *words: object) -> subprocess.CompletedProcess[str]:
    """The program with ``words``."""
    return subprocess.run(
        [sys.executable, "main.py", *map(str, words)], cwd=ROOT, env=surroundings, capture_output=True, text=True,
        encoding="utf-8", check=False, timeout=300)


def test_help_names_every_command(surroundings: dict[str, str]) -> None:
    done = run(surroundings, "--help")
    assert done.returncode == line.DONE
    for name in ("init", "import", "demo", "slip", "status", "migrate", "screenshots"):
        assert name in done.stdout
        assert run(surroundings, name, "--help").returncode == line.DONE


def test_headless_commands_load_no_qt_and_no_ui(demo: Path, tmp_path: Path) -> None:
    code = (
        "import sys, main; code = main.main(sys.argv[1:]); "
        "seen = [m for m in sys.modules if m.split('.')[0] in ('PySide6', 'shiboken6', 'ui', 'qtawesome')]; "
        "sys.exit(code or (99 if seen else 0))"
    )
    listed = tmp_path / "list.csv"
    listed.write_text("序列号,型号,用户,故障现象\nZ1,PSU-4800W,某用户,无输出\n", encoding="utf-8")
    for words in (
        ["status", "--json"], ["slip", "F3", "2026-11", "--out", str(tmp_path / "f3.pdf")], ["migrate"],
        ["import", str(listed), "--rehearse", "--json"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *words, "--database", str(demo)], cwd=ROOT, capture_output=True, text=True,
            check=False)
        assert done.returncode == line.DONE, (words, done.stdout, done.stderr)


def test_a_depot_is_founded_once(surroundings: dict[str, str], tmp_path: Path) -> None:
    words = ("init", "--database", tmp_path / "depot.db", "--depot", "SH1", "--name", "上海返修站", "--language", "en")
    assert run(surroundings, *words).returncode == line.DONE
    again = run(surroundings, *words)
    assert again.returncode == line.REFUSED
    assert again.stderr.count("\n") == 1
    assert run(surroundings, "init", "--database", tmp_path / "b.db", "--depot", "no good", "--name", "x"
               ).returncode == line.REFUSED
    assert not (tmp_path / "b.db").exists()


def test_status_counts_what_the_demonstration_holds(surroundings: dict[str, str], demo: Path) -> None:
    done = run(surroundings, "status", "--json", "--database", demo)
    state = json.loads(done.stdout)
    assert (done.returncode, state["depot"]) == (line.DONE, "SH1")
    assert all(state["stages"].get(stage, 0) > 0 for stage in ("RECEIVED", "IN_REPAIR", "IN_QA", "SPARE", "CLOSED"))
    assert state["places"]["ZONE_PENDING"] > 0
    missing = run(surroundings, "status", "--json", "--database", demo.parent / "nothing.db")
    assert (missing.returncode, missing.stdout) == (line.REFUSED, "")
    assert "nothing.db" in missing.stderr


def test_a_paper_is_made_by_its_number(surroundings: dict[str, str], demo: Path, tmp_path: Path) -> None:
    number = _a_number(demo)
    out = tmp_path / "traveller.pdf"
    done = run(surroundings, "slip", "F1", number, "--out", out, "--database", demo, "--language", "en")
    assert done.returncode == line.DONE, done.stderr
    assert out.read_bytes().startswith(b"%PDF-")
    raw = subprocess.run(
        [sys.executable, "main.py", "slip", "F20", "pending:2026-11", "--out", "-", "--database", str(demo)], cwd=ROOT,
        env=surroundings, capture_output=True, check=False)
    assert (raw.returncode, raw.stdout[:5]) == (line.DONE, b"%PDF-")


@pytest.mark.parametrize(
    ("form", "number", "out", "code", "named"),
    [
        ("F99", "SH1-R2611-00001", "x.pdf", line.REFUSED, "F99"),
        ("F1", "SH1-R2611-99999", "x.pdf", line.REFUSED, "SH1-R2611-99999"),
        ("F20", "cellar:2026-11", "x.pdf", line.REFUSED, "cellar"),
        ("F3", "2026-13", "x.pdf", line.REFUSED, "2026-13"),
        ("F3", "2026-11-09..2026-11-02", "x.pdf", line.REFUSED, "2026-11-09"),
        ("F25", "-", "no/such/folder/x.pdf", line.COULD_NOT_RUN, "no/such/folder"),
    ],
)
def test_a_paper_that_cannot_be_made_is_one_sentence(
    surroundings: dict[str, str], demo: Path, tmp_path: Path, form: str, number: str, out: str, code: int, named: str
) -> None:
    done = run(surroundings, "slip", form, number, "--out", tmp_path / out, "--database", demo, "--language", "en")
    assert (done.returncode, done.stdout) == (code, "")
    assert named in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_current_database_is_not_migrated(surroundings: dict[str, str], demo: Path) -> None:
    done = run(surroundings, "migrate", "--database", demo, "--language", "en")
    assert done.returncode == line.DONE
    assert "current" in done.stdout


def test_a_file_that_is_no_database_is_one_sentence(surroundings: dict[str, str], tmp_path: Path) -> None:
    stone = tmp_path / "stone.db"
    stone.write_bytes(b"\0 this is no database " * 400)
    done = run(surroundings, "status", "--database", stone, "--language", "en")
    assert done.returncode == line.COULD_NOT_RUN
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_demonstration_is_not_made_over_a_depot(surroundings: dict[str, str], demo: Path) -> None:
    assert run(surroundings, "demo", "--database", demo, "--units", "10").returncode == line.REFUSED
    assert run(surroundings, "demo", "--units", "10").returncode == line.REFUSED
    assert run(surroundings, "demo", "--database", demo, "--units", "none").returncode == line.REFUSED


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
@pytest.mark.parametrize("words", [[], ["--demo"]])
def test_without_a_display_the_program_says_so(
    surroundings: dict[str, str], demo: Path, words: list[str]
) -> None:
    done = run(surroundings, *words, "--database", demo, "--language", "en")
    assert done.returncode == line.COULD_NOT_RUN
    assert done.stderr.count("\n") == 1
    assert "init, import, slip, status, migrate, demo, screenshots" in done.stderr


def test_pictures_are_saved_under_page_language_and_look(
    surroundings: dict[str, str], demo: Path, tmp_path: Path
) -> None:
    done = run(surroundings, "screenshots", "--out", tmp_path / "p", "--database", demo, "--pages", "today,zones,lock",
               "--language", "en", "--theme", "dark")
    assert done.returncode == line.DONE, done.stderr
    saved = sorted(path.name for path in (tmp_path / "p").iterdir())
    assert saved == ["lock_en_dark.png", "today_en_dark.png", "zones_en_dark.png"]
    for name in saved:
        with Image.open(tmp_path / "p" / name) as picture:
            assert picture.width >= 1200
            assert len(picture.convert("L").getcolors(256) or []) > 20      # something is painted on it
    unknown = run(surroundings, "screenshots", "--out", tmp_path / "p", "--pages", "cellar", "--language", "en")
    assert unknown.returncode == line.REFUSED


def _a_number(demo: Path) -> str:
    from app.depot import SYSTEM, open_depot
    from app.domain.register import Selection
    from app.services import register

    depot = open_depot(str(demo), operator=SYSTEM)
    try:
        # what was taken over from an old list has no traveller
        return [row.number for row in register.page(depot, Selection()) if row.number.startswith("SH1-R")][-1]
    finally:
        depot.close()
