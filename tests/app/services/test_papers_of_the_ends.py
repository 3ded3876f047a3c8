"""F12, F13 and F14 made from the record, in the reader's language and without articles for customers."""

from __future__ import annotations

from app.depot import Depot
from app.domain.scrap import ScrapDestination
from app.services import determination, scrap, slips
from app.services.scrap import Scrapping
from tests.app.printing.reading_back import text_of
from tests.app.services.test_determination import a_conclusion, in_the_lab
from tests.app.services.test_exchange import SPARE, swap
from tests.app.services.test_scrap import a_destining
from tests.builders import a_customer, as_person, own
from tests.ends import a_ber_unit, a_spare, approve_scrap, the_product


def said(depot: Depot, number: str, language: str = "") -> str:
    return text_of(slips.paper(depot, None, number, language=language).pdf)


def test_the_exchange_slip_speaks_the_customers_language(depot: Depot) -> None:
    product = the_product(depot)
    a_spare(depot, product)
    got = a_ber_unit(depot, product, customer_id=a_customer(depot, "Rail Ltd", language="en").id)
    text = said(depot, swap(depot, got.case_id, charge_fen=12300).number)
    for words in ("Exchange slip", "H204817736", SPARE, "2028-03-02", "¥123.00", "Repaired spare"):
        assert words in text
    assert "art." not in text


def test_the_scrap_form_names_the_determination_and_who_approved(depot: Depot) -> None:
    got = in_the_lab(depot)
    judged = determination.determine(as_person(depot, "engineer"), a_conclusion(got.case_id))
    paper = said(depot, judged.number)
    for words in ("技术认定", "高温老化 72 h", "未复现", "孙工", "报废"):
        assert words in paper
    approve_scrap(depot, got.case_id)
    scrapped = scrap.carry_out(depot, Scrapping(got.case_id, giver=own("engineer"), receiver=own()))
    before = said(depot, scrapped.number)
    assert judged.number in before
    assert "总经理" in before
    assert "存放于报废品处置区" in before
    scrap.dispose(depot, a_destining(
        scrapped.scrap_id, destination=ScrapDestination.LAB, receiver=own("engineer"), how=None, by_whom="", witness=""
    ))
    assert "Scrap form" in said(depot, scrapped.number, "en")
