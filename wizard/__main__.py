"""The command line: finds the command, runs it, and turns whatever ends it into an exit code.

Only what every run needs is imported here; a command's module imports what it needs itself.
"""

import gc

# What a start makes stays to the end: looking for garbage among it would find nothing.
gc.set_threshold(100_000)

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import BufferedWriter, BytesIO, FileIO, TextIOWrapper
from types import FrameType
from typing import Final, NoReturn

from wizard import commands
from wizard.exits import MEANINGS, ExitCode, WrongUsageError

_CASE_SUFFIXES: Final = (".yaml", ".yml", ".json")
_STANDARD_OUTPUT: Final = 1
_STANDARD_ERROR: Final = 2

_EXAMPLES: Final = """\
examples:
  mdt-wizard                              explore a case on the full screen
  mdt-wizard case.yaml                    the same on the answers of a case
  mdt-wizard --plain                      the same line by line: pipes, screen readers
  mdt-wizard assess case.yaml             what the documents describe for a case
  mdt-wizard assess - --format json       the same as data, the case on standard input
  mdt-wizard check                        check the pathway here, else the one of the tool
  mdt-wizard test DIR                     run the regression cases of another pathway
"""
_COMMON: Final[Mapping[ExitCode, str]] = {
    code: meaning
    for code, meaning in MEANINGS.items()
    if code not in (ExitCode.BAD_PATHWAY, ExitCode.BAD_CASE, ExitCode.FOUND)
}
"""How every command may end; each has in `ENDS` how else it may."""


def run() -> int:
    """The console entry: the program's exit code, whatever happens; a traceback is never shown.

    Where everything is written and nothing else is being done, the process ends here, at once.
    """
    code = _ended()
    # Taking apart what a run has made takes as long as to read a pathway, and serves nobody but
    # who looks for mistakes, as Python's own development mode does.
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    if alone and not sys.flags.dev_mode:
        os._exit(code)
    return code


def _ended() -> int:
    """The exit code of a run, once all that it wrote has left the program."""
    _open_streams()
    _end_on("SIGTERM", ExitCode.TERMINATED)
    _end_on("SIGHUP", ExitCode.HUNG_UP)
    try:
        code = _code(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except BrokenPipeError:
        _abandon(_STANDARD_OUTPUT)
        code = ExitCode.DONE
    except Exception as error:  # noqa: BLE001 - the last resort, so that no traceback is shown
        _abandon(_STANDARD_OUTPUT)
        code = import_module("wizard.failing").explain(error)
    try:
        sys.stderr.flush()
    except OSError:
        _abandon(_STANDARD_ERROR)
    return code


def _code(argv: Sequence[str]) -> int:
    """The code of a run, also where argparse or a signal ends it."""
    try:
        return main(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else ExitCode.DONE


def main(argv: Sequence[str]) -> ExitCode:
    """Run the program with these arguments.

    Raises SystemExit from argparse, and whatever a command raises.
    """
    place = commands.place_in(argv)
    if place is None:
        return _wizard(argv) if argv else _on_screen()
    from wizard.arguments import new_parser

    name, others = argv[place], [*argv[:place], *argv[place + 1 :]]
    module = commands.named(name)
    if module is None:
        return _wizard(argv) if _is_case(name) else _no_command(name)
    parser = new_parser(f"mdt-wizard {name}", module.__doc__, {**_COMMON, **module.ENDS})
    module.add_arguments(parser)
    code: ExitCode = module.run(parser.parse_args(others))
    return code


# --- the wizard itself -----------------------------------------------------------------------


def _wizard(argv: Sequence[str]) -> ExitCode:
    """Without a command: the wizard, on the full screen or line by line."""
    from wizard.arguments import add_wizard_arguments, new_parser

    listed = _commands_help() if {"-h", "--help"}.intersection(argv) else ""
    parser = new_parser("mdt-wizard", _EXAMPLES, MEANINGS, listed)
    parser.usage = (
        "mdt-wizard [--plain] [--pathway PATHWAY] [--theme THEME] [--no-journal] [CASE]\n"
        "       mdt-wizard [--plain] --resume\n"
        "       mdt-wizard COMMAND ..."
    )
    add_wizard_arguments(parser)
    arguments = parser.parse_args(argv)
    if arguments.resume and arguments.case is not None:
        raise WrongUsageError("--resume brings back a case that was left; it takes no other CASE")
    if arguments.resume and arguments.no_journal:
        raise WrongUsageError("--resume goes on with the journal of a case; leave --no-journal out")
    opening = import_module("wizard.opening")
    how = {"resume": arguments.resume, "journal": not arguments.no_journal}
    if arguments.plain:
        code: ExitCode = opening.open_line_by_line(arguments.pathway, arguments.case, **how)
        return code
    return _on_screen(arguments.pathway, arguments.theme, arguments.case, **how)


def _on_screen(
    pathway: str | None = None, theme: str | None = None, case: str | None = None, **how: bool
) -> ExitCode:
    """The wizard on the full screen, with a pathway, a theme and a case that may be named."""
    from wizard.terminal import full_screen_possible

    if not full_screen_possible():
        raise WrongUsageError(
            "the full screen needs a terminal; use `mdt-wizard --plain`, or `mdt-wizard assess "
            "CASE.yaml`"
        )
    opening = import_module("wizard.opening")
    code: ExitCode = opening.open_wizard(pathway, opening.Opening(theme, case=case), **how)
    return code


def _commands_help() -> str:
    lines = [f"  {name:<12}{commands.summary(name)}" for name in commands.names()]
    return "\n".join(["commands (each with --help of its own):", *lines, ""])


# --- commands --------------------------------------------------------------------------------


def _is_case(name: str) -> bool:
    """Whether an argument that is not a command names a case file, by what is there or its end."""
    # A start has no use for pathlib.
    there = os.path.exists(name) and not os.path.isdir(name)  # noqa: PTH110, PTH112 - as above
    return there or name.endswith(_CASE_SUFFIXES)


def _no_command(name: str) -> NoReturn:
    """Raise WrongUsageError with the command that may have been meant, else all of them."""
    from pathlib import Path

    from wizard.pathway.load import is_pathway

    problems, known = import_module("wizard.pathway.problems"), commands.names()
    if is_pathway(Path(name)):
        raise WrongUsageError(f"{problems.quoted(name)} is a pathway: write --pathway before it")
    near = problems.nearest(name, known)
    meant = f"did you mean {near}?" if near else f"there are: {', '.join(known)}"
    raise WrongUsageError(f"there is no command {problems.quoted(name)}; {meant}")


# --- how the program ends --------------------------------------------------------------------


def _open_streams() -> None:
    """Put an empty stream where one is closed; a letter that a terminal lacks is not an error.

    Where PYTHONUNBUFFERED is set, Python takes a part that a full disk had room for as the whole.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, TextIOWrapper(BytesIO(), encoding="utf-8"))
    out = sys.stdout
    if isinstance(out, TextIOWrapper) and isinstance(out.buffer, FileIO):
        sys.stdout = TextIOWrapper(BufferedWriter(out.buffer), out.encoding, line_buffering=True)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _end_on(name: str, code: ExitCode) -> None:
    """End with this code on a signal, unless whoever started the program has it ignored."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(code)

    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) is signal.SIG_DFL:
        signal.signal(number, end)


def _abandon(output: int) -> None:
    """Write no more to a stream, not even what is buffered: it cannot be read, or not be whole."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), output)


if __name__ == "__main__":
    sys.exit(run())
