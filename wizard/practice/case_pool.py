"""The cases that practice may present: those whose own answers raise no doubt."""

from collections.abc import Iterable, Mapping
from functools import cached_property, reduce

from wizard.engine.compiling import Compiled
from wizard.engine.counting import and_not, cube, definite, fixed, values_of
from wizard.engine.diagrams import TRUE, Diagrams, Node, settled
from wizard.engine.space import WORKED_OUT
from wizard.pathway.factors import MultiFactor
from wizard.pathway.model import AlertLevel
from wizard.practice.regions import Region, allowed_in, prime_implicants
from wizard.record import Record


class CasePool(Record):
    """A compiled pathway, and which of its cases may be told.

    `applies` tells by factor where it applies.  `cases` are the assignments that are cases, and
    `plausible` those of them that raise no doubt about their own answers.
    """

    __slots__ = ("__dict__",)

    compiled: Compiled
    cases: Node
    plausible: Node
    applies: Mapping[str, Node]

    @property
    def diagrams(self) -> Diagrams:
        """The store of all functions."""
        return self.compiled.diagrams

    def made_total(self, node: Node, *, wanted: bool = True) -> Node:
        """The function (or its negation) made total: true or false in every assignment.

        An assignment is not a case where a multi needs a member and has none; it gets the value
        that it would have with the last member present.  So the function depends on such a multi
        only where some cases differ in it, however its rule was written.
        """
        diagrams = self.diagrams
        function = definite(diagrams, node if wanted else diagrams.negation(node))
        for levels in self._needing_a_member(diagrams.asked[function]):
            last = {level: int(level == levels[-1]) for level in levels}
            none = cube(diagrams, dict.fromkeys(levels, (0,)))
            beside = diagrams.both(none, fixed(diagrams, function, last))
            function = diagrams.either(and_not(diagrams, function, none), beside)
        return function

    def regions(self, node: Node, *, wanted: bool) -> list[Region]:
        """The regions in which every case has the wanted outcome, and some case is plausible.

        They depend on the cases alone: what is not a case may stand in any of them, and a region
        whose cases all stand in another is left out.
        """
        worked_out = dict.fromkeys(self.compiled.space.derived_levels, WORKED_OUT)
        node = fixed(self.diagrams, node, worked_out)
        function = self.made_total(node, wanted=wanted)
        for levels in self._needing_a_member(self.diagrams.asked[function]):
            none = cube(self.diagrams, dict.fromkeys(levels, (0,)))
            function = self.diagrams.either(function, none)
        found = prime_implicants(self.diagrams, function)
        told = [each for each in found if self._can_be_told(each)]
        return [each for each in told if not self._stands_in_another(each, told)]

    def _can_be_told(self, region: Region) -> bool:
        """Whether some case of a region may be told in which the factors that it names apply."""
        allowed = allowed_in(self.diagrams, region)
        return not settled(self.diagrams, _told(self, region), allowed, wanted=False)

    def _stands_in_another(self, narrow: Region, regions: Iterable[Region]) -> bool:
        """Whether every case of a region stands in another one too."""
        allowed = allowed_in(self.diagrams, narrow)
        for levels in self._needing:
            open_levels = [level for level in levels if 1 in allowed[level]]
            if len(open_levels) == 1:
                # The one member that may be present must be.
                allowed[open_levels[0]] = (1,)
        return any(
            wide != narrow and all(set(values).issuperset(allowed[level]) for level, values in wide)
            for wide in regions
        )

    @cached_property
    def _needing(self) -> tuple[range, ...]:
        """The levels of each multi that needs a member."""
        return tuple(
            self.compiled.space.levels[factor.id]
            for factor in self.compiled.pathway.factors.values()
            if isinstance(factor, MultiFactor) and factor.at_least
        )

    def _needing_a_member(self, asked: int) -> list[range]:
        """The levels of each multi that needs a member, if any of them is asked (as bits)."""
        return [each for each in self._needing if any(asked >> level & 1 for level in each)]


def case_pool_of(compiled: Compiled) -> CasePool:
    """The cases of a pathway that may be told.  Adds to the store; raises TooManyNodesError."""
    diagrams = compiled.diagrams
    whole = (values_of(compiled, factor) for factor in compiled.pathway.factors)
    cases = plausible = reduce(diagrams.both, whole, TRUE)
    # A case tells the answers behind a derived factor, so that it cannot contradict them.
    worked_out = dict.fromkeys(compiled.space.derived_levels, (WORKED_OUT,))
    plausible = diagrams.both(plausible, cube(diagrams, worked_out))
    for alert in compiled.pathway.alerts.values():
        if alert.level is AlertLevel.CHECK_ANSWERS:
            functions = compiled.alerts[alert.id]
            when = definite(diagrams, functions.when)
            raised = and_not(diagrams, when, definite(diagrams, functions.unless))
            plausible = and_not(diagrams, plausible, raised)
    applies = {factor: definite(diagrams, node) for factor, node in compiled.applies.items()}
    return CasePool(compiled, cases, plausible, applies)


def target(pool: CasePool, region: Region) -> Node:
    """The cases of a region that may be told, in which the factors that it names apply.

    Adds to the store; raises TooManyNodesError.
    """
    return pool.diagrams.both(_told(pool, region), cube(pool.diagrams, dict(region)))


def _told(pool: CasePool, region: Region) -> Node:
    """The cases that may be told in which the factors that a region names apply."""
    owners = dict.fromkeys(pool.compiled.space.owners[level] for level, _values in region)
    applying = reduce(pool.diagrams.both, (pool.applies[factor] for factor in owners), TRUE)
    return pool.diagrams.both(pool.plausible, applying)
