"""Run the regression cases of a pathway and show what differs.

Prints each case that is not as expected, with what was expected and what was found, and how
many were read; with --coverage or --mutants what the cases miss, too.

examples:
  mdt-wizard test                           the cases of the pathway here, else of the tool
  mdt-wizard test cases/one.yaml            one case, or a folder of cases
  mdt-wizard test DIR                       the cases of another pathway
  mdt-wizard test --pathway DIR one.yaml    one case, in another pathway
  mdt-wizard test --why                     the rules and claims behind each difference, too
  mdt-wizard test --accept cases/one.yaml   take what is found for what the case expects
  mdt-wizard test --format junit            the cases as XML, for a CI
  mdt-wizard test --coverage                which branches, answers and alerts no case reaches
  mdt-wizard test --mutants --write         which edits no case would notice, and cases that would
"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from wizard.case.files import Case, CaseErrors, read_regression_case
from wizard.exits import OF_A_CASE, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument, folder_to_maintain, with_review_told
from wizard.kept_functions import compiled_once
from wizard.pathway.choosing import shown
from wizard.pathway.codes import Code
from wizard.pathway.load import is_pathway, load_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, printable
from wizard.reasoning.assessing import conclude
from wizard.reasoning.expecting import differences
from wizard.report.failing_cases import CaseRun, failing_case
from wizard.report.moment import moment
from wizard.wording.text import counted
from wizard.workbench.hazards import hazards_held_by

ENDS: Final = {
    ExitCode.DONE: "every case is as expected",
    **OF_A_CASE,
    ExitCode.FOUND: "a case is not, or --coverage or --mutants found a gap",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="case files, folders of them, or a pathway",
    )
    add_pathway_argument(parser)
    parser.add_argument("--why", action="store_true", help="the rules behind each difference")
    parser.add_argument("--format", choices=("text", "junit"), default="text")
    parser.add_argument(
        "--accept",
        metavar="CASE",
        action="append",
        default=[],
        type=Path,
        help="show what differs, ask, and write it into the case; comments stay",
    )
    parser.add_argument("--accept-all", action="store_true", help="the same for every case")
    parser.add_argument("--yes", action="store_true", help="accept without asking")
    parser.add_argument("--coverage", action="store_true", help="what the cases reach, and do not")
    parser.add_argument("--mutants", action="store_true", help="which edits the cases notice")
    parser.add_argument(
        "--write",
        action="store_true",
        help="with --mutants: write cases that would notice, to be confirmed by a person",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Compare cases with their assessments.  Raises PathwayErrors, CaseErrors, OSError."""
    _check_usage(arguments)
    named, paths = arguments.pathway, arguments.paths
    if named is None and len(paths) == 1 and is_pathway(paths[0]):
        named, paths = str(paths[0]), []
    written = (arguments.accept_all and not paths) or arguments.write
    folder = folder_to_maintain(named, written=written)
    pathway = with_review_told(load_pathway(folder))
    own_cases = Path(shown(folder / "cases"))
    cases = _cases_at(paths or arguments.accept or [own_cases], pathway)
    tested = dict(_tested(cases, pathway, own_cases))
    failing = [path for path, one in tested.items() if one.differences]
    if arguments.format == "junit":
        from wizard.report.junit import junit

        sys.stdout.write(junit(list(tested.values()), pathway))
        return ExitCode.FOUND if failing else ExitCode.DONE
    today = moment(os.environ).today if arguments.why else None
    left = 0
    for path in failing:
        sys.stdout.write(failing_case(tested[path], pathway if arguments.why else None, today))
        asked_for = arguments.accept_all or path in arguments.accept
        left += not (asked_for and _accept(path, tested[path], pathway, sure=arguments.yes))
    what = f"{counted(len(cases), 'case')} of {pathway.id} {pathway.version}"
    sys.stdout.write(f"{what}: {f'{left} not as expected' if left else 'all as expected'}\n")
    named_cases = {path.name: case for path, case in cases.items()}
    code = _examined(arguments, pathway, named_cases, own_cases)
    return ExitCode.FOUND if left else code


def _check_usage(arguments: argparse.Namespace) -> None:
    """Raise WrongUsageError for arguments that do not go together."""
    accepting = arguments.accept or arguments.accept_all
    if arguments.yes and not accepting:
        raise WrongUsageError("--yes goes with --accept or --accept-all")
    others = accepting or arguments.why or arguments.coverage or arguments.mutants
    if arguments.format == "junit" and (others or arguments.write):
        raise WrongUsageError("--format junit tells of the cases alone; leave out the others")


def _tested(
    cases: Mapping[Path, Case], pathway: Pathway, own_cases: Path
) -> Iterator[tuple[Path, CaseRun]]:
    compiled, place = compiled_once(pathway), own_cases.resolve()
    own = {folder for folder in {path.parent for path in cases} if folder.resolve() == place}
    for path, case in cases.items():
        if case.expect is None:
            continue
        found = conclude(compiled, case.answers)
        held = path.parent in own
        hazards = hazards_held_by(pathway, f"cases/{path.name}") if held else ()
        different = differences(case.expect, found)
        yield path, CaseRun(str(path), case, found, different, hazards)


def _accept(path: Path, one: CaseRun, pathway: Pathway, *, sure: bool) -> bool:
    """Write what was found into a case, if that is wanted; whether it was done."""
    if not sure:
        sys.stdout.write("Take what is found for what the case expects? y or n: ")
        sys.stdout.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            return False
    from wizard.private_files import write_private
    from wizard.workbench.accepting import accepted

    write_private(path, accepted(path, one.case, one.concluded, pathway), replacing=True)
    sys.stdout.write(f"{printable(str(path))}: accepted\n")
    return True


def _examined(
    arguments: argparse.Namespace, pathway: Pathway, cases: dict[str, Case], folder: Path
) -> ExitCode:
    """Coverage and mutation score of cases that are all as expected, where asked for.

    `folder` is where cases that would notice more go.
    """
    base = "" if pathway.extends is None else f", without {pathway.extends.pathway}"
    title = f"{pathway.title} {pathway.version}{base}"
    complete = not arguments.coverage or _covered(pathway, cases, title)
    if arguments.mutants or arguments.write:
        complete &= _scored(pathway, cases, title, folder if arguments.write else None)
    return ExitCode.DONE if complete else ExitCode.FOUND


def _covered(pathway: Pathway, cases: Mapping[str, Case], title: str) -> bool:
    """Print what the cases reach; whether it is everything."""
    from wizard.report.text import laid_out
    from wizard.report.workbench import coverage_report
    from wizard.workbench.covering import coverage
    from wizard.workbench.sign_of_life import SignOfLife

    with SignOfLife("test") as step:
        covered = coverage(pathway, cases, step)
    sys.stdout.write(laid_out(coverage_report(covered, title, Path(pathway.folder))))
    return covered.complete


def _scored(pathway: Pathway, cases: Mapping[str, Case], title: str, folder: Path | None) -> bool:
    """Print which edits the cases notice; whether all.  Write to `folder` cases that would."""
    from wizard.report.text import laid_out
    from wizard.report.workbench import score_report
    from wizard.workbench.scoring import score
    from wizard.workbench.sign_of_life import SignOfLife
    from wizard.workbench.stubs import write_survivors

    with SignOfLife("test") as step:
        found = score(pathway, cases, step, wanting=folder is not None)
    sys.stdout.write(laid_out(score_report(found, title, Path(pathway.folder))))
    for path in write_survivors(pathway, found, folder) if folder else ():
        sys.stdout.write(f"{printable(str(path))}: waits for someone to confirm it\n")
    return not found.survivors


def _cases_at(paths: list[Path], pathway: Pathway) -> dict[Path, Case]:
    """All cases at these places.  Raises CaseErrors with everything that is wrong with any."""
    cases: dict[Path, Case] = {}
    problems: list[Problem] = []
    for path in paths:
        files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not files:
            what = "there are no cases in this folder (*.yaml)"
            problems.append(Problem(Code.NOT_A_CASE, Position(str(path), 1, 1), what))
        for file in files:
            try:
                cases[file] = read_regression_case(file, pathway)
            except CaseErrors as error:
                problems.extend(error.problems)
    if problems:
        raise CaseErrors(problems)
    return cases
