"""Who a depot is, as far as its papers and clocks need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DepotIdentity:
    """The depot: its code (``depot_id``, e.g. ``SH1``), its name, where it is, in which time zone it counts days."""

    depot_id: str
    name: str
    time_zone: str
    language: str
    address: str
    phone: str
    logo: bytes | None
    created_at: datetime
