"""Whom the depot talks to must be the centre: a stranger's certificate is refused with a sentence, nothing is sent."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.depot import Depot
from app.errors import Refused
from app.messages import sentence
from app.services import night
from app.sync import run
from app.sync.centre import add_depot_row, make_sqlite
from app.sync.centre_engine import AUTHORITY, sqlite_engine
from app.sync.server import Centre
from tests.builders import a_received_unit

_SSL_REQUEST = struct.pack("!ii", 8, 80877103)


def _certificate(folder: Path, name: str, host: str) -> tuple[Path, Path]:
    """A throw-away certificate that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / f"{name}.pem", folder / f"{name}.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return certificate, secret


@contextmanager
def _stranger(certificate: Path, secret: Path, *, tls: bool = True) -> Iterator[tuple[int, list[bytes]]]:
    """A server that begins like PostgreSQL: its port, and what reached it in the clear after the greeting."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    heard: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                link, _whence = listening.accept()
            except OSError:
                return
            with link:
                link.settimeout(5)
                try:
                    assert link.recv(8) == _SSL_REQUEST
                    link.sendall(b"S" if tls else b"N")
                    if tls:
                        with context.wrap_socket(link, server_side=True) as inside:
                            heard.append(inside.recv(4096))
                    else:
                        heard.append(link.recv(4096))
                except (OSError, AssertionError):
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], heard
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)


@pytest.mark.parametrize("case", ["another authority", "another host", "no TLS at all"])
def test_a_stranger_is_refused_and_the_night_goes_on_when_the_centre_is_back(
    depot: Depot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    a_received_unit(depot)
    host = "elsewhere.example" if case == "another host" else "localhost"
    certificate, secret = _certificate(tmp_path, "server", host)
    trusted = _certificate(tmp_path, "trusted", "localhost")[0] if case == "another authority" else certificate
    monkeypatch.setenv(AUTHORITY, str(trusted))
    with _stranger(certificate, secret, tls=case != "no TLS at all") as (port, heard):
        away = Centre(f"postgresql://depot_sh1@localhost:{port}/centre?sslmode=disable", password="secret-7")
        with pytest.raises(Refused, match=r"sync\.wrong-certificate") as refusal:
            run.night(depot, away)
        away.close()
    assert not any(b"secret-7" in word or b"depot_sh1" in word for word in heard)    # not even the login
    assert "{" not in sentence(refusal.value)
    assert night.nights(depot)[0].facts["code"] == "sync.wrong-certificate"
    engine = sqlite_engine(":memory:")
    make_sqlite(engine)
    with engine.begin() as link:
        add_depot_row(link, "SH1", "SH1", "sh1", datetime.now(UTC))
    assert run.night(depot, Centre("", engine=engine)).outcome.value == "VERIFIED"
    engine.dispose()
