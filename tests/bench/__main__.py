"""Runs the measures and prints a table: `dev.py bench [--only NAME]... [--json FILE]`."""

import argparse
import compileall
import json
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench import (
    bulletins,
    by_sound,
    copies,
    importing,
    journal,
    lettering,
    listing,
    papers,
    queueing,
    responding,
    starting,
    templates,
    townships,
)
from tests.bench.measure import LeftOut, Measure

_ROOT = Path(__file__).parents[2]
_SHIPPED = ("db", "huajie_desktop", "ui", "resources")

MEASURES: tuple[Measure, ...] = (
    *starting.MEASURES,
    *importing.MEASURES,
    *templates.MEASURES,
    *papers.MEASURES,
    *lettering.MEASURES,
    *responding.MEASURES,
    *listing.MEASURES,
    *by_sound.MEASURES,
    *bulletins.MEASURES,
    *queueing.MEASURES,
    *journal.MEASURES,
    *copies.MEASURES,
    *townships.MEASURES,
)


def main() -> int:
    """Prints each measure's medians and ratio; the ratio is the median of the ratios run by run.

    A measure whose runner or peer fails is told and fails the whole, after the others; one that cannot be taken here is told.
    """
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("--only", action="append", choices=[measure.name for measure in MEASURES])
    parser.add_argument("--json", type=Path)
    said = parser.parse_args()
    for name in _SHIPPED:  # as the installed program and the peers are: compiling at every start is no part of either
        compileall.compile_dir(_ROOT / name, quiet=1)
    results, failed = {}, 0
    print(f"{'measure':<16}{'ours s':>9}{'peer s':>9}{'ratio':>8}{'goal':>7}  spread")
    for measure in MEASURES:
        if said.only and measure.name not in said.only:
            continue
        try:
            with tempfile.TemporaryDirectory() as folder:
                pairs = measure.run(Path(folder))
        except LeftOut as why:
            print(f"{measure.name:<16}  left out: {why}", flush=True)
            continue
        except Exception as fault:  # the others are measured all the same
            print(f"{measure.name:<16}  failed: {fault!r}", flush=True)
            failed += 1
            continue
        ratios = sorted(ours / peer for ours, peer in pairs)
        ours, peer, ratio = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs), median(ratios)
        results[measure.name] = {"ours": ours, "peer": peer, "ratio": ratio, "goal": measure.goal}
        spread = f"{ratios[0]:.2f}–{ratios[-1]:.2f} of {len(ratios)}"
        verdict = "" if ratio <= measure.goal else "  over goal"
        print(f"{measure.name:<16}{ours:>9.3f}{peer:>9.3f}{ratio:>8.2f}{measure.goal:>7.2f}  {spread}{verdict}", flush=True)
    if said.json:
        said.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
