"""yaml-language-server, as an editor runs it: over standard input and output.

The environment's MDT_WIZARD_YAML_SERVER is the folder into which npm has installed it.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

from tests.language_server import Client

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


class Server(Client):
    """A server that runs."""

    def __init__(self) -> None:
        program = _program(os.environ[VARIABLE])
        super().__init__(["node", str(program), "--stdio"], _SETTINGS)
        self._opened = 0

    def __enter__(self) -> Self:
        self.initialize()
        self.notify("workspace/didChangeConfiguration", {"settings": _SETTINGS})
        return self

    def mistakes(self, texts: Mapping[Path, str]) -> dict[Path, list[tuple[int, str]]]:
        """The line and the words of each mistake that it tells of each file with its text."""
        opened = {path: self._open(path, text) for path, text in texts.items()}
        while not self.told.keys() >= set(opened.values()):
            self.take_one()
        return {
            path: sorted(
                (each["range"]["start"]["line"] + 1, each["message"]) for each in self.told[uri]
            )
            for path, uri in opened.items()
        }

    def completions(self, path: Path, text: str) -> dict[str, str]:
        """What it offers at the mark | in a text, each with what it says of it."""
        found = self.ask("textDocument/completion", self._at_mark(path, text))
        return {each["label"]: _words(each.get("documentation")) for each in found["items"]}

    def hover(self, path: Path, text: str) -> str:
        """What it shows at the mark | in a text."""
        found = self.ask("textDocument/hover", self._at_mark(path, text))
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
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri


def _words(content: Any) -> str:
    if isinstance(content, dict):
        return str(content["value"])
    return str(content or "")
