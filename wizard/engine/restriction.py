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
part of a function that asks nothing restricted is its own answer.  A restriction takes over from
an earlier one on what those functions depend that ask no variable in which the two differ.
"""

from collections.abc import Iterable
from itertools import combinations, compress, repeat
from operator import lt, ne

from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Diagrams, Node


class Restriction:
    """Functions under what is still allowed.

    Adds nothing to the store, so that memory does not grow with the questions asked.  `allowed` is
    what each variable may be; `earlier` is another restriction of the same functions.  As bits,
    `open` are the levels that may be several things, `changed` those that earlier might be others.
    """

    def __init__(
        self, diagrams: Diagrams, allowed: Allowed, earlier: "Restriction | None" = None
    ) -> None:
        self._diagrams = diagrams
        self.allowed = allowed
        self._restricted = self._levels(map(lt, map(len, allowed), diagrams.sizes))
        self.open = self._levels(map(lt, repeat(1), map(len, allowed)))
        self._reached: dict[Node, int] = {}
        self._apart: dict[tuple[Node, Node], bool] = {}
        self._depends: dict[Node, int] = {}
        self.changed = -1
        if earlier is not None:
            self.changed = self._levels(map(ne, earlier.allowed, allowed))
            # A status is found soon; what a function depends on takes long.
            asked, changed = diagrams.asked, self.changed
            known = earlier._depends.items()
            self._depends = {node: found for node, found in known if not asked[node] & changed}

    def _levels(self, chosen: Iterable[bool]) -> int:
        """The levels that are chosen, as bits; `chosen` tells of each whether it is."""
        return sum(compress(self._diagrams.bits, chosen))

    def certain(self, function: Node) -> bool:
        """True in every case that is allowed."""
        return not self.outcomes(function) >> FALSE & 1

    def can_be(self, function: Node) -> bool:
        """True in some case that is allowed."""
        return bool(self.outcomes(function) >> TRUE & 1)

    def outcomes(self, function: Node) -> int:
        """The terminals that the function reaches in allowed assignments, as bits."""
        diagrams = self._diagrams
        every = diagrams.outcomes[function]
        if not diagrams.asked[function] & self._restricted:
            return every
        found = self._reached.get(function)
        if found is None and function in diagrams.held:
            found = self._reached[function] = diagrams.held[function].outcomes(self.allowed)
        if found is None:
            found = 0
            children = diagrams.children[function]
            for value in self.allowed[diagrams.levels[function]]:
                found |= self.outcomes(children[value])
                if found == every:
                    break
            self._reached[function] = found
        return found

    def depends(self, function: Node) -> int:
        """The levels on which the function still depends, as bits.

        A level counts if two allowed cases that differ in it alone differ in the function.
        """
        found = self._depends.get(function)
        if found is None:
            found = self._depends[function] = self._depending(function)
        return found

    def _depending(self, function: Node) -> int:
        diagrams = self._diagrams
        if function in diagrams.held:
            return diagrams.held[function].depends(self.allowed)
        if not diagrams.asked[function] & self._restricted and not self._can(function, IMPOSSIBLE):
            return diagrams.asked[function]
        if not (self._can(function, FALSE) and self._can(function, TRUE)):
            return 0
        sought = diagrams.asked[function] & self.open
        found = 0
        seen = {function}
        waiting = [function]
        while waiting and sought:
            node = waiting.pop()
            level, children = diagrams.levels[node], diagrams.children[node]
            following = {children[value] for value in self.allowed[level]}
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
        return bool(self.outcomes(function) >> terminal & 1)

    def _differ(self, one: Node, other: Node) -> bool:
        """Whether some allowed case makes one of two functions true and the other false."""
        if one == other:
            return False
        ones, others = self.outcomes(one), self.outcomes(other)
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
            for value in self.allowed[level]:
                if self._differ(cofactor(one, level, value), cofactor(other, level, value)):
                    found = True
                    break
            self._apart[key] = found
        return found
