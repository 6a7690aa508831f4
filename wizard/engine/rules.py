"""Rules as functions of a case.

Theory of operation.  A tree is compiled from its leaves up: a node that asks a variable becomes
`Diagrams.select` over the functions of its branches, which sorts the question into the order of
the variables (the if-then-else of R. E. Bryant, "Graph-based algorithms for Boolean function
manipulation", IEEE Transactions on Computers C-35(8), 1986, with many values).  Where that outgrows
`OWN_BUDGET`, the function is held by the leaves of the tree (`leaves`), from its root down.

Cost.  A tree that asks in the order of the variables gives at most as many nodes as it has.  One
that does not may give exponentially many, for the order of variables decides the size of a diagram;
its leaves are as many as it is written with.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Final

from wizard.engine.diagrams import (
    FALSE,
    IMPOSSIBLE,
    TRUE,
    Diagrams,
    Node,
    TooManyNodesError,
)
from wizard.engine.leaves import Box
from wizard.engine.space import WORKED_OUT, CaseSpace, case_space
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    MultiFactor,
    NumberFactor,
    Points,
    named_values,
)
from wizard.pathway.model import Pathway
from wizard.pathway.ranges import lies_in
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    AtLeast,
    Branch,
    NonePresent,
    Not,
    OneOf,
    Outcome,
    Range,
    Requirement,
    Rest,
    Rule,
    Test,
    Tree,
    Use,
)

OWN_BUDGET: Final = 10_000
"""Nodes that the function of one rule may need before its leaves are tried."""


class RuleCompiler:
    """The functions of rules, and the shared trees that the store already holds.

    `space` may know values and bounds that the pathway does not (those of another version, say),
    and `diagrams` may hold other functions over the same variables; a value that no branch of a
    rule takes is not a case of it.  `own_budget` is what one rule may need before another way is
    tried.
    """

    def __init__(
        self,
        pathway: Pathway,
        budget: int,
        space: CaseSpace | None = None,
        diagrams: Diagrams | None = None,
        own_budget: int = OWN_BUDGET,
    ) -> None:
        self.pathway = pathway
        self.budget = budget
        self.own_budget = own_budget
        self.space = space or case_space(pathway)
        self.diagrams = diagrams or Diagrams(self.space.sizes, budget)
        self.shared: dict[str, Node] = {}
        self.applies: dict[str, Node] = {}
        self.worked_out: dict[str, Mapping[str, Node]] = {}
        self.cited_in: dict[str, dict[str, Node]] = {}
        self.latest: Rule | None = None

    def rule(self, rule: Rule | None) -> Node:
        """The function of a rule; always true where there is none.

        By its leaves where its diagram outgrows a part of the budget; where its leaves do so too,
        as a diagram all the same.  Raises TooManyNodesError.
        """
        if rule is None:
            return TRUE
        self.latest = rule
        store = self.diagrams
        mark, room = len(store), store.room
        store.room = min(room, store.size + self.own_budget)
        try:
            return self.tree(rule.tree)
        except TooManyNodesError:
            self.forget(mark)
        finally:
            store.room = room
        try:
            return store.hold(self.leaves(rule.tree, store.fields.full))
        except TooManyNodesError:
            self.forget(mark)
        return self.tree(rule.tree)

    def leaves(self, tree: Tree, within: Box) -> Iterator[tuple[Node, Box]]:
        """The leaves of a tree in a box: what each comes to, and its own box."""
        if not isinstance(tree, Ask):
            yield from self.diagrams.pieces(self.tree(tree), within)
            return
        tests = [branch.test for branch in tree.branches]
        for at, branch in enumerate(tree.branches):
            taken = [TRUE if other == at else FALSE for other in range(len(tests))]
            way = self.ask(tree.factor, tests, taken)
            for end, box in self.diagrams.pieces(way, within):
                if end == TRUE:
                    yield from self.leaves(branch.tree, box)
                elif end == IMPOSSIBLE and at == 0:
                    yield end, box

    def forget(self, mark: int) -> None:
        """Take back all functions from this one on, with what rests on them."""
        self.diagrams.forget(mark)
        self.shared = {name: node for name, node in self.shared.items() if node < mark}
        self.applies = {name: node for name, node in self.applies.items() if node < mark}
        self.worked_out = {
            name: ways for name, ways in self.worked_out.items() if max(ways.values()) < mark
        }
        self.cited_in = {
            name: found
            for name, found in self.cited_in.items()
            if max(found.values(), default=0) < mark
        }

    def tree(self, tree: Tree) -> Node:
        """The function of a tree."""
        match tree:
            case Requirement(factor=factor):
                return self.diagrams.where(self.applying(factor), self.required(tree), FALSE)
            case AtLeast(least, trees):
                return self.diagrams.at_least(least, [self.tree(each) for each in trees])
            case Ask(factor=factor, branches=branches):
                below = [self.tree(branch.tree) for branch in branches]
                return self.ask(factor, [branch.test for branch in branches], below)
            case Outcome(described=described):
                return TRUE if described else FALSE
            case Use(name=name):
                return self.use(name)
            case Not(tree=denied):
                return self.diagrams.negation(self.tree(denied))

    def required(self, asked: Requirement) -> Node:
        """What is required of a factor's answer, where it applies."""
        factor = self.pathway.factors[asked.factor]
        if isinstance(factor, DerivedFactor):
            return self.tree(asked.question(named_values(factor)))
        if not isinstance(factor, ChoiceFactor):
            below = [FALSE if asked.negated else TRUE] * len(asked.tests)
            return self.ask(
                asked.factor, [*asked.tests, Rest()], [*below, TRUE if asked.negated else FALSE]
            )
        passing = [v for test in asked.tests if isinstance(test, OneOf) for v in test.values]
        yes, no, known = TRUE, FALSE, factor.values
        if asked.negated:
            yes, no = no, yes
        values = self.space.values_of(asked.factor)
        children = [yes if v in passing else no if v in known else IMPOSSIBLE for v in values]
        return self.diagrams.node(self.space.levels[asked.factor].start, tuple(children))

    def cited(self, tree: Tree) -> dict[str, Node]:
        """Where each claim of a tree's parts is cited: where all above it and itself hold.

        The claims of shared trees are cited where a tree goes on with them and they hold, those of
        a derived factor's values where it is asked and has them.
        """
        match tree:
            case Requirement(factor=factor):
                below = [self.of_values(factor)]
            case AtLeast(trees=trees, claims=claims):
                below = [dict.fromkeys(claims, TRUE), *[self.cited(each) for each in trees]]
            case Ask(factor=factor, branches=branches):
                return self.cited_below(factor, branches)
            case Use(name=name):
                return self.cited_by(name)
            case Outcome(described=True, claims=claims):
                return dict.fromkeys(claims, TRUE)
            case _:
                return {}
        return self.cited_where(self.tree(tree), *below) if any(below) else {}

    def cited_by(self, name: str) -> dict[str, Node]:
        """Where the claims of a shared tree and of its parts are cited."""
        if name not in self.cited_in:
            shared = self.pathway.shared[name]
            found = dict.fromkeys(shared.claims, TRUE), self.cited(shared.rule.tree)
            self.cited_in[name] = self.cited_where(self.use(name), *found)
        return self.cited_in[name]

    def cited_below(self, factor: str, branches: Sequence[Branch]) -> dict[str, Node]:
        """Where each claim below a node is cited, and those of the values that it asks."""
        tests = [branch.test for branch in branches]
        below = [self.cited(branch.tree) for branch in branches]
        ways = {
            claim: self.ask(factor, tests, [each.get(claim, FALSE) for each in below])
            for claim in dict.fromkeys(claim for each in below for claim in each)
        }
        values = self.of_values(factor)
        if not values:
            return ways
        holds = self.ask(factor, tests, [self.tree(branch.tree) for branch in branches])
        return self.cited_where(holds, ways, values)

    def cited_where(self, holds: Node, *found: Mapping[str, Node]) -> dict[str, Node]:
        """What is cited in several parts of a tree, where all of it holds."""
        together: dict[str, Node] = {}
        for each in found:
            for claim, node in each.items():
                here = self.diagrams.where(holds, node, FALSE)
                together[claim] = self.diagrams.either(together.get(claim, FALSE), here)
        return together

    def of_values(self, name: str) -> dict[str, Node]:
        """The claims of each value of a derived factor, with where it is the one."""
        factor = self.pathway.factors[name]
        if not isinstance(factor, DerivedFactor):
            return {}
        found: list[dict[str, Node]] = []
        for value in factor.values.values():
            test = OneOf((value.id,))
            one = Requirement(name, (test,), negated=False, position=factor.position)
            if value.claims:
                found.append(dict.fromkeys(value.claims, self.tree(one)))
        return self.cited_where(TRUE, *found)

    def use(self, name: str) -> Node:
        """The function of a shared tree."""
        if name not in self.shared:
            self.shared[name] = self.rule(self.pathway.shared[name].rule)
        return self.shared[name]

    def applying(self, name: str) -> Node:
        """Where a factor applies."""
        if name not in self.applies:
            self.applies[name] = self.rule(self.pathway.factors[name].applies_when)
        return self.applies[name]

    def ask(self, factor: str, tests: Sequence[Test], below: Sequence[Node]) -> Node:
        """A node of a tree: the first branch whose test holds goes on."""
        match self.pathway.factors[factor]:
            case ChoiceFactor() as record:
                values = self.space.values_of(factor)
                taken = [IMPOSSIBLE if v is None else _first(tests, below, v) for v in values]
                if isinstance(record, DerivedFactor):
                    onward = IMPOSSIBLE
                    for value, way in self.derived(record).items():
                        there = _first(tests, below, value)
                        onward = self.diagrams.where(way, there, onward)
                    taken[WORKED_OUT] = onward
                return self.diagrams.select(self.space.levels[factor].start, tuple(taken))
            case NumberFactor():
                return self.number(factor, tests, below)
            case MultiFactor() as record:
                return self.multi(record, tests, below)

    def derived(self, factor: DerivedFactor) -> Mapping[str, Node]:
        """Where each value of a derived factor is worked out, of the cases in which it applies."""
        if factor.id not in self.worked_out:
            found = {value: self.rule(rule) for value, rule in factor.rules.items()}
            found |= {value: self.summed(factor, sums) for value, sums in factor.sums.items()}
            any_of = reduce(self.diagrams.either, found.values(), FALSE)
            rest = self.diagrams.negation(any_of)
            applies = self.applying(factor.id)
            self.worked_out[factor.id] = {
                value: self.diagrams.both(applies, found.get(value, rest))
                for value in factor.values
            }
        return self.worked_out[factor.id]

    def summed(self, factor: DerivedFactor, sums: Range) -> Node:
        """Where the points of a derived factor add up to a number in a range.

        Dynamic programming: one function for each question and each sum of the points before it.
        """
        known: dict[tuple[int, int], Node] = {}

        def after(place: int, total: int) -> Node:
            if place == len(factor.points):
                return TRUE if lies_in(Decimal(total), sums) else FALSE
            if (place, total) not in known:
                own: Points = factor.points[place]
                below = [after(place + 1, total + more) for more in own.points]
                known[place, total] = self.ask(
                    own.factor, [each.test for each in own.branches], below
                )
            return known[place, total]

        return after(0, 0)

    def contradicted(self, factor: DerivedFactor) -> Node:
        """Where an answer was given to a derived factor, and another is worked out."""
        ways = self.derived(factor)
        others = {value: [way for other, way in ways.items() if other != value] for value in ways}
        taken = [
            reduce(self.diagrams.either, others.get(value or "", ()), FALSE)
            for value in self.space.values_of(factor.id)
        ]
        return self.diagrams.select(self.space.levels[factor.id].start, tuple(taken))

    def number(self, factor: str, tests: Sequence[Test], below: Sequence[Node]) -> Node:
        """A node that asks a number: every interval goes the way of the lowest number in it."""
        intervals = range(len(self.space.cuts[factor]) + 1)
        taken = [_first(tests, below, self.space.number_in(factor, each)) for each in intervals]
        return self.diagrams.select(self.space.levels[factor].start, tuple(taken))

    def multi(self, factor: MultiFactor, tests: Sequence[Test], below: Sequence[Node]) -> Node:
        """A node that asks a multi, built from its last branch to its first.

        A branch asks whether any of some members is present, and each such question becomes the
        node above what the later branches make.  Where the multi was not done, the first branch
        that takes that goes on, and no member is asked.
        """
        members = tuple(factor.members)
        function = IMPOSSIBLE
        for test, node in zip(reversed(tests), reversed(below), strict=True):
            match test:
                case AnyOf(members=some):
                    looked_for = [member for member in some if member != NOT_DONE]
                    function = self.any_present(factor.id, looked_for, node, function)
                case NonePresent():
                    function = self.any_present(factor.id, members, function, node)
                case _:
                    function = node
        if factor.at_least:
            # Put above all branches: one that asks nothing would make a case of an empty answer.
            function = self.any_present(factor.id, members, function, IMPOSSIBLE)
        if self.space.factors[factor.id].not_done is None:
            return function
        not_done = _first(tests, below, NOT_DONE) if factor.not_done else IMPOSSIBLE
        return self.diagrams.select(self.space.levels[factor.id].start, (function, not_done))

    def any_present(self, factor: str, members: Sequence[str], yes: Node, no: Node) -> Node:
        """`yes` where any of the members is present, else `no`."""
        for level in sorted(
            (self.space.member_level(factor, member) for member in members), reverse=True
        ):
            no = self.diagrams.select(level, (no, yes))
        return no


def _first(tests: Sequence[Test], below: Sequence[Node], answer: str | Decimal) -> Node:
    """Where a value, a number or a multi not done goes on: the first branch that takes it."""
    for test, node in zip(tests, below, strict=True):
        match test:
            case OneOf(values) | AnyOf(values) if answer in values:
                return node
            case Range() as part if isinstance(answer, Decimal) and lies_in(answer, part):
                return node
            case Rest():
                return node
    return IMPOSSIBLE
