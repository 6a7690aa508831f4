"""Which files make up a pathway folder, and their bytes at one moment."""

import os
import stat
from collections.abc import Iterator, Mapping
from operator import attrgetter
from os import DirEntry
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.format.content import read_bytes
from wizard.pathway.nodes import Node
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, PathwayErrors, Problem, Problems, nearest, quoted
from wizard.record import NOTHING, Record, replace

MAX_FILES: Final = 5_000
"""Files beside the cases, of which there may be any number."""
SINGLE_FILES: Final = (
    "pathway.yaml",
    "factors.yaml",
    "shared.yaml",
    "alerts.yaml",
    "glossary.yaml",
    "sources.yaml",
    "hazards.yaml",
)
FOLDERS: Final = ("claims", "options", "cases")


class Snapshot(Record):
    """A pathway folder at one moment.

    `contents` maps relative posix paths to bytes, `cases/` left out; `problems` tell what cannot
    be read or does not belong there.  `nodes` are what some of the files are known to hold.
    """

    folder: Path
    contents: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    nodes: Mapping[str, Node] = NOTHING

    @property
    def overlay(self) -> bool:
        """Whether the folder adds to another pathway, and does not stand alone."""
        lines = self.contents.get("pathway.yaml", b"").splitlines()
        return any(line.startswith(b"extends:") for line in lines)


def take_snapshot(folder: Path) -> Snapshot:
    """List and read a pathway folder.  Raises PathwayErrors where it is not a folder."""
    try:
        mode = folder.stat().st_mode
        root = folder.resolve(strict=True)
    except FileNotFoundError:
        raise _no_folder(folder, "there is no such folder") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise _no_folder(folder, f"the folder cannot be read: {_system_words(error)}") from None
    if not stat.S_ISDIR(mode):
        raise _no_folder(folder, "this is not a folder")
    contents: dict[str, bytes] = {}
    problems = Problems()
    names = set()
    for name, entry in _walk(root, problems):
        own = not name.startswith("cases/")
        if own:
            names.add(name)
        if len(names) > MAX_FILES:
            what = f"the folder has more than {MAX_FILES:,} files beside its cases"
            expected = f"at most {MAX_FILES:,} were expected"
            raise PathwayErrors([_problem(Code.STRANGE_FILE, str(folder), what, expected)])
        if not _belongs(root, entry, name, problems) or not own:
            continue
        try:
            contents[name] = read_bytes(entry.path, name)
        except FileErrors as errors:
            problems.extend(errors.problems)
    problems += [
        _problem(
            Code.MISSING_FILE,
            name,
            "the file is missing",
            "every pathway has it; write {} in it for nothing",
        )
        for name in SINGLE_FILES
        if name not in names and not Snapshot(folder, contents, ()).overlay
    ]
    return Snapshot(folder, MappingProxyType(dict(sorted(contents.items()))), tuple(problems))


def with_drafts(snapshot: Snapshot, drafts: Mapping[str, bytes]) -> Snapshot:
    """The folder as it would be with other bytes in some of its files, or with more of them."""
    own = {name: data for name, data in drafts.items() if not name.startswith("cases/")}
    return replace(
        snapshot,
        contents=MappingProxyType(dict(sorted({**snapshot.contents, **own}.items()))),
        problems=tuple(one for one in snapshot.problems if one.position.file not in own),
    )


def is_file_of_a_pathway(name: str) -> bool:
    """Whether the reader knows a file of this relative posix path."""
    folder, _, file = name.rpartition("/")
    return folder in FOLDERS and file.endswith(".yaml") if folder else name in SINGLE_FILES


def _no_folder(folder: Path, what: str) -> PathwayErrors:
    return PathwayErrors(
        [_problem(Code.NO_PATHWAY, str(folder), what, "a folder with pathway.yaml was expected")]
    )


def _problem(
    code: str, name: str, what: str, expected: str = "", near: str | None = None
) -> Problem:
    return Problem(code, Position(name, 1, 1), what, expected, near)


def _system_words(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _walk(root: Path, problems: Problems) -> Iterator[tuple[str, DirEntry[str]]]:
    """Files of the folder and of its three subfolders; names that begin with a dot are skipped.

    Each comes by its relative posix path.  Entries are not paths: the cases are hundreds, listed
    at every start, and a path for each would take longer than to read the pathway.
    """
    for entry in _entries(root, ".", problems):
        if entry.name in FOLDERS and Path(entry.path).is_dir():
            if not entry.is_symlink() or _inside(root, entry):
                for inner in _entries(Path(entry.path), entry.name, problems):
                    yield f"{entry.name}/{inner.name}", inner
            else:
                problems.append(_outside(entry.name))
        else:
            yield entry.name, entry


def _entries(folder: Path, name: str, problems: Problems) -> list[DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            shown = (entry for entry in found if not entry.name.startswith("."))
            return sorted(shown, key=attrgetter("name"))
    except OSError as error:
        problems.append(
            _problem(
                Code.UNREADABLE_FILE, name, f"the folder cannot be read: {_system_words(error)}"
            )
        )
        return []


def _inside(root: Path, entry: DirEntry[str]) -> bool:
    """Whether an entry is in the folder, wherever it links; a link in a circle is nowhere."""
    path = Path(entry.path)
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except FileNotFoundError:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _outside(name: str) -> Problem:
    return _problem(
        Code.UNREADABLE_FILE,
        name,
        "this is a symbolic link that leaves the folder",
        "a file of the folder itself",
    )


def _belongs(root: Path, entry: DirEntry[str], name: str, problems: Problems) -> bool:
    """Whether the reader knows a file; README.md may stand there and is not read."""
    if entry.is_symlink() and not _inside(root, entry):
        problems.append(_outside(name))
        return False
    if name == "README.md":
        return False
    inner = name.partition("/")[2]
    if name in SINGLE_FILES or (inner.endswith(".yaml") and "/" not in inner):
        return True
    if Path(entry.path).is_dir():
        problems.append(
            _problem(
                Code.STRANGE_FILE, name, "a pathway has no such folder", "", nearest(name, FOLDERS)
            )
        )
    elif inner:
        what = "only files whose names end in .yaml belong here"
        meant = f"{name.removesuffix('.yml')}.yaml" if name.endswith(".yml") else None
        expected = "rename it" if meant else "rename or move it"
        problem = _problem(Code.STRANGE_FILE, name, what, expected, meant)
        problems.append(replace(problem, cause=f"file {meant}", leads=True) if meant else problem)
    else:
        what, near = f"a pathway has no file {quoted(name)}", nearest(name, SINGLE_FILES)
        problems.append(_problem(Code.STRANGE_FILE, name, what, "move it elsewhere", near))
    return False
