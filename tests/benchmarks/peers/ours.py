"""The wizard itself, asked as the peers are."""

from collections.abc import Mapping

from tests.benchmarks.peers.peer import Factors
from wizard.case.answers import Answers
from wizard.engine.compiling import compile_pathway
from wizard.engine.restriction import Restriction
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.deciding import deciding_factors
from wizard.reasoning.showing import status


class Ours:
    """Diagrams of many values, each option by itself."""

    def __init__(self, pathway: Pathway) -> None:
        self.compiled = compile_pathway(pathway, 2_000_000)

    def statuses(self, answers: Answers) -> Mapping[str, Status]:
        """The status of each option over all completions of the answers."""
        view = self._view(answers)
        return {option: status(view, node) for option, node in self.compiled.options.items()}

    def relevant(self, answers: Answers, known: Mapping[str, Status]) -> Mapping[str, Factors]:
        """The factors on which each open option still depends, given the statuses."""
        view, compiled = self._view(answers), self.compiled
        return {
            option: frozenset(compiled.space.factors_of(view.depends(compiled.options[option])))
            for option, status in known.items()
            if status is Status.POSSIBLE
        }

    def reasons(self, answers: Answers, known: Mapping[str, Status]) -> Mapping[str, Factors]:
        """For each settled option a smallest set of answers that settles it, given the statuses."""
        compiled, allowed = self.compiled, self.compiled.space.allowed(answers)
        return {
            option: frozenset(
                deciding_factors(
                    compiled,
                    allowed,
                    compiled.options[option],
                    wanted=status is Status.DESCRIBED,
                )
            )
            for option, status in known.items()
            if status is not Status.POSSIBLE
        }

    def _view(self, answers: Answers) -> Restriction:
        return Restriction(self.compiled.diagrams, self.compiled.space.allowed(answers))
