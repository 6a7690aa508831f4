"""The lines of a pathway's files that two versions have differently, and what they belong to."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.record import Record

if TYPE_CHECKING:
    from wizard.pathway.format.spans import Span

Place = tuple[str, tuple[str, ...]]
"""A file of the folder, and the keys that lead to something in it."""


class EditedLines(Record):
    """Lines next to each other that differ: as they were, and as they are.

    `line` is where the new ones stand, or would stand, in the new version.  `keys` lead to the
    smallest entry of the file that has them all.  `whole` tells that only one version has the file.
    """

    file: str
    line: int
    keys: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    whole: bool

    def belongs_to(self, place: Place) -> bool:
        """Whether these lines are some of what stands at a place, or all of that is in them."""
        file, keys = place
        shared = min(len(keys), len(self.keys))
        return file == self.file and keys[:shared] == self.keys[:shared]


def edited_lines(old: Path, new: Path) -> tuple[EditedLines, ...]:
    """The lines that differ between the files of two folders, cases left out."""
    found: list[EditedLines] = []
    for name in sorted({*_files(old), *_files(new)}):
        before, after = _text(old / name), _text(new / name)
        if before != after:
            found.extend(_edits(name, before, after))
    return tuple(found)


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.yaml"):
        name = path.relative_to(folder)
        if name.parts[0] != "cases" and not path.name.startswith("."):
            yield name.as_posix()


def _text(path: Path) -> str:
    """The text of a file; nothing where there is none."""
    return path.read_text("utf-8-sig") if path.is_file() else ""


def _edits(file: str, before: str, after: str) -> Iterator[EditedLines]:
    # Imported on first use: where no file differs, nothing reads YAML.
    from wizard.pathway.format.spans import spans

    old, new = before.splitlines(), after.splitlines()
    parts = spans(before), spans(after)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    matcher = SequenceMatcher(None, old[same:], new[same:], autojunk=False)
    for kind, *ends in matcher.get_opcodes():
        if kind == "equal":
            continue
        one, last, start, end = (place + same for place in ends)
        side = (after, parts[1], start, end) if end > start else (before, parts[0], one, last)
        gone, come = _written(old[one:last]), _written(new[start:end])
        if gone or come:
            line = start + 1 + _blank(new[start:end])
            whole = not (before and after)
            yield EditedLines(file, line, _keys(*side), gone, come, whole)


def _blank(lines: list[str]) -> int:
    """How many blank lines come first."""
    count = sum(1 for _ in takewhile(lambda line: not line.strip(), lines))
    return count if count < len(lines) else 0


def _written(lines: list[str]) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in lines if line.strip())


def _keys(text: str, span: "Span", first: int, behind: int) -> tuple[str, ...]:
    """The keys of the smallest entry that has all lines from `first` to before `behind`."""
    lines = text.splitlines(keepends=True)
    starts = [
        sum(map(len, lines[:at])) + len(lines[at]) - len(lines[at].lstrip())
        for at in range(first, behind)
        if lines[at].strip()
    ]
    if not starts:
        return ()
    keys: list[str] = []
    inner: Span | None = span
    while inner is not None:
        parts, inner = inner.parts, None
        for key, (start, part) in parts.items():
            if start <= starts[0] and starts[-1] < part.end:
                keys.append(key)
                inner = part
                break
    return tuple(keys)
