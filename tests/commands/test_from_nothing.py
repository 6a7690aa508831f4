"""A small pathway from nothing: begun, written, its cases generated and confirmed, by commands."""

import re
import shutil
from pathlib import Path

import pytest

from tests.program import run
from wizard.exits import ExitCode
from wizard.pathway.load import load_pathway

WRITTEN = Path(__file__).parents[1] / "pathway" / "stones"
LEAFLET = WRITTEN.with_name("stones_leaflet.txt")


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    shutil.copy(LEAFLET, tmp_path / "leaflet.txt")
    ended = run(
        "new", "stones", "--title", "Kidney stones", "--source", "CLI=leaflet.txt", folder=tmp_path
    )
    assert ended.code == ExitCode.DONE
    return tmp_path / "stones"


def _write(folder: Path) -> None:
    """What a person writes over the files that were begun; the cases are not written yet."""
    for path in [*folder.glob("options/*"), *folder.glob("cases/*")]:
        path.unlink()
    shutil.copytree(WRITTEN, folder, dirs_exist_ok=True)


def _confirm(case: Path) -> None:
    """As a person does who agrees: the marks before the last lines go."""
    answers, marked, expected = case.read_text("utf-8").partition("# expect:\n")
    assert marked
    case.write_text(answers + re.sub(r"(?m)^# ", "", marked + expected), "utf-8")


def test_the_stubs_of_claims_name_lines_headings_and_anchors(begun: Path) -> None:
    written = load_pathway(WRITTEN).claims.values()
    lines = [argument for claim in written for argument in ("--claim", f"CLI:{claim.lines}")]
    ended = run("sources", "--documents", "..", "--pathway", ".", *lines, folder=begun)
    assert ended.code == ExitCode.DONE
    for key in ("section", "lines", "anchor"):
        told = re.findall(rf'^    {key}: "(.*)"$', ended.out, re.MULTILINE)
        assert told == [getattr(claim, key) for claim in written]


def test_every_line_of_the_leaflet_has_a_claim_or_is_a_heading(begun: Path) -> None:
    _write(begun)
    ended = run("sources", "--documents", "..", "--pathway", ".", "--uncovered", folder=begun)
    assert ended.code == ExitCode.DONE, ended.out + ended.err
    assert ended.out.endswith("- CLI, leaflet.txt: 1-4, 15\n")


def test_generated_cases_once_confirmed_reach_every_branch(begun: Path) -> None:
    _write(begun)
    for command in (("check", "--strict"), ("check", "--deep", "--strict"), ("schema", "--write")):
        assert run(*command, folder=begun).code == ExitCode.DONE
    assert run("generate", "cases", folder=begun).code == ExitCode.DONE
    unconfirmed = run("test", folder=begun)
    assert unconfirmed.code == ExitCode.BAD_CASE
    assert "confirm its last lines" in unconfirmed.err
    for case in (begun / "cases").iterdir():
        _confirm(case)
    assert run("check", "--strict", folder=begun).code == ExitCode.DONE
    ended = run("test", "--coverage", folder=begun)
    assert ended.code == ExitCode.DONE
    reached = re.findall(r"^- (\d+) of (\d+) (?!boundary)", ended.out, re.MULTILINE)
    assert reached
    assert all(reached == there for reached, there in reached)
