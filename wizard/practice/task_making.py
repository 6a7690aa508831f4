"""The six kinds of task, each made from a case in which an item can be practised."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType
from typing import Final

from wizard.case.answers import Answers
from wizard.engine.diagrams import Node
from wizard.pathway.model import AlertLevel, Pathway, Status
from wizard.practice.sampling import alternatives, applying, doubtful
from wizard.practice.tasks import (
    DESCRIBED,
    NOT_DESCRIBED,
    Choice,
    Curriculum,
    Decision,
    Drill,
    PracticeCase,
    Question,
    Task,
    TaskKind,
)
from wizard.reasoning.agreement import Stand, agreement
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState, Assessment
from wizard.reasoning.reasons import settled_status, sufficient_reasons
from wizard.reasoning.value_sets import answered
from wizard.wording.answers import brief_answers, factor_label
from wizard.wording.statuses import LEVEL_WORDS
from wizard.wording.text import named, short
from wizard.wording.vignettes import answer_sentences, changed_text

_MOST_CHANGES: Final = 8
_MOST_RIGHT_CHANGES: Final = 5
_MOST_ALERTS: Final = 6


def make_task(
    curriculum: Curriculum, kind: TaskKind, drill: Drill, case: PracticeCase, random: Random
) -> Task | None:
    """A task of a kind on a case drawn for a drill; None where the case gives none."""
    assessment = assess(curriculum.compiled, case.answers)
    return _MAKERS[kind](_Sketch(curriculum, drill, case, assessment, random))


# --- the kinds -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What every kind of task is made from."""

    curriculum: Curriculum
    drill: Drill
    case: PracticeCase
    assessment: Assessment
    random: Random

    @property
    def pathway(self) -> Pathway:
        return self.curriculum.pathway

    @property
    def answers(self) -> Answers:
        return self.case.answers

    def task(self, kind: TaskKind, *questions: Question | None) -> Task:
        subject = None if kind is TaskKind.OPTIONS else self.drill.occurrence.owner
        asked = tuple(question for question in questions if question is not None)
        return Task(kind, self.case, subject, self.drill.item.key, asked)


def _options(sketch: _Sketch) -> Task | None:
    options = sketch.assessment.options
    question = Question(
        prompt="Which options do the documents describe for this case, whatever else is found out?",
        choices=tuple(
            Choice(option.id, short(option.label)) for option in sketch.pathway.options.values()
        ),
        right=frozenset(
            name for name, option in options.items() if option.status is Status.DESCRIBED
        ),
    )
    return sketch.task(TaskKind.OPTIONS, question)


def _conclude(sketch: _Sketch) -> Task | None:
    """Whether one option is settled; in half of the cases, something that decides is missing."""
    pathway, option = sketch.pathway, sketch.drill.occurrence.owner
    judged = sketch.assessment.options[option].verdict
    space = sketch.curriculum.compiled.space
    allowed = space.allowed(sketch.answers)
    missing = tuple(
        factor.id
        for factor in pathway.factors.values()
        if any(len(allowed[level]) > 1 for level in space.levels[factor.id])
        and factor.record_only is None
        and sketch.assessment.applies[factor.id] is not Status.NOT_DESCRIBED
    )
    if not missing:
        return None
    label = named(pathway.options[option].label)
    choices = [
        Choice(DESCRIBED, "Yes: it is described"),
        Choice(NOT_DESCRIBED, "Yes: it is not described"),
        *(
            Choice(name, f"It depends on {named(factor_label(pathway.factors[name]))}")
            for name in missing
        ),
    ]
    concluded = DESCRIBED if judged.status is Status.DESCRIBED else NOT_DESCRIBED
    right = judged.depends_on if judged.status is Status.POSSIBLE else (concluded,)
    prompt = (
        f"Can we conclude yet whether the documents describe {label}? If not, tick every open "
        "question that its being described still depends on."
    )
    conclusions = frozenset({DESCRIBED, NOT_DESCRIBED})
    question = Question(prompt, tuple(choices), frozenset(right), conclusions=conclusions)
    return sketch.task(TaskKind.CONCLUDE, question)


def _reason_task(sketch: _Sketch) -> Task | None:
    option = sketch.drill.occurrence.owner
    status = sketch.assessment.options[option].status
    function = sketch.curriculum.compiled.options[option]
    if status is Status.POSSIBLE:
        return None
    is_not = "is" if status is Status.DESCRIBED else "is not"
    prompt = (
        f"{named(sketch.pathway.options[option].label)} {is_not} described for this case. Which "
        "answers alone decide it? Tick a set from which none can be left out."
    )
    question = _deciding(sketch, prompt, function, wanted=status is Status.DESCRIBED)
    return None if question is None else sketch.task(TaskKind.REASON, question)


def _change(sketch: _Sketch) -> Task | None:
    """Single changes that add or remove an option, among others that leave it as it is."""
    pathway, option = sketch.pathway, sketch.drill.occurrence.owner
    status = sketch.assessment.options[option].status
    if status is Status.POSSIBLE:
        return None
    wanted = Status.NOT_DESCRIBED if status is Status.DESCRIBED else Status.DESCRIBED
    found = one_answer_changed(sketch.curriculum, sketch.answers, option)
    right = [change for change in found if change.status is wanted]
    same = [change for change in found if change.status is status]
    sketch.random.shuffle(right)
    sketch.random.shuffle(same)
    right = right[:_MOST_RIGHT_CHANGES]
    shown = {change.key for change in (*right, *same[: _MOST_CHANGES - len(right)])}
    if not right or len(shown) == len(right):
        return None
    verb, to = ("add", "to") if wanted is Status.DESCRIBED else ("remove", "from")
    prompt = (
        f"Which of these changes, each alone, would {verb} "
        f"{named(pathway.options[option].label)} {to} the described options?"
    )
    listed = [change for change in found if change.key in shown]
    question = Question(
        prompt=prompt,
        choices=tuple(Choice(change.key, change.says) for change in listed),
        right=frozenset(change.key for change in right),
    )
    changed = MappingProxyType({change.key: change.answers for change in listed})
    return replace(sketch.task(TaskKind.CHANGE, question), changed=changed)


def _alert(sketch: _Sketch) -> Task | None:
    pathway, subject = sketch.pathway, sketch.drill.occurrence.owner
    raised = {
        alert for alert, state in sketch.assessment.alerts.items() if state is AlertState.RAISED
    }
    if subject not in raised:
        return None
    others = [
        alert.id
        for alert in pathway.alerts.values()
        if alert.id not in sketch.assessment.alerts and alert.level is not AlertLevel.CHECK_ANSWERS
    ]
    sketch.random.shuffle(others)
    shown = {*raised, *others[: max(2, _MOST_ALERTS - len(raised))]}
    which = Question(
        prompt="Which of these alerts apply to this case?",
        choices=tuple(
            Choice(alert.id, f"{LEVEL_WORDS[alert.level]}: {alert.title}")
            for alert in pathway.alerts.values()
            if alert.id in shown
        ),
        right=frozenset(raised),
    )
    title = named(pathway.alerts[subject].title)
    why = _deciding(
        sketch,
        f"{title} applies. Which answers alone bring it up? Tick a set from which none can be "
        "left out.",
        sketch.curriculum.compiled.alerts[subject].raised,
        wanted=True,
    )
    return sketch.task(TaskKind.ALERT, which, why)


def _source(sketch: _Sketch) -> Task | None:
    pathway, option = sketch.pathway, sketch.drill.occurrence.owner
    if sketch.assessment.options[option].status is not Status.DESCRIBED:
        return None
    agreed = agreement(sketch.curriculum.compiled, sketch.answers, sketch.assessment)[option]
    right = frozenset(agreed.having(Stand.MATCHES))
    if not right:
        return None
    question = Question(
        prompt=(
            f"{named(pathway.options[option].label)} is described for this case. Which documents "
            "match it: describe it by sentences of their own?"
        ),
        choices=tuple(Choice(source.id, source.title) for source in pathway.sources.values()),
        right=right,
    )
    return sketch.task(TaskKind.SOURCE, question)


_MAKERS: Final[Mapping[TaskKind, Callable[[_Sketch], Task | None]]] = {
    TaskKind.OPTIONS: _options,
    TaskKind.CONCLUDE: _conclude,
    TaskKind.REASON: _reason_task,
    TaskKind.CHANGE: _change,
    TaskKind.ALERT: _alert,
    TaskKind.SOURCE: _source,
}


# --- parts -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OneChange:
    """A case in which one answer is another: the changed answer in words, and what it leads to.

    `sentence` tells the changed answer as a vignette does.
    """

    key: str
    says: str
    sentence: str
    answers: Answers
    status: Status


def one_answer_changed(
    curriculum: Curriculum, answers: Answers, option: str
) -> tuple[OneChange, ...]:
    """Every case that differs in one answer (a value, or one member of a multi), with a status.

    Questions that then no longer apply lose their answers; those that newly do are open.  Cases
    whose answers raise doubt are left out.
    """
    compiled, found = curriculum.compiled, []
    for factor in curriculum.pathway.factors.values():
        before = answers.get(factor.id)
        if before is None or factor.record_only:
            continue
        for number, after in enumerate(alternatives(compiled, factor, before)):
            changed = applying(compiled, {**answers.entries, factor.id: after})
            if changed.get(factor.id) != after or doubtful(compiled, changed):
                continue
            found.append(
                OneChange(
                    key=f"{factor.id}:{number}",
                    says=changed_text(factor, before, after),
                    sentence=" ".join(answer_sentences(factor, after)),
                    answers=changed,
                    status=settled_status(compiled, changed, compiled.options[option]),
                )
            )
    return tuple(found)


def _deciding(sketch: _Sketch, prompt: str, function: Node, *, wanted: bool) -> Question | None:
    """Which answers decide a function; None where none is needed, or the reasons are too many."""
    compiled, pathway, answers = sketch.curriculum.compiled, sketch.pathway, sketch.answers
    found = sufficient_reasons(compiled, answers, function)
    reasons = tuple(frozenset(each.factors) for each in found.reasons)
    if not found.complete or not reasons or frozenset() in reasons:
        return None
    given = [name for name in pathway.factors if answered(answers.get(name))]
    choices = tuple(Choice(name, brief_answers(pathway, {name: answers[name]})) for name in given)
    return Question(prompt, choices, frozenset(), Decision(function, wanted, reasons))
