"""Warranty scenarios: for each the end of parts and labour and the whole trace, worked out by hand on the calendar.

A line of the expected trace is the code and its facts in alphabetical order. Sentences are compared word for word in
both languages where a customer is most likely to ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import Blame, CauseClass
from app.domain.warranty import TraceLine, Warranty, WarrantyState, carry, judge
from app.domain.warranty_entries import (
    Carried,
    Carry,
    Downtime,
    Entry,
    Extended,
    KeyPartReplaced,
    Proof,
    ProofShown,
    RepairWarranted,
    Reversed,
    Started,
    StartEvent,
    Voided,
    VoidReason,
    WarrantyTerms,
    WithoutProof,
)
from app.domain.warranty_fold import fold
from app.i18n import translator
from app.messages import say

IN, OUT, UNKNOWN = WarrantyState.IN, WarrantyState.OUT, WarrantyState.UNKNOWN


def d(text: str) -> date:
    return date.fromisoformat(text)


def made(day: str) -> Started:
    return Started("00", d(day), StartEvent.MANUFACTURE)


def shipped(day: str = "2024-05-02", entry_id: str = "01") -> Started:
    return Started(entry_id, d(day), StartEvent.SHIPMENT)


def accepted(day: str) -> Started:
    return Started("02", d(day), StartEvent.ACCEPTANCE)


def sold(day: str) -> Started:
    return Started("03", d(day), StartEvent.SALE)


def shown(proof: Proof, day: str = "2025-01-01", entry_id: str = "05") -> ProofShown:
    return ProofShown(entry_id, d(day), proof)


def down(day: str, until: str, entry_id: str = "10", *, counts: bool = True) -> Downtime:
    return Downtime(entry_id, d(day), d(until), f"R-{entry_id}", counts)


def key(day: str, running: str | None, entry_id: str = "20", *, months: int = 12, user: bool = False) -> Entry:
    return KeyPartReplaced(entry_id, d(day), "电源板", months, d(running) if running else None, user, f"R-{entry_id}")


def longer(months: int, days: int = 0, day: str = "2025-01-01") -> Extended:
    return Extended("30", d(day), months, days, "批-30")


def void(day: str, reason: VoidReason = VoidReason.SELF_MODIFIED) -> Voided:
    return Voided("40", d(day), reason)


def wrong(entry_id: str) -> Reversed:
    return Reversed("90", d("2026-01-01"), entry_id)


def taken(mode: Carry, parts: str | None, labour: str | None = None, *, old_void: bool = False) -> Carried:
    parts_until = d(parts) if parts else None
    labour_until = d(labour) if labour else parts_until
    return Carried("50", d("2025-06-01"), mode, "OLD1", parts_until, labour_until, old_void)


@dataclass(frozen=True)
class Case:
    """``parts``, ``labour`` (the same unless given): last days covered, ``-``: none known. ``trace``: the ledger's.

    ``on`` → (state, labour) of a fault on that day, product-caused, with ``part`` and ``same_fault`` as given.
    """

    terms: WarrantyTerms | None
    entries: list[Entry]
    parts: str
    trace: list[str]
    labour: str = ""
    on: dict[str, tuple[WarrantyState, WarrantyState]] = field(default_factory=dict)
    part: str = ""
    same_fault: bool = False


T24 = WarrantyTerms(24)
T12 = WarrantyTerms(12)
ACCEPTED = WarrantyTerms(12, start=StartEvent.ACCEPTANCE)
SOLD = WarrantyTerms(12, start=StartEvent.SALE)
BASE = "base event=SHIPMENT months=24 start=2024-05-02 until=2026-05-02"
CARRIED = "carried day=2025-06-01 mode={} serial=OLD1"
BOTH_IN, BOTH_OUT, NOBODY_KNOWS = (IN, IN), (OUT, OUT), (UNKNOWN, UNKNOWN)

CASES: dict[str, Case] = {
    # -- the base term
    "two years from shipment": Case(
        T24, [shipped()], "2026-05-02", [BASE],
        on={"2024-05-02": BOTH_IN, "2026-05-02": BOTH_IN, "2026-05-03": BOTH_OUT}),
    "the day after": Case(
        WarrantyTerms(24, day_after=True), [shipped()], "2026-05-03",
        ["day-after-event day=2024-05-02 event=SHIPMENT start=2024-05-03",
         "base-from months=24 start=2024-05-03 until=2026-05-03"]),
    "29 February and one year": Case(
        T12, [shipped("2024-02-29")], "2025-02-28",
        ["base event=SHIPMENT months=12 start=2024-02-29 until=2025-02-28"]),
    "29 February and four years": Case(
        WarrantyTerms(48), [shipped("2024-02-29")], "2028-02-29",
        ["base event=SHIPMENT months=48 start=2024-02-29 until=2028-02-29"]),
    "the day after is 29 February": Case(
        WarrantyTerms(12, day_after=True), [shipped("2024-02-28")], "2025-02-28",
        ["day-after-event day=2024-02-28 event=SHIPMENT start=2024-02-29",
         "base-from months=12 start=2024-02-29 until=2025-02-28"]),
    "31 August and half a year": Case(
        WarrantyTerms(6), [shipped("2025-08-31")], "2026-02-28",
        ["base event=SHIPMENT months=6 start=2025-08-31 until=2026-02-28"]),
    "a term of no months covers no day": Case(
        WarrantyTerms(0), [shipped()], "2024-05-01",
        ["base event=SHIPMENT months=0 start=2024-05-02 until=2024-05-01"], on={"2024-05-02": BOTH_OUT}),
    "labour shorter than parts": Case(
        WarrantyTerms(24, labour_months=12), [shipped()], "2026-05-02",
        [BASE, "base-labour months=12 until=2025-05-02"], "2025-05-02",
        on={"2025-05-02": BOTH_IN, "2025-05-03": (IN, OUT)}),
    "labour longer than parts": Case(
        WarrantyTerms(24, labour_months=36), [shipped()], "2026-05-02",
        [BASE, "base-labour months=36 until=2027-05-02"], "2027-05-02", on={"2026-08-01": (OUT, IN)}),
    "from the signature of acceptance": Case(
        ACCEPTED, [shipped(), accepted("2024-08-01")], "2025-08-01",
        ["base event=ACCEPTANCE months=12 start=2024-08-01 until=2025-08-01"]),
    "a fault before the start": Case(
        ACCEPTED, [shipped(), accepted("2024-08-01")], "2025-08-01",
        ["base event=ACCEPTANCE months=12 start=2024-08-01 until=2025-08-01"], on={"2024-07-15": BOTH_IN}),
    "a date told again replaces the one before": Case(
        T24, [shipped("2024-06-02", "01"), shipped("2024-05-02", "02")], "2026-05-02", [BASE]),
    # -- what is not known, what is not proved
    "start unknown": Case(T24, [], "-", ["no-start event=SHIPMENT", "no-fallback"], on={"2025-01-01": NOBODY_KNOWS}),
    "no terms": Case(None, [shipped()], "-", ["no-terms"], on={"2025-01-01": NOBODY_KNOWS}),
    "acceptance unknown, from shipment": Case(
        ACCEPTED, [shipped()], "2025-05-02",
        ["no-start event=ACCEPTANCE", "fallback day=2024-05-02 days=0 event=SHIPMENT",
         "base event=SHIPMENT months=12 start=2024-05-02 until=2025-05-02"]),
    "thirty days of grace": Case(
        WarrantyTerms(12, start=StartEvent.ACCEPTANCE, fallback_days=30), [shipped()], "2025-06-01",
        ["no-start event=ACCEPTANCE", "fallback day=2024-05-02 days=30 event=SHIPMENT",
         "base-from months=12 start=2024-06-01 until=2025-06-01"]),
    "ninety days after manufacture, over 29 February, the day after": Case(
        WarrantyTerms(12, start=StartEvent.SALE, day_after=True, fallback=StartEvent.MANUFACTURE, fallback_days=90),
        [made("2024-01-01")], "2025-04-01",
        ["no-start event=SALE", "fallback day=2024-01-01 days=90 event=MANUFACTURE",
         "day-after day=2024-03-31 start=2024-04-01", "base-from months=12 start=2024-04-01 until=2025-04-01"]),
    "card missing, the fallback counts": Case(
        SOLD, [shipped(), sold("2024-08-01"), shown(Proof.NONE)], "2025-05-02",
        ["no-proof event=SALE", "fallback day=2024-05-02 days=0 event=SHIPMENT",
         "base event=SHIPMENT months=12 start=2024-05-02 until=2025-05-02"]),
    "card missing, no warranty": Case(
        WarrantyTerms(12, start=StartEvent.SALE, without_proof=WithoutProof.EXCLUDED),
        [shipped(), sold("2024-08-01"), shown(Proof.NONE)], "-",
        ["no-proof event=SALE", "excluded-without-proof"], on={"2024-09-01": BOTH_OUT}),
    "card missing, the supervisor decides": Case(
        WarrantyTerms(12, start=StartEvent.SALE, without_proof=WithoutProof.SUPERVISOR),
        [shipped(), sold("2024-08-01"), shown(Proof.NONE)], "-",
        ["no-proof event=SALE", "supervisor-without-proof"], on={"2024-09-01": NOBODY_KNOWS}),
    "card missing and nothing to fall back on": Case(
        SOLD, [sold("2024-08-01"), shown(Proof.NONE)], "-", ["no-proof event=SALE", "no-fallback"],
        on={"2024-09-01": NOBODY_KNOWS}),
    "card found later": Case(
        SOLD, [shipped(), sold("2024-08-01"), shown(Proof.NONE), shown(Proof.CARD, "2025-01-09", "06")], "2025-08-01",
        ["base event=SALE months=12 start=2024-08-01 until=2025-08-01"]),
    "our own shipment needs no card": Case(T24, [shipped(), shown(Proof.NONE)], "2026-05-02", [BASE]),
    # -- downtime
    "forty-one days at the depot": Case(
        T24, [shipped(), down("2025-01-01", "2025-02-11")], "2026-06-12",
        [BASE, "downtime days=41 document=R-10 until=2026-06-12"]),
    "downtime over 29 February": Case(
        WarrantyTerms(48), [shipped(), down("2028-02-20", "2028-03-05")], "2028-05-16",
        ["base event=SHIPMENT months=48 start=2024-05-02 until=2028-05-02",
         "downtime days=14 document=R-10 until=2028-05-16"]),
    "downtime over the end of the term": Case(
        T24, [shipped(), down("2026-04-20", "2026-05-20")], "2026-06-01",
        [BASE, "downtime days=30 document=R-10 until=2026-06-01"], on={"2026-05-25": BOTH_IN, "2026-06-02": BOTH_OUT}),
    "received on the last day": Case(
        T24, [shipped(), down("2026-05-02", "2026-05-12")], "2026-05-12",
        [BASE, "downtime days=10 document=R-10 until=2026-05-12"]),
    "received the day after the last": Case(
        T24, [shipped(), down("2026-05-03", "2026-05-12")], "2026-05-02",
        [BASE, "downtime-outside day=2026-05-03 document=R-10 until=2026-05-12"]),
    "two overlapping downtimes": Case(
        T24, [shipped(), down("2025-01-01", "2025-01-11"), down("2025-01-06", "2025-01-16", "11")], "2026-05-17",
        [BASE, "downtime days=10 document=R-10 until=2026-05-12", "downtime days=5 document=R-11 until=2026-05-17"]),
    "one downtime within another": Case(
        T24, [shipped(), down("2025-01-01", "2025-01-11"), down("2025-01-05", "2025-01-09", "11")], "2026-05-12",
        [BASE, "downtime days=10 document=R-10 until=2026-05-12",
         "downtime-none day=2025-01-05 document=R-11 until=2025-01-09"]),
    "a repair in the days that a repair added": Case(
        T24, [shipped(), down("2026-04-22", "2026-05-12"), down("2026-05-20", "2026-05-25", "11")], "2026-05-27",
        [BASE, "downtime days=20 document=R-10 until=2026-05-22", "downtime days=5 document=R-11 until=2026-05-27"]),
    "repaired while they waited": Case(
        T24, [shipped(), down("2025-01-01", "2025-01-01")], "2026-05-02",
        [BASE, "downtime-none day=2025-01-01 document=R-10 until=2025-01-01"]),
    "downtime that the policy of its day did not count": Case(
        T24, [shipped(), down("2025-01-01", "2025-02-11", counts=False)], "2026-05-02",
        [BASE, "downtime-by-policy day=2025-01-01 document=R-10 until=2025-02-11"]),
    "a policy changed later rewrites nothing": Case(
        T24, [shipped(), down("2025-01-01", "2025-01-11"), down("2025-03-01", "2025-03-09", "11", counts=False)],
        "2026-05-12",
        [BASE, "downtime days=10 document=R-10 until=2026-05-12",
         "downtime-by-policy day=2025-03-01 document=R-11 until=2025-03-09"]),
    "a repair across the start counts from the start": Case(
        ACCEPTED, [accepted("2024-08-01"), down("2024-07-20", "2024-08-04")], "2025-08-04",
        ["base event=ACCEPTANCE months=12 start=2024-08-01 until=2025-08-01",
         "downtime days=3 document=R-10 until=2025-08-04"]),
    "downtime lengthens labour only while labour ran": Case(
        WarrantyTerms(24, labour_months=12),
        [shipped(), down("2025-04-25", "2025-05-05"), down("2025-07-01", "2025-07-11", "11")], "2026-05-22",
        [BASE, "base-labour months=12 until=2025-05-02", "downtime days=10 document=R-10 until=2026-05-12",
         "downtime days=10 document=R-11 until=2026-05-22"], "2025-05-12"),
    "downtime reversed": Case(T24, [shipped(), down("2025-01-01", "2025-02-11"), wrong("10")], "2026-05-02", [BASE]),
    # -- key parts
    "a key part in warranty": Case(
        T24, [shipped(), key("2025-10-01", "2025-10-08")], "2026-05-02",
        [BASE, "key-part months=12 part=电源板 start=2025-10-08 until=2026-10-08"],
        on={"2026-10-08": BOTH_IN, "2026-10-09": BOTH_OUT}, part="电源板"),
    "a key part helps no other": Case(
        T24, [shipped(), key("2025-10-01", "2025-10-08")], "2026-05-02",
        [BASE, "key-part months=12 part=电源板 start=2025-10-08 until=2026-10-08"], on={"2026-08-01": BOTH_OUT},
        part="风扇"),
    "a key part out of warranty": Case(
        T24, [shipped(), key("2026-05-03", "2026-05-08")], "2026-05-02",
        [BASE, "key-part-outside day=2026-05-03 part=电源板"]),
    "a key part that the customer broke": Case(
        T24, [shipped(), key("2025-10-01", "2025-10-08", user=True)], "2026-05-02",
        [BASE, "key-part-by-customer day=2025-10-01 part=电源板"]),
    "a key part that does not run yet": Case(
        T24, [shipped(), key("2025-10-01", None)], "2026-05-02",
        [BASE, "key-part-not-running day=2025-10-01 part=电源板"]),
    "a key part seen running later": Case(
        T24, [shipped(), key("2025-10-01", None), wrong("20"), key("2025-10-01", "2025-11-15", "21")], "2026-05-02",
        [BASE, "key-part months=12 part=电源板 start=2025-11-15 until=2026-11-15"]),
    "a key part within its own term": Case(
        T24, [shipped(), key("2026-04-01", "2026-04-03"), key("2026-12-01", "2026-12-02", "21")], "2026-05-02",
        [BASE, "key-part months=12 part=电源板 start=2026-04-03 until=2027-04-03",
         "key-part months=12 part=电源板 start=2026-12-02 until=2027-12-02"]),
    "a key part without a term": Case(
        T24, [shipped(), key("2025-10-01", "2025-10-08", months=0)], "2026-05-02",
        [BASE, "key-part-no-term day=2025-10-01 part=电源板"]),
    # -- exchange
    "an exchange inherits the remainder": Case(
        T24, [shipped("2020-01-01"), taken(Carry.INHERIT, "2026-05-02")], "2026-05-02",
        [CARRIED.format("inherit"), "carried-remainder serial=OLD1 until=2026-05-02"]),
    "an exchange begins anew": Case(
        T24, [taken(Carry.RESTART, "2026-05-02")], "2027-06-01",
        [CARRIED.format("restart"), "restarted months=24 start=2025-06-01 until=2027-06-01"]),
    "an exchange begins anew the day after": Case(
        WarrantyTerms(24, day_after=True), [taken(Carry.RESTART, "2026-05-02")], "2027-06-02",
        [CARRIED.format("restart"), "day-after day=2025-06-01 start=2025-06-02",
         "restarted months=24 start=2025-06-02 until=2027-06-02"]),
    "the longer of both is the new term": Case(
        T24, [taken(Carry.LONGER, "2026-05-02")], "2027-06-01",
        [CARRIED.format("longer"), "restarted months=24 start=2025-06-01 until=2027-06-01",
         "carried-longer serial=OLD1 until=2027-06-01"]),
    "the longer of both is the remainder": Case(
        WarrantyTerms(6), [taken(Carry.LONGER, "2026-05-02")], "2026-05-02",
        [CARRIED.format("longer"), "restarted months=6 start=2025-06-01 until=2025-12-01",
         "carried-longer serial=OLD1 until=2026-05-02"]),
    "an exchange of a unit whose term was over": Case(
        T24, [taken(Carry.INHERIT, "2025-01-01")], "2025-01-01",
        [CARRIED.format("inherit"), "carried-remainder serial=OLD1 until=2025-01-01"], on={"2025-06-01": BOTH_OUT}),
    "an exchange of an unknown unit": Case(
        T24, [taken(Carry.INHERIT, None)], "-", [CARRIED.format("inherit"), "carried-unknown serial=OLD1"],
        on={"2025-09-01": NOBODY_KNOWS}),
    "an exchange of a void unit": Case(
        T24, [taken(Carry.INHERIT, "2026-05-02", old_void=True)], "2026-05-02",
        [CARRIED.format("inherit"), "carried-void serial=OLD1"], on={"2025-09-01": BOTH_OUT}),
    "labour is carried apart": Case(
        T24, [taken(Carry.INHERIT, "2026-05-02", "2025-08-02")], "2026-05-02",
        [CARRIED.format("inherit"), "carried-remainder serial=OLD1 until=2026-05-02"], "2025-08-02",
        on={"2025-09-01": (IN, OUT)}),
    "downtime after an exchange": Case(
        T24, [taken(Carry.INHERIT, "2026-05-02"), down("2025-07-01", "2025-07-11", "70")], "2026-05-12",
        [CARRIED.format("inherit"), "carried-remainder serial=OLD1 until=2026-05-02",
         "downtime days=10 document=R-70 until=2026-05-12"]),
    # -- extension
    "six months and ten days": Case(
        T24, [shipped(), longer(6, 10)], "2026-11-12",
        [BASE, "extension days=10 document=批-30 months=6 until=2026-11-12"]),
    "an extension from a month's end": Case(
        WarrantyTerms(18), [shipped("2024-08-31"), longer(1)], "2026-03-28",
        ["base event=SHIPMENT months=18 start=2024-08-31 until=2026-02-28",
         "extension-months days=0 document=批-30 months=1 until=2026-03-28"]),
    "an extension after the end counts from the end": Case(
        T24, [shipped(), longer(6, day="2026-08-01")], "2026-11-02",
        [BASE, "extension-months days=0 document=批-30 months=6 until=2026-11-02"], on={"2026-09-01": BOTH_IN}),
    "downtime within an extension": Case(
        T24, [shipped(), longer(6), down("2026-09-01", "2026-09-11")], "2026-11-12",
        [BASE, "extension-months days=0 document=批-30 months=6 until=2026-11-02",
         "downtime days=10 document=R-10 until=2026-11-12"]),
    "an extension without a start": Case(
        T24, [longer(6)], "-", ["no-start event=SHIPMENT", "no-fallback", "extension-without-start document=批-30"]),
    "an extension reversed": Case(T24, [shipped(), longer(6), wrong("30")], "2026-05-02", [BASE]),
    # -- void
    "void, before and after": Case(
        T24, [shipped(), void("2025-01-01")], "2026-05-02", [BASE, "void day=2025-01-01 reason=SELF_MODIFIED"],
        on={"2024-12-31": BOTH_IN, "2025-01-01": BOTH_OUT}),
    "nothing is added once void": Case(
        T24, [shipped(), void("2025-01-01", VoidReason.ALTERED_PROOF), down("2025-02-01", "2025-02-11")],
        "2026-05-02",
        [BASE, "void day=2025-01-01 reason=ALTERED_PROOF",
         "downtime-outside day=2025-02-01 document=R-10 until=2025-02-11"]),
    "a void reversed": Case(
        T24, [shipped(), void("2025-01-01", VoidReason.SERIAL_MISMATCH), wrong("40")], "2026-05-02", [BASE],
        on={"2025-02-01": BOTH_IN}),
    # -- the warranty on a repair
    "the same fault after a paid repair": Case(
        T24, [shipped(), RepairWarranted("60", d("2026-08-01"), 3, "R-60")], "2026-05-02",
        [BASE, "repair day=2026-08-01 document=R-60 months=3 until=2026-11-01"],
        on={"2026-11-01": BOTH_IN, "2026-11-02": BOTH_OUT}, same_fault=True),
    "another fault after a paid repair": Case(
        T24, [shipped(), RepairWarranted("60", d("2026-08-01"), 3, "R-60")], "2026-05-02",
        [BASE, "repair day=2026-08-01 document=R-60 months=3 until=2026-11-01"], on={"2026-09-01": BOTH_OUT}),
}


def plain(line: TraceLine) -> str:
    facts = " ".join(f"{name}={value}" for name, value in sorted(line.facts.items()))
    return f"{line.code.removeprefix('warranty.')} {facts}".rstrip()


def test_there_are_enough_scenarios() -> None:
    assert len(CASES) >= 50


@pytest.mark.parametrize("name", CASES)
def test_the_ends_and_the_trace(name: str) -> None:
    case = CASES[name]
    folded = fold(case.terms, case.entries)
    ends = [str(end) if end else "-" for end in (folded.parts_until, folded.labour_until)]
    assert ends == [case.parts, case.labour or case.parts]
    assert [plain(line) for line in folded.trace] == case.trace
    for on, expected in case.on.items():
        judged = judge(
            folded, d(on), CauseClass.COMPONENT_QUALITY, Blame.OURS, part=case.part, same_fault=case.same_fault
        )
        assert (judged.state, judged.labour) == expected, on


def told(warranty: Warranty, on: str, cause: CauseClass, blame: Blame, language: str) -> list[str]:
    t = translator(language)
    return [say(line.code, line.facts, t) for line in judge(warranty, d(on), cause, blame).trace]


OURS = (CauseClass.COMPONENT_QUALITY, Blame.OURS)


@pytest.mark.parametrize(("name", "on", "why", "english", "chinese"), [
    ("forty-one days at the depot", "2026-06-01", (CauseClass.ENVIRONMENT, Blame.OUTSIDE),
     ["shipped 2024-05-02 + 24 months = 2026-05-02", "repaired 41 days (R-10) → 2026-06-12",
      "2026-06-01 is within, until 2026-06-12: in", "cause: environment → out"],
     ["出厂 2024-05-02 + 24 个月 = 2026-05-02", "维修停用 41 天（R-10）→ 2026-06-12",
      "2026-06-01 未超过 2026-06-12：期内", "原因：环境 → 保修范围外"]),
    ("labour shorter than parts", "2025-06-01", OURS,
     ["shipped 2024-05-02 + 24 months = 2026-05-02", "labour: 12 months, until 2025-05-02",
      "2025-06-01 is within, until 2026-05-02: in", "labour is covered only until 2025-05-02"],
     ["出厂 2024-05-02 + 24 个月 = 2026-05-02", "人工：12 个月，至 2025-05-02", "2025-06-01 未超过 2026-05-02：期内",
      "人工仅保至 2025-05-02"]),
    ("thirty days of grace", "2025-06-02", OURS,
     ["no date is known for: accepted by signature", "counted instead from: shipped 2024-05-02, plus 30 days",
      "2024-06-01 + 12 months = 2025-06-01", "2025-06-02 is after the last day, 2025-06-01: out"],
     ["日期不明：验收签字", "改按以下日期起算：出厂 2024-05-02，另加 30 天", "2024-06-01 + 12 个月 = 2025-06-01",
      "2025-06-02 已过保修截止日 2025-06-01：期外"]),
    ("card missing, the supervisor decides", "2024-09-01", OURS,
     ["no proof was shown for: sold", "without proof the supervisor decides",
      "for 2024-09-01 it cannot be told whether the warranty runs"],
     ["未出示凭证：售出", "无凭证时由售后主管决定", "无法判断 2024-09-01 是否在保修期内"]),
    ("a key part that the customer broke", "2025-12-01", OURS,
     ["shipped 2024-05-02 + 24 months = 2026-05-02",
      "key part 电源板, replaced 2025-10-01: the customer caused it, so its term does not begin anew",
      "2025-12-01 is within, until 2026-05-02: in"],
     ["出厂 2024-05-02 + 24 个月 = 2026-05-02", "关键件 电源板，2025-10-01 更换：系用户原因损坏，不重新起算",
      "2025-12-01 未超过 2026-05-02：期内"]),
    ("void, before and after", "2025-03-01", OURS,
     ["shipped 2024-05-02 + 24 months = 2026-05-02", "void since 2025-01-01: the unit was modified",
      "on 2025-03-01 the warranty was void, since 2025-01-01: out"],
     ["出厂 2024-05-02 + 24 个月 = 2026-05-02", "自 2025-01-01 起失效：自行改装",
      "2025-03-01 时保修已失效（自 2025-01-01 起）：期外"]),
    ("an exchange inherits the remainder", "2026-01-01", OURS,
     ["2025-06-01 in place of OLD1: carry on the old one", "the remainder of OLD1 runs until 2026-05-02",
      "2026-01-01 is within, until 2026-05-02: in"],
     ["2025-06-01 替换 OLD1：沿用原保修期", "OLD1 的剩余保修期至 2026-05-02", "2026-01-01 未超过 2026-05-02：期内"]),
])
def test_the_trace_in_words(
    name: str, on: str, why: tuple[CauseClass, Blame], english: list[str], chinese: list[str]
) -> None:
    folded = fold(CASES[name].terms, CASES[name].entries)
    assert told(folded, on, *why, "en") == english
    assert told(folded, on, *why, "zh_CN") == chinese


@pytest.mark.parametrize(("first", "second", "until"), [
    (Carry.INHERIT, Carry.INHERIT, "2026-05-17"),   # 2026-05-02 + 10 days + 5 days
    (Carry.INHERIT, Carry.RESTART, "2027-08-01"),
    (Carry.INHERIT, Carry.LONGER, "2027-08-01"),
    (Carry.RESTART, Carry.INHERIT, "2027-06-06"),   # 2025-06-01 + 24 months + 5 days
    (Carry.RESTART, Carry.RESTART, "2027-08-01"),
    (Carry.RESTART, Carry.LONGER, "2027-08-01"),
    (Carry.LONGER, Carry.INHERIT, "2027-06-06"),
    (Carry.LONGER, Carry.RESTART, "2027-08-01"),
    (Carry.LONGER, Carry.LONGER, "2027-08-01"),
])
def test_the_exchange_of_an_exchanged_unit(first: Carry, second: Carry, until: str) -> None:
    a = fold(T24, [shipped(), down("2025-01-01", "2025-01-11")])
    b = fold(T24, [carry(a, "A", first, d("2025-06-01"), "51"), down("2025-07-01", "2025-07-06", "71")])
    c = fold(T24, [carry(b, "B", second, d("2025-08-01"), "52")])
    assert (str(c.parts_until), c.trace[0].facts["serial"]) == (until, "B")


def test_one_excluded_for_want_of_proof_carries_nothing_over() -> None:
    old = fold(CASES["card missing, no warranty"].terms, CASES["card missing, no warranty"].entries)
    new = fold(T24, [carry(old, "A", Carry.INHERIT, d("2025-06-01"), "51")])
    assert judge(new, d("2025-06-01"), *OURS).state is OUT


# -- a claim never lengthens more than its rule says ---------------------------------------------------------------

days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
terms = st.builds(
    WarrantyTerms, st.integers(1, 60), st.none() | st.integers(0, 60), st.sampled_from(StartEvent), st.booleans()
)
starts = st.builds(Started, st.just("01"), days, st.sampled_from(StartEvent))
repairs = st.lists(st.tuples(days, st.integers(0, 120)), max_size=6)


@given(terms, starts, repairs)
def test_all_downtimes_together_add_no_more_than_the_days_the_unit_was_here(
    product: WarrantyTerms, start: Started, visits: list[tuple[date, int]]
) -> None:
    claims = [
        Downtime(f"{n:03}", day, day + timedelta(days=length)) for n, (day, length) in enumerate(visits, 10)
    ]
    before, after = fold(product, [start]), fold(product, [start, *claims])
    here = {claim.day + timedelta(days=n) for claim in claims for n in range((claim.until - claim.day).days)}
    for old, new in ((before.parts_until, after.parts_until), (before.labour_until, after.labour_until)):
        if old is not None and new is not None:
            assert 0 <= (new - old).days <= len(here)
    assert (before.parts_until is None) == (after.parts_until is None)


@given(terms, starts, days, st.sampled_from([None, "X"]))
def test_an_exchange_that_inherits_never_lengthens(
    product: WarrantyTerms, start: Started, day: date, proof: str | None
) -> None:
    entries: list[Entry] = [start, *([ProofShown("05", day, Proof.NONE)] if proof else [])]
    old = fold(product, entries)
    new = fold(product, [carry(old, "A", Carry.INHERIT, day, "51")])
    assert (new.parts_until or date.min) <= max(old.parts_until or date.min, day - timedelta(days=1))
    for on in (day, day + timedelta(days=400)):
        ours = judge(new, on, *OURS).period
        assert ours is not IN or judge(old, on, *OURS).period is IN


@given(terms, starts, days, st.integers(0, 36), st.integers(0, 60))
def test_the_longer_of_both_is_one_of_both(
    product: WarrantyTerms, start: Started, day: date, months: int, more: int
) -> None:
    del months
    old = fold(product, [start, Extended("30", start.day, 0, more + 1, "x")])
    new = fold(product, [carry(old, "A", Carry.LONGER, day, "51")])
    anew = fold(product, [carry(old, "A", Carry.RESTART, day, "51")])
    assert new.parts_until in {old.parts_until, anew.parts_until}
    assert (new.parts_until or date.min) >= max(old.parts_until or date.min, anew.parts_until or date.min)
