"""The walk through the questions: what is asked next, and why the others are not."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from wizard.case.answers import UNKNOWN
from wizard.pathway.factors import DerivedFactor, Factor
from wizard.pathway.model import Shown, Status
from wizard.reasoning.situation import Situation
from wizard.record import Record
from wizard.wording.answers import answer_text, factor_labels
from wizard.wording.deriving import left_text, worked_out_from
from wizard.wording.statuses import reasoned
from wizard.wording.text import counted, sentence

CHANGE_WORDS: Final[Mapping[Shown, str]] = {
    Shown.STATUS: "whether an option is described",
    Shown.AIM: "an aim",
    Shown.USUAL_SETTING: "a usual setting",
    Shown.EXCLUSION: "an exclusion",
    Shown.ALERT: "an alert",
}


class QuestionState(StrEnum):
    """Where a question stands in the walk."""

    ANSWERED = "answered"
    NOT_RECORDED = "not_recorded"
    """Asked, and not known."""
    TO_ASK = "to_ask"
    RECORD_ONLY = "record_only"
    """Asked in its place, and used by no option."""
    WAITING = "waiting"
    """Whether it applies hangs on another answer."""
    SETTLED = "settled"
    """Can no longer change anything shown."""
    NOT_APPLICABLE = "not_applicable"
    WORKED_OUT = "worked_out"
    """Never asked: it follows from other answers, unless it was answered itself."""
    PARKED = "parked"
    """Answered, but it does not apply: kept until it does."""


class QuestionRow(Record):
    """A question on the map: its state, its answer in words, and a remark on the state."""

    factor: str
    state: QuestionState
    answer: str
    remark: str


def question_rows(situation: Situation) -> tuple[QuestionRow, ...]:
    """Every question, in the order of the walk."""
    return tuple(
        QuestionRow(
            factor=factor.id,
            state=(state := question_state(situation, factor)),
            answer=(
                left_text(situation, factor, whence=True)
                if state is QuestionState.WORKED_OUT
                else answer_text(factor, situation.answers.get(factor.id))
            ),
            remark="" if state is QuestionState.WORKED_OUT else _remark(situation, factor, state),
        )
        for step in situation.pathway.steps
        for factor in (situation.pathway.factors[name] for name in step.factors)
    )


def question_state(situation: Situation, factor: Factor) -> QuestionState:
    """Where one question stands."""
    assessment = situation.assessment
    answer = situation.answers.entries.get(factor.id)
    silent = isinstance(factor, DerivedFactor) and answer in (None, UNKNOWN)
    if answer is not None and not silent:
        known = QuestionState.NOT_RECORDED if answer == UNKNOWN else QuestionState.ANSWERED
        return QuestionState.PARKED if factor.id in assessment.parked else known
    match assessment.applies[factor.id]:
        case Status.NOT_DESCRIBED:
            return QuestionState.NOT_APPLICABLE
        case _ if silent:
            return QuestionState.WORKED_OUT
        case Status.POSSIBLE if factor.id in assessment.waiting or factor.record_only:
            return QuestionState.WAITING
    if factor.record_only:
        return QuestionState.RECORD_ONLY
    return QuestionState.TO_ASK if factor.id in situation.to_ask else QuestionState.SETTLED


def next_question(situation: Situation) -> Factor | None:
    """The question to ask now; None where all that can change something shown have been asked.

    A question that is only recorded is asked in its turn, and does not delay the end.
    """
    if next(_to_ask(situation), None) is None:
        return None
    asked = (QuestionState.TO_ASK, QuestionState.RECORD_ONLY)
    factors = situation.pathway.factors.values()
    return next(each for each in factors if question_state(situation, each) in asked)


def still_wanted(situation: Situation) -> str:
    """How many questions can still change something shown: those to ask, else fuller answers."""
    to_ask = sum(1 for _ in _to_ask(situation))
    fuller = len(situation.assessment.next)
    if to_ask or not fuller:
        return f"{counted(to_ask, 'question')} still {'matters' if to_ask == 1 else 'matter'}"
    return f"fuller answers to {counted(fuller, 'question')} still matter"


def _to_ask(situation: Situation) -> Iterator[Factor]:
    """The questions that are to ask, in any order."""
    for name in situation.to_ask:
        factor = situation.pathway.factors[name]
        if question_state(situation, factor) is QuestionState.TO_ASK:
            yield factor


def known_and_settled(situation: Situation) -> str:
    """How far the case is: `4 answers known, 9 not known; 14 of 18 options settled`.

    A question that does not apply is neither known nor not known.
    """
    states = [question_state(situation, each) for each in situation.pathway.factors.values()]
    known = states.count(QuestionState.ANSWERED)
    apart = states.count(QuestionState.PARKED) + states.count(QuestionState.NOT_APPLICABLE)
    worked_out = states.count(QuestionState.WORKED_OUT)
    options = situation.assessment.options.values()
    settled = sum(option.status is not Status.POSSIBLE for option in options)
    parts = [f"{known} answer{'' if known == 1 else 's'} known"]
    parts.append(f"{len(states) - known - apart - worked_out} not known")
    if apart:
        parts.append(f"{apart} {'does' if apart == 1 else 'do'} not apply")
    return f"{', '.join(parts)}; {settled} of {len(options)} options settled"


def how_far(situation: Situation, *, brief: bool = False) -> str:
    """The same while answers are given: `14 of 18 settled; answers still wanted: 8`.

    Brief, for narrow screens: `14/18 settled; 8 wanted`.
    """
    options = situation.assessment.options.values()
    settled = sum(option.status is not Status.POSSIBLE for option in options)
    wanted = len(situation.assessment.next)
    left = f"answers still wanted: {wanted}" if wanted else "no answer is still wanted"
    if brief:
        return f"{settled}/{len(options)} settled; {wanted or 'none'} wanted"
    return f"{settled} of {len(options)} settled; {left}"


def end_sentence(situation: Situation) -> str:
    """What is true when every question that can change something has been asked."""
    incomplete = [each.factor for each in situation.assessment.next]
    incomplete += situation.assessment.waiting
    if not incomplete:
        return "No question is left that can change anything shown."
    in_order = [factor for factor in situation.pathway.factors if factor in incomplete]
    labels = factor_labels(situation.pathway, in_order)
    return sentence(
        "Every question that can change something has been asked; fuller answers to these still "
        f"can: {labels}"
    )


def why_asked(situation: Situation, factor: Factor) -> str:
    """Why this question matters, or why it no longer does."""
    if factor.record_only:
        return sentence(factor.record_only)
    found = [each for each in situation.assessment.next if each.factor == factor.id]
    if not found:
        return why_not_asked(situation, factor)
    options = options_that_depend(situation, factor)
    if not options:
        words = " or ".join(CHANGE_WORDS[change] for change in found[0].changes)
        return sentence(f"Its answer can still change {words}")
    depend = "depends" if len(options) == 1 else "depend"
    labels = "; ".join(situation.pathway.options[option].label for option in options)
    return sentence(f"{counted(len(options), 'option')} still {depend} on it: {labels}")


def options_that_depend(situation: Situation, factor: Factor) -> tuple[str, ...]:
    """The options whose status still depends on a question, in the neutral order."""
    return tuple(
        option.id
        for option in situation.assessment.options.values()
        if factor.id in option.verdict.depends_on
    )


def why_not_asked(situation: Situation, factor: Factor) -> str:
    """Why a question is skipped; empty where it is not."""
    return _remark(situation, factor, question_state(situation, factor))


def _remark(situation: Situation, factor: Factor, state: QuestionState) -> str:
    match state:
        case QuestionState.SETTLED:
            return "Cannot change any option, aim, usual setting or alert now."
        case QuestionState.RECORD_ONLY | QuestionState.WORKED_OUT:
            return sentence(factor.record_only or worked_out_from(situation.pathway, factor))
        case QuestionState.WAITING:
            return sentence(f"whether it is asked {_hangs_on(situation, factor)}")
        case QuestionState.NOT_APPLICABLE:
            return sentence(f"does not apply {_hangs_on(situation, factor)}")
        case QuestionState.PARKED:
            return sentence(f"kept, not used: it does not apply {_hangs_on(situation, factor)}")
        case _:
            return ""


def _hangs_on(situation: Situation, factor: Factor) -> str:
    """The answers, or the open questions, that decide whether a question applies."""
    return reasoned(situation, situation.explained.applying[factor.id], "").strip()
