"""A minute of ill treatment, the same that `dev.py torture` gives for longer: nothing lost, twice, half, false, wrong or left."""

import subprocess
import sys

import pytest

from tests.killed import ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed as a group")
def test_a_minute_of_ill_treatment_harms_nothing():
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture", "--minutes", "1", "--seed", "2021"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "counts: 0" in done.stdout
