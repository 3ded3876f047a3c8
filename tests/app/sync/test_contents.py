"""Contents of attachments go to the centre and come back from it; what is damaged on either side is put right."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from unittest.mock import patch

import pytest

from app.depot import SYSTEM, Depot, open_depot
from app.domain.backups import CopyKind
from app.domain.sync.outcomes import Ended
from app.errors import Cancelled, Refused
from app.messages import say, sentence
from app.services import attachments, backup, night, recovery, verifying
from app.services.night import Alert
from app.sync import run
from app.sync.server import Centre, Lying
from tests.app.sync.test_night import at_centre, at_depot, centre, kept_at_centre
from tests.builders import a_received_unit, as_person
from tests.conftest import CHEAP, FakeClock, Ids, PostgresServer
from tests.simulation.postgres import make_centre

__all__ = ["centre"]
NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
LOG = bytes(range(256)) * 5_000


def file(depot: Depot, case_id: str, name: str, content: bytes) -> str:
    """File bytes with a case; the attachment's id."""
    return attachments.attach(depot, case_id, (attachments.prepare_bytes(name, content),)).attachments[0].id


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def alerts(depot: Depot) -> list[Alert]:
    """What was told about contents (the clock of the tests is not the centre's)."""
    return [one for one in night.alerts(depot) if one.kind.startswith("alert.content")]


class Asked:
    """Counts what the centre is asked about contents."""

    def __init__(self, centre: Centre) -> None:
        self.questions: list[int] = []
        self._real = centre.contents
        centre.contents = self  # type: ignore[method-assign, assignment]

    def __call__(self, depot_id: str, digests: Sequence[str]) -> object:
        self.questions.append(len(digests))
        return self._real(depot_id, digests)


def test_what_was_filed_after_the_copy_comes_back_with_its_bytes_piece_by_piece(
    sqlite_depot: Depot, centre: Centre, clock: FakeClock
) -> None:
    case = a_received_unit(sqlite_depot).case_id
    run.night(sqlite_depot, centre)
    place = str(sqlite_depot.database.path)
    copy = backup.back_up(place, NOW, CopyKind.QUICK).copy
    older = file(sqlite_depot, case, "older.bin", b"abc" * 1000)
    clock.advance(minutes=5)
    newer = file(sqlite_depot, case, "newer.bin", LOG)
    run.night(sqlite_depot, centre)
    sqlite_depot.close()
    backup.restore(place, copy.place, clock.now)
    depot = as_person(open_depot(
        place, operator=SYSTEM, clock=clock, new_id=Ids(itertools.count(5_000_000)), hashing=CHEAP), "clerk")

    first = run.night(depot, centre, fetch_budget=600_000)      # the newest filing first; pieces stay
    assert (first.tally.contents_back, first.tally.contents_missing) == (0, 2)
    assert at_depot(depot, "SELECT sha256, sum(size) FROM blobs_coming GROUP BY 1") == [(sha(LOG), 1_024_000)]
    state = recovery.standing(depot)
    assert state is not None
    assert (state.contents_back, state.contents_missing) == (0, 2)

    second = run.night(depot, centre)
    assert (second.tally.contents_back, second.tally.contents_missing) == (2, 0)
    assert second.tally.back_bytes == len(LOG) - 1_024_000 + 3000
    assert attachments.content(depot, newer) == LOG
    assert attachments.content(depot, older) == b"abc" * 1000
    assert at_depot(depot, "SELECT count(*) FROM blobs_coming") == [(0,)]
    assert not {problem.code for problem in verifying.verify(depot).findings} & {
        "verify.content", "verify.content-missing"}
    state = recovery.standing(depot)
    assert state is not None
    assert (state.contents_back, state.contents_missing) == (2, 0)
    at_depot(depot, "DELETE FROM blobs WHERE size = 3000")
    with pytest.raises(Refused, match=r"attachments\.not-here") as refusal:
        attachments.content(depot, older)
    assert "older.bin" in sentence(refusal.value)
    assert run.night(depot, centre).tally.contents_back == 1
    third = run.night(depot, centre)
    assert (third.tally.contents_back, third.tally.content_bytes) == (0, 0)
    depot.close()


def test_fetching_can_be_stopped_and_what_came_garbled_is_fetched_anew(depot: Depot, centre: Centre) -> None:
    attachment = file(depot, a_received_unit(depot).case_id, "log.bin", LOG)
    run.night(depot, centre)
    at_depot(depot, "DELETE FROM blobs")
    real, pieces = centre.content_piece, itertools.count()

    def flipped(depot_id: str, sha256: str, at: int) -> bytes:
        next(pieces)
        return b"X" + real(depot_id, sha256, at)[1:]

    with patch.object(centre, "content_piece", flipped):
        with pytest.raises(Cancelled):
            run.night(depot, centre, cancelled=lambda: next(pieces) > 40 or bool(
                at_depot(depot, "SELECT 1 FROM blobs_coming")))
        assert at_depot(depot, "SELECT at FROM blobs_coming") == [(0,)]
        assert run.night(depot, centre).tally.contents_missing == 1
    assert at_depot(depot, "SELECT count(*) FROM blobs_coming") == [(0,)]      # nothing wrong is kept
    assert at_depot(depot, "SELECT count(*) FROM blobs") == [(0,)]
    assert run.night(depot, centre).tally.contents_back == 1
    assert attachments.content(depot, attachment) == LOG


def test_a_content_that_arrives_damaged_is_dropped_at_the_centre_and_sent_again(depot: Depot, centre: Centre) -> None:
    file(depot, a_received_unit(depot).case_id, "log.bin", LOG)
    real = centre.add_content

    def flipped(depot_id: str, sha256: str, at: int, piece: bytes) -> None:
        real(depot_id, sha256, at, b"X" + piece[1:])

    with patch.object(centre, "add_content", flipped):
        first = run.night(depot, centre)
    assert (first.outcome, first.tally.contents, first.tally.contents_left) == (Ended.VERIFIED, 0, 1)
    (alert,) = alerts(depot)
    assert "log.bin" in say(alert.kind, alert.facts)
    assert at_depot(depot, "SELECT count(*) FROM blobs_sent") == [(0,)]
    assert run.night(depot, centre).tally.contents == 1
    assert kept_at_centre(centre, sha(LOG)) == LOG


def test_a_content_that_was_damaged_at_the_centre_since_is_found_in_rotation_and_put_right(
    depot: Depot, centre: Centre
) -> None:
    file(depot, a_received_unit(depot).case_id, "log.bin", LOG)
    run.night(depot, centre)
    at_centre(centre, "UPDATE centre_contents SET content = zeroblob(size) WHERE at = 0 RETURNING 1")
    run.night(depot, centre)
    run.night(depot, centre)
    assert kept_at_centre(centre, sha(LOG)) == LOG
    assert run.night(depot, centre).tally.content_bytes == 0


def test_a_content_that_was_damaged_here_since_is_found_in_rotation_and_fetched(depot: Depot, centre: Centre) -> None:
    attachment = file(depot, a_received_unit(depot).case_id, "log.bin", LOG)
    run.night(depot, centre)
    at_depot(depot, "UPDATE blobs SET content = :c", c=b"X" * len(LOG))
    assert run.night(depot, centre).tally.contents_back == 1
    assert attachments.content(depot, attachment) == LOG
    assert alerts(depot) == []


@pytest.mark.parametrize("harm", ["substr(content, 1, 5000)", "zeroblob(size)"], ids=["cut short", "overwritten"])
def test_a_content_damaged_here_is_never_sent_and_comes_back_from_the_centre(
    sqlite_depot: Depot, centre: Centre, harm: str
) -> None:
    depot, case = sqlite_depot, a_received_unit(sqlite_depot).case_id
    attachment = file(depot, case, "log.bin", LOG)
    file(depot, case, "other.bin", b"other")
    at_depot(depot, f"UPDATE blobs SET content = {harm} WHERE size > 5000")
    for _night in range(2):
        report = run.night(depot, centre)
        assert report.outcome is Ended.VERIFIED
        assert report.tally.contents_missing == 1
    assert at_centre(centre, "SELECT sha256 FROM centre_contents") == [(sha(b"other"),)]     # the next one went
    (alert,) = alerts(depot)
    assert "log.bin" in say(alert.kind, alert.facts)
    night.see_alert(as_person(depot, "supervisor"), alert.id)
    run.night(depot, centre)
    assert alerts(depot) == []                                   # told once
    if harm.startswith("substr"):
        file(depot, case, "log.bin", LOG)                        # filed again, as the alert says
        assert run.night(depot, centre).tally.contents_missing == 0
        assert kept_at_centre(centre, sha(LOG)) == attachments.content(depot, attachment) == LOG
        assert at_depot(depot, "SELECT count(*) FROM attachments") == [(2,)]
        return
    centre.add_content("SH1", sha(LOG), 0, LOG)                  # another copy of this depot had sent it
    assert run.night(depot, centre).tally.contents_back == 1
    assert attachments.content(depot, attachment) == LOG
    assert run.night(depot, centre).tally.contents_missing == 0


def test_after_a_fork_no_content_is_asked_for_again_but_after_a_restore_of_the_centre_all_are(
    depot: Depot, centre: Centre
) -> None:
    case = a_received_unit(depot).case_id
    for n in range(30):
        file(depot, case, f"f{n}.bin", b"%d" % n)
    run.night(depot, centre)
    at_centre(centre, "UPDATE centre_origins SET open = 0 WHERE depot_id = 'SH1' RETURNING 1")
    asked = Asked(centre)
    forked = run.night(depot, centre, content_budget=1000)
    assert (forked.tally.forks, forked.tally.contents_left, forked.tally.content_bytes) == (1, 0, 0)
    assert asked.questions == [1000 // 128]                      # the rotation, within the quota
    at_centre(centre, "DELETE FROM centre_contents WHERE depot_id = 'SH1' RETURNING 1")
    at_centre(centre, "DELETE FROM centre_batches WHERE depot_id = 'SH1' RETURNING 1")
    at_centre(centre, "DELETE FROM centre_origins WHERE depot_id = 'SH1' RETURNING 1")
    asked.questions.clear()
    restored = run.night(depot, centre)
    assert restored.tally.contents == 30
    assert asked.questions[:2] == [30, 30]                       # what is there; did it arrive
    assert at_centre(centre, "SELECT count(*) FROM centre_contents") == [(30,)]


def test_text_loses_the_sign_that_no_postgresql_can_keep_and_the_night_goes_through(
    depot: Depot, centre: Centre
) -> None:
    attachment = file(depot, a_received_unit(depot, note="ab\x00c").case_id, "a\x00b.bin", b"abc")
    assert at_depot(depot, "SELECT note FROM return_cases") == [("abc",)]
    (filed,) = attachments.of_case(depot, at_depot(depot, "SELECT id FROM return_cases")[0][0])
    assert (filed.id, filed.filename) == (attachment, "ab.bin")
    assert not any("u0000" in facts for (facts,) in at_depot(depot, "SELECT facts FROM journal"))
    assert "verify.journal" not in {problem.code for problem in verifying.verify(depot).findings}
    assert run.night(depot, centre).outcome is Ended.VERIFIED


@pytest.mark.postgres
def test_on_a_real_centre_a_content_is_put_right_and_comes_back_and_a_row_it_cannot_keep_is_named(
    postgres_server: PostgresServer, sqlite_depot: Depot
) -> None:
    login = make_centre(postgres_server.create("centre_contents"), ["SH1"])["SH1"]
    real, depot = Centre(login.address, password=login.password), sqlite_depot
    case = a_received_unit(depot).case_id
    attachment = file(depot, case, "log.bin", LOG)
    real.add_content("SH1", sha(LOG), 0, b"X" * len(LOG))
    assert run.night(depot, real).tally.contents == 1
    assert real.contents("SH1", [sha(LOG), "none"]) == {sha(LOG): Lying(len(LOG), sha(LOG))}
    at_depot(depot, "DELETE FROM blobs")
    assert run.night(depot, real).tally.contents_back == 1
    assert attachments.content(depot, attachment) == LOG
    a_received_unit(depot, "SN-2", note="abc")
    at_depot(depot, "UPDATE return_cases SET note = 'a' || char(0) || 'c' WHERE note = 'abc'")
    with pytest.raises(Refused, match=r"sync\.no-text") as refusal:
        run.night(depot, real)
    ((number,),) = at_depot(depot, "SELECT number FROM return_cases WHERE note <> ''")
    assert refusal.value.facts["row"] == number
    assert "{" not in sentence(refusal.value)
    real.close()
