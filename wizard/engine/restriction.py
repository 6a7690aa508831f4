"""Functions under what answers still allow: statuses and dependence, exactly.

Theory of operation.  Neither needs a reduced copy of a diagram (the "restrict" of R. E. Bryant,
"Graph-based algorithms for Boolean function manipulation", IEEE Transactions on Computers C-35(8),
1986).  A status asks which terminals can be reached over allowed children: a search that remembers
each node, and stops once a node has reached all that it can reach at all.  A function depends on a
level if some node of it that can be reached asks the level and has two allowed children that
differ.  So dependence is a search for such nodes, which ends with the last level in question, and
whether two nodes differ is a search of both at once for an assignment that tells them apart (as in
an equivalence check of two automata: J. E. Hopcroft and R. M. Karp, "A linear algorithm for
testing equivalence of finite automata", 1971).

Cost.  Each node is visited at most once for all statuses together.  Nodes that differ mostly do so
within a few steps; to find that two do not may take all pairs of nodes below them, each once.  The
part of a function that asks nothing restricted is its own answer.
"""

from itertools import combinations

from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Diagrams, Node


class Restriction:
    """Functions under what is still allowed.

    Adds nothing to the store, so that memory does not grow with the questions asked.
    """

    def __init__(self, diagrams: Diagrams, allowed: Allowed) -> None:
        self._diagrams = diagrams
        self._allowed = allowed
        self._restricted = 0
        self._open = 0
        for level, (values, size) in enumerate(zip(allowed, diagrams.sizes, strict=True)):
            self._restricted |= (len(values) < size) << level
            self._open |= (len(values) > 1) << level
        self._reached: dict[Node, int] = {}
        self._apart: dict[tuple[Node, Node], bool] = {}

    def certain(self, function: Node) -> bool:
        """True in every case that is allowed."""
        return not self.reaches(function) >> FALSE & 1

    def can_be(self, function: Node) -> bool:
        """True in some case that is allowed."""
        return bool(self.reaches(function) >> TRUE & 1)

    def reaches(self, function: Node) -> int:
        """The terminals that the function reaches in allowed assignments, as bits."""
        diagrams = self._diagrams
        every = diagrams.outcomes[function]
        if not diagrams.asked[function] & self._restricted:
            return every
        found = self._reached.get(function)
        if found is None:
            found = 0
            children = diagrams.children[function]
            for value in self._allowed[diagrams.levels[function]]:
                found |= self.reaches(children[value])
                if found == every:
                    break
            self._reached[function] = found
        return found

    def depends(self, function: Node, beyond: int = 0) -> int:
        """The levels on which the function still depends, but for those `beyond`, as bits.

        A level counts if two allowed cases that differ in it alone differ in the function.
        """
        diagrams = self._diagrams
        if not diagrams.asked[function] & self._restricted and not self._can(function, IMPOSSIBLE):
            return diagrams.asked[function] & ~beyond
        if not (self._can(function, FALSE) and self._can(function, TRUE)):
            return 0
        sought = diagrams.asked[function] & self._open & ~beyond
        found = 0
        seen = {function}
        waiting = [function]
        while waiting and sought:
            node = waiting.pop()
            level, children = diagrams.levels[node], diagrams.children[node]
            following = {children[value] for value in self._allowed[level]}
            if sought >> level & 1 and any(
                self._differ(one, other) for one, other in combinations(following, 2)
            ):
                found |= 1 << level
                sought ^= 1 << level
            fresh = {child for child in following - seen if diagrams.asked[child] & sought}
            seen |= fresh
            waiting.extend(fresh)
        return found

    def _can(self, function: Node, terminal: Node) -> bool:
        return bool(self.reaches(function) >> terminal & 1)

    def _differ(self, one: Node, other: Node) -> bool:
        """Whether some allowed case makes one of two functions true and the other false."""
        if one == other:
            return False
        ones, others = self.reaches(one), self.reaches(other)
        both = ones | others
        if not (both >> FALSE & 1 and both >> TRUE & 1):
            return False
        if ones != others and not both >> IMPOSSIBLE & 1:
            # One of them has a truth that the other never has, in a case that both have.
            return True
        key = (one, other) if one < other else (other, one)
        found = self._apart.get(key)
        if found is None:
            cofactor = self._diagrams.cofactor
            level = min(self._diagrams.levels[one], self._diagrams.levels[other])
            found = False
            for value in self._allowed[level]:
                if self._differ(cofactor(one, level, value), cofactor(other, level, value)):
                    found = True
                    break
            self._apart[key] = found
        return found
