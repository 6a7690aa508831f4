"""The case files that were saved or opened last: their paths, in the user's state folder.

Each has a small file of its own, named by the path's hash: so two programs that remember two cases
at once need no lock, and a kill loses no other.
"""

import json
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from wizard.private_files import make_private_folder, write_private
from wizard.user_folders import user_folder

MOST_RECENT: Final = 50
_MOST_BYTES: Final = 64 * 1024


def remember(path: Path, at: datetime) -> None:
    """Have a case file among the recent ones, as the last one.

    Raises OSError where that cannot be written, RuntimeError where the user has no home.
    """
    folder = _folder()
    make_private_folder(folder)
    said = {"path": str(_absolute(path)), "at": at.astimezone(UTC).isoformat()}
    write_private(_place(folder, path), json.dumps(said), replacing=True)
    for _, old, place in _read(folder)[MOST_RECENT:]:
        if old != _absolute(path):
            place.unlink(missing_ok=True)


def remembered(path: Path, at: datetime) -> None:
    """The same, where it can be: nothing is told where it cannot."""
    with suppress(OSError, RuntimeError):
        remember(path, at)


def forget(path: Path) -> None:
    """Have a case file no longer among the recent ones.  Raises OSError, RuntimeError."""
    _place(_folder(), path).unlink(missing_ok=True)


def recent_files() -> tuple[Path, ...]:
    """The recent case files that are still there, the last one first."""
    try:
        return tuple(path for _, path, _ in _read(_folder()) if path.is_file())
    except (OSError, RuntimeError):
        return ()


# --- parts -----------------------------------------------------------------------------------


def _folder() -> Path:
    return user_folder("state") / "recent"


def _absolute(path: Path) -> Path:
    """A path that means the same from every folder; a link stays one."""
    return path.absolute()


def _place(folder: Path, path: Path) -> Path:
    named = str(_absolute(path)).encode("utf-8", "surrogateescape")
    return folder / f"{sha256(named).hexdigest()[:32]}.json"


def _read(folder: Path) -> list[tuple[datetime, Path, Path]]:
    """When each was remembered, its path, and the file that says so; the last one first."""
    found = []
    for place in folder.glob("*.json"):
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            with place.open("rb") as file:
                said = json.loads(file.read(_MOST_BYTES))
            at = datetime.fromisoformat(said["at"])
            found.append((at.astimezone(UTC), Path(said["path"]), place))
    return sorted(found, reverse=True)
