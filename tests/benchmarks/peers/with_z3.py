"""Z3, given the same clauses as any solver, in its logic of finite domains."""

from typing import Any

import z3

from tests.benchmarks.peers.clauses import Literal, Satisfying
from wizard.pathway.model import Pathway


class WithZ3(Satisfying):
    """The rules as clauses."""

    def __init__(self, pathway: Pathway) -> None:
        super().__init__(pathway, _Solver())


class _Solver:
    def __init__(self) -> None:
        self._solver = z3.SolverFor("QF_FD")
        self._model: Any = None
        self._literals: dict[Literal, Any] = {}
        self._numbers: dict[int, Literal] = {}

    def add(self, clause: list[Literal]) -> None:
        """Demand that one of the literals holds."""
        self._solver.add(z3.Or([self._literal(each) for each in clause]))

    def solve(self, assumed: list[Literal]) -> bool:
        """Whether all clauses can hold with these literals."""
        self._model = None
        return bool(self._solver.check([self._literal(each) for each in assumed]) == z3.sat)

    def holds(self, literal: Literal) -> bool:
        """Whether a literal does in the assignment that was just found."""
        if self._model is None:
            self._model = self._solver.model()
        return bool(z3.is_true(self._model.eval(self._literal(literal), model_completion=True)))

    def core(self) -> set[Literal]:
        """Literals that were assumed, and with which alone no assignment is left."""
        return {self._numbers[each.get_id()] for each in self._solver.unsat_core()}

    def _literal(self, literal: Literal) -> Any:
        found = self._literals.get(literal)
        if found is None:
            named = z3.Bool(f"v{abs(literal)}")
            found = self._literals[literal] = named if literal > 0 else z3.Not(named)
            self._numbers[found.get_id()] = literal
        return found
