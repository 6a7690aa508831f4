"""The cases of a round: drawn from a region, or the pathway's own, each told as a vignette."""

from collections.abc import Iterable, Sequence, Set
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final

from wizard.case.answers import Answers
from wizard.case.files import CaseErrors, read_regression_case
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway, Status
from wizard.practice.case_pool import target
from wizard.practice.items import About
from wizard.practice.regions import Region, allowed_in
from wizard.practice.sampling import (
    answers_of,
    applying,
    doubtful,
    draw_assignment,
    parents_of,
    with_unknowns,
)
from wizard.practice.task_making import one_answer_changed
from wizard.practice.tasks import Curriculum, Drill, PracticeCase, TaskKind
from wizard.reasoning.reasons import settled_status
from wizard.wording.vignettes import vignette

_OWN_SHARE: Final = 0.3
"""How often one of the pathway's own cases is taken where one fits."""
_OPEN_SHARE: Final = 0.5
"""How often something that decides is missing where the task asks whether we can conclude."""


def own_cases(pathway: Pathway, random: Random, most: int) -> tuple[PracticeCase, ...]:
    """Some of the pathway's own cases, with the vignettes that their authors wrote, at random.

    A file that cannot be read is skipped.
    """
    files = sorted((Path(pathway.folder) / "cases").glob("*.yaml"))
    found = []
    for path in random.sample(files, min(most, len(files))):
        try:
            case = read_regression_case(path, pathway)
        except CaseErrors:
            continue
        story = " ".join((case.vignette or "").split())
        found.append(PracticeCase(case.answers, (story,), name=path.name))
    return tuple(found)


def case_for(
    curriculum: Curriculum, kind: TaskKind, drill: Drill, unknowns: float, random: Random
) -> PracticeCase:
    """A fresh case of a drill's region, not yet told: many a drawn case gives no task.

    About the given share of its questions is not known.
    """
    compiled, region = curriculum.compiled, drill.occurrence.region
    whole = draw_assignment(curriculum.pool, target(curriculum.pool, region), random)
    told = _worth_telling(compiled, region)
    drawn = answers_of(compiled, whole, random)
    full = Answers(MappingProxyType({key: drawn[key] for key in drawn if key in told}))
    if doubtful(compiled, full):
        full = drawn
    answers = with_unknowns(compiled, full, region, unknowns, random)
    if kind is TaskKind.CONCLUDE and random.random() < _OPEN_SHARE:
        answers = _with_part_hidden(compiled, region, answers, random)
    return PracticeCase(answers, ())


def own_case_for(
    drill: Drill, curriculum: Curriculum, own: Sequence[PracticeCase], random: Random
) -> PracticeCase | None:
    """Now and then, one of the pathway's own cases that lies in a drill's region."""
    if drill.item.about is About.CLAIM or random.random() >= _OWN_SHARE:
        return None
    fitting = [
        case
        for case in own
        if lies_in(curriculum.compiled, case.answers, drill.occurrence.region)
        and not doubtful(curriculum.compiled, case.answers)
    ]
    return random.choice(fitting) if fitting else None


def partner(
    curriculum: Curriculum, case: PracticeCase, option: str, random: Random
) -> PracticeCase | None:
    """The same case with one answer changed, so that an option has the other outcome."""
    compiled = curriculum.compiled
    status = settled_status(compiled, case.answers, compiled.options[option])
    if status is Status.POSSIBLE:
        return None
    other = Status.NOT_DESCRIBED if status is Status.DESCRIBED else Status.DESCRIBED
    changes = one_answer_changed(curriculum, case.answers, option, other)
    found = [change for change in changes if change.status is other]
    if not found:
        return None
    change = random.choice(found)
    lead = f"The same case as before, but with one answer changed: {change.sentence}"
    return tell(curriculum, change.answers, lead)


def tell(curriculum: Curriculum, answers: Answers, lead: str | None = None) -> PracticeCase:
    """A case told in the pathway's phrases."""
    compiled = curriculum.compiled
    applies = {
        factor: settled_status(compiled, answers, node) for factor, node in compiled.applies.items()
    }
    asked = _worth_telling(compiled, ()) | answers.keys()
    return PracticeCase(answers, vignette(curriculum.pathway, answers, applies, asked), lead)


def lies_in(compiled: Compiled, answers: Answers, region: Region) -> bool:
    """Whether every completion of answers lies in a region, where its questions apply."""
    allowed = compiled.space.allowed(answers)
    return all(
        set(given) <= set(wanted)
        for given, wanted in zip(allowed, allowed_in(compiled.diagrams, region), strict=True)
    )


# --- parts -----------------------------------------------------------------------------------


def _worth_telling(compiled: Compiled, region: Region) -> Set[str]:
    """The questions on which an option may depend, and those of a region."""
    asked: Iterable[str] = (
        factor for function in compiled.options.values() for factor in compiled.support(function)
    )
    named = {*asked, *(compiled.space.owners[level] for level, _values in region)}
    return named | parents_of(compiled, named)


def _with_part_hidden(
    compiled: Compiled, region: Region, answers: Answers, random: Random
) -> Answers:
    """The answers without one or two that a region fixes."""
    owners = dict.fromkeys(compiled.space.owners[level] for level, _values in region)
    deciding = [factor for factor in owners if factor in answers]
    if not deciding:
        return answers
    hidden = random.sample(deciding, min(len(deciding), random.choice((1, 1, 2))))
    left = {factor: answer for factor, answer in answers.items() if factor not in hidden}
    fewer = applying(compiled, left)
    return answers if doubtful(compiled, fewer) else fewer
