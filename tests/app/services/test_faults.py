"""The disk is full, breaks, may only be read, or is held by another: one sentence, nothing lost, it goes on after."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.errors import Unavailable
from app.messages import sentence
from app.paths import ROOT
from app.services import verifying
from tests.builders import a_customer, a_product, a_received_unit
from tests.conftest import CHEAP, as_person


def pragma(depot: Depot, words: str) -> int:
    """A pragma of the one writing connection."""
    with depot.database.bare() as connection:
        return int(connection.exec_driver_sql(f"PRAGMA {words}").scalar() or 0)


def cases(depot: Depot) -> int:
    with depot.read() as tx:
        ((count,),) = tx.ask("SELECT count(*) FROM return_cases")
    return int(count)


def goes_on(depot: Depot, *, after: int) -> None:
    """Nothing half-written; the next step is done as ever."""
    assert cases(depot) == after
    assert verifying.verify(depot).sound
    a_received_unit(depot, "H204817799")
    assert cases(depot) == after + 1
    assert verifying.verify(depot).sound


@contextmanager
def full(depot: Depot) -> Iterator[None]:
    pages = pragma(depot, "page_count")
    pragma(depot, f"max_page_count={pages}")
    yield
    pragma(depot, "max_page_count=1073741823")


def test_a_full_disk_writes_nothing_and_goes_on_when_there_is_room(sqlite_depot: Depot) -> None:
    a_received_unit(sqlite_depot)
    customer, product = a_customer(sqlite_depot), a_product(sqlite_depot, "ANOTHER")

    def receive_many() -> None:
        for n in range(200):        # the last pages fill up first
            a_received_unit(sqlite_depot, f"S{n}", customer_id=customer.id, product_id=product.id)

    with full(sqlite_depot), pytest.raises(Unavailable) as failure:
        receive_many()
    assert failure.value.code == "database.full"
    assert "disk is full" in sentence(failure.value).casefold() or "磁盘" in sentence(failure.value)
    goes_on(sqlite_depot, after=cases(sqlite_depot))


def test_another_program_that_holds_the_file_is_named_and_then_it_goes_on(sqlite_depot: Depot) -> None:
    a_received_unit(sqlite_depot)
    pragma(sqlite_depot, "busy_timeout=50")
    holder = sqlite3.connect(str(sqlite_depot.database.path), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as failure:
        a_received_unit(sqlite_depot, "H204817799")
    assert failure.value.code == "database.locked"
    holder.execute("ROLLBACK")
    holder.close()
    goes_on(sqlite_depot, after=1)


#: Receives a unit in a process of its own that is not allowed something; says which code it got.
_CHILD = """
    import os, resource, signal, sys
    from pathlib import Path
    from app.depot import SYSTEM, open_depot
    from app.errors import Unavailable
    from tests.builders import a_received_unit
    from tests.conftest import CHEAP, as_person

    place, how = sys.argv[1:]
    if how == "io":
        depot = as_person(open_depot(place, operator=SYSTEM, hashing=CHEAP), "clerk")
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        if how == "read-only":
            if os.geteuid() == 0:
                os.seteuid(65534)
            depot = as_person(open_depot(place, operator=SYSTEM, hashing=CHEAP), "clerk")
        a_received_unit(depot, "H204817798")
    except Unavailable as failure:
        print(failure.code)
    else:
        print("done")
"""


def in_a_child(place: Path, how: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_CHILD), str(place), how], cwd=ROOT, capture_output=True, text=True,
        check=False, timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are another matter there")
@pytest.mark.parametrize(("how", "codes"), [
    ("io", {"database.io", "database.full"}), ("read-only", {"database.read-only", "database.cannot-open"}),
])
def test_a_disk_that_does_not_do_its_part_is_told_apart(sqlite_depot: Depot, how: str, codes: set[str]) -> None:
    a_received_unit(sqlite_depot)
    place = sqlite_depot.database.path
    assert place is not None
    sqlite_depot.close()
    if how == "read-only":
        for part in (place, place.parent):
            part.chmod(0o444 if part.is_file() else 0o555)
        for folder in place.parents[1:] if os.geteuid() == 0 else ():   # root becomes nobody, who must get there
            if folder.stat().st_uid == 0 and folder.stat().st_mode & 0o055 != 0o055:
                folder.chmod(folder.stat().st_mode | 0o055)
    told = in_a_child(place, how)
    if how == "read-only":
        place.parent.chmod(0o755)
        place.chmod(0o644)
    assert told in codes
    again = open_depot(str(place), operator=SYSTEM, hashing=CHEAP)
    try:
        goes_on(again, after=1)
    finally:
        again.close()


def test_a_damaged_file_is_said_to_be_damaged(sqlite_depot: Depot, tmp_path: Path) -> None:
    a_received_unit(sqlite_depot)
    place = sqlite_depot.database.path
    assert place is not None
    sqlite_depot.close()
    whole = place.read_bytes()
    held = bytearray(whole)
    held[100:60_000] = b"\xa5" * (60_000 - 100)
    place.write_bytes(held)
    with pytest.raises(Unavailable) as failure:
        open_depot(str(place), operator=SYSTEM, hashing=CHEAP)
    assert failure.value.code == "database.damaged"
    assert "{" not in sentence(failure.value)
    place.write_bytes(whole)            # the disk was mended, or a copy put back
    again = as_person(open_depot(str(place), operator=SYSTEM, hashing=CHEAP), "clerk")
    try:
        goes_on(again, after=1)
    finally:
        again.close()
