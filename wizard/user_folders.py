"""The folders in which systems keep what belongs to one user."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

_UNDER_HOME: Final = {
    "cache": ".cache",
    "config": ".config",
    "data": ".local/share",
    "state": ".local/state",
}


def user_folder(kind: str) -> Path:
    """The program's folder of a kind (cache, config, data, state), as platformdirs names it.

    Raises RuntimeError where the user has no home.
    """
    if sys.platform == "linux":
        # By the XDG Base Directory Specification: platformdirs takes longer to import than a
        # pathway to read, and every start asks for the cache.
        named = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
        base = Path(named) if named.startswith("/") else Path.home() / _UNDER_HOME[kind]
        if base.is_absolute():
            return base / "mdt-wizard"
    folder = getattr(import_module("platformdirs"), f"user_{kind}_path")
    return Path(folder("mdt-wizard", appauthor=False))
