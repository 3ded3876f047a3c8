"""Runs the migrations on the one connection the program hands over (or on ``-x url=…`` for a developer)."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine

from app.persistence.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    url = context.get_x_argument(as_dictionary=True)["url"]
    with create_engine(url).connect() as connection:
        _run(connection)
        connection.commit()
