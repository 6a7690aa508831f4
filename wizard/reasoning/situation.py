"""A case at one moment: what words are made from."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.explanation import CaseExplanation


@dataclass(frozen=True)
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

    @cached_property
    def explained(self) -> CaseExplanation:
        """Why all of it is so."""
        return CaseExplanation(self.compiled, self.answers, self.assessment)


def situation(compiled: Compiled, answers: Answers, today: date) -> Situation:
    """The situation of these answers, assessed."""
    return Situation(compiled, answers, assess(compiled, answers), today)
