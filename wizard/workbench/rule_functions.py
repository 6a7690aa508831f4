"""The functions of single rules, and of rules that are written a little otherwise."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar

from wizard.engine.compiler import Compiler
from wizard.engine.compiling import Compiled
from wizard.engine.counting import definite
from wizard.engine.diagrams import FALSE, TRUE, Diagrams, Node, TooManyNodesError
from wizard.engine.disorder import outgrown
from wizard.engine.space import case_space
from wizard.pathway.factors import MultiFactor, named_values
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import points_of, rules
from wizard.pathway.ranges import beside, bound_words
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    AtLeast,
    Not,
    OneOf,
    Range,
    Requirement,
    Rest,
    Rule,
    Test,
    Tree,
    asks,
    every_test,
)

BUDGET: Final = 8_000_000
"""The most nodes for a pathway and all that is worked out about its rules."""


Others = ParamSpec("Others")
Found = TypeVar("Found")


def within_budget(
    work: Callable[Concatenate[Pathway, Others], Found],
) -> Callable[Concatenate[Pathway, Others], Found]:
    """Have work on a pathway raise BudgetExceededError where its functions outgrow the store."""

    @wraps(work)
    def told(pathway: Pathway, /, *others: Others.args, **named: Others.kwargs) -> Found:
        try:
            return work(pathway, *others, **named)
        except TooManyNodesError as error:
            raise outgrown(pathway, BUDGET) from error

    return told


def compiled_for_work(pathway: Pathway) -> tuple[Compiled, "RuleFunctions"]:
    """A pathway compiled with room for more functions, numbers told apart beside each bound.

    Raises BudgetExceededError.
    """
    space = case_space(pathway, _beside_bounds(pathway))
    diagrams = Diagrams(space.sizes, BUDGET)
    compiled = Compiler(pathway, BUDGET, space, diagrams).compiled()
    return compiled, RuleFunctions(compiled)


def _beside_bounds(pathway: Pathway) -> dict[str, set[Decimal]]:
    found: dict[str, set[Decimal]] = {}
    for rule in rules(pathway):
        for factor, test, _ in every_test(rule.tree):
            for bound in test.bounds if isinstance(test, Range) else ():
                found.setdefault(factor, set()).update(beside(bound))
    for points in points_of(pathway):
        for branch in points.branches:
            for bound in branch.test.bounds if isinstance(branch.test, Range) else ():
                found.setdefault(points.factor, set()).update(beside(bound))
    return found


class RuleFunctions:
    """Makes functions in the store of a compiled pathway.

    `applies` says where factors apply, and `shared` what shared trees come to; both may be
    replaced to see what would follow.
    """

    def __init__(
        self,
        compiled: Compiled,
        applies: Mapping[str, Node] | None = None,
        shared: Mapping[str, Node] | None = None,
    ) -> None:
        self.compiled = compiled
        self.pathway = compiled.pathway
        self.diagrams = compiled.diagrams
        self.applies = applies or compiled.applies
        self.compiler = Compiler(self.pathway, BUDGET, compiled.space, compiled.diagrams)
        self.compiler.shared = dict(shared or compiled.shared)
        self.compiler.applies = dict(self.applies)

    def rule(self, rule: Rule) -> Node:
        """Where a rule holds."""
        return self.compiler.tree(rule.tree)

    def cases_only(self, function: Node) -> Node:
        """The function, IMPOSSIBLE where a multi that needs a member has none."""
        for factor in self.compiled.space.factors_of(self.diagrams.asked[function]):
            function = self.diagrams.both(function, self.possible(factor))
        return function

    def possible(self, factor: str) -> Node:
        """TRUE, but IMPOSSIBLE where a multi that needs a member has none."""
        record = self.pathway.factors[factor]
        if not isinstance(record, MultiFactor) or not record.at_least:
            return TRUE
        return self.compiler.ask(factor, [Rest()], [TRUE])

    def test(self, factor: str, test: Test) -> Node:
        """Where a factor passes a test."""
        return self.compiler.ask(factor, (test, Rest()), (TRUE, FALSE))

    def question(self, part: Ask | Requirement) -> Ask:
        """A question of a tree, or what a requirement asks where its factor applies."""
        if isinstance(part, Ask):
            return part
        return part.question(named_values(self.pathway.factors[part.factor]))

    def passes(self, node: Ask, place: int) -> Node:
        """Where a case takes this branch of a question.

        Some cases may take no branch: a question need not have one for what the questions before it
        rule out.
        """
        below = [TRUE if other == place else FALSE for other in range(len(node.branches))]
        taken = self.compiler.ask(node.factor, [each.test for each in node.branches], below)
        return self.cases_only(definite(self.diagrams, taken))

    def asked_soundly(self, tree: Tree, reach: Node) -> bool:
        """Whether each question of a tree applies in every case that reaches it."""
        if isinstance(tree, Not | AtLeast):
            below = (tree.tree,) if isinstance(tree, Not) else tree.trees
            return all(self.asked_soundly(each, reach) for each in below)
        if not isinstance(tree, Ask):
            return True
        guard = self.applies[tree.factor]
        if guard != TRUE:
            outside = self.diagrams.both(reach, self.diagrams.negation(guard))
            if self.diagrams.outcomes[outside] >> TRUE & 1:
                return False
        return all(
            self.asked_soundly(branch.tree, self.diagrams.both(reach, self.passes(tree, place)))
            for place, branch in enumerate(tree.branches)
            if isinstance(branch.tree, Ask)
        )

    def deciding(self, tree: AtLeast, place: int, reach: Node) -> Node:
        """Where it lies with one of several trees alone whether enough of them hold."""
        others = [self.compiler.tree(each) for at, each in enumerate(tree.trees) if at != place]
        enough = self.diagrams.at_least(tree.least, others)
        nearly = self.diagrams.at_least(tree.least - 1, others)
        open_ = self.diagrams.where(enough, FALSE, nearly)
        return self.diagrams.where(reach, open_, FALSE)

    def guarded(self, tree: Tree) -> bool:
        """Whether a tree asks a factor that does not always apply."""
        return any(self.applies[node.factor] != TRUE for node in asks(tree))


def tests_beside(test: Test, known: Iterable[str]) -> Iterator[tuple[str, Test]]:
    """Tests with one value, member or number more or less, and what was done, in ids."""
    match test:
        case OneOf(ids) | AnyOf(ids):
            made = type(test)
            if len(ids) > 1:
                for gone in ids:
                    yield f"{gone} taken out", made(tuple(one for one in ids if one != gone))
            others = [one for one in known if one not in ids]
            if len(others) > 1 or made is AnyOf:
                for more in others:
                    yield f"{more} put in", made((*ids, more))
        case Range():
            for bound in test.bounds:
                for moved in beside(bound):
                    new = shifted(test, bound, moved)
                    if new.low is None or new.high is None or new.low < new.high:
                        yield f"{bound_words(bound)} moved to {bound_words(moved)}", new


def shifted(values: Range, bound: Decimal, moved: Decimal) -> Range:
    """A range with another number where it has this bound."""
    low, high = (moved if one == bound else one for one in (values.low, values.high))
    return Range(low, high)
