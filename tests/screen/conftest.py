"""What tests share in which files change while the screen shows them."""

import shutil
from pathlib import Path

import pytest

from tests.small import SMALL


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small pathway to change, and no folder of the user who runs the test."""
    for name in ("CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return Path(shutil.copytree(SMALL, tmp_path / "trees"))
