"""The one box finds a unit by whatever people know of it, on both engines."""

from __future__ import annotations

import pytest

from app.depot import Depot
from app.domain.search import Reach
from app.services import search
from tests.builders import a_customer, a_product, a_received_unit


@pytest.fixture
def stocked(depot: Depot) -> Depot:
    railway = a_customer(depot, "中车株洲所")
    display = a_customer(depot, "京东方（合肥）光电")
    single = a_customer(depot, "单氏仪器")
    foreign = a_customer(depot, "Siemens Energy")
    supply = a_product(depot, "PSU-4800W")
    panel = a_product(depot, "HMI-15", name_zh="触控屏", name_en="Touch panel")
    for serial, product, customer in (
        ("H204817736", supply, railway), ("H204817740", supply, display), ("B050017772", panel, single),
        ("0042", panel, foreign),
    ):
        a_received_unit(depot, serial, product_id=product.id, customer_id=customer.id)
    return depot


@pytest.mark.parametrize(
    ("typed", "serials", "reach"),
    [
        ("h204817736", ["H204817736"], Reach.EXACT),
        ("Ｈ２０４８１７７３６", ["H204817736"], Reach.EXACT),
        ("SH1-R2611-00003", ["B050017772"], Reach.NUMBER),
        ("H2048", ["H204817736", "H204817740"], Reach.PREFIX),
        ("7736", ["H204817736"], Reach.SUFFIX),
        ("0042", ["0042"], Reach.EXACT),
        ("04817", ["H204817740", "H204817736"], Reach.INSIDE),
        ("4800w", ["H204817740", "H204817736"], Reach.INSIDE),
        ("中车", ["H204817736"], Reach.NAME),
        ("株洲所", ["H204817736"], Reach.NAME),
        ("光", ["H204817740"], Reach.NAME),
        ("触控", ["0042", "B050017772"], Reach.NAME),
        ("zczz", ["H204817736"], Reach.NAME),
        ("hfgd", ["H204817740"], Reach.NAME),
        ("dsyq", ["B050017772"], Reach.NAME),
        ("ssyq", ["B050017772"], Reach.NAME),
        ("siem", ["0042"], Reach.NAME),
        ("中车 4800", ["H204817736"], Reach.INSIDE),
        ("不存在", [], None),
    ],
)
def test_what_people_type_finds_the_unit(stocked: Depot, typed: str, serials: list[str], reach: Reach | None) -> None:
    found = search.search(stocked, typed)
    assert [hit.serial for hit in found.hits] == serials
    assert {hit.reach for hit in found.hits} == ({reach} if reach else set())


@pytest.mark.parametrize("typed", ["", "   ", "\"", "' OR 1=1 --", "*", "%", "_", "(", "a\" AND \"b", "\x00", "—"])
def test_nothing_typed_breaks_the_search(stocked: Depot, typed: str) -> None:
    assert search.search(stocked, typed).text == typed
