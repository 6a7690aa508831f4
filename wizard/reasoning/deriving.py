"""What derived factors come to under a part of the answers, to be named beside a reason."""

from collections.abc import Iterable, Mapping

from wizard.case.answers import Answer, Answers, ChoiceAnswer
from wizard.engine.compiling import Compiled
from wizard.engine.restriction import Restriction
from wizard.pathway.model import Option
from wizard.pathway.owned_rules import asked_factors


def derived_asked(compiled: Compiled, option: Option) -> tuple[str, ...]:
    """The derived factors that the statements on an option ask, in the order of the walk."""
    if not compiled.derived:
        return ()
    trees = [statement.rule.tree for statement in option.statements.values()]
    asked = {name for tree in trees for name in asked_factors(compiled.pathway, tree)}
    return tuple(name for name in compiled.derived if name in asked)


def derived_from(
    compiled: Compiled, answers: Answers, part: Mapping[str, Answer], derived: Iterable[str]
) -> Mapping[str, ChoiceAnswer]:
    """What a part of the answers leaves of these derived factors, where it leaves not all.

    A derived factor that was answered is left out: its answer stands by itself.
    """
    names = tuple(derived)
    if not names:
        return {}
    found = {}
    allowed = list(compiled.space.unanswered(compiled.space.allowed(answers)))
    for name, answer in part.items():
        compiled.space.narrow(allowed, name, answer)
    view = Restriction(compiled.diagrams, tuple(allowed))
    for name in names:
        ways = compiled.derived[name]
        left = frozenset(value for value, way in ways.items() if view.can_be(way))
        if 0 < len(left) < len(ways) and not isinstance(answers.get(name), ChoiceAnswer):
            found[name] = ChoiceAnswer(left)
    return found
