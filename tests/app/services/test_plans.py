"""What pages ask of a large depot is answered from an index: no question walks through every unit, case or move."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.register import Selection
from app.domain.repair import Scope
from app.domain.requests import Selection as Asked
from app.domain.storage import Wanted
from app.domain.travellers import Shelfmark
from app.persistence.customers import CustomerFilter
from app.services import (
    bench_sheet,
    callers,
    chase,
    counts,
    customers,
    handover_lists,
    inspection,
    ledger,
    planning,
    register,
    requests,
    returning,
    search,
    storage,
    travellers,
)
from tests.benchmarks import large

#: Tables that grow with every unit. Reading one of them from end to end is what a page must not do.
GROWING = ("units", "return_cases", "movements", "travellers", "traveller_movements", "journal", "documents",
           "handover_lines", "handover_verdicts", "search_entries")
WALK = re.compile(rf"SCAN ({'|'.join(GROWING)})\b(?! USING (COVERING )?INDEX)")
DAY = date(2026, 11, 20)
ZONE = Place.ZONE_PENDING
QUESTIONS: dict[str, Callable[[Depot], Any]] = {
    "counts": counts.live,
    "search": lambda depot: search.search(depot, "H2048"),
    "newest": search.newest,
    "board": storage.board,
    "zone": lambda depot: storage.zone_units(depot, Wanted(ZONE)),
    "planning": planning.waiting,
    "candidates": lambda depot: planning.candidates(depot, "p0"),
    "handover": lambda depot: handover_lists.ready(depot, Direction.DISPATCH),
    "offers": handover_lists.open_offers,
    "bench": lambda depot: bench_sheet.queue(depot, Scope.ALL),
    "qa": inspection.queue,
    "return": lambda depot: returning.listed(depot, "ready"),
    "register, by due day": lambda depot: register.page(depot, Selection(), order=("due", False)),
    "travellers archived": lambda depot: travellers.page(depot, Shelfmark.ARCHIVED),
    "ledger": lambda depot: ledger.lines(depot, ledger.head(depot, ZONE, DAY, DAY)),
    "late": chase.chase,
    "requests": lambda depot: requests.listed(depot, Asked()),
    "callers": lambda depot: callers.by_phone(depot, "13800138000"),
    "customers": lambda depot: customers.customers(depot, CustomerFilter()),
}


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few thousand units with statistics: the planner chooses as it would with many more."""
    path = tmp_path_factory.mktemp("big") / "depot.db"
    large.make(path, 6_000, customers=100, live=200)
    return path


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_page_walks_through_everything(big: Path, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    connect = sqlite3.connect

    def heard(*given: Any, **named: Any) -> sqlite3.Connection:
        link = connect(*given, **named)
        link.set_trace_callback(asked.append)
        return link

    monkeypatch.setattr(sqlite3.dbapi2, "connect", heard)
    depot = open_depot(str(big), operator=SYSTEM)
    QUESTIONS[question](depot)
    depot.close()
    monkeypatch.undo()
    plain = connect(big)
    questions = [sql for sql in asked if sql.lstrip().upper().startswith("SELECT")]
    walks = {
        step[3]: sql for sql in questions for step in plain.execute(f"EXPLAIN QUERY PLAN {sql}") if WALK.match(step[3])
    }
    plain.close()
    assert len(questions) > 1
    assert walks == {}
