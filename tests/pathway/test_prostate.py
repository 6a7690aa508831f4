"""A second disease in the format: it says what its page says, read a second time from the page.

Its cases reach every branch, and notice every edit of a rule that changes a result.
"""

from itertools import product
from pathlib import Path
from random import Random

import pytest

from tests.pathway.prostate_rules import RULES, VALUES, Case
from tests.program import run
from tests.reasoning.pathways import random_answers
from tests.second_reading import Reading
from tests.small import answers
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.exits import ExitCode
from wizard.pathway.format.reading import read_pathway
from wizard.reasoning.assessing import assess
from wizard.workbench.checking import read_whole

FOLDER = Path(__file__).parent / "prostate"
CASES = 400
SHARE = 100


@pytest.fixture(scope="module")
def prostate() -> Compiled:
    return compile_pathway(read_pathway(FOLDER))


def test_the_stage_is_worked_out_as_the_page_says(prostate: Compiled) -> None:
    numbers = product((0, 9, 10, 19, 20, 500), (2, 6, 7, 8, 10))
    for reach, (psa, gleason), seen, nodes, distant in product(
        VALUES["extent"], numbers, VALUES["felt_or_seen"], VALUES["nodes"], ([], ["bone"])
    ):
        given: dict[str, object] = {
            "extent": reach,
            "felt_or_seen": seen,
            "psa": str(psa),
            "gleason": str(gleason),
            "nodes": nodes,
            "distant": distant,
        }
        case = answers(prostate.pathway, given)
        said = assess(prostate, case).derived["stage"]
        assert set(said) == Reading(RULES, case).results(Case.worked_out), given


@pytest.mark.parametrize("first", range(0, CASES, SHARE))
def test_what_follows_is_what_the_page_says(prostate: Compiled, first: int) -> None:
    for seed in range(first, first + SHARE):
        case = random_answers(Random(seed), prostate.pathway.factors)
        expected, found = Reading(RULES, case), assess(prostate, case)
        assert found.alerts == expected.alerts(), seed
        for name, option in found.options.items():
            said = (option.status, dict(option.statements), frozenset(option.aims))
            wanted = (expected.option(name), expected.statements(name), expected.aims(name))
            assert said == wanted, (seed, name)
            assert set(option.excluded_by) == expected.excluded_by(name), (seed, name)
            if option.verdict.depends_on:
                on = expected.depends_on(name)
                assert set(option.verdict.depends_on) == on, (seed, name)


def test_its_cases_expect_what_the_page_says() -> None:
    _, cases = read_whole(FOLDER, shipped=False)
    assert len(cases) > 20
    for name, case in cases.items():
        page, expect = Reading(RULES, case.answers), case.expect
        assert expect is not None
        assert expect.possible == {o: page.depends_on(o) for o in expect.possible}, name
        for option, expected in expect.excluded_by.items():
            assert expected == page.excluded_by(option), name
        for option in RULES.statements:
            places = {
                "described": expect.described,
                "possible": expect.possible,
                "not_described": expect.not_described,
            }
            assert option in places[page.option(option)], (name, option)
            assert expect.aims.get(option, page.aims(option)) == page.aims(option), name


def test_it_is_checked_deeply_and_its_cases_hold_every_rule() -> None:
    assert run("check", FOLDER, "--deep", "--strict").code is ExitCode.DONE
    covered = run("test", FOLDER, "--coverage")
    assert covered.code is ExitCode.DONE, covered.out
    assert "all as expected" in covered.out
    scored = run("test", FOLDER, "--mutants")
    assert scored.code is ExitCode.DONE, scored.out
    assert "edits that change a result are caught: 100.0 %" in scored.out
