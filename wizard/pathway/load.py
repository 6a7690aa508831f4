"""Where the shipped pathway is, and any pathway ready to use, from the cache where one serves."""

import os
from pathlib import Path
from typing import Final

from wizard.pathway.cache import cache_key, cached, keep
from wizard.pathway.format.folder import Snapshot, take_snapshot
from wizard.pathway.model import Pathway
from wizard.pathway.problems import Problems

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def shipped_folder() -> Path:
    """The folder of the shipped pathway: the one inside the installed package, or beside it."""
    installed = _PACKAGE / "shipped"
    folder = installed if installed.is_dir() else _PACKAGE.parent / "pathways"
    return next(iter(pathways_in(folder)), folder)


def pathways_in(collection: Path) -> tuple[Path, ...]:
    """The folders in this one that look like a pathway's, by name."""
    try:
        names = sorted(os.listdir(collection))  # noqa: PTH208 - a start has no use for every path
    except OSError:
        return ()
    return tuple(collection / name for name in names if is_pathway(collection / name))


def is_pathway(folder: Path) -> bool:
    """Whether a folder looks like a pathway's: whether its first file is there."""
    # os.path takes every error of the system for no.
    return os.path.isfile(folder / "pathway.yaml")  # noqa: PTH113 - as above


def is_shipped(folder: Path) -> bool:
    """Whether a folder is the shipped one, by whatever name."""
    shipped = shipped_folder()
    # os.path, since a link in a circle is an error for Path.resolve on some versions of Python.
    return folder == shipped or os.path.realpath(folder) == os.path.realpath(shipped)


def load_pathway(folder: Path | None = None) -> Pathway:
    """The checked pathway of a folder; without one, the shipped pathway.

    Raises PathwayErrors with everything that is wrong in the folder.
    """
    chosen = shipped_folder() if folder is None else folder
    snapshot = take_snapshot(chosen)
    key = key_of(snapshot)
    found = checked_before(snapshot, key)
    if found is not None:
        return found
    from wizard.pathway.format.reading import read_snapshot

    pathway = read_snapshot(snapshot, shipped=is_shipped(chosen))
    keep(key, pathway)
    return pathway


def key_of(snapshot: Snapshot) -> str:
    """What the pathway of these files is kept under, once it is checked."""
    return cache_key({**snapshot.contents, **_of_base(snapshot)})


def checked_before(snapshot: Snapshot, key: str) -> Pathway | None:
    """The pathway of files in which this reader has found nothing wrong before, else None."""
    if snapshot.problems:
        return None
    return cached(key, folder=snapshot.folder, shipped=is_shipped(snapshot.folder))


def _of_base(snapshot: Snapshot) -> dict[str, bytes]:
    """The files of the pathway that an overlay adds to, so that an edit of them is noticed."""
    if not snapshot.overlay:
        return {}
    from wizard.pathway.format.overlay import base_of

    base = base_of(snapshot, Problems())
    # Without its base the key is one that nothing is kept under: the reader tells what is wrong.
    found = {"": b"no base"} if base is None else base.contents
    return {f"base/{name}": data for name, data in found.items()}
