"""Attachments, on both engines."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from app.depot import Depot
from app.domain.attachments import PHOTO_SIDE, AttachmentKind
from app.errors import Refused
from app.services import attachments, undoing
from tests.builders import a_received_unit, as_person


def photo(path: Path, size: tuple[int, int] = (4000, 3000), orientation: int = 1) -> Path:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", size, (30, 90, 160)).save(path, "JPEG", exif=exif.tobytes())
    return path


def test_a_photo_is_made_smaller_upright_and_nameless(tmp_path: Path) -> None:
    ready = attachments.prepare(photo(tmp_path / "a.JPG", orientation=6))
    with Image.open(io.BytesIO(ready.content)) as kept:
        assert kept.size == (PHOTO_SIDE * 3 // 4, PHOTO_SIDE)
        assert not kept.getexif()
    assert (ready.kind, ready.media_type) == (AttachmentKind.PHOTO, "image/jpeg")


def test_the_same_photo_is_kept_once_and_filed_once_per_case(depot: Depot, tmp_path: Path) -> None:
    one, two = a_received_unit(depot, "H1"), a_received_unit(depot, "H2")
    ready = attachments.prepare(photo(tmp_path / "a.jpg"))
    attachments.attach(depot, one.case_id, (ready, ready))
    attachments.attach(depot, one.case_id, (ready,))
    attachments.attach(depot, two.case_id, (ready,))
    (filed,) = attachments.of_case(depot, one.case_id)
    assert attachments.content(depot, filed.id) == ready.content
    assert len(attachments.of_case(depot, two.case_id)) == 1


def test_taking_away_and_filing_are_undone(depot: Depot, tmp_path: Path) -> None:
    case = a_received_unit(depot).case_id
    done = attachments.attach(depot, case, (attachments.prepare(photo(tmp_path / "a.jpg")),))
    taken = attachments.detach(depot, done.attachments[0].id)
    assert attachments.of_case(depot, case) == ()
    undoing.undo(depot, taken.entry_id)
    assert len(attachments.of_case(depot, case)) == 1
    undoing.undo(depot, done.entry_id)
    assert attachments.of_case(depot, case) == ()


def test_an_undone_second_filing_leaves_the_first(depot: Depot, tmp_path: Path) -> None:
    case = a_received_unit(depot).case_id
    ready = attachments.prepare(photo(tmp_path / "a.jpg"))
    attachments.attach(depot, case, (ready,))
    undoing.undo(depot, attachments.attach(depot, case, (ready,)).entry_id)
    assert len(attachments.of_case(depot, case)) == 1


def test_an_administrator_files_nothing(depot: Depot, tmp_path: Path) -> None:
    case = a_received_unit(depot).case_id
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        attachments.attach(
            as_person(depot, "admin"), case, (attachments.prepare(photo(tmp_path / "a.jpg")),))


def test_what_cannot_be_filed_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    empty = tmp_path / "empty.pdf"
    empty.touch()
    for path, code in (
        (broken, "attachments.no-picture"), (empty, "attachments.empty"), (tmp_path / "x", "attachments.unreadable"),
    ):
        with pytest.raises(Refused) as refusal:
            attachments.prepare(path)
        assert refusal.value.code == code


def test_a_paper_is_told_by_what_it_is(tmp_path: Path) -> None:
    paper = tmp_path / "signed"
    paper.write_bytes(b"%PDF-1.7 ...")
    ready = attachments.prepare(paper)
    assert (ready.kind, ready.media_type) == (AttachmentKind.PAPER, "application/pdf")
