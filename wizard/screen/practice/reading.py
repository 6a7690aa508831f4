"""What can be laid over practice: one function a sheet."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from rich.cells import cell_len

from wizard.case.answers import NO_ANSWERS
from wizard.pathway.model import Alert, AlertLevel, Check
from wizard.pathway.trees import Rule
from wizard.practice.marking import AGREEMENT
from wizard.practice.progress import Progress, progress
from wizard.practice.tasks import KIND_WORDS, TaskKind
from wizard.practice.words import in_words, progress_sections, unkept_line
from wizard.reasoning.situation import Situation, situation
from wizard.record import replace
from wizard.report.reading import about_sections, claim_sections
from wizard.screen.practice.keys import DIGITS, ENTER, KEYS, refusal
from wizard.screen.practice.state import Practice, Sheet, Stage, close
from wizard.screen.shared.help import help_rows
from wizard.screen.shared.keys import Key
from wizard.screen.shared.outline import item_rows, outline_rows
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, item, spans, text
from wizard.screen.shared.search import key_offers
from wizard.screen.shared.tree import PATH_MARKS, rule_rows, tree_rows
from wizard.wording.alerts import alert_lines
from wizard.wording.finding import Findable, FoundKind, of_pathway
from wizard.wording.outline import Item, Section
from wizard.wording.statuses import LEVEL_WORDS
from wizard.wording.text import short
from wizard.wording.trees import tree_lines

_TABLE: Final = 72
"""From this width on figures stand in columns."""
_FEWEST_DAYS: Final = 14

_HINTS: Final = (
    "Arrows or j and k move or scroll, home and end go to the edges.",
    "A click on a choice ticks it; the wheel scrolls.",
    "Where its files are saved meanwhile, a round goes on with the version that it began with.",
)
MARKS: Final = (
    ("□", "a choice that is not ticked"),
    ("✓", "a choice that is ticked; in the marks, one that was right and ticked"),
    ("○ ●", "a conclusion, of which one is given: not this one; this one"),
    ("−", "missed: right, and not ticked"),
    ("+", "wrong: ticked, and not right; it counts as much as what is missed"),
    ("❯", "the cursor"),
)

OF_THE_CASE: Final = "This is of the case place: F6 goes there."
_TELLING: Final = frozenset({FoundKind.CLAIM, FoundKind.ASSUMPTION, FoundKind.LIMIT})
"""What the documents say, which a question of practice may be about."""

KIND_HELP: Final[Mapping[TaskKind, str]] = {
    TaskKind.OPTIONS: (
        "Tick every option that the documents describe for the case as it is told, whatever the "
        "answers that are missing may turn out to be."
    ),
    TaskKind.CONCLUDE: (
        "Give one conclusion. Where it is too early for one (* says so), tick every open question "
        "on which the option still depends."
    ),
    TaskKind.REASON: (
        "Tick answers of this case that decide by themselves, and none that could be left out. "
        "Where there are several such sets, each of them is right."
    ),
    TaskKind.CHANGE: (
        "Each row changes one answer of the case. Tick those that by themselves change whether "
        "the option is described."
    ),
    TaskKind.ALERT: (
        "First tick the alerts that apply; then the answers of this case that bring one of them "
        "up, and none that could be left out."
    ),
    TaskKind.SOURCE: (
        "Tick the documents that have a sentence which matches this case. Where documents also say "
        "for whom the option is not meant, a second part may ask which of them say so of this case."
    ),
}


def sheet_rows(
    state: Practice, width: int, now: datetime, keys: tuple[Key, ...] = KEYS
) -> tuple[Row, ...]:
    """The rows of what lies on top; `now` is in UTC, and `keys` are those that are in use."""
    match state.sheet:
        case Sheet.SOURCES:
            rows = _sources(state)
        case Sheet.TREE:
            rows = _trees(state)
        case Sheet.PROGRESS:
            rows = progress_rows(state, progress_of(state, now), width, now)
        case Sheet.EMERGENCIES:
            rows = _emergencies(state)
        case Sheet.INTENDED_USE:
            rows = iter(outline_rows(about_sections(state.curriculum.pathway, now.date())))
        case Sheet.HELP:
            rows = _practice_help(state, keys)
        case Sheet.SEARCH | None:
            rows = iter(())
    return tuple(rows)


def progress_of(state: Practice, now: datetime) -> Progress:
    """How practice goes, by all finished tasks."""
    every = (*(state.past or ()), *state.done)
    return progress(state.curriculum.pathway, every, state.schedule, now, state.days)


def chart_data(view: Progress) -> tuple[int, ...]:
    """Tasks right at once, a day each up to today; two weeks at least."""
    counts = [tally.right for tally in view.days.values()]
    return (*[0] * (_FEWEST_DAYS - len(counts)), *counts)


def chart_rows(view: Progress) -> tuple[Row, ...]:
    """What the chart shows."""
    data = chart_data(view)
    return (
        spans(
            Span("OVER TIME ", Tone.HEADING),
            Span(f"tasks right at once, day by day: {len(data)} days to today, ", Tone.DIM),
            Span(f"{max(data)} at most", Tone.DIM),
        ),
    )


# --- the sheets ------------------------------------------------------------------------------


def _sources(state: Practice) -> Iterator[Row]:
    """The claims behind the marks in front, by document."""
    marking = state.front.marking if state.front is not None else None
    lines = marking.lines if marking is not None else ()
    found = [each.claim for line in lines for each in line.citations]
    yield from outline_rows(claim_sections(state.curriculum.pathway, found, state.curriculum.today))
    if not found:
        yield text("These marks rest on no sentence of a document.")


def _trees(state: Practice) -> Iterator[Row]:
    """The trees of what was marked otherwise than it is, else of all that was marked, each with
    the way of the case.
    """
    now = state.front
    if now is None or now.marking is None:
        return
    task, pathway = now.task, state.curriculum.pathway
    compiled, today = state.curriculum.compiled, state.curriculum.today
    told = situation(compiled, task.case.answers, today)
    lines = now.marking.differences or now.marking.lines
    marked = [*(line.choice for line in lines), *filter(None, [task.subject])]
    alerts = [each for each in marked if each in pathway.alerts]
    options = [each for each in marked if each in pathway.options]
    for option in dict.fromkeys(options):
        yield from tree_rows(told, option)
    for alert in dict.fromkeys(alerts):
        yield text(pathway.alerts[alert].title, Tone.STRONG)
        yield text(PATH_MARKS, Tone.DIM)
        yield BLANK
        yield from rule_rows(told, pathway.alerts[alert].when)
        yield BLANK


def offered(state: Practice, keys: tuple[Key, ...]) -> Iterator[Findable]:
    """What the search offers here: what is of the case is named, and not told."""
    beneath = close(state)
    yield from key_offers((key, refusal(key.action, beneath)) for key in (DIGITS, *keys))
    for each in of_pathway(state.curriculum.pathway):
        if each.kind not in _TELLING:
            yield replace(each, texts=(), unusable=OF_THE_CASE)


def _emergencies(state: Practice) -> Iterator[Row]:
    pathway = state.curriculum.pathway
    alerts = [alert for alert in pathway.alerts.values() if alert.level is AlertLevel.EMERGENCY]
    yield text(
        "The rule as it stands for every case; it says nothing about the one in front.", Tone.DIM
    )
    yield BLANK
    for alert in alerts:
        yield from _emergency(state, alert)
    if not alerts:
        yield text("Nothing in this pathway is marked so.")


def _emergency(state: Practice, alert: Alert) -> Iterator[Row]:
    pathway = state.curriculum.pathway
    claims = alert_lines(pathway, alert, state.curriculum.today)
    head = f"{LEVEL_WORDS[alert.level]}: {alert.title}"
    yield from item_rows([Item(head, (Item(alert.says), *claims), strong=True)], indent=0)
    yield BLANK
    yield heading("WHEN IT COMES UP")
    unasked = situation(state.curriculum.compiled, NO_ANSWERS, state.curriculum.today)
    yield from _tree(unasked, alert.when)
    if alert.check is not None:
        yield from _check(unasked, alert.check)
    for each in alert.assumes:
        yield item(each, Span(pathway.assumptions[each].says, Tone.DIM), indent=2, width=7)
    yield BLANK


def _tree(now: Situation, rule: Rule) -> Iterator[Row]:
    for line in tree_lines(now, rule.tree):
        outcome = {True: " → it applies", False: " → it does not", None: ""}[line.outcome]
        yield Row(
            (
                Cell((), 2),
                *((Cell((Span(line.guides),), len(line.guides)),) if line.guides else ()),
                Cell((Span(line.words), Span(outcome, Tone.STRONG))),
            )
        )


def _check(now: Situation, check: Check) -> Iterator[Row]:
    """When an alert shows as a check while it is not known whether it applies."""
    while_open = "To check, while that is not known"
    labels = [short(now.pathway.options[option].label) for option in check.options]
    if labels:
        named = f"as long as one of these is not ruled out: {', '.join(labels)}."
        yield text(f"{while_open}, {named}", indent=2)
    if check.certain is not None:
        yield text(f"{while_open}, where this is certain:", indent=2)
        yield from _tree(now, check.certain)
    if check.possible is not None:
        yield text(f"{while_open}, as long as this is not ruled out:", indent=2)
        yield from _tree(now, check.possible)


def _practice_help(state: Practice, keys: tuple[Key, ...]) -> Iterator[Row]:
    beneath = replace(state, sheets=state.sheets[:-1])
    told = [
        (key, refusal(key.action, state if key.action == "close" else beneath))
        for key in (DIGITS, ENTER, *keys)
    ]
    yield from help_rows(_where(state), told, _HINTS, MARKS)
    yield BLANK
    yield heading("KINDS OF TASK")
    for kind, words in KIND_HELP.items():
        yield text(KIND_WORDS[kind], Tone.STRONG, indent=2)
        yield text(words, indent=4)
    yield BLANK
    yield text(AGREEMENT)


def _where(state: Practice) -> str:
    if state.front is None:
        return (
            "Practice: cases to reason on, marked against the documents. You commit an answer "
            "before anything is shown. A digit begins a round."
        )
    match state.stage:
        case Stage.ASKED:
            return (
                f"{KIND_HELP[state.front.task.kind]} A digit or space ticks, enter commits. What "
                "is not right at once gets a hint and a second chance; then it is marked. The same "
                "answer is not taken twice: g gives up."
            )
        case Stage.MARKED:
            return (
                "What was missed and what was wrong, each with the reason and the claims that it "
                "rests on. Enter goes on, b looks back."
            )
        case _:
            return "The round is over. What it came to, and the one thing to learn."


def progress_rows(state: Practice, view: Progress, width: int, now: datetime) -> Iterator[Row]:
    """How practice goes."""
    if state.unkept:
        yield text(unkept_line(state.unkept), Tone.CAUTION)
    for section in progress_sections(state.curriculum, view, now):
        if section.columns and width >= _TABLE:
            yield from _table(section, width)
        else:
            yield from outline_rows([in_words(section)])


def _table(section: Section, width: int) -> Iterator[Row]:
    """Figures in columns, under the words that say what they are."""
    lines = [each.cells for each in section.items if each.cells]
    sizes = [max(map(len, column)) + 3 for column in zip(section.columns, *lines, strict=True)]
    longest = max(cell_len(each.text) for each in section.items) + 5
    labels = min(longest, width - sum(sizes))

    def row(label: Cell, cells: tuple[str, ...], tone: Tone) -> Row:
        figures = zip(cells, sizes, strict=True)
        columns = (Cell((Span(each, tone),), size, right=True) for each, size in figures)
        return Row((label, *columns, Cell(())))

    title = Span(section.title.upper(), Tone.HEADING)
    yield row(Cell((title,), labels), section.columns, Tone.DIM)
    for each in section.items:
        if each.cells:
            yield row(Cell((Span(f"  {each.text}"),), labels), each.cells, Tone.PLAIN)
        else:
            yield text(each.text, indent=2)
    yield BLANK
