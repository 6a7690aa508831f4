"""A headless Chromium, axe-core and html-validate, for what people open in a browser.

The environment's MDT_WIZARD_NODE is the folder into which npm has installed puppeteer-core,
axe-core and html-validate; a Chromium is found by its name.
"""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Final, Literal, Self

VARIABLE: Final = "MDT_WIZARD_NODE"
PACKAGES: Final = ("puppeteer-core", "axe-core", "html-validate")
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_DRIVER: Final = Path(__file__).with_name("driver.mjs")
_PATIENCE: Final = 120
"""Seconds after which a browser that does not answer is killed, so that no test waits for ever."""
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice", "wcag22aa")
"""The sets of rules of axe-core; the last is on how large what is touched must be."""
VALID: Final = {
    "extends": ["html-validate:recommended", "html-validate:a11y"],
    "rules": {"doctype-style": "off", "long-title": "off", "no-inline-style": "error"},
}


def missing() -> str | None:
    """Why no browser can be driven here; None where one can."""
    if program() is None:
        return f"there is no Chromium here: none of {', '.join(_NAMES)}"
    if shutil.which("node") is None:
        return "there is no node here"
    folder = os.environ.get(VARIABLE)
    if folder is None:
        return f"{VARIABLE} does not name a folder with {', '.join(PACKAGES)}"
    lacking = [each for each in PACKAGES if not Path(folder, "node_modules", each).is_dir()]
    return f"there is no {', '.join(lacking)} in {folder}" if lacking else None


def program() -> str | None:
    """Where the Chromium of this machine is."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


class Page:
    """A page that is open in the browser."""

    def __init__(self, browser: "Browser", number: int) -> None:
        self._browser = browser
        self._number = number

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ask("close")

    @property
    def told(self) -> list[str]:
        """What stands on its console, errors and refused requests too: `KIND: TEXT`."""
        return list(self._ask("seen")["told"])

    @property
    def requests(self) -> list[str]:
        """The address of everything that was asked for; the first is the page itself."""
        return list(self._ask("seen")["requests"])

    def evaluate(self, code: str) -> Any:
        """What an expression of JavaScript is worth; a promise is waited for."""
        return self._ask("evaluate", code=code)

    def violations(self, tags: Sequence[str] = TAGS) -> list[str]:
        """What axe-core finds, a rule a line with each place; only where the page runs scripts."""
        return [
            "\n  ".join((f"{each['rule']}: {each['help']}", *each["places"]))
            for each in self._ask("look", rules=list(tags))
        ]

    def press(self, *keys: str) -> None:
        """Press keys, by their names in JavaScript: `a`, `Enter`, `ArrowDown`."""
        self._ask("press", keys=keys)

    def click(self, selector: str) -> None:
        """Click on the first element that a CSS selector finds."""
        self._ask("click", selector=selector)

    def pdf(self, file: Path, paper: Literal["A4", "Letter"] = "A4") -> bytes:
        """Print to a file; its bytes.  From then on the page is as on paper."""
        self._ask("pdf", file=str(file), paper=paper)
        return file.read_bytes()

    def screenshot(self, file: Path, *, whole: bool = False) -> None:
        """What is seen as a PNG; the whole of the page, however long, if wanted."""
        self._ask("screenshot", file=str(file), whole=whole)

    def _ask(self, call: str, **given: Any) -> Any:
        return self._browser.ask(call, page=self._number, **given)


class Browser:
    """A Chromium that runs, with its profile in a folder of its own."""

    def __init__(self, profile: Path) -> None:
        found = program()
        assert found is not None
        self._process = subprocess.Popen(
            ["node", str(_DRIVER), found, str(profile)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._kill()
        self._process.wait()
        self._process.stdout.close()

    def open(
        self,
        place: Path | str,
        *,
        width: int = 1000,
        height: int = 800,
        dark: bool = False,
        scripts: bool = True,
        print_: bool = False,
        scale: float = 1,
    ) -> Page:
        """A file, or an address, in a page of its own: of so many pixels, light or dark, as on
        paper or on a screen, with scripts or without."""
        url = place.resolve().as_uri() if isinstance(place, Path) else place
        number = self.ask(
            "open",
            url=url,
            width=width,
            height=height,
            dark=dark,
            scripts=scripts,
            print=print_,
            scale=scale,
        )
        return Page(self, number)

    def invalid(self, text: str, config: object = VALID) -> list[str]:
        """What html-validate finds in a text: `LINE:COLUMN MESSAGE [RULE]`."""
        return list(self.ask("validate", text=text, config=config))

    def ask(self, call: str, **given: Any) -> Any:
        """The driver's answer to a call.  Fails where it has none, with what it says instead."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        timer = Timer(_PATIENCE, self._kill)
        timer.start()
        try:
            self._process.stdin.write(json.dumps({"call": call, **given}).encode() + b"\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        finally:
            timer.cancel()
        assert line, f"the browser ended, or did not answer {call} in {_PATIENCE} seconds"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def _kill(self) -> None:
        """Kill the driver with the browser that it started: they are a session of their own."""
        os.killpg(self._process.pid, signal.SIGKILL)
