"""Which units come, from whom, with what trouble, and what becomes of them."""

from __future__ import annotations

from random import Random

from app.domain.codes import RepairResult
from app.services.demo.fates import Fate, Goal, Life, Phase, counts, fate, weighted
from app.services.demo.house import House

#: What comes again must have gone home by this day (index), and comes after it.
_EARLY = 6


def cast(house: House, units: int) -> list[Life]:
    """The visits of about ``units`` units, in the order in which they arrive; the dice are the house's."""
    chance, last = house.chance, house.last
    lives: list[Life] = []
    for goal, wanted in counts(units).items():
        for n in range(wanted):
            qa_failure = goal in {Goal.CLOSED, Goal.READY, Goal.RETURNED} and n % 9 == 3
            lives.append(_life(house, len(lives), fate(goal, last, chance, qa_failure=qa_failure)))
    _results(lives, chance)
    _comes_again(house, lives)
    for life in lives:
        _details(house, life)
    _few_of_a_kind(lives)
    lives.sort(key=lambda life: (min(life.fate.days.values()), life.number))
    return lives


def _life(house: House, number: int, way: Fate) -> Life:
    product = weighted(house.sample.products, house.chance)
    customer = weighted(house.sample.customers, house.chance)
    story = house.chance.choice(house.sample.stories[product["line"]])
    return Life(number, product["model"], customer["code"], story, way)


def _results(lives: list[Life], chance: Random) -> None:
    """Some are not worth repairing, some have no fault at all."""
    for life in lives:
        if life.fate.goal is Goal.REFERRED:
            life.fate.result = chance.choice((RepairResult.BER, RepairResult.IRREPARABLE))
        elif Phase.PASS in life.fate.days and chance.random() < 0.07:
            life.fate.result = RepairResult.NFF
    later = [life for life in lives if Phase.PASS in life.fate.days and Phase.FAIL not in life.fate.days
             and life.fate.days[Phase.PASS] > life.fate.days[Phase.TO_QA]]
    for life in later[:2]:
        life.fate.refused_once = True


def _comes_again(house: House, lives: list[Life]) -> None:
    """Visits that follow an earlier one: the same symptom again, no fault twice, and one that comes a third time."""
    chance, last, first = house.chance, house.last, min(house.days)
    share = max(1, len(lives) // 40)
    again = [life for life in lives if life.fate.goal in
             {Goal.RECEIVED, Goal.PLANNED, Goal.TAKEN, Goal.DIAGNOSED, Goal.CLOSED}][:share]
    twice_nothing = next((life for life in lives if life.fate.goal is Goal.REFERRED), None)
    for n, life in enumerate([*again, *([twice_nothing] if twice_nothing else [])]):
        way = fate(Goal.CLOSED, _EARLY, chance)
        before = Life(len(lives), life.product, life.customer, life.story, way)
        life.fate = fate(life.fate.goal, last, chance, first_day=max(way.days[Phase.DELIVER], _EARLY) + 1)
        life.again_after = way
        lives.append(before)
        if life is twice_nothing:
            way.result = life.fate.result = RepairResult.NFF
        elif n == 0 and first < 0:
            earlier = fate(Goal.CLOSED, -1, chance, first_day=first)
            before.again_after = earlier
            lives.append(Life(len(lives), life.product, life.customer, life.story, earlier))


def _details(house: House, life: Life) -> None:
    chance = house.chance
    life.age_months = chance.choice((2, 4, 5, 7, 9, 11, 13, 16, 20, 28))
    life.special = chance.random() < 0.12
    life.announced = life.again_after is None and chance.random() < 0.1
    life.photo = chance.random() < 0.1
    rule = next(row["serial"]["make"] for row in house.sample.products if row["model"] == life.product)
    life.serial = rule.format(10_000 + life.number * 37 + chance.randrange(30))


def _few_of_a_kind(lives: list[Life]) -> None:
    """A unit without a readable serial, units found at repair without a receipt, two with photos for certain."""
    new = [life for life in lives if life.again_after is None]
    plain = [life for life in new if life.fate.goal in {Goal.RECEIVED, Goal.READY, Goal.CLOSED}]
    for life in plain[1::25]:
        life.tagged = True
    at_bench = {Goal.TAKEN, Goal.DIAGNOSED, Goal.AT_REPAIR}
    benches = [life for life in new if life.fate.goal in at_bench and not life.tagged]
    for life in benches[1:3]:
        life.found_at_repair = True
        life.announced = False
        for phase in (Phase.PLAN, Phase.ISSUE):
            life.fate.days.pop(phase, None)
        life.fate.days[Phase.RECEIVE] = life.fate.days.pop(Phase.DISPATCH)
    for life in lives[::30]:
        life.photo = True
