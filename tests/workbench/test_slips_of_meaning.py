"""Slips that show only beside other files: the whole check tells each in its place, briefly."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.pathway.slip_rows import Slip, held, made, slips
from wizard.pathway.load import shipped_folder
from wizard.pathway.problems import PathwayErrors
from wizard.workbench.checking import case_findings, hazard_findings, read_whole

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped pathway, in which its maintainer stands."""
    copied = Path(copytree(shipped_folder(), tmp_path / "mine"))
    monkeypatch.chdir(copied)
    return copied


@pytest.mark.parametrize("slip", slips("of_meaning.yaml"), ids=lambda slip: slip["name"])
def test_a_slip_of_meaning_is_told(slip: Slip, folder: Path) -> None:
    place = made(slip, folder)
    with pytest.raises(PathwayErrors) as caught:
        read_whole(folder, shipped=False)
    held(slip, place, caught.value.lines())


@pytest.mark.parametrize("slip", slips("harmless.yaml"), ids=lambda slip: slip["name"])
def test_what_changes_nothing_is_not_told(slip: Slip, folder: Path) -> None:
    """Why it is right to be silent stands beside each."""
    assert slip["why"]
    before, cases = read_whole(folder, shipped=False)
    made(slip, folder)
    after, still = read_whole(folder, shipped=False)
    assert after.options.keys() == before.options.keys()
    assert after.claims.keys() == before.claims.keys()
    assert still.keys() >= cases.keys()


def test_an_answer_without_effect_is_a_warning(folder: Path) -> None:
    slip = {
        "file": "cases/lung_nec_confined_not_fast.yaml",
        "replace": "  extent: not_spread",
        "by": "  extent: not_spread\n  \u25b8spread_sites: [liver]",
    }
    place = made(slip, folder)
    pathway, cases = read_whole(folder, shipped=False)
    (finding,) = case_findings(pathway, cases, folder)
    assert f"{finding.position}: " == place
    assert finding.severity == "warning"
    assert '"spread_sites" does not apply' in finding.what


def test_an_answer_that_is_meant_to_be_parked_is_none(folder: Path) -> None:
    pathway, cases = read_whole(folder, shipped=False)
    assert any(case.expect is not None and case.expect.parked for case in cases.values())
    assert not list(case_findings(pathway, cases, folder))


def test_tests_that_cannot_be_looked_up_are_a_note(folder: Path) -> None:
    pathway, _ = read_whole(folder, shipped=False)
    (finding,) = hazard_findings(pathway, folder)
    assert finding.severity == "note"
    assert not list(hazard_findings(pathway, shipped_folder()))
