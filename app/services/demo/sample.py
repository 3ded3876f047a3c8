"""What the demonstration depot is made of: names, products, stories; read from ``resources/sample``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.paths import RESOURCES

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample files as read. ``stories``: product line → what went wrong there and how it was put right."""

    depot: Row
    customers: tuple[Row, ...]
    products: tuple[Row, ...]
    parts: tuple[Row, ...]
    stories: dict[str, list[Row]]


def read() -> Sample:
    """The sample that is shipped with the program."""
    depot, customers, products, parts, stories = (
        json.loads((RESOURCES / "sample" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("depot", "customers", "products", "parts", "stories")
    )
    return Sample(depot, tuple(customers), tuple(products), tuple(parts), stories)
