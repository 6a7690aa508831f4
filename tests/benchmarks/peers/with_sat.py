"""python-sat: the solver CaDiCaL 1.5.3, the fastest of its own for many small questions."""

from pysat import solvers

from tests.benchmarks.peers.clauses import Literal, Satisfying
from wizard.pathway.model import Pathway


class WithSat(Satisfying):
    """The rules as clauses."""

    def __init__(self, pathway: Pathway, name: str = "cadical153") -> None:
        super().__init__(pathway, _Solver(name))


class _Solver:
    def __init__(self, name: str) -> None:
        self._solver = solvers.Solver(name=name)
        self._model: list[int] | None = None

    def add(self, clause: list[Literal]) -> None:
        """Demand that one of the literals holds."""
        self._solver.add_clause(clause)

    def solve(self, assumed: list[Literal]) -> bool:
        """Whether all clauses can hold with these literals."""
        self._model = None
        return bool(self._solver.solve(assumptions=assumed))

    def holds(self, literal: Literal) -> bool:
        """Whether a literal does in the assignment that was just found."""
        if self._model is None:
            self._model = self._solver.get_model()
        return self._model[abs(literal) - 1] == literal

    def core(self) -> set[Literal]:
        """Literals that were assumed, and with which alone no assignment is left."""
        return set(self._solver.get_core() or ())
