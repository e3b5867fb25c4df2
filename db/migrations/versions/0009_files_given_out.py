"""As what papers were given out: PDF, a file for a word processor, or both."""

from alembic import op

from db.migrations.entry_tables import text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Brings the schema forward; as what older papers were given out is not known."""
    op.add_column("papers", text("given_as", 40))
