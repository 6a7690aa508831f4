"""How a pathway's files stand: the check, its cases, and what moved since the last commit."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from wizard.case.answers import Answers
from wizard.case.files import Case
from wizard.engine.compiling import compile_pathway
from wizard.engine.disorder import BudgetExceededError
from wizard.pathway.codes import Code
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import is_shipped
from wizard.pathway.model import Pathway
from wizard.pathway.problems import FileErrors, Problem, told_once
from wizard.reasoning.assessing import conclude
from wizard.reasoning.expecting import Difference, differences
from wizard.record import Record
from wizard.wording.text import counted
from wizard.workbench.checking import read_whole
from wizard.workbench.revisions import RevisionError, version
from wizard.workbench.version_diff import Diff, compare

_LAST_COMMIT: Final = "HEAD"


class FailingCase(Record):
    """A case file that is not as expected, and everything that is not."""

    file: str
    title: str
    answers: Answers
    differences: tuple[Difference, ...]


class Standing(Record):
    """How a pathway's files stand.

    `problems` is everything that the check finds.  Where it finds nothing, `cases` is how many
    cases there are, and `failing` are those of them that are not as expected.
    """

    problems: tuple[Problem, ...] = ()
    cases: int = 0
    failing: tuple[FailingCase, ...] = ()

    @property
    def causes(self) -> tuple[tuple[Problem, ...], ...]:
        """The problems by their causes, of each the one first that is told."""
        return FileErrors(self.problems).causes


def stand(folder: Path) -> Standing:
    """Check the files of a folder, and run its cases."""
    try:
        pathway, cases = read_whole(folder, shipped=is_shipped(folder))
        compiled = compile_pathway(pathway)
    except FileErrors as errors:
        return Standing(errors.problems)
    except BudgetExceededError as error:
        return Standing((Problem(Code.TOO_LARGE, error.position, error.message),))
    found = (
        FailingCase(f"cases/{name}", case.title or name, case.answers, different)
        for name, case in cases.items()
        if case.expect is not None
        and (different := differences(case.expect, conclude(compiled, case.answers)))
    )
    return Standing((), len(cases), tuple(found))


def standing(folder: Path) -> Iterator[str]:
    """How the files stand: a line for the check, one for the cases, one for what moved.

    Where the check finds mistakes, the first of them whole, and nothing else.
    """
    try:
        pathway, cases = read_whole(folder, shipped=is_shipped(folder))
    except FileErrors as errors:
        first, *others = errors.causes
        more = f"; {counted(len(others), 'more mistake')}" if others else ""
        yield f"check: {told_once(first, folder)}{more}"
        return
    except BudgetExceededError as error:
        yield f"check: {error}"
        return
    yield f"check: {pathway.id} {pathway.version}: nothing wrong"
    yield f"test:  {_cases_told(pathway, cases)}"
    yield f"diff:  {_moved(folder, pathway)}"


def failing(pathway: Pathway, cases: Mapping[str, Case]) -> list[tuple[str, Difference]]:
    """The cases that are not as expected, each with the first thing that is not."""
    compiled = compile_pathway(pathway)
    found = []
    for name, case in cases.items():
        if case.expect is not None and (
            different := differences(case.expect, conclude(compiled, case.answers))
        ):
            found.append((name, different[0]))
    return found


def _cases_told(pathway: Pathway, cases: Mapping[str, Case]) -> str:
    found = failing(pathway, cases)
    if not found:
        return f"{counted(len(cases), 'case')}, all as expected"
    (name, first), *_ = found
    return (
        f"{len(found)} of {counted(len(cases), 'case')} not as expected; cases/{name}: "
        f"{first.subject}: expected {first.expected}, found {first.found}"
    )


def _moved(folder: Path, pathway: Pathway) -> str:
    try:
        with version(_LAST_COMMIT, folder) as committed:
            before = read_pathway(committed.folder)
            names = (_LAST_COMMIT, str(folder))
            found = compare(before, pathway, names, (committed.folder, folder), lambda _: None)
    except RevisionError:
        return "there is no commit to compare with"
    except FileErrors as errors:
        return f"the last commit does not check: {errors.problems[0]}"
    except BudgetExceededError as error:
        return str(error)
    return _difference(found)


def _difference(found: Diff) -> str:
    """What the comparison comes to, and the first thing that it found."""
    functions, records = found.functions.changes, found.records
    if functions:
        more = f"; {counted(len(functions) - 1, 'more change')}" if functions[1:] else ""
        return f"results change: {functions[0].position}: {functions[0].label}{more}"
    said = "what is told of results changes" if found.behaviour else "proved: no result changes"
    return f"{said}; {' '.join(records[0].path)}" if records else said
