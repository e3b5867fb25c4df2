"""Compares what the importer read with an answer key: `python tests/check_import.py EXPECTED.json RESULT.json`.

RESULT.json is what `import FILES --dry-run --json` prints. A file's records are compared in order; each difference is printed,
at last the share of the key's records that are exact. Exit status 0 only when all are.
"""

import json
import sys
from itertools import zip_longest
from pathlib import Path

FIELDS = ("title", "content", "dimension", "category", "unit", "responsible", "due", "ongoing", "investment", "milestones")
WORDS = ("title", "content", "dimension", "category", "unit", "due")  # where empty text and nothing are the same


def same(field, want, got):
    if field == "investment" and want is not None and got is not None:
        return abs(float(want) - float(got)) < 1e-6
    if field in WORDS:
        return (want or None) == (got or None)
    return want == got


def faults(record):
    return sorted({(issue["field"], issue["severity"]) for issue in record.get("issues", [])})


def differences(want, got):
    """What one record says otherwise than the key."""
    told = [f"{f} {got.get(f)!r}, expected {want[f]!r}" for f in FIELDS if f in want and not same(f, want[f], got.get(f))]
    if faults(want) != faults(got):
        told.append(f"issues {faults(got)}, expected {faults(want)}")
    return told


def compare(want, got):
    """How many records of one file are exact; prints what is not."""
    if want.get("unit") and got.get("unit") != want["unit"]:
        print(f"{want['file']}: unit {got.get('unit')!r}, expected {want['unit']!r}")
    exact = 0
    for number, (wanted, read) in enumerate(zip_longest(want["records"], got["records"]), 1):
        if wanted is None or read is None:
            print(f"{want['file']} #{number}: {'one too many' if wanted is None else 'missing'}")
            continue
        told = differences(wanted, read)
        exact += not told
        for line in told:
            print(f"{want['file']} #{number} {wanted['title']}: {line}")
    return exact


def main():
    expected, result = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:3])
    read = {file["file"]: file for file in result["files"]}
    wanted = [*expected["villages"], expected["township"]]
    total = sum(len(want["records"]) for want in wanted)
    exact = sum(compare(want, read.get(want["file"], {"records": []})) for want in wanted)
    print(f"{exact} of {total} records exact ({100 * exact / total:.1f} %)")
    return 0 if exact == total else 1


if __name__ == "__main__":
    sys.exit(main())
