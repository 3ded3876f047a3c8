"""The depot's name and address on paper, its logo, and what it sets for itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import available_timezones

from app.changes import Changes
from app.depot import Depot
from app.domain.people import Action
from app.domain.settings import (
    DEPOT_SETTINGS,
    DepotIdentity,
    DepotSetting,
    logo_problems,
    setting_problems,
)
from app.errors import Problem, Refused
from app.persistence import journal, node
from app.persistence import settings as rows
from app.persistence.journal import JournalEntry
from app.persistence.transaction import Tx
from app.services import meanwhile
from app.services.undoing import Way


@dataclass(frozen=True, slots=True)
class DepotCard:
    """What may be changed about the depot. Its code never changes: every number carries it."""

    name: str
    address: str = ""
    phone: str = ""
    time_zone: str = "Asia/Shanghai"
    language: str = "zh_CN"
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class DepotSettings:
    """The depot's card and its settings, as the editor shows them."""

    depot_id: str
    card: DepotCard
    values: Mapping[DepotSetting, str]


@dataclass(frozen=True, slots=True)
class SettingsWritten:
    """Something was set; ``entry_id`` can be undone. Desks show it after they looked again."""

    entry_id: str
    changes: Changes = Changes.SETTINGS


def read(depot: Depot) -> DepotSettings:
    """The depot's card and every setting, at its default where none was made."""
    with depot.read() as tx:
        return DepotSettings(tx.depot_id, _card(identity_of(tx)), values(tx))


def identity(depot: Depot) -> DepotIdentity:
    """Whose database this is, as of now (``depot.identity`` is as of its opening)."""
    with depot.read() as tx:
        return identity_of(tx)


def values(tx: Tx) -> dict[DepotSetting, str]:
    """Every setting inside a running transaction: what a slip asks."""
    made = rows.values(tx)
    return {name: made.get(name.value, declared.default) for name, declared in DEPOT_SETTINGS.items()}


def card_problems(card: DepotCard) -> list[Problem]:
    """What is wrong with the card. Codes: ``founding.name-missing``, ``founding.time-zone``, those of the logo."""
    found = []
    if not card.name.strip():
        found.append(Problem("name", "founding.name-missing"))
    if card.time_zone not in available_timezones():
        found.append(Problem("time_zone", "founding.time-zone", {"value": card.time_zone}))
    return found + logo_problems(card.logo)


def write(depot: Depot, card: DepotCard, wanted: Mapping[DepotSetting, str], seen: DepotSettings) -> SettingsWritten:
    """Change the card and the settings; ``seen`` is what the editor showed at first.

    Refused: the codes of :func:`card_problems` and of ``setting_problems``, ``settings.changed-meanwhile``,
    ``settings.nothing-changed``.
    """
    depot.require(Action.MANAGE_DEPOT)
    wrong = card_problems(card) + [p for name, value in wanted.items() for p in setting_problems(name, value)]
    if wrong:
        raise Refused.because(wrong)
    with depot.write() as tx:
        now, made = _card(identity_of(tx)), values(tx)
        if now != seen.card or made != dict(seen.values):
            raise meanwhile.changed(depot, tx, "settings.changed-meanwhile", tx.depot_id)
        cleaned = replace(card, name=card.name.strip(), address=card.address.strip(), phone=card.phone.strip())
        changed = {name: value.strip() for name, value in wanted.items() if made[name] != value.strip()}
        before, after = _differences(now, cleaned)
        if not changed and not after:
            raise Refused("settings.nothing-changed")
        _put(tx, after, changed)
        entry_id = journal.record(
            tx, "settings.write", subject_kind="depot", subject_id=tx.depot_id, subject_number=tx.depot_id,
            facts={
                "card": {"before": before, "after": after},
                "values": {
                    "before": {name.value: made[name] for name in changed},
                    "after": {name.value: value for name, value in changed.items()},
                },
            },
        )
    return SettingsWritten(entry_id)


def identity_of(tx: Tx) -> DepotIdentity:
    """Whose database this is, inside a running transaction: what a letterhead asks."""
    found = node.identity(tx.connection)
    if found is None:
        raise Refused("database.empty", place="")
    return found


def _card(identity: DepotIdentity) -> DepotCard:
    return DepotCard(
        identity.name, identity.address, identity.phone, identity.time_zone, identity.language, identity.logo
    )


def _differences(before: DepotCard, after: DepotCard) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in DepotCard.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]
    return {n: _plain(getattr(before, n)) for n in names}, {n: _plain(getattr(after, n)) for n in names}


def _plain(value: str | bytes | None) -> str | None:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _put(tx: Tx, card: Mapping[str, Any], made: Mapping[Any, str]) -> None:
    if card:
        columns = dict(card)
        if columns.get("logo"):
            columns["logo"] = base64.b64decode(columns["logo"])
        node.change_identity(tx, **columns)
    for name, value in made.items():
        rows.put(tx, str(name), value)


def _undo_write(depot: Depot, tx: Tx, entry: JournalEntry) -> Changes:
    del depot
    card = _card(identity_of(tx))
    now = {name: _plain(getattr(card, name)) for name in DepotCard.__dataclass_fields__}
    made, facts = rows.values(tx), entry.facts
    same = all(now[name] == value for name, value in facts["card"]["after"].items()) and all(
        made.get(name, DEPOT_SETTINGS[DepotSetting(name)].default) == value
        for name, value in facts["values"]["after"].items()
    )
    if not same:
        raise Refused("undo.changed-since", number=entry.subject_number)
    _put(tx, facts["card"]["before"], facts["values"]["before"])
    return Changes.SETTINGS


UNDO: Mapping[str, Way] = {"settings.write": Way(_undo_write, permission=Action.MANAGE_DEPOT)}

__all__ = [
    "UNDO", "DepotCard", "DepotSettings", "SettingsWritten", "card_problems", "identity", "identity_of",
    "read", "values", "write",
]
