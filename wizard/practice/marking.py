"""Marking an answer: what was right, missed and wrong, each difference with its reason.

What is missed counts as much as what is wrong.  A mark tells agreement with the documents, never
with good care.
"""

from collections.abc import Callable, Iterable, Set
from enum import StrEnum
from functools import cached_property
from typing import Final

from wizard.pathway.model import Option, Status
from wizard.pathway.owned_rules import RuleKey, RuleKind
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
from wizard.reasoning.agreement import Stand
from wizard.reasoning.assessing import reason
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.situation import Situation, situation
from wizard.record import Record
from wizard.wording.agreeing import STAND_WORDS
from wizard.wording.answers import factor_label, factor_labels
from wizard.wording.citing import cited_by_way
from wizard.wording.options import exclusion_lines, option_row, statement_lines
from wizard.wording.outline import Citation
from wizard.wording.sources import citations
from wizard.wording.statuses import LEVEL_WORDS, reasoned
from wizard.wording.text import counted, joined, named, sentence

AGREEMENT: Final = (
    "Marks tell agreement with these documents only. They say nothing about what good care is."
)


class Judgement(StrEnum):
    """What became of one choice."""

    RIGHT = "right"
    MISSED = "missed"
    WRONG = "wrong"


class MarkedChoice(Record):
    """A choice that was right or ticked: what became of it, why, and what that rests on."""

    choice: str
    label: str
    judgement: Judgement
    why: str
    citations: tuple[Citation, ...]


class Marking(Record):
    """A marked answer: what was ticked, a line for each choice that counts, and what to add.

    `remarks` are sentences on the answer as a whole.
    """

    chosen: frozenset[str]
    lines: tuple[MarkedChoice, ...]
    remarks: tuple[str, ...] = ()

    @property
    def hit(self) -> int:
        """Right choices that were ticked."""
        return self._count(Judgement.RIGHT)

    @property
    def missed(self) -> int:
        """Right choices that were not ticked."""
        return self._count(Judgement.MISSED)

    @property
    def over_called(self) -> int:
        """Ticked choices that are not right."""
        return self._count(Judgement.WRONG)

    @property
    def right(self) -> bool:
        """Whether nothing was missed and nothing was wrong."""
        return not self.missed and not self.over_called

    @property
    def differences(self) -> tuple[MarkedChoice, ...]:
        """What was missed or wrong."""
        return tuple(line for line in self.lines if line.judgement is not Judgement.RIGHT)

    def _count(self, judgement: Judgement) -> int:
        return sum(line.judgement is judgement for line in self.lines)


def mark(curriculum: Curriculum, task: Task, place: int, chosen: frozenset[str]) -> Marking:
    """The marks of what was ticked in one of a task's questions."""
    marker = _Marker(curriculum, task)
    question = task.questions[place]
    if question.decision is not None:
        return marker.decided(question, question.decision, chosen)
    why = marker.of_exclusion if question.excluding else marker.why
    return Marking(chosen, _lines(question, chosen, question.right, lambda choice, _: why(choice)))


def hint(curriculum: Curriculum, task: Task, place: int, marking: Marking) -> str:
    """What to look at again, without what is right: how many differ, and on which questions."""
    decision, marker = task.questions[place].decision, _Marker(curriculum, task)
    marks = ((marking.hit, "right"), (marking.missed, "missing"), (marking.over_called, "wrong"))
    parts = [f"{counted(number, 'is', 'are')} {word}" for number, word in marks if number]
    told = sentence(", ".join(parts))
    if decision is not None:
        if marker.sufficient(decision, marking.chosen):
            return f"{told} These answers do decide it, but not all of them are needed."
        return f"{told} Another case with the same ticked answers has the other outcome."
    asked = {factor for line in marking.differences for factor in marker.factors(line.choice)}
    if not asked or task.kind is TaskKind.SOURCE:
        return told
    return sentence(f"{told} Look again at: {marker.labels(asked)}")


# --- parts -----------------------------------------------------------------------------------


_Why = tuple[str, tuple[Citation, ...]]
"""A reason, and the claims that it rests on."""


def _lines(
    question: Question, chosen: Set[str], right: Set[str], why: Callable[[str, Judgement], _Why]
) -> tuple[MarkedChoice, ...]:
    """A line for each choice that is ticked or right."""
    judged = {
        **dict.fromkeys(chosen & right, Judgement.RIGHT),
        **dict.fromkeys(chosen - right, Judgement.WRONG),
        **dict.fromkeys(right - chosen, Judgement.MISSED),
    }
    return tuple(
        MarkedChoice(choice.id, choice.label, judged[choice.id], *why(choice.id, judged[choice.id]))
        for choice in question.choices
        if choice.id in judged
    )


class _Marker:
    """The reasons behind the marks of one task, each found when it is first needed."""

    def __init__(self, curriculum: Curriculum, task: Task) -> None:
        self.curriculum = curriculum
        self.task = task
        self.pathway = curriculum.pathway
        self.subject = task.subject or ""

    @cached_property
    def now(self) -> Situation:
        return situation(self.curriculum.compiled, self.task.case.answers, self.curriculum.today)

    def cited(self, claims: Iterable[str]) -> tuple[Citation, ...]:
        return citations(self.pathway, claims, self.curriculum.today)

    def labels(self, factors: Set[str]) -> str:
        return factor_labels(
            self.pathway, [each for each in self.pathway.factors if each in factors]
        )

    def sufficient(self, decision: Decision, chosen: Iterable[str]) -> bool:
        """Whether these answers of the case alone decide."""
        given = {factor: self.task.case.answers[factor] for factor in chosen}
        return self.curriculum.compiled.settles(given, decision.function, wanted=decision.wanted)

    # --- choices that count each by itself

    def why(self, choice: str) -> _Why:
        """Why a choice is right or not, and the claims that this rests on."""
        match self.task.kind:
            case TaskKind.OPTIONS:
                return self.of_option(self.now, choice)
            case TaskKind.CONCLUDE:
                return self.of_conclusion(choice)
            case TaskKind.CHANGE:
                changed = self.task.changed[choice]
                then = situation(self.curriculum.compiled, changed, self.curriculum.today)
                return self.of_option(then, self.subject)
            case TaskKind.ALERT:
                return self.of_alert(choice)
            case TaskKind.SOURCE:
                return self.of_source(choice)
            case TaskKind.REASON:
                return "", ()

    def of_option(self, now: Situation, name: str) -> _Why:
        return option_row(now, self.pathway.options[name]).why, self.claims(now, name)

    def claims(self, now: Situation, name: str) -> tuple[Citation, ...]:
        """The claims of the statements that match; without one, of those that still may; else of
        all of them.
        """
        statuses = now.assessment.options[name].statements
        statements = self.pathway.options[name].statements.values()
        matching = [each for each in statements if statuses[each.id] is Status.DESCRIBED]
        if now.assessment.options[name].status is not Status.DESCRIBED or not matching:
            open_ = [each for each in statements if statuses[each.id] is not Status.NOT_DESCRIBED]
            matching = open_ or list(statements)
        claims = dict.fromkeys(
            claim
            for each in matching
            for claim in now.assessment.cited(
                (RuleKey(RuleKind.STATEMENT, name, each.id), each.claims)
            ).certain
        )
        return self.cited(claims)

    def of_conclusion(self, choice: str) -> _Why:
        why, cited = self.of_option(self.now, self.subject)
        if choice in (DESCRIBED, NOT_DESCRIBED):
            return why, cited
        label = factor_label(self.pathway.factors[choice])
        if choice in self.now.assessment.options[self.subject].verdict.depends_on:
            return f"Two cases that fit and differ here alone differ in it. {why}", cited
        return f"Whatever the answer to “{label}” is, it changes nothing here. {why}", cited

    def of_alert(self, name: str) -> _Why:
        now, functions = self.now, self.curriculum.compiled.alerts[name]
        found = reason(now.compiled, now.answers, functions.raised)
        raised = now.assessment.alerts.get(name) is AlertState.RAISED
        if raised and found.verdict.status is not Status.DESCRIBED:
            found = reason(now.compiled, now.answers, functions.when)
        applies = found.verdict.status is Status.DESCRIBED
        words = reasoned(now, found, "applies" if applies else "does not apply")
        return sentence(words), cited_by_way(
            now, (RuleKey(RuleKind.ALERT, name), self.pathway.alerts[name].claims)
        )

    def of_source(self, source: str) -> _Why:
        option = self.pathway.options[self.subject]
        lines = [line for line in statement_lines(self.now, option) if line.source == source]
        stand = self.now.explained.agreement[self.subject].stands[source]
        if not lines:
            return self.without_statement(option, source, stand)
        words = list(dict.fromkeys(line.match for line in lines))
        if stand is Stand.MATCHES and all(line.status is Status.POSSIBLE for line in lines):
            words.insert(0, "matches: one sentence or another of it holds in any case")
        cited = dict.fromkeys(each for line in lines for each in line.citations)
        return sentence("; ".join(words)), tuple(cited)

    def of_exclusion(self, source: str) -> _Why:
        """Whether a document says that the option is not for such a case."""
        option = self.pathway.options[self.subject]
        lines = [line for line in exclusion_lines(self.now, option) if line.source == source]
        if not lines:
            label = named(option.label)
            return f"This document does not say for whom {label} is not meant.", ()
        cited = dict.fromkeys(each for line in lines for each in line.citations)
        return sentence("; ".join(dict.fromkeys(line.match for line in lines))), tuple(cited)

    def without_statement(self, option: Option, source: str, stand: Stand) -> _Why:
        """How a document stands that does not say when an option is used; one claim as evidence."""
        word, pathway = STAND_WORDS[stand], self.pathway
        if stand is Stand.SILENT:
            return f"{word}: this document has no sentence on {named(option.label)}.", ()
        own = [
            each for each in pathway.claims_on[option.id] if pathway.claims[each].source == source
        ]
        why = f"{word}: this document speaks of {named(option.label)}, and not of when it is used."
        return why, self.cited(own[:1])

    def factors(self, choice: str) -> tuple[str, ...]:
        """The questions on which the verdict of a choice rests."""
        compiled = self.curriculum.compiled
        match self.task.kind:
            case TaskKind.OPTIONS:
                judged = self.now.assessment.options[choice].verdict
                return judged.because or judged.depends_on
            case TaskKind.CHANGE:
                return (choice.rpartition(":")[0],)
            case TaskKind.ALERT:
                return compiled.support(compiled.alerts[choice].raised)
            case _:
                return compiled.support(compiled.options[self.subject])

    # --- a set that decides together

    def decided(self, question: Question, decision: Decision, chosen: frozenset[str]) -> Marking:
        """Marks against the minimal reason that lies nearest to what was ticked."""
        enough = self.sufficient(decision, chosen)
        reasons = [each for each in decision.reasons if not enough or each <= chosen]
        nearest = min(reasons, key=lambda each: (len(each ^ chosen), len(each - chosen)))
        alert = self.pathway.alerts.get(self.subject)
        cited = self.claims(self.now, self.subject) if alert is None else self.cited(alert.claims)
        whys = {
            Judgement.RIGHT: "Part of what decides it.",
            Judgement.MISSED: "Needed besides the others.",
            Judgement.WRONG: "Not needed." if enough else "Not part of the nearest such set.",
        }
        lines = _lines(question, chosen, nearest, lambda _, judgement: (whys[judgement], cited))
        return Marking(chosen, lines, self.remarks(decision, chosen, enough=enough))

    def remarks(
        self, decision: Decision, chosen: frozenset[str], *, enough: bool
    ) -> tuple[str, ...]:
        listed = [f"[{self.labels(each)}]" for each in decision.reasons]
        every = f"What alone decides it: {joined(listed, 'or')}."
        if chosen in decision.reasons:
            return ("Complete: these answers alone decide it, and none can be left out.", every)
        if enough:
            return ("Complete but not minimal: they decide it, but not all are needed.", every)
        other = counterexample(self.curriculum.pool, self.task.case.answers, decision, chosen)
        return (f"Not sufficient. {self.counter_words(other)}", every)

    def counter_words(self, other: tuple[str, ...]) -> str:
        if self.task.kind is TaskKind.ALERT:
            alert = self.pathway.alerts[self.subject]
            outcome = f"“{LEVEL_WORDS[alert.level]}: {alert.title}” does not apply"
        else:
            now = self.now.assessment.options[self.subject].status
            outcome = "is described" if now is Status.NOT_DESCRIBED else "is not described"
            outcome = f"{named(self.pathway.options[self.subject].label)} {outcome}"
        return f"A counterexample keeps the ticked answers, and {outcome}: {'; '.join(other)}."
