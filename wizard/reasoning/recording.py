"""What stands at the moment when the team records something."""

from wizard.case.decisions import Now, Stood
from wizard.reasoning.situation import Situation


def now_of(situation: Situation) -> Now:
    """The answers and the day of a situation, and what is described for them."""
    pathway, options = situation.pathway, situation.assessment.options
    statuses = {name: options[name].status for name in pathway.options}
    return Now(Stood(situation.answers, statuses, pathway.version, pathway.digest), situation.today)
