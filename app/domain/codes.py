"""Cause coding: symptom → fault → cause class → resolution (spec 1 §8), and who answers for a fault.

The codes of symptoms, faults and resolutions come from an editable table (``masterdata.Code``); the cause classes
are fixed because the rulings, the warranty and the monthly report (art. 10.6) speak of them.
"""

from __future__ import annotations

import re
from enum import StrEnum

from app.errors import Problem


class CauseClass(StrEnum):
    """Why a unit failed."""

    COMPONENT_QUALITY = "COMPONENT_QUALITY"
    DESIGN_PROCESS = "DESIGN_PROCESS"
    PRODUCTION_CONTROL = "PRODUCTION_CONTROL"
    USER = "USER"
    TRANSPORT = "TRANSPORT"
    ENVIRONMENT = "ENVIRONMENT"
    NFF = "NFF"                  # no fault found
    UNDETERMINED = "UNDETERMINED"


class Responsibility(StrEnum):
    """Who answers for the fault. May stay unknown until QA and is amended with a log: fix first, settle blame later."""

    MAKER = "MAKER"              # our product, our work, or a carrier that we hired
    USER = "USER"
    CARRIER = "CARRIER"
    NOBODY = "NOBODY"            # surroundings, force majeure; or no fault at all
    UNKNOWN = "UNKNOWN"


class RepairResult(StrEnum):
    """How the bench work of one return visit ended."""

    REPAIRED = "REPAIRED"
    NFF = "NFF"                  # tested, no fault found
    IRREPARABLE = "IRREPARABLE"
    BER = "BER"                  # beyond economic repair: could be repaired, not worth it
    FAULT_REMAINS = "FAULT_REMAINS"  # worked on, fault not removed
    DECLINED = "DECLINED"        # chargeable, and the customer said no


class Resolution(StrEnum):
    """What was done about the fault."""

    PART_REPLACED = "PART_REPLACED"
    REWORKED = "REWORKED"        # soldered, rewired, refitted
    ADJUSTED = "ADJUSTED"
    SOFTWARE = "SOFTWARE"
    CLEANED = "CLEANED"
    TESTED_ONLY = "TESTED_ONLY"
    NOTHING_DONE = "NOTHING_DONE"


class Blame(StrEnum):
    """What cause and responsibility come to together, as the rulings and the warranty need it."""

    OURS = "OURS"
    USER = "USER"
    OUTSIDE = "OUTSIDE"          # neither: transport, surroundings, force majeure
    OPEN = "OPEN"                # not settled, or no fault


#: The three product-caused groups that the monthly report must cover (art. 10.6), in its order.
PRODUCT_CAUSED: tuple[CauseClass, ...] = (
    CauseClass.COMPONENT_QUALITY, CauseClass.DESIGN_PROCESS, CauseClass.PRODUCTION_CONTROL,
)

_USUAL: dict[CauseClass, Responsibility] = {
    **dict.fromkeys(PRODUCT_CAUSED, Responsibility.MAKER),
    CauseClass.USER: Responsibility.USER,
    CauseClass.TRANSPORT: Responsibility.CARRIER,
    CauseClass.ENVIRONMENT: Responsibility.NOBODY,
    CauseClass.NFF: Responsibility.NOBODY,
    CauseClass.UNDETERMINED: Responsibility.UNKNOWN,
}


def usual_responsibility(cause: CauseClass) -> Responsibility:
    """Who answers for ``cause`` as a rule: what the bench screen proposes."""
    return _USUAL[cause]


def blame(cause: CauseClass, responsibility: Responsibility) -> Blame:
    """Who bears the fault. A settled responsibility outweighs the cause class; an unknown one follows it.

    Without a fault (NFF) and without a determined cause nothing is held against anybody.
    """
    settled = usual_responsibility(cause) if responsibility is Responsibility.UNKNOWN else responsibility
    match settled:
        case Responsibility.MAKER:
            return Blame.OURS
        case Responsibility.USER:
            return Blame.USER
        case Responsibility.CARRIER:
            return Blame.OUTSIDE
        case Responsibility.NOBODY:
            return Blame.OPEN if cause in {CauseClass.NFF, CauseClass.UNDETERMINED} else Blame.OUTSIDE
        case Responsibility.UNKNOWN:
            return Blame.OPEN


def attribution_problems(cause: CauseClass, responsibility: Responsibility) -> list[Problem]:
    """``codes.blame-contradicts``: a product-caused fault blamed on somebody else, or no fault blamed on anybody."""
    product_caused = cause in PRODUCT_CAUSED and responsibility not in {Responsibility.MAKER, Responsibility.UNKNOWN}
    no_fault = cause is CauseClass.NFF and responsibility not in {Responsibility.NOBODY, Responsibility.UNKNOWN}
    if product_caused or no_fault:
        facts = {"cause": cause, "responsibility": responsibility}
        return [Problem("responsibility", "codes.blame-contradicts", facts)]
    return []


def result_problems(result: RepairResult, cause: CauseClass) -> list[Problem]:
    """``codes.result-contradicts``: "no fault found" and cause class NFF only go together."""
    if (result is RepairResult.NFF) != (cause is CauseClass.NFF):
        return [Problem("result", "codes.result-contradicts", {"result": result, "cause": cause})]
    return []


def code_problems(code: str) -> list[Problem]:
    """``codes.form`` unless ``code`` is 1 to 3 capital letters, then 2 to 4 digits, e.g. ``F102``."""
    if re.fullmatch(r"[A-Z]{1,3}\d{2,4}", code, re.ASCII):
        return []
    return [Problem("code", "codes.form", {"value": code})]
