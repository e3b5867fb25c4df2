"""The register of pledges and slips becomes one of all papers, with wordings, codes and signatures; scans belong to papers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEPT = "campaign_id, unit_id, kind, number, items, digest, made_at, made_by, outdated_at, outdated_why, id"


def upgrade() -> None:
    """Brings the schema forward."""
    op.create_table(
        "wordings",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_wordings_name_version")),
        sqlite_autoincrement=True,
    )
    _create_papers()
    op.execute(
        f"INSERT INTO papers ({_KEPT}, about, pages, said) SELECT {_KEPT}, "
        "(SELECT name FROM units WHERE units.id = pledges.unit_id), 0, '{}' FROM pledges"
    )
    _move_paper_tasks()
    op.drop_table("pledges")
    op.execute("UPDATE journal SET kind = 'papers' WHERE kind = 'pledges'")
    with op.batch_alter_table("attachments") as batch:
        batch.alter_column("task_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("paper_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f("fk_attachments_paper_id_papers"), "papers", ["paper_id"], ["id"])
        batch.create_index(batch.f("ix_attachments_paper_id"), ["paper_id"])


def _create_papers() -> None:
    op.create_table(
        "papers",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("sign_by", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=40), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("outdated_at", sa.DateTime(), nullable=True),
        sa.Column("outdated_why", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_papers_campaign_id_campaigns")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_papers_unit_id_units")),
        sa.ForeignKeyConstraint(["wording_id"], ["wordings.id"], name=op.f("fk_papers_wording_id_wordings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("campaign_id", "number", name=op.f("uq_papers_campaign_id_number")),
        sa.UniqueConstraint("code", name=op.f("uq_papers_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_papers_unit_id", "papers", ["unit_id"])
    op.create_index("ix_papers_unit_id_kind", "papers", ["unit_id", "kind"])
    if op.get_bind().dialect.name == "sqlite":  # ids that were ever given to a paper are not given again
        op.execute("INSERT INTO sqlite_sequence (name, seq) SELECT 'papers', seq FROM sqlite_sequence WHERE name = 'pledges'")


def _move_paper_tasks() -> None:
    """The same rows pointing at the new table; a foreign key cannot be turned elsewhere in place."""
    op.drop_index("ix_paper_tasks_task_id", "paper_tasks")
    with op.batch_alter_table("paper_tasks") as batch:
        batch.drop_constraint("fk_paper_tasks_paper_id_pledges", type_="foreignkey")
        batch.create_foreign_key(batch.f("fk_paper_tasks_paper_id_papers"), "papers", ["paper_id"], ["id"])
        batch.create_index(batch.f("ix_paper_tasks_task_id"), ["task_id"])
