"""Everything that is on record has a name that people know, in both languages (spec 4, the conflict inbox)."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest

from app.domain.money import Money
from app.domain.places import Place
from app.domain.receiving import Urgency
from app.domain.rulings import Outcome
from app.i18n import translator
from app.labels.record_fields import FIELDS
from app.labels.records import BOOKKEEPING, TABLES, record, records
from app.persistence import naming
from app.persistence.tables import metadata

STAMPED = [table for table in metadata.sorted_tables if table.info["stamped"]]


def test_every_table_and_column_of_the_record_has_a_name() -> None:
    assert {table.name for table in STAMPED} == set(TABLES)
    columns = {column.name for table in STAMPED for column in table.columns}
    assert columns - BOOKKEEPING == set(FIELDS)
    assert not [name for name in (*TABLES.values(), *FIELDS.values()) if re.search(r"_|\bid\b|[<>{}]", name)]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_table_or_column_is_shown_by_its_own_name(language: str) -> None:
    t = translator(language)
    assert not [name for name in FIELDS if "_" in name and t(FIELDS[name]) == name]
    assert record("return_cases", t) == {"zh_CN": "返修单", "en": "Case"}[language]
    assert records(["units", "return_cases"], t) == {"zh_CN": "产品记录、返修单", "en": "Unit record, Case"}[language]
    assert record("of_a_newer_program", t) == "of_a_newer_program"


@pytest.mark.parametrize(("table", "column", "raw", "means"), [
    ("return_cases", "received_at", 1_795_330_702_516_214,
     datetime(2026, 11, 22, 6, 58, 22, 516_214, tzinfo=UTC)),
    ("return_cases", "promised_on", "2026-12-01", date(2026, 12, 1)),
    ("return_cases", "urgency", "SPECIAL", Urgency.SPECIAL),
    ("return_cases", "urgency", "of a newer program", "of a newer program"),
    ("return_cases", "return_needed", 1, True),
    ("units", "place", "REPAIR", Place.REPAIR),
    ("units", "manufactured_on", "no day", "no day"),
    ("payments", "amount_fen", 123_450, Money(123_450)),
    ("dispositions", "outcomes", json.dumps(["REPAIR", "NEW"]), [Outcome.REPAIR, "NEW"]),
    ("return_cases", "of_a_newer_program", 7, 7),
    ("return_cases", "note", "", None),
    ("users", "pin_hash", "$argon2id$…", naming.UNNAMED),
])
def test_a_raw_value_is_read_by_its_column(table: str, column: str, raw: object, means: object) -> None:
    assert naming.typed(table, column, raw) == means
