"""A client of a language server: what an editor says to it, over standard input and output."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from threading import Timer
from types import TracebackType
from typing import Any, Final, Self

_PATIENCE: Final = 120
"""Seconds after which a server that says nothing is killed, so that no test waits for ever."""


class Client:
    """An editor with a server that runs; `told` has what it last told of each file."""

    def __init__(
        self, command: Sequence[str], settings: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options
        )
        self.told: dict[str, list[Any]] = {}
        self.shown: list[str] = []
        self.registered: list[str] = []
        self._settings = settings or {}
        self._number = 0
        self._timer = Timer(_PATIENCE, self.process.kill)
        self._timer.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()

    def initialize(self, **capabilities: Any) -> Any:
        """Begin; what the server says that it can do."""
        params = {"processId": os.getpid(), "rootUri": None, "capabilities": capabilities}
        found = self.ask("initialize", params)
        self.notify("initialized", {})
        return found

    def ask(self, method: str, params: Any) -> Any:
        """The answer to a request."""
        answer = self.answer(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def answer(self, method: str, params: Any) -> dict[str, Any]:
        """The whole answer to a request, which may be an error."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                return message
            self._take(message)

    def notify(self, method: str, params: Any) -> None:
        """Say something that has no answer."""
        self._send({"method": method, "params": params})

    def take_one(self) -> None:
        """Wait for one message of the server's."""
        self._take(self._read())

    def write(self, data: bytes) -> None:
        """Write bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def _take(self, message: Mapping[str, Any]) -> None:
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self.told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method in ("window/showMessage", "window/logMessage"):
            self.shown.append(message["params"]["message"])
        elif method == "workspace/configuration":
            items = message["params"]["items"]
            result = [self._settings.get(item["section"]) for item in items]
            self._send({"id": message["id"], "result": result})
        elif method == "client/registerCapability":
            self.registered += [each["method"] for each in message["params"]["registrations"]]
            self._send({"id": message["id"], "result": None})
        elif "id" in message and method is not None:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def _read(self) -> dict[str, Any]:
        """The next message; standard output carries nothing else."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            assert name.lower() in {b"content-length", b"content-type"}, line
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message
