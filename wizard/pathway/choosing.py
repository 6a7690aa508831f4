"""Which pathway is read: the one that was named, the shipped one, or one in the working folder.

Maintainers mean the files before them, so a pathway in the working folder wins.  A case is read
by the shipped pathway unless another is named: nobody's case may be read by a pathway that happens
to lie about.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from wizard.exits import WrongUsageError
from wizard.pathway.codes import Code
from wizard.pathway.load import is_pathway, is_shipped, pathways_in, shipped_folder
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, PathwayErrors, Problem, listed, nearest
from wizard.record import Record
from wizard.user_folders import user_folder

_ROOT_FILE: Final = "pathway.yaml"
_COLLECTION: Final = "pathways"


class ChosenFolder(Record):
    """The folder that is read, and those of the working folder that are passed over for it."""

    folder: Path
    passed_over: tuple[Path, ...] = ()


def for_a_case(named: str | None = None) -> ChosenFolder:
    """The pathway named by folder or id, else the shipped one.

    Raises PathwayErrors where a name is neither.
    """
    if named is not None:
        return ChosenFolder(
            _folder_named(named, (shipped_folder(), *standing_here(), *of_the_user()))
        )
    others = tuple(folder for folder in standing_here() if not is_shipped(folder))
    return ChosenFolder(shipped_folder(), others)


def for_maintenance(named: str | None = None) -> ChosenFolder:
    """The pathway named by folder or id, else the one of the working folder, else the shipped one.

    Raises PathwayErrors where a name is neither, WrongUsageError where several stand here.
    """
    here = standing_here()
    if named is not None:
        return ChosenFolder(_folder_named(named, (*here, shipped_folder(), *of_the_user())))
    if len(here) > 1:
        several = listed(shown(folder) for folder in here)
        raise WrongUsageError(f"there are several pathways here: {several}; name one by --pathway")
    return ChosenFolder(here[0] if here else shipped_folder())


def standing_here() -> tuple[Path, ...]:
    """The pathways of the nearest folder that has any, from the working folder upwards.

    A folder has itself, or else those in its folder `pathways`.
    """
    try:
        start = Path.cwd()
    except FileNotFoundError:
        return ()
    for folder in (start, *start.parents):
        if found := (folder,) if is_pathway(folder) else pathways_in(folder / _COLLECTION):
            return found
    return ()


def of_the_user() -> tuple[Path, ...]:
    """The pathways in the user's data folder."""
    return pathways_in(user_folder("data") / _COLLECTION)


def pathways_of_id(name: str, beside: Path) -> tuple[Path, ...]:
    """The pathways of an id: with the tool, beside a folder, in the working folder, the user's."""
    known = (
        shipped_folder(),
        *pathways_in(beside.resolve().parent),
        *standing_here(),
        *of_the_user(),
    )
    folders = dict.fromkeys(path.resolve() for path in known if path.resolve() != beside.resolve())
    return tuple(path for one, path in _ids(folders) if one == name)


def extended_by(folder: Path) -> str | None:
    """The pathway that a folder only adds to, as `ID VERSION`; None where it stands alone."""
    try:
        if b"\nextends:" not in (folder / _ROOT_FILE).read_bytes():
            return None
        from wizard.pathway.format.events import read_yaml

        node = read_yaml(folder / _ROOT_FILE, _ROOT_FILE)
    except (OSError, FileErrors):
        return None
    entries = node.items() if isinstance(node, dict) else ()
    named = next((value for key, value in entries if key == "extends"), None)
    if not isinstance(named, dict):
        return None
    return " ".join(str(named[key]) for key in named if key in ("pathway", "version"))


def shown(folder: Path) -> str:
    """A folder as its reader would type it: short where it is inside the working folder."""
    try:
        inside = folder.absolute().relative_to(Path.cwd())
    except (ValueError, FileNotFoundError):
        return str(folder)
    return str(inside) if inside.parts else str(folder.absolute())


def _folder_named(name: str, known: Iterable[Path]) -> Path:
    """The folder of this name, else the first known pathway of this id.  Raises PathwayErrors."""
    folder = Path(name)
    if name and (is_pathway(folder) or len(folder.parts) != 1):
        return folder
    ids: dict[str, Path] = {}
    for one, path in _ids(known):
        ids.setdefault(one, path)
    if name in ids:
        return ids[name]
    if name and os.path.lexists(folder):
        return folder
    raise PathwayErrors(
        [
            Problem(
                Code.NO_PATHWAY,
                Position(name, 1, 1),
                "there is no such folder, and no pathway of this id is found here",
                "`mdt-wizard pathways` lists those that are",
                nearest(name, ids),
            )
        ]
    )


def _ids(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The id that each folder's pathway has, whatever else is wrong with it."""
    from wizard.pathway.format.events import read_yaml

    for folder in folders:
        try:
            node = read_yaml(folder / _ROOT_FILE, _ROOT_FILE)
        except FileErrors:
            continue
        entries = node.items() if isinstance(node, dict) else ()
        yield from (
            (str(value), folder)
            for key, value in entries
            if key == "pathway" and isinstance(value, str)
        )
