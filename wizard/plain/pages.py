"""What the line-by-line wizard says, as lines of text."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from wizard.case.answers import Answer
from wizard.pathway.model import ChoiceFactor, Factor, Level, MultiFactor, NumberFactor, ValueGroup
from wizard.plain.commands import COMMANDS
from wizard.plain.session import Session
from wizard.reasoning.assessment import AlertState
from wizard.report.text import section_lines
from wizard.report.text import wrapped as text_lines
from wizard.wording.alerts import AlertText, alert_texts, emergency_texts
from wizard.wording.answers import (
    NOT_KNOWN_KEY,
    answer_text,
    colon,
    factor_label,
    listed_answers,
)
from wizard.wording.changes import alert_moves, moves
from wizard.wording.notices import (
    AUDIENCE,
    NEUTRAL_ORDER,
    NO_NAMES,
    NOT_UNSUITABLE,
    documents_line,
    foreign_line,
    review_line,
)
from wizard.wording.options import CardRow, OptionRow, option_card, option_lists, told_once
from wizard.wording.outline import Section
from wizard.wording.search import (
    MOST_OF_A_KIND,
    NOTHING_FOUND,
    Hit,
    HitKind,
    found_by_words,
    search,
)
from wizard.wording.situation import Situation
from wizard.wording.sources import Citation, citation, citations
from wizard.wording.statuses import STATUS_TITLES
from wizard.wording.text import sentence
from wizard.wording.trees import Reach, TreeLine, tree_lines
from wizard.wording.walk import QuestionState, question_rows, question_state, why_not_asked

WIDTH: Final = 80

STATE_WORDS: Final = {
    QuestionState.ANSWERED: "answered",
    QuestionState.NOT_RECORDED: "not known",
    QuestionState.TO_ASK: "to ask",
    QuestionState.RECORD_ONLY: "only recorded",
    QuestionState.WAITING: "waits",
    QuestionState.SETTLED: "no longer matters",
    QuestionState.NOT_APPLICABLE: "does not apply",
    QuestionState.PARKED: "kept, not used",
}

_REACHED: Final = {Reach.TAKEN: "+", Reach.OPEN: "?", Reach.CLOSED: "-"}


def wrapped(text: str, indent: str = "", later: str | None = None) -> list[str]:
    """Text in lines of at most 80 columns."""
    return text_lines(text, WIDTH, indent, indent if later is None else later)


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
        yield from alert_page(alert)


def section_page(parts: Iterable[Section]) -> Iterator[str]:
    """Sections of a report, as lines of at most 80 columns."""
    for part in parts:
        yield ""
        yield from section_lines(part, WIDTH)


def commands() -> Iterator[str]:
    """The commands that work at every question, by use."""
    yield f"Type the number of an answer, {NOT_KNOWN_KEY} for not known, or a command by its word"
    yield "or its letter. OPTION and QUESTION are a number, a name or the beginning of one."
    for use, same in groupby(COMMANDS, key=lambda command: command.use):
        yield f"{use.value}:"
        for command in same:
            takes = f" {command.takes}" if command.takes else ""
            name = f"{command.word}{takes} (or {command.letter})"
            yield from wrapped(f"{name}: {command.does}", "  ", "     ")


def question(session: Session, factor: Factor) -> Iterator[str]:
    """A question with its numbered answers."""
    now = session.now
    place = list(now.pathway.factors).index(factor.id) + 1
    yield ""
    for alert in alert_texts(now):
        if alert.level is Level.EMERGENCY and alert.state is AlertState.RAISED:
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
        yield from wrapped(f"{number}. {label}", "  ", "     ")
    yield f"  {NOT_KNOWN_KEY}. Not known"
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
            yield f"A number in {factor.unit} from {factor.minimum} to {factor.maximum}"


def help_page(now: Situation, factor: Factor | None) -> Iterator[str]:
    """Help on a question, its answers and the commands."""
    if factor is not None:
        yield from wrapped(factor.help)
        if factor.record_only:
            yield from wrapped(factor.record_only)
        for number, value in enumerate(listed_answers(factor).values(), 1):
            if value.help:
                yield from wrapped(f"{number}. {value.label}: {value.help}", "  ", "     ")
        yield "What the documents say:"
        yield from _quoted(citations(now.pathway, factor.claims, now.today))
    yield from commands()


def recorded(factor: Factor, answer: Answer) -> Iterator[str]:
    """An answer read back."""
    text = f"{colon(factor_label(factor))} {answer_text(factor, answer)}"
    yield from wrapped(sentence(f"Recorded: {text}"))


def moved(before: Situation, after: Situation) -> Iterator[str]:
    """What an answer moved: options, alerts, and questions that are no longer asked."""
    pathway = after.pathway
    for move in moves(pathway, before.assessment, after.assessment):
        yield from wrapped(f"{move.mark} {move.says}", "  ", "    ")
    raised = {
        alert.id: alert
        for alert in alert_texts(after)
        if alert.level is Level.EMERGENCY
        and before.assessment.alerts.get(alert.id) is not alert.state
    }
    for change in alert_moves(pathway, before.assessment, after.assessment):
        yield from wrapped(f"! {change.says}", "  ", "    ")
    for alert in raised.values():
        yield from alert_page(alert)
    for factor in pathway.factors.values():
        state = question_state(after, factor)
        dropped = state in (QuestionState.SETTLED, QuestionState.NOT_APPLICABLE)
        parked = state is QuestionState.PARKED
        if (parked or dropped) and question_state(before, factor) is not state:
            remark = why_not_asked(after, factor)
            yield from wrapped(f"Skipped: {colon(factor_label(factor))} {remark}", "  ", "    ")


def alert_page(alert: AlertText) -> Iterator[str]:
    """An alert; one that is raised with all that the documents say."""
    yield ""
    yield from wrapped(f"{alert.heading}.")
    for text in (alert.says, alert.unsettled):
        if text:
            yield from wrapped(text)
    for line in alert.lines if alert.state is AlertState.RAISED else ():
        manner = f" ({line.manner})" if line.manner else ""
        yield from wrapped(f"{line.says}{manner} [{line.citation.reference}]", "  ", "    ")


def questions_page(now: Situation) -> Iterator[str]:
    """Every question with its number, state and answer."""
    for number, row in enumerate(question_rows(now), 1):
        label = colon(factor_label(now.pathway.factors[row.factor]))
        given = row.state in (QuestionState.ANSWERED, QuestionState.PARKED)
        answer = f"{row.answer}; " if given else ""
        remark = f". {row.remark}" if row.remark else ""
        yield from wrapped(
            f"{number}. {label} {answer}{STATE_WORDS[row.state]}{remark}", "  ", "     "
        )
    yield "go and a number goes to that question."


def lists_page(now: Situation) -> Iterator[str]:
    """The three lists in short, each option with its number and its reason."""
    numbers = {option: number for number, option in enumerate(now.pathway.options, 1)}
    for status, rows in option_lists(now).items():
        yield f"{STATUS_TITLES[status]}: {len(rows)}"
        for row in rows:
            yield from wrapped(f"{numbers[row.id]}. {_in_short(row)}", "  ", "     ")
    yield from wrapped(f"{NOT_UNSUITABLE} {NEUTRAL_ORDER}")
    yield "option and a number reads about that option, why and a number gives its reasons."


def _in_short(row: OptionRow) -> str:
    remarks = f" ({', '.join(row.remarks)})" if row.remarks else ""
    return f"{row.label}{remarks}: {row.why}"


def option_page(now: Situation, option_id: str) -> Iterator[str]:
    """Everything about one option."""
    card = option_card(now, option_id)
    yield from wrapped(f"{card.row.label} ({card.row.group})")
    yield from wrapped(card.row.why)
    for line in told_once(card.statements):
        yield from wrapped(f"{line.source} {line.match}", "  ", "    ")
        yield from _quoted(line.citations)
    for aim in card.row.aims:
        yield from wrapped(f"Aim: {aim.label} [{_references(aim.citations)}]", "  ", "    ")
    if card.no_aims:
        yield from wrapped(card.no_aims, "  ")
    setting = card.row.setting
    if setting:
        text = f"Usual setting ({setting.label}): {setting.why}"
        yield from wrapped(f"{text} [{_references(setting.citations)}]", "  ", "    ")
    for part in card.rows:
        yield from _row(part)


def tree_page(now: Situation, option_id: str) -> Iterator[str]:
    """The decision trees of an option's statements, indented, with the way of this case marked."""
    card = option_card(now, option_id)
    yield from wrapped(f"{card.row.label}. {card.row.why}")
    yield from wrapped(
        "Marks: + this case goes here, ? it may go here and answers are missing, - it cannot."
    )
    for line in card.statements:
        yield ""
        yield from wrapped(f"{', '.join(each.claim for each in line.citations)} {line.match}")
        rule = now.pathway.options[option_id].statements[line.id].rule
        for branch in tree_lines(now.pathway, rule.tree, now.answers):
            yield from wrapped(*_branch(branch))


def _branch(line: TreeLine) -> tuple[str, str, str]:
    """The words of a line of a tree, with the indents of its first line and the later ones."""
    outcome = {True: "described", False: "not described", None: ""}[line.outcome]
    words = ": ".join(part for part in (line.words, outcome) if part)
    indent = "  " * (line.depth + 1)
    return words, f"{indent}{_REACHED[line.reach]} ", f"{indent}  "


def search_page(now: Situation, typed: str) -> Iterator[str]:
    """Everything in the pathway that holds the words typed."""
    hits = search(now.pathway, typed)
    if not hits:
        nothing = f"{NOTHING_FOUND} about tells what."
        yield from wrapped(nothing if typed else "Type words after it, such as search size")
    for kind, same in groupby(hits, key=lambda hit: hit.kind):
        found = list(same)
        yield f"{kind.value}: {len(found)}"
        for hit in found[:MOST_OF_A_KIND]:
            yield from _hit(now, hit)
        if len(found) > MOST_OF_A_KIND:
            yield f"  and {len(found) - MOST_OF_A_KIND} more: add a word to narrow them"


def _hit(now: Situation, hit: Hit) -> Iterator[str]:
    if hit.kind is HitKind.CLAIM:
        cited = citation(now.pathway, hit.id, now.today)
        yield from wrapped(f"{cited.says} [{cited.reference}]", "  ", "    ")
        return
    yield from wrapped(hit.title, "  ", "    ")
    yield from wrapped(found_by_words(hit.found_by), "    ", "      ")
    for passage in hit.passages:
        yield from wrapped(passage, "    ", "      ")


def about_page(now: Situation) -> Iterator[str]:
    """What the tool is for, its limits, and what the pathway rests on beyond the documents."""
    pathway = now.pathway
    yield from wrapped(pathway.intended_use)
    yield from wrapped(f"{AUDIENCE} {review_line(pathway)}")
    yield "Limits:"
    for limit in pathway.limits:
        yield from wrapped(f"- {limit}", "  ", "    ")
    yield "What the documents say that they leave out:"
    for source in pathway.sources.values():
        yield from _quoted(citations(pathway, source.leaves_out, now.today))
    yield "What goes beyond the documents:"
    for assumption in pathway.assumptions.values():
        yield from wrapped(f"{assumption.id}: {assumption.says}", "  ", "    ")


def _row(part: CardRow) -> Iterator[str]:
    yield from wrapped(f"{part.title}:")
    if part.empty:
        yield from wrapped(part.empty, "  ")
    for line in part.lines:
        reference = f" [{_references(line.citations)}]" if line.citations else ""
        own = "Note: " if line.own else ""
        yield from wrapped(f"{own}{line.text}{reference}", "  ", "    ")


def _quoted(cited: Iterable[Citation]) -> Iterator[str]:
    for each in cited:
        yield from wrapped(f"{each.says} [{each.reference}]", "    ", "      ")


def _references(cited: Iterable[Citation]) -> str:
    return "; ".join(each.reference for each in cited)
