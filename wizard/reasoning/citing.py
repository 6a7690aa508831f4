"""The claims that a statement would be cited with in other cases than the one in front."""

from collections.abc import Iterable, Mapping

from wizard.case.answers import Answer, Answers
from wizard.engine.compiling import Compiled
from wizard.engine.counting import somewhere
from wizard.engine.diagrams import FALSE, Allowed
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.reasoning.assessment import Cited
from wizard.reasoning.value_sets import ValueSet, narrow_to


def cited_within(
    compiled: Compiled, option: str, statement: str, among: Iterable[Allowed]
) -> Cited:
    """What a statement is cited with in those cases of some sets in which it matches.

    The claims of a way are certain where it holds in each of these cases in which the statement
    matches, and possible where it holds in one.
    """
    own = compiled.pathway.options[option].statements[statement].claims
    function = compiled.statements[option, statement]
    certain, possible = list(own), []
    every = tuple(among)
    ways = compiled.citing.get(RuleKey(RuleKind.STATEMENT, option, statement), {})
    for claim, way in ways.items() if every else ():
        if claim in own:
            continue
        if not any(somewhere(compiled.diagrams, function, way, each) for each in every):
            certain.append(claim)
        elif any(somewhere(compiled.diagrams, way, FALSE, each) for each in every):
            possible.append(claim)
    return Cited(tuple(certain), tuple(possible))


def changed(compiled: Compiled, answers: Answers, new: Mapping[str, Answer | ValueSet]) -> Allowed:
    """What answers allow where some of them are new; all others stay as they are."""
    allowed = list(compiled.space.allowed(answers))
    for factor, values in new.items():
        narrow_to(compiled, allowed, factor, values)
    return tuple(allowed)


def without(compiled: Compiled, answers: Answers, gone: Iterable[str]) -> Allowed:
    """What answers allow without some of them, whatever these become."""
    free = compiled.space.unanswered(compiled.space.allowed(answers))
    allowed = list(free)
    for factor, answer in answers.items():
        if factor not in gone:
            compiled.space.narrow(allowed, factor, answer)
    return tuple(allowed)
