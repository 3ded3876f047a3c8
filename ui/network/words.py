"""Where a unit is, in one sentence per depot; proposals in words."""

from __future__ import annotations

from datetime import datetime

from app.domain.masterdata import CodeKind
from app.domain.places import CUSTODIAN, Custodian
from app.domain.whereabouts import Stand, Whereabouts
from app.i18n import N_, _
from app.labels import label
from app.services.adoption import Proposal
from ui import moments, naming

KINDS = {"customer": N_("Customer"), "product": N_("Product"), "code": N_("Code")}
_OUTSIDE = {Custodian.OUTSIDE, Custodian.CARRIER, Custodian.STORES}


def day(moment: datetime | None) -> str:
    """A moment as the day it was."""
    return moments.day(moment).isoformat() if moment else ""


def depot_name(found: Whereabouts, code: str) -> str:
    """Code and name of a depot, as far as the name is known here."""
    name = found.names.get(code, "")
    return f"{code} {name}" if name and name != code else code


def where(found: Whereabouts, stand: Stand) -> str:
    """The sentence of one depot."""
    depot, since = depot_name(found, stand.depot_id), day(stand.since) or "–"
    stage = label(stand.stage) if stand.stage else ""
    if stand.place is None:
        if not stand.case_number:
            return _("{depot} has the serial on record, without a return.").format(depot=depot)
        return _("{depot}: case {number}, {stage}, since {day}. Where it stands is known there and at head office."
                 ).format(depot=depot, number=stand.case_number, stage=stage, day=since)
    place = f"{label(stand.place)} {stand.shelf}".strip()
    if not stand.case_number:
        return _("{depot}: {place}, since {day}. It has not come back here yet.").format(
            depot=depot, place=place, day=since)
    return _("{depot}: {place}, since {day}. Case {number}, {stage}.").format(
        depot=depot, place=place, day=since, number=stand.case_number, stage=stage)


def product_of(stand: Stand) -> str:
    """What the unit is."""
    return naming.product(stand.model, stand.name_zh, stand.name_en)


def as_of(found: Whereabouts, code: str, here: str) -> str:
    """Until when a depot has told what it knows; empty for the one that answers."""
    if code == here:
        return ""
    told = found.told.get(code)
    if told and not found.everywhere:
        return _("as of this depot's sync of {moment}").format(moment=moments.minute(told))
    return _("as of its sync of {moment}").format(moment=moments.minute(told)) if told else _("before its first sync")


def nowhere(found: Whereabouts) -> str:
    """Nobody knows the serial."""
    if found.everywhere:
        return _("No depot has {serial} on record. Check the serial; what came in since a depot's last sync is known "
                 "there only.").format(serial=found.asked)
    last = max(found.told.values(), default=None)
    if last is None:
        return _("{serial} is not on this depot's record, and no other depot has told anything yet. Head office can "
                 "look at all depots.").format(serial=found.asked)
    return _("{serial} is neither on this depot's record nor among the visits other depots have told (as of {moment})."
             ).format(serial=found.asked, moment=moments.minute(last))


def in_two_houses(found: Whereabouts) -> list[str]:
    """The depots that each have the same unit in the house: that cannot be, somebody must look."""
    inside: dict[tuple[str, str], list[str]] = {}
    for stand in found.stands:
        if stand.place is not None and CUSTODIAN[stand.place] not in _OUTSIDE:
            inside.setdefault((stand.serial, stand.model), []).append(stand.depot_id)
    return next((depots for depots in inside.values() if len(set(depots)) > 1), [])


def details(proposal: Proposal) -> str:
    """The other values of a proposal that tell people what it is."""
    facts = proposal.facts
    names = {
        "customer": ("code", "contact", "phone", "address"), "product": ("name_zh", "name_en", "line"),
        "code": ("name_zh", "name_en"),
    }[proposal.kind]
    parts = [str(facts[name]) for name in names if facts.get(name)]
    if proposal.kind == "code":
        parts.insert(0, label(CodeKind(str(facts["kind"]))))
    return " · ".join(dict.fromkeys(part for part in parts if part != proposal.name))
