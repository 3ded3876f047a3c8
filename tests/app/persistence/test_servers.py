"""Which servers must prove who they are, which addresses are none, and what a server's complaints mean."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from app.errors import Refused, Unavailable
from app.persistence.database import Database
from app.persistence.servers import Complaint, as_url, complaint, is_local, is_near
from app.sync.centre_engine import engine_of, translated

LOCAL = ("postgresql:///fx", "postgresql://u@/fx?host=/run/postgresql", "postgresql://u@/fx?host=/a,/b&port=5433,5434")
LOOPBACK = ("postgresql://u@127.0.0.1/fx", "postgresql://u@localhost:5433/fx", "postgresql://u@/fx?host=127.0.0.1")
FAR = (
    "postgresql://u@centre.example.com/fx", "postgresql://u@/fx?host=centre.example.com",
    "postgresql://u@/fx?host=/run/postgresql&host=centre.example.com", "postgresql://u@/fx?host=/run,centre.example.com",
    "postgresql://u@centre.example.com/fx?host=/run/postgresql", "postgresql://u@/fx?host=/run&hostaddr=10.0.0.1",
    "postgresql://u@/fx?service=centre", "postgresql://u@localhost.example.com/fx",
    "postgresql://u@centre.example.com/fx?sslmode=disable&channel_binding=disable",
)


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE", "FANXIU_CENTRE_PLAIN", "FANXIU_DATABASE_PLAIN"):
        monkeypatch.delenv(name, raising=False)


class Caught(Exception):
    """How a connection would have been made."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given


def given_by(engine: Any) -> dict[str, Any]:
    """How an engine would connect; it does not."""
    def catch(_class: object, _address: str, **given: Any) -> None:
        raise Caught(given)

    with pytest.MonkeyPatch.context() as driver:
        driver.setattr(psycopg.Connection, "_get_connection_params", classmethod(catch))
        with pytest.raises(Caught) as caught:
            engine.connect()
    engine.dispose()
    return caught.value.given


@pytest.mark.parametrize("address", LOCAL + LOOPBACK + FAR)
def test_a_server_over_a_network_must_prove_its_name(address: str) -> None:
    assert is_local(as_url(address)) == (address in LOCAL)
    assert is_near(as_url(address)) == (address not in FAR)
    night = given_by(engine_of(address, "secret"))
    assert night.get("sslmode") == (None if address in LOCAL else "verify-full")
    desk = given_by(Database(address)._writer)
    assert desk.get("sslmode") == ("verify-full" if address in FAR else None)
    if address in FAR:
        assert desk["channel_binding"] == night["channel_binding"] == "require"
        assert "hostaddr" not in night
    assert night["tcp_user_timeout"] == desk["tcp_user_timeout"] == 60_000


@pytest.mark.parametrize(("name", "value"), [
    ("PGHOST", "centre.example.com"), ("PGHOSTADDR", "10.0.0.1"), ("PGSERVICE", "centre"),
])
def test_the_environment_may_say_where_the_server_is(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert given_by(engine_of("postgresql:///fx"))["sslmode"] == "verify-full"
    assert given_by(Database("postgresql:///fx")._writer)["sslmode"] == "verify-full"
    monkeypatch.setenv("FANXIU_CENTRE_PLAIN", "1")
    assert "sslmode" not in given_by(engine_of("postgresql:///fx"))
    assert given_by(Database("postgresql:///fx")._writer)["sslmode"] == "verify-full"     # a switch of its own


@pytest.mark.parametrize("address", [
    "postgresql://u:GEHEIM@h:abc/db", "postgresql://u@h:99999/db", "postgresql://u@h:0/db", "postgresql://u@[::1/db",
    "postgresql://a@h1:1,h2:2/db", "mysql://u:GEHEIM@h/db", "://",
    "postgresql://u:GEHEIM@/db?host=/a&port=abc",
])
def test_what_is_no_address_is_a_sentence_without_its_password(address: str) -> None:
    with pytest.raises(Refused, match=r"database\.url") as refusal:
        Database(address)
    assert "GEHEIM" not in str(refusal.value.facts)


@pytest.mark.parametrize(("text", "means"), [
    ('FATAL:  password authentication failed for user "x"', Complaint.LOGIN),
    ('致命错误:  用户 "x" Password 认证失败', Complaint.LOGIN),
    ('FATAL:  role "nobody" does not exist', Complaint.LOGIN),
    ('FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "x", database "y", no encryption', Complaint.LOGIN),
    ("fe_sendauth: no password supplied", Complaint.LOGIN),
    ('FATAL:  database "nodb" does not exist', Complaint.DATABASE),
    ('致命错误:  数据库 "nodb" 不存在', Complaint.DATABASE),
    ("SSL error: certificate verify failed", Complaint.CERTIFICATE),
    ("server does not support SSL, but SSL was required", Complaint.CERTIFICATE),
    ("channel binding required, but server authenticated client without channel binding", Complaint.CERTIFICATE),
    ("consuming input failed: SSL connection has been closed unexpectedly", Complaint.AWAY),
    ("consuming input failed: SSL SYSCALL error: EOF detected", Complaint.AWAY),
    ("server closed the connection unexpectedly", Complaint.AWAY),
    ('connection to server at "10.0.0.1", port 5432 failed: Connection refused', Complaint.AWAY),
])
def test_a_connection_that_is_refused_is_told_apart_by_its_words(text: str, means: Complaint) -> None:
    assert complaint(OperationalError("X", {}, psycopg.OperationalError(text))) is means


@pytest.mark.parametrize(("error", "code"), [
    (psycopg.errors.DiskFull("x"), "sync.centre-full"), (psycopg.errors.QueryCanceled("x"), "sync.centre-away"),
    (psycopg.errors.AdminShutdown("x"), "sync.centre-away"), (psycopg.errors.InsufficientPrivilege("x"),
                                                             "sync.not-permitted"),
    (psycopg.errors.InvalidCatalogName("x"), "sync.unknown-database"),
    (psycopg.errors.InvalidPassword("x"), "sync.wrong-password"),
])
def test_what_the_centre_complains_of_has_its_code(error: psycopg.Error, code: str) -> None:
    with pytest.raises((Refused, Unavailable), match=code.replace(".", r"\.")), translated():
        raise OperationalError("X", {}, error)


def test_two_that_got_in_each_others_way_are_not_a_complaint() -> None:
    with pytest.raises(OperationalError), translated():
        raise OperationalError("X", {}, psycopg.errors.SerializationFailure("restart transaction"))
