"""Run the regression cases of a pathway and show what differs.

Prints each case that is not as expected, with what was expected and what was found, and how
many were read; with --coverage or --mutants what the cases miss, too.

examples:
  mdt-wizard test                           the cases of the pathway here, else of the tool
  mdt-wizard test cases/one.yaml            one case, or a folder of cases
  mdt-wizard test DIR                       the cases of another pathway
  mdt-wizard test --pathway DIR one.yaml    one case, in another pathway
  mdt-wizard test --coverage                which branches, answers and alerts no case reaches
  mdt-wizard test --mutants --write         which edits no case would notice, and cases that would
"""

import argparse
import sys
from pathlib import Path
from typing import Final

from wizard.case.files import Case, CaseErrors, read_regression_case
from wizard.engine.compiling import compile_pathway
from wizard.exits import OF_A_CASE, ExitCode
from wizard.inputs import add_pathway_argument, folder_to_maintain
from wizard.pathway.choosing import is_pathway
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, printable
from wizard.pathway.sources import Hazard
from wizard.reasoning.assessing import assess
from wizard.reasoning.expecting import Difference, differences
from wizard.report.text import laid_out
from wizard.report.workbench import coverage_report, score_report
from wizard.wording.text import counted
from wizard.workbench.covering import coverage
from wizard.workbench.hazards import hazards_held_by
from wizard.workbench.scoring import score
from wizard.workbench.sign_of_life import SignOfLife
from wizard.workbench.stubs import write_survivors

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
    parser.add_argument("--coverage", action="store_true", help="what the cases reach, and do not")
    parser.add_argument("--mutants", action="store_true", help="which edits the cases notice")
    parser.add_argument(
        "--write",
        action="store_true",
        help="with --mutants: write cases that would notice, to be confirmed by a person",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Compare cases with their assessments.  Raises PathwayErrors, CaseErrors."""
    named, paths = arguments.pathway, arguments.paths
    if named is None and len(paths) == 1 and is_pathway(paths[0]):
        named, paths = str(paths[0]), []
    folder = folder_to_maintain(named)
    pathway = load_pathway(folder)
    own_cases = folder / "cases"
    cases = _cases_at(paths or [own_cases], pathway)
    compiled = compile_pathway(pathway)
    failing = 0
    for path, case in cases.items():
        if case.expect is None:
            continue
        found = differences(case.expect, assess(compiled, case.answers))
        if found:
            failing += 1
            own = path.resolve().parent == own_cases.resolve()
            hazards = hazards_held_by(pathway, f"cases/{path.name}") if own else ()
            sys.stdout.write(_unmet(path, case, found, hazards))
    what = f"{counted(len(cases), 'case')} of {pathway.id} {pathway.version}"
    sys.stdout.write(f"{what}: {f'{failing} as not expected' if failing else 'all as expected'}\n")
    if failing:
        return ExitCode.FOUND
    named = {path.name: case for path, case in cases.items()}
    return _examined(arguments, pathway, named, own_cases)


def _examined(
    arguments: argparse.Namespace, pathway: Pathway, cases: dict[str, Case], folder: Path
) -> ExitCode:
    """Coverage and mutation score of cases that are all as expected, where asked for.

    `folder` is where cases that would notice more go.
    """
    code = ExitCode.DONE
    title = f"{pathway.title} {pathway.version}"
    if arguments.coverage:
        with SignOfLife("test") as step:
            covered = coverage(pathway, cases, step)
        sys.stdout.write(laid_out(coverage_report(covered, title)))
        code = code if covered.complete else ExitCode.FOUND
    if arguments.mutants or arguments.write:
        with SignOfLife("test") as step:
            found = score(pathway, cases, step, wanting=arguments.write)
        sys.stdout.write(laid_out(score_report(found, title)))
        code = ExitCode.FOUND if found.survivors else code
        if arguments.write:
            for path in write_survivors(pathway, found, folder):
                sys.stdout.write(f"{printable(str(path))}: waits for someone to confirm it\n")
    return code


def _cases_at(paths: list[Path], pathway: Pathway) -> dict[Path, Case]:
    """All cases at these places.  Raises CaseErrors with everything that is wrong with any."""
    cases: dict[Path, Case] = {}
    problems: list[Problem] = []
    for path in paths:
        files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not files:
            what = "there are no cases in this folder (*.yaml)"
            problems.append(Problem(Position(str(path), 1, 1), what))
        for file in files:
            try:
                cases[file] = read_regression_case(file, pathway)
            except CaseErrors as error:
                problems.extend(error.problems)
    if problems:
        raise CaseErrors(problems)
    return cases


def _unmet(
    path: Path, case: Case, found: tuple[Difference, ...], hazards: tuple[Hazard, ...]
) -> str:
    lines = [f"{path}: {case.title}"]
    for difference in found:
        lines.append(f"  {difference.subject}")
        lines.append(f"    expected: {difference.expected}")
        lines.append(f"    found:    {difference.found}")
    lines += [f"  {one.id}: control does not hold: {one.hazard}" for one in hazards]
    return "".join(f"{printable(line)}\n" for line in lines)
