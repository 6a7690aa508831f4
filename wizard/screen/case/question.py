"""The current question with every way to answer it, or the end of the walk."""

from typing import Final

from wizard.case.answers import (
    UNKNOWN,
    Answer,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.case.transitions import MemberState, member_state
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor, named_values
from wizard.pathway.model import Pathway
from wizard.record import replace
from wizard.screen.case.state import State
from wizard.screen.case.transitions import can_be_filtered, dash_is_not_done
from wizard.screen.shared.filling import of_rows
from wizard.screen.shared.names import source_names
from wizard.screen.shared.pane import View
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, spans, text
from wizard.wording.answers import (
    NOT_DONE_KEY,
    NOT_KNOWN_KEY,
    RANGES_TOO,
    answer_text,
    answered_group,
    factor_label,
    factors_in_sentence,
    groups_of_members,
    is_not_done,
    listed_answers,
)
from wizard.wording.deriving import left_text
from wizard.wording.text import counted, joined, sentence, short
from wizard.wording.walk import (
    CHANGE_WORDS,
    QuestionState,
    end_sentence,
    known_and_settled,
    options_that_depend,
    question_state,
)

VALUE: Final = "value:"
"""Begins the target of a value, a group or a member."""

CONFIRM: Final = "do:confirm"
NOT_KNOWN: Final = "do:not_known"
NOT_DONE: Final = "do:not_done"
NONE_OF_THESE: Final = "do:none_of_these"
OTHERS_ABSENT: Final = "do:others_absent"
FILTER: Final = "do:filter"

NARROW: Final = 48
"""Below this width what is said of a member follows its label, without a column of its own."""
WHAT_TO_PRESS: Final = (
    f"Press the number of an answer, or {NOT_KNOWN_KEY} where it is not known. The lists follow, "
    "and nothing has to be answered."
)

_MEMBER_MARKS: Final = {
    MemberState.PRESENT: ("✓", "present", Tone.STRONG),
    MemberState.ABSENT: ("✗", "absent", Tone.PLAIN),
    MemberState.UNKNOWN: ("·", "not known", Tone.PLAIN),
}


def question_rows(state: State, width: int, cursor: str | None) -> tuple[Row, ...]:
    """The rows of the question column, or at the end of the walk those that stand there."""
    factor = state.factor
    if factor is None:
        return end_rows(state, _find_out_first(state))
    rows = [text(factor.question, Tone.STRONG), BLANK]
    match factor:
        case ChoiceFactor():
            rows += _choice_rows(factor, state)
        case MultiFactor():
            rows += _multi_rows(factor, state, width)
        case NumberFactor():
            rows += _number_rows(factor, state)
    rows += _about_cursor(factor, cursor)
    if not state.begun:
        rows += [BLANK, text(WHAT_TO_PRESS), BLANK, text(state.pathway.intended_use, Tone.DIM)]
    return (
        *rows,
        BLANK,
        *_help_rows(state.pathway, factor),
        BLANK,
        *_why_asked_rows(factor, state),
    )


def items_of(factor: Factor, state: State) -> tuple[str, ...]:
    """The values, groups or members that are listed now, in the order of their digits."""
    typed = state.draft.filter
    if not typed:
        return tuple(listed_answers(factor))
    from wizard.wording.search import holds

    return tuple(item for item in listed_answers(factor) if holds(typed, *_words_of(factor, item)))


def first_cursor(factor: Factor | None, state: State) -> str | None:
    """The target that a question opens on: the answer it has.

    None without an answer: nothing stands there as if it were chosen before a key chose it.
    """
    if factor is None:
        return None
    match state.answers.get(factor.id):
        case Unknown(group):
            return NOT_KNOWN if group is None else VALUE + group
        case MultiAnswer() | NumberAnswer() as given if is_not_done(factor, given):
            return NOT_DONE
        case ChoiceAnswer(values):
            return VALUE + next(value for value in named_values(factor) if value in values)
        case NumberAnswer() | RangesAnswer() | MultiAnswer():
            return CONFIRM
        case _:
            return None


def title_of(state: State) -> str:
    """The column's title: the question's short name, and its step."""
    factor = state.factor
    if factor is None:
        return "Result"
    step = next(step.label for step in state.pathway.steps if step.id == factor.step)
    return f"{factor_label(factor)} · {step}"


# --- kinds of question -----------------------------------------------------------------------


def _choice_rows(factor: ChoiceFactor, state: State) -> list[Row]:
    answer = state.answers.get(factor.id)
    marked = state.draft.marked
    rows = _filter_field(state)
    for number, item in enumerate(items_of(factor, state), 1):
        label, *_ = _words_of(factor, item)
        chosen = _is_marked(factor, item, marked) if marked else _is_answer(factor, item, answer)
        mark = Span("✓ " if chosen else "□ " if marked else "", Tone.KEY)
        several = item in factor.groups and not factor.groups[item].whole
        tail = (Span("  any of these", Tone.DIM),) if several else ()
        found = _found_by(factor, state, item)
        words = _label_spans(label)
        rows.append(_answer_row(_digit(number), VALUE + item, mark, *words, *tail, *found))
    rows += _not_shown(factor, state)
    if marked:
        confirm = _action("↵", "Confirm: one of those marked, not known which", CONFIRM)
        rows += [BLANK, confirm]
    return [*rows, _not_known(answer), *_filter_action(factor, state)]


def _multi_rows(factor: MultiFactor, state: State, width: int) -> list[Row]:
    members = state.draft.members
    rows = _filter_field(state)
    for number, item in enumerate(items_of(factor, state), 1):
        stands = member_state(members, item)
        mark, word, tone = _MEMBER_MARKS[stands]
        digit, label = (
            Span(_digit(number), Tone.KEY),
            _label_spans(factor.members[item].label, tone),
        )
        head = (Cell((digit,), 3), Cell((Span(mark, tone),), 2))
        found = _found_by(factor, state, item)
        if width < NARROW:
            said = () if stands is MemberState.UNKNOWN else (Span(f"  {word}", Tone.DIM),)
            told: tuple[Cell, ...] = (Cell((*label, *found, *said)),)
        else:
            told = (Cell((*label, *found)), Cell((Span(word, Tone.DIM),), 11, right=True))
        rows.append(Row((*head, *told), VALUE + item))
    rows += _not_shown(factor, state)
    groups = [text(words, Tone.DIM, indent=3) for words in groups_of_members(factor)]
    return [*rows, *groups, BLANK, *_multi_actions(factor, state)]


def _multi_actions(factor: MultiFactor, state: State) -> list[Row]:
    """What ends a multi; while letters narrow the list, they do nothing else."""
    members = state.draft.members
    typing = state.draft.filter is not None
    rows = []
    if isinstance(members, MultiAnswer):
        rows.append(_action("↵", f"Confirm: {answer_text(factor, members)}", CONFIRM))
        if members.present:
            rows.append(_action("" if typing else "r", "Confirm, the rest absent", OTHERS_ABSENT))
    if not factor.at_least:
        none = factor.none_label or "None of these"
        rows.append(_action("" if typing else "n", none, NONE_OF_THESE))
    answer = state.answers.get(factor.id)
    rows += _not_done(factor, state)
    return [*rows, _not_known(answer), *_filter_action(factor, state)]


def _number_rows(factor: NumberFactor, state: State) -> list[Row]:
    typed = Span(f"{state.draft.typed}▏", Tone.STRONG)
    field = spans(Span("  "), typed, Span(f" {factor.unit}", Tone.DIM))
    answer = state.answers.get(factor.id)
    rows = [field, text(f"A number, or {RANGES_TOO}", Tone.DIM, indent=2), BLANK]
    recorded = isinstance(answer, NumberAnswer | RangesAnswer) and not is_not_done(factor, answer)
    if recorded:
        rows.append(text(f"Recorded: {answer_text(factor, answer)}", Tone.DIM))
    if state.draft.typed:
        rows.append(_action("↵", "Confirm", CONFIRM))
    elif recorded:
        rows.append(_action("↵", "Keep it", CONFIRM))
    rows += _not_done(factor, state)
    return [*rows, _not_known(answer)]


def end_view(state: State) -> View:
    """The end of the walk, with what to find out first."""
    return of_rows(question_rows(state, 0, None))


def end_rows(state: State, first: tuple[Row, ...]) -> tuple[Row, ...]:
    """What stands at the end of the walk; `first` is what to find out first."""
    return (
        text(sentence(known_and_settled(state.situation)), Tone.STRONG),
        BLANK,
        *first,
        _action("W", "What if an answer were another", "do:what_if_case"),
        _action("D", "What each document alone would describe", "do:documents"),
        _action("x", "Export as text, Markdown or JSON", "do:export"),
        _action("y", "Copy a summary", "do:copy"),
        _action("K", "Keep the case by a title", "do:keep"),
        _action("g", "Go to any question", "do:go_to"),
        _action("b", "Back to the last question", "do:back"),
        _action("R", "New case", "do:new_case"),
        _action("G", "Gallery of cases", "do:gallery"),
    )


def _find_out_first(state: State) -> tuple[Row, ...]:
    """The open questions that may settle an option; those that settle none share one line."""
    from wizard.reasoning.settling import most_settling_first
    from wizard.report.explanation import settling_sections
    from wizard.screen.shared.outline import outline_rows

    _, first = settling_sections(state.situation)
    if not first.items:
        return (text(end_sentence(state.situation)), BLANK)
    questions = most_settling_first(state.situation.explained.questions)
    telling = tuple(told for told, each in zip(first.items, questions, strict=True) if each.most)
    others = factors_in_sentence(
        state.pathway, (each.factor for each in questions if not each.most)
    )
    rest = (f"Alone, none of these settles an option: {joined(others)}.",) if others else ()
    return outline_rows([replace(first, paragraphs=(), items=telling, remarks=rest)])


# --- parts -----------------------------------------------------------------------------------


def _words_of(factor: Factor, item: str) -> tuple[str, ...]:
    """The label of a value, member or group, and other words for it."""
    answer = listed_answers(factor)[item]
    return (answer.label, *answer.also)


def _label_spans(label: str, tone: Tone = Tone.PLAIN) -> tuple[Span, ...]:
    """A label: what it is is bright, what explains it is dim."""
    name = short(label)
    rest = label[len(name) :]
    return (Span(name, tone), *((Span(rest, Tone.DIM),) if rest else ()))


def _found_by(factor: Factor, state: State, item: str) -> tuple[Span, ...]:
    """The other words by which an answer is among those that are shown."""
    if not state.draft.filter:
        return ()
    from wizard.wording.search import found_by, found_by_words

    label, *also = _words_of(factor, item)
    words = found_by_words(found_by(state.draft.filter, label, also))
    return (Span(f"  {words}", Tone.DIM),) if words else ()


def _filter_field(state: State) -> list[Row]:
    """The letters typed to narrow the list."""
    typed = state.draft.filter
    if typed is None:
        return []
    return [spans(Span("Show only: ", Tone.DIM), Span(f"{typed}▏", Tone.STRONG)), BLANK]


def _not_shown(factor: Factor, state: State) -> list[Row]:
    """How many answers the filter leaves out."""
    left = len(listed_answers(factor)) - len(items_of(factor, state))
    if not left:
        return []
    return [text(f"{counted(left, 'other')} not shown; esc shows all", Tone.DIM, indent=3)]


def _filter_action(factor: Factor, state: State) -> list[Row]:
    """The key that narrows a long list by typing."""
    if state.draft.filter is not None or not can_be_filtered(factor):
        return []
    return [_action("f", "Find in this list by typing", FILTER)]


def _digit(number: int) -> str:
    return f"{number} " if number <= 9 else "  "


def _action(key: str, words: str, target: str) -> Row:
    return _answer_row(key, target, Span(words))


def _not_done(factor: Factor, state: State) -> list[Row]:
    """The row of the answer that it was not done, where a list or a number has it."""
    if factor.not_done is None:
        return []
    answer, typing = state.answers.get(factor.id), state.draft.filter is not None
    key = NOT_DONE_KEY if dash_is_not_done(state) and not typing else ""
    given = answer is not None and is_not_done(factor, answer)
    mark = (Span("✓ ", Tone.KEY),) if given else ()
    return [_answer_row(key, NOT_DONE, *mark, *_label_spans(factor.not_done))]


def _not_known(answer: Answer | None) -> Row:
    mark = (Span("✓ ", Tone.KEY),) if answer == UNKNOWN else ()
    return _answer_row(NOT_KNOWN_KEY, NOT_KNOWN, *mark, Span("Not known"))


def _answer_row(key: str, target: str, *parts: Span) -> Row:
    return Row((Cell((Span(key, Tone.KEY),), 3), Cell(parts)), target)


def _is_marked(factor: ChoiceFactor, item: str, marked: frozenset[str]) -> bool:
    return item in marked or any(
        item in factor.groups[each].values for each in marked if each in factor.groups
    )


def _is_answer(factor: ChoiceFactor, item: str, answer: Answer | None) -> bool:
    if answer is not None and item in factor.groups:
        return answered_group(factor, answer) == factor.groups[item]
    return isinstance(answer, ChoiceAnswer) and item in answer.values


def _about_cursor(factor: Factor, cursor: str | None) -> list[Row]:
    """What the pathway says of the value under the cursor."""
    item = cursor.removeprefix(VALUE) if cursor and cursor.startswith(VALUE) else ""
    value = listed_answers(factor).get(item)
    if value is None or not value.help:
        return []
    return [BLANK, spans(Span(f"{short(value.label)}: ", Tone.DIM), Span(value.help, Tone.DIM))]


def _help_rows(pathway: Pathway, factor: Factor) -> list[Row]:
    names = source_names(pathway, factor.claims)
    rows = [text(factor.help, Tone.DIM)] if factor.help else []
    return [*rows, text(f"From: {names}", Tone.DIM)] if names else rows


def _why_asked_rows(factor: Factor, state: State) -> list[Row]:
    """Why this question is asked, or why its answer changes nothing."""
    match question_state(state.situation, factor):
        case QuestionState.PARKED | QuestionState.NOT_APPLICABLE:
            words = "It does not apply to the other answers; an answer is kept, and not used."
        case QuestionState.RECORD_ONLY:
            words = "It is recorded and shown, and changes no option."
        case QuestionState.SETTLED:
            words = "No answer to it can change anything now."
        case QuestionState.WORKED_OUT:
            words = _worked_out(factor, state)
        case _:
            words = _can_change(factor, state)
    return [text(words, Tone.DIM)] if words else []


def _worked_out(factor: Factor, state: State) -> str:
    """What an answer would stand in place of."""
    return f"Without an answer: {left_text(state.situation, factor, whence=True)}."


def _can_change(factor: Factor, state: State) -> str:
    options = options_that_depend(state.situation, factor)
    if options:
        verb = "depends" if len(options) == 1 else "depend"
        depend = sentence(f"{counted(len(options), 'option')} still {verb} on this question")
        settles = _could_settle(factor, state) if state.begun else ""
        return f"{depend} {settles}" if settles else depend
    changes = next((each.changes for each in state.assessment.next if each.factor == factor.id), ())
    if not changes:
        return ""
    return f"This question can still change {CHANGE_WORDS[changes[0]]}."


def _could_settle(factor: Factor, state: State) -> str:
    from wizard.wording.concluding import could_settle

    return could_settle(state.situation, factor.id)
