"""Lines in and out of a conversation: as they are typed, and as they are told, 80 columns wide."""

import sys
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from wizard.report import text
from wizard.wording.outline import Section

WIDTH: Final = 80
LONGEST_LINE: Final = 10_000
MOST_MISUNDERSTOOD: Final = 25
"""More lines in a row without a meaning than a person would type; a pasted file could go on
forever.
"""


def typed_lines() -> TextIO:
    """Standard input, in which bytes that are not text are shown as such."""
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin


def say(sink: TextIO, lines: Iterable[str]) -> None:
    """Write lines at once."""
    sink.writelines(f"{line}\n" for line in lines)
    sink.flush()


def wrapped(words: str, indent: str = "", later: str | None = None) -> list[str]:
    """Text in lines of at most 80 columns."""
    return text.wrapped(words, WIDTH, indent, indent if later is None else later)


def listed(entry: str) -> list[str]:
    """An entry of a list: set in, and its later lines further."""
    return wrapped(entry, "  ", "     ")


def section_page(parts: Iterable[Section]) -> Iterator[str]:
    """Sections of an outline, as lines of at most 80 columns."""
    for part in parts:
        yield ""
        yield from text.section_lines(part, WIDTH)
