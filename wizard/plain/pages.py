"""What the line-by-line wizard says, as lines of text."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from wizard.case.answers import Answer
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor, ValueGroup
from wizard.plain.commands import COMMANDS
from wizard.plain.lines import WIDTH, listed, wrapped
from wizard.plain.replies import NOT_DONE_WORD
from wizard.plain.session import Session
from wizard.reasoning import case_diff
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.situation import Situation
from wizard.report.reading import alert_notice
from wizard.report.text import item_lines
from wizard.wording.alerts import AlertText, emergency_texts
from wizard.wording.answers import (
    NOT_KNOWN_KEY,
    RANGES_TOO,
    answer_text,
    colon,
    factor_label,
    groups_of_members,
    listed_answers,
)
from wizard.wording.differences import alerts_moved, mark, option_moved
from wizard.wording.notices import (
    AUDIENCE,
    NEUTRAL_ORDER,
    NO_NAMES,
    NOT_UNSUITABLE,
    documents_line,
    foreign_line,
    review_line,
)
from wizard.wording.options import option_card, option_lists
from wizard.wording.outline import quoted
from wizard.wording.sources import citations
from wizard.wording.statuses import STATUS_TITLES
from wizard.wording.text import sentence
from wizard.wording.trees import Reach, tree_lines
from wizard.wording.walk import QuestionState, question_rows, question_state, why_not_asked

STATE_WORDS: Final = {
    QuestionState.ANSWERED: "answered",
    QuestionState.NOT_RECORDED: "not known",
    QuestionState.TO_ASK: "to ask",
    QuestionState.RECORD_ONLY: "only recorded",
    QuestionState.WAITING: "waits",
    QuestionState.SETTLED: "no longer matters",
    QuestionState.NOT_APPLICABLE: "does not apply",
    QuestionState.PARKED: "kept, not used",
    QuestionState.WORKED_OUT: "never asked",
}

_WITH_ANSWER: Final = (
    QuestionState.ANSWERED,
    QuestionState.PARKED,
    QuestionState.WORKED_OUT,
)
_REACHED: Final = {Reach.TAKEN: "+", Reach.OPEN: "?", Reach.CLOSED: "-"}


def opening(now: Situation) -> Iterator[str]:
    """What stands before the first question."""
    pathway = now.pathway
    yield from wrapped(f"{pathway.title} {pathway.version}. {documents_line(pathway)}.")
    yield from wrapped(pathway.intended_use)
    for line in (f"{AUDIENCE} {review_line(pathway)}", *foreign_line(pathway), NO_NAMES):
        yield from wrapped(line)
    yield ""
    yield f"Type the number of an answer, or {NOT_KNOWN_KEY} for not known."
    yield "Commands are words, such as why, back, lists, result and quit; ? lists them all."
    for alert in emergency_texts(now):
        yield from _alert(alert)


def _alert(alert: AlertText) -> Iterator[str]:
    yield ""
    yield from item_lines(alert_notice(alert), WIDTH)


def commands() -> Iterator[str]:
    """The commands that work at every question, by purpose."""
    yield f"Type the number of an answer, {NOT_KNOWN_KEY} for not known, or a command by its word"
    yield "or its letter. OPTION and QUESTION are a number, a name or the beginning of one."
    for purpose, same in groupby(COMMANDS, key=lambda command: command.purpose):
        yield f"{purpose.value}:"
        for command in same:
            takes = f" {command.takes}" if command.takes else ""
            name = f"{command.word}{takes} (or {command.letter})"
            yield from listed(f"{name}: {command.does}")


def question(session: Session, factor: Factor) -> Iterator[str]:
    """A question with its numbered answers."""
    now = session.now
    place = list(now.pathway.factors).index(factor.id) + 1
    yield ""
    for alert in emergency_texts(now):
        if alert.state is AlertState.RAISED:
            yield from wrapped(f"{alert.heading} (r to read)")
    step = next(step.label for step in now.pathway.steps if step.id == factor.step)
    title = f"Question {place} of {len(now.pathway.factors)}, {step}: {factor.question}"
    yield from wrapped(title)
    remark = why_not_asked(now, factor)
    if remark:
        yield from wrapped(remark)
    yield from _answers(factor)
    before = now.answers.get(factor.id)
    if before is not None:
        yield from wrapped(f"Answered so far: {answer_text(factor, before)} (Enter keeps it)")


def _answers(factor: Factor) -> Iterator[str]:
    for number, each in enumerate(listed_answers(factor).values(), 1):
        some = isinstance(each, ValueGroup) and not each.whole
        label = f"any of these: {each.label}" if some else each.label
        yield from listed(f"{number}. {label}")
    if factor.not_done and not isinstance(factor, ChoiceFactor):
        yield from listed(f"{NOT_DONE_WORD}. {factor.not_done}")
    yield f"  {NOT_KNOWN_KEY}. Not known"
    for group in groups_of_members(factor) if isinstance(factor, MultiFactor) else ():
        yield from wrapped(group)
    match factor:
        case ChoiceFactor():
            yield "One number, or several where it is one of them and not known which: 1,2"
        case MultiFactor():
            none = "" if factor.at_least else f" none: {factor.none_label or 'none of these'}."
            yield from wrapped(
                "Numbers of all that are present: 1,2. A minus before a number: absent. The "
                "others stay not known, unless you end with rest: 1 rest makes them absent."
                f"{none}"
            )
        case NumberFactor():
            kind = "An integer" if factor.whole else "A number"
            unit = f" in {factor.unit}" if factor.unit else ""
            bounds = f"from {factor.minimum} to {factor.maximum}"
            yield from wrapped(f"{kind}{unit} {bounds}, or {RANGES_TOO}")


def help_page(now: Situation, factor: Factor | None) -> Iterator[str]:
    """Help on a question, its answers and the commands."""
    if factor is not None:
        yield from wrapped(factor.help)
        if factor.record_only:
            yield from wrapped(factor.record_only)
        for number, value in enumerate(listed_answers(factor).values(), 1):
            if value.help:
                yield from listed(f"{number}. {value.label}: {value.help}")
        yield "What the documents say:"
        for said in quoted(citations(now.pathway, factor.claims, now.today)):
            yield from item_lines(said, WIDTH, 1)
    yield from commands()


def recorded(factor: Factor, answer: Answer) -> Iterator[str]:
    """An answer read back."""
    text = f"{colon(factor_label(factor))} {answer_text(factor, answer)}"
    yield from wrapped(sentence(f"Recorded: {text}"))


def moved(before: Situation, after: Situation) -> Iterator[str]:
    """What an answer moved: options, alerts, and questions that are no longer asked."""
    pathway = after.pathway
    found = case_diff.moved(before.assessment, after.assessment)
    for move in found.options:
        yield from wrapped(f"{mark(move)} {option_moved(pathway, move)}", "  ", "    ")
    for says in alerts_moved(pathway, found).values():
        yield from wrapped(f"! {says}", "  ", "    ")
    for alert in emergency_texts(after):
        if before.assessment.alerts.get(alert.id) is not alert.state:
            yield from _alert(alert)
    for factor in pathway.factors.values():
        state = question_state(after, factor)
        dropped = state in (QuestionState.SETTLED, QuestionState.NOT_APPLICABLE)
        parked = state is QuestionState.PARKED
        if (parked or dropped) and question_state(before, factor) is not state:
            remark = why_not_asked(after, factor)
            yield from wrapped(f"Skipped: {colon(factor_label(factor))} {remark}", "  ", "    ")


def questions_page(now: Situation) -> Iterator[str]:
    """Every question with its number, state and answer."""
    for number, row in enumerate(question_rows(now), 1):
        label = colon(factor_label(now.pathway.factors[row.factor]))
        given = row.state in _WITH_ANSWER
        answer = f"{row.answer}; " if given else ""
        remark = f". {row.remark}" if row.remark else ""
        yield from listed(f"{number}. {label} {answer}{STATE_WORDS[row.state]}{remark}")
    yield "go and a number goes to that question."


def lists_page(now: Situation) -> Iterator[str]:
    """The three lists in short, each option with its number and its reason."""
    numbers = {option: number for number, option in enumerate(now.pathway.options, 1)}
    for status, rows in option_lists(now).items():
        yield f"{STATUS_TITLES[status]}: {len(rows)}"
        for row in rows:
            yield from listed(f"{numbers[row.id]}. {row.remarked}: {row.why}")
    yield from wrapped(f"{NOT_UNSUITABLE} {NEUTRAL_ORDER}")
    yield "option and a number reads about that option, why and a number gives its reasons."


def tree_page(now: Situation, option_id: str) -> Iterator[str]:
    """The trees of an option's statements and exclusions, indented, the way of this case marked."""
    card = option_card(now, option_id)
    yield from wrapped(f"{card.row.label}. {card.row.why}")
    yield from wrapped(
        "Marks: + this case goes here, ? it may go here and answers are missing, - it cannot."
    )
    option = now.pathway.options[option_id]
    parts = [(line, option.statements[line.id].rule) for line in card.statements]
    parts += [(line, option.excludes[line.id].when) for line in card.exclusions]
    for line, rule in parts:
        yield ""
        yield from wrapped(f"{', '.join(each.claim for each in line.citations)} {line.match}")
        for branch in tree_lines(now, rule.tree):
            outcome = {True: "described", False: "not described", None: ""}[branch.outcome]
            words = ": ".join(part for part in (branch.words, outcome) if part)
            indent = "  " * (branch.depth + 1)
            yield from wrapped(words, f"{indent}{_REACHED[branch.reach]} ", f"{indent}  ")
