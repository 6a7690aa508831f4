"""A case at one moment: everything that words about it are made from."""

from dataclasses import dataclass
from datetime import date

from wizard.case.answers import Answers
from wizard.pathway.model import Pathway
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.compiling import Compiled


@dataclass(frozen=True, slots=True)
class Situation:
    """A compiled pathway, the answers, what follows from them, and today's date."""

    compiled: Compiled
    answers: Answers
    assessment: Assessment
    today: date

    @property
    def pathway(self) -> Pathway:
        """The pathway that the case is in."""
        return self.compiled.pathway


def situation(compiled: Compiled, answers: Answers, today: date) -> Situation:
    """The situation of these answers, assessed."""
    return Situation(compiled, answers, assess(compiled, answers), today)
