"""What records are found by, in its present form: folded words and letters with all readings, in the rows and in the journal."""

from alembic import op

from db.migrations.found_by import renew

revision = "0008"
down_revision = "0006"


def upgrade() -> None:
    """Brings the data forward; the tables stay as they are."""
    renew(op.get_bind())
