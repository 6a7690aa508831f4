"""The small pathway of the tests, compiled, and situations in it."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from wizard.case.answers import Answers
from wizard.case.raw import parse_answer
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.factors import ChoiceFactor, MultiFactor, NumberFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import shipped_folder
from wizard.pathway.model import Pathway
from wizard.reasoning.situation import Situation, situation

Kind = TypeVar("Kind", ChoiceFactor, MultiFactor, NumberFactor)
SMALL = Path(__file__).parent / "pathway" / "small"
PROSTATE = SMALL.with_name("prostate")
PARK = SMALL.with_name("park")
"""The trees of a park again, with all that the format can say."""
TODAY = date(2026, 11, 21)


@cache
def small() -> Compiled:
    return compile_pathway(read_pathway(SMALL))


@cache
def prostate() -> Compiled:
    """The second disease of the tests."""
    return compile_pathway(read_pathway(PROSTATE))


@cache
def park() -> Compiled:
    """The trees of a park with all that the format can say."""
    return compile_pathway(read_pathway(PARK))


@cache
def shipped() -> Compiled:
    return compile_pathway(read_pathway(shipped_folder(), shipped=True))


def factor_of(pathway: Pathway, name: str, kind: type[Kind]) -> Kind:
    """A factor that is known to be of this kind."""
    found = pathway.factors[name]
    assert isinstance(found, kind)
    return found


def answers(pathway: Pathway, given: dict[str, object]) -> Answers:
    """Answers of raw data, in the order given."""
    return Answers({name: parse_answer(pathway.factors[name], raw) for name, raw in given.items()})


def at(given: dict[str, object] | None = None, compiled: Compiled | None = None) -> Situation:
    """The situation of raw answers in the small pathway, or in another."""
    compiled = compiled or small()
    return situation(compiled, answers(compiled.pathway, given or {}), TODAY)
