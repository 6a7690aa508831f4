"""List the cases that you saved, show one, give it another title, or delete it.

Prints those of your data folder and the recent ones elsewhere, the last one first: its title, day,
answers and pathway, and its file. CASE is the number in the list, the title, or the file. `show`
prints the answers of one, `rename` gives it another title, `delete` deletes its file, and asks
before it does. What a crash has left is told at the end: `mdt-wizard --resume` brings it back.

examples:
  mdt-wizard cases
  mdt-wizard cases list --format json
  mdt-wizard cases show 1
  mdt-wizard cases rename 1 "Before the scan"
  mdt-wizard cases delete "Before the scan" --yes
"""

import argparse
import os
import sys
from typing import Final

from wizard.case.files import read_case
from wizard.case.journal import journal_folder, left_cases
from wizard.case.shelf import ShelfCase, case_called, delete, retitle, shelf_case, shelf_paths
from wizard.exits import OF_A_CASE, ExitCode, WrongUsageError
from wizard.messages import tell
from wizard.pathway.choosing import for_a_case
from wizard.pathway.load import load_pathway
from wizard.pathway.problems import printable
from wizard.report.as_json import printed
from wizard.report.moment import moment
from wizard.wording.answers import answer_text, factor_label
from wizard.wording.left import day_and_time, left_line
from wizard.wording.personal import personal_doubt
from wizard.wording.text import counted
from wizard.wording.titles import LONGEST_TITLE

ENDS: Final = {
    ExitCode.DONE: "the cases were listed, or one was shown, renamed or deleted",
    **OF_A_CASE,
    ExitCode.FOUND: "it was not to be deleted",
}
_DEEDS: Final = ("list", "show", "rename", "delete")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "do", metavar="DO", nargs="?", choices=_DEEDS, default="list", help=", ".join(_DEEDS)
    )
    parser.add_argument("case", metavar="CASE", nargs="?", help="a number, a title or a file")
    parser.add_argument("title", metavar="TITLE", nargs="?", help="the other title")
    parser.add_argument("--yes", action="store_true", help="delete without asking")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> ExitCode:
    """List the cases, or do something with one.

    Raises WrongUsageError, NotChangedError, OSError.
    """
    _check(arguments)
    cases = [shelf_case(path) for path in shelf_paths()]
    if arguments.do == "list":
        return _list(cases, as_json=arguments.format == "json")
    case = case_called(arguments.case, cases)
    if arguments.do == "show":
        return _show(case)
    if arguments.do == "rename":
        return _rename(case, arguments.title)
    return _delete(case, asked=not arguments.yes)


def _check(arguments: argparse.Namespace) -> None:
    """Raise WrongUsageError where what follows the deed is not what it takes."""
    takes = {"list": 0, "show": 1, "rename": 2, "delete": 1}[arguments.do]
    given = [each for each in (arguments.case, arguments.title) if each is not None]
    if len(given) != takes:
        words = ("", " CASE", " CASE TITLE")[takes]
        raise WrongUsageError(f"write: mdt-wizard cases {arguments.do}{words}")
    if arguments.yes and arguments.do != "delete":
        raise WrongUsageError("--yes is for delete alone")
    if arguments.format == "json" and arguments.do != "list":
        raise WrongUsageError("--format is for list alone")


def _list(cases: list[ShelfCase], *, as_json: bool) -> ExitCode:
    if as_json:
        data = [_data(number, each) for number, each in enumerate(cases, 1)]
        sys.stdout.write(printed({"schema": 1, "cases": data}))
        return ExitCode.DONE
    if not cases:
        sys.stdout.write("No case is saved: s on the screen saves the one that runs.\n")
    for number, case in enumerate(cases, 1):
        sys.stdout.write(f"{number:>3}  {printable(case.name)}\n")
        sys.stdout.write(f"     {printable(_about(case))}\n     {printable(str(case.path))}\n")
    _tell_left()
    return ExitCode.DONE


def _tell_left() -> None:
    """Tell which cases a crash has left."""
    try:
        left = left_cases(journal_folder())
    except RuntimeError:
        return
    if left:
        sys.stdout.write("\nLeft by a crash; `mdt-wizard --resume` brings one back:\n")
    for each in left:
        sys.stdout.write(f"     {printable(left_line(each))}\n")


def _about(case: ShelfCase) -> str:
    """When a case was saved, how many answers it has, and in which pathway."""
    if case.wrong:
        return f"cannot be read: {case.wrong}"
    pathway = f"{case.pathway} {case.version}".strip()
    about = [day_and_time(case.at), counted(case.answers, "answer"), pathway]
    return "   ".join(each for each in about if each)


def _data(number: int, case: ShelfCase) -> dict[str, object]:
    return {
        "number": number,
        "title": case.title or None,
        "file": str(case.path),
        "saved": case.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "pathway": case.pathway or None,
        "version": case.version or None,
        "answers": case.answers,
        "wrong": case.wrong or None,
    }


def _show(case: ShelfCase) -> ExitCode:
    """Print a case and its answers in words.  Raises PathwayErrors, CaseErrors."""
    sys.stdout.write(f"{printable(case.name)}\n{printable(_about(case))}\n")
    sys.stdout.write(f"{printable(str(case.path))}\n\n")
    pathway = load_pathway(for_a_case(case.pathway or None).folder)
    read = read_case(case.path, pathway)
    for name, answer in read.answers.items():
        factor = pathway.factors[name]
        words = f"{factor_label(factor)}: {answer_text(factor, answer)}"
        sys.stdout.write(f"  {printable(words)}\n")
    if not read.answers:
        sys.stdout.write("  No question is answered.\n")
    return ExitCode.DONE


def _rename(case: ShelfCase, typed: str) -> ExitCode:
    title = " ".join(typed.split())
    if not title or len(title) > LONGEST_TITLE:
        raise WrongUsageError(f"a title has 1 to {LONGEST_TITLE} letters")
    if doubt := personal_doubt(title):
        tell(f"{doubt} A title has no names or numbers of a person.")
    retitle(case, title, moment(os.environ).at)
    sys.stdout.write(f"{printable(str(case.path))} is titled {printable(title)}.\n")
    return ExitCode.DONE


def _delete(case: ShelfCase, *, asked: bool) -> ExitCode:
    shown = f"{printable(case.name)} ({printable(str(case.path))})"
    if asked:
        if not sys.stdin.isatty():
            raise WrongUsageError("without a terminal to ask, add --yes to delete")
        sys.stdout.write(f"Delete {shown}? [y/N] ")
        sys.stdout.flush()
        if sys.stdin.readline(100).strip().lower() not in ("y", "yes"):
            sys.stdout.write("Nothing was deleted.\n")
            return ExitCode.FOUND
    delete(case)
    sys.stdout.write(f"Deleted: {shown}\n")
    return ExitCode.DONE
