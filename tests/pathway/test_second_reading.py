"""The pathways of the tests against their rules as these were written a second time.

Their cases reach every branch, and notice every edit of a rule that changes a result.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from random import Random

import pytest

from tests.pathway import hospital_rules, park_rules, prostate_rules
from tests.pathway.hospital_copy import hospital
from tests.program import run
from tests.reasoning.pathways import random_answers
from tests.second_reading import Reading, Rules
from tests.small import answers
from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.exits import ExitCode
from wizard.pathway.format.reading import read_pathway
from wizard.reasoning.assessing import assess
from wizard.workbench.checking import read_whole

HERE = Path(__file__).parent
CASES, SHARE = 240, 80


@dataclass(frozen=True)
class Twice:
    """A pathway's files, and its rules as they were written a second time."""

    folder: Path
    rules: Rules

    @cached_property
    def compiled(self) -> Compiled:
        return compile_pathway(read_pathway(self.folder))


PROSTATE = Twice(HERE / "prostate", prostate_rules.RULES)
PARK = Twice(HERE / "park", park_rules.RULES)
BOTH = pytest.mark.parametrize("twice", [PROSTATE, PARK], ids=lambda twice: twice.folder.name)


def agrees(twice: Twice, case: Answers) -> None:
    """All that follows from answers is what the second reading has."""
    expected, found = Reading(twice.rules, case), assess(twice.compiled, case)
    assert found.alerts == expected.alerts()
    assert set(found.parked) == expected.parked()
    for name, option in found.options.items():
        said = (option.status, dict(option.statements), frozenset(option.aims))
        wanted = (expected.option(name), expected.statements(name), expected.aims(name))
        assert said == wanted, name
        assert option.usual_setting is expected.setting(name), name
        assert set(option.excluded_by) == expected.excluded_by(name), name
        if option.verdict.depends_on:
            assert set(option.verdict.depends_on) == expected.depends_on(name), name


@pytest.mark.slow
def test_a_stage_is_worked_out_as_its_page_says() -> None:
    compiled = PROSTATE.compiled
    values = prostate_rules.VALUES
    numbers = product((0, 9, 10, 19, 20, 500), (2, 6, 7, 8, 10))
    for reach, (psa, gleason), seen, nodes, distant in product(
        values["extent"], numbers, values["felt_or_seen"], values["nodes"], ([], ["bone"])
    ):
        given: dict[str, object] = {
            "extent": reach,
            "felt_or_seen": seen,
            "psa": str(psa),
            "gleason": str(gleason),
            "nodes": nodes,
            "distant": distant,
        }
        case = answers(compiled.pathway, given)
        said = assess(compiled, case).derived["stage"]
        reading = Reading(PROSTATE.rules, case)
        assert set(said) == reading.results(prostate_rules.Case.worked_out), given


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, CASES, SHARE))
@BOTH
def test_what_follows_is_what_the_documents_say(twice: Twice, first: int) -> None:
    for seed in range(first, first + SHARE):
        case = random_answers(Random(seed), twice.compiled.pathway.factors)
        agrees(twice, case)


@pytest.mark.slow
def test_a_hospital_adds_to_what_is_shipped_what_its_protocol_says(tmp_path: Path) -> None:
    twice = Twice(hospital(tmp_path), hospital_rules.RULES)
    bowel = {"tumour_type": "net", "site": "bowel", "sth_kidneys": "20 to 60"}
    for seed in range(60):
        case = random_answers(Random(seed), twice.compiled.pathway.factors)
        agrees(twice, case)
        agrees(twice, Answers({**case, **answers(twice.compiled.pathway, dict(bowel))}))


@pytest.mark.slow
@BOTH
def test_cases_expect_what_the_documents_say(twice: Twice) -> None:
    expects_what_is_read(twice)


def test_the_hospitals_cases_expect_what_its_protocol_says(tmp_path: Path) -> None:
    expects_what_is_read(Twice(hospital(tmp_path), hospital_rules.RULES))


def expects_what_is_read(twice: Twice) -> None:
    """Every case expects what follows by the second reading."""
    _, cases = read_whole(twice.folder, shipped=False)
    for name, case in cases.items():
        reading, expect = Reading(twice.rules, case.answers), case.expect
        assert expect is not None
        assert expect.possible == {o: reading.depends_on(o) for o in expect.possible}, name
        for option, expected in expect.excluded_by.items():
            assert expected == reading.excluded_by(option), name
        for option in twice.rules.statements:
            places = {
                "described": expect.described,
                "possible": expect.possible,
                "not_described": expect.not_described,
            }
            assert option in places[reading.option(option)], (name, option)
            assert expect.aims.get(option, reading.aims(option)) == reading.aims(option), name


@pytest.mark.slow
@BOTH
def test_deep_check_coverage_and_mutants_find_nothing(twice: Twice) -> None:
    finds_nothing(twice.folder)


def test_nothing_is_found_in_what_a_hospital_adds(tmp_path: Path) -> None:
    """Of an overlay its own files are searched: those of its base are held by its own cases."""
    finds_nothing(hospital(tmp_path))


def finds_nothing(folder: Path) -> None:
    """Deep check, coverage and mutation score have nothing to tell."""
    checked = run("check", folder, "--deep", "--strict")
    assert checked.code is ExitCode.DONE
    assert "no errors, no warnings" in checked.out
    covered = run("test", folder, "--coverage")
    assert covered.code is ExitCode.DONE, covered.out
    assert "all as expected" in covered.out
    scored = run("test", folder, "--mutants")
    assert scored.code is ExitCode.DONE, scored.out
    assert "edits that change a result are caught: 100.0 %" in scored.out


def test_a_review_holds_until_anything_is_edited() -> None:
    pathway = read_pathway(PARK.folder)
    assert pathway.reviewed is not None
    assert not pathway.review_lapsed, f"its digest is now {pathway.digest}"
