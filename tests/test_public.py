"""The public API, as a library user meets it."""

import importlib.util
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import assert_type

import pytest

import wizard
from tests.program import ROOT
from tests.small import SMALL
from tests.test_imports import READER, SCREEN, loaded_by
from wizard import (
    Assessment,
    Case,
    CaseErrors,
    Compiled,
    OptionExplanation,
    PathwayErrors,
    WrongUsageError,
    assess,
    assess_many,
    explain,
    load_pathway,
    public,
    read_case,
)
from wizard.case.answers import NO_ANSWERS
from wizard.pathway.model import Status

STORM = SMALL / "cases" / "storm_oak.yaml"
TOLD = """\
from wizard import assess, explain, load_pathway, read_case
compiled = load_pathway()
case = read_case('{"answers": {"tumour_type": "net", "extent": "spread"}}', compiled)
print(assess(compiled, case).options["interferon"].status)
print(explain(compiled, case, "interferon").reasons.reasons[0].factors)
"""


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return load_pathway(SMALL)


def test_one_compiled_pathway_serves_any_number_of_cases(compiled: Compiled) -> None:
    empty = assess(compiled, read_case('{"answers": {}}', compiled))
    storm = assess(compiled, read_case(STORM, compiled))
    assert {option.status for option in empty.options.values()} >= {Status.POSSIBLE}
    expected = read_case(STORM, compiled).expect
    assert expected is not None
    assert {
        option.id for option in storm.options.values() if option.status is Status.DESCRIBED
    } == set(expected.described)
    assert assess(compiled, NO_ANSWERS) == empty
    assert list(assess_many(compiled, [read_case(STORM, compiled), NO_ANSWERS])) == [
        {option.id: option.status for option in each.options.values()} for each in (storm, empty)
    ]


def test_an_explanation_agrees_with_the_assessment(compiled: Compiled) -> None:
    case = read_case(STORM, compiled)
    for option, found in assess(compiled, case).options.items():
        explained = explain(compiled, case, option)
        assert explained.status is found.status
        assert bool(explained.reasons.reasons) == (found.status is not Status.POSSIBLE)
        assert set(explained.changes) == {Status.DESCRIBED, Status.NOT_DESCRIBED} - {found.status}
        if found.verdict.because:
            kept = [reason.factors for reason in explained.reasons.reasons]
            assert found.verdict.because in kept


def test_a_fact_changes_only_when_it_is_released() -> None:
    compiled = load_pathway()
    assert compiled.pathway.factors["tumour_type"].fixed
    case = read_case('{"answers": {"tumour_type": "nec", "extent": "spread"}}', compiled)
    kept = explain(compiled, case, "interferon").changes[Status.DESCRIBED]
    assert kept.changes == ()
    released = explain(compiled, case, "interferon", released=["tumour_type"])
    (change,) = released.changes[Status.DESCRIBED].changes
    assert change.changed == ("tumour_type",)


def test_a_pathway_is_named_by_folder_or_id() -> None:
    shipped = load_pathway().pathway
    assert shipped.shipped
    assert load_pathway(shipped.id).pathway == load_pathway(shipped.folder).pathway == shipped


@pytest.mark.parametrize("name", ["no_such_id", Path("no_such_folder"), "no/such/folder"])
def test_a_pathway_that_is_not_there_is_told(name: str | Path) -> None:
    with pytest.raises(PathwayErrors, match="there is no such folder"):
        load_pathway(name)


def test_all_mistakes_of_a_case_are_told_with_their_places(compiled: Compiled) -> None:
    with pytest.raises(CaseErrors) as caught:
        read_case("answers:\n  colour: red\n  shape: round\n", compiled)
    places = [(each.position.file, each.position.line) for each in caught.value.problems]
    assert places == [("case", 2), ("case", 3)]
    with pytest.raises(CaseErrors, match=r"no_such_case\.yaml:1:1: there is no such file"):
        read_case(Path("no_such_case.yaml"), compiled)


def test_a_name_that_the_pathway_lacks_is_told_with_the_nearest(compiled: Compiled) -> None:
    with pytest.raises(WrongUsageError, match='no option "prun"; did you mean prune'):
        explain(compiled, NO_ANSWERS, "prun")
    with pytest.raises(WrongUsageError, match='no factor "no_such_factor"'):
        explain(compiled, NO_ANSWERS, "prune", released=["no_such_factor"])


def test_every_name_is_there_and_no_other() -> None:
    assert sorted(wizard.__all__) == sorted([*public.__all__, "__version__"])
    assert set(wizard.__all__) <= set(dir(wizard))
    for name in public.__all__:
        assert getattr(wizard, name) is getattr(public, name)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        wizard.nothing  # type: ignore[attr-defined]  # noqa: B018 - reading it is the point


def test_a_type_checker_knows_every_type(compiled: Compiled) -> None:
    """The assertions are made by mypy, which the gate runs over this file."""
    assert_type(load_pathway(), Compiled)
    assert_type(read_case(STORM, compiled), Case)
    assert_type(assess(compiled, NO_ANSWERS), Assessment)
    assert_type(explain(compiled, NO_ANSWERS, "prune"), OptionExplanation)


def test_importing_the_package_brings_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import wizard; print(*set(sys.modules) - before)"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ended.stdout.split() == ["wizard"]


def test_a_fresh_process_uses_it_without_a_screen() -> None:
    assert not loaded_by(TOLD) & SCREEN
    again = loaded_by("from wizard import *\nload_pathway()")
    assert not again & (SCREEN | READER)


def test_the_example_of_the_package_runs(tmp_path: Path) -> None:
    example = [line[4:] for line in (wizard.__doc__ or "").splitlines() if line.startswith("    ")]
    case = {"answers": {"tumour_type": "net", "extent": "spread"}}
    (tmp_path / "case.yaml").write_text(json.dumps(case))
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", "\n".join(example)],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)},
    )
    assert "interferon described ()" in ended.stdout.splitlines()


@pytest.mark.skipif(not importlib.util.find_spec("hatchling"), reason="hatchling is not installed")
def test_a_wheel_says_that_it_is_typed(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "wizard/py.typed" in names
    assert "wizard/public.py" in names
    assert any(name.startswith("wizard/shipped/") for name in names)
