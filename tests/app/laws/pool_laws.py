"""What must be true of spares, loaners, restocked units, quotations and borrowed parts, read from the rows."""

from __future__ import annotations

import sqlite3
from collections import Counter

from app.domain.loans import COMES_BACK, LoanFate
from tests.app.laws.laws import Row, rows

OUT = "back_at IS NULL AND written_off_at IS NULL"


def check_pool(connection: sqlite3.Connection) -> None:
    """Every law of this file."""
    units = {row["id"]: row for row in rows(connection, "SELECT * FROM units")}
    uses = rows(connection, "SELECT * FROM spare_uses")
    out = [use for use in uses if use["swapped_at"] is None and use["unused_at"] is None]
    lent = rows(connection, f"SELECT * FROM loaner_agreements WHERE {OUT}")
    _check_one_purpose(connection, units, out, lent)
    _check_owed(uses)
    _check_loaners(connection, units, lent)
    _check_departures(connection)
    _check_quotations(connection)
    check_parts(connection)


def _check_one_purpose(
    connection: sqlite3.Connection, units: dict[str, Row], out: list[Row], lent: list[Row]
) -> None:
    """A unit serves one purpose at a time and stands where that purpose has it."""
    given = rows(connection, "SELECT * FROM exchanges WHERE deleted_at IS NULL AND delivered_at IS NULL")
    busy = [row["unit_id"] for row in (*out, *lent)] + [row["new_unit_id"] for row in given]
    assert len(busy) == len(set(busy)), "a unit serves two customers at once"
    for use in out:
        assert units[use["unit_id"]]["place"] in {"FIELD", "OUTBOUND"}, use
    for agreement in lent:
        assert units[agreement["unit_id"]]["place"] in {"CUSTOMER", "FIELD"}, agreement
    kept = [row["unit_id"] for row in rows(connection, "SELECT unit_id FROM spare_reservations WHERE ended_at IS NULL")]
    assert len(kept) == len(set(kept)), "a spare is kept for two customers"
    assert all(units[unit_id]["place"] == "ZONE_SPARE" for unit_id in kept), "what is kept for somebody has left"


def _check_owed(uses: list[Row]) -> None:
    """A faulty unit is owed once."""
    owed = [
        use["replaced_unit_id"] for use in uses
        if use["owed_since"] and not (use["recovered_at"] or use["written_off_at"])
    ]
    assert len(owed) == len(set(owed)), "a unit is owed twice"


def _check_loaners(connection: sqlite3.Connection, units: dict[str, Row], lent: list[Row]) -> None:
    """A loaner is one once, at the counter or out by an agreement; a case stays open while its loaner is out."""
    there = [row["unit_id"] for row in rows(connection, "SELECT unit_id FROM loaners WHERE retired_at IS NULL")]
    assert len(set(there)) == len(there), "a unit is a loaner twice"
    away = {agreement["unit_id"] for agreement in lent}
    for unit_id in there:
        assert unit_id in away or units[unit_id]["place"] == "COUNTER", units[unit_id]
    closed = {row["id"] for row in rows(connection, "SELECT id FROM return_cases WHERE stage = 'CLOSED'")}
    assert not {agreement["case_id"] for agreement in lent} & closed, "a case closed while its loaner is out"


def _check_departures(connection: sqlite3.Connection) -> None:
    """Each leaves by its own gate: a spare marked and from zone 3, a loaner by an agreement, a restock by its form."""
    marked = {row["unit_id"] for row in rows(connection, "SELECT unit_id FROM qa_marks")}
    papers = {
        row["paper"]: row for row in rows(connection, """
            SELECT out_handover AS paper, unit_id, 'spare' AS kind FROM spare_uses
            UNION ALL SELECT out_handover, unit_id, 'loaner' FROM loaner_agreements
            UNION ALL SELECT handover, unit_id, 'restock' FROM restocks""")
    }
    seen: Counter[str] = Counter()
    for move in rows(connection, "SELECT * FROM movements WHERE reverses_id IS NULL"):
        paper = papers.get(move["document_number"])
        if paper is None:
            assert (move["from_place"], move["to_place"]) != ("ZONE_SPARE", "STORES"), f"no form: {move}"
            assert move["from_place"] != "ZONE_SPARE" or move["to_place"] not in {"FIELD", "OUTBOUND"}, move
            continue
        assert move["unit_id"] == paper["unit_id"], f"another unit left on the paper: {move}"
        seen[move["document_number"]] += 1
        if paper["kind"] == "loaner":
            assert move["from_place"] == "COUNTER", move
        else:
            assert move["from_place"] == "ZONE_SPARE", move
            assert move["unit_id"] in marked, f"a spare without a mark left: {move}"
    assert all(seen[paper] == 1 for paper in papers), "a paper moved nothing, or twice"


def _check_quotations(connection: sqlite3.Connection) -> None:
    """One question to the customer at a time, and the case waits with it."""
    asked = rows(connection, """SELECT q.case_id, c.number, c.stage FROM quotations q
        JOIN return_cases c ON c.id = q.case_id WHERE q.state = 'SENT' AND q.deleted_at IS NULL""")
    assert len({row["case_id"] for row in asked}) == len(asked), "a customer is asked twice"
    for row in asked:
        assert row["stage"] == "AWAITING_CUSTOMER", row


def check_parts(connection: sqlite3.Connection) -> None:
    """No lot was ever below nothing; what a loan took off the shelves is what is still out or was used up or lost."""
    lots: Counter[tuple[str, str, str]] = Counter()
    by_loan: Counter[str] = Counter()
    for move in rows(connection, "SELECT * FROM part_movements ORDER BY seq"):
        lot = (move["part_id"], move["place_id"], move["grade"])
        lots[lot] += move["quantity"]
        assert lots[lot] >= 0, f"below nothing: {move}"
        by_loan[move["document_number"] or ""] += move["quantity"]
    back: Counter[str] = Counter()
    accounted: Counter[str] = Counter()
    for entry in rows(connection, "SELECT * FROM loan_returns"):
        accounted[entry["line_id"]] += entry["quantity"]
        if LoanFate(entry["fate"]) in COMES_BACK:
            back[entry["loan_id"]] += entry["quantity"]
    lines = rows(connection, "SELECT * FROM loan_lines")
    for loan in rows(connection, "SELECT * FROM loans"):
        mine = [line for line in lines if line["loan_id"] == loan["id"]]
        still = [line["quantity"] - accounted[line["id"]] for line in mine]
        assert all(0 <= left <= line["quantity"] for left, line in zip(still, mine, strict=True)), loan
        assert (loan["cleared_at"] is not None) == (sum(still) == 0), loan
        taken = 0 if loan["deleted_at"] is not None else sum(line["quantity"] for line in mine) - back[loan["id"]]
        assert by_loan[loan["number"]] == -taken, f"the shelves and the loan disagree: {loan}"
