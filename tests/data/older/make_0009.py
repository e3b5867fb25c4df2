"""The year of work of make_0008.py with the program of schema 0009, papers given out as documents too: python make_0009.py CHECKOUT, see README.md."""

import shutil
import sys
import tempfile
from pathlib import Path

import make
import make_0006
import make_0007
import make_0008


def main(checkout: Path) -> None:
    """Works, takes the last five steps back and does them again, and keeps the database with what lay beside it."""
    sys.path[:0] = [str(checkout)]
    from huajie_desktop.application import Application
    from huajie_desktop.papers.making import Order
    from huajie_desktop.papers.making import make as make_papers

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        data = Application.create(folder, today=lambda: make.TODAY)
        seat = make_0006.work(data, Path(scratch))
        make_0007.send_back(seat, Path(scratch))
        for name in ("p.docx", "p.pdf"):
            make_papers(seat, Order("pledge"), Path(scratch) / name)
        last = [make_0008.settle(seat), *make_0006.last_five(seat, Path(scratch))]
        data.close()
        make_0006.prove(shutil.copytree(folder, Path(scratch) / "again"), last)
        make.keep(folder, "0009", "0009")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
