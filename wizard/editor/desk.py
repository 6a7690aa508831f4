"""The documents that are open in an editor, and what is known of the pathways that they belong to.

Nothing here knows the protocol.  A desk may be used by several threads.
"""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from wizard.editor.folders import Home, home_of
from wizard.editor.marks import Mark, marks, marks_of_case
from wizard.record import Record
from wizard.workbench.rereading import Looked, Rereader


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
        self._looked: dict[Path, tuple[Mapping[str, str], Looked]] = {}
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

    def drafts(self, folder: Path) -> dict[str, str]:
        """The texts of the open documents that are files of a folder, by relative path."""
        return {
            document.home.name: document.text
            for document in self._of(folder)
            if document.home is not None and not document.home.guest
        }

    def look(self, folder: Path) -> Looked:
        """What a folder holds with its open documents as they are.

        The disk is looked at again where a document has changed, or where the folder is outdated.
        """
        with self._lock:
            drafts = self.drafts(folder)
            before = self._looked.get(folder)
            if before is not None and before[0] == drafts:
                return before[1]
            reader = self._readers.setdefault(folder, Rereader(folder))
            looked = reader.look(drafts)
            self._looked[folder] = drafts, looked
            return looked

    def outdate(self) -> None:
        """Look at the disk again: files that are not open may have changed."""
        with self._lock:
            self._looked.clear()

    def forget(self, folder: Path) -> None:
        """Drop what is known of a folder in which no document is open any more."""
        with self._lock:
            self._readers.pop(folder, None)
            self._looked.pop(folder, None)

    def marks(self, looked: Looked) -> dict[Path, list[Mark]]:
        """The findings of a folder and of the cases that it reads, by file."""
        found = {_file(looked.folder, name): each for name, each in marks(looked).items()}
        for document in self._of(looked.folder):
            if document.home is not None and document.home.guest:
                found[document.path] = marks_of_case(document.home.name, document.text, looked)
        return found

    def _of(self, folder: Path) -> list[Document]:
        every = list(self._documents.values())
        return [each for each in every if each.home is not None and each.home.folder == folder]


def _file(folder: Path, name: str) -> Path:
    """The file in which something is told: of a folder, in the file that every pathway has."""
    path = folder / name
    return folder / "pathway.yaml" if path.is_dir() else path
