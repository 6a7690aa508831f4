"""Statuses of options and levels of alerts in words, and why a status is as it is."""

from collections.abc import Mapping
from typing import Final

from wizard.pathway.model import Alert, AlertLevel, Status
from wizard.reasoning.assessment import Reason, Setting
from wizard.reasoning.situation import Situation
from wizard.wording.answers import factor_labels
from wizard.wording.deriving import because_of, depending_on
from wizard.wording.text import sentence

STATUS_TITLES: Final[Mapping[Status, str]] = {
    Status.DESCRIBED: "Described for these answers",
    Status.POSSIBLE: "Depends on further answers",
    Status.NOT_DESCRIBED: "Not described for these answers",
}
"""The three lists, in the order in which they always stand."""

SYMBOLS: Final[Mapping[Status, str]] = {
    Status.DESCRIBED: "●",
    Status.POSSIBLE: "◐",
    Status.NOT_DESCRIBED: "○",
}

SETTING_WORDS: Final[Mapping[Setting, str]] = {
    Setting.MET: "met",
    Setting.NOT_MET: "not met",
    Setting.UNKNOWN: "not known",
}

LEVEL_WORDS: Final[Mapping[AlertLevel, str]] = {
    AlertLevel.EMERGENCY: "May be life-threatening",
    AlertLevel.CAUTION: "Caution",
    AlertLevel.SOURCES_DIFFER: "Sources differ",
    AlertLevel.WORDING: "Wording",
    AlertLevel.GAP: "Gap",
    AlertLevel.CHECK_ANSWERS: "Check the answers",
}


def why_sentence(situation: Situation, why: Reason) -> str:
    """Why an option has its status, as a sentence."""
    status = "Described" if why.verdict.status is Status.DESCRIBED else "Not described"
    return sentence(reasoned(situation, why, status))


def reasoned(situation: Situation, why: Reason, what: str) -> str:
    """What is so, and why: `matches because ...`, `described for every case`, `depends on: ...`."""
    if why.verdict.status is Status.POSSIBLE:
        depends_on = why.verdict.depends_on
        return f"depends on: {depending_on(situation.pathway, depends_on, why.derived)}"
    if why.deciding:
        return f"{what} because {because_of(situation.pathway, why.deciding, why.derived)}"
    return f"{what} for {'every' if why.verdict.status is Status.DESCRIBED else 'no'} case"


def unsettled(situation: Situation, alert: Alert) -> str:
    """On what an alert that is only a check still depends."""
    labels = factor_labels(situation.pathway, situation.explained.checks[alert.id].depends_on)
    return sentence(f"Not settled by these answers; it depends on: {labels}")
