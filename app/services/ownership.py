"""Whose master data is: a depot that has a centre proposes and reads, head office edits and delivers (spec 4)."""

from __future__ import annotations

from typing import Any

from app.depot import Depot
from app.domain.settings import DepotSetting
from app.errors import Refused
from app.persistence import editing as rows
from app.persistence import node, settings
from app.persistence.transaction import Tx


def joined(tx: Tx) -> bool:
    """Whether this depot has a centre: policy, tariffs, codes, customers and products are head office's business."""
    return not node.is_head_office(tx) and bool(settings.values(tx).get(DepotSetting.CENTRE.value, "").strip())


def is_joined(depot: Depot) -> bool:
    """As :func:`joined`."""
    with depot.read() as tx:
        return joined(tx)


def is_own(tx: Tx, shape: type[Any], row_id: str) -> bool:
    """Whether a row of master data may be changed here: not one that head office delivered."""
    return rows.owner(tx, shape, row_id) in {None, tx.depot_id}


def require_own(tx: Tx, shape: type[Any], row_id: str, name: str) -> None:
    """Refuse with ``masterdata.by-centre`` what head office delivered: the next night would put it back."""
    if not is_own(tx, shape, row_id):
        raise Refused("masterdata.by-centre", name=name)


def require_adopting(tx: Tx, name: str) -> None:
    """Refuse with ``masterdata.adopted-at-centre`` where a centre adopts proposals."""
    if joined(tx):
        raise Refused("masterdata.adopted-at-centre", name=name)


__all__ = ["is_joined", "is_own", "joined", "require_adopting", "require_own"]
