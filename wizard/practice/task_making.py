"""The six kinds of task, each made from a case in which an item can be practised."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from random import Random
from types import MappingProxyType
from typing import Final

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import Node, settled
from wizard.pathway.model import AlertLevel, Pathway, Status
from wizard.practice.sampling import alternatives, applying, doubtful, parents_of
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
from wizard.record import Record, replace
from wizard.wording.answers import brief_answers, factor_label
from wizard.wording.statuses import LEVEL_WORDS
from wizard.wording.text import joined, named, short
from wizard.wording.vignettes import answer_sentences, changed_text

_MOST_CHANGES: Final = 8
_MOST_RIGHT_CHANGES: Final = 5
_MOST_ALERTS: Final = 6
_NOTHING_SHARE: Final = 0.2
"""How often a case is taken in which no option is described but those of every case."""


def make_task(
    curriculum: Curriculum, kind: TaskKind, drill: Drill, case: PracticeCase, random: Random
) -> Task | None:
    """A task of a kind on a case drawn for a drill; None where the case gives none."""
    return _MAKERS[kind](_Sketch(curriculum, drill, case, random))


# --- the kinds -------------------------------------------------------------------------------


class _Sketch(Record):
    """What every kind of task is made from."""

    __slots__ = ("__dict__",)

    curriculum: Curriculum
    drill: Drill
    case: PracticeCase
    random: Random

    @cached_property
    def assessment(self) -> Assessment:
        return assess(self.curriculum.compiled, self.answers)

    @property
    def status(self) -> Status:
        """The status of the option that is drilled, without all that an assessment has."""
        compiled = self.curriculum.compiled
        return settled_status(compiled, self.answers, compiled.options[self.drill.occurrence.owner])

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
    """What is described for every case is told apart."""
    compiled, options = sketch.curriculum.compiled, sketch.pathway.options
    always = {name for name, node in compiled.options.items() if in_every_case(compiled, node)}
    described = {
        name
        for name, node in compiled.options.items()
        if compiled.settles(sketch.answers, node, wanted=True)
    }
    if described == always and sketch.random.random() >= _NOTHING_SHARE:
        return None
    question = Question(
        prompt="Which options do the documents describe for this case, whatever else is found out?",
        choices=tuple(
            Choice(name, short(option.label))
            for name, option in options.items()
            if name not in always
        ),
        right=frozenset(described - always),
        apart=_apart(
            "Described for every case",
            [short(options[name].label) for name in options if name in always],
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
    option, status = sketch.drill.occurrence.owner, sketch.status
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
    status = sketch.status
    if status is Status.POSSIBLE:
        return None
    wanted = Status.NOT_DESCRIBED if status is Status.DESCRIBED else Status.DESCRIBED
    found = one_answer_changed(sketch.curriculum, sketch.answers, option, wanted)
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
    alerts = sketch.curriculum.compiled.alerts
    always = {
        name for name in raised if in_every_case(sketch.curriculum.compiled, alerts[name].raised)
    }
    raised -= always
    shown = {*raised, *others[: max(2, _MOST_ALERTS - len(raised))]}
    which = Question(
        prompt="Which of these alerts apply to this case?",
        choices=tuple(
            Choice(alert.id, f"{LEVEL_WORDS[alert.level]}: {alert.title}")
            for alert in pathway.alerts.values()
            if alert.id in shown
        ),
        right=frozenset(raised),
        apart=_apart(
            "Apply to every case",
            [named(alert.title) for alert in pathway.alerts.values() if alert.id in always],
        ),
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
    if sketch.status is not Status.DESCRIBED:
        return None
    agreed = agreement(sketch.curriculum.compiled, sketch.answers, sketch.assessment)[option]
    always = {
        statement.source
        for statement in pathway.options[option].statements.values()
        if in_every_case(
            sketch.curriculum.compiled, sketch.curriculum.compiled.statements[option, statement.id]
        )
    }
    right = frozenset(agreed.having(Stand.MATCHES)) - always
    if not right:
        return None
    names = {source.id: source.short for source in pathway.sources.values()}
    question = Question(
        prompt=(
            f"{named(pathway.options[option].label)} is described for this case. Which documents "
            "match it: describe it by sentences of their own?"
        ),
        choices=_documents(pathway, always),
        right=right,
        apart=_apart(
            "Matches in every case",
            [names[source] for source in pathway.sources if source in always],
        ),
    )
    return sketch.task(TaskKind.SOURCE, question, _excluding(sketch, agreed.excluding))


def _excluding(sketch: _Sketch, excluding: tuple[str, ...]) -> Question | None:
    """Which documents say that an option is not for such a case; sometimes none does."""
    pathway, compiled = sketch.pathway, sketch.curriculum.compiled
    option = pathway.options[sketch.drill.occurrence.owner]
    always = {
        each.source
        for each in option.excludes.values()
        if in_every_case(compiled, compiled.exclusions[option.id, each.id])
    }
    saying = {each.source for each in option.excludes.values()} - always
    right = frozenset(excluding) - always
    if not saying or (not right and sketch.random.random() >= _NOTHING_SHARE):
        return None
    return Question(
        prompt=(
            f"Which documents say that {named(option.label)} is not for such a case? Where none "
            "does, tick none."
        ),
        choices=_documents(pathway, always),
        right=right,
        apart=_apart(
            "Says so of every case",
            [source.short for source in pathway.sources.values() if source.id in always],
        ),
        excluding=True,
    )


def _documents(pathway: Pathway, apart: Collection[str]) -> tuple[Choice, ...]:
    """The documents to tick, but those that are told apart."""
    return tuple(
        Choice(source.id, f"{source.short}: {source.title}")
        for source in pathway.sources.values()
        if source.id not in apart
    )


_MAKERS: Final[Mapping[TaskKind, Callable[[_Sketch], Task | None]]] = {
    TaskKind.OPTIONS: _options,
    TaskKind.CONCLUDE: _conclude,
    TaskKind.REASON: _reason_task,
    TaskKind.CHANGE: _change,
    TaskKind.ALERT: _alert,
    TaskKind.SOURCE: _source,
}


# --- parts -----------------------------------------------------------------------------------


def in_every_case(compiled: Compiled, function: Node) -> bool:
    """Whether a function is true whatever is answered."""
    return settled(compiled.diagrams, function, compiled.free, wanted=True)


def _apart(what: str, labels: Sequence[str]) -> str:
    """What is right in every case, in a sentence; empty without any."""
    return f"{what}, so not asked: {joined(labels)}." if labels else ""


class OneChange(Record):
    """A case in which one answer is another: the changed answer in words, and what it leads to.

    `sentence` tells the changed answer as a vignette does.
    """

    key: str
    says: str
    sentence: str
    answers: Answers
    status: Status


def one_answer_changed(
    curriculum: Curriculum, answers: Answers, option: str, wanted: Status
) -> tuple[OneChange, ...]:
    """Every case that differs in one answer (a value, or one member of a multi), with a status;
    nothing where none of them has the wanted one.

    Questions that then no longer apply lose their answers; those that newly do are open.  Cases
    whose answers raise doubt are left out.
    """
    compiled, factors = curriculum.compiled, curriculum.pathway.factors
    asked = compiled.support(compiled.options[option])
    moving = {*asked, *parents_of(compiled, asked)}
    given = [
        name for name in factors if answers.get(name) is not None and not factors[name].record_only
    ]
    found = {
        name: tuple(_changes_of(compiled, answers, name, option))
        for name in given
        if name in moving
    }
    if all(change.status is not wanted for changes in found.values() for change in changes):
        return ()
    return tuple(
        change
        for name in given
        for change in found.get(name) or _changes_of(compiled, answers, name, option)
    )


def _changes_of(
    compiled: Compiled, answers: Answers, name: str, option: str
) -> Iterator[OneChange]:
    """The cases that differ in the answer to one factor."""
    factor, before = compiled.pathway.factors[name], answers[name]
    for number, after in enumerate(alternatives(compiled, factor, before)):
        changed = applying(compiled, {**answers.entries, name: after})
        if changed.get(name) == after and not doubtful(compiled, changed):
            yield OneChange(
                key=f"{name}:{number}",
                says=changed_text(factor, before, after, whole=False),
                sentence=" ".join(answer_sentences(factor, after)),
                answers=changed,
                status=settled_status(compiled, changed, compiled.options[option]),
            )


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
