"""yaml-language-server, as an editor runs it: over standard input and output.

The environment's MDT_WIZARD_YAML_SERVER is the folder into which npm has installed it.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final

VARIABLE: Final = "MDT_WIZARD_YAML_SERVER"
_SETTINGS: Final = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "yamlVersion": "1.2",
        # Nothing is fetched: a store would have schemas for names such as these.
        "schemaStore": {"enable": False, "url": ""},
    },
    "http": {"proxy": "", "proxyStrictSSL": False},
    "[yaml]": {},
    "editor": {},
    "files": {},
}


def missing() -> str | None:
    """Why the server cannot be tried here; None where it can."""
    folder = os.environ.get(VARIABLE)
    if folder is None:
        return f"{VARIABLE} does not name a folder with yaml-language-server"
    if not _program(folder).is_file():
        return f"there is no yaml-language-server in {folder}"
    return None if shutil.which("node") else "there is no node here"


def _program(folder: str) -> Path:
    return Path(folder, "node_modules", "yaml-language-server", "bin", "yaml-language-server")


class Server:
    """A server that runs, and what it has told of each file."""

    def __init__(self) -> None:
        program = _program(os.environ[VARIABLE])
        self._process = subprocess.Popen(
            ["node", str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._number = self._opened = 0
        self._told: dict[str, list[Any]] = {}

    def __enter__(self) -> "Server":
        self._ask("initialize", {"processId": os.getpid(), "rootUri": None, "capabilities": {}})
        self._send({"method": "initialized", "params": {}})
        self._send(
            {"method": "workspace/didChangeConfiguration", "params": {"settings": _SETTINGS}}
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def mistakes(self, texts: Mapping[Path, str]) -> dict[Path, list[tuple[int, str]]]:
        """The line and the words of each mistake that it tells of each file with its text."""
        opened = {path: self._open(path, text) for path, text in texts.items()}
        while not self._told.keys() >= set(opened.values()):
            self._take(self._read())
        return {
            path: sorted(
                (each["range"]["start"]["line"] + 1, each["message"]) for each in self._told[uri]
            )
            for path, uri in opened.items()
        }

    def completions(self, path: Path, text: str) -> dict[str, str]:
        """What it offers at the mark | in a text, each with what it says of it."""
        found = self._ask("textDocument/completion", self._at_mark(path, text))
        return {each["label"]: _words(each.get("documentation")) for each in found["items"]}

    def hover(self, path: Path, text: str) -> str:
        """What it shows at the mark | in a text."""
        found = self._ask("textDocument/hover", self._at_mark(path, text))
        return "" if found is None else _words(found["contents"])

    def _at_mark(self, path: Path, text: str) -> dict[str, Any]:
        before, _, after = text.partition("|")
        uri = self._open(path, before + after)
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        return {"textDocument": {"uri": uri}, "position": place}

    def _open(self, path: Path, text: str) -> str:
        """Open a text as a file beside this one: what is told of a name is told once."""
        self._opened += 1
        uri = path.with_stem(f"{path.stem}_{self._opened}").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    # --- the protocol ------------------------------------------------------------------------

    def _ask(self, method: str, params: Mapping[str, Any]) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._take(message)

    def _take(self, message: Mapping[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            items = message["params"]["items"]
            result = [_SETTINGS.get(item["section"]) for item in items]
            self._send({"id": message["id"], "result": result})
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message


def _words(content: Any) -> str:
    if isinstance(content, dict):
        return str(content["value"])
    return str(content or "")
