"""The three lists of options, always there, and what to know beside them."""

from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Final, NamedTuple

from rich.cells import cell_len

from wizard.pathway.model import Alert, AlertLevel, Option, Status
from wizard.reasoning.assessment import AlertState, OptionAssessment
from wizard.reasoning.deciding import deciding_answers
from wizard.screen.case.state import State
from wizard.screen.case.targets import ALERT, OPTION
from wizard.screen.shared.kept import MANY, kept_for_each
from wizard.screen.shared.names import deciding_in_short
from wizard.screen.shared.pane import View
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, spans, text
from wizard.wording.answers import factors_in_sentence, short_label
from wizard.wording.differences import Mark, mark
from wizard.wording.remarks import remarks
from wizard.wording.statuses import LEVEL_WORDS, STATUS_TITLES, SYMBOLS
from wizard.wording.text import joined

NARROW: Final = 36
"""Below this width titles are short."""
_MOST_NAMES: Final = 3
"""More open questions than these are counted on a list, and named on the option's card."""
_SHORT_TITLES: Final = {
    Status.DESCRIBED: "Described",
    Status.POSSIBLE: "Depends on answers",
    Status.NOT_DESCRIBED: "Not described",
}


class Told(NamedTuple):
    """What is told of an option where it stands: why, over all that stand there so, and remarks."""

    shared: str
    remark: str


ToldBefore = dict[str, tuple[OptionAssessment, Hashable, Told]]
"""By option, what was told last, of which assessment, and of what else that follows from."""


def options_rows(state: State, width: int, before: ToldBefore | None = None) -> tuple[Row, ...]:
    """The rows of the options column.

    They do not change with the cursor, so that no row moves under the eye.  What is told of an
    option that stands as `before` is taken from there, and kept there.
    """
    rows: list[Row] = []
    if state.options_shown:
        before = {} if before is None else before
        for status in STATUS_TITLES:
            rows += _list(state, status, width, before)
        rows += _marks(state, width)
    else:
        rows += [text("The option lists are hidden: o shows them.", Tone.DIM), BLANK]
    return (*rows, *_alert_leads(state))


def options_view(state: State, width: int | None = None, before: ToldBefore | None = None) -> View:
    """The options column, its rows made once for each width, for one that is given at once."""
    rows = lru_cache(maxsize=1)(partial(options_rows, state, before=before))
    if width is not None:
        rows(width)
    return lambda room, _cursor: rows(room)


def lists_rows(state: State, width: int, _cursor: str | None = None) -> tuple[Row, ...]:
    """The options by where they stand, without why they stand there, which takes long to tell."""
    rows = [text("Working out why …", Tone.DIM)]
    for status in STATUS_TITLES if state.options_shown else ():
        options = _standing(state, status)
        rows.append(_list_head(status, len(options), width))
        records = state.pathway.options
        rows += [_name_row(records[each.id], width) for each in options]
        rows.append(BLANK)
    return (*rows, *_alert_leads(state))


@kept_for_each(MANY)
def _name_row(option: Option, width: int) -> Row:
    """An option's name alone; of very many options every answer shows each."""
    name = option.label if cell_len(option.label) <= width - 4 else short_label(option)
    return Row((Cell((), 4), Cell((Span(name),))), OPTION + option.id)


def _standing(state: State, status: Status) -> list[OptionAssessment]:
    return [each for each in state.assessment.options.values() if each.status is status]


def _list_head(status: Status, count: int, width: int) -> Row:
    title = _SHORT_TITLES[status] if width < NARROW else STATUS_TITLES[status]
    return heading(f"{SYMBOLS[status]} {title.upper()}", str(count))


def _list(state: State, status: Status, width: int, before: ToldBefore) -> Iterator[Row]:
    """One list: options that stand there for the same reason stand together, under the reason.

    Neither the groups nor the options in them are ranked: both keep the pathway's order.
    """
    options = _standing(state, status)
    yield _list_head(status, len(options), width)
    groups: dict[str, list[tuple[Option, str]]] = {}
    records = state.pathway.options
    for each in options:
        shared, remark = _told(state, each, before)
        groups.setdefault(shared, []).append((records[each.id], remark))
    moves = {each.option: mark(each) for each in state.moved.options}
    for shared, members in groups.items():
        own = _alone(state, members[0][0], shared, width) if len(members) == 1 else ""
        over = "" if own else _shared_remark(members, width)
        if not own:
            yield text(shared, Tone.DIM, indent=2)
        if over:
            yield text(f"all: {over}", Tone.DIM, indent=2)
        for option, remark in members:
            below = "" if over else remark
            yield from _option_rows(option, own, below, width, moves.get(option.id))
    if not options:
        yield text("none", Tone.DIM, indent=2)
    yield BLANK


def _told(state: State, option: OptionAssessment, before: ToldBefore) -> Told:
    """What is told of an option: of what decides it, the answers as they are."""
    given = state.answers.entries
    decided = (state.begun, *[given[factor] for factor in option.verdict.because])
    assessed, follows_from, told = before.get(option.id, (None, None, None))
    if told is None or assessed is not option or follows_from != decided:
        remark = "; ".join(remarks(state.situation, state.pathway.options[option.id]))
        told = Told(_shared_reason(state, option), remark)
        before[option.id] = option, decided, told
    return told


def _alone(state: State, option: Option, shared: str, width: int) -> str:
    """Why an option stands where it does, told of it alone as short as it goes.

    Empty where that does not fit beside its name.
    """
    verdict = state.assessment.options[option.id].verdict
    own = shared
    if verdict.status is Status.POSSIBLE:
        own = ", ".join(factors_in_sentence(state.pathway, verdict.depends_on))
    return own if _fitting_name(option, own, width) is not None else ""


def _shared_remark(members: Sequence[tuple[Option, str]], width: int) -> str:
    """What would be said below each of several options, word for word the same."""
    remark = members[0][1]
    if not remark or len(members) < 2 or any(other != remark for _, other in members):
        return ""
    fits = all(_fitting_name(option, remark, width - 4) for option, _ in members)
    return "" if fits else remark


@kept_for_each(MANY)
def _option_rows(
    option: Option, own: str, remark: str, width: int, move: Mark | None
) -> tuple[Row, ...]:
    """An option with what must not be lost behind its row; of very many, few change with a key.

    At the right edge stands what fits there whole: a reason that is the option's own, else its
    remark; the rest stands below.
    """
    indent = 2 if own else 4
    marked = (Cell((), indent - 2), Cell((Span(move or "", Tone.CHANGE),), 2))
    beside, below = (own, remark) if own else (remark, "")
    name = _fitting_name(option, beside, width - indent)
    if name is None:
        beside, below = "", beside
        name = _fitting_name(option, "", width - indent) or short_label(option)
    label = Cell((Span(name, Tone.CHANGE if move else Tone.PLAIN),))
    edge = Cell((Span(beside, Tone.DIM),), cell_len(beside), right=True)
    row = Row((*marked, label, *((edge,) if beside else ())), OPTION + option.id)
    return (row, text(below, Tone.DIM, indent=indent + 2)) if below else (row,)


def _fitting_name(option: Option, beside: str, width: int) -> str | None:
    """The longest name of an option that fits on a line beside some words."""
    room = width - (cell_len(beside) + 2 if beside else 0)
    names = (option.label, short_label(option))
    return next((name for name in names if cell_len(name) <= room), None)


def _shared_reason(state: State, option: OptionAssessment) -> str:
    """Why an option stands in its list, as the words over all that stand there for it."""
    verdict = option.verdict
    if verdict.status is Status.POSSIBLE:
        if not state.begun or len(verdict.depends_on) > _MOST_NAMES:
            return "each on several answers"
        return f"on {joined(factors_in_sentence(state.pathway, verdict.depends_on))}"
    if not verdict.because:
        return "for every case" if verdict.status is Status.DESCRIBED else "for no case"
    compiled = state.situation.compiled
    function = compiled.options[option.id]
    deciding = deciding_answers(compiled, state.answers, function, verdict)
    return deciding_in_short(state.pathway, deciding)


def _marks(state: State, width: int) -> list[Row]:
    """What the marks of change mean, while there are any."""
    if not state.moved.options:
        return []
    by = "save of the files" if state.by_save else "answer"
    words = f"By the last {by}: " if width >= NARROW else ""
    return [
        spans(
            Span(words, Tone.DIM),
            Span(f"{Mark.APPEARED} ", Tone.CHANGE),
            Span("nearer to described, ", Tone.DIM),
            Span(f"{Mark.LEFT} ", Tone.CHANGE),
            Span("further from it.", Tone.DIM),
        ),
        BLANK,
    ]


def _alert_leads(state: State) -> list[Row]:
    if not state.assessment.alerts:
        return []
    rows = [heading("ALSO TO KNOW", str(len(state.assessment.alerts)))]
    for alert, standing in state.assessment.alerts.items():
        rows.append(alert_row(state.pathway.alerts[alert], standing))
    return rows


@kept_for_each(MANY)
def alert_row(alert: Alert, standing: AlertState) -> Row:
    """One alert of a list: its level in words, whether it is only a check, and its title."""
    word = LEVEL_WORDS[alert.level]
    if standing is AlertState.CHECK:
        word = f"Check ({word.lower()})"
    tone = Tone.CAUTION if alert.level is AlertLevel.EMERGENCY else Tone.STRONG
    return Row(
        (Cell((), 2), Cell((Span(f"{word}: ", tone), Span(alert.title)))),
        ALERT + alert.id,
    )
