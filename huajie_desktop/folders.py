"""Where the data lies when nobody says otherwise, and how a folder with data is known."""

import os
from pathlib import Path

DATABASE = "huajie.db"
LOCK = "in-use.lock"


def data_folder() -> Path:
    """The user's own folder for this program's data."""
    from platformdirs import user_data_path  # needed only when no folder was said

    return user_data_path("huajie-desktop", appauthor=False)


def is_data_folder(folder: Path) -> bool:
    """Whether data of this program lies there, open or not."""
    return any(map(os.path.exists, (folder / DATABASE, folder / LOCK)))
