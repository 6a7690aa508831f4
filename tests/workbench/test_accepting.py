"""What is accepted is what the case expects then; everything else in its file stays as it was."""

import re
from itertools import product
from pathlib import Path

import pytest

from tests.program import ROOT
from wizard.case.files import Case, read_case, read_regression_cases
from wizard.engine.compiling import compile_pathway
from wizard.pathway.load import load_pathway
from wizard.reasoning.assessing import assess
from wizard.reasoning.expecting import differences
from wizard.workbench.accepting import accepted

FOLDERS = [ROOT / "pathways" / "neuroendocrine", ROOT / "tests" / "pathway" / "prostate"]
OVER_LINES = re.compile(r"^\s+[^-:\s][^:]*$", re.MULTILINE)
"""A list in brackets that goes on here: a comment in it goes with it."""
MANY = 14
"""Cases of a pathway, each of which is to expect what is found of each other."""


def commented(text: str) -> str:
    """The text with a comment above and behind each line of what is expected."""
    head, mark, tail = text.partition("expect:\n")
    lines = tail.splitlines()
    told = (f"  # above {n}\n{line}  # behind {n}" for n, line in enumerate(lines))
    return head + mark + "\n".join(told) + "\n"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_case_expects_what_was_found_and_the_rest_of_its_file_stays(
    folder: Path, tmp_path: Path
) -> None:
    pathway = load_pathway(folder)
    compiled = compile_pathway(pathway)
    cases = read_regression_cases(folder / "cases", pathway)
    every = list(cases.items())[:: max(1, len(cases) // MANY)]
    written = 0
    for (name, case), (_, other) in product(every, every):
        path = tmp_path / name
        text = (folder / "cases" / name).read_text("utf-8")
        if not OVER_LINES.search(text.partition("expect:\n")[2]):
            text = commented(text)
        path.write_text(text, "utf-8")
        found = assess(compiled, other.answers)
        new = accepted(path, case, found, pathway)
        again: Case = read_case(new, pathway, name)
        assert again.expect is not None
        assert differences(again.expect, found) == (), new
        assert new.partition("expect:\n")[0] == text.partition("expect:\n")[0]
        assert set(re.findall(r"# above \d+", new)) == set(re.findall(r"# above \d+", text))
        written += new != text
        if other is case:
            assert new == text
    assert written > len(every)


def test_the_form_of_each_part_stays(tmp_path: Path) -> None:
    folder = ROOT / "tests" / "pathway" / "small"
    pathway = load_pathway(folder)
    path = tmp_path / "oak.yaml"
    text = """\
pathway: park_trees
title: Nothing known of a tree
vignette: A tree.
answers: {kind: oak, damage: [storm]}
expect:
  described:
    - watch  # why it was
    # an oak alone
    - fell
  possible: {prune: [near]}
  not_described: rest
  alerts: []
  checks:
    - falling
  # the end"""
    path.write_text(text, "utf-8")
    case = read_case(path, pathway)
    found = assess(compile_pathway(pathway), case.answers)
    new = accepted(path, case, found, pathway)
    assert new.splitlines() == [
        *text.splitlines()[:6],
        "    # an oak alone",
        "    - prune",
        "    - spray",
        "  possible: {fell: [height, near]}",
        *text.splitlines()[10:],
    ]
