"""``screenshots``: a picture of every page, filled with demonstration data. The pictures are made by the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Add the sub-parser. It sets ``pictures`` instead of ``run``: commands know nothing of the window."""
    parser = commands.add_parser("screenshots", help="save a picture of every page, filled with demonstration data")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the pictures")
    parser.add_argument("--pages", default="", metavar="ID,ID", help="only these pages and dialogues")
    parser.set_defaults(pictures=True)
