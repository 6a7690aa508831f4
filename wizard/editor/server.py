"""The server for editors: the language server protocol on one side, a desk on the other."""

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.json_rpc import JsonRPCRequestMessage
from pygls.uris import to_fs_path

from wizard import __version__
from wizard.editor.desk import Desk
from wizard.editor.folders import file_of
from wizard.editor.marks import Mark, marks
from wizard.editor.places import Place, Units, lines_of, to_letters, to_units
from wizard.editor.view import View
from wizard.pathway.position import Position
from wizard.record import Record
from wizard.workbench.findings import Severity, severity_of

_SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


class Page(Record):
    """An open document of a pathway, what it is called there, and the folder as it is."""

    uri: str
    name: str
    text: str
    view: View


class _Protocol(LanguageServerProtocol):
    """The protocol; a request that makes no sense is answered as one that is not known."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message from its data.  Raises JsonRpcInvalidParams."""
        try:
            return super().structure_message(data)
        except JsonRpcInvalidParams:
            if "id" not in data or "method" not in data:
                raise
            what = f"{data['method']} of this form"
            return JsonRPCRequestMessage(data["id"], what, data["jsonrpc"], None)


class Server(LanguageServer):
    """What an editor talks to: it keeps a desk, and tells the findings of what lies on it."""

    def __init__(self) -> None:
        super().__init__(
            "mdt-wizard",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=_Protocol,
        )
        self.desk = Desk()
        self._uris: dict[Path, str] = {}
        self._told: dict[Path, set[Path]] = {}
        self._changed: set[Path] = set()
        self._work: asyncio.Task[None] | None = None

    @property
    def units(self) -> Units:
        """In what the editor counts columns."""
        chosen = self.workspace.position_encoding or Units.HALVES
        return Units(types.PositionEncodingKind(chosen).value)

    # --- documents ---------------------------------------------------------------------------

    def put(self, uri: str) -> None:
        """Take a document as it now is."""
        path = path_of(uri)
        if path is not None:
            self._uris[path] = uri
            self.look_again(self.desk.put(path, self.workspace.get_text_document(uri).source))

    def drop(self, uri: str) -> None:
        """Close a document."""
        path = path_of(uri)
        if path is not None:
            self.look_again(self.desk.drop(path))
            self._uris.pop(path, None)

    def uri_of(self, path: Path) -> str:
        """A file as the editor names it."""
        return self._uris.get(path) or path.as_uri()

    def version_of(self, uri: str) -> int | None:
        """The version of a document that is open; None of any other file."""
        document = self.workspace.text_documents.get(uri)
        return None if document is None else document.version

    def page(self, uri: str, *, at_once: bool = False) -> Page | None:
        """An open document and what is known of its folder; None of one that is of no pathway.

        What has to be known `at_once` may be of the moment before the last change.
        """
        path = path_of(uri)
        document = None if path is None else self.desk.document(path)
        if document is None or document.home is None:
            return None
        home = document.home
        view = self.desk.latest(home.folder) if at_once else self.desk.view(home.folder)
        return Page(uri, home.name, document.text, view)

    def location(self, view: View, place: Place) -> types.Location:
        """A place of a folder as the editor finds it."""
        uri = self.uri_of(file_of(view.folder, place.file))
        return types.Location(uri, self.range_in(view.text_of(place.file), place))

    def position_in(self, text: str, name: str, at: types.Position) -> Position:
        """A position of the editor's in a text."""
        lines = lines_of(text)
        line = lines[at.line] if at.line < len(lines) else ""
        return Position(name, at.line + 1, to_letters(line, at.character, self.units) + 1)

    def range_in(self, text: str, place: Place) -> types.Range:
        """A place of a text as the editor counts."""
        lines = lines_of(text)
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        start = to_units(line, place.column - 1, self.units)
        end = to_units(line, place.column - 1 + place.length, self.units)
        number = place.line - 1
        return types.Range(types.Position(number, start), types.Position(number, end))

    # --- findings ----------------------------------------------------------------------------

    def look_again(self, folders: Iterable[Path]) -> None:
        """Tell the findings of these folders as soon as they are known.

        While one look goes on, changes only gather: what it finds of texts that have changed since
        is dropped, and the next look is at the last of them.
        """
        self._changed |= set(folders)
        if self._changed and (self._work is None or self._work.done()):
            self._work = asyncio.ensure_future(self._look())

    async def _look(self) -> None:
        while self._changed:
            folder = self._changed.pop()
            try:
                await self._look_at(folder)
            except Exception as error:  # noqa: BLE001 - the server goes on, whatever happens
                self.window_log_message(
                    types.LogMessageParams(types.MessageType.Error, internal_error(error))
                )

    async def _look_at(self, folder: Path) -> None:
        if folder not in self.desk.folders():
            self.desk.forget(folder)
            self._tell(folder, {}, {})
            return
        view = await asyncio.get_running_loop().run_in_executor(None, self.desk.view, folder)
        if folder not in self._changed:
            found = {file_of(folder, name): each for name, each in marks(view).items()}
            texts = {file_of(folder, name): text for name, text in view.texts.items()}
            self._tell(folder, found, texts)

    def _tell(
        self, folder: Path, found: Mapping[Path, list[Mark]], texts: Mapping[Path, str]
    ) -> None:
        """Tell what was found, and of files that were told of before that nothing is left."""
        before = self._told.get(folder, set())
        self._told[folder] = {path for path, each in found.items() if each}
        for path in sorted(before | self._told[folder] | set(self._uris) & set(texts)):
            told = [self.diagnostic(texts.get(path, ""), mark) for mark in found.get(path, ())]
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(self.uri_of(path), told)
            )

    def diagnostic(self, text: str, mark: Mark) -> types.Diagnostic:
        """A finding as the editor shows it."""
        return types.Diagnostic(
            range=self.range_in(text, mark.place),
            message=mark.message,
            severity=_SEVERITIES[severity_of(mark.code)],
            code=mark.code,
            source="mdt-wizard",
        )


def path_of(uri: str) -> Path | None:
    """The file that a document is; None of one that is not saved yet, or lies elsewhere."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return None if path is None else Path(path)


def internal_error(error: Exception) -> str:
    """What a person is told of a fault of the program."""
    return f"internal error: {type(error).__name__}: {error}; please report it with what you did"
