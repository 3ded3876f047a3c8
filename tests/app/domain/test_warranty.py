"""Warranty as a ledger: scenarios with end dates and traces, the verdict by cause, and what a claim may never do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import Blame, CauseClass
from app.domain.months import add_months, whole_months
from app.domain.warranty import SegmentKind, Warranty, WarrantyState, carry, judge
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
    entry_as_dict,
    entry_from_dict,
)
from app.domain.warranty_fold import fold
from app.i18n import translator
from app.messages import say

IN, OUT, UNKNOWN = WarrantyState.IN, WarrantyState.OUT, WarrantyState.UNKNOWN
SHIPPED = date(2024, 5, 2)
TWO_YEARS = WarrantyTerms(24)
ACCEPTED = WarrantyTerms(12, start=StartEvent.ACCEPTANCE)


def d(text: str) -> date:
    return date.fromisoformat(text)


def shipped(day: str = "2024-05-02", entry_id: str = "01") -> Started:
    return Started(entry_id, d(day), StartEvent.SHIPMENT)


def accepted(day: str, entry_id: str = "02") -> Started:
    return Started(entry_id, d(day), StartEvent.ACCEPTANCE)


def made(day: str) -> Started:
    return Started("00", d(day), StartEvent.MANUFACTURE)


def down(day: str, until: str, entry_id: str = "10", *, counts: bool = True) -> Downtime:
    return Downtime(entry_id, d(day), d(until), f"R-{entry_id}", counts)


def key(
    day: str, running: str | None, entry_id: str = "20", months: int = 12, part: str = "PSU", *, user: bool = False
) -> KeyPartReplaced:
    return KeyPartReplaced(entry_id, d(day), part, months, d(running) if running else None, user)


def carried(mode: Carry, parts: str | None, labour: str | None = None, day: str = "2025-06-01", *, void: bool = False,
            entry_id: str = "50") -> Carried:
    parts_until = d(parts) if parts else None
    return Carried(entry_id, d(day), mode, "OLD1", parts_until, d(labour) if labour else parts_until, void)


#: name → terms, entries, parts until, codes of the trace (without "warranty.").
SCENARIOS: dict[str, tuple[WarrantyTerms | None, list[Entry], str | None, list[str]]] = {
    "plain": (TWO_YEARS, [shipped()], "2026-05-02", ["base"]),
    "of the specification": (TWO_YEARS, [shipped(), down("2025-01-01", "2025-02-11")], "2026-06-12",
                             ["base", "downtime"]),
    "day after": (replace(TWO_YEARS, day_after=True), [shipped()], "2026-05-03", ["day-after-event", "base-from"]),
    "leap day, one year": (WarrantyTerms(12), [shipped("2024-02-29")], "2025-02-28", ["base"]),
    "leap day, four years": (WarrantyTerms(48), [shipped("2024-02-29")], "2028-02-29", ["base"]),
    "month end": (WarrantyTerms(1), [shipped("2025-01-31")], "2025-02-28", ["base"]),
    "month end, leap year": (WarrantyTerms(1), [shipped("2024-01-31")], "2024-02-29", ["base"]),
    "over the turn of the year": (WarrantyTerms(3), [shipped("2025-11-30")], "2026-02-28", ["base"]),
    "acceptance": (ACCEPTED, [shipped(), accepted("2024-08-01")], "2025-08-01", ["base"]),
    "acceptance unknown, from shipment": (ACCEPTED, [shipped()], "2025-05-02", ["no-start", "fallback", "base"]),
    "fallback with grace": (replace(ACCEPTED, fallback_days=30), [shipped()], "2025-06-01",
                            ["no-start", "fallback", "base-from"]),
    "fallback from manufacture, day after": (
        WarrantyTerms(12, fallback=StartEvent.MANUFACTURE, fallback_days=90, day_after=True), [made("2024-01-01")],
        "2025-04-01", ["no-start", "fallback", "day-after", "base-from"]),
    "nothing known": (TWO_YEARS, [], None, ["no-start", "no-fallback"]),
    "no terms": (None, [shipped()], None, ["no-terms"]),
    "card missing, from shipment": (ACCEPTED, [shipped(), accepted("2024-08-01"),
                                               ProofShown("03", d("2025-01-01"), Proof.NONE)],
                                    "2025-05-02", ["no-proof", "fallback", "base"]),
    "card missing, excluded": (replace(ACCEPTED, without_proof=WithoutProof.EXCLUDED),
                               [shipped(), accepted("2024-08-01"), ProofShown("03", d("2025-01-01"), Proof.NONE)],
                               None, ["no-proof", "excluded-without-proof"]),
    "card missing, supervisor": (replace(ACCEPTED, without_proof=WithoutProof.SUPERVISOR),
                                 [shipped(), accepted("2024-08-01"), ProofShown("03", d("2025-01-01"), Proof.NONE)],
                                 None, ["no-proof", "supervisor-without-proof"]),
    "card found later": (ACCEPTED, [shipped(), accepted("2024-08-01"), ProofShown("03", d("2025-01-01"), Proof.NONE),
                                    ProofShown("04", d("2025-01-09"), Proof.CARD)], "2025-08-01", ["base"]),
    "our own shipment needs no card": (TWO_YEARS, [shipped(), ProofShown("03", d("2025-01-01"), Proof.NONE)],
                                       "2026-05-02", ["base"]),
    "date told again": (TWO_YEARS, [shipped("2024-06-02", "01"), shipped("2024-05-02", "02")], "2026-05-02", ["base"]),
    "date reversed": (TWO_YEARS, [shipped("2024-05-02", "01"), shipped("2025-05-02", "02"),
                                  Reversed("03", d("2025-06-01"), "02")], "2026-05-02", ["base"]),
    "two repairs": (TWO_YEARS, [shipped(), down("2025-01-01", "2025-01-11"), down("2025-03-01", "2025-03-06", "11")],
                    "2026-05-17", ["base", "downtime", "downtime"]),
    "downtime over the end of the term": (TWO_YEARS, [shipped(), down("2026-04-20", "2026-05-20")], "2026-06-01",
                                          ["base", "downtime"]),
    "received on the last day": (TWO_YEARS, [shipped(), down("2026-05-02", "2026-05-12")], "2026-05-12",
                                 ["base", "downtime"]),
    "received the day after the end": (TWO_YEARS, [shipped(), down("2026-05-03", "2026-05-12")], "2026-05-02",
                                       ["base", "downtime-outside"]),
    "second repair within the added days": (
        TWO_YEARS, [shipped(), down("2026-04-22", "2026-05-12"), down("2026-05-20", "2026-05-25", "11")],
        "2026-05-27", ["base", "downtime", "downtime"]),
    "downtime that policy does not count": (TWO_YEARS, [shipped(), down("2025-01-01", "2025-02-11", counts=False)],
                                            "2026-05-02", ["base", "downtime-by-policy"]),
    "one visit on two papers": (TWO_YEARS, [shipped(), down("2025-01-01", "2025-01-11"),
                                            down("2025-01-05", "2025-01-11", "11")], "2026-05-12",
                                ["base", "downtime", "downtime-none"]),
    "overlapping visits": (TWO_YEARS, [shipped(), down("2025-01-01", "2025-01-11"),
                                       down("2025-01-06", "2025-01-16", "11")], "2026-05-17",
                           ["base", "downtime", "downtime"]),
    "repaired while they waited": (TWO_YEARS, [shipped(), down("2025-01-01", "2025-01-01")], "2026-05-02",
                                   ["base", "downtime-none"]),
    "repair before the term begins": (ACCEPTED, [accepted("2024-08-01"), down("2024-07-01", "2024-07-20")],
                                      "2025-08-01", ["base", "downtime-none"]),
    "repair across the beginning": (ACCEPTED, [accepted("2024-08-01"), down("2024-07-01", "2024-08-04")],
                                    "2025-08-04", ["base", "downtime"]),
    "downtime reversed": (TWO_YEARS, [shipped(), down("2025-01-01", "2025-02-11"),
                                      Reversed("11", d("2025-02-12"), "10")], "2026-05-02", ["base"]),
    "extension": (TWO_YEARS, [shipped(), Extended("30", d("2025-01-01"), 6, 0, "OK-1")], "2026-11-02",
                  ["base", "extension-months"]),
    "extension, then downtime in it": (TWO_YEARS, [shipped(), Extended("30", d("2025-01-01"), 6),
                                                   down("2026-09-01", "2026-09-11")], "2026-11-12",
                                       ["base", "extension-months", "downtime"]),
    "extension by days over a month end": (TWO_YEARS, [shipped(), Extended("30", d("2025-01-01"), 0, 30)],
                                           "2026-06-01", ["base", "extension-days"]),
    "extension without a start": (TWO_YEARS, [Extended("30", d("2025-01-01"), 6)], None,
                                  ["no-start", "no-fallback", "extension-without-start"]),
    "void": (TWO_YEARS, [shipped(), Voided("40", d("2025-01-01"), VoidReason.SELF_MODIFIED)], "2026-05-02",
             ["base", "void"]),
    "nothing is added once void": (TWO_YEARS, [shipped(), Voided("40", d("2025-01-01"), VoidReason.ALTERED_PROOF),
                                               down("2025-02-01", "2025-02-11")], "2026-05-02",
                                   ["base", "void", "downtime-outside"]),
    "void reversed": (TWO_YEARS, [shipped(), Voided("40", d("2025-01-01"), VoidReason.SERIAL_MISMATCH),
                                  Reversed("41", d("2025-01-02"), "40"), down("2025-02-01", "2025-02-11")],
                      "2026-05-12", ["base", "downtime"]),
    "key part": (TWO_YEARS, [shipped(), key("2025-10-01", "2025-10-08")], "2026-05-02", ["base", "key-part"]),
    "key part not running yet": (TWO_YEARS, [shipped(), key("2025-10-01", None)], "2026-05-02",
                                 ["base", "key-part-not-running"]),
    "key part broken by the customer": (TWO_YEARS, [shipped(), key("2025-10-01", "2025-10-08", user=True)],
                                        "2026-05-02", ["base", "key-part-by-customer"]),
    "key part without a term": (TWO_YEARS, [shipped(), key("2025-10-01", "2025-10-08", months=0)], "2026-05-02",
                                ["base", "key-part-no-term"]),
    "key part out of warranty": (TWO_YEARS, [shipped(), key("2026-05-03", "2026-05-08")], "2026-05-02",
                                 ["base", "key-part-outside"]),
    "key part within its own term": (TWO_YEARS, [shipped(), key("2026-04-01", "2026-04-03"),
                                                 key("2026-12-01", "2026-12-02", "21")], "2026-05-02",
                                     ["base", "key-part", "key-part"]),
    "another key part does not help": (TWO_YEARS, [shipped(), key("2026-04-01", "2026-04-03"),
                                                   key("2026-12-01", "2026-12-02", "21", part="FAN")], "2026-05-02",
                                       ["base", "key-part", "key-part-outside"]),
    "warranted repair": (TWO_YEARS, [shipped(), RepairWarranted("60", d("2026-08-01"), 3, "R-60")], "2026-05-02",
                         ["base", "repair"]),
    "exchange inherits": (TWO_YEARS, [carried(Carry.INHERIT, "2026-05-02")], "2026-05-02",
                          ["carried", "carried-remainder"]),
    "exchange restarts": (TWO_YEARS, [carried(Carry.RESTART, "2026-05-02")], "2027-06-01", ["carried", "restarted"]),
    "exchange restarts the day after": (replace(TWO_YEARS, day_after=True), [carried(Carry.RESTART, "2026-05-02")],
                                        "2027-06-02", ["carried", "day-after", "restarted"]),
    "exchange, longer is new": (TWO_YEARS, [carried(Carry.LONGER, "2026-05-02")], "2027-06-01",
                                ["carried", "restarted", "carried-longer"]),
    "exchange, longer is old": (WarrantyTerms(6), [carried(Carry.LONGER, "2026-05-02")], "2026-05-02",
                                ["carried", "restarted", "carried-longer"]),
    "exchange of an unknown one": (TWO_YEARS, [carried(Carry.INHERIT, None)], None, ["carried", "carried-unknown"]),
    "exchange of a void one": (TWO_YEARS, [carried(Carry.INHERIT, "2026-05-02", void=True)], "2026-05-02",
                               ["carried", "carried-void"]),
    "the spare's own past does not count": (TWO_YEARS, [shipped("2020-01-01"), down("2021-01-01", "2021-02-01"),
                                                        carried(Carry.INHERIT, "2026-05-02")], "2026-05-02",
                                            ["carried", "carried-remainder"]),
    "downtime after an exchange": (TWO_YEARS, [carried(Carry.INHERIT, "2026-05-02"),
                                               down("2025-07-01", "2025-07-11", "70")], "2026-05-12",
                                   ["carried", "carried-remainder", "downtime"]),
    "labour apart": (replace(TWO_YEARS, labour_months=12), [shipped()], "2026-05-02", ["base", "base-labour"]),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenarios(name: str) -> None:
    terms, entries, until, codes = SCENARIOS[name]
    warranty = fold(terms, entries)
    assert (warranty.parts_until.isoformat() if warranty.parts_until else None) == until
    assert [line.code.removeprefix("warranty.") for line in warranty.trace] == codes
    for language in ("en", "zh_CN"):
        assert all("{" not in say(line.code, line.facts, translator(language)) for line in warranty.trace)


def verdict(
    warranty: Warranty, on: str, cause: CauseClass = CauseClass.COMPONENT_QUALITY, blame: Blame = Blame.OURS,
    part: str = "", *, same_fault: bool = False,
) -> WarrantyState:
    return judge(warranty, d(on), cause, blame, part=part, same_fault=same_fault).state


@pytest.mark.parametrize(
    ("on", "cause", "blame", "state"),
    [
        ("2026-05-02", CauseClass.COMPONENT_QUALITY, Blame.OURS, IN),
        ("2026-05-03", CauseClass.COMPONENT_QUALITY, Blame.OURS, OUT),
        ("2025-01-01", CauseClass.USER, Blame.USER, OUT),
        ("2025-01-01", CauseClass.ENVIRONMENT, Blame.OUTSIDE, OUT),
        ("2025-01-01", CauseClass.TRANSPORT, Blame.OURS, IN),
        ("2025-01-01", CauseClass.UNDETERMINED, Blame.OPEN, IN),
        ("2025-01-01", CauseClass.NFF, Blame.OPEN, IN),
        ("2024-04-01", CauseClass.PRODUCTION_CONTROL, Blame.OURS, IN),  # fails before its term begins
    ],
)
def test_cause_decides_with_period(on: str, cause: CauseClass, blame: Blame, state: WarrantyState) -> None:
    assert verdict(fold(TWO_YEARS, [shipped()]), on, cause, blame) is state


def test_the_trace_of_the_specification_reads_as_a_sentence() -> None:
    warranty = fold(TWO_YEARS, [shipped(), down("2025-01-01", "2025-02-11")])
    lines = judge(warranty, d("2026-01-01"), CauseClass.ENVIRONMENT, Blame.OUTSIDE).trace
    assert [say(line.code, line.facts, translator("en")) for line in lines] == [
        "shipped 2024-05-02 + 24 months = 2026-05-02",
        "repaired 41 days (R-10) → 2026-06-12",
        "2026-01-01 is within, until 2026-06-12: in",
        "cause: environment → out",
    ]


def test_the_period_is_told_beside_the_verdict() -> None:
    judged = judge(fold(TWO_YEARS, [shipped()]), d("2025-01-01"), CauseClass.USER, Blame.USER)
    assert (judged.period, judged.state, judged.until) == (IN, OUT, d("2026-05-02"))


def test_labour_may_end_before_parts() -> None:
    warranty = fold(replace(TWO_YEARS, labour_months=12), [shipped()])
    judged = judge(warranty, d("2025-09-01"), CauseClass.NFF, Blame.OPEN)
    assert (judged.state, judged.labour) == (IN, OUT)
    assert judged.trace[-1].code == "warranty.labour-out"


def test_a_term_of_no_months_covers_no_day() -> None:
    warranty = fold(WarrantyTerms(0), [shipped()])
    assert verdict(warranty, "2024-05-02") is OUT
    assert warranty.segments == ()


@pytest.mark.parametrize(
    ("terms", "entries", "state"),
    [
        (TWO_YEARS, [], UNKNOWN),
        (None, [shipped()], UNKNOWN),
        (replace(ACCEPTED, without_proof=WithoutProof.EXCLUDED),
         [accepted("2024-08-01"), ProofShown("03", d("2025-01-01"), Proof.NONE)], OUT),
        (replace(ACCEPTED, without_proof=WithoutProof.SUPERVISOR),
         [accepted("2024-08-01"), ProofShown("03", d("2025-01-01"), Proof.NONE)], UNKNOWN),
        (TWO_YEARS, [carried(Carry.INHERIT, "2026-05-02", void=True)], OUT),
    ],
)
def test_unknown_and_excluded(terms: WarrantyTerms | None, entries: list[Entry], state: WarrantyState) -> None:
    assert verdict(fold(terms, entries), "2025-09-01") is state


def test_a_void_counts_from_its_day() -> None:
    warranty = fold(TWO_YEARS, [shipped(), Voided("40", d("2025-01-01"), VoidReason.SELF_MODIFIED)])
    assert (verdict(warranty, "2024-12-31"), verdict(warranty, "2025-01-01")) == (IN, OUT)


def test_a_key_part_is_covered_alone() -> None:
    warranty = fold(TWO_YEARS, [shipped(), key("2026-04-01", "2026-04-03")])
    assert verdict(warranty, "2027-04-03", part="PSU") is IN
    assert verdict(warranty, "2027-04-04", part="PSU") is OUT
    assert verdict(warranty, "2027-01-01", part="FAN") is OUT
    assert verdict(warranty, "2027-01-01") is OUT


def test_a_warranted_repair_covers_the_same_fault_alone_even_after_a_void() -> None:
    entries = [shipped(), Voided("40", d("2025-01-01"), VoidReason.SELF_MODIFIED), key("2024-12-01", "2024-12-02"),
               RepairWarranted("60", d("2025-08-01"), 3)]
    warranty = fold(TWO_YEARS, entries)
    assert verdict(warranty, "2025-11-01", same_fault=True) is IN
    assert verdict(warranty, "2025-11-02", same_fault=True) is OUT
    assert verdict(warranty, "2025-09-01") is OUT
    assert verdict(warranty, "2025-09-01", part="PSU") is OUT


def test_the_exchange_of_an_exchanged_unit_carries_on() -> None:
    first = fold(TWO_YEARS, [shipped(), down("2025-01-01", "2025-01-11")])
    taken_over = carry(first, "A", Carry.INHERIT, d("2025-06-01"), "51")
    second = fold(TWO_YEARS, [taken_over, down("2025-07-01", "2025-07-06")])
    third = fold(TWO_YEARS, [carry(second, "B", Carry.INHERIT, d("2025-08-01"), "52")])
    assert third.parts_until == d("2026-05-17")
    assert third.trace[0].facts["serial"] == "B"


def test_labour_is_carried_apart() -> None:
    old = fold(replace(TWO_YEARS, labour_months=12), [shipped()])
    new = fold(TWO_YEARS, [carry(old, "A", Carry.INHERIT, d("2025-02-01"), "51")])
    assert (new.parts_until, new.labour_until) == (d("2026-05-02"), d("2025-05-02"))


def test_segments_for_the_life_line() -> None:
    entries = [shipped(), down("2025-01-01", "2025-01-11"), Extended("30", d("2025-03-01"), 1),
               key("2025-10-01", "2025-10-08"), Voided("40", d("2025-12-01"), VoidReason.SELF_MODIFIED)]
    assert [(s.kind, s.start, s.end) for s in fold(TWO_YEARS, entries).segments] == [
        (SegmentKind.BASE, d("2024-05-02"), d("2026-05-02")),
        (SegmentKind.DOWNTIME, d("2026-05-03"), d("2026-05-12")),
        (SegmentKind.EXTENSION, d("2026-05-13"), d("2026-06-12")),
        (SegmentKind.KEY_PART, d("2025-10-08"), d("2026-10-08")),
        (SegmentKind.VOID, d("2025-12-01"), None),
    ]


days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
ids = st.integers(100, 10**6).map(str)
terms_of_any_kind = st.builds(
    WarrantyTerms,
    months=st.integers(0, 60),
    labour_months=st.none() | st.integers(0, 60),
    start=st.sampled_from(StartEvent),
    day_after=st.booleans(),
    without_proof=st.sampled_from(WithoutProof),
    fallback=st.sampled_from(StartEvent),
    fallback_days=st.integers(0, 90),
)
downtimes = st.builds(
    lambda entry_id, day, n, counts: Downtime(entry_id, day, day + timedelta(days=n), "R", counts),
    ids, days, st.integers(0, 200), st.booleans(),
)
key_parts = st.builds(KeyPartReplaced, ids, days, st.sampled_from(["PSU", "FAN"]), st.integers(0, 36),
                      st.none() | days, st.booleans())
repairs = st.builds(RepairWarranted, ids, days, st.integers(0, 12))
any_entry = st.one_of(
    st.builds(Started, ids, days, st.sampled_from(StartEvent)),
    st.builds(ProofShown, ids, days, st.sampled_from(Proof)),
    downtimes,
    key_parts,
    repairs,
    st.builds(Extended, ids, days, st.integers(0, 24), st.integers(0, 60)),
    st.builds(Voided, ids, days, st.sampled_from(VoidReason)),
    st.builds(Carried, ids, days, st.sampled_from(Carry), st.just("OLD"), st.none() | days, st.none() | days,
              st.booleans()),
)
ledgers = st.lists(any_entry, max_size=7, unique_by=lambda e: e.entry_id)


def end(warranty: Warranty) -> date:
    return warranty.parts_until or date.min


@given(terms_of_any_kind, ledgers, downtimes)
def test_downtime_lengthens_by_its_own_days_at_most(terms: WarrantyTerms, ledger: list[Entry], claim: Downtime) -> None:
    # The claim comes last: what it makes possible for later claims is theirs, not its own.
    ledger = [e for e in ledger if not isinstance(e, Downtime | Extended | Carried) or e.day <= claim.day]
    ledger = [e for e in ledger if e.entry_id != claim.entry_id]
    claim = replace(claim, entry_id="9" * 9)
    before, after = fold(terms, ledger), fold(terms, [*ledger, claim])
    assert end(before) <= end(after)
    if before.parts_until and after.parts_until:
        assert (after.parts_until - before.parts_until).days <= (claim.until - claim.day).days


@given(terms_of_any_kind, ledgers, key_parts | repairs)
def test_a_part_and_a_repair_never_lengthen_the_unit(
    terms: WarrantyTerms, ledger: list[Entry], claim: KeyPartReplaced | RepairWarranted
) -> None:
    before, after = fold(terms, ledger), fold(terms, [*ledger, replace(claim, entry_id="9" * 9)])
    assert (after.parts_until, after.labour_until) == (before.parts_until, before.labour_until)


@given(terms_of_any_kind, ledgers, st.permutations(range(7)))
def test_the_order_of_writing_does_not_matter(terms: WarrantyTerms, ledger: list[Entry], order: list[int]) -> None:
    assert fold(terms, [ledger[n] for n in order if n < len(ledger)]) == fold(terms, ledger)


@given(terms_of_any_kind, ledgers, any_entry)
def test_an_entry_reversed_was_never_there(terms: WarrantyTerms, ledger: list[Entry], mistake: Entry) -> None:
    mistake = replace(mistake, entry_id="9" * 9)
    undone = [*ledger, mistake, Reversed("9" * 10, d("2029-01-01"), mistake.entry_id)]
    assert fold(terms, undone) == fold(terms, ledger)


@given(terms_of_any_kind, ledgers, days, st.sampled_from(CauseClass), st.sampled_from(Blame))
def test_what_the_user_or_the_outside_did_is_never_covered(
    terms: WarrantyTerms, ledger: list[Entry], on: date, cause: CauseClass, blame: Blame
) -> None:
    judged = judge(fold(terms, ledger), on, cause, blame)
    if blame in {Blame.USER, Blame.OUTSIDE}:
        assert judged.state is judged.labour is OUT
    else:
        assert judged.state is judged.period
    t = translator("zh_CN")
    assert all("{" not in say(line.code, line.facts, t) for line in judged.trace)


@given(terms_of_any_kind, ledgers, days, days)
def test_once_out_it_stays_out(terms: WarrantyTerms, ledger: list[Entry], one: date, other: date) -> None:
    one, other = sorted((one, other))
    warranty = fold(terms, ledger)
    first = judge(warranty, one, CauseClass.NFF, Blame.OPEN).period
    later = judge(warranty, other, CauseClass.NFF, Blame.OPEN).period
    assert not (first is OUT and later is not OUT)


@given(any_entry)
def test_an_entry_survives_json(entry: Entry) -> None:
    assert entry_from_dict(json.loads(json.dumps(entry_as_dict(entry)))) == entry


@given(terms_of_any_kind)
def test_terms_survive_json(terms: WarrantyTerms) -> None:
    assert WarrantyTerms.from_dict(json.loads(json.dumps(terms.as_dict()))) == terms


def test_no_terms_are_no_terms() -> None:
    assert WarrantyTerms.from_dict({}) is None


@given(days, st.integers(0, 600))
def test_months_there_and_back(day: date, months: int) -> None:
    assert whole_months(day, add_months(day, months)) == months
    assert add_months(day, months).day <= day.day
