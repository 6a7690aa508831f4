"""The proof that a derived factor has exactly one value in every case in which it applies."""

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from wizard.engine.diagrams import FALSE, TRUE, Diagrams, Node, first_model
from wizard.engine.space import CaseSpace
from wizard.pathway.codes import Code
from wizard.pathway.factors import NOT_DONE, DerivedFactor, MultiFactor, NumberFactor, named_values
from wizard.pathway.problems import Problem, listed, quoted
from wizard.pathway.ranges import range_words
from wizard.pathway.trees import Range

_EXPECTED = "exactly one value holds in every case in which the factor applies"


def not_exactly_one(
    factor: DerivedFactor,
    applies: Node,
    ways: Mapping[str, Node],
    space: CaseSpace,
    diagrams: Diagrams,
) -> Iterator[Problem]:
    """A case in which no value of a derived factor holds, and one for each two that hold together.

    `ways` tells where each value is worked out.
    """
    left = applies
    for function in ways.values():
        left = diagrams.both(left, diagrams.negation(function))
    if diagrams.outcomes[left] >> TRUE & 1:
        yield Problem(
            Code.NOT_ONE_VALUE,
            factor.position,
            f'no value of "{factor.id}" holds in some case{_example(left, space, diagrams)}',
            f'{_EXPECTED}; add what is missing, or write "otherwise: true" for one value',
        )
    for one, other in combinations(ways, 2):
        both = diagrams.both(ways[one], ways[other])
        if both != FALSE and diagrams.outcomes[both] >> TRUE & 1:
            where = factor.rules[other].position if other in factor.rules else factor.position
            yield Problem(
                Code.NOT_ONE_VALUE,
                where,
                f'{quoted(one)} and {quoted(other)} of "{factor.id}" hold in one case'
                + _example(both, space, diagrams),
                _EXPECTED,
            )


def _example(function: Node, space: CaseSpace, diagrams: Diagrams) -> str:
    """A case in which a function is true, in ids."""
    model = first_model(diagrams, function)
    words = [
        f"{name} {said}"
        for name, own in space.levels.items()
        if (said := _value(space, name, {v: model[v] for v in own if v in model}))
    ]
    return f" (for example: {', '.join(words)})" if words else ""


def _value(space: CaseSpace, name: str, model: Mapping[int, int]) -> str:
    """What a model says of one factor; nothing where it says nothing."""
    own = space.levels[name]
    if not model:
        return ""
    match space.factors[name]:
        case MultiFactor() as factor:
            said = zip(own, named_values(factor), strict=True)
            held = [(member, model[v]) for v, member in said if v in model]
            if (NOT_DONE, 1) in held:
                return NOT_DONE
            # Where a member is told, it was looked for.
            held = held[1:] if (NOT_DONE, 0) in held[:-1] else held
            return listed([f"{'with' if present else 'without'} {each}" for each, present in held])
        case NumberFactor() as factor:
            bounds = tuple(pairwise((None, *space.cuts[name], None)))
            return range_words(factor, Range(*bounds[model[own.start]]))
        case _:
            return space.values_of(name)[model[own.start]] or ""
