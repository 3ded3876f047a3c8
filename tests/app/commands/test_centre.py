"""``centre`` and ``sync`` on the command line, against a real server: what they print and how they end."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import main
from app.depot import SYSTEM, open_depot
from app.domain.masterdata import Customer, Product
from app.errors import Refused
from app.messages import say
from app.persistence import links, masterdata, settings
from app.persistence.database import Database
from app.persistence.stamped import ask
from app.services import adoption, founding, night
from app.sync import registry, run
from app.sync.credentials import VARIABLE
from app.sync.server import Centre
from tests.app.sync.test_one_byte import on_the_disk
from tests.builders import a_received_unit, as_person
from tests.conftest import CHEAP, FakeClock, Ids, PostgresServer, staffed

pytestmark = pytest.mark.postgres
_names = itertools.count(1)


@pytest.fixture
def url(postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database."""
    monkeypatch.setenv("FANXIU_ADMIN_PASSWORD", "geheim-2611")
    monkeypatch.setenv("FANXIU_ADMIN_PIN", "4071")
    return postgres_server.create(f"centre_command_{next(_names)}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A depot's file."""
    path = tmp_path / "depot.db"
    staffed(str(path), FakeClock(datetime.now(UTC)), Ids()).close()
    return path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_from_an_empty_server_to_a_verified_night(
    url: str, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main.main(["--language", "en", "centre", "init", url]) == 0
    assert main.main(["--language", "en", "centre", "init", url]) == 1
    assert "already" in capsys.readouterr().err
    assert main.main(["--language", "en", "centre", "migrate", url]) == 0
    said(capsys)
    assert main.main(["--language", "en", "centre", "status", url]) == 0
    assert "No depot is entered yet" in said(capsys)
    assert main.main(["centre", "depot", "add", "SH1", "--centre", url, "--language", "en"]) == 0
    lines = dict(line.split(": ", 1) for line in said(capsys).splitlines() if ": " in line)
    depot = open_depot(str(file), operator=SYSTEM, hashing=CHEAP)
    with depot.write() as tx:
        settings.put(tx, "centre", lines["Address"])
    depot.close()
    monkeypatch.setenv(VARIABLE, lines["Password"])
    words = ["--database", str(file), "--language", "en", "sync", "--json"]
    assert main.main([*words, "--now"]) == 0
    report = json.loads(said(capsys))
    assert (report["outcome"], report["joined"]) == ("VERIFIED", True)
    assert main.main(words) == 0
    assert json.loads(said(capsys))["due"] is False
    assert main.main(["centre", "status", url, "--json", "--language", "en"]) == 0
    (state,) = json.loads(said(capsys))
    assert (state["code"], state["histories"], state["last"]["outcome"]) == ("SH1", 1, "VERIFIED")
    depot = open_depot(str(file), operator=SYSTEM, hashing=CHEAP)
    with on_the_disk(depot, "users") as link:
        link.execute("UPDATE users SET name = 'somebody else' WHERE login = 'clerk'")
    depot.close()
    words.remove("--json")
    assert main.main([*words, "--now"]) == 3                     # put right, but somebody must look
    told = capsys.readouterr()
    assert "something was found" in told.out
    assert "were not the same" in told.err
    assert main.main([*words, "--now"]) == 0
    assert main.main(["centre", "status", url, "--language", "en"]) == 0
    told_status = said(capsys)
    assert "behind 0.0 h, clock off 0 s" in told_status
    assert "UTC: verified" in told_status


def test_of_a_night_that_failed_the_centre_hears_when_it_can(
    url: str, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main.main(["--language", "en", "centre", "init", url])
    assert main.main(["centre", "status", url, "--language", "en"]) == 0
    assert "No depot is entered yet" in said(capsys)
    login = registry.add_depot(url, "SH1", "", datetime.now(UTC))
    monkeypatch.setenv(VARIABLE, login.password)
    depot = open_depot(str(file), operator=SYSTEM, hashing=CHEAP)
    with depot.write() as tx:
        settings.put(tx, "centre", login.address)
    words = ["--database", str(file), "--language", "en", "sync", "--now"]
    assert main.main(words) == 0
    seen = registry.states(url, datetime.now(UTC))[0].seen_at
    database = Database(url)
    with database.bare() as link:
        ask(link, "UPDATE alembic_version SET version_num = '0001'")
    assert main.main(words) == 1
    (state,) = registry.states(url, datetime.now(UTC))
    assert (state.outcome, state.last["code"], state.seen_at) == ("REFUSED", "sync.centre-old", seen)
    assert state.tried_at is not None
    assert seen is not None
    assert state.tried_at >= seen
    said(capsys)
    assert main.main(["centre", "status", url, "--language", "en"]) == 0
    assert "sync.centre-old" in said(capsys)
    database.close()
    depot.close()


@pytest.mark.parametrize(("address", "code", "sentence"), [
    ("{depot}", "sync.not-a-centre", "no centre"), ("{missing}", "sync.unknown-database", "no such database"),
    ("{nobody}", "sync.wrong-password", "login or password"), ("garbage", "settings.centre-address", "postgresql://"),
    ("/tmp/never-made.db", "settings.centre-address", "postgresql://"),
    ("postgresql://u@h:abc/x", "settings.centre-address", "postgresql://"),
    ("postgresql://u@centre.example.com/x", "sync.no-password", "not on this computer"),
])
def test_an_address_that_leads_to_no_centre_is_a_sentence_and_a_try_on_record(
    postgres_server: PostgresServer, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    address: str, code: str, sentence: str,
) -> None:
    if code == "sync.no-password":
        monkeypatch.delenv(VARIABLE, raising=False)
        monkeypatch.setattr("keyring.get_password", lambda *_asked: None)
    else:
        monkeypatch.setenv(VARIABLE, "x")
    base = postgres_server.base.set(drivername="postgresql")
    places = {"depot": base.set(database="depot_template"), "missing": base.set(database="nowhere"),
              "nobody": base.set(username="nobody")}
    depot = open_depot(str(file), operator=SYSTEM, hashing=CHEAP)
    with depot.write() as tx:
        settings.put(tx, "centre", address.format(**{
            name: place.render_as_string(hide_password=False) for name, place in places.items()}))
    assert main.main(["--database", str(file), "--language", "en", "sync", "--now"]) == 1
    said_then = capsys.readouterr().err
    assert sentence in said_then
    (tried,) = night.nights(depot)
    assert say(tried.facts["code"], tried.facts["told"]) in said_then
    assert (tried.outcome, tried.facts["code"], tried.asked_by) == ("REFUSED", code, "command")
    assert not night.is_due(depot)                               # the next try waits as after any other
    assert not Path("/tmp/never-made.db").exists()
    depot.close()


def test_a_command_line_that_is_not_understood_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    for language, begins in (("en", "The command line is not understood: "), ("zh_CN", "命令行有误：")):
        for words in (["centre"], ["sync", "--bogus"], ["centre", "depot", "drop", "X", "--centre", "y"], ["nonsense"]):
            with pytest.raises(SystemExit) as ended:
                main.main(["--language", language, *words])
            assert ended.value.code == 1
            assert begins in capsys.readouterr().err


def test_a_lost_file_comes_back_from_the_copy_and_the_centre_listed_by_serial(
    url: str, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main.main(["--language", "en", "centre", "init", url]) == 0
    said(capsys)
    assert main.main(["centre", "depot", "add", "SH1", "--centre", url, "--language", "en"]) == 0
    lines = dict(line.split(": ", 1) for line in said(capsys).splitlines() if ": " in line)
    monkeypatch.setenv(VARIABLE, lines["Password"])
    here = ["--database", str(file), "--language", "en"]
    depot = as_person(open_depot(str(file), operator=SYSTEM, hashing=CHEAP), "clerk")
    with depot.write() as tx:
        settings.put(tx, "centre", lines["Address"])
    assert main.main([*here, "sync", "--now"]) == 0
    assert main.main([*here, "backup"]) == 0
    a_received_unit(depot, "AFTER-COPY")
    assert main.main([*here, "sync", "--now"]) == 0
    depot.close()
    file.unlink()
    said(capsys)
    assert main.main([*here, "restore", "newest", "--fetch"]) == 0
    told = said(capsys)
    assert "Head office gave back:\n  AFTER-COPY" in told
    assert "stands on papers only" in told


def test_without_an_address_or_with_a_wrong_password_it_is_a_sentence(
    url: str, file: Path, postgres_server: PostgresServer, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ["--database", str(file), "--language", "en", "sync", "--now"]
    assert main.main(words) == 1
    assert "No address of head office is set" in capsys.readouterr().err
    with pytest.raises(Refused, match=r"sync\.not-a-centre"):
        registry.add_depot(url, "SH1", "", datetime.now(UTC))
    main.main(["--language", "en", "centre", "init", url])
    made = registry.add_depot(url, "LOCKED1", "", datetime.now(UTC))
    _ask_for_password(postgres_server, made.login)
    depot = open_depot(str(file), operator=SYSTEM, hashing=CHEAP)
    with depot.write() as tx:
        settings.put(tx, "centre", made.address)
    depot.close()
    monkeypatch.setenv(VARIABLE, "wrong")
    assert main.main(words) == 1
    assert "refuses this depot's login or password" in capsys.readouterr().err
    monkeypatch.setenv(VARIABLE, made.password)
    assert main.main(words) == 1                                # the right password, but another depot's
    assert "SH1" in capsys.readouterr().err
    own = registry.add_depot(url, "SH1", "", datetime.now(UTC))
    _ask_for_password(postgres_server, own.login)
    depot = open_depot(str(file), operator=SYSTEM, hashing=CHEAP)
    with depot.write() as tx:
        settings.put(tx, "centre", own.address)
    a_received_unit(as_person(depot, "clerk"))
    depot.close()
    assert main.main(words) == 1                                # the other depot's password
    assert "refuses this depot's login or password" in capsys.readouterr().err
    monkeypatch.setenv(VARIABLE, own.password)
    assert main.main(words) == 0                                # the cause is gone: everything gets there
    assert "verified" in said(capsys)


def _ask_for_password(server: PostgresServer, login: str) -> None:
    """From now on this login must give its password."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    engine = create_engine(server.base, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as link:
        file = Path(str(link.exec_driver_sql("SHOW hba_file").scalar()))
        file.write_text(f"local all {login} scram-sha-256\n" + file.read_text())
        link.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


def test_a_server_without_tls_is_refused_over_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    centre = Centre("postgresql://depot_sh1:x@127.0.0.1:1/centre?sslmode=disable")
    given = centre._engine.dialect.create_connect_args(centre._engine.url)
    assert "sslmode" not in given[1]                            # an address cannot take the guard away
    centre.close()


def test_head_office_adopts_and_joins_proposals_and_depots_follow(url: str, tmp_path: Path) -> None:
    office = founding.found(
        url, founding.Founding("HQ", "总部", "office", "Office", "geheim-2611", "4071"), hashing=CHEAP
    )
    office.close()
    registry.prepare(url)
    logins = {code: registry.add_depot(url, code, code, datetime.now(UTC)) for code in ("SH1", "CD1")}
    ids = Ids(itertools.count(9_000))
    depot = as_person(staffed(str(tmp_path / "a.db"), FakeClock(datetime.now(UTC)), ids), "clerk")
    with depot.as_operator(SYSTEM).write() as tx:
        customer = Customer(id=tx.new_id(), code="C1", name="新客户", proposed=True)
        product = Product(id=tx.new_id(), model="NEW-1", name_zh="新", name_en="New", proposed=True)
        masterdata.add(tx, customer)
        masterdata.add(tx, product)
    a_received_unit(depot, "S1", customer_id=customer.id, product_id=product.id)
    centre = Centre(logins["SH1"].address, password=logins["SH1"].password)
    run.night(depot, centre)
    office = open_depot(url, operator=SYSTEM, hashing=CHEAP)
    assert {(one.kind, one.name) for one in adoption.proposals(office)} == {
        ("customer", "新客户"), ("product", "NEW-1")}
    adopted = adoption.adopt(office, "customer", "SH1", customer.id)
    into = adoption.adopt(office, "product", "SH1", product.id).into_id
    assert adoption.proposals(office) == ()
    with pytest.raises(Refused, match=r"sync\.no-proposal"):
        adoption.adopt(office, "customer", "SH1", "nobody")
    office.close()
    run.night(depot, centre)
    assert night.after(depot).proposals_followed == 2
    with depot.read() as tx:
        assert links.waiting(tx) == []
        ((owner, of_product),) = tx.ask("SELECT customer_id, product_id FROM units")
        assert (owner, of_product) == (adopted.into_id, into)
    assert run.night(depot, centre).tally.sent > 0
    assert run.night(depot, centre).tally.sent == 0
    with pytest.raises(Refused, match=r"sync\.not-ours"):
        adoption.adopt(as_person(depot, "supervisor"), "customer", "SH1", customer.id)
    centre.close()
    depot.close()
