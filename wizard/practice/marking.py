"""Marking an answer: what was hit, missed and over-called, each difference with its reason.

Missing and over-calling count the same.  A mark tells agreement with the documents, never with good
care.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from wizard.pathway.model import Option, Status
from wizard.practice.counterexamples import counterexample
from wizard.practice.tasks import (
    DESCRIBED,
    NOT_DESCRIBED,
    Curriculum,
    Decision,
    Question,
    Task,
    TaskKind,
)
from wizard.reasoning.agreement import Stand, claims_on
from wizard.reasoning.assessing import reason
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.situation import Situation, situation
from wizard.wording.agreeing import STAND_WORDS
from wizard.wording.answers import factor_label, factor_labels
from wizard.wording.options import option_row, statement_lines
from wizard.wording.sources import Citation, citations
from wizard.wording.statuses import LEVEL_WORDS, reasoned
from wizard.wording.text import counted, joined, named, sentence

AGREEMENT: Final = (
    "Marks tell agreement with these documents only. They say nothing about what good care is."
)


class Judgement(StrEnum):
    """What became of one choice."""

    HIT = "hit"
    MISSED = "missed"
    OVER_CALLED = "over-called"


@dataclass(frozen=True, slots=True)
class MarkedChoice:
    """A choice that was right or ticked: what became of it, why, and what that rests on."""

    choice: str
    label: str
    judgement: Judgement
    why: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Marking:
    """A marked answer: what was ticked, a line for each choice that counts, and what to add.

    `remarks` are sentences on the answer as a whole.
    """

    chosen: frozenset[str]
    lines: tuple[MarkedChoice, ...]
    remarks: tuple[str, ...] = ()

    @property
    def hit(self) -> int:
        """Right choices that were ticked."""
        return self._count(Judgement.HIT)

    @property
    def missed(self) -> int:
        """Right choices that were not ticked."""
        return self._count(Judgement.MISSED)

    @property
    def over_called(self) -> int:
        """Ticked choices that are not right."""
        return self._count(Judgement.OVER_CALLED)

    @property
    def right(self) -> bool:
        """Whether nothing was missed and nothing over-called."""
        return not self.missed and not self.over_called

    @property
    def differences(self) -> tuple[MarkedChoice, ...]:
        """What was missed or over-called."""
        return tuple(line for line in self.lines if line.judgement is not Judgement.HIT)

    def _count(self, judgement: Judgement) -> int:
        return sum(line.judgement is judgement for line in self.lines)


def mark(curriculum: Curriculum, task: Task, place: int, chosen: frozenset[str]) -> Marking:
    """The marks of what was ticked in one of a task's questions."""
    marker = _Marker(curriculum, task)
    question = task.questions[place]
    if question.decision is not None:
        return marker.decided(question, question.decision, chosen)
    return Marking(
        chosen,
        tuple(
            MarkedChoice(choice.id, choice.label, judgement, *marker.why(choice.id))
            for choice in question.choices
            if (judgement := _judgement(choice.id in chosen, right=choice.id in question.right))
        ),
    )


def hint(curriculum: Curriculum, task: Task, place: int, marking: Marking) -> str:
    """What to look at again, without what is right: how many differ, and on which questions."""
    question, pathway = task.questions[place], curriculum.pathway
    marks = ((marking.hit, "right"), (marking.missed, "missing"), (marking.over_called, "too many"))
    parts = [f"{counted(number, 'is', 'are')} {word}" for number, word in marks if number]
    told = sentence(", ".join(parts))
    if question.decision is not None:
        if sufficient(curriculum, task, question.decision, marking.chosen):
            return f"{told} These answers do decide it, but not all of them are needed."
        return f"{told} Another case with the same ticked answers has the other outcome."
    factors = _Marker(curriculum, task).asked(line.choice for line in marking.differences)
    if not factors or task.kind is TaskKind.SOURCE:
        return told
    return sentence(f"{told} Look again at: {factor_labels(pathway, factors)}")


def sufficient(
    curriculum: Curriculum, task: Task, decision: Decision, chosen: Iterable[str]
) -> bool:
    """Whether these answers of a task's case alone decide."""
    given = {factor: task.case.answers[factor] for factor in chosen}
    return curriculum.compiled.settles(given, decision.function, wanted=decision.wanted)


# --- parts -----------------------------------------------------------------------------------


def _judgement(ticked: bool, *, right: bool) -> Judgement | None:  # noqa: FBT001 - reads as `ticked, right=`
    if ticked:
        return Judgement.HIT if right else Judgement.OVER_CALLED
    return Judgement.MISSED if right else None


class _Marker:
    """The reasons behind the marks of one task, each found when it is first needed."""

    def __init__(self, curriculum: Curriculum, task: Task) -> None:
        self.curriculum = curriculum
        self.task = task

    @cached_property
    def now(self) -> Situation:
        return situation(self.curriculum.compiled, self.task.case.answers, self.curriculum.today)

    def option(self, name: str) -> Option:
        return self.curriculum.pathway.options[name]

    # --- choices that count each by itself

    def why(self, choice: str) -> tuple[str, tuple[Citation, ...]]:
        """Why a choice is right or not, and the claims that this rests on."""
        subject = self.task.subject or ""
        match self.task.kind:
            case TaskKind.OPTIONS:
                return self.of_option(self.now, choice)
            case TaskKind.CONCLUDE:
                return self.of_conclusion(subject, choice)
            case TaskKind.CHANGE:
                changed = self.task.changed[choice]
                then = situation(self.curriculum.compiled, changed, self.curriculum.today)
                return self.of_option(then, subject)
            case TaskKind.ALERT:
                return self.of_alert(choice)
            case TaskKind.SOURCE:
                return self.of_source(subject, choice)
            case TaskKind.REASON:
                return "", ()

    def of_option(self, now: Situation, name: str) -> tuple[str, tuple[Citation, ...]]:
        return option_row(now, self.option(name)).why, self.claims(now, name)

    def claims(self, now: Situation, name: str) -> tuple[Citation, ...]:
        """The claims of the statements that match; without one, of those that still may; else of
        all of them.
        """
        statuses = now.assessment.options[name].statements
        statements = self.option(name).statements.values()
        matching = [each for each in statements if statuses[each.id] is Status.DESCRIBED]
        if now.assessment.options[name].status is not Status.DESCRIBED or not matching:
            open_ = [each for each in statements if statuses[each.id] is not Status.NOT_DESCRIBED]
            matching = open_ or list(statements)
        claims = dict.fromkeys(claim for each in matching for claim in each.claims)
        return citations(self.curriculum.pathway, claims, self.curriculum.today)

    def of_conclusion(self, subject: str, choice: str) -> tuple[str, tuple[Citation, ...]]:
        why, cited = self.of_option(self.now, subject)
        if choice in (DESCRIBED, NOT_DESCRIBED):
            return why, cited
        label = factor_label(self.curriculum.pathway.factors[choice])
        if choice in self.now.assessment.options[subject].verdict.depends_on:
            return f"Two cases that fit and differ here alone differ in it. {why}", cited
        return f"Whatever the answer to “{label}” is, it changes nothing here. {why}", cited

    def of_alert(self, name: str) -> tuple[str, tuple[Citation, ...]]:
        now, functions = self.now, self.curriculum.compiled.alerts[name]
        found = reason(now.compiled, now.answers, functions.raised)
        raised = now.assessment.alerts.get(name) is AlertState.RAISED
        if raised and found.verdict.status is not Status.DESCRIBED:
            found = reason(now.compiled, now.answers, functions.when)
        applies = found.verdict.status is Status.DESCRIBED
        words = reasoned(now, found, "applies" if applies else "does not apply")
        claims = self.curriculum.pathway.alerts[name].claims
        return sentence(words), citations(self.curriculum.pathway, claims, self.curriculum.today)

    def of_source(self, subject: str, source: str) -> tuple[str, tuple[Citation, ...]]:
        lines = [
            line
            for line in statement_lines(self.now, self.option(subject))
            if line.source == source
        ]
        stand = self.stands[source]
        if not lines:
            return self.without_statement(self.option(subject), source, stand)
        words = list(dict.fromkeys(line.match for line in lines))
        if stand is Stand.MATCHES and all(line.status is Status.POSSIBLE for line in lines):
            words.insert(0, "matches: one sentence or another of it holds in any case")
        cited = dict.fromkeys(each for line in lines for each in line.citations)
        return sentence("; ".join(words)), tuple(cited)

    @property
    def stands(self) -> Mapping[str, Stand]:
        """How each document stands to the option asked about."""
        return self.now.explained.agreement[self.task.subject or ""].stands

    def without_statement(
        self, option: Option, source: str, stand: Stand
    ) -> tuple[str, tuple[Citation, ...]]:
        """How a document stands that does not say when an option is used; one claim as evidence."""
        word, pathway = STAND_WORDS[stand], self.curriculum.pathway
        if stand is Stand.SILENT:
            return f"{word}: this document has no sentence on {named(option.label)}.", ()
        own = [each for each in claims_on(pathway, option) if pathway.claims[each].source == source]
        why = f"{word}: this document speaks of {named(option.label)}, and not of when it is used."
        return why, citations(pathway, own[:1], self.curriculum.today)

    def asked(self, choices: Iterable[str]) -> tuple[str, ...]:
        """The questions on which the verdicts of these choices rest."""
        named: set[str] = set()
        for choice in choices:
            named.update(self.factors(choice))
        return tuple(factor for factor in self.curriculum.pathway.factors if factor in named)

    def factors(self, choice: str) -> tuple[str, ...]:
        match self.task.kind:
            case TaskKind.OPTIONS:
                judged = self.now.assessment.options[choice].verdict
                return judged.because or judged.depends_on
            case TaskKind.CHANGE:
                return (choice.rpartition(":")[0],)
            case TaskKind.ALERT:
                raised = self.curriculum.compiled.alerts[choice].raised
                return self.curriculum.compiled.support(raised)
            case _:
                return self.curriculum.compiled.support(
                    self.curriculum.compiled.options[self.task.subject or ""]
                )

    # --- a set that decides together

    def decided(self, question: Question, decision: Decision, chosen: frozenset[str]) -> Marking:
        """Marks against the minimal reason that lies nearest to what was ticked."""
        enough = sufficient(self.curriculum, self.task, decision, chosen)
        reasons = [each for each in decision.reasons if not enough or each <= chosen]
        nearest = min(reasons, key=lambda each: (len(each ^ chosen), len(each - chosen)))
        cited = self.decision_claims()
        whys = {
            Judgement.HIT: "Part of what decides it.",
            Judgement.MISSED: "Needed besides the others.",
            Judgement.OVER_CALLED: "Not needed." if enough else "Not part of the nearest such set.",
        }
        lines = tuple(
            MarkedChoice(choice.id, choice.label, judgement, whys[judgement], cited)
            for choice in question.choices
            if (judgement := _judgement(choice.id in chosen, right=choice.id in nearest))
        )
        return Marking(chosen, lines, self.remarks(decision, chosen, enough=enough))

    def decision_claims(self) -> tuple[Citation, ...]:
        subject = self.task.subject or ""
        if self.task.kind is TaskKind.ALERT:
            claims = self.curriculum.pathway.alerts[subject].claims
            return citations(self.curriculum.pathway, claims, self.curriculum.today)
        return self.claims(self.now, subject)

    def remarks(
        self, decision: Decision, chosen: frozenset[str], *, enough: bool
    ) -> tuple[str, ...]:
        pathway = self.curriculum.pathway
        listed = [
            factor_labels(pathway, [name for name in pathway.factors if name in each])
            for each in decision.reasons
        ]
        every = f"What alone decides it: {joined([f'[{each}]' for each in listed], 'or')}."
        if chosen in decision.reasons:
            return ("Complete: these answers alone decide it, and none can be left out.", every)
        if enough:
            return ("Complete but not minimal: they decide it, but not all are needed.", every)
        other = counterexample(self.curriculum.pool, self.task.case.answers, decision, chosen)
        return (f"Not sufficient. {self.counter_words(other)}", every)

    def counter_words(self, other: tuple[str, ...]) -> str:
        outcome = "it is otherwise"
        if self.task.kind is TaskKind.REASON:
            now = self.now.assessment.options[self.task.subject or ""].status
            outcome = "described" if now is Status.NOT_DESCRIBED else "not described"
            outcome = f"{named(self.option(self.task.subject or '').label)} is {outcome}"
        elif self.task.kind is TaskKind.ALERT:
            alert = self.curriculum.pathway.alerts[self.task.subject or ""]
            outcome = f"“{LEVEL_WORDS[alert.level]}: {alert.title}” does not apply"
        return f"A counterexample keeps the ticked answers, and {outcome}: {'; '.join(other)}."
