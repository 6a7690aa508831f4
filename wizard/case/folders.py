"""What a folder of cases holds: the files that may be cases, and what is none, with the reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SUFFIXES: Final = (".yaml", ".yml", ".json")
_NOT_ITS_NAME: Final = "its name does not end in .yaml, .yml or .json"
_A_FOLDER: Final = "a folder in it is not looked into; name it by itself"


def listed_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Everything in a folder in order, each with why it is not a case ("" where it may be one).

    Raises OSError where the folder cannot be read.
    """
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            yield path, _A_FOLDER
        else:
            yield path, "" if path.suffix.lower() in _SUFFIXES else _NOT_ITS_NAME
