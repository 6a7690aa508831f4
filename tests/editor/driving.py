"""An editor that has started `mdt-wizard lsp`: opens files, types, and sees what is told."""

import os
import sys
from pathlib import Path
from typing import Any, Final

from tests.language_server import Client
from tests.program import ROOT

PROGRAM: Final = [sys.executable, "-W", "error", "-m", "wizard", "lsp"]


class Editor(Client):
    """An editor; a mark | in a text is where its cursor is."""

    def __init__(self, folder: Path, **capabilities: Any) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        super().__init__(PROGRAM, cwd=folder, env=environment)
        self.folder = folder
        self.capabilities = self.initialize(**capabilities)["capabilities"]
        self._version = 0

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def open(self, name: str, text: str | None = None) -> None:
        self._version += 1
        document = {
            "uri": self.uri(name),
            "languageId": "yaml",
            "version": self._version,
            "text": self.text(name) if text is None else text,
        }
        self.notify("textDocument/didOpen", {"textDocument": document})

    def type(self, name: str, text: str) -> None:
        """Let the document have another text, which is not saved."""
        self._version += 1
        document = {"uri": self.uri(name), "version": self._version}
        change = {"textDocument": document, "contentChanges": [{"text": text}]}
        self.notify("textDocument/didChange", change)

    def close(self, name: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})

    def findings(self, name: str) -> list[Any]:
        """What is told next of a file."""
        self.told.pop(self.uri(name), None)
        while self.uri(name) not in self.told:
            self.take_one()
        return self.told[self.uri(name)]

    def at(self, name: str, line: int, character: int) -> dict[str, Any]:
        return {
            "textDocument": {"uri": self.uri(name)},
            "position": {"line": line, "character": character},
        }

    def fixes(self, name: str, finding: Any) -> list[Any]:
        found: list[Any] = self.ask(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": self.uri(name)},
                "range": finding["range"],
                "context": {"diagnostics": [finding]},
            },
        )
        return found

    def about(self, request: str, name: str, marked: str, **more: Any) -> Any:
        """The whole answer to a request about the place of the mark | in a text that is typed."""
        before, _, after = marked.partition("|")
        self.type(name, before + after)
        line = before.rpartition("\n")[2]
        units = len(line.encode("utf-16-le")) // 2
        place = self.at(name, before.count("\n"), units)
        return self.answer(f"textDocument/{request}", {**place, **more})

    def end(self) -> int:
        """Shut down as the protocol has it; how the process ends."""
        assert self.ask("shutdown", None) is None
        self.notify("exit", None)
        return self.process.wait(60)


def applied(text: str, edits: list[Any]) -> str:
    """A text with edits of the protocol, whose columns are counted in halves of UTF-16."""
    lines = text.split("\n")

    def index(place: Any) -> int:
        before = sum(len(line) + 1 for line in lines[: place["line"]])
        line = lines[place["line"]] if place["line"] < len(lines) else ""
        units = line.encode("utf-16-le")[: 2 * place["character"]]
        return before + len(units.decode("utf-16-le"))

    for edit in sorted(edits, key=lambda one: index(one["range"]["start"]), reverse=True):
        start, end = index(edit["range"]["start"]), index(edit["range"]["end"])
        text = f"{text[:start]}{edit['newText']}{text[end:]}"
    return text
