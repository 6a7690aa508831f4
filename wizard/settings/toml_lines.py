"""Where each name of a TOML file stands, which `tomllib` does not tell.

Each line is read for itself, so this takes one pass.  A name is the whole path of a value, its
parts joined by dots: `widths.map`.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence


def leaves(table: dict[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """Every value that is not a table, by its name."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{above}{key}.")
        else:
            yield above + key, value


def lines_of(lines: Iterable[str]) -> dict[str, int]:
    """The number of the line that each name begins on; tables by their headers."""
    found: dict[str, int] = {}
    section = ""
    for number, line in enumerate(lines, 1):
        if is_header(line):
            section = _path(line)
            found.setdefault(section, number)
        elif name := _path(f"{line.partition('=')[0]}= 0") if "=" in line else "":
            found.setdefault(f"{section}.{name}" if section else name, number)
    return found


def line_of(name: str, found: dict[str, int]) -> int:
    """The line of a name, or of the nearest table that holds it; else the first."""
    while name and name not in found:
        name = name.rpartition(".")[0]
    return found.get(name, 1)


def is_header(line: str) -> bool:
    """Whether a line begins a table."""
    return line.lstrip().startswith("[")


def first_header(lines: Sequence[str]) -> int:
    """The index of the first line that begins a table, else that behind the last line."""
    return next((index for index, line in enumerate(lines) if is_header(line)), len(lines))


def _path(line: str) -> str:
    """The name in a line that has only one; empty where it cannot be read."""
    try:
        inside: object = tomllib.loads(line)
    except (ValueError, RecursionError):
        return ""
    path = []
    while isinstance(inside, dict) and inside:
        key, inside = next(iter(inside.items()))
        path.append(key)
    return ".".join(path)
