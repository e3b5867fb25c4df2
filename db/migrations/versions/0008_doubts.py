"""Doubts about what was read, kept with the records until somebody has settled them."""

import sqlalchemy as sa
from alembic import op

from db.migrations.entry_tables import text
from db.migrations.rebuilding import key_type

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Brings the schema forward; what was doubted before is not known."""
    op.create_table(
        "doubts",
        text("field", 40, required=True),
        text("text", 300, required=True),
        text("stood", 200),
        text("taken", 200),
        text("cell", 255),
        sa.Column("batch_id", key_type(), nullable=True),
        text("settled_by", 40),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        text("owner_kind", 40, required=True),
        text("owner_uid", 32, required=True),
        sa.Column("id", key_type(), nullable=False),
        text("uid", 32, required=True),
        sa.Column("version", key_type(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_doubts_batch_id_import_batches"),
            deferrable=True,
            initially="IMMEDIATE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubts")),
        sqlite_autoincrement=True,
    )
    for column in ("batch_id", "owner_uid", "uid"):
        op.create_index(f"ix_doubts_{column}", "doubts", [column], unique=column == "uid")
