"""Papers come from the record, in the right language, marked when printed again; on both engines."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from app.depot import Depot
from app.domain.places import Place
from app.domain.register import Selection
from app.domain.slips import FormId
from app.errors import Refused
from app.printing.raster import raster
from app.services import slips
from tests.app.printing.reading_back import PRINTED
from tests.builders import a_customer, a_received_unit, a_unit_in_qa


def text_of(printed: slips.Printed) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.pdf)).pages)


def codes_of(printed: slips.Printed) -> set[str]:
    found = set()
    for page in range(printed.pages):
        seen = raster(printed.pdf, page, 300)
        image = Image.frombytes("RGBA", (seen.width, seen.height), seen.rgba).convert("L")
        found |= {code.text for code in zxingcpp.read_barcodes(image, formats=PRINTED)}
    return found


def test_the_papers_of_a_receipt(depot: Depot) -> None:
    customer = a_customer(depot, "Siemens Energy", language="en")
    got = a_received_unit(depot, customer_id=customer.id)
    assert "H204817736" in text_of(slips.paper(depot, FormId.UNIT_LABEL, got.case_number))
    traveller = slips.paper(depot, None, got.traveller_number)
    assert "产品现场质量问题信息传递表" in text_of(traveller)
    assert got.traveller_number in codes_of(traveller)
    receipt = slips.paper(depot, None, "SH1-C2611-00001")
    assert "Receiving receipt" in text_of(receipt)      # the customer reads English
    assert "收件回执" in text_of(slips.paper(depot, None, "SH1-C2611-00001", language="zh_CN"))
    assert "SH1-H2611-00001" in codes_of(slips.paper(depot, None, "SH1-H2611-00001"))


def test_the_second_print_is_a_reprint(depot: Depot) -> None:
    got = a_received_unit(depot)
    assert "补打" not in text_of(slips.paper(depot, None, got.traveller_number))
    slips.printed(depot, [got.traveller_number])
    assert "补打" in text_of(slips.paper(depot, None, got.traveller_number))
    assert [row.prints for row in slips.listed(depot, form=FormId.TRAVELLER)] == [1]


def test_papers_of_a_unit_on_its_way_and_of_the_depot(depot: Depot) -> None:
    got = a_unit_in_qa(depot)
    numbers = [row.number for row in slips.listed(depot)]
    assert {"SH1-H2611-00001", "SH1-H2611-00002", "SH1-H2611-00003"} <= set(numbers)
    custody = text_of(slips.paper(depot, None, got.traveller_number))
    assert "SH1-H2611-00003" in custody
    assert slips.bundle(depot, numbers[:3]).pages >= 3
    assert "SH1-R2611-00001" in text_of(slips.register(depot, Selection()))
    today = depot.today()
    ledger = text_of(slips.zone_ledger(depot, Place.ZONE_PENDING, today, today))
    assert "H204817736" in ledger
    assert "CMD:PLACE:QA" in codes_of(slips.command_card(depot))


@pytest.mark.parametrize(("number", "form", "code"), [
    ("SH1-R2611-99999", None, "slips.unknown"), ("nonsense", None, "slips.unknown"),
    ("SH1-H2611-00001", FormId.QA_MARK, "slips.not-this-form"),
])
def test_a_wrong_number_is_refused(sqlite_depot: Depot, number: str, form: FormId | None, code: str) -> None:
    a_received_unit(sqlite_depot)
    with pytest.raises(Refused) as refusal:
        slips.paper(sqlite_depot, form, number)
    assert refusal.value.code == code


def test_by_the_number_of_the_case_comes_the_cases_own_paper(depot: Depot) -> None:
    got = a_received_unit(depot)
    assert got.traveller_number in codes_of(slips.paper(depot, FormId.TRAVELLER, got.case_number))
    assert "SH1-C2611-00001" in codes_of(slips.paper(depot, FormId.RECEIVING_RECEIPT, got.case_number))
    assert got.case_number in codes_of(slips.paper(depot, FormId.UNIT_LABEL, got.case_number))
