"""A round, its summary and the progress as sentences: plain text, for every way to show them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from wizard import __version__
from wizard.pathway.problems import printable
from wizard.practice.items import About, LearningItem
from wizard.practice.marking import AGREEMENT, Judgement, MarkedChoice, Marking
from wizard.practice.progress import Progress, Tally
from wizard.practice.rounds import Result, Round
from wizard.practice.schedule import Schedule
from wizard.practice.tasks import KIND_WORDS, Curriculum, TaskKind
from wizard.record import replace
from wizard.wording.notices import (
    NOT_UNSUITABLE,
    documents_line,
    foreign_line,
    pathway_stamp,
    review_line,
)
from wizard.wording.outline import Item, Section, entries, quoted
from wizard.wording.sources import source_stamps
from wizard.wording.text import counted, long_date, sentence, short

MADE_UP: Final = "The cases are made up; none is about a patient."

JUDGEMENT_WORDS: Final = {
    Judgement.RIGHT: "Right",
    Judgement.MISSED: "Missed",
    Judgement.WRONG: "Wrong",
}

KIND_GISTS: Final = {
    TaskKind.OPTIONS: "tick all that is described for a case",
    TaskKind.CONCLUDE: "is one option settled, and if not, what is missing?",
    TaskKind.REASON: "the fewest answers that settle one option",
    TaskKind.CHANGE: "the single changes that add or remove an option",
    TaskKind.ALERT: "the warnings of a case, and what brings one up",
    TaskKind.SOURCE: "the documents behind one option",
}
"""Each kind of task in a few words."""

_REGION_FIGURES: Final = ("right at once", "regions begun", "due")
_FIGURES: Final = ("tasks right at once", "right", "missed", "wrong")
_MARKS: Final = {Judgement.MISSED: "−", Judgement.WRONG: "+", Judgement.RIGHT: "✓"}
"""In the order in which they are told: what differs first."""


def opening_lines(curriculum: Curriculum, tasks: int) -> tuple[str, ...]:
    """The lines before a round: what it is, and what marks mean; its stamp comes at its end."""
    pathway = curriculum.pathway
    return (
        f"Practice: {pathway.title} {pathway.version}, {counted(tasks, 'task')}.",
        " ".join(pathway.intended_use.split()),
        f"{AGREEMENT} {MADE_UP} {review_line(pathway)} {NOT_UNSUITABLE}",
        *foreign_line(pathway),
    )


def stamp(curriculum: Curriculum) -> str:
    """What made this output, and from which documents."""
    pathway = curriculum.pathway
    return f"mdt-wizard {__version__}; {pathway_stamp(pathway)}; {documents_line(pathway)}."


def provenance(curriculum: Curriculum, at: datetime) -> Section:
    """What made this output and when (in UTC), and each document with its dates and digest."""
    documents = entries(source_stamps(curriculum.pathway, curriculum.today))
    moment = f"{at:%Y-%m-%dT%H:%M:%SZ} (UTC)"
    return Section("", (stamp(curriculum), f"Made at: {moment}"), documents)


def task_title(now: Round) -> str:
    """Where the round stands: `Task 3 of 10: Can we conclude yet`."""
    part = f", part {now.question + 1} of {len(now.task.questions)}"
    parts = part if len(now.task.questions) > 1 else ""
    return f"Task {now.place + 1} of {len(now.tasks)}{parts}: {KIND_WORDS[now.task.kind]}"


def so_far(now: Round) -> str:
    """What the finished tasks of a round came to; empty before the first is."""
    markings = [marking for result in now.results for marking in result.first]
    return f"So far: {figures(markings)}" if markings else ""


def figures(markings: Iterable[Marking]) -> str:
    """Markings in figures, which are never shown alone: `3 right, 1 missed, 0 wrong`."""
    each = [(marking.hit, marking.missed, marking.over_called) for marking in markings]
    hit, missed, over_called = map(sum, zip(*each, strict=True))
    return f"{hit} right, {missed} missed, {over_called} wrong"


def marked_sections(marking: Marking, *, hits: bool = False) -> tuple[Section, ...]:
    """The choices by what became of them, differences first, each with its reason and claims.

    A claim is told in full once, and for what was right only on request (`hits`).
    """
    shown: set[str] = set()
    sections = []
    for judgement, mark in _MARKS.items():
        lines = [line for line in marking.lines if line.judgement is judgement]
        if lines:
            full = hits or judgement is not Judgement.RIGHT
            items = tuple(_marked_item(line, shown, full=full) for line in lines)
            title = f"{mark} {JUDGEMENT_WORDS[judgement]}"
            sections.append(Section(title, items=items, count=len(items)))
    return tuple(sections)


def _marked_item(line: MarkedChoice, shown: set[str], *, full: bool) -> Item:
    """A choice with its reason and claims; adds the claims that it tells to those shown."""
    new = [each for each in line.citations if full and each.claim not in shown]
    others = [each.claim for each in line.citations if each not in new]
    above = " · above" if shown.issuperset(others) else ""
    shown.update(each.claim for each in new)
    named = (Item(f"{', '.join(others)}{above}", quiet=True),) if others else ()
    return Item(line.label, (*entries([line.why]), *quoted(new), *named), strong=True)


def next_words(curriculum: Curriculum, item: LearningItem) -> str:
    """What practises an item, as a sentence that does not tell what is right."""
    match item.about:
        case About.OPTION:
            label = short(curriculum.pathway.options[item.subject].label)
            return f"Whether “{label}” is described."
        case About.ALERT:
            return sentence(KIND_WORDS[TaskKind.ALERT])
        case About.CLAIM:
            return sentence(KIND_WORDS[TaskKind.SOURCE])


def summary(
    curriculum: Curriculum, results: tuple[Result, ...], schedule: Schedule
) -> tuple[str, ...]:
    """A round in sentences; the last one is the one thing to learn."""
    return (
        *_outcome(results),
        AGREEMENT,
        f"One thing to learn: {_lesson(curriculum, results, schedule)}",
    )


def due_line(schedule: Schedule) -> str:
    """How much is due, changed and new: `4 due now, 2 changed since practised, 160 not begun`."""
    reopened = len(schedule.reopened)
    new = len(schedule.new) - reopened
    return (
        f"{len(schedule.due)} due now, {reopened} changed since they were practised, "
        f"{new} not begun, {len(schedule.later)} for later"
    )


def clock_line(schedule: Schedule) -> str:
    """Says that reviews are dated in the future, and how they count; empty without any."""
    if not schedule.ahead:
        return ""
    dated = counted(schedule.ahead, "review in the log is", "reviews in the log are")
    return f"{dated.capitalize()} dated in the future: a clock was wrong. Each counts as made now."


def unkept_line(reason: str) -> str:
    """Says that the tasks of this run are not kept, and why."""
    return f"Not kept: what you finish now. {sentence(printable(reason))}"


def progress_sections(curriculum: Curriculum, view: Progress, at: datetime) -> tuple[Section, ...]:
    """The progress: what is next and due; by kind of task, option and day; what made it, and when.

    Figures are cells: `in_words` makes sentences of them.
    """
    following = next_words(curriculum, view.next.item) if view.next else ""
    due = (sentence(due_line(view.schedule)), clock_line(view.schedule))
    kinds = (_tally(KIND_WORDS[kind], tally) for kind, tally in view.by_kind.items())
    options = (
        Item(
            short(curriculum.pathway.options[option].label),
            cells=(f"{own.right} of {own.reviews}", f"{own.begun} of {own.regions}", f"{own.due}"),
        )
        for option, own in view.by_option.items()
    )
    days = (_tally(long_date(day.isoformat()), own) for day, own in view.days.items() if own.tasks)
    practised = tuple(reversed(list(days))) or entries(["No task has been finished yet."])
    return (
        Section("Next" if following else "", tuple(filter(None, (following, *due)))),
        Section("By kind of task", items=tuple(kinds), columns=_FIGURES),
        Section("By option", items=tuple(options), columns=_REGION_FIGURES),
        Section("By day", items=practised, columns=_FIGURES),
        Section("", ("What is right counts first answers alone.", AGREEMENT)),
        provenance(curriculum, at),
    )


def in_words(section: Section) -> Section:
    """A section with its cells as sentences: `LABEL: 3 of 4 tasks right at once, 5 right`."""

    def told(entry: Item) -> Item:
        if not entry.cells:
            return entry
        figures = map(" ".join, zip(entry.cells, section.columns, strict=True))
        return Item(f"{entry.text}: {', '.join(figures)}")

    return replace(section, items=tuple(map(told, section.items)), columns=())


# --- parts -----------------------------------------------------------------------------------


def _tally(label: str, tally: Tally) -> Item:
    """A label with its figures."""
    if not tally.tasks:
        return Item(f"{label}: none yet")
    figures = (tally.hit, tally.missed, tally.over_called)
    return Item(label, cells=(f"{tally.right} of {tally.tasks}", *map(str, figures)))


def _outcome(results: tuple[Result, ...]) -> Iterator[str]:
    at_once = sum(result.right for result in results)
    later = sum(result.put_right and not result.right for result in results)
    missed = len(results) - at_once - later
    yield (
        f"{counted(len(results), 'task')}: {at_once} right at once, {later} after a hint, "
        f"{missed} not."
    ).capitalize()
    for kind in TaskKind:
        markings = [m for result in results if result.task.kind is kind for m in result.first]
        if markings:
            yield f"{KIND_WORDS[kind]}: {figures(markings)}."


def _lesson(curriculum: Curriculum, results: tuple[Result, ...], schedule: Schedule) -> str:
    """The difference that came most often, the first one of them, with its reason and claim."""
    found = [
        (result, line)
        for result in results
        for marking in result.first
        for line in marking.differences
    ]
    if not found:
        waiting = (*schedule.due, *schedule.new, *schedule.later)
        learnt = "nothing was missed, and nothing was wrong. "
        return learnt + (f"Next: {next_words(curriculum, waiting[0].item)}" if waiting else "")
    times = Counter((result.task.kind, line.choice) for result, line in found)
    result, line = max(
        found,
        key=lambda pair: (bool(pair[1].citations), times[pair[0].task.kind, pair[1].choice]),
    )
    what = f"{sentence(f'{JUDGEMENT_WORDS[line.judgement]}: {line.label}')} {line.why}"
    remark = result.last[-1].remarks[-1:] if result.task.kind is TaskKind.REASON else ()
    cited = [f"{each.says} [{each.reference}]" for each in line.citations[:1]]
    return " ".join((what, *remark, *cited))
