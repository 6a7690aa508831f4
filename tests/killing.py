"""Killing a process at every line that it runs."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from types import FrameType
from typing import Any

from tests.program import ROOT


def kills(action: Callable[[], object], since: str = "") -> Iterator[int]:
    """Run an action in processes of its own, the first killed before its first line of Python
    (the standard library's too), the next before its second, and so on; one yield after each kill.

    Lines count from the first call of the function `since` on, where it is given.  Ends with the
    action done.  To be called where no threads run: see `alone`.
    """
    gc.freeze()  # a collection in a copy of this process would copy all its memory
    for line in count():
        process = os.fork()
        if process == 0:
            sys.settrace(_killer(line, since))
            action()
            sys.settrace(None)
            os._exit(0)
        _, status = os.waitpid(process, 0)
        if not os.WIFSIGNALED(status):
            assert status == 0
            return
        yield line


def alone(module: str, function: str, *arguments: str) -> None:
    """Call a function of a test module in a process without threads; what fails there fails."""
    call = f"from {module} import {function}; {function}{arguments!r}"
    ended = subprocess.run(
        [sys.executable, "-c", call],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def _killer(lines: int, since: str) -> Callable[[FrameType, str, Any], Any]:
    left, begun = lines, not since

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal left, begun
        begun = begun or frame.f_code.co_name == since
        if begun and event == "line":
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
        return trace

    return trace
