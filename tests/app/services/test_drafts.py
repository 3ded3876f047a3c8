"""Drafts, on both engines."""

from __future__ import annotations

from app.depot import Depot, open_depot
from app.services import drafts
from tests.conftest import as_person


def test_a_draft_outlives_the_program(depot: Depot, database_url: str) -> None:
    drafts.save_draft(depot, "receiving.intake", "", '{"serial": "H2", "客户": "中车"}')
    drafts.save_draft(depot, "receiving.intake", "", '{"serial": "H20", "客户": "中车"}')
    again = open_depot(database_url, operator=depot.operator)
    assert drafts.load_draft(again, "receiving.intake", "") == '{"serial": "H20", "客户": "中车"}'
    again.close()


def test_everybody_has_drafts_of_their_own(depot: Depot) -> None:
    drafts.save_draft(depot, "receiving.intake", "", "{}")
    assert drafts.load_draft(as_person(depot, "clerk2"), "receiving.intake", "") is None


def test_a_dropped_draft_is_gone(depot: Depot) -> None:
    drafts.save_draft(depot, "receiving.intake", "x", '{"a": 1}')
    drafts.drop_draft(depot, "receiving.intake", "x")
    drafts.drop_draft(depot, "receiving.intake", "x")
    assert drafts.load_draft(depot, "receiving.intake", "x") is None
