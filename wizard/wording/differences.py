"""What differs between two assessments, as rows: for a what-if, and for two cases side by side."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from wizard.case.answers import Answer, NumberAnswer, RangesAnswer, Unknown
from wizard.pathway.factors import Factor
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.case_diff import CaseComparison, Moved, StatusMove
from wizard.record import Record
from wizard.wording.answers import NOT_KNOWN, answer_text, factor_label
from wizard.wording.outline import Item
from wizard.wording.statuses import LEVEL_WORDS, SETTING_WORDS
from wizard.wording.values import news_text, values_text

if TYPE_CHECKING:
    from wizard.reasoning.what_if import Alternative

STATUS_WORDS: Final[Mapping[Status, str]] = {
    Status.DESCRIBED: "described",
    Status.POSSIBLE: "depends on further answers",
    Status.NOT_DESCRIBED: "not described",
}
ABOUT_ALTERNATIVES: Final = (
    "What the documents would describe if one answer were another. It is not advice on what to do."
)
BEFORE: Final = "before"
FIRST_CASE: Final = "first case"
NOTHING_MOVES: Final = "Nothing shown would be different."


class Mark(StrEnum):
    """How an option moved: nearer to being described, or further from it."""

    APPEARED = "+"
    LEFT = "-"


class DifferenceKind(StrEnum):
    """What a row of differences is about."""

    OPTION = "option"
    AIM = "aim"
    SETTING = "usual_setting"
    EXCLUSION = "exclusion"
    ALERT = "alert"


class DifferenceRow(Record):
    """One difference.  `mark` is + for more, - for less, None where it is neither."""

    kind: DifferenceKind
    id: str
    mark: Mark | None
    says: str


def alternative_text(factor: Factor, given: Answer | None, each: "Alternative") -> str:
    """Another answer to a question, beside the one given."""
    if isinstance(each.values, Unknown):
        return NOT_KNOWN
    if isinstance(given, NumberAnswer | RangesAnswer):
        return values_text(factor, each.values)
    return news_text(factor, each.values, given)


def difference_rows(
    pathway: Pathway, moved: Moved, other: str = BEFORE
) -> tuple[DifferenceRow, ...]:
    """Everything that differs: options, their aims, usual settings and exclusions, then alerts.

    `other` is what the first of the two is called.
    """
    return tuple(_difference_rows(pathway, moved, other))


def mark(move: StatusMove) -> Mark:
    """Which way an option moved."""
    nearest_last = (Status.NOT_DESCRIBED, Status.POSSIBLE, Status.DESCRIBED)
    nearer = nearest_last.index(move.after) > nearest_last.index(move.before)
    return Mark.APPEARED if nearer else Mark.LEFT


def option_moved(pathway: Pathway, move: StatusMove, other: str = BEFORE) -> str:
    """In which list an option stands, and in which it stood before or in another case."""
    label = pathway.options[move.option].label
    return f"{label}: {STATUS_WORDS[move.after]} ({other}: {STATUS_WORDS[move.before]})"


def alerts_moved(pathway: Pathway, moved: Moved) -> dict[str, str]:
    """The alerts that an answer raised, settled or changed, in the pathway's order, in words."""
    found = {}
    after = {move.alert: move.after for move in moved.alerts}
    for alert in (each for each in pathway.alerts.values() if each.id in after):
        state = after[alert.id]
        became = "no longer shown" if state is None else f"now {_state(state)}"
        found[alert.id] = f"{LEVEL_WORDS[alert.level]}, {became}: {alert.title}"
    return found


def compared_answers(
    pathway: Pathway,
    found: CaseComparison,
    before: Mapping[str, Answer],
    after: Mapping[str, Answer],
) -> tuple[Item, ...]:
    """The answers of two cases: every question that one of them answers."""
    different = {move.factor for move in found.answers}
    return tuple(
        _side_by_side(
            factor_label(factor),
            answer_text(factor, before.get(factor.id)),
            answer_text(factor, after.get(factor.id)),
            differs=factor.id in different,
        )
        for factor in pathway.factors.values()
        if factor.id in before or factor.id in after
    )


def compared_options(pathway: Pathway, found: CaseComparison) -> tuple[Item, ...]:
    """The statuses of all options in two cases, in the neutral order."""
    before, after = found.before.options, found.after.options
    pairs = [
        (option.label, before[option.id].status, after[option.id].status)
        for option in pathway.options.values()
    ]
    return tuple(
        _side_by_side(label, STATUS_WORDS[one], STATUS_WORDS[other], differs=one is not other)
        for label, one, other in pairs
    )


def compared_alerts(pathway: Pathway, found: CaseComparison) -> tuple[Item, ...]:
    """The alerts that either case shows."""
    return tuple(
        _side_by_side(
            f"{LEVEL_WORDS[alert.level]}: {alert.title}",
            _state(found.before.alerts.get(alert.id)),
            _state(found.after.alerts.get(alert.id)),
            differs=found.before.alerts.get(alert.id) is not found.after.alerts.get(alert.id),
        )
        for alert in pathway.alerts.values()
        if alert.id in found.before.alerts or alert.id in found.after.alerts
    )


# --- parts -----------------------------------------------------------------------------------


def _difference_rows(pathway: Pathway, moved: Moved, other: str) -> Iterator[DifferenceRow]:
    for option in moved.options:
        says = option_moved(pathway, option, other)
        yield DifferenceRow(DifferenceKind.OPTION, option.option, mark(option), says)
    for aim in moved.aims:
        of = pathway.options[aim.option]
        listed = "listed" if aim.added else "no longer listed"
        says = f"{of.label}: aim {listed}: {of.aims_by_id[aim.aim][0].label}"
        sign = Mark.APPEARED if aim.added else Mark.LEFT
        yield DifferenceRow(DifferenceKind.AIM, f"{aim.option}.{aim.aim}", sign, says)
    for usual in moved.settings:
        of = pathway.options[usual.option]
        label = of.usual_setting.label if of.usual_setting else ""
        before, after = SETTING_WORDS[usual.before], SETTING_WORDS[usual.after]
        says = f"{of.label}: usual setting ({label}) {after} ({other}: {before})"
        yield DifferenceRow(DifferenceKind.SETTING, usual.option, None, says)
    for one in moved.exclusions:
        of = pathway.options[one.option]
        source = pathway.sources[of.excludes[one.exclusion].source].short
        says = "now says" if one.added else "no longer says"
        told = f"{of.label}: {source} {says} that it is not for such a case"
        yield DifferenceRow(DifferenceKind.EXCLUSION, f"{one.option}.{one.exclusion}", None, told)
    for move in moved.alerts:
        alert = pathway.alerts[move.alert]
        shows = Mark.APPEARED if move.before is None else None
        before, after = _state(move.before), _state(move.after)
        says = f"{LEVEL_WORDS[alert.level]}, {after}: {alert.title} ({other}: {before})"
        change = Mark.LEFT if move.after is None else shows
        yield DifferenceRow(DifferenceKind.ALERT, move.alert, change, says)


def _side_by_side(label: str, before: str, after: str, *, differs: bool) -> Item:
    """A line of two cases; in short, one that does not differ is left out."""
    return Item(
        label,
        strong=differs,
        mark="≠" if differs else "",
        cells=(before, after),
        short=None if differs else "",
    )


def _state(state: AlertState | None) -> str:
    if state is None:
        return "not shown"
    return "to check" if state is AlertState.CHECK else "raised"
