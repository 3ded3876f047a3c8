"""A depot of any size, written straight into the tables: what the benchmarks look at.

``python -m tests.benchmarks.large FILE UNITS`` makes one to keep.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import uuid
from pathlib import Path

from app.domain.search import name_tokens, serial_tokens
from app.services.founding import found
from app.services.search import _initials
from tests.conftest import CHEAP, FOUNDING, FakeClock, Ids

HAN = (
    "华中东南西北京海上广深圳天津重庆成都武汉科技电子光机械仪器"
    "信息通讯能源铁路航空医疗自动化设备股份有限公司集团研究所"
)
MODELS = ("PSU-4800W", "HMI-15", "INV-30K", "IPC-610L", "BE-2100", "CTRL-8X", "RTU-200", "CAM-IR7")


def make(path: Path, units: int, customers: int = 60_000, seed: int = 1, live: int = 30_000) -> None:
    """Found a depot at ``path`` and give it ``units`` units, each with a case; the newest ``live`` are in the house."""
    found(str(path), FOUNDING, clock=FakeClock(), new_id=Ids(), hashing=CHEAP).close()
    chance = random.Random(seed)
    link = sqlite3.connect(path, isolation_level=None)
    link.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; BEGIN")
    names = _customers(link, chance, customers)
    products = _products(link)
    _units(link, chance, units, names, products, live)
    link.execute("COMMIT")
    link.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")
    link.execute("ANALYZE")
    link.execute("PRAGMA journal_mode=WAL")
    link.close()


def _customers(link: sqlite3.Connection, chance: random.Random, count: int) -> list[tuple[str, tuple[str, ...]]]:
    made = []
    rows = []
    for n in range(count):
        name = "".join(chance.choice(HAN) for _ in range(chance.randint(4, 9)))
        row_id = f"c{n:08d}"
        made.append((row_id, tuple(name_tokens(name, _initials(name)[:2]))))
        rows.append((row_id, f"C{n}", name, n + 1))
    link.executemany(
        "INSERT INTO customers (depot_id, id, code, name, kind, address, contact, phone, email, language,"
        " distance_class, note, proposed, active, origin, seq)"
        " VALUES ('SH1', ?, ?, ?, 'END_USER', '', '', '', '', 'zh_CN', '', '', 0, 1, 1, ?)", rows,
    )
    return made


def _products(link: sqlite3.Connection) -> list[tuple[str, tuple[str, ...]]]:
    made = []
    for n, model in enumerate(MODELS):
        row_id = f"p{n}"
        made.append((row_id, (*serial_tokens(model), *name_tokens(model))))
        link.execute(
            "INSERT INTO products (depot_id, id, model, name_zh, name_en, line, control, serial_rule,"
            " storage_condition, price_class, warranty, soak_minutes, note, proposed, active, origin, seq)"
            " VALUES ('SH1', ?, ?, '模块', 'Module', '', 'SERIAL', '{}', '', '', '{}', 0, '', 0, 1, 1, ?)",
            (row_id, model, 1_000_000 + n),
        )
    return made


STAGES = (("RECEIVED", "ZONE_PENDING"), ("RELEASED", "ZONE_PENDING"), ("IN_REPAIR", "REPAIR"), ("IN_QA", "QA"),
          ("PASSED", "COUNTER"), ("READY_TO_RETURN", "ZONE_REPAIRED"), ("SPARE", "ZONE_SPARE"))


def _units(
    link: sqlite3.Connection, chance: random.Random, count: int, customers: list[tuple[str, tuple[str, ...]]],
    products: list[tuple[str, tuple[str, ...]]], live: int,
) -> None:
    start = 1_700_000_000_000_000
    for base in range(0, count, 20_000):
        units, cases, moves, entries, travellers = [], [], [], [], []
        for n in range(base, min(base + 20_000, count)):
            serial = f"{chance.choice('BHKS')}{chance.randrange(10**9):09d}{n % 97:02d}"
            customer, customer_words = chance.choice(customers)
            product, product_words = chance.choice(products)
            stage, place = STAGES[n % len(STAGES)] if n >= count - live else ("CLOSED", "CUSTOMER")
            unit, case = str(uuid.UUID(int=n + 1)), str(uuid.UUID(int=n + 1 + (1 << 64)))
            at = start + n * 60_000_000
            due = f"2026-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
            units.append((unit, product, serial, serial[::-1], serial, customer, place, at, case, n))
            number = f"SH1-R{20 + n // 400000:02d}01-{n + 1:05d}"
            cases.append((case, number, unit, product, customer, stage, at, at, due, n))
            travellers.append((f"t{n:09d}", f"SH1-T2001-{n + 1:05d}", case, unit, place, at, n))
            moves.append((f"m{n:09d}", unit, case, place, at, n))
            words = dict.fromkeys((*serial_tokens(serial), *product_words, *customer_words))
            entries.append((n + 1, unit, " ".join(words)))
        link.executemany(
            "INSERT INTO units (depot_id, id, product_id, serial, serial_reversed, serial_as_read, tagged, lot,"
            " customer_id, storage_condition, place, placed_at, movement_no, case_id, note, origin, seq)"
            " VALUES ('SH1', ?, ?, ?, ?, ?, 0, '', ?, '', ?, ?, 1, ?, '', 2, ?)", units,
        )
        link.executemany(
            "INSERT INTO return_cases (depot_id, id, number, unit_id, product_id, customer_id, stage, visit_no,"
            " urgency, method, brought_by, waybill, site, contact, contact_phone, phase, symptom, symptom_code, tried,"
            " condition,"
            " return_needed, spare_left_serial, warranty_proof, warranty, reported_at, received_at, due_on,"
            " found_at_repair, policy_version, external_id, external_outcome, note, origin, seq)"
            " VALUES ('SH1', ?, ?, ?, ?, ?, ?, 1, 'ROUTINE', 'CARRIED', 'CUSTOMER', '', '', '', '', 'OPERATION',"
            " '无输出', '', '', '', 1, '', '', '', ?, ?, ?, 0, '', '', '', '', 3, ?)", cases,
        )
        link.executemany(
            "INSERT INTO travellers (depot_id, id, number, case_id, unit_id, place, placed_at, movement_no,"
            " archive_position, origin, seq) VALUES ('SH1', ?, ?, ?, ?, ?, ?, 1, '', 5, ?)", travellers,
        )
        link.executemany(
            "INSERT INTO movements (depot_id, id, unit_id, case_id, ordinal, from_place, to_place, document_number,"
            " reason, at, by, origin, seq) VALUES ('SH1', ?, ?, ?, 1, 'FIELD', ?, '', '', ?, 'u', 4, ?)", moves,
        )
        link.executemany("INSERT INTO search_entries (no, depot_id, unit_id, tokens) VALUES (?, 'SH1', ?, ?)", entries)
        link.executemany("INSERT INTO search_words (rowid, tokens) VALUES (?, ?)", [(e[0], e[2]) for e in entries])


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
