"""Which tests run against both engines, a file and PostgreSQL."""

MODULES = {
    *("test_journal", "test_year_of_work", "test_carried_on", "test_loop_kept"),
    *("test_belonging", "test_bulk", "test_campaigns", "test_figures", "test_finding", "test_indicators", "test_ledger_sections"),
    *("test_doubts", "test_replacing", "test_sound", "test_standing"),
    *(
        "test_ledgers",
        "test_papers",
        "test_queries",
        "test_review",
        "test_tasks",
        "test_townships",
        "test_versions",
        "test_years",
    ),
}


def runs_twice(module: str) -> bool:
    """Whether the tests of a module do."""
    return module.split(".")[-1] in MODULES
