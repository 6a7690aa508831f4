"""The small pathway of the tests, compiled, and situations in it."""

from datetime import date
from functools import cache
from pathlib import Path

from wizard.case.answers import Answers
from wizard.case.transitions import parse_answer
from wizard.pathway.finding import shipped_folder
from wizard.pathway.model import Pathway
from wizard.pathway.reading import read_pathway
from wizard.reasoning.compiling import Compiled, compile_pathway
from wizard.wording.situation import Situation, situation

SMALL = Path(__file__).parent / "pathway" / "small"
TODAY = date(2026, 11, 21)


@cache
def small() -> Compiled:
    return compile_pathway(read_pathway(SMALL))


@cache
def shipped() -> Compiled:
    return compile_pathway(read_pathway(shipped_folder(), shipped=True))


def answers(pathway: Pathway, given: dict[str, object]) -> Answers:
    """Answers of raw data, in the order given."""
    return Answers({name: parse_answer(pathway.factors[name], raw) for name, raw in given.items()})


def at(given: dict[str, object] | None = None, compiled: Compiled | None = None) -> Situation:
    """The situation of raw answers in the small pathway, or in another."""
    compiled = compiled or small()
    return situation(compiled, answers(compiled.pathway, given or {}), TODAY)
