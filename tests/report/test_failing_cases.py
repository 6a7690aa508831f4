"""Failing cases name the rules behind, and are a test suite that others can read."""

import re
import shlex
import shutil
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from tests.program import run
from tests.small import SMALL
from wizard.case.files import read_case
from wizard.engine.compiling import compile_pathway
from wizard.exits import ExitCode
from wizard.pathway.load import load_pathway
from wizard.reasoning.assessing import assess
from wizard.reasoning.expecting import differences
from wizard.report.failing_cases import CaseRun, failing_case
from wizard.report.junit import junit

CASE = """\
pathway: park_trees
title: <An> oak & "storm"
vignette: An oak.
answers: {kind: oak, damage: [storm]}
expect:
  described: [watch]
  possible: {fell: [near]}
  not_described: rest
  alerts: [falling]
  checks: []
  statements: {prune: {broken_branches: not_described}}
  aims: {prune: []}
"""


def run_of(text: str) -> CaseRun:
    pathway = load_pathway(SMALL)
    case = read_case(text, pathway, "oak.yaml")
    found = assess(compile_pathway(pathway), case.answers)
    assert case.expect is not None
    return CaseRun("oak.yaml", case, found, differences(case.expect, found), ())


def test_each_difference_names_its_rule_its_claims_and_the_command_that_explains_it() -> None:
    pathway = load_pathway(SMALL)
    one = run_of(CASE)
    said = failing_case(one, pathway, date(2026, 11, 27))
    assert said.startswith(failing_case(one).splitlines()[0])
    parts = re.split(r"\n  (?=\w)", said)[1:]
    assert len(parts) == len(one.differences)
    for part, difference in zip(parts, one.differences, strict=True):
        assert part.startswith(f"{difference.subject}\n")
        for file, line, column in re.findall(r"rule: +(\S+):(\d+):(\d+): ", part):
            text = (SMALL / file).read_text("utf-8").splitlines()[int(line) - 1]
            assert text[int(column) - 1 :].strip()
        assert re.search(r"rule: .*\n +\S.* \[[A-Z]+-\d+, ", part), part
        commands = re.findall(r"explain: +(.*)", part)
        assert len(commands) == (difference.alert is None)
        for command in commands:
            words = shlex.split(command)
            assert words[:3] == ["mdt-wizard", "explain", "oak.yaml"]
            assert words[3] in pathway.options
            assert words[4:] == ["--pathway", str(pathway.folder)]


def test_the_suite_has_every_case_and_each_failure_in_words() -> None:
    pathway = load_pathway(SMALL)
    failing = run_of(CASE)
    right = CaseRun("right.yaml", failing.case, failing.concluded, (), ())
    root = ElementTree.fromstring(junit([failing, right], pathway))  # noqa: S314 - made here
    (suite,) = root
    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("2", "1")
    first, second = suite
    assert first.attrib == {"classname": "oak.yaml", "name": '<An> oak & "storm"'}
    assert first[0].tag == "failure"
    assert first[0].text == failing_case(failing)
    assert all(each.subject in first[0].attrib["message"] for each in failing.differences)
    assert len(second) == 0


def copy_with(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "trees"
    shutil.copytree(SMALL, folder)
    (folder / "cases" / "oak.yaml").write_text(text, "utf-8")
    return folder


def test_a_case_is_accepted_only_when_somebody_says_so(tmp_path: Path) -> None:
    folder = copy_with(tmp_path, CASE)
    path = folder / "cases" / "oak.yaml"
    for answer in ("n\n", "", "maybe\n"):
        ended = run("test", "--pathway", folder, "--accept", path, given=answer)
        assert ended.code == ExitCode.FOUND
        assert path.read_text("utf-8") == CASE
    ended = run("test", "--pathway", folder, "--accept", path, given="y\n")
    assert ended.code == ExitCode.DONE, ended.out
    assert f"{path}: accepted" in ended.out
    assert run("test", folder).code == ExitCode.DONE
    path.write_text(CASE, "utf-8")
    ended = run("test", folder, "--accept-all", "--yes")
    assert ended.code == ExitCode.DONE
    assert "expected: not_described" in ended.out
    assert ended.out.count(": accepted\n") == 1
    for wrong in (("--yes",), ("--format", "junit", "--why")):
        assert run("test", folder, *wrong).code == ExitCode.WRONG_USAGE


def test_coverage_is_told_though_a_case_fails(tmp_path: Path) -> None:
    ended = run("test", copy_with(tmp_path, CASE), "--coverage")
    assert ended.code == ExitCode.FOUND
    assert "1 not as expected" in ended.out
    assert "branches" in ended.out
