"""Everything that is wrong with a pathway folder, in one go: its files, its cases, its hazards."""

from pathlib import Path

from wizard.case.files import Case, CaseErrors, case_form_problems, read_regression_cases
from wizard.engine.compiling import BudgetExceededError, compile_pathway
from wizard.pathway.format.folder import take_snapshot
from wizard.pathway.format.reading import read_what_can_be
from wizard.pathway.model import Pathway
from wizard.pathway.problems import PathwayErrors, Problem
from wizard.workbench.hazards import hazard_problems


def read_whole(folder: Path, *, shipped: bool) -> tuple[Pathway, dict[str, Case]]:
    """A pathway and its cases.

    Cases are checked against what could be read of the pathway, so that a mistake in one file does
    not hide those in another.  Raises PathwayErrors with everything that is wrong.
    """
    reading = read_what_can_be(take_snapshot(folder), shipped=shipped)
    problems = list(reading.problems)
    pathway = reading.pathway
    if pathway is None:
        raise PathwayErrors([*problems, *case_form_problems(folder / "cases")])
    cases: dict[str, Case] = {}
    try:
        cases = read_regression_cases(folder / "cases", pathway, reading.unread)
    except CaseErrors as errors:
        problems.extend(errors.problems)
    problems.extend(hazard_problems(pathway, folder))
    if not reading.problems:
        problems.extend(_budget_problems(pathway))
    if problems:
        raise PathwayErrors(problems)
    return pathway, cases


def _budget_problems(pathway: Pathway) -> list[Problem]:
    try:
        compile_pathway(pathway)
    except BudgetExceededError as error:
        return [Problem(error.position, error.message)]
    return []
