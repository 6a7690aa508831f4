"""Practice: the case that is told, what is asked of it, the marks, and the summary."""

from collections.abc import Iterator
from typing import Final

from wizard.practice.marking import AGREEMENT, Marking
from wizard.practice.rounds import Phase, Result, Round
from wizard.practice.tasks import KIND_WORDS, TaskKind
from wizard.practice.words import (
    KIND_GISTS,
    clock_line,
    due_line,
    figures,
    marked_sections,
    opening_lines,
    so_far,
    summary,
    task_title,
    unkept_line,
)
from wizard.screen.practice.state import Practice, Stage
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.outline import outline_rows
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, item, spans, text
from wizard.wording.answers import NOT_KNOWN_KEY
from wizard.wording.text import counted, sentence
from wizard.wording.vignettes import compact_case, narrated

CHOICE: Final = "choice:"
"""Begins the target of something to tick."""

_LONGEST_BAR: Final = 20

ROUND: Final = "round:"
"""Begins the target of a round that can be begun; a kind of task follows, or nothing for all."""


def round_kinds(state: Practice) -> tuple[TaskKind | None, ...]:
    """The rounds that can be begun, in the order of their digits; None is every kind in turn."""
    wished = state.wish.kind
    others = [kind for kind in (None, *TaskKind) if kind is not wished]
    return (wished, *others)


def titles(state: Practice) -> tuple[str, str]:
    """The titles of the two columns."""
    if state.front is None:
        return "Practice", "A round"
    if state.stage is Stage.SUMMARY:
        return "The tasks", "Summary"
    return "The case", task_title(state.front).replace(": ", " · ")


def page_rows(state: Practice) -> tuple[Row, ...]:
    """Both columns as one page, in the order in which they are read, as short as they can be."""
    now = state.front
    if state.stage is Stage.ASKED and now is not None:
        told = (
            *(_standing(now) if now.results else ()),
            *_hint(now),
            *case_rows(state, small=True),
        )
        return (*told, *_question(state, now, small=True))
    return (*task_rows(state), BLANK, *case_rows(state, small=True))


def case_rows(state: Practice, *, small: bool = False) -> tuple[Row, ...]:
    """The left column: the case, or what there is to know before a round and after it.

    Where the room is small, the case is told in few words, unless the person wants it in full.
    """
    now = state.front
    if now is None:
        return tuple(_opening(state))
    if state.stage is Stage.SUMMARY:
        return tuple(_results(now))
    told = now.task.case
    lead = [text(told.lead, Tone.CHANGE), *([] if small else [BLANK])] if told.lead else []
    if state.flipped == small:
        story = narrated(told.story)
    else:
        story = compact_case(state.curriculum.pathway, told.answers)
    made_up = () if small else (BLANK, text("Made up; about no patient.", Tone.DIM))
    return (*lead, text(story), *made_up)


def task_rows(state: Practice) -> tuple[Row, ...]:
    """The right column: the question, its marks, the summary, or the rounds to choose from."""
    now = state.front
    if now is None:
        return tuple(_rounds(state))
    if state.stage is Stage.SUMMARY:
        return tuple(_summary(state, now))
    if now.marking is not None:
        return tuple(_marked_rows(state, now, now.marking))
    return (*_standing(now), *_hint(now), *_question(state, now))


# --- before a round --------------------------------------------------------------------------


def _opening(state: Practice) -> Iterator[Row]:
    _title, *lines = opening_lines(state.curriculum, state.wish.tasks)
    first, *others = lines
    yield text(first, Tone.STRONG)
    for line in others:
        yield BLANK
        yield text(line, Tone.DIM)


def _rounds(state: Practice) -> Iterator[Row]:
    tasks = sentence(counted(state.wish.tasks, "task")).rstrip(".")
    yield text("You answer first; then the documents do. Which round?", Tone.STRONG)
    yield text(sentence(due_line(state.schedule)), Tone.DIM)
    yield from log_rows(state)
    yield BLANK
    yield from _left(state, "Go on with the round that was left before its end")
    for number, kind in enumerate(round_kinds(state), 1):
        words = f"{tasks}, every kind in turn" if kind is None else KIND_WORDS[kind]
        if kind is not None and number == 1:
            words = f"{tasks}: {words}"
        yield item(str(number), Span(words), tone=Tone.KEY, width=3, target=ROUND + (kind or ""))
        gist = "what is due first, then what is new" if kind is None else KIND_GISTS[kind]
        yield text(gist, Tone.DIM, indent=5)
    yield BLANK
    yield spans(Span("p ", Tone.KEY), Span("how it goes, and what is next", Tone.DIM))


def _left(state: Practice, words: str) -> Iterator[Row]:
    """The way back into a round that was left."""
    if state.unfinished is not None:
        yield _key_row("r", words, "resume")
        yield BLANK


def log_rows(state: Practice) -> Iterator[Row]:
    """What is wrong with the log: this run's tasks are not kept, or its clock was wrong."""
    if state.unkept:
        yield text(unkept_line(state.unkept), Tone.CAUTION)
    if ahead := clock_line(state.schedule):
        yield text(ahead, Tone.CAUTION)


# --- a question ------------------------------------------------------------------------------


def _hint(now: Round) -> tuple[Row, ...]:
    if now.phase is not Phase.SECOND_CHANCE:
        return ()
    return (spans(Span("Not right yet: a second chance. ", Tone.CHANGE), Span(now.hint)), BLANK)


def _standing(now: Round) -> tuple[Row, ...]:
    """How far the round is, as a bar, and what it came to so far."""
    size = min(len(now.tasks), _LONGEST_BAR)
    done = len(now.results) * size // len(now.tasks)
    bar = Span("━" * done, Tone.ACCENT), Span("─" * (size - done), Tone.DIM)
    return (spans(*bar, Span(f"  {so_far(now)}", Tone.DIM)),)


def _question(state: Practice, now: Round, *, small: bool = False) -> Iterator[Row]:
    what, ending, _how = now.asked.prompt.partition("?")
    yield text(what + ending if small else now.asked.prompt, Tone.STRONG)
    if not small:
        yield BLANK
    digits = {choice.id: str(number) for number, choice in enumerate(state.with_digits, 1)}
    conclusions, choices = now.asked.conclusions, now.asked.choices
    for choice in (each for each in choices if each.id in conclusions):
        mark = _mark("○●", choice.id in now.ticked)
        yield _choice_row(digits.get(choice.id, ""), mark, choice.label, CHOICE + choice.id)
    if conclusions:
        mark = _mark("○●", bool(now.ticked - conclusions))
        yield _choice_row(NOT_KNOWN_KEY, mark, "Not yet", f"{ACTION}not_yet")
    indent = 2 if conclusions else 0
    for choice in (each for each in choices if each.id not in conclusions):
        mark = _mark("□✓", choice.id in now.ticked)
        yield _choice_row(digits.get(choice.id, ""), mark, choice.label, CHOICE + choice.id, indent)
    if len(now.asked.choices) > len(digits):
        yield _key_row("m", "gives the digits to the others", "more_digits", Tone.DIM)
    if now.asked.apart:
        yield text(now.asked.apart, Tone.DIM)
    if not small:
        yield BLANK
    ticks = len(now.ticked - conclusions)
    yield _key_row("↵", f"Commit {counted(ticks, 'tick')}" if ticks else "Commit", "enter")
    if not conclusions:
        yield _key_row("n", "None of these", "none_of_these")
    if now.phase is Phase.SECOND_CHANCE:
        yield _key_row("g", "Give up, and see the marks", "give_up")
    yield _key_row("e", "End the round", "end", Tone.DIM)


def _mark(marks: str, ticked: bool) -> Span:  # noqa: FBT001 - picks one of the two marks
    return Span(marks[ticked], Tone.KEY if ticked else Tone.DIM)


def _choice_row(key: str, mark: Span, label: str, target: str, indent: int = 0) -> Row:
    """Something to tick or to choose, strong where its mark says that it is."""
    return Row(
        (
            Cell((Span(key, Tone.KEY),), 3),
            *((Cell((), indent),) if indent else ()),
            Cell((mark,), 2),
            Cell((Span(label, Tone.STRONG if mark.tone is Tone.KEY else Tone.PLAIN),)),
        ),
        target,
    )


def _key_row(key: str, words: str, action: str, tone: Tone = Tone.PLAIN) -> Row:
    """A row that does what a key does."""
    return item(key, Span(words, tone), tone=Tone.KEY, width=3, target=ACTION + action)


# --- the marks -------------------------------------------------------------------------------


def _marked_rows(state: Practice, now: Round, marking: Marking) -> Iterator[Row]:
    yield from _standing(now)
    if state.back:
        yield text("Looking back: answered and marked before.", Tone.CHANGE)
    yield spans(
        Span(_outcome(now, marking), Tone.STRONG), Span(f"   {figures([marking])}", Tone.DIM)
    )
    yield text(now.asked.prompt, Tone.DIM)
    for remark in marking.remarks[:1]:
        yield text(remark)
    if now.asked.apart:
        yield text(now.asked.apart, Tone.DIM)
    yield BLANK
    yield from outline_rows(marked_sections(marking))
    for remark in marking.remarks[1:]:
        yield text(remark)
        yield BLANK
    if not marking.lines:
        yield text("Nothing was to be ticked, and nothing was.")
        yield BLANK
    yield _key_row("↵", _what_follows(state, now), "enter")
    yield _key_row("t", "The decision trees, and the way of this case", "tree")
    yield _key_row("o", "Open a copy of this case in F6", "open_case")
    yield _key_row("c", "The documents behind the marks", "sources")
    yield BLANK
    yield from log_rows(state)
    yield text(AGREEMENT, Tone.DIM)


def _outcome(now: Round, marking: Marking) -> str:
    if not marking.right:
        return "Marked"
    return "Right at once" if now.first[now.question].right else "Right after a hint"


def _what_follows(state: Practice, now: Round) -> str:
    if state.back:
        return "Forward again (esc goes to where the round stands)"
    if len(now.last) < len(now.task.questions):
        return "The second part of this task"
    return "The next task" if now.place + 1 < len(now.tasks) else "The summary"


# --- the summary -----------------------------------------------------------------------------


def _summary(state: Practice, now: Round) -> Iterator[Row]:
    *outcome, agreement, lesson = summary(state.curriculum, now.results, state.schedule)
    lead, _, words = lesson.partition(": ")
    yield heading(lead.upper())
    yield text(words, Tone.STRONG)
    yield BLANK
    yield heading("THIS ROUND")
    for line in outcome:
        yield text(line)
    yield text(agreement, Tone.DIM)
    yield BLANK
    yield text(sentence(due_line(state.schedule)))
    yield from log_rows(state)
    yield BLANK
    yield from _left(state, "Go on with this round")
    yield _key_row("↵", "A new round", "enter")
    yield _key_row("b", "Look back at what was marked", "back")
    yield _key_row("p", "Progress", "progress")


def _results(now: Round) -> Iterator[Row]:
    for number, result in enumerate(now.results, 1):
        yield item(f"{number}", Span(KIND_WORDS[result.task.kind]), tone=Tone.KEY, width=3)
        yield text(_result(result), Tone.DIM, indent=3)
    left = len(now.tasks) - len(now.results)
    if left:
        yield text(f"{counted(left, 'task')} not finished".capitalize(), Tone.DIM)


def _result(result: Result) -> str:
    later = "right after a hint" if result.put_right else "not right"
    words = "right at once" if result.right else later
    return f"{words}: {figures(result.first)} at first"
