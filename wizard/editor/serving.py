"""What the server does at each message of an editor, and its life from the first to the last."""

import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import wraps
from types import FrameType
from typing import Any, Final

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError

from wizard.editor.requests import REQUESTS
from wizard.editor.server import Server, internal_error
from wizard.exits import ExitCode

_SIGNALS: Final = {
    "SIGINT": ExitCode.INTERRUPTED,
    "SIGTERM": ExitCode.TERMINATED,
    "SIGHUP": ExitCode.HUNG_UP,
}
_SILENT: Final = logging.CRITICAL + 1
_FILES: Final = "**/*.yaml"


def serve() -> ExitCode:
    """Answer an editor on standard input and output until it ends the server.

    Nothing else is written to standard output, whatever a library does.
    """
    logging.getLogger("pygls").setLevel(_SILENT)
    for name, code in _SIGNALS.items():
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _ends_at_once(code))
    server = new_server()
    ended: list[str] = []
    for last in (types.SHUTDOWN, types.EXIT):
        server.feature(last)(lambda *_, last=last: ended.append(last))
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, redirect_stdout(sys.stderr):
        server.start_io(sys.stdin.buffer, out)
    return ExitCode.INTERNAL_ERROR if ended[:1] == [types.EXIT] else ExitCode.DONE


def _ends_at_once(code: ExitCode) -> Callable[[int, FrameType | None], None]:
    # A thread waits for what the editor says next, and would hold the program until it does.
    return lambda *_: os._exit(code)


def new_server() -> Server:
    """A server that answers everything of which this module knows."""
    server = Server()
    for method, handler, options in _FEATURES:
        server.feature(method, options)(_guarded(handler))
    return server


def _guarded(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but that a fault of the program is told in one line."""

    @wraps(handler)
    def guarded(server: Server, params: Any) -> Any:
        try:
            return handler(server, params)
        except JsonRpcException:
            raise
        except Exception as error:  # noqa: BLE001 - the server goes on, whatever happens
            raise JsonRpcInternalError(internal_error(error)) from None

    return guarded


# --- documents -------------------------------------------------------------------------------


def _opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    server.put(params.text_document.uri)


def _changed(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    server.put(params.text_document.uri)


def _closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    server.drop(params.text_document.uri)


def _disk_changed(server: Server, _: object) -> None:
    server.desk.outdate()
    server.look_again(server.desk.folders())


def _initialized(server: Server, _: types.InitializedParams) -> None:
    """Ask to be told of files that change without being open, where the editor can tell."""
    workspace = server.client_capabilities.workspace
    watching = workspace and workspace.did_change_watched_files
    if watching and watching.dynamic_registration:
        watchers = [types.FileSystemWatcher(_FILES)]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        server.client_register_capability(
            types.RegistrationParams(
                [types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)]
            )
        )


_FEATURES: Final[tuple[tuple[str, Callable[..., Any], Any], ...]] = (
    (types.INITIALIZED, _initialized, None),
    (types.TEXT_DOCUMENT_DID_OPEN, _opened, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, _changed, None),
    (types.TEXT_DOCUMENT_DID_CLOSE, _closed, None),
    (types.TEXT_DOCUMENT_DID_SAVE, _disk_changed, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _disk_changed, None),
    *REQUESTS,
)
