"""What an alert that is only a check still depends on."""

from wizard.pathway.model import Alert
from wizard.reasoning.assessing import verdict
from wizard.wording.answers import factor_labels
from wizard.wording.situation import Situation
from wizard.wording.text import sentence


def unsettled(situation: Situation, alert: Alert) -> str:
    """`Not settled by these answers; it depends on: ...`."""
    function = situation.compiled.alerts[alert.id].when
    judged = verdict(situation.compiled, situation.answers, function)
    labels = factor_labels(situation.pathway, judged.depends_on)
    return sentence(f"Not settled by these answers; it depends on: {labels}")
