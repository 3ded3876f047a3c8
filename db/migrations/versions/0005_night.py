"""What the night needs of a depot's database: batches, versions held, conflicts, attempts."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Filled with the synchronisation."""


def downgrade() -> None:
    raise NotImplementedError("history goes forward; restore the copy made before the upgrade")
