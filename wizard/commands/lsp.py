"""Serve an editor that speaks the language server protocol, while you type in a pathway's files.

Prints nothing for a person: editors start it, and talk to it on standard input and output. They
show what `mdt-wizard check` finds as you type, offer the word that may have been meant, complete
ids, and follow them to where they are defined. It needs the package pygls, which the extra
`editor` installs.

examples:
  mdt-wizard lsp                            what an editor is told to start
"""

import argparse
import sys
from typing import Final

from wizard.exits import ExitCode, WrongUsageError
from wizard.messages import tell

ENDS: Final = {
    ExitCode.DONE: "the editor ended it",
    ExitCode.INTERNAL_ERROR: "the editor broke off, or an internal error",
    ExitCode.WRONG_USAGE: "wrong usage, or pygls is not installed",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--stdio", action="store_true", help="what it does anyway")


def run(_: argparse.Namespace) -> ExitCode:
    """Serve until the editor ends it.  Raises WrongUsageError where pygls is missing."""
    try:
        from wizard.editor.serving import serve  # an extra
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("wizard"):
            raise
        raise WrongUsageError(
            "an editor's server needs the package pygls; `pip install pygls` installs it"
        ) from None
    if sys.stdin.isatty():
        tell("this serves an editor, which starts it itself; ctrl-c ends it")
    return serve()
