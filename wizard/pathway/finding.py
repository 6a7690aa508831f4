"""Where the shipped pathway is, and any pathway ready to use, from the cache where one serves."""

from pathlib import Path
from typing import Final

from wizard.pathway.folder import take_snapshot
from wizard.pathway.model import Pathway

SHIPPED: Final = "neuroendocrine"
_PACKAGE: Final = Path(__file__).resolve().parents[1]


def shipped_folder() -> Path:
    """The folder of the shipped pathway: inside the installed package, or beside it."""
    installed = _PACKAGE / "shipped" / SHIPPED
    return installed if installed.is_dir() else _PACKAGE.parent / "pathways" / SHIPPED


def load_pathway(folder: Path | None = None) -> Pathway:
    """The checked pathway of a folder; without one, the shipped pathway.

    A folder that is the shipped one by another name counts as shipped.  Raises PathwayErrors.
    """
    chosen = shipped_folder() if folder is None else folder
    snapshot = take_snapshot(chosen)
    shipped = snapshot.folder.resolve() == shipped_folder().resolve()
    from wizard.pathway.reading import read_snapshot  # noqa: PLC0415 - brings yaml and pydantic

    return read_snapshot(snapshot, shipped=shipped)
