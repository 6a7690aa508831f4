"""What differs between two assessments, as rows: for a what-if, and for two cases side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wizard.case.answers import Answer, NumberAnswer, Unknown
from wizard.pathway.model import Factor, Pathway, Status
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.case_diff import CaseComparison, Moved, StatusMove
from wizard.reasoning.what_if import Alternative
from wizard.wording.answers import NOT_KNOWN, answer_text, factor_label
from wizard.wording.statuses import LEVEL_WORDS, SETTING_WORDS, STATUS_TITLES
from wizard.wording.values import news_text, values_text

STATUS_WORDS: Final[Mapping[Status, str]] = {
    Status.DESCRIBED: "described",
    Status.POSSIBLE: "depends on further answers",
    Status.NOT_DESCRIBED: "not described",
}
ABOUT_ALTERNATIVES: Final = (
    "What the documents would describe if one answer were another. It is not advice on what to do."
)
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
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One difference.  `mark` is + for more, - for less, None where it is neither."""

    kind: DifferenceKind
    id: str
    mark: Mark | None
    says: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A line of two cases side by side."""

    label: str
    before: str
    after: str
    differs: bool


def alternative_text(factor: Factor, given: Answer | None, each: Alternative) -> str:
    """Another answer to a question, beside the one given."""
    if isinstance(each.values, Unknown):
        return NOT_KNOWN
    if isinstance(given, NumberAnswer):
        return values_text(factor, each.values)
    return news_text(factor, each.values, given)


def difference_rows(pathway: Pathway, moved: Moved) -> tuple[DifferenceRow, ...]:
    """Everything that differs: options, then their aims and usual settings, then alerts."""
    return (
        *_options(pathway, moved),
        *_aims(pathway, moved),
        *_settings(pathway, moved),
        *_alert_rows(pathway, moved),
    )


def mark(move: StatusMove) -> Mark:
    """Which way an option moved."""
    nearest_last = (Status.NOT_DESCRIBED, Status.POSSIBLE, Status.DESCRIBED)
    nearer = nearest_last.index(move.after) > nearest_last.index(move.before)
    return Mark.APPEARED if nearer else Mark.LEFT


def option_moved(pathway: Pathway, move: StatusMove) -> str:
    """In which list an option stands after an answer, and in which it stood before."""
    now, before = (STATUS_TITLES[each].lower() for each in (move.after, move.before))
    return f"{pathway.options[move.option].label}: now {now} (before: {before})"


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
) -> tuple[ComparedRow, ...]:
    """The answers of two cases: every question that one of them answers."""
    different = {move.factor for move in found.answers}
    return tuple(
        ComparedRow(
            factor_label(factor),
            answer_text(factor, before.get(factor.id)),
            answer_text(factor, after.get(factor.id)),
            factor.id in different,
        )
        for factor in pathway.factors.values()
        if factor.id in before or factor.id in after
    )


def compared_options(pathway: Pathway, found: CaseComparison) -> tuple[ComparedRow, ...]:
    """The statuses of all options in two cases, in the neutral order."""
    pairs = [
        (option, found.before.options[option.id].status, found.after.options[option.id].status)
        for option in pathway.options.values()
    ]
    return tuple(
        ComparedRow(option.label, STATUS_WORDS[one], STATUS_WORDS[other], one is not other)
        for option, one, other in pairs
    )


def compared_alerts(pathway: Pathway, found: CaseComparison) -> tuple[ComparedRow, ...]:
    """The alerts that either case shows."""
    return tuple(
        ComparedRow(
            f"{LEVEL_WORDS[alert.level]}: {alert.title}",
            _state(found.before.alerts.get(alert.id)),
            _state(found.after.alerts.get(alert.id)),
            found.before.alerts.get(alert.id) is not found.after.alerts.get(alert.id),
        )
        for alert in pathway.alerts.values()
        if alert.id in found.before.alerts or alert.id in found.after.alerts
    )


# --- parts -----------------------------------------------------------------------------------


def _options(pathway: Pathway, moved: Moved) -> list[DifferenceRow]:
    return [
        DifferenceRow(
            DifferenceKind.OPTION,
            move.option,
            mark(move),
            f"{pathway.options[move.option].label}: {STATUS_WORDS[move.after]} "
            f"(before: {STATUS_WORDS[move.before]})",
        )
        for move in moved.options
    ]


def _aims(pathway: Pathway, moved: Moved) -> list[DifferenceRow]:
    return [
        DifferenceRow(
            DifferenceKind.AIM,
            f"{move.option}.{move.aim}",
            Mark.APPEARED if move.added else Mark.LEFT,
            f"{pathway.options[move.option].label}: aim "
            f"{'listed' if move.added else 'no longer listed'}: "
            f"{pathway.options[move.option].aims_by_id[move.aim][0].label}",
        )
        for move in moved.aims
    ]


def _settings(pathway: Pathway, moved: Moved) -> list[DifferenceRow]:
    rows = []
    for move in moved.settings:
        option = pathway.options[move.option]
        label = option.usual_setting.label if option.usual_setting else ""
        rows.append(
            DifferenceRow(
                DifferenceKind.SETTING,
                move.option,
                None,
                f"{option.label}: usual setting ({label}) {SETTING_WORDS[move.after]} "
                f"(before: {SETTING_WORDS[move.before]})",
            )
        )
    return rows


def _alert_rows(pathway: Pathway, moved: Moved) -> list[DifferenceRow]:
    return [
        DifferenceRow(
            DifferenceKind.ALERT,
            move.alert,
            Mark.LEFT if move.after is None else Mark.APPEARED if move.before is None else None,
            f"{LEVEL_WORDS[pathway.alerts[move.alert].level]}, {_state(move.after)}: "
            f"{pathway.alerts[move.alert].title} (before: {_state(move.before)})",
        )
        for move in moved.alerts
    ]


def _state(state: AlertState | None) -> str:
    if state is None:
        return "not shown"
    return "to check" if state is AlertState.CHECK else "raised"
