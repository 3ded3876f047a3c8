"""The depot's card, its settings and its calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.depot import Depot
from app.domain.masterdata import DayKind
from app.domain.settings import DepotSetting
from app.errors import Refused
from app.services import receiving, settings, slips, undoing, workdays
from tests.builders import an_intake, outside, own
from tests.conftest import as_person

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def admin(depot: Depot) -> Depot:
    return as_person(depot, "admin")


def test_card_and_settings_are_written_together_and_put_back(admin: Depot) -> None:
    seen = settings.read(admin)
    done = settings.write(
        admin, replace(seen.card, name=" 上海第一返修站 ", logo=PNG),
        {DepotSetting.CAPTIONS: "both", DepotSetting.RECEIPT_COPIES: "customer+file"}, seen)
    now = settings.read(admin)
    assert (now.card.name, now.card.logo, now.values[DepotSetting.CAPTIONS]) == ("上海第一返修站", PNG, "both")
    assert settings.identity(admin).name == "上海第一返修站"
    undoing.undo(admin, done.entry_id)
    assert settings.read(admin) == seen


def test_what_cannot_be_set(admin: Depot) -> None:
    seen = settings.read(admin)
    for card, values, code in (
        (replace(seen.card, name=" "), {}, "founding.name-missing"),
        (replace(seen.card, time_zone="Mars/Base"), {}, "founding.time-zone"),
        (replace(seen.card, logo=b"GIF89a"), {}, "settings.logo-kind"),
        (replace(seen.card, logo=PNG + b"\0" * 500_000), {}, "settings.logo-large"),
        (seen.card, {DepotSetting.CAPTIONS: "three"}, "settings.not-a-choice"),
        (seen.card, {DepotSetting.RECEIPT_TERMS_ZH: "长" * 601}, "settings.too-long"),
        (seen.card, {}, "settings.nothing-changed"),
    ):
        with pytest.raises(Refused) as caught:
            settings.write(admin, card, values, seen)
        assert caught.value.code == code


def test_another_desks_change_is_not_written_over(admin: Depot) -> None:
    seen = settings.read(admin)
    first = settings.write(admin, replace(seen.card, phone="021-1"), {}, seen)
    with pytest.raises(Refused, match=r"settings\.changed-meanwhile"):
        settings.write(admin, replace(seen.card, phone="021-2"), {}, seen)
    settings.write(admin, replace(seen.card, phone="021-3"), {}, settings.read(admin))
    with pytest.raises(Refused, match=r"undo\.changed-since"):
        undoing.undo(admin, first.entry_id)


def test_a_clerk_does_not_manage_the_depot(depot: Depot) -> None:
    seen = settings.read(depot)
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        settings.write(depot, replace(seen.card, phone="1"), {}, seen)


def test_the_decreed_year_and_own_days(admin: Depot) -> None:
    year = workdays.year(admin, 2026)
    kinds = {special.day: special.kind for special in year.days}
    assert year.decreed
    assert kinds[date(2026, 10, 1)] is DayKind.HOLIDAY
    assert kinds[date(2026, 10, 10)] is DayKind.WORKDAY
    added = workdays.add(admin, date(2026, 11, 20), DayKind.HOLIDAY, "盘点")
    after = workdays.year(admin, 2026)
    assert after.working_days == year.working_days - 1
    with pytest.raises(Refused, match=r"workdays\.day-taken"):
        workdays.add(admin, date(2026, 11, 20), DayKind.WORKDAY)
    undoing.undo(admin, added.entry_id)
    assert workdays.year(admin, 2026) == year


def test_an_entry_that_says_nothing_is_refused(admin: Depot) -> None:
    with pytest.raises(Refused, match=r"workdays\.says-nothing"):
        workdays.add(admin, date(2026, 11, 20), DayKind.WORKDAY)


def test_a_year_becomes_known_by_its_make_up_days(admin: Depot) -> None:
    assert not workdays.year(admin, 2028).decreed
    workdays.add(admin, date(2028, 1, 8), DayKind.WORKDAY, "春节调休")
    assert workdays.year(admin, 2028).decreed


def test_a_removed_entry_comes_back(admin: Depot) -> None:
    workdays.add(admin, date(2026, 11, 20), DayKind.HOLIDAY, "盘点")
    own = next(special for special in workdays.year(admin, 2026).days if special.own_id)
    removed = workdays.remove(admin, own.own_id)
    undoing.undo(admin, removed.entry_id)
    assert own in workdays.year(admin, 2026).days


def test_papers_follow_what_the_depot_set(admin: Depot) -> None:
    receipt = receiving.receive(
        as_person(admin, "clerk"), receiving.Receipt((an_intake(admin),), outside(), own())).receipt_number
    before = _text(slips.paper(admin, None, receipt).pdf)
    seen = settings.read(admin)
    settings.write(
        admin, replace(seen.card, name="上海第一返修站"),
        {DepotSetting.RECEIPT_TERMS_ZH: "逾期三个月未取者另行处理。", DepotSetting.RECEIPT_COPIES: "customer",
         DepotSetting.CAPTIONS: "both"}, seen)
    after = _text(slips.paper(admin, None, receipt).pdf)
    assert "上海第一返修站" in after
    assert "逾期三个月未取者另行处理。" in after
    assert "逾期" not in before
    assert "存档联" in before
    assert "存档联" not in after
    assert "Receiving receipt" in after


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
