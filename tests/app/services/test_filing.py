"""Signed papers come back as scans and file themselves; what cannot waits with its reason; on both engines."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from app.depot import Depot
from app.domain.filing import FilingReason, NextStep, PageState, read_codes
from app.domain.returning import Packing, Proof, SendMethod
from app.domain.signing import OutsideSignature, Party
from app.domain.slips import FormId
from app.errors import Cancelled, Refused
from app.i18n import translator
from app.persistence import filing as rows
from app.printing import render
from app.services import (
    attachments,
    chase,
    counts,
    filing,
    returning,
    scan_reading,
    signed_papers,
    slips,
    today,
    undoing,
)
from app.services.filing import Fate
from tests import sample_slips as samples
from tests.app.services.test_returning import a_passed_unit
from tests.builders import a_received_unit, as_person, outside, own
from tests.conftest import FakeClock
from tests.worn_paper import as_pdf, page, with_code, worn

#: Papers with a box to sign.
SIGNED = (
    FormId.TRAVELLER, FormId.RECEIVING_RECEIPT, FormId.HANDOVER_SLIP, FormId.REPAIR_SLIP, FormId.FEEDBACK_SLIP,
    FormId.PACKING_SLIP, FormId.RETURN_NOTICE, FormId.EXCHANGE_SLIP, FormId.SCRAP_FORM, FormId.SPARE_USE,
    FormId.LOAN_SLIP, FormId.LOANER_AGREEMENT, FormId.QUOTATION,
)


def a_file(folder: Path, *pictures: Image.Image, name: str = "scan.pdf") -> Path:
    path = folder / name
    if path.suffix == ".pdf":
        path.write_bytes(as_pdf(pictures))
    else:
        pictures[0].save(path)
    return path


def a_sent_unit(depot: Depot) -> tuple[str, dict[str, str]]:
    """A unit on its way to the customer: its case and the number of each of its papers, by form."""
    got = a_passed_unit(depot)
    returning.put_away(depot, [got.case_id], return_needed=True)
    packed = returning.pack(depot, Packing((got.case_id,), SendMethod.COURIER, "张工", address="株洲", carrier="顺丰"))
    returning.send(depot, packed.shipment_id, own(), outside("快递员", Party.CARRIER))
    numbers = {row.form: row.number for row in slips.listed(depot)}
    return got.case_id, numbers | {"shipment": packed.shipment_id}


def deliver(depot: Depot, shipment_id: str) -> None:
    returning.deliver(depot, shipment_id, outside("快递员", Party.CARRIER),
                      OutsideSignature(Party.CUSTOMER, "张工", on_paper=True), proof=Proof.PAPER)


def paper(depot: Depot, number: str, language: str = "zh_CN") -> Image.Image:
    return page(slips.paper(depot, None, number, language=language))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("form", SIGNED)
def test_every_paper_with_a_signature_is_known_again_however_it_was_scanned(form: FormId, language: str) -> None:
    number, make = samples.SAMPLES[form]
    printed = render(make(language), samples.head(number, language), translator(language))
    chance = Random(f"{form}{language}")
    for place in range(min(printed.pages, 2)):
        sheet = worn(page(printed, place), 90 * chance.randrange(4), chance)
        (read,) = scan_reading.read("s.pdf", as_pdf([sheet]))
        with Image.open(io.BytesIO(read.content)) as kept:
            assert (kept.height > kept.width) == (printed.paper.height > printed.paper.width)   # upright
        found = read_codes(read.codes, number.partition("-")[0])
        assert (found.number, found.reason) == (number, None)


@pytest.mark.parametrize(("engine", "language"), [
    ("sqlite", "zh_CN"), ("sqlite", "en"), pytest.param("postgresql", "zh_CN", marks=pytest.mark.postgres),
])
def test_a_pile_of_scans_files_itself(depot: Depot, tmp_path: Path, language: str) -> None:
    case_id, numbers = a_sent_unit(depot)
    forms, chance = ("F1", "F2", "F5", "F8", "F9", "F10"), Random(language)
    sheets = [
        worn(paper(depot, numbers[form], language), turned, chance)
        for form, turned in zip(forms, (0, 90, 180, 270, 90, 180), strict=True)
    ]
    done = filing.file_scans(depot, [a_file(tmp_path, *sheets)])
    assert [(p.fate, p.number, p.source_page) for p in done.pages] == [
        (Fate.FILED, numbers[form], place) for place, form in enumerate(forms, 1)]
    assert [p.step for p in done.pages] == [
        None, None, None, NextStep.RECORD_DELIVERY, NextStep.KEY_ANSWERS, NextStep.RECORD_DELIVERY]
    with depot.read() as tx:
        assert rows.forms_signed(tx, case_id) == ("F1", "F10", "F2", "F5", "F8", "F9")
    captions = {row.caption for row in attachments.of_case(depot, case_id)}
    assert {numbers[form] for form in forms} == captions
    assert signed_papers.picture(depot, done.pages[0].scan_id)[:2] == b"\xff\xd8"


def test_the_same_scan_again_changes_nothing(depot: Depot, tmp_path: Path) -> None:
    got = a_received_unit(depot)
    scan = a_file(tmp_path, paper(depot, got.traveller_number))
    assert filing.file_scans(depot, [scan]).count(Fate.FILED) == 1
    again = filing.file_scans(depot, [scan, scan])
    assert [p.fate for p in again.pages] == [Fate.KNOWN, Fate.KNOWN]
    assert len(signed_papers.filed(depot)) == 1
    assert len(attachments.of_case(depot, got.case_id)) == 1


def test_what_cannot_file_itself_waits_with_its_reason(depot: Depot, tmp_path: Path) -> None:
    got = a_received_unit(depot)
    chance = Random(7)
    sheet = paper(depot, got.traveller_number)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing of use")
    made = [
        a_file(tmp_path, sheet, name="first.png"),
        a_file(tmp_path, with_code("https://example.com/p/17"), name="foreign.png"),
        a_file(tmp_path, with_code("BJ2-F2611-00007"), name="elsewhere.png"),
        a_file(tmp_path, with_code("SH1-F2611-99999"), name="unknown.png"),
        a_file(tmp_path, with_code(got.case_number), name="label.png"),
        a_file(tmp_path, worn(sheet, 90, chance), name="second.pdf"),
        a_file(tmp_path, Image.new("RGB", (1600, 2300), "white"), name="blank.png"),
        tmp_path / "broken.pdf",
    ]
    done = filing.file_scans(depot, made)
    assert [p.reason for p in done.pages] == [
        None, FilingReason.FOREIGN_CODE, FilingReason.OTHER_DEPOT, FilingReason.UNKNOWN_NUMBER,
        FilingReason.NOT_A_PAPER, FilingReason.SECOND_COPY, FilingReason.NO_CODE, FilingReason.UNREADABLE,
    ]
    waiting = signed_papers.inbox(depot)
    assert [(w.source, w.state) for w in waiting] == [(p.name, PageState.WAITING) for p in made[1:]]
    assert waiting[4].number == got.traveller_number    # the copy that is to be judged names the page it repeats
    assert counts.live(depot)["feedback"].number == 7
    assert len(attachments.of_case(depot, got.case_id)) == 1


def test_a_void_paper_waits(depot: Depot, tmp_path: Path) -> None:
    got = a_passed_unit(depot)
    returning.put_away(depot, [got.case_id], return_needed=True)
    packed = returning.pack(depot, Packing((got.case_id,), SendMethod.COURIER, "张工", address="株洲", carrier="顺丰"))
    number = packed.slip_numbers[0][2]
    sheet = paper(depot, number)
    undoing.undo(depot, packed.entry_id)
    (done,) = filing.file_scans(depot, [a_file(tmp_path, sheet)]).pages
    assert (done.fate, done.reason) == (Fate.WAITING, FilingReason.VOID)
    with pytest.raises(Refused) as refusal:
        filing.match(depot, done.scan_id, number)
    assert refusal.value.code == "filing.void"


def test_the_inbox_is_matched_by_hand_rejected_and_taken_back(depot: Depot, tmp_path: Path) -> None:
    got = a_received_unit(depot)
    blank = Image.new("RGB", (800, 1100), "white")
    (page_,) = filing.file_scans(depot, [a_file(tmp_path, blank, name="x.png")]).pages
    with pytest.raises(Refused) as refusal:
        filing.match(depot, page_.scan_id, "SH1-T2611-09999")
    assert (refusal.value.code, refusal.value.field) == ("filing.unknown-number", "number")
    found = {row.number for row in signed_papers.candidates(depot, got.case_number)}
    assert got.traveller_number in found
    matched = filing.match(depot, page_.scan_id, got.traveller_number)
    assert signed_papers.inbox(depot) == ()
    assert [line.row.number for line in signed_papers.filed(depot, got.traveller_number)] == [got.traveller_number]
    with pytest.raises(Refused) as refusal:
        filing.reject(depot, page_.scan_id, "nothing on it")
    assert refusal.value.code == "filing.not-waiting"
    undoing.undo(depot, matched.entry_id)
    assert [w.reason for w in signed_papers.inbox(depot)] == [FilingReason.NO_CODE]
    assert attachments.of_case(depot, got.case_id) == ()
    with pytest.raises(Refused) as refusal:
        filing.reject(depot, page_.scan_id, "  ")
    assert refusal.value.code == "filing.reason-missing"
    rejected = filing.reject(depot, page_.scan_id, "空白页")
    assert signed_papers.inbox(depot) == ()
    undoing.undo(depot, rejected.entry_id)
    assert len(signed_papers.inbox(depot)) == 1


def test_a_filing_that_was_taken_back_waits_and_may_be_filed_again(depot: Depot, tmp_path: Path) -> None:
    got = a_received_unit(depot)
    scan = a_file(tmp_path, paper(depot, got.traveller_number))
    (done,) = filing.file_scans(depot, [scan]).pages
    undoing.undo(depot, done.entry_id)
    (waiting,) = signed_papers.inbox(depot)
    assert (waiting.reason, waiting.number) == (FilingReason.TAKEN_BACK, got.traveller_number)
    filing.match(depot, waiting.id, got.traveller_number)
    assert len(attachments.of_case(depot, got.case_id)) == 1


def test_scans_are_put_away_only_when_they_are_done(sqlite_depot: Depot, tmp_path: Path) -> None:
    got = a_received_unit(sqlite_depot)
    good, empty = a_file(tmp_path, paper(sqlite_depot, got.traveller_number)), tmp_path / "empty.pdf"
    empty.touch()
    (tmp_path / "filed").mkdir()
    (tmp_path / "filed" / "scan.pdf").write_bytes(b"an older one")
    done = filing.file_scans(sqlite_depot, [empty, good], into=tmp_path / "filed")
    assert [(name, why.code) for name, why in done.refused] == [("empty.pdf", "filing.file-empty")]
    assert empty.exists()
    assert not good.exists()
    assert (tmp_path / "filed" / "scan-2.pdf").exists()


def test_whoever_stops_keeps_what_was_done(sqlite_depot: Depot, tmp_path: Path) -> None:
    got = a_received_unit(sqlite_depot)
    sheets = [a_file(tmp_path, paper(sqlite_depot, got.traveller_number), name="1.pdf"),
              a_file(tmp_path, with_code("SH1-F2611-99999"), name="2.png")]

    class Impatient:
        def step(self, done: int, total: int, text: str = "") -> None:
            if text.endswith("· 1"):
                raise Cancelled

    done = filing.file_scans(sqlite_depot, sheets, Impatient(), into=tmp_path / "filed")
    assert done.stopped
    assert done.count(Fate.FILED) == 1
    assert all(path.exists() for path in sheets)
    again = filing.file_scans(sqlite_depot, sheets, into=tmp_path / "filed")
    assert [p.fate for p in again.pages] == [Fate.KNOWN, Fate.WAITING]


def test_papers_that_do_not_come_back_are_chased(depot: Depot, tmp_path: Path, clock: FakeClock) -> None:
    case_id, numbers = a_sent_unit(depot)
    assert signed_papers.awaited(depot) == ()           # it is not there yet
    deliver(depot, numbers["shipment"])
    assert {a.row.number for a in signed_papers.awaited(depot)} == {numbers["F8"], numbers["F9"]}
    assert signed_papers.awaited(depot, overdue=True) == ()
    clock.advance(days=22)
    late = signed_papers.awaited(depot, overdue=True)
    assert {(a.row.form, a.days_left) for a in late} == {("F9", -1), ("F8", -1)}
    assert today.today(depot).late_papers == 2
    chased = {row.subject.number for row in chase.chase(depot).rows}
    assert {numbers["F8"], numbers["F9"]} <= chased
    assert counts.live(depot)["feedback"].overdue == 2
    filing.file_scans(depot, [a_file(tmp_path, paper(depot, numbers["F8"]))])
    (left,) = signed_papers.awaited(depot, overdue=True)
    waived = filing.waive(depot, left.row.document_id, "用户三次未回")
    assert signed_papers.awaited(depot) == ()
    with pytest.raises(Refused) as refusal:
        filing.waive(depot, left.row.document_id, "again")
    assert refusal.value.code == "filing.not-awaited"
    undoing.undo(depot, waived.entry_id)
    assert len(signed_papers.awaited(depot)) == 1
    assert case_id


def test_who_may_not_file_is_refused(depot: Depot, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        filing.file_scans(as_person(depot, "planner"), [tmp_path / "x.pdf"])
    assert refusal.value.code == "people.not-allowed"
    with pytest.raises(Refused) as refusal:
        filing.file_scans(depot, [])
    assert refusal.value.code == "filing.nothing"
