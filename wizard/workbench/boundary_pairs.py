"""Pairs of cases on both sides of a boundary: they differ in one answer and come out differently.

Theory of operation.  Two cases that are alike but for one answer, take two branches of its question
and come out differently show that the boundary between the branches lies where it should (L. J.
White and E. I. Cohen, "A domain strategy for computer program testing", IEEE Transactions on
Software Engineering SE-6(3), 1980).

Cost.  The outcomes of the branches of a question, two by two.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from itertools import permutations

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.counting import and_not, definite, exists
from wizard.engine.diagrams import FALSE, Allowed, Node, first_model, settled
from wizard.pathway.owned_rules import OwnedRule, asked_factors, owned_rules
from wizard.pathway.position import Position
from wizard.pathway.trees import Ask, Range, Rest, Test
from wizard.record import Record
from wizard.wording.answers import colon, factor_label
from wizard.wording.trees import branch_words
from wizard.workbench.branches import RuleBranch, takes
from wizard.workbench.rule_functions import RuleFunctions


class Pair(Record):
    """A pair that there can be: where, in words, whether two cases are one, and what both can have
    in common; `also` says in words how they differ.
    """

    position: Position
    what: str
    reached: bool
    common: Allowed
    also: str


class BoundaryPairs(Record):
    """The pairs of every question of every rule; `cases` are answers, and what they leave."""

    compiled: Compiled
    functions: RuleFunctions
    branches: Sequence[RuleBranch]
    cases: Sequence[tuple[Answers, Allowed]]
    step: Callable[[str], None]

    def pairs(self) -> Iterator[Pair]:
        """Every pair that some two cases can be, in the pathway's order.

        Those with the same words are one: a condition may ask one thing in several places.
        """
        found: dict[tuple[Position, str], Pair] = {}
        for pair in self._every():
            key = (pair.position, pair.what)
            if key not in found or pair.reached:
                found[key] = pair
        yield from found.values()

    def _every(self) -> Iterator[Pair]:
        for owned in owned_rules(self.compiled.pathway):
            self.step(owned.title)
            function = self.functions.compiler.tree(owned.rule.tree)
            asked = asked_factors(self.compiled.pathway, owned.rule.tree)
            settled_cases = [
                (at, outcome)
                for at, (_, allowed) in enumerate(self.cases)
                for outcome in (True, False)
                if settled(self.compiled.diagrams, function, allowed, wanted=outcome)
            ]
            questions: dict[int, list[RuleBranch]] = {}
            for branch in self.branches:
                if branch.owned == owned:
                    # By identity: two questions may stand at one place in a condition.
                    questions.setdefault(id(branch.ask), []).append(branch)
            for branches in questions.values():
                yield from self._of_question(owned, branches, asked, settled_cases)

    def _of_question(
        self,
        owned: OwnedRule,
        branches: list[RuleBranch],
        asked: Iterable[str],
        settled_cases: list[tuple[int, bool]],
    ) -> Iterator[Pair]:
        """Whether two cases differ in one answer, take two branches and come out differently."""
        ask = branches[0].ask
        others = [factor for factor in asked if factor != ask.factor]
        seen: dict[tuple[object, ...], set[tuple[int, bool]]] = {}
        for at, outcome in settled_cases:
            answers, allowed = self.cases[at]
            branch = self._taken_by(allowed, branches)
            if branch is not None:
                alike = tuple(answers.get(factor) for factor in others)
                seen.setdefault(alike, set()).add((branch, outcome))
        factor = self.compiled.pathway.factors[ask.factor]
        possible = self._possible(owned, branches)
        for first, second in _boundaries(ask):
            pairs = [(one, other) for one in first for other in second if (one, other) in possible]
            if not pairs:
                continue
            reached = any(
                (one in first and other in second)
                for found in seen.values()
                for one, came in found
                for other, went in found
                if one != other and came != went
            )
            what = f"{owned.title}: two cases that differ in {factor_label(factor)} alone"
            if len(first) == 1 and isinstance(ask.branches[min(first)].test, Range):
                words = branch_words(factor, ask.branches[min(first)])
                what += f", on both sides of the end of {words}"
            what += " and come out differently"
            sides = [branch_words(factor, ask.branches[at]) for at in pairs[0]]
            also = f"{colon(factor_label(factor))} once {sides[0]}, once {sides[1]}"
            yield Pair(ask.position, what, reached, possible[pairs[0]], also)

    def _possible(
        self, owned: OwnedRule, branches: list[RuleBranch]
    ) -> dict[tuple[int, int], Allowed]:
        """The branches that two such cases can take, with the answers that those have in common."""
        diagrams = self.compiled.diagrams
        function = self.functions.compiler.tree(owned.rule.tree)
        levels = self.compiled.space.levels[branches[0].ask.factor]
        sides = []
        for branch in branches:
            taken = reduce(
                diagrams.either, (definite(diagrams, node) for node in branch.taken), FALSE
            )
            # Quantified over the question itself: what is left is the rest that both cases share.
            by_outcome = diagrams.both(taken, function), and_not(diagrams, taken, function)
            sides.append([exists(diagrams, definite(diagrams, n), levels) for n in by_outcome])
        found = {}
        for one, other in permutations(range(len(branches)), 2):
            for at in (0, 1):
                both = diagrams.both(sides[one][at], sides[other][1 - at])
                if both != FALSE:
                    found[one, other] = self._way_of(both)
        return found

    def _way_of(self, function: Node) -> Allowed:
        """An assignment in which a function, which must be true somewhere, is true."""
        values = list(self.compiled.free)
        for level, value in first_model(self.compiled.diagrams, function).items():
            values[level] = (value,)
        return tuple(values)

    def _taken_by(self, allowed: Allowed, branches: list[RuleBranch]) -> int | None:
        """The branch of a question that a case takes for certain."""
        diagrams = self.compiled.diagrams
        taken = (place for place, one in enumerate(branches) if takes(diagrams, allowed, one))
        return next(taken, None)


def _boundaries(ask: Ask) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """The sides between which a pair is wanted: neighbours for a number, any two otherwise."""
    every = frozenset(range(len(ask.branches)))
    tests = enumerate(branch.test for branch in ask.branches)
    ranges = {at: test for at, test in tests if isinstance(test, Range)}
    if not ranges:
        yield every, every
        return
    for at, values in ranges.items():
        if values.high is not None:
            others = ((other, ask.branches[other].test) for other in every - {at})
            yield (
                frozenset([at]),
                frozenset(other for other, test in others if _begins(test, values.high)),
            )


def _begins(test: Test, bound: Decimal) -> bool:
    """Whether a branch may take the number at a bound."""
    return isinstance(test, Rest) or (isinstance(test, Range) and test.low == bound)
