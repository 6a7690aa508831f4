"""The screen: from key to repaint, from prompt to first question, memory over keys."""

import asyncio
import gc
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pexpect
from textual import events
from textual.app import App
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tests.benchmarks.timing import line
from tests.screen.driving import WIDE, state_of, wizard
from tests.screen.test_terminal import program

KEYS = 60
SETTLED = 0.06
"""Seconds in which all that a key caused is over; waiting takes no processor time."""
STARTS = 7
ROOT = Path(__file__).parents[2]

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("Which type of world is it?")
Hello().run()
"""


class Bare(Widget, can_focus=True):
    """Cells that were drawn before, and nothing that made them."""

    def __init__(self, pages: list[list[Strip]]) -> None:
        super().__init__()
        self._pages = pages
        self._page = 0

    def render_line(self, y: int) -> Strip:
        return self._pages[self._page][y]

    def on_key(self, _event: events.Key) -> None:
        self._page = 1 - self._page
        self.refresh()

    def get_content_height(self, _container: Size, _viewport: Size, _width: int) -> int:
        return WIDE[1]


class BareApp(App[None]):
    """Repaints every cell of the screen on a key."""

    CSS = "Bare { width: 100%; height: 100%; }"

    def __init__(self, pages: list[list[Strip]]) -> None:
        super().__init__()
        self._bare = Bare(pages)

    def compose(self) -> list[Widget]:
        return [self._bare]

    def on_mount(self) -> None:
        self._bare.focus()


async def _work(app: App[None], keys: list[str]) -> float:
    """The median processor time, in milliseconds, of all that a key causes."""
    times = []
    for number in range(KEYS):
        start = process_time()
        app.simulate_key(keys[number % len(keys)])
        await asyncio.sleep(SETTLED)
        times.append(process_time() - start)
    return 1000 * median(times[KEYS // 4 :])


async def _key_to_repaint() -> None:
    app = wizard()
    async with app.run_test(size=WIDE) as pilot:
        pages = []
        for keys in ([], ["1"]):
            await pilot.press(*keys)
            await pilot.pause()
            pages.append(list(app.screen._compositor.render_strips()))
        await pilot.press("b")
        ours = await _work(app, ["1", "b"])
        moving = await _work(app, ["down", "up"])
        reading = await _work(app, ["question_mark", "escape"])
    bare = BareApp(pages)
    async with bare.run_test(size=WIDE) as pilot:
        await pilot.pause()
        baseline = await _work(bare, ["1", "2"])
    line("a bare repaint of the same cells, processor time", baseline)
    line("an answer: assessment, three columns, repaint", ours, baseline=baseline, of="the bare")
    line("the cursor moved", moving, baseline=baseline, of="the bare")
    line("an overlay opened or closed", reading, baseline=baseline, of="the bare")


def _start(arguments: list[str], words: str, folder: Path) -> float:
    """Seconds from the command to the words; with bytecode, as every installed program has it."""
    unlike_a_user = {"COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE"}
    environment = {k: v for k, v in os.environ.items() if k not in unlike_a_user}
    environment |= {
        "TERM": "xterm-256color",
        "XDG_CACHE_HOME": str(folder),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
    start = perf_counter()
    child = pexpect.spawn(
        arguments[0],
        arguments[1:],
        cwd=str(ROOT),
        env=environment,
        dimensions=(36, 120),
        timeout=30,
    )
    child.expect_exact(words)
    taken = perf_counter() - start
    child.close(force=True)
    return taken


def _prompt_to_question() -> None:
    hello, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "hello.py"
        script.write_text(HELLO, encoding="utf-8")
        greeting, wizard_itself = [sys.executable, str(script)], program()
        _start(greeting, "Which type", Path(folder))
        _start(wizard_itself, "Which type", Path(folder))
        for _ in range(STARTS):
            hello.append(_start(greeting, "Which type", Path(folder)))
            ours.append(_start(wizard_itself, "Which type", Path(folder)))
    baseline = 1000 * median(hello)
    line("a hello-world Textual app, prompt to text", baseline)
    line("prompt to the first question", 1000 * median(ours), baseline=baseline, of="hello")


def _resident() -> float:
    """This process's resident memory in MiB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def _memory() -> None:
    app = wizard()
    keys = ["1", "tab", "enter", "t", "escape", "escape", "tab", "tab", "b"]
    async with app.run_test(size=WIDE) as pilot:
        sizes = []
        for _ in range(4):
            for number in range(600):
                await pilot.press(keys[number % len(keys)])
            sizes.append(_resident())
        assert state_of(app).asked is not None
    shown = ", ".join(f"{size:.1f}" for size in sizes)
    print(f"  resident memory after 600, 1200, 1800, 2400 keys: {shown} MiB")


def main() -> None:
    asyncio.run(_key_to_repaint())
    _prompt_to_question()
    asyncio.run(_memory())


if __name__ == "__main__":
    main()
