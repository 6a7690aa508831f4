"""Compare two versions of a pathway: what changes, in which cases, and what is proved not to.

Prints each function, record and regression case that changes: in which combinations of answers, by
which edited lines, and which claims to read again. Long lists are told in part, unless by --all.
OLD and NEW are folders, git revisions (of the folder of --pathway), or REVISION:FOLDER. Without NEW
it is the files as they are now, without OLD the last commit; OLD..NEW names both.

examples:
  mdt-wizard diff pathways/mine /tmp/mine-edited
  mdt-wizard diff                               what is not committed yet
  mdt-wizard diff HEAD~1..HEAD                  what the last commit changed
  mdt-wizard diff main HEAD --cases my-cases    which of your own cases change, too
  mdt-wizard diff main HEAD --pathway pathways/mine --format markdown
"""

import argparse
import sys
from collections.abc import Callable
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Final

from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument
from wizard.messages import tell_read
from wizard.pathway.choosing import for_maintenance, shown
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import PathwayErrors, Problem
from wizard.record import replace
from wizard.report.folding import ASK_FOR_ALL, Telling
from wizard.report.version_diff import comparison_report
from wizard.wording.outline import Report
from wizard.workbench.own_cases import own_cases
from wizard.workbench.revisions import Version, version
from wizard.workbench.sign_of_life import SignOfLife
from wizard.workbench.version_diff import Diff, compare

_LINES: Final = 60
"""Lines that a report stays below, where its lists can be told in part."""

ENDS: Final = {
    ExitCode.DONE: "only text or nothing changes",
    **OF_A_PATHWAY,
    ExitCode.FOUND: "what the pathway says, shows or concludes changes",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "old",
        metavar="OLD",
        nargs="?",
        default="HEAD",
        help="a folder, a git revision, or REVISION:FOLDER; without it, the last commit",
    )
    parser.add_argument(
        "new", metavar="NEW", nargs="?", help="the same; without it, the files as they are"
    )
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    parser.add_argument(
        "--all", action="store_true", help="tell long lists whole, instead of their beginning"
    )
    parser.add_argument(
        "--cases", metavar="DIR", type=Path, help="your own cases: which of them change, too"
    )
    add_pathway_argument(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the comparison.

    Raises WrongUsageError, PathwayErrors, BudgetExceededError, OSError.
    """
    if arguments.cases is not None and not arguments.cases.is_dir():
        raise WrongUsageError(f"--cases {arguments.cases}: there is no such folder")
    names = _names(arguments)
    default = _default(names, arguments.pathway)
    with ExitStack() as stack:
        step = stack.enter_context(SignOfLife("diff"))
        old, new = (stack.enter_context(version(name or str(default), default)) for name in names)
        for each in (old, new):
            tell_read(each.place, each.of)
        step("reading")
        before, after = _pathway_of(old), _pathway_of(new)
        if (before.digest, before.reviewed) == (after.digest, after.reviewed):
            after = before  # nothing that is read differs
        found = compare(before, after, (old.name, new.name), (old.folder, new.folder), step)
        if arguments.cases is not None:
            own = own_cases(before, after, old.folder, arguments.cases, step)
            found = replace(found, own=own)
    if arguments.format == "json":
        from wizard.report.as_json import printed
        from wizard.report.version_diff_json import comparison_data

        sys.stdout.write(printed(comparison_data(found)))
    else:
        form = import_module(f"wizard.report.{arguments.format}")
        hint = ASK_FOR_ALL if arguments.format == "text" else ""
        place = "." if new.of.resolve() == Path.cwd() else shown(new.of)
        telling = Telling(folder=place, whole=arguments.all, hint=hint)
        sys.stdout.write(_laid_out(found, telling, form.laid_out))
    return ExitCode.FOUND if found.clinical else ExitCode.DONE


def _laid_out(found: Diff, telling: Telling, form: Callable[[Report], str]) -> str:
    """The report, with so much of each list that a person reads it in one go."""
    told = ""
    for most in (telling.most,) if telling.whole else range(telling.most, 0, -1):
        told = form(comparison_report(found, replace(telling, most=most)))
        if told.count("\n") < _LINES:
            break
    return told


def _names(arguments: argparse.Namespace) -> tuple[str, str | None]:
    """The old and the new version as they are named; None is the files as they are."""
    old, new = arguments.old, arguments.new
    if new is None and ".." in old and not Path(old).exists():
        old, _, new = old.partition("..")
    return old or "HEAD", new or ("HEAD" if new == "" else None)


def _default(names: tuple[str, str | None], pathway: str | None) -> Path:
    """The folder that a bare revision is of: the one given, else the other side if a folder."""
    old, new = names
    folders = [Path(side) for side in (new, old) if side is not None and Path(side).is_dir()]
    if folders and pathway is None and new is not None:
        return folders[0]
    return for_maintenance(pathway).folder


def _pathway_of(chosen: Version) -> Pathway:
    """The pathway of a version.  Raises PathwayErrors that name the version."""
    try:
        return load_pathway(chosen.folder)
    except PathwayErrors as errors:
        raise PathwayErrors(_of_version(problem, chosen) for problem in errors.problems) from None


def _of_version(problem: Problem, chosen: Version) -> Problem:
    where = problem.position
    return replace(
        problem, position=Position(f"{chosen.name}/{where.file}", where.line, where.column)
    )
