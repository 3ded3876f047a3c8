"""Moments as the depot's clock shows them, wherever the machine stands (spec 3: days are the depot's)."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo

#: Of the depot at this desk; the machine's own until one is open.
_zone: list[tzinfo | None] = [None]


def follow(zone: tzinfo | None) -> None:
    """From now on show moments by the clock of ``zone``; ``None``: by the machine's."""
    _zone[0] = zone


def zone() -> tzinfo:
    """The depot's zone; that of the world's time until one is open."""
    return _zone[0] or UTC


def here(moment: datetime) -> datetime:
    """``moment`` (aware) by the depot's clock."""
    return moment.astimezone(_zone[0])


def day(moment: datetime) -> date:
    """The depot's day of ``moment``."""
    return here(moment).date()


def minute(moment: datetime) -> str:
    """``moment`` as tables and sentences say it: ``2026-11-03 09:00``."""
    return f"{here(moment):%Y-%m-%d %H:%M}"


def second(moment: datetime) -> str:
    """``moment`` where two may lie within a minute: ``2026-11-03 09:00:12``."""
    return f"{here(moment):%Y-%m-%d %H:%M:%S}"


def short(moment: datetime) -> str:
    """``moment`` where the year goes without saying: ``11-03 09:00``."""
    return f"{here(moment):%m-%d %H:%M}"


def today() -> date:
    """The day at this desk."""
    return day(datetime.now(UTC))
