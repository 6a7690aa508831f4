"""The cases of a round: drawn out of a region, or the pathway's own, and how each is told."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Final

from wizard.case.answers import Answers
from wizard.case.files import CaseErrors, read_regression_case
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway, Status
from wizard.practice.drawing import (
    answers_of,
    doubtful,
    draw_whole,
    parents_of,
    with_unknowns,
    without,
)
from wizard.practice.ground import target
from wizard.practice.items import About
from wizard.practice.making import OneChange, one_answer_changed
from wizard.practice.regions import Region, allowed_in
from wizard.practice.tasks import Kind, Lesson, Studio, Told
from wizard.practice.telling import vignette
from wizard.reasoning.assessing import assess

_OWN_SHARE: Final = 0.3
"""How often one of the pathway's own cases is taken where one fits."""
_OPEN_SHARE: Final = 0.5
"""How often something that decides is missing where the task asks whether we can conclude."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case of the pathway's own, with the vignette that its authors wrote."""

    name: str
    vignette: str
    answers: Answers


def own_cases(pathway: Pathway, random: Random, most: int) -> tuple[OwnCase, ...]:
    """Some of the pathway's own cases, by chance; a file that cannot be read is passed over."""
    files = sorted((Path(pathway.folder) / "cases").glob("*.yaml"))
    found = []
    for path in random.sample(files, min(most, len(files))):
        try:
            case = read_regression_case(path, pathway)
        except CaseErrors:
            continue
        found.append(OwnCase(path.name, " ".join((case.vignette or "").split()), case.answers))
    return tuple(found)


def case_for(studio: Studio, kind: Kind, lesson: Lesson, unknowns: float, random: Random) -> Told:
    """A fresh case of a lesson's region; about the given share of its questions is not known."""
    compiled, region = studio.compiled, lesson.place.region
    whole = draw_whole(studio.ground, target(studio.ground, region), random)
    told = _worth_telling(compiled, region)
    drawn = answers_of(compiled, whole, random)
    full = Answers(MappingProxyType({key: drawn[key] for key in drawn if key in told}))
    if doubtful(compiled, full):
        full = drawn
    answers = with_unknowns(compiled, full, region, unknowns, random)
    if kind is Kind.CONCLUDE and random.random() < _OPEN_SHARE:
        answers = _with_part_hidden(compiled, region, answers, random)
    return tell(studio, answers)


def own_case_for(
    lesson: Lesson, studio: Studio, own: Sequence[OwnCase], random: Random
) -> Told | None:
    """Now and then, one of the pathway's own cases that lies in a lesson's region."""
    if lesson.item.about is About.CLAIM or random.random() >= _OWN_SHARE:
        return None
    fitting = [
        case
        for case in own
        if lies_in(studio.compiled, case.answers, lesson.place.region)
        and not doubtful(studio.compiled, case.answers)
    ]
    if not fitting:
        return None
    case = random.choice(fitting)
    return Told(case.answers, (case.vignette,), name=case.name)


def partner(studio: Studio, told: Told, option: str, random: Random) -> Told | None:
    """The same case with one answer changed, so that an option has the other outcome."""
    status = assess(studio.compiled, told.answers).options[option].status
    if status is Status.POSSIBLE:
        return None
    other = Status.NOT_DESCRIBED if status is Status.DESCRIBED else Status.DESCRIBED
    found: list[OneChange] = [
        change
        for change in one_answer_changed(studio, told.answers, option)
        if change.status is other
    ]
    if not found:
        return None
    change = random.choice(found)
    lead = f"The same case as before, but with one answer changed: {change.sentence}"
    return tell(studio, change.answers, lead)


def tell(studio: Studio, answers: Answers, lead: str | None = None) -> Told:
    """A case told in the pathway's phrases."""
    applies = assess(studio.compiled, answers).applies
    asked = _worth_telling(studio.compiled, ()) | answers.keys()
    return Told(answers, vignette(studio.pathway, answers, applies, asked), lead)


def lies_in(compiled: Compiled, answers: Answers, region: Region) -> bool:
    """Whether every completion of answers lies in a region, where its questions apply."""
    allowed = compiled.space.allowed(answers)
    return all(
        set(given) <= set(wanted)
        for given, wanted in zip(allowed, allowed_in(compiled.space.sizes, region), strict=True)
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
    fewer = without(compiled, answers, hidden)
    return answers if doubtful(compiled, fewer) else fewer
