"""The ledger of livelihood projects, its parts and the monthly reports on it."""

from db.migrations import entry_tables as tables
from db.migrations.entry_tables import amount, create_entry_table, create_part_table, day, text, whole

revision = "0006"
down_revision = "0005"

PROJECTS = "livelihood_projects"


def upgrade() -> None:
    """Brings the schema forward."""
    create_entry_table(
        PROJECTS,
        text("number", 40),
        text("title", 200, required=True),
        text("background"),
        text("content"),
        amount("investment"),
        amount("planned"),
        amount("spent"),
        text("benefit"),
        day("start"),
        *tables.deadline(),
        text("stage", 200),
        text("finished", 40),
        whole("satisfied"),
        whole("nearly_satisfied"),
        whole("dissatisfied"),
        text("remarks"),
        references={"unit_id": "units", "lead_id": "people"},
        required=("unit_id",),
    )
    create_part_table("livelihood_people", "project_id", pointed="person_id:people", to=PROJECTS)
    create_part_table("livelihood_quantities", "project_id", *tables.quantity(), to=PROJECTS)
    create_part_table("livelihood_funding", "project_id", *tables.funding(), to=PROJECTS)
    create_part_table("livelihood_milestones", "project_id", *tables.milestone(), to=PROJECTS)
    create_entry_table(
        "livelihood_progress",
        *tables.report(),
        references={"unit_id": "units", "project_id": PROJECTS},
        required=("unit_id", "project_id"),
        once=("project_id", "month"),
    )
