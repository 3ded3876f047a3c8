"""Lists: one generic model, one table, columns as data."""

from __future__ import annotations

from ui.models.column import Column
from ui.models.rows import Fetch, Order, Rows
from ui.models.table import Table

__all__ = ["Column", "Fetch", "Order", "Rows", "Table"]
