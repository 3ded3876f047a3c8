"""On which engines the services' tests are tried."""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

import pytest

#: What is looked for and what is proved is the engine's own work: there every test is tried on both.
ON_BOTH = {"test_search", "test_verifying", "test_storage"}
#: "both": every test on both engines; it takes two minutes more.
ENGINES = os.environ.get("FANXIU_ENGINES", "")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A table of cases is tried on a file, and every other of the plain tests on a server too, always the same."""
    here = Path(__file__).parent
    doubled = [
        item for item in items
        if isinstance(item, pytest.Function) and item.path.parent == here and item.path.stem not in ON_BOTH
        and hasattr(item, "callspec") and item.callspec.params.get("engine") == "postgresql"
        and (len(item.callspec.params) > 1 or crc32(item.name.encode()) % 2)
    ]
    if doubled and ENGINES != "both":
        config.hook.pytest_deselected(items=doubled)
        gone = set(doubled)
        items[:] = [item for item in items if item not in gone]
