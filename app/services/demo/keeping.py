"""The demonstration of the day, kept in the cache: the first start makes it, the second only copies it."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from app.depot import Clock, system_clock
from app.paths import MIGRATIONS, RESOURCES, cache_dir
from app.persistence.migrate import HEAD
from app.progress import UNWATCHED, Progress
from app.services import demo


def copy_to(target: Path, *, clock: Clock = system_clock, progress: Progress = UNWATCHED) -> None:
    """Put a fresh copy of today's demonstration at ``target``. Raises ``Cancelled`` when ``progress`` says stop."""
    folder = cache_dir() / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{clock().astimezone():%Y%m%d}-{HEAD}-{_fingerprint()}.db"
    if not kept.exists():
        _remove(folder)
        made = target.with_suffix(".made")
        demo.build(made, units=demo.UNITS, clock=clock, progress=progress)
        partial = kept.with_suffix(f".{made.parent.name}")
        shutil.move(made, partial)
        partial.replace(kept)
    shutil.copyfile(kept, target)


def _fingerprint() -> str:
    """Of what the demonstration is made from: sample, program and schema."""
    digest = hashlib.sha256()
    program, schema = Path(__file__).parent.glob("*.py"), (MIGRATIONS / "versions").glob("*.py")
    for path in sorted([*(RESOURCES / "sample").glob("*.json"), *program, *schema]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _remove(folder: Path) -> None:
    """Earlier days' demonstrations."""
    for old in folder.iterdir():
        if old.is_file():
            old.unlink(missing_ok=True)
