"""The rulings read from spec 1 §4 by hand: each line a situation, its row and what follows, in and out of warranty.

Nothing here is computed the way the program does it. A line says which visit this is, what the earlier ones came to,
what the bench says now, whose fault it is, and the answer in warranty, out of it, and unknown. The answers:

    S  scrap, and exchange if the unit must go back      T  talk recorded, return as is
    A  return as is                                      Q  quote
    K  keep, exchange if it must go back, R&D            B  back to the customer, or a spare if nobody waits
    ?  the warranty must be settled first                -  no ruling: the bench goes on
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import CauseClass, RepairResult, Responsibility
from app.domain.policy import PolicyBook
from app.domain.rulings import CaseFacts, UnitHistory, Visit, readiness_problems, rule
from app.domain.warranty import WarrantyState

PAGE = """
1 |                      | NFF           | nobody  | B8 | B8 | B8
2 | NFF                  | NFF           | nobody  | K1 | K1 | K1
2 | REPAIRED             | NFF           | nobody  | B8 | B8 | B8
2 | DECLINED             | NFF           | nobody  | B8 | B8 | B8
3 | NFF NFF              | NFF           | nobody  | K1 | K1 | K1
3 | REPAIRED NFF         | NFF           | nobody  | K1 | K1 | K1
3 | NFF REPAIRED         | NFF           | nobody  | B8 | B8 | B8
1 |                      | IRREPARABLE   | user    | A2 | A2 | A2
2 | REPAIRED             | IRREPARABLE   | user    | A2 | A2 | A2
3 | REPAIRED REPAIRED    | IRREPARABLE   | user    | A2 | A2 | A2
1 |                      | IRREPARABLE   | maker   | S5 | T3 | ?0
2 | REPAIRED             | IRREPARABLE   | maker   | S5 | T3 | ?0
3 | NFF FAULT_REMAINS    | IRREPARABLE   | maker   | S5 | T3 | ?0
1 |                      | IRREPARABLE   | open    | S5 | T3 | ?0
2 | NFF                  | IRREPARABLE   | open    | S5 | T3 | ?0
1 |                      | IRREPARABLE   | outside | T3 | T3 | T3
3 | REPAIRED REPAIRED    | IRREPARABLE   | outside | T3 | T3 | T3
1 |                      | BER           | maker   | S5 | T3 | ?0
2 | BER                  | BER           | maker   | S5 | T3 | ?0
3 | REPAIRED REPAIRED    | BER           | maker   | S5 | T3 | ?0
1 |                      | BER           | open    | S5 | T3 | ?0
1 |                      | BER           | outside | T3 | T3 | T3
1 |                      | BER           | user    | Q4 | T3 | ?0
2 | REPAIRED             | BER           | user    | Q4 | T3 | ?0
3 | REPAIRED REPAIRED    | BER           | user    | Q4 | T3 | ?0
1 |                      | FAULT_REMAINS | maker   | -  | -  | -
1 |                      | FAULT_REMAINS | user    | -  | -  | -
2 | NFF                  | FAULT_REMAINS | maker   | -  | -  | -
2 | DECLINED             | FAULT_REMAINS | maker   | -  | -  | -
3 | NFF NFF              | FAULT_REMAINS | maker   | -  | -  | -
2 | REPAIRED             | FAULT_REMAINS | maker   | S6 | T7 | ?0
2 | FAULT_REMAINS        | FAULT_REMAINS | maker   | S6 | T7 | ?0
2 | IRREPARABLE          | FAULT_REMAINS | maker   | S6 | T7 | ?0
2 | REPAIRED             | FAULT_REMAINS | open    | S6 | T7 | ?0
2 | REPAIRED             | FAULT_REMAINS | user    | T7 | T7 | T7
2 | REPAIRED             | FAULT_REMAINS | outside | T7 | T7 | T7
3 | REPAIRED REPAIRED    | FAULT_REMAINS | maker   | S6 | T7 | ?0
3 | FAULT_REMAINS NFF    | FAULT_REMAINS | maker   | S6 | T7 | ?0
3 | REPAIRED REPAIRED    | FAULT_REMAINS | user    | T7 | T7 | T7
1 |                      | REPAIRED      | maker   | B8 | B8 | B8
2 | REPAIRED             | REPAIRED      | user    | B8 | B8 | B8
3 | REPAIRED REPAIRED    | REPAIRED      | outside | B8 | B8 | B8
1 |                      | DECLINED      | user    | A9 | A9 | A9
2 | DECLINED             | DECLINED      | maker   | A9 | A9 | A9
3 | DECLINED DECLINED    | DECLINED      | open    | A9 | A9 | A9
"""

#: What each letter means, when the customer waits for the unit and when nobody does.
LETTERS = {
    "S": ("SCRAP EXCHANGE", "SCRAP"),
    "A": ("RETURN_AS_IS", "RETURN_AS_IS"),
    "T": ("EXPLAIN RETURN_AS_IS", "EXPLAIN RETURN_AS_IS"),
    "Q": ("QUOTE", "QUOTE"),
    "K": ("KEEP EXCHANGE TO_RND", "KEEP TO_RND"),
    "B": ("TO_CUSTOMER", "TO_SPARE"),
    "?": ("SETTLE_WARRANTY", "SETTLE_WARRANTY"),
}

#: Every way in which a fault can be whose it is.
WHOSE = {
    "maker": [
        ("COMPONENT_QUALITY", "MAKER"), ("DESIGN_PROCESS", "UNKNOWN"), ("PRODUCTION_CONTROL", "MAKER"),
        ("TRANSPORT", "MAKER"),         # a carrier that we hired
    ],
    "user": [("USER", "USER"), ("USER", "UNKNOWN"), ("UNDETERMINED", "USER")],
    "outside": [("TRANSPORT", "CARRIER"), ("ENVIRONMENT", "NOBODY"), ("ENVIRONMENT", "UNKNOWN")],
    "open": [("UNDETERMINED", "UNKNOWN")],
    "nobody": [("NFF", "NOBODY"), ("NFF", "UNKNOWN")],
}

#: Where the earlier visits were.
DEPOTS = {"same": ("SH1", "SH1"), "other": ("BJ1", "BJ1"), "mixed": ("SH1", "BJ1")}
POLICY = PolicyBook().at(date(2026, 11, 2))

LINES = [[cell.strip() for cell in line.split("|")] for line in PAGE.strip().splitlines()]


def history(earlier: list[str], depots: tuple[str, str]) -> UnitHistory:
    """The earlier visits, half a year apart, oldest first."""
    return UnitHistory(tuple(
        Visit(depots[n % 2], f"R-{n}", date(2026, 11, 2) - timedelta(days=180 * (len(earlier) - n)), RepairResult(word))
        for n, word in enumerate(earlier)
    ))


@pytest.mark.parametrize("line", LINES, ids=lambda line: " ".join(line[:4]))
@pytest.mark.parametrize("where", DEPOTS)
@pytest.mark.parametrize("waits", [True, False], ids=["return needed", "nobody waits"])
def test_by_the_page(line: list[str], where: str, waits: bool) -> None:
    visit, earlier, result, whose, *answers = line
    seen = history(earlier.split(), DEPOTS[where])
    assert len(seen.visits) + 1 == int(visit)
    for (cause, who), (period, answer) in product(
        WHOSE[whose], zip(("IN", "OUT", "UNKNOWN"), answers, strict=True)
    ):
        facts = CaseFacts(
            RepairResult(result), CauseClass(cause), WarrantyState(period), waits, Responsibility(who), qa_passed=True,
        )
        if answer == "-":
            assert [p.code for p in readiness_problems(facts, seen, POLICY)] == ["ruling.bench-goes-on"]
            continue
        ruling = rule(facts, seen, POLICY)
        assert (ruling.number, " ".join(ruling.outcomes)) == (int(answer[1]), LETTERS[answer[0]][0 if waits else 1])


def test_the_page_has_every_row() -> None:
    numbers = {answer[1] for line in LINES for answer in line[4:] if answer != "-"}
    assert numbers == set("0123456789")
    assert {(line[0], line[2]) for line in LINES} >= {
        (visit, result.value) for visit in "123" for result in RepairResult
    }


@given(
    st.sampled_from([line for line in LINES if line[4] != "-"]), st.sampled_from(["IN", "OUT", "UNKNOWN"]),
    st.booleans(), st.permutations(["SH1", "BJ1", "CD2"]), st.dates(date(2026, 11, 2), date(2027, 1, 1)),
)
def test_names_of_depots_and_freshness_of_news_change_nothing(
    line: list[str], period: str, waits: bool, names: list[str], known: date
) -> None:
    seen = history(line[1].split(), ("SH1", "BJ1"))
    renamed = UnitHistory(
        tuple(replace(v, depot=names[n], number=f"X-{n}") for n, v in enumerate(seen.visits)), known
    )
    cause, who = WHOSE[line[3]][0]
    facts = CaseFacts(
        RepairResult(line[2]), CauseClass(cause), WarrantyState(period), waits, Responsibility(who), qa_passed=True,
    )
    one, other = rule(facts, seen, POLICY), rule(facts, renamed, POLICY)
    assert (one.number, one.outcomes) == (other.number, other.outcomes)
