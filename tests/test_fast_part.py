"""The fast part of the suite, which every set of packages and every Python is tried with."""

import subprocess
import sys

import pytest

from tests.program import ROOT


@pytest.mark.slow
def test_it_meets_every_package() -> None:
    """Tests that are marked slow are left out of it."""
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "not slow", "tests"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    met = {line.split("/")[1] for line in listed.stdout.splitlines() if line.count("/") > 1}
    packages = {path.parent.name for path in (ROOT / "wizard").glob("*/__init__.py")}
    assert packages
    assert packages <= met
