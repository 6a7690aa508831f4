"""The overlay of the tests, on top of the shipped pathway as it is now."""

from pathlib import Path
from shutil import copytree

from tests.small import shipped

HOSPITAL = Path(__file__).parent / "hospital"
UNKNOWN_DIGEST = "0" * 64


def hospital(folder: Path) -> Path:
    """A copy of the overlay that names the digest of the shipped pathway."""
    copy = Path(copytree(HOSPITAL, folder / "hospital"))
    root = copy / "pathway.yaml"
    digest = shipped().pathway.digest
    root.write_text(root.read_text("utf-8").replace(UNKNOWN_DIGEST, digest), "utf-8")
    return copy
