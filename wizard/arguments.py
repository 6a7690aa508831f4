"""The command line's arguments, read by argparse."""

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from wizard.exits import ExitCode

if TYPE_CHECKING:
    from _typeshed import SupportsWrite


class Parser(argparse.ArgumentParser):
    """argparse's parser, but failing to write the help is an error, and messages are printable.

    argparse ignores that failure, and the program would end as if the help had been read.
    """

    def error(self, message: str) -> NoReturn:
        """End with the usage and what is wrong, whatever bytes the arguments hold."""
        from wizard.pathway.problems import printable  # noqa: PLC0415 - imported on first use

        super().error(printable(message))

    def _print_message(self, message: str, file: "SupportsWrite[str] | None" = None) -> None:
        (file or sys.stderr).write(message)


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
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
