"""Show where the settings of the screen are, and what holds.

Prints the file and every setting with its value and where that comes from: the file, with the
line; the environment; or the default. What is wrong with the file is told line by line on
standard error; a wrong line does not hold, and stops nothing.

The file is TOML, and none of its lines is needed:

  theme = "mdt-light"        as ctrl+p lists them; the theme chosen on the screen is kept here
  start = "practice"         the place that the wizard opens in: case, practice or pathway
  escape_delay = 20          milliseconds until a lone escape is taken for the key
  journal = false            keep no running case to bring back after a crash
  [widths]                   of columns: map and options, options_of_two where there is no map
  map = 40
  options = 60
  [keys]                     by action id, as they are listed here
  case.export = "E,ctrl+e"

examples:
  mdt-wizard config
  MDT_WIZARD_CONFIG=my.toml mdt-wizard config
"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from wizard.exits import ExitCode
from wizard.messages import tell_problems
from wizard.pathway.problems import printable
from wizard.settings.reading import FILE_VARIABLE, Settings, read_settings

ENDS: Final = {
    ExitCode.DONE: "the settings were printed",
    ExitCode.FOUND: "they were printed, and some of the file does not hold",
}


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """The command has no arguments."""


def run(_arguments: argparse.Namespace) -> ExitCode:
    """Print every setting that holds."""
    screen = import_module("wizard.screen.configured")
    settings: Settings = screen.held(read_settings(os.environ), screen.known_themes())
    named = f", named by {FILE_VARIABLE}" if os.environ.get(FILE_VARIABLE) else ""
    there = "" if settings.path.exists() else " (not there)"
    sys.stdout.write(f"{printable(str(settings.path))}{named}{there}\n")
    rows = list(_rows(settings, screen.defaults()))
    names, values = (max(len(row[cell]) for row in rows) for cell in (0, 1))
    for name, value, origin in rows:
        sys.stdout.write(f"{name:<{names}}  {value:<{values}}  {origin}\n")
    tell_problems(settings.problems)
    return ExitCode.FOUND if settings.problems else ExitCode.DONE


def _written(value: object) -> str:
    """A value as TOML has it; text without its quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _rows(settings: Settings, defaults: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Each setting, its value, and where that comes from."""
    for name, default in defaults.items():
        if name not in settings.values:
            yield name, default, "default"
        elif name in settings.lines:
            yield name, printable(_written(settings.values[name])), f"line {settings.lines[name]}"
        else:
            yield name, str(settings.values[name]), "environment"
