"""Cases that expect, to the last statement, what a pathway says of their answers."""

from collections.abc import Iterable

from wizard.case.answers import Answers
from wizard.case.files import Case
from wizard.engine.compiling import Compiled
from wizard.reasoning.assessing import assess
from wizard.reasoning.expecting import expectation_of


def silent(_: str) -> None:
    """No progress."""


def confirmed(compiled: Compiled, every: Iterable[Answers]) -> dict[str, Case]:
    """Cases of these answers as if a person had confirmed each."""
    return {
        f"case_{number}.yaml": Case(
            answers, "a case", "", expectation_of(assess(compiled, answers))
        )
        for number, answers in enumerate(every, 1)
    }
