"""Complete cases, drawn at random: as values, and as the answers that tell them."""

from decimal import Decimal
from random import Random

from tests.reasoning.brute import Case, CaseValue, walk, worked_out
from wizard.case.answers import Answer, Answers
from wizard.case.raw import parse_answer
from wizard.pathway.factors import ChoiceFactor, DerivedFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway


def complete_case(pathway: Pathway, random: Random) -> Case:
    """A value of each factor that applies by those before it; derived ones are worked out."""
    case: dict[str, CaseValue] = {}
    for factor in pathway.factors.values():
        applies = factor.applies_when
        if applies is None or walk(pathway, applies.tree, case):
            if isinstance(factor, DerivedFactor):
                case[factor.id] = worked_out(pathway, factor, case)
            else:
                case[factor.id] = _value(factor, random)
    return case


def _value(factor: Factor, random: Random) -> CaseValue:
    match factor:
        case ChoiceFactor():
            return random.choice(list(factor.values))
        case MultiFactor():
            some = [member for member in factor.members if random.random() < 0.3]
            return frozenset(some or list(factor.members)[: factor.at_least])
        case NumberFactor():
            return Decimal(random.randint(int(factor.minimum), int(factor.maximum)))


def answers_of(pathway: Pathway, case: Case, known: dict[tuple[str, CaseValue], Answer]) -> Answers:
    """The answers that tell a complete case, those in `known` for values that were told before.

    Nothing is said of a derived factor, which is worked out from the others.
    """
    answers = {}
    for name, value in case.items():
        factor = pathway.factors[name]
        if not isinstance(factor, DerivedFactor):
            if (name, value) not in known:
                raw = sorted(value) if isinstance(value, frozenset) else str(value)
                known[name, value] = parse_answer(factor, raw)
            answers[name] = known[name, value]
    return Answers.in_order(answers, pathway.factors)
