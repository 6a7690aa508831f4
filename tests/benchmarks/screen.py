"""The screen: from key to repaint, from prompt to first question, memory over keys."""

import asyncio
import gc
import os
import sys
import tempfile
from math import ceil
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time, thread_time

import pexpect
from textual import events
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from tests.benchmarks.growth import told
from tests.benchmarks.synthetic import ordered_tree, synthetic_pathway
from tests.benchmarks.timing import line
from tests.benchmarks.written import write
from tests.screen.driving import WIDE, press, state_of, strips, wizard
from tests.screen.test_terminal import program
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.trees import Rule
from wizard.record import replace
from wizard.screen.collecting import collected_seldom

KINDS: dict[str, tuple[list[str], list[str]]] = {
    "the first question answered in turns, and back": ([], ["1", "b", "2", "b"]),
    "the first question answered with not known, and back": ([], ["asterisk", "b"]),
    "a question in the middle of a case, and back": (
        ["1", "1", "asterisk", "3", "1", "enter"],
        ["1", "b"],
    ),
    "the cursor moved": ([], ["down", "up"]),
    "the next column": ([], ["tab"]),
    "an overlay opened or closed": ([], ["question_mark", "escape"]),
    "one column alone, or all again": ([], ["z"]),
}
"""What is measured: the keys before, and those that come again and again."""
KEYS = 30
WARMING = 15
ROUNDS = 3
SETTLED = 0.06
"""Seconds in which all that a key caused is over; waiting takes no processor time."""
STARTS = 15
REPAINTS = 1.5
"""The goal of every key: so many bare repaints."""
DEEP = 13
LARGE_KEYS = 60
LARGE_SETTLED = 0.3
ROOT = Path(__file__).parents[2]

HELLO = """
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
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


class Sink(HeadlessDriver):
    """A terminal without a screen: what is drawn is made into its codes, and thrown away."""

    @property
    def is_headless(self) -> bool:
        """Textual makes no codes for a driver that says so."""
        return False

    def write(self, data: str) -> None:
        """Take the codes as bytes, as a terminal gets them."""
        data.encode()


def _work(app: App[None], before: list[str], keys: list[str]) -> list[float]:
    """The processor times, in milliseconds, of all that these keys cause in an app, a key.

    `before` brings the app to where they are pressed.  Garbage is collected as in the program.
    """
    times: list[float] = []

    async def drive(pilot: Pilot[object]) -> None:
        await pilot.press(*before)
        await pilot.pause()
        for _ in range(ceil((WARMING + KEYS) / len(keys))):
            start = process_time()
            for key in keys:
                app.simulate_key(key)
                await asyncio.sleep(SETTLED)
            times.append(1000 * (process_time() - start) / len(keys))
        app.exit()

    app.driver_class = Sink
    gc.freeze()
    with collected_seldom():
        asyncio.run(app.run_async(size=WIDE, auto_pilot=drive))
    gc.unfreeze()
    return times[ceil(WARMING / len(keys)) :]


async def _pages() -> list[list[Strip]]:
    """The cells before and after an answer."""
    app = wizard()
    pages = []
    async with app.run_test(size=WIDE) as pilot:
        for keys in ([], ["1"]):
            await press(pilot, keys)
            pages.append(list(strips(app)))
    return pages


def _key_to_repaint() -> None:
    """Rounds of each kind of key take turns, so that a slow moment slows them all."""
    pages = asyncio.run(_pages())
    bare: list[float] = []
    ours: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(ROUNDS):
        bare += _work(BareApp(pages), [], ["1", "2"])
        for kind, (before, keys) in KINDS.items():
            ours[kind] += _work(wizard(), before, keys)
    baseline = _undisturbed(bare)
    line("a bare repaint of the same cells, processor time", baseline)
    for kind, times in ours.items():
        told(kind, _undisturbed(times) / baseline, REPAINTS, "x bare")


def _undisturbed(times: list[float]) -> float:
    """The lower quartile: what else a machine does makes a time longer, never shorter."""
    return quantiles(times, n=4)[0]


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
    baseline = 1000 * _undisturbed(hello)
    line("a hello-world Textual app, prompt to text", baseline)
    told("prompt to the first question", 1000 * _undisturbed(ours) / baseline, 1.2, "x hello")


def _large_pathway() -> Compiled:
    """200 factors, 500 options, and a tree of 10,000 nodes, read from files."""
    made, random = synthetic_pathway(200, 500, depth=3), Random(1)
    walk = [each for each in made.factors.values() if isinstance(each, ChoiceFactor)]
    first, *_ = made.options.values()
    statement, *_ = first.statements.values()
    deep = replace(
        statement, rule=Rule(ordered_tree(random, walk[:40], DEEP, 0.1), statement.position)
    )
    with_deep = replace(first, statements={**first.statements, statement.id: deep})
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "made_up"
        written.mkdir()
        write(replace(made, options={**made.options, first.id: with_deep}), written)
        return compile_pathway(read_pathway(written), 2_000_000)


def _keys_of_a_large_pathway() -> None:
    """Answers one after another: all that a key causes in the thread that takes the next one."""
    compiled = _large_pathway()
    app, times = wizard(compiled), list[float]()
    gc.freeze()

    async def drive(pilot: Pilot[object]) -> None:
        await pilot.pause()
        for _ in range(LARGE_KEYS):
            start = thread_time()
            app.simulate_key("1")
            await asyncio.sleep(LARGE_SETTLED)
            times.append(1000 * (thread_time() - start))
        app.exit()

    app.driver_class = Sink
    with collected_seldom():
        asyncio.run(app.run_async(size=WIDE, auto_pilot=drive))
    gc.unfreeze()
    print(f"  200 factors, 500 options, {len(compiled.diagrams):,} nodes, read from files")
    told("an answer, all that it causes before the next key, median", median(times), 20)
    told("the same, worst", max(times), 50)


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
    _key_to_repaint()
    _keys_of_a_large_pathway()
    _prompt_to_question()
    asyncio.run(_memory())


if __name__ == "__main__":
    main()
