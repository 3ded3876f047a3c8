"""The tariff of a day is a fold of entries that never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.tariffs import (
    RateClass,
    TariffEntry,
    TariffKind,
    entry_problems,
    tariff_of,
    tariff_on,
)
from app.errors import Refused

DAY = date(2026, 11, 3)
HOUR = TariffEntry("1", TariffKind.LABOUR, RateClass.STANDARD, 18_000, 0, date(2026, 1, 1))


def test_the_entry_that_began_last_holds_and_of_two_the_later_made() -> None:
    later = replace(HOUR, id="3", amount_fen=20_000, effective_from=DAY)
    corrected = replace(later, id="4", amount_fen=21_000)
    coming = replace(HOUR, id="2", amount_fen=99_000, effective_from=DAY + timedelta(days=1))
    rate = tariff_on([coming, corrected, HOUR, later], DAY).rate(TariffKind.LABOUR, RateClass.STANDARD)
    assert rate == corrected


def test_a_tariff_that_is_not_set_or_has_ended_prices_nothing() -> None:
    with pytest.raises(Refused) as none:
        tariff_on([HOUR], date(2025, 12, 31)).rate(TariffKind.LABOUR, RateClass.STANDARD)
    assert none.value.code == "tariffs.none"
    ended = replace(HOUR, valid_until=DAY)
    assert tariff_on([ended], DAY).rate(TariffKind.LABOUR, RateClass.STANDARD) == ended
    with pytest.raises(Refused) as expired:
        tariff_on([ended], DAY + timedelta(days=1)).rate(TariffKind.LABOUR, RateClass.STANDARD)
    assert (expired.value.code, expired.value.facts["until"]) == ("tariffs.expired", DAY)


@pytest.mark.parametrize(("changed", "code"), [
    ({"amount_fen": -1}, "tariffs.negative"),
    ({"amount_fen": 10**11}, "tariffs.too-large"),
    ({"percent": 5}, "tariffs.percent"),
    ({"rate_class": RateClass.FAR}, "tariffs.class"),
    ({"effective_from": date(1026, 1, 1)}, "tariffs.impossible-day"),
    ({"valid_until": date(2025, 12, 31)}, "tariffs.ends-before"),
    ({"kind": TariffKind.OLD_FOR_NEW, "rate_class": RateClass.GENERAL, "percent": 101}, "tariffs.percent"),
    ({"kind": TariffKind.PARTS_SURCHARGE, "rate_class": RateClass.GENERAL, "percent": -1}, "tariffs.percent"),
])
def test_nonsense_is_named(changed: dict[str, object], code: str) -> None:
    assert [p.code for p in entry_problems(replace(HOUR, **changed))] == [code]  # type: ignore[arg-type]
    assert entry_problems(HOUR) == []


@given(st.permutations([
    replace(HOUR, id=str(n), amount_fen=n, effective_from=DAY - timedelta(days=n % 3)) for n in range(6)
]))
def test_order_of_arrival_does_not_matter_and_the_snapshot_reads_back(entries: list[TariffEntry]) -> None:
    tariff = tariff_on(entries, DAY)
    assert tariff.rate(TariffKind.LABOUR, RateClass.STANDARD).amount_fen == 3
    again = tariff_of(tariff.plain())
    assert (again.rates, again.version, again.day) == (tariff.rates, tariff.version, tariff.day)
