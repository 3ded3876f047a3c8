"""The search index: one row per unit, words made by the program, FTS5 on SQLite and GIN on PostgreSQL."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TABLE search_entries (no INTEGER PRIMARY KEY, depot_id TEXT NOT NULL, unit_id TEXT NOT NULL,"
            " tokens TEXT NOT NULL) STRICT"
        )
        # detail=none: only which rows hold a word is kept; the hits are checked against the record anyway
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(tokens, content='search_entries', content_rowid='no',"
            " detail=none, columnsize=0, tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
        )
    else:
        op.execute(
            "CREATE TABLE search_entries (no BIGINT PRIMARY KEY, depot_id TEXT NOT NULL, unit_id TEXT NOT NULL,"
            " tokens TEXT NOT NULL,"
            " words tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED)"
        )
        op.execute("CREATE INDEX ix_search_words ON search_entries USING gin (words)")
    op.execute("CREATE UNIQUE INDEX uq_search_entries_unit ON search_entries (depot_id, unit_id)")


def downgrade() -> None:
    raise NotImplementedError("history goes forward; restore the copy made before the upgrade")
