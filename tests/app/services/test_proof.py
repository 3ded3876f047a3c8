"""A signed mark is genuine, and says so when its record changes; a forged one is found out, from a photo too."""

from __future__ import annotations

import base64
from pathlib import Path

import pypdfium2
import pytest
from base45 import b45decode, b45encode

from app.depot import Depot
from app.domain.inspection_runs import MarkMethod, QaMark
from app.domain.numbering import DocumentType
from app.domain.proof import ProofState
from app.domain.slips import FormId
from app.errors import Refused
from app.persistence import inspection as inspection_rows
from app.persistence import node
from app.services import accounts, inspection, people, proof, slips
from app.services.inspection import Marked
from tests.app.services.test_inspection import BASIC, passing
from tests.app.services.test_verifying import behind_the_back
from tests.builders import a_unit_in_qa, own
from tests.conftest import as_person


def a_marked_unit(depot: Depot) -> Marked:
    case = a_unit_in_qa(depot)
    return inspection.pass_and_mark(as_person(depot, "inspector"), passing(case.case_id, BASIC))


def slip_number(depot: Depot, case_id: str, unit_id: str) -> str:
    """A repair slip of the case."""
    with as_person(depot, "clerk").write() as tx:
        (number,) = node.next_number(tx, DocumentType.REPAIR_SLIP, depot.today())
        node.record_document(
            tx, number, DocumentType.REPAIR_SLIP, "F8", subject_kind="case", subject_id=case_id, case_id=case_id,
            unit_id=unit_id)
    return number


def code(depot: Depot, mark: QaMark) -> str:
    with depot.read() as tx:
        return proof.code_of(tx, mark)


def test_a_new_mark_is_genuine(depot: Depot) -> None:
    marked = a_marked_unit(depot)
    text = code(depot, marked.mark)
    assert text.startswith(marked.mark.number + "/")
    found = proof.check(depot, text)
    assert (found.state, found.number, found.inspector) == (ProofState.GENUINE, marked.mark.number, "王建国")
    assert proof.check(depot, text.lower().upper()) == found
    assert proof.check(depot, marked.mark.number).state is ProofState.UNSIGNED


@pytest.mark.parametrize("sql", [
    "UPDATE inspection_readings SET value = '99' WHERE ordinal = 1",
    "UPDATE units SET serial = 'SOMETHING-ELSE'",
    "UPDATE qa_marks SET stamp_no = 'QA99'",
    "UPDATE inspections SET soak_minutes = soak_minutes + 1",
])
def test_a_changed_record_is_told(depot: Depot, sql: str) -> None:
    marked = a_marked_unit(depot)
    text = code(depot, marked.mark)
    behind_the_back(depot, sql)
    assert proof.check(depot, text).state is ProofState.CHANGED


def test_a_forged_code_is_found_out(depot: Depot) -> None:
    marked = a_marked_unit(depot)
    number, _slash, signed = code(depot, marked.mark).partition("/")
    held = bytearray(b45decode(signed))
    for place in (0, 40, 79):
        wrong = bytearray(held)
        wrong[place] ^= 1
        assert proof.check(depot, f"{number}/{b45encode(bytes(wrong)).decode()}").state is ProofState.FORGED
    other = number[:-1] + ("1" if number[-1] != "1" else "2")
    assert proof.check(depot, f"{other}/{signed}").state is ProofState.UNKNOWN


@pytest.mark.parametrize("text", ["", "hello", "SH1-R2611-00001", "SH1-M2611-00001/ABC", "SH1-M2611-00001/äöü"])
def test_what_is_no_mark_is_refused(depot: Depot, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        proof.check(depot, text)
    assert refusal.value.code == "proof.not-a-mark"


def test_a_replaced_mark_says_by_which(depot: Depot) -> None:
    marked = a_marked_unit(depot)
    text = code(depot, marked.mark)
    again = inspection.mark_again(
        as_person(depot, "inspector"), marked.case_id, "标签脱落", own("inspector"), MarkMethod.AFFIXED)
    found = proof.check(depot, text)
    assert (found.state, found.now) == (ProofState.VOID, again.mark.number)
    assert proof.check(depot, code(depot, again.mark)).state is ProofState.GENUINE


def test_a_slip_of_an_older_mark_names_the_mark_that_took_its_place(depot: Depot) -> None:
    marked = a_marked_unit(depot)
    slip = slip_number(depot, marked.case_id, marked.mark.unit_id)
    with depot.read() as tx:
        older = proof.code_of(tx, marked.mark, slip)
    assert proof.check(depot, older).state is ProofState.GENUINE
    again = inspection.mark_again(
        as_person(depot, "inspector"), marked.case_id, "标签脱落", own("inspector"), MarkMethod.AFFIXED)
    found = proof.check(depot, older)
    assert (found.state, found.number, found.now) == (ProofState.VOID, marked.mark.number, again.mark.number)
    with depot.read() as tx:
        newer = proof.code_of(tx, again.mark, slip)
    found = proof.check(depot, newer)
    assert (found.state, found.number) == (ProofState.GENUINE, again.mark.number)
    assert proof.check(depot, slip).number == again.mark.number


@pytest.mark.parametrize("tables", [("mark_signatures",), ("mark_signatures", "signing_keys")])
def test_a_signed_code_whose_signature_is_gone_from_the_record_is_no_good_news(
    depot: Depot, tables: tuple[str, ...]
) -> None:
    marked = a_marked_unit(depot)
    text = code(depot, marked.mark)
    for table in tables:
        behind_the_back(depot, f"DELETE FROM {table}")
    assert proof.check(depot, text).state is ProofState.CHANGED


def test_a_secret_opens_its_own_key_only_and_a_new_one_makes_a_new_key(depot: Depot) -> None:
    marked = a_marked_unit(depot)
    (user,) = [u for u in people.users(depot) if u.login == "inspector"]
    accounts.reset_secrets(as_person(depot, "admin"), user.id, pin="8305")
    again = inspection.mark_again(
        as_person(depot, "inspector"), marked.case_id, "标签脱落", own("inspector", "8305"), MarkMethod.AFFIXED)
    with depot.read() as tx:
        from app.persistence import proof as rows

        keys = rows.keys_of(tx, user.id)
        first, second = rows.signature_of(tx, marked.mark.id), rows.signature_of(tx, again.mark.id)
    assert first is not None
    assert second is not None
    assert {first.key_id, second.key_id} == {key.id for key in keys}
    assert len(keys) == 2
    assert all(len(base64.b64decode(key.public)) == 32 for key in keys)
    assert proof.check(depot, code(depot, marked.mark)).state is ProofState.VOID    # old keys still prove


def test_the_codes_on_paper_are_read_back_from_a_picture(depot: Depot, tmp_path: Path) -> None:
    marked = a_marked_unit(depot)
    label = slips.paper(depot, FormId.QA_MARK, marked.mark.number)
    pdf = tmp_path / "mark.pdf"
    pdf.write_bytes(label.pdf)
    assert proof.check_image(depot, pdf).state is ProofState.GENUINE
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=203 / 72).to_pil()      # as a label printer has it
    picture.rotate(7, expand=True, fillcolor="white").save(tmp_path / "photo.jpg", quality=60)
    assert proof.check_image(depot, tmp_path / "photo.jpg").state is ProofState.GENUINE


def test_a_picture_without_a_code_and_a_file_that_is_none_are_told_apart(depot: Depot, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("L", (300, 200), 255).save(tmp_path / "white.png")
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    wanted_of = {"white.png": "proof.no-code", "text.png": "proof.no-picture", "no.pdf": "proof.no-picture"}
    for name, wanted in wanted_of.items():
        with pytest.raises(Refused) as refusal:
            proof.check_image(depot, tmp_path / name)
        assert refusal.value.code == wanted


def test_the_run_and_its_readings_are_what_is_signed(depot: Depot) -> None:
    marked = a_marked_unit(depot)
    with depot.read() as tx:
        runs = inspection_rows.runs(tx, marked.case_id)
    assert runs[-1].readings
