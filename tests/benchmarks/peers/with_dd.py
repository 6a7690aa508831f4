"""dd: binary decision diagrams in Python (`autoref`), and those of CUDD where it was built."""

from collections.abc import Iterable
from importlib import import_module

from tests.benchmarks.peers.binary import BinaryDiagrams, Formula
from wizard.pathway.model import Pathway


class WithDd(BinaryDiagrams):
    """`module` is `dd.autoref` or `dd.cudd`.  Variables are never moved."""

    def __init__(self, pathway: Pathway, module: str) -> None:
        self._store = import_module(module).BDD()
        self._store.configure(reordering=False)
        self.true, self.false = self._store.true, self._store.false
        super().__init__(pathway)

    def bit(self) -> Formula:
        """A new variable, below all others."""
        name = f"v{len(self._store.vars)}"
        self._store.declare(name)
        return self._store.var(name)

    def ite(self, condition: Formula, yes: Formula, no: Formula) -> Formula:
        """One formula where a condition holds, else another."""
        return self._store.ite(condition, yes, no)

    def implies(self, case: Formula, formula: Formula) -> bool:
        """Whether a formula holds in all of the cases."""
        return bool(case <= formula)

    def anywhere(self, case: Formula, formula: Formula, bits: Iterable[Formula]) -> Formula:
        """Where a formula holds in one of the cases, whatever the bits are."""
        return self._store.exist([bit.var for bit in bits], case & formula)

    def asks(self, formula: Formula, bits: Iterable[Formula]) -> bool:
        """Whether a formula depends on any of the bits."""
        return not formula.support.isdisjoint(bit.var for bit in bits)
