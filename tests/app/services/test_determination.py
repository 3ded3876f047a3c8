"""Kept units and R&D's determinations, on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from app.depot import Depot
from app.domain.determination import Conclusion, Determining, Keeping, Tried
from app.domain.handover import Direction
from app.domain.places import Place
from app.domain.rulings import Outcome
from app.domain.scrap import Destining, ScrapDestination, ScrapWay
from app.domain.signing import OwnSignature
from app.domain.stages import Stage
from app.errors import Refused
from app.services import determination, handover, repair, returning, scrap, undoing
from app.services.handover import Offering
from app.services.receiving import ReceivedUnit
from app.services.scrap import Scrapping
from tests.app.services.test_scrap import code_of, state
from tests.builders import a_diagnosis, as_person, own
from tests.ends import BOTH, a_ber_unit, a_decided_unit, approve_scrap, the_product

TRIED = (Tried("高温老化 72 h", "未复现"), Tried("振动", "正常"))


def a_conclusion(case_id: str, conclusion: Conclusion | None = Conclusion.NONE, **values: object) -> Determining:
    return Determining(**{  # type: ignore[arg-type]
        "case_id": case_id, "tests": TRIED, "conclusion": conclusion, "findings": "各项指标合格",
        "signature": own("engineer"), **values,
    })


def in_the_lab(depot: Depot, **values: object) -> ReceivedUnit:
    got = a_decided_unit(depot, the_product(depot), **values)  # type: ignore[arg-type]
    determination.keep(as_person(depot, "supervisor"), Keeping(got.case_id, "刘工"))
    handover.hand_over(depot, Offering(Direction.TO_LAB, (got.case_id,), own()), own("engineer"))
    return got


def test_kept_with_consent_and_handed_to_the_lab(depot: Depot) -> None:
    got = a_decided_unit(depot, the_product(depot))
    boss = as_person(depot, "supervisor")
    assert code_of(lambda: determination.keep(boss, Keeping(got.case_id, " "))) == "keeping.who-missing"
    assert code_of(lambda: determination.keep(depot, Keeping(got.case_id, "刘工"))) == "people.not-allowed"
    kept = determination.keep(boss, Keeping(got.case_id, "刘工", note="同意换一件"))
    assert state(depot, got.case_id)[0].stage is Stage.TO_RND
    undoing.undo(boss, kept.entry_id)
    assert state(depot, got.case_id)[0].stage is Stage.REFERRED
    kept = determination.keep(boss, Keeping(got.case_id, "刘工"))
    bench = as_person(depot, "technician")
    with pytest.raises(Refused) as refusal:
        handover.hand_over(depot, Offering(Direction.TO_LAB, (got.case_id,), own()), own("technician"))
    assert refusal.value.code == "handover.not-yours"
    del bench
    handover.hand_over(depot, Offering(Direction.TO_LAB, (got.case_id,), own()), own("engineer"))
    assert state(depot, got.case_id)[1].place is Place.LAB
    assert code_of(lambda: undoing.undo(boss, kept.entry_id)) == "undo.worked-since"


def test_a_fault_found_makes_a_future_spare(depot: Depot) -> None:
    got = in_the_lab(depot)
    done = determination.determine(as_person(depot, "engineer"), a_conclusion(got.case_id, Conclusion.FAULT))
    assert (done.number, done.follows) == ("SH1-A2611-00001", (Outcome.REPAIR, Outcome.TO_SPARE))
    case, unit = state(depot, got.case_id)
    assert (case.stage, case.return_needed, unit.place) == (Stage.IN_REPAIR, False, Place.LAB)
    assert code_of(lambda: repair.take(as_person(depot, "technician"), got.case_id)) == "repair.not-at-bench"
    lab = as_person(depot, "engineer")
    handover.hand_over(lab, Offering(Direction.LAB_TO_REPAIR, (got.case_id,), own("engineer")), own("technician"))
    assert state(depot, got.case_id)[1].place is Place.REPAIR
    repair.diagnose(as_person(depot, "technician"), a_diagnosis(got.case_id, fault="晶振虚焊"))
    assert code_of(lambda: undoing.undo(lab, done.entry_id)) == "determination.signed"


@pytest.mark.parametrize(("made", "sample"), [(date(2026, 2, 1), True), (date(2024, 2, 1), False)])
def test_nothing_found_it_is_scrapped_and_if_new_a_sample(depot: Depot, made: date, sample: bool) -> None:
    got = in_the_lab(depot, manufactured_on=made)
    done = determination.determine(as_person(depot, "engineer"), a_conclusion(got.case_id))
    assert (Outcome.LAB_AFTER_SCRAP in done.follows) is sample
    approve_scrap(depot, got.case_id)
    assert code_of(lambda: scrap.carry_out(depot, Scrapping(got.case_id))) == "scrap.signatures-missing"
    scrapped = scrap.carry_out(depot, Scrapping(got.case_id, giver=own("engineer"), receiver=own()))
    case, unit = state(depot, got.case_id)
    assert (case.stage, unit.place) == (Stage.SCRAPPED, Place.ZONE_SCRAP)
    away = Destining(scrapped.scrap_id, ScrapDestination.DISPOSED, own(), own("technician"), ScrapWay.DISMANTLED,
                     "李敏", "周颖")
    if sample:
        assert code_of(lambda: scrap.dispose(depot, away)) == "scrap.lab-waits"
        scrap.dispose(depot, Destining(scrapped.scrap_id, ScrapDestination.LAB, own(), own("engineer")))
        assert state(depot, got.case_id)[1].place is Place.LAB
    else:
        scrap.dispose(depot, away)
        assert state(depot, got.case_id)[1].place is Place.DISPOSED


@pytest.mark.parametrize(("values", "code"), [
    ({"tests": ()}, "determination.tests-missing"), ({"tests": (Tried("振动", ""),)}, "determination.test-result"),
    ({"conclusion": None}, "determination.conclusion-missing"), ({"findings": " "}, "determination.findings-missing"),
    ({"signature": OwnSignature("technician", "4071")}, "people.not-allowed"),
])
def test_a_determination_that_is_not_complete(sqlite_depot: Depot, values: dict[str, object], code: str) -> None:
    depot = sqlite_depot
    got = in_the_lab(depot)
    assert code_of(lambda: determination.determine(depot, a_conclusion(got.case_id, **values))) == code
    assert determination.of_case(depot, got.case_id)[1] is None


def test_only_what_stands_in_the_lab_is_judged_and_once(depot: Depot) -> None:
    got = a_ber_unit(depot, the_product(depot))
    assert code_of(lambda: determination.determine(depot, a_conclusion(got.case_id))) == "determination.not-in-lab"
    assert code_of(
        lambda: determination.keep(as_person(depot, "supervisor"), Keeping(got.case_id, "刘工"))
    ) == "disposition.otherwise"


def test_both_to_the_customer_for_the_policys_fee(depot: Depot) -> None:
    got = a_decided_unit(depot, the_product(depot), BOTH)
    boss = as_person(depot, "supervisor")
    done = determination.give_both(boss, Keeping(got.case_id, "刘工"))
    case, unit = state(depot, got.case_id)
    assert (case.stage, unit.place, done.fee_fen >= 0) == (Stage.READY_TO_RETURN, Place.ZONE_REPAIRED, True)
    assert all(gate.open for gate in returning.checklist(depot, got.case_id))
    undoing.undo(boss, done.entry_id)
    assert state(depot, got.case_id)[1].place is Place.COUNTER
