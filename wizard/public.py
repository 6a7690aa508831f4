"""The public API, which `wizard` exports: a pathway, a case, and what follows from them.

`load_pathway` compiles a pathway once; the result is immutable and serves any number of cases.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from wizard.case.answers import Answers
from wizard.case.files import Case, CaseErrors
from wizard.case_forms import case_of
from wizard.engine.compiling import Compiled
from wizard.engine.disorder import BudgetExceededError
from wizard.exits import WizardError, WrongUsageError
from wizard.kept_functions import compiled_once
from wizard.pathway import load as finding
from wizard.pathway.choosing import for_a_case
from wizard.pathway.model import Status
from wizard.pathway.problems import PathwayErrors, check_names
from wizard.reasoning import assessing
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.bulk import statuses_of_many
from wizard.reasoning.explanation import CaseExplanation, OptionExplanation

__all__ = [
    "Assessment",
    "BudgetExceededError",
    "Case",
    "CaseErrors",
    "Compiled",
    "OptionExplanation",
    "PathwayErrors",
    "WizardError",
    "WrongUsageError",
    "assess",
    "assess_many",
    "explain",
    "load_pathway",
    "read_case",
]


def load_pathway(folder_or_id: Path | str | None = None) -> Compiled:
    """The checked and compiled pathway of a folder or an id; without one, the shipped pathway.

    Its factors, options and claims are in `.pathway`.  Raises PathwayErrors with everything that
    is wrong in the folder, BudgetExceededError where its rules are too large to reason with.
    """
    folder = for_a_case(folder_or_id).folder if isinstance(folder_or_id, str) else folder_or_id
    return compiled_once(finding.load_pathway(folder))


def read_case(source: Path | bytes | str, compiled: Compiled) -> Case:
    """The case in a file (a Path), or in YAML or JSON itself (text or bytes), FHIR's too.

    Raises CaseErrors with everything that is wrong with it.
    """
    name = str(source) if isinstance(source, Path) else "case"
    return case_of(source, compiled.pathway, name)


def assess(compiled: Compiled, case: Case | Answers) -> Assessment:
    """Everything that follows from a case, over all of its completions.

    The case must have been read for this pathway.
    """
    return assessing.assess(compiled, _answers(case))


def assess_many(
    compiled: Compiled, cases: Iterable[Case | Answers]
) -> Iterator[Mapping[str, Status]]:
    """The status of each option in each case, in order: what `assess` says, without the reasons.

    The cases may be any number; some thousands are worked on at once.
    """
    return statuses_of_many(compiled, map(_answers, cases))


def explain(
    compiled: Compiled, case: Case | Answers, option: str, *, released: Collection[str] = ()
) -> OptionExplanation:
    """Why an option is described for a case or not, and the nearest changes to each other status.

    `released` are factors that cannot change, to be varied all the same.  Raises WrongUsageError
    for an option or a factor that the pathway does not have.
    """
    check_names([option], compiled.pathway.options, "option")
    check_names(released, compiled.pathway.factors, "factor")
    answers = _answers(case)
    explained = CaseExplanation(compiled, answers, assessing.assess(compiled, answers))
    return explained.option(option, released)


def _answers(case: Case | Answers) -> Answers:
    return case.answers if isinstance(case, Case) else case
