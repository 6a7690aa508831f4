"""The documents that are open in an editor, and what is known of the pathways that they belong to.

Nothing here knows the protocol.  A desk may be used by several threads.
"""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from wizard.editor.folders import Home, home_of, is_guest
from wizard.editor.view import View
from wizard.record import Record
from wizard.workbench.rereading import Rereader


class Document(Record):
    """An open document: its text as it is typed, and where it belongs (None: nowhere)."""

    path: Path
    text: str
    home: Home | None


class Desk:
    """The open documents, and the readers of their folders."""

    def __init__(self) -> None:
        self._documents: dict[Path, Document] = {}
        self._readers: dict[Path, Rereader] = {}
        self._views: dict[Path, tuple[Mapping[str, str], View]] = {}
        self._last: dict[Path, View] = {}
        self._lock = Lock()

    def put(self, path: Path, text: str) -> set[Path]:
        """Take a document as it now is; the folders of which something may have changed."""
        before = self.folders_of(path)
        self._documents[path] = Document(path, text, home_of(path, text))
        return before | self.folders_of(path)

    def drop(self, path: Path) -> set[Path]:
        """Close a document; the folders of which something may have changed."""
        before = self.folders_of(path)
        self._documents.pop(path, None)
        return before

    def document(self, path: Path) -> Document | None:
        """The open document at a path."""
        return self._documents.get(path)

    def folders_of(self, path: Path) -> set[Path]:
        """The folder to which an open document belongs, if any."""
        document = self._documents.get(path)
        return set() if document is None or document.home is None else {document.home.folder}

    def folders(self) -> set[Path]:
        """Every folder to which an open document belongs."""
        return {folder for path in self._documents for folder in self.folders_of(path)}

    def view(self, folder: Path) -> View:
        """What a folder holds with its open documents as they are.

        The disk is looked at again where a document has changed, or where the folder is outdated.
        """
        with self._lock:
            typed = {
                document.home.name: document.text
                for document in list(self._documents.values())
                if document.home is not None and document.home.folder == folder
            }
            before, view = self._views.get(folder, ({}, None))
            if view is not None and before == typed:
                return view
            looked = self._readers.setdefault(folder, Rereader(folder)).look(typed)
            guests = {name: text for name, text in typed.items() if is_guest(name)}
            after = View(looked, guests, self._last.get(folder))
            self._views[folder] = typed, after
            self._last[folder] = after
            return after

    def latest(self, folder: Path) -> View:
        """What a folder held when it was looked at last: for what must not wait for a look."""
        before = self._last.get(folder)
        return self.view(folder) if before is None else before

    def outdate(self) -> None:
        """Look at the disk again: files that are not open may have changed."""
        with self._lock:
            self._views.clear()

    def forget(self, folder: Path) -> None:
        """Drop what is known of a folder in which no document is open any more."""
        with self._lock:
            self._readers.pop(folder, None)
            self._views.pop(folder, None)
            self._last.pop(folder, None)
