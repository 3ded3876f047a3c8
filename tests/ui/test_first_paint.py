"""Nothing heavy is loaded before the window is first painted: a process of its own says what it had loaded by then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = (
    "sqlalchemy", "alembic", "reportlab", "psycopg", "keyring", "pypinyin", "babel", "holidays", "qtawesome",
    "xlsxwriter",
    "python_calamine", "argon2", "cryptography", "PIL", "pypdfium2", "zxingcpp", "biip", "cn2an",
    "app.persistence", "app.printing", "app.services", "app.spreadsheets", "app.domain",
)
CHILD = """
import sys
from app.commands import line
arguments = line.parse(["--database", sys.argv[1], "--language", "zh_CN", "--theme", "light"])
from ui import opening
from ui.shell import Shell
paint = Shell.paintEvent
def painted(self, event):
    paint(self, event)
    print("\\n".join(sys.modules))
    sys.stdout.flush()
    import os
    os._exit(0)
Shell.paintEvent = painted
opening.open_window(arguments)
"""


def test_only_the_frame_is_loaded_before_the_first_paint(tmp_path: Path, template: Path) -> None:
    places = {"FANXIU_CONFIG_DIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path),
              "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(template)], cwd=ROOT, env={**os.environ, **places}, capture_output=True,
        text=True, timeout=60, check=False,
    )
    loaded = child.stdout.split()
    assert "ui.shell" in loaded, child.stderr
    assert [name for name in loaded if name.startswith(HEAVY) and name.partition(".")[0] != "ui"] == []
