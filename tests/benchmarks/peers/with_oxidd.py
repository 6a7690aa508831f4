"""OxiDD: binary decision diagrams with complemented edges, in Rust."""

from collections.abc import Iterable

from oxidd.bcdd import BCDDManager
from oxidd.util import BooleanOperator

from tests.benchmarks.peers.binary import BinaryDiagrams, Formula
from wizard.pathway.model import Pathway

NODES = 4_000_000


class WithOxidd(BinaryDiagrams):
    """One worker: the operations are too small to be shared."""

    def __init__(self, pathway: Pathway) -> None:
        self._store = BCDDManager(NODES, NODES, 1)
        self.true, self.false = self._store.true(), self._store.false()
        super().__init__(pathway)

    def bit(self) -> Formula:
        """A new variable, below all others."""
        (new,) = self._store.add_vars(1)
        return self._store.var(new)

    def ite(self, condition: Formula, yes: Formula, no: Formula) -> Formula:
        """One formula where a condition holds, else another."""
        return condition.ite(yes, no)

    def implies(self, case: Formula, formula: Formula) -> bool:
        """Whether a formula holds in all of the cases."""
        return not (case & ~formula).satisfiable()

    def anywhere(self, case: Formula, formula: Formula, bits: Iterable[Formula]) -> Formula:
        """Where a formula holds in one of the cases, whatever the bits are."""
        return case.apply_exists(BooleanOperator.AND, formula, self.every(bits))

    def asks(self, formula: Formula, bits: Iterable[Formula]) -> bool:
        """Whether a formula depends on any of the bits."""
        return any(formula.unique(bit).satisfiable() for bit in bits)
