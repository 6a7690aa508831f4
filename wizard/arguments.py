"""The command line's arguments, read by argparse."""

import argparse
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NoReturn

from wizard import __version__
from wizard.exits import ExitCode

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


_STANDARD_OUTPUT: Final = 1
# The program speaks English: to look whether argparse's few words were translated takes longer
# than to read the arguments.
vars(argparse)["_"] = str
_USUAL: Final = 80
"""The columns where nobody says how many there are."""


class Parser(argparse.ArgumentParser):
    """argparse's parser, but failing to write the help is an error, and messages are printable.

    argparse ignores that failure, and the program would end as if the help had been read.
    """

    def error(self, message: str) -> NoReturn:
        """End with the usage and what is wrong, whatever bytes the arguments hold."""
        from pathlib import Path

        from wizard.pathway.load import is_pathway
        from wizard.pathway.problems import printable

        unknown = message.removeprefix("unrecognized arguments: ")
        if "--pathway" in self._option_string_actions and is_pathway(Path(unknown)):
            message = f"{message}; that is a pathway: write --pathway before it"
        super().error(printable(message))

    def arguments(self) -> list[argparse.Action]:
        """Every argument that help tells of."""
        return [each for each in self._actions if each.help != argparse.SUPPRESS]

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        (file or sys.stderr).write(message)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; argparse asks shutil, which brings every kind of archive."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """The columns of the terminal, or those that the environment names."""
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named):
        return int(named)
    try:
        return os.get_terminal_size(_STANDARD_OUTPUT).columns or _USUAL
    except OSError:
        return _USUAL


def new_parser(
    program: str, description: str | None, ends: Mapping[ExitCode, str], epilog: str = ""
) -> Parser:
    """A parser that keeps the lines of its description and does not accept abbreviated options.

    Its help ends with the exit codes and their meanings.
    """
    codes = [f"  {code.value:<5}{meaning}" for code, meaning in sorted(ends.items())]
    return Parser(
        prog=program,
        description=description,
        epilog="\n".join([*epilog.splitlines(), "exit codes:", *codes]),
        formatter_class=_Help,
        allow_abbrev=False,
    )


def add_wizard_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the wizard itself, which has no command."""
    parser.add_argument(
        "case", metavar="CASE", nargs="?", help="a case file to begin with, YAML or JSON"
    )
    parser.add_argument("--plain", action="store_true", help="line by line, without a full screen")
    parser.add_argument(
        "--pathway", metavar="PATHWAY", help="the folder or the id of another pathway"
    )
    parser.add_argument("--theme", metavar="THEME", help="the full screen's colours")
    parser.add_argument(
        "--resume", action="store_true", help="bring back a case that was left by a crash"
    )
    parser.add_argument(
        "--no-journal", action="store_true", help="keep nothing to bring this case back with"
    )
    parser.add_argument("--version", action="version", version=f"mdt-wizard {__version__}")
