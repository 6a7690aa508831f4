"""The cases that a person finds again: those in the user's data folder, and recent ones elsewhere.

What a list tells of them stands in their files, and needs no pathway.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wizard.case.keeping import CaseFile
from wizard.case.kept_parts import read_log
from wizard.case.log import Did, Log, appended, entry_line
from wizard.case.recent import forget, recent_files
from wizard.case.rewriting import NotRewrittenError, edited
from wizard.case.writing import quoted_line
from wizard.exits import ExitCode, WizardError, WrongUsageError
from wizard.pathway.format.content import MAX_BYTES
from wizard.pathway.problems import FileErrors, Problems, listed, nearest, quoted
from wizard.private_files import write_private
from wizard.record import Record
from wizard.user_folders import user_folder

if TYPE_CHECKING:
    from wizard.pathway.format.text_edits import TextEdits
    from wizard.pathway.nodes import Node

_SUFFIXES: Final = (".yaml", ".yml", ".json")


class NotChangedError(WizardError):
    """A case file that cannot be changed by a line, or that a wizard has open; it is as it was."""

    code = ExitCode.UNUSABLE_FILE


class ShelfCase(Record):
    """What the file of a case tells of it.

    `title` is empty where nobody gave one, `pathway` and `version` where the file does not say;
    `at` is when the file was last written.  `wrong` is why it cannot be read, empty where it can.
    """

    path: Path
    at: datetime
    title: str = ""
    pathway: str = ""
    version: str = ""
    answers: int = 0
    wrong: str = ""

    @property
    def name(self) -> str:
        """The title, or the name of the file."""
        return self.title or self.path.name


def shelf_paths() -> tuple[Path, ...]:
    """The files of the cases that a person finds again, each once, the last written first."""
    files = [*_saved(), *recent_files()]
    once = {os.path.realpath(path): path for path in reversed(files)}
    return tuple(sorted(once.values(), key=_written_at, reverse=True))


def shelf_case(path: Path) -> ShelfCase:
    """What a file tells of its case; raises nothing."""
    at = datetime.fromtimestamp(_written_at(path), UTC)
    try:
        root = _nodes(path)
    except FileErrors as error:
        return ShelfCase(path, at, wrong=error.problems[0].what)
    except OSError as error:
        return ShelfCase(path, at, wrong=error.strerror or str(error))
    parts = {str(key): value for key, value in root.items()} if isinstance(root, dict) else {}
    if "answers" not in parts:
        return ShelfCase(path, at, wrong="this is not a case")
    pathway, answers = parts.get("pathway"), parts["answers"]
    stamp = {str(key): each for key, each in pathway.items()} if isinstance(pathway, dict) else {}
    return ShelfCase(
        path,
        at,
        title=_text(parts.get("title")),
        pathway=_text(stamp.get("id", pathway)),
        version=_text(parts.get("version", stamp.get("version"))),
        answers=len(answers) if isinstance(answers, dict) else 0,
    )


def case_called(name: str, cases: Sequence[ShelfCase]) -> ShelfCase:
    """The case of a number in the list, a title, or a file.

    Raises WrongUsageError where there is none, or several have the title.
    """
    if name.isascii() and name.isdecimal() and 1 <= int(name[:9]) <= len(cases):
        return cases[int(name) - 1]
    own = os.path.realpath(name)
    found = [each for each in cases if own == os.path.realpath(each.path)]
    found = found or [each for each in cases if name.casefold() == each.title.casefold()]
    found = found or [each for each in cases if name in (each.path.name, each.path.stem)]
    if len(found) == 1:
        return found[0]
    if found:
        paths = listed(str(each.path) for each in found)
        raise WrongUsageError(f"several cases are called {quoted(name)}: {paths}; name one's file")
    near = nearest(name, [each.name for each in cases])
    meant = f"did you mean {near}?" if near else "`mdt-wizard cases` lists those that there are"
    raise WrongUsageError(f"there is no case {quoted(name)}; {meant}")


def retitle(case: ShelfCase, title: str, at: datetime) -> None:
    """Give a case another title: the line of it changes, and where there is a log it says so.

    Its time stays, and so do its day and its number in the list: the number that a person goes on
    to delete by must not be another case's.

    Raises NotChangedError where the file has no such lines, OSError where it cannot be written.
    """
    _check_closed(case)
    if case.wrong:
        raise NotChangedError(f"{case.path}: {case.wrong}")
    told = f"{case.path}: the title has no line of its own; change it in an editor"
    try:
        was, text = case.path.stat(), case.path.read_bytes().decode()
        log = _log(case.path)
        longer = appended(log, Did.TITLED, {"title": title}, at) if log else ()

        def edit(edits: "TextEdits") -> None:
            edits.put("title", (f"title: {quoted_line(title)}",), unchanged=False)
            edits.put_items("log", tuple(map(entry_line, longer)), len(log))

        after = edited(text, edit)
    except (NotRewrittenError, UnicodeDecodeError, FileErrors):
        raise NotChangedError(told) from None
    write_private(case.path, after, replacing=True)
    with suppress(OSError):
        os.utime(case.path, ns=(was.st_atime_ns, was.st_mtime_ns))


def delete(case: ShelfCase) -> None:
    """Delete the file of a case, and forget it.

    Raises NotChangedError where a wizard has it open, OSError, RuntimeError.
    """
    _check_closed(case)
    case.path.unlink(missing_ok=True)
    forget(case.path)


# --- parts -----------------------------------------------------------------------------------


def _check_closed(case: ShelfCase) -> None:
    """Raise NotChangedError where a wizard has the case open, which would find another file."""
    file = CaseFile(case.path, b"")
    try:
        if not file.alone:
            raise NotChangedError(f"{case.path} is open in a wizard; close it there first")
    finally:
        file.let_go()


def _saved() -> Iterator[Path]:
    with suppress(OSError, RuntimeError):
        for path in (user_folder("data") / "cases").iterdir():
            if (
                path.suffix.lower() in _SUFFIXES
                and not path.name.startswith(".")
                and path.is_file()
            ):
                yield path


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _nodes(path: Path) -> "Node":
    """The nodes of a file.  Raises FileErrors, OSError."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    root: Node = import_module("wizard.pathway.format.events").read_yaml(
        data, str(path), empty_values=True
    )
    return root


def _log(path: Path) -> Log:
    root = _nodes(path)
    entries: Iterable[tuple[object, Node]] = root.items() if isinstance(root, dict) else ()
    node = next((value for key, value in entries if str(key) == "log"), None)
    return read_log(node, Problems())


def _text(node: object) -> str:
    return " ".join(str(node).split()) if isinstance(node, str) else ""
