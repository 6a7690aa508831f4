"""A case at one moment, with its assessment and reasons: what every sentence is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wizard.case.answers import Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import Node
from wizard.pathway.model import Pathway
from wizard.reasoning.assessing import assess, verdict
from wizard.reasoning.assessment import Assessment, Verdict
from wizard.reasoning.deciding import deciding_answers


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


@dataclass(frozen=True, slots=True)
class Reason:
    """A verdict, and the parts of the answers that alone settle it (none where it is open)."""

    verdict: Verdict
    deciding: Mapping[str, Answer]


def reason(now: Situation, function: Node, judged: Verdict | None = None) -> Reason:
    """Why a function has its status in a situation; `judged` is its verdict where that is known."""
    judged = judged or verdict(now.compiled, now.answers, function)
    return Reason(judged, deciding_answers(now.compiled, now.answers, function, judged))
