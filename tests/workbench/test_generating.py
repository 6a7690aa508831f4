"""Generated cases: they reach everything, none can be left out, and a person can confirm each."""

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.program import run
from tests.reasoning.brute import brute
from tests.reasoning.pathways import random_pathway
from tests.workbench.expecting import confirmed, silent
from tests.workbench.test_covering import Step, certain, possible
from wizard.case.answers import NO_ANSWERS, Answers, NumberAnswer
from wizard.case.files import read_case
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import NumberFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.ranges import lies_in, measured_in
from wizard.pathway.trees import BEYOND, Range
from wizard.workbench.covering import Part, coverage
from wizard.workbench.generating import MOST_ANSWERS, MOST_WORDS, generate
from wizard.workbench.stubs import words_of

PATHWAYS = Path(__file__).parents[1] / "pathway"
seeds = st.integers(0, 2**32 - 1)
REQUIRED = (*(Part.STATEMENT, Part.BRANCH, Part.AIM, Part.SETTING, Part.EXCLUSION, Part.ALERT),)


def missed(pathway: Pathway, every: list[Answers]) -> set[tuple[Part, str, str]]:
    found = coverage(pathway, confirmed(compile_pathway(pathway), every), silent)
    return {(m.part, str(m.position), m.what) for m in found.misses if m.part in REQUIRED}


@pytest.mark.slow
@settings(max_examples=40)
@given(seeds)
@example(245940900)
@example(1000000000)
@example(4275599299)
def test_generated_cases_reach_everything_and_none_can_be_left_out(seed: int) -> None:
    pathway = random_pathway(Random(seed))
    made = [each.answers for each in generate(pathway, silent)]
    reached: set[Step] = set()
    for answers in made:
        reached |= certain(brute(pathway, answers), answers)
    assert reached == possible(brute(pathway, NO_ANSWERS))
    whole = missed(pathway, made)
    assert {part for part, _, _ in whole} <= {Part.ALERT}
    for place in range(len(made)):
        assert missed(pathway, [*made[:place], *made[place + 1 :]]) > whole


@pytest.mark.parametrize("name", ["small", "park", "prostate"])
def test_generated_cases_are_short(name: str) -> None:
    pathway = read_pathway(PATHWAYS / name)
    compiled = compile_pathway(pathway)
    for made in generate(pathway, silent):
        assert len(made.answers) <= MOST_ANSWERS
        assert words_of(compiled, made.answers) < MOST_WORDS
        for factor, answer in made.answers.items():
            if isinstance(answer, NumberAnswer) and answer.value != BEYOND:
                cuts = compiled.space.cuts[factor]
                (interval,) = compiled.space.allowed(made.answers)[
                    compiled.space.levels[factor].start
                ]
                part = compiled.space.interval(factor, interval)
                assert answer.value not in cuts or measured_in(number(pathway, factor), part) == (
                    part.low
                )


def number(pathway: Pathway, name: str) -> NumberFactor:
    factor = pathway.factors[name]
    assert isinstance(factor, NumberFactor)
    return factor


@pytest.mark.slow
@pytest.mark.parametrize("name", ["small", "park", "prostate"])
def test_once_confirmed_they_reach_every_statement_alert_and_aim(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    shutil.copytree(PATHWAYS / name, folder)
    shutil.rmtree(folder / "cases")
    assert run("generate", folder / "cases", "--pathway", folder).code == 0
    assert run("test", folder).code == 4
    for path in (folder / "cases").glob("*.yaml"):
        head, mark, tail = path.read_text("utf-8").partition("# expect:\n")
        path.write_text(head + (mark + tail).replace("# ", ""), "utf-8")
        assert read_case(path, read_pathway(folder)).expect is not None
    told = run("test", folder, "--coverage").out
    for part in REQUIRED:
        assert f" {part.value}" not in told or _whole(told, part), told


def _whole(told: str, part: Part) -> bool:
    line = next(line for line in told.splitlines() if line.endswith(f" {part.value}"))
    _, reached, _, total, *_ = line.split()
    return reached == total


DECIMALS = st.decimals(0, 1000, allow_nan=False, allow_infinity=False, places=1)


@given(
    ends=st.lists(DECIMALS, min_size=2, max_size=2, unique=True),
    below=st.booleans(),
    above=st.booleans(),
)
def test_a_measurement_lies_in_its_range_and_off_its_ends(
    ends: list[Decimal], *, below: bool, above: bool
) -> None:
    low, high = sorted(ends)
    height = number(read_pathway(PATHWAYS / "small"), "height")
    factor = replace(height, minimum=Decimal(-1), maximum=Decimal(2000))
    part = Range(None if below else low, None if above else high)
    found = measured_in(factor, part)
    assert lies_in(found, part)
    assert found not in (part.low, part.high)
    assert factor.minimum <= found <= factor.maximum
