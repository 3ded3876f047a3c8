"""Setting rates, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.depot import Depot
from app.domain.tariffs import RateClass, TariffEntry, TariffKind
from app.errors import Refused
from app.services import tariffs
from tests.builders import as_person

TODAY = date(2026, 11, 3)
HOUR = TariffEntry("", TariffKind.LABOUR, RateClass.STANDARD, 18_000, 0, TODAY)


def _labour(depot: Depot) -> tariffs.RateLine:
    return next(line for line in tariffs.rates(depot) if line.key == "LABOUR/STANDARD")


def test_a_rate_holds_from_its_day_and_the_history_keeps_all(depot: Depot) -> None:
    head = as_person(depot, "manager")
    tariffs.set_rate(head, HOUR, "2026 年度调整")
    tariffs.set_rate(head, replace(HOUR, amount_fen=20_000, effective_from=TODAY + timedelta(days=30)))
    line = _labour(depot)
    assert (line.now and line.now.amount_fen, line.later and line.later.amount_fen) == (18_000, 20_000)
    tariffs.set_rate(as_person(depot, "supervisor"), replace(HOUR, amount_fen=19_000))
    found = tariffs.history(depot, TariffKind.LABOUR, RateClass.STANDARD)
    assert [(h.entry.amount_fen, h.who, h.note) for h in found] == [
        (20_000, "总经理", ""), (19_000, "陈思远", ""), (18_000, "总经理", "2026 年度调整"),
    ]


@pytest.mark.parametrize(("changed", "code"), [
    ({"amount_fen": -100}, "tariffs.negative"),
    ({"effective_from": TODAY - timedelta(days=1)}, "tariffs.in-the-past"),
    ({"valid_until": TODAY - timedelta(days=1)}, "tariffs.ends-before"),
])
def test_nonsense_is_refused_and_nothing_written(depot: Depot, changed: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        tariffs.set_rate(as_person(depot, "manager"), replace(HOUR, **changed))  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert tariffs.history(depot, TariffKind.LABOUR, RateClass.STANDARD) == ()


def test_the_same_again_and_the_clerk_are_refused(depot: Depot) -> None:
    head = as_person(depot, "manager")
    tariffs.set_rate(head, HOUR)
    with pytest.raises(Refused, match=r"tariffs\.same"):
        tariffs.set_rate(head, HOUR)
    with pytest.raises(Refused, match=r"people\.not-allowed"):
        tariffs.set_rate(as_person(depot, "clerk"), replace(HOUR, amount_fen=1))


def test_a_tariff_past_its_last_day_is_shown_as_expired(depot: Depot, clock: object) -> None:
    tariffs.set_rate(as_person(depot, "manager"), replace(HOUR, valid_until=TODAY))
    assert not _labour(depot).expired
    clock.advance(days=1)  # type: ignore[attr-defined]
    assert _labour(depot).expired
