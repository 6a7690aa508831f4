"""Killing a process at every line that it runs.

Each kill is of a copy of the process: what is called in it stands in a module that imports little,
for a small process is copied several times faster than one that has loaded pytest.
"""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

_ROOT = Path(__file__).parents[1]


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


def killed_copies(action: Callable[[], object], since: str = "") -> Iterator[int]:
    """Run an action once, in a process of its own; before each line of it a copy of the process is
    made and killed there.  One yield after each kill, while the action waits.

    A copy has done all that was done before the line, and leaves behind what a process that is
    killed there leaves, but for its locks: the action still has them.  So it is for what tells
    nothing by locks and changes nothing while it looks, and takes one run where `kills` takes one
    for each line.
    """
    gc.freeze()
    (told, tell), (goes, go) = os.pipe(), os.pipe()
    process = os.fork()
    if process == 0:
        sys.settrace(_copier(tell, goes, since))
        action()
        sys.settrace(None)
        os._exit(0)
    os.close(tell)
    os.close(goes)
    for line in count():
        if not os.read(told, 1):
            break
        yield line
        os.write(go, b".")
    os.close(told)
    os.close(go)
    assert os.waitpid(process, 0)[1] == 0


def alone(module: str, function: str, *arguments: str) -> None:
    """Call a function of a test module in a process without threads; what fails there fails."""
    call = f"from {module} import {function}; {function}{arguments!r}"
    ended = subprocess.run(
        [sys.executable, "-c", call],
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def _killer(lines: int, since: str) -> Callable[[FrameType, str, Any], Any]:
    left = lines

    def kill_at_last() -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    return _at_each_line(kill_at_last, since)


def _copier(tell: int, goes: int, since: str) -> Callable[[FrameType, str, Any], Any]:
    def kill_a_copy() -> None:
        copy = os.fork()
        if copy == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        assert os.waitpid(copy, 0)[1] == signal.SIGKILL
        os.write(tell, b".")
        os.read(goes, 1)

    return _at_each_line(kill_a_copy, since)


def _at_each_line(call: Callable[[], None], since: str) -> Callable[[FrameType, str, Any], Any]:
    """What calls a function before each line that is run from the first call of another on."""
    begun = not since

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal begun
        begun = begun or frame.f_code.co_name == since
        if begun and event == "line":
            call()
        return trace

    return trace
