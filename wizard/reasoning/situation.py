"""A case at one moment: what words are made from."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.restriction import Restriction
from wizard.pathway.model import Pathway, Status
from wizard.pathway.trees import Tree
from wizard.reasoning.assessing import assess_after
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.showing import status
from wizard.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wizard.reasoning.agreement import OptionAgreement
    from wizard.reasoning.explanation import CaseExplanation


class Situation(Record):
    """A compiled pathway, the answers, what follows from them, and today's date."""

    __slots__ = ("__dict__",)

    compiled: Compiled
    answers: Answers
    assessment: Assessment
    today: date
    view: Restriction

    def __eq__(self, other: object) -> bool:
        """Whether it has the same pathway, answers and day: all else follows from these."""
        if not isinstance(other, Situation):
            return NotImplemented
        mine = self.compiled, self.answers, self.today
        return mine == (other.compiled, other.answers, other.today)

    def __hash__(self) -> int:
        return hash((self.answers, self.today))

    @property
    def pathway(self) -> Pathway:
        """The pathway that the case is in."""
        return self.compiled.pathway

    def after(self, answers: Answers) -> "Situation":
        """The situation of other answers; only what they touch is reasoned about anew."""
        compiled = self.compiled
        view = Restriction(compiled.diagrams, compiled.space.allowed(answers), self.view)
        found = assess_after(compiled, answers, view, self.assessment)
        return Situation(compiled, answers, found, self.today, view)

    def apart(self) -> "Situation":
        """The same with nothing remembered, for another thread than the one that has this."""
        view = Restriction(self.compiled.diagrams, self.view.allowed)
        return replace(self, view=view)

    def holds(self, tree: Tree) -> Status:
        """Over all completions, where a part of a rule holds."""
        return status(self.view, self.compiled.function(tree))

    @cached_property
    def to_ask(self) -> frozenset[str]:
        """The questions that can still change something shown."""
        return frozenset(each.factor for each in self.assessment.next)

    @cached_property
    def agreement(self) -> "Mapping[str, OptionAgreement]":
        """How far the documents agree on each option; every report as data says it."""
        from wizard.reasoning.agreement import agreement

        return agreement(self.compiled, self.answers, self.assessment)

    @cached_property
    def explained(self) -> "CaseExplanation":
        """Why all of it is so."""
        from wizard.reasoning.explanation import CaseExplanation

        return CaseExplanation(self.compiled, self.answers, self.assessment)


def situation(compiled: Compiled, answers: Answers, today: date) -> Situation:
    """The situation of these answers, assessed."""
    view = Restriction(compiled.diagrams, compiled.space.allowed(answers))
    return Situation(compiled, answers, assess_after(compiled, answers, view, None), today, view)
