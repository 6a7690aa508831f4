"""Files in the one layout, proved to say the same before anything is written."""

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from wizard.exits import WizardError
from wizard.pathway.codes import Code
from wizard.pathway.format.content import decode, read_bytes
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.folder import FOLDERS, SINGLE_FILES
from wizard.pathway.format.layout import comments_of, laid_out, same_said
from wizard.pathway.position import Position
from wizard.pathway.problems import FileErrors, Problem, Problems
from wizard.private_files import write_private
from wizard.record import Record


class LaidOut(Record):
    """A file with its text as it is, and in the one layout."""

    path: Path
    before: str
    after: str
    same: bool

    def write(self) -> None:
        """Write the file where that changes it.  Raises OSError."""
        if not self.same:
            write_private(self.path.resolve(), self.after, replacing=True)


class NotTheSameError(WizardError):
    """A text would not say the same in the one layout: a mistake of the tool."""


def files_of(folder: Path) -> tuple[Path, ...]:
    """The YAML files of a pathway and its cases.

    Raises FileErrors where one is a link that leaves the folder.
    """
    found = [folder / name for name in SINGLE_FILES if os.path.lexists(folder / name)]
    for name in FOLDERS:
        found += [path for path in (folder / name).glob("*.yaml") if not path.name.startswith(".")]
    root = folder.resolve()
    outside = [path for path in found if not path.resolve().is_relative_to(root)]
    what = "this is a symbolic link that leaves the folder"
    if outside:
        places = (Position(str(path), 1, 1) for path in outside)
        raise FileErrors(Problem(Code.UNREADABLE_FILE, place, what) for place in places)
    return tuple(sorted(found))


def lay_out(paths: Iterable[Path]) -> tuple[LaidOut, ...]:
    """Files in the one layout, in their order.

    Raises FileErrors with all that is wrong in any of them, OSError where one cannot be opened,
    NotTheSameError.
    """
    problems = Problems()
    found = tuple(_each(paths, problems))
    if problems:
        raise FileErrors(problems)
    return found


def _each(paths: Iterable[Path], problems: Problems) -> Iterator[LaidOut]:
    for path in paths:
        try:
            yield _laid_out(path)
        except FileErrors as errors:
            problems.extend(errors.problems)


def _laid_out(path: Path) -> LaidOut:
    name = str(path)
    if path.is_file():
        path.open("rb").close()
    elif not os.path.lexists(path):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    data = read_bytes(path, name)
    text = decode(data, name)
    said = read_yaml(text, name, empty_values=True)
    after = laid_out(text)
    same = after.encode() == data
    if not same:
        again = read_yaml(after, name, empty_values=True)
        if not same_said(said, again) or comments_of(text) != comments_of(after):
            raise NotTheSameError(f"{name} cannot be laid out without a change of what it says")
    return LaidOut(path, text, after, same)
