"""The command line's arguments, read by argparse."""

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from wizard.exits import ExitCode

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class Parser(argparse.ArgumentParser):
    """argparse's parser, where help that could not be written is an error, and messages print.

    argparse itself passes over the former, and the program would end as if it had been read.
    """

    def error(self, message: str) -> NoReturn:
        """End with the usage and what is wrong, whatever bytes the arguments hold."""
        from wizard.pathway.problems import printable  # noqa: PLC0415 - only a mistake needs it

        super().error(printable(message))

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        (file or sys.stderr).write(message)


def new_parser(
    program: str, description: str | None, ends: Mapping[ExitCode, str], epilog: str = ""
) -> Parser:
    """A parser that keeps the lines of its description and takes no option by half its name.

    Its help ends with the exit codes and their meanings.
    """
    codes = [f"  {code.value:<5}{meaning}" for code, meaning in sorted(ends.items())]
    return Parser(
        prog=program,
        description=description,
        epilog="\n".join([*epilog.splitlines(), "exit codes:", *codes]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
