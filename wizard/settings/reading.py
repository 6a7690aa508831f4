"""Reading `config.toml`: what it sets, and what is wrong with it.

A wrong line is told and passed over; the rest of the file holds, and the wizard starts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.position import Position
from wizard.pathway.problems import MOST_TOLD, Problem, listed, nearest, quoted
from wizard.record import NOTHING, Record, replace
from wizard.user_folders import user_folder

FILE_VARIABLE: Final = "MDT_WIZARD_CONFIG"
"""Names another file than that of the user."""
ESCAPE_VARIABLE: Final = "ESCDELAY"
"""What curses and Textual read the delay from; it goes before the file."""

ESCAPE_DELAY: Final = 20
"""Milliseconds: the rest of a sequence comes within them over any line that can be worked on."""
_LONGEST_DELAY: Final = 1000
STARTS: Final = ("case", "practice", "pathway")
COLUMNS: Final = ("map", "options", "options_of_two")
"""The columns that have a width; the question has what they leave.

On a screen of two columns the options have a width of their own.
"""
_NARROWEST: Final = 20
_WIDEST: Final = 200
_MOST_BYTES: Final = 64 * 1024
_NAMES: Final = ("theme", "start", "escape_delay", "journal", "keys", "widths")
_AT: Final = r"(?s)^(.*) \(at line (\d+), column (\d+)\)$"


class Settings(Record):
    """What is set, by name (`widths.map`), and the default where nothing is.

    `lines` says on which line of the file a value stands that comes from there, `problems` what is
    wrong with it.
    """

    path: Path
    values: Mapping[str, object] = NOTHING
    lines: Mapping[str, int] = NOTHING
    problems: tuple[Problem, ...] = ()

    @property
    def theme(self) -> str | None:
        """The name of a theme; None for the wizard's own."""
        return str(self.values["theme"]) if "theme" in self.values else None

    @property
    def start(self) -> str:
        """The place that the wizard opens in."""
        return str(self.values.get("start", STARTS[0]))

    @property
    def escape_delay(self) -> int:
        """Milliseconds after which an escape that nothing follows is the key."""
        return int(str(self.values.get("escape_delay", ESCAPE_DELAY)))

    @property
    def journal(self) -> bool:
        """Whether the running case is kept in case of a crash."""
        return self.values.get("journal", True) is True

    @property
    def keys(self) -> Mapping[str, str]:
        """Keys as Textual writes them, by action id."""
        return {name: str(value) for name, value in self._inside("keys.")}

    @property
    def widths(self) -> Mapping[str, int]:
        """Terminal cells, by column."""
        return {name: int(str(value)) for name, value in self._inside("widths.")}

    def _inside(self, table: str) -> Iterator[tuple[str, object]]:
        for name, value in self.values.items():
            if name.startswith(table):
                yield name.removeprefix(table), value

    def without(self, name: str, wrong: "Wrong") -> "Settings":
        """These settings without one of them, which is wrong."""
        told = Problem(
            Code.WRONG_SETTING, Position(str(self.path), self.lines.get(name, 1), 1), *wrong
        )
        values = {each: value for each, value in self.values.items() if each != name}
        return replace(self, values=values, problems=(*self.problems, told))


Wrong = tuple[str, str, str | None]
"""What is wrong with a value, what is expected, and what may have been meant."""


def settings_file(environment: Mapping[str, str]) -> Path:
    """The file of this user, or the one that the environment names."""
    if named := environment.get(FILE_VARIABLE):
        return Path(named)
    return user_folder("config") / "config.toml"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """What the user's file and the environment set, with what is wrong in it; raises nothing."""
    path = settings_file(environment)
    settings = Settings(path)
    try:
        with path.open("rb") as file:
            read = file.read(_MOST_BYTES + 1)
        text = read.decode()
    except FileNotFoundError:
        return _with_environment(settings, environment)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        return _with_environment(_unread(settings, f"cannot be read: {why}"), environment)
    if len(read) > _MOST_BYTES:
        return _with_environment(_unread(settings, "is longer than 64 kB"), environment)
    return _with_environment(_read(settings, text), environment)


# --- parts -----------------------------------------------------------------------------------


def _unread(settings: Settings, why: str) -> Settings:
    return replace(
        settings, problems=(Problem(Code.WRONG_SETTING, Position(str(settings.path), 1, 1), why),)
    )


def _with_environment(settings: Settings, environment: Mapping[str, str]) -> Settings:
    delay = environment.get(ESCAPE_VARIABLE, "")
    if not (delay.isascii() and delay.isdigit() and 1 <= int(delay[:9]) <= _LONGEST_DELAY):
        return settings
    lines = {name: line for name, line in settings.lines.items() if name != "escape_delay"}
    values = {**settings.values, "escape_delay": int(delay)}
    return replace(settings, values=values, lines=lines)


def _read(settings: Settings, text: str) -> Settings:
    from wizard.settings.toml_lines import (
        leaves,
        line_of,
        lines_of,
    )

    lines, table, problems = _parsed(text, str(settings.path))
    found = lines_of(lines)
    values: dict[str, object] = {}
    for name, value in leaves(table):
        wrong = _wrong(name, value)
        if wrong is None:
            values[name] = value
        else:
            problems.append(
                Problem(
                    Code.WRONG_SETTING,
                    Position(str(settings.path), line_of(name, found), 1),
                    *wrong,
                )
            )
    numbers = {name: line_of(name, found) for name in values}
    return replace(settings, values=values, lines=numbers, problems=tuple(problems))


def _parsed(text: str, name: str) -> tuple[list[str], dict[str, object], list[Problem]]:
    """The lines that are TOML, what they say, and what is wrong with the others."""
    import tomllib

    lines, problems = text.split("\n"), list[Problem]()
    while len(problems) < MOST_TOLD:
        try:
            return lines, tomllib.loads("\n".join(lines)), problems
        except (ValueError, RecursionError) as error:
            what, line, column = _told(str(error), lines)
            expected = 'a line like theme = "mdt-light" was expected'
            problems.append(
                Problem(
                    Code.WRONG_SETTING, Position(name, line, column), f"not TOML: {what}", expected
                )
            )
            lines[line - 1] = ""
    return lines, {}, problems


def _told(error: str, lines: Iterable[str]) -> tuple[str, int, int]:
    """What is wrong, on which line and column; the last that says anything where none is told."""
    if at := re.match(_AT, error):
        return at[1].lower(), int(at[2]), int(at[3])
    said = [number for number, line in enumerate(lines, 1) if line.strip()]
    return error.partition(" (")[0].lower(), max(said, default=1), 1


def _wrong(name: str, value: object) -> Wrong | None:
    """What is wrong with a value; None where nothing is."""
    shown = quoted(value) if isinstance(value, str) else str(value)[:60]
    table, _, inside = name.partition(".")
    match table:
        case "theme":
            expected = "" if isinstance(value, str) else "the name of a theme, in quotes,"
        case "start" | "journal":
            return _unlisted(table, value, shown)
        case "escape_delay":
            expected = "" if _whole(value, 1, _LONGEST_DELAY) else "milliseconds from 1 to 1000"
        case "keys" if inside:
            typed = isinstance(value, str) and value
            expected = "" if typed else 'keys in quotes, such as "ctrl+e",'
        case "widths" if inside in COLUMNS:
            fits = _whole(value, _NARROWEST, _WIDEST)
            expected = "" if fits else f"columns from {_NARROWEST} to {_WIDEST}"
        case "widths" if inside:
            return _unknown("column", inside, COLUMNS)
        case "keys" | "widths":
            return f"{table} is {shown}", f"a table was expected: [{table}]", None
        case _:
            return _unknown("setting", table, _NAMES)
    return (f"{name} is {shown}", f"{expected} were expected", None) if expected else None


def _unlisted(name: str, value: object, shown: str) -> Wrong | None:
    """What is wrong with a value that has to be one of a few."""
    if name == "journal":
        told = f"journal is {shown}", "true or false was expected", None
        return None if isinstance(value, bool) else told
    if value in STARTS:
        return None
    return f"start is {shown}", f"one of {listed(STARTS)} was expected", nearest(str(value), STARTS)


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _unknown(kind: str, name: str, known: Iterable[str]) -> Wrong:
    near = nearest(name, known)
    return f"there is no {kind} {quoted(name)}", "" if near else f"there are {listed(known)}", near
