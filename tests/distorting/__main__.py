"""`dev.py distort`: sheets distorted in three ways at a time, read back, and a table of what was silent."""

import argparse
import random
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from huajie_desktop.sheets.fenced.fence import Reader
from tests.distorting.drawing import as_text
from tests.distorting.reading import NAMES, Trial, tried


def least(trial: Trial, seed: object, reader: Reader, folder: Path) -> Trial:
    """The fewest of a trial's distortions that are still silent."""
    for count in range(1, len(trial.book.done)):
        for names in combinations(trial.names, count):
            if (again := tried(seed, names, reader, folder)).silent:
                return again
    return trial


def main() -> int:
    """Reads the command line, tries, prints; 1 where anything was silent."""
    said = argparse.ArgumentParser(prog="dev.py distort", description=__doc__)
    said.add_argument("--examples", type=int, default=500)
    said.add_argument("--seed", type=int, default=2021)
    said.add_argument("--only", nargs="*", default=(), help="distortions, each alone and with others")
    said.add_argument("--show", type=int, default=0, help="how many silent ones are printed whole")
    said.add_argument("--one", help="SEED of one example, with the distortions of --only")
    asked = said.parse_args()
    with TemporaryDirectory(prefix="distort-") as place, Reader() as reader:
        folder = Path(place)
        if asked.one is not None:
            return show(tried(asked.one, asked.only, reader, folder))
        rng, done, silent, sorts, outcomes, shown = random.Random(asked.seed), Counter(), Counter(), Counter(), Counter(), 0
        causes: dict[str, list[str]] = {}
        for _ in range(asked.examples):
            seed = rng.randrange(10**9)
            others = rng.sample([name for name in NAMES if name not in asked.only], max(0, 3 - len(asked.only)))
            trial = tried(seed, [*asked.only, *others], reader, folder)
            done.update(trial.book.done)
            outcomes[trial.outcome] += 1
            if not trial.silent:
                continue
            again = least(trial, seed, reader, folder)
            cause = " + ".join(again.book.done) or "(plain)"
            silent[cause] += 1
            sorts.update({one.sort for one in again.silent})
            causes.setdefault(cause, []).append(
                f"--one {seed} --only {' '.join(again.names)}: {again.silent[0].sort}: {again.silent[0].words}"
            )
            if shown < asked.show:
                shown += 1
                show(again)
    print(f"{asked.examples} examples, {sum(silent.values())} with a silent difference; outcomes {dict(outcomes.most_common())}")
    print(f"sorts of silent differences: {dict(sorts.most_common())}")
    for cause, count in silent.most_common():
        print(f"{count:4}  {cause}")
        for line in causes[cause][:3]:
            print(f"        {line}")
    print("done: " + ", ".join(f"{name} {count}" for name, count in done.most_common()))
    return 1 if silent else 0


def show(trial: Trial) -> int:
    print(as_text(trial.book))
    print(f"{trial.book.file}{trial.book.ending}, {trial.book.ledger}: {', '.join(trial.book.done)}")
    print(trial.told())
    for one in trial.silent:
        print(f"SILENT {one.sort}: {one.words}")
    return 1 if trial.silent else 0


if __name__ == "__main__":
    sys.exit(main())
