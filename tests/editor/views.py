"""A folder as an editor sees it, with a text typed into one of its files."""

from pathlib import Path

from tests.pathway.overlays import SMALL
from wizard.editor.view import View
from wizard.pathway.load import shipped_folder
from wizard.pathway.position import Position
from wizard.workbench.rereading import Rereader

_SHIPPED = Rereader(shipped_folder())
_SMALL = Rereader(SMALL)


def shipped(name: str = "", text: str = "") -> View:
    """The shipped pathway, and a text in place of one of its files."""
    return View(_SHIPPED.look({name: text} if name else {}), {}, View(_SHIPPED.look(), {}))


def small(name: str = "", text: str = "") -> View:
    """The small pathway, and a text in place of one of its files."""
    return View(_SMALL.look({name: text} if name else {}), {}, View(_SMALL.look(), {}))


def cursor(name: str, marked: str) -> tuple[str, Position]:
    """A text without its mark |, and where the mark was."""
    before, _, after = marked.partition("|")
    line = before.count("\n") + 1
    return before + after, Position(name, line, len(before) - before.rfind("\n"))


def file_text(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")
