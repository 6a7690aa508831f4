"""Keeping what was chosen on the screen in `config.toml`: one line changes, all others stay."""

import tomllib
from json import dumps
from pathlib import Path
from typing import Final

from wizard.private_files import make_private_folder, write_private
from wizard.settings.toml_lines import first_header, leaves, lines_of

_BEGUN: Final = "# Settings of mdt-wizard: `mdt-wizard config` tells what holds.\n"


class NotKeptError(Exception):
    """The file cannot be changed by one line; the message says why."""


def keep_setting(path: Path, name: str, value: str | int) -> None:
    """Set a value of the file, which is made where there is none.

    Raises NotKeptError where the file is not TOML or the line of the value is not of its own,
    OSError where it cannot be read or written.
    """
    path = path.resolve()  # a link stays one
    text = path.read_text(encoding="utf-8") if path.exists() else _BEGUN
    changed = with_setting(text, name, value)
    if changed != text:
        make_private_folder(path.parent)
        write_private(path, changed, replacing=True)


def with_setting(text: str, name: str, value: str | int) -> str:
    """The text of the file with another value, which has a line of its own.

    Raises NotKeptError.
    """
    table, _, key = name.rpartition(".")
    written = f"{key} = {dumps(value, ensure_ascii=False)}"
    lines = text.rstrip("\n").split("\n")
    places = lines_of(lines)
    if name in places:
        at = places[name] - 1
        lines[at] = written + _comment(lines[at])
    elif table in places:
        lines.insert(places[table], written)
    elif table:
        lines += ["", f"[{table}]", written]
    else:
        lines.insert(_behind_the_last_value(lines), written)
    changed = "\n".join(lines) + "\n"
    if _values(changed) != {**_values(text), name: value}:
        raise NotKeptError(f"{name} has no line of its own in it")
    return changed


# --- parts -----------------------------------------------------------------------------------


def _values(text: str) -> dict[str, object]:
    try:
        return dict(leaves(tomllib.loads(text)))
    except (ValueError, RecursionError) as error:
        raise NotKeptError(f"it is not TOML: {error}") from None


def _behind_the_last_value(lines: list[str]) -> int:
    """Where a value goes that is in no table: before the comments over the first table."""
    header = first_header(lines)
    at = header
    while at and lines[at - 1].strip()[:1] in ("", "#"):
        at -= 1
    return at if header < len(lines) else header


def _comment(line: str) -> str:
    """The comment behind a value, with the space before it."""
    for at in (index for index, letter in enumerate(line) if letter == "#"):
        try:
            if tomllib.loads(line[:at]):
                return line[len(line[:at].rstrip()) :]
        except (ValueError, RecursionError):
            continue
    return ""
