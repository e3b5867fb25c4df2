"""Where the data lies when nobody says otherwise."""

from pathlib import Path

DATABASE = "huajie.db"


def data_folder() -> Path:
    """The user's own folder for this program's data."""
    from platformdirs import user_data_path  # needed only when no folder was said

    return user_data_path("huajie-desktop", appauthor=False)
