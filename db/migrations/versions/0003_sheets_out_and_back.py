"""Monthly progress, what clerks corrected in senders' sheets, and what became of an import's rows."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Brings the schema forward."""
    _create_progress()
    op.create_table(
        "corrections",
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("ledger", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("meant", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_corrections_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint(
            "unit_id", "ledger", "kind", "field", "said", name=op.f("uq_corrections_unit_id_ledger_kind_field_said")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_unit_id", "corrections", ["unit_id"])
    for column in (
        sa.Column("changed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("closed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("month", sa.String(length=2), nullable=True),
        sa.Column("units", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("said", sa.Text(), nullable=False, server_default="{}"),
    ):
        op.add_column("import_files", column)


def _create_progress() -> None:
    op.create_table(
        "progress",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("month", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("invested", sa.BigInteger(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("problems", sa.Text(), nullable=True),
        sa.Column("next_steps", sa.Text(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("return_reason", sa.String(length=200), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("search", sa.String(length=600), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_progress_batch_id_import_batches")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_progress_campaign_id_campaigns")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_progress_task_id_tasks")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_progress_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        sa.UniqueConstraint("task_id", "month", name=op.f("uq_progress_task_id_month")),
        sqlite_autoincrement=True,
    )
    for column in ("batch_id", "campaign_id", "unit_id"):
        op.create_index(f"ix_progress_{column}", "progress", [column])
