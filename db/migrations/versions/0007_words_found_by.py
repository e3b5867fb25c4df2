"""What records are found by, in its present form: folded words and letters with all readings, in the rows and in the journal."""

from alembic import op

from db.migrations.found_by import renew

revision = "0007"
down_revision = "0006"

_SOURCES = {  # the columns whose words were taken, by table; the name first
    "units": ("name", "aliases"), "people": ("name",), "categories": ("name", "aliases"), "list_kinds": ("name", "aliases"),
    "task_forces": ("name",), "tasks": ("title",), "progress": ("title",), "disputes": ("summary", "party_a", "party_b"),
    "livelihood_projects": ("title",), "livelihood_progress": ("title",),
}  # fmt: skip


def upgrade() -> None:
    """Brings the data forward; the tables stay as they are."""
    renew(op.get_bind(), _SOURCES)
