"""Prove the log of a saved case, and say what became of it in the pathway of now.

Prints whether the log is as the wizard wrote it, what was changed in the file outside the wizard,
and what shows otherwise than when the case was saved: each option and alert, with what changed
behind it in the files of the pathway. The answers of the log are run again.

PATH is a case, or a folder: then every file of it is told in a table, also those that are not
cases.

examples:
  mdt-wizard replay case.yaml
  mdt-wizard replay case.yaml --pathway pathways/mine
  mdt-wizard replay cases/ --format markdown > moved.md
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

from wizard.case.answers import NO_ANSWERS
from wizard.case.files import CaseErrors, read_case
from wizard.case.folders import listed_files
from wizard.case.log_text import log_begins, stands_as_written
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.exits import OF_A_CASE, ExitCode, WizardError
from wizard.inputs import add_common_arguments, moment_of, pathway_for_a_case
from wizard.pathway.format.content import MAX_BYTES, read_bytes
from wizard.pathway.problems import FileErrors, printable
from wizard.reasoning.replaying import replayed
from wizard.reasoning.situation import situation
from wizard.record import replace
from wizard.report.replaying import Replayed, folder_report, replay_report
from wizard.wording.replaying import Outcome, outcome_of
from wizard.wording.text import counted

ENDS: Final = {
    ExitCode.DONE: "nothing moved, or nothing was kept to compare with",
    **OF_A_CASE,
    ExitCode.FOUND: "something moved, or was changed outside the wizard",
    ExitCode.UNUSABLE_FILE: "a log is damaged, or a file could not be read or written",
}
_CODES: Final[Mapping[Outcome, ExitCode]] = {
    Outcome.MOVED: ExitCode.FOUND,
    Outcome.DAMAGED: ExitCode.UNUSABLE_FILE,
    Outcome.NOT_READ: ExitCode.BAD_CASE,
}
_WORST_FIRST: Final = (ExitCode.UNUSABLE_FILE, ExitCode.BAD_CASE, ExitCode.FOUND)


class DamagedLogError(WizardError):
    """A log in which something stands that is not an entry."""

    code = ExitCode.UNUSABLE_FILE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    told = "a case file, YAML or JSON, or a folder of them; - reads a case on standard input"
    parser.add_argument("path", metavar="PATH", help=told)
    add_common_arguments(parser, ("text", "json", "markdown"))


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print what became of one case, or of all in a folder.

    Raises PathwayErrors, OSError, and of one case CaseErrors and DamagedLogError.
    """
    when = moment_of(arguments)
    compiled = compile_pathway(pathway_for_a_case(arguments.pathway))
    folder = arguments.path != "-" and Path(arguments.path).is_dir()
    found = list(_of_folder(Path(arguments.path), compiled)) if folder else []
    if not folder:
        found.append(_of_case(arguments.path, compiled))
    if arguments.format == "json":
        from wizard.report.as_json import printed
        from wizard.report.replaying_json import replays_data

        sys.stdout.write(printed(replays_data(compiled.pathway, when, found)))
    else:
        form = import_module(f"wizard.report.{arguments.format}")
        answers = NO_ANSWERS if folder or found[0].replay is None else found[0].replay.answers
        now = situation(compiled, answers, when.today)
        report = folder_report(now, when, found) if folder else replay_report(now, when, found[0])
        sys.stdout.write(form.laid_out(report))
    return _worst(found)


def _of_case(place: str, compiled: Compiled) -> Replayed:
    """The case at a place; `-` is standard input.  Raises CaseErrors, DamagedLogError."""
    if place == "-":
        return _replayed(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", compiled)
    try:
        data = read_bytes(Path(place), place)
    except FileErrors as error:
        raise CaseErrors(error.problems) from None
    return _replayed(data, place, compiled)


def _of_folder(folder: Path, compiled: Compiled) -> Iterator[Replayed]:
    """Everything that a folder holds, in order; what is not a case is told with the reason."""
    from wizard.workbench.sign_of_life import SignOfLife

    with SignOfLife("replay") as step:
        for path, why in listed_files(folder):
            step(path.name)
            if why:
                yield Replayed(path.name, Outcome.NOT_A_CASE, why=why)
            else:
                yield _told(path, compiled)


def _told(path: Path, compiled: Compiled) -> Replayed:
    """A case of a folder; what is wrong with it is told in its row, and stops no other."""
    try:
        return replace(_of_case(str(path), compiled), file=path.name)
    except CaseErrors as errors:
        first, *others = errors.problems
        where = f"line {first.position.line}, column {first.position.column}"
        more = f", and {counted(len(others), 'more mistake')}" if others else ""
        why = printable(f"{first.message} ({where}) [{first.code}]{more}")
        return Replayed(path.name, Outcome.NOT_READ, why=why)
    except DamagedLogError as error:
        return Replayed(path.name, Outcome.DAMAGED, why=printable(error.message))


def _replayed(data: bytes, name: str, compiled: Compiled) -> Replayed:
    text = data.decode("utf-8", "replace")
    try:
        case = read_case(data, compiled.pathway, name, can_be_asked=True)
    except CaseErrors as errors:
        begins, first = log_begins(text), errors.problems[0]
        if begins is None or first.position.line < begins:
            raise
        raise DamagedLogError(f"the log is damaged: {first.message}", first.position) from None
    replay = replayed(compiled, case)
    as_written = stands_as_written(text, case.log)
    return Replayed(name, outcome_of(replay), replay, as_written=as_written)


def _worst(found: list[Replayed]) -> ExitCode:
    codes = {_CODES.get(each.outcome, ExitCode.DONE) for each in found}
    if any(each.replay and each.replay.changed_outside for each in found):
        codes.add(ExitCode.FOUND)
    return next((code for code in _WORST_FIRST if code in codes), ExitCode.DONE)
