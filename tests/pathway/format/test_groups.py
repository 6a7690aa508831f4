"""A group of a multi's members stands for any of them, in conditions and in trees."""

from collections.abc import Callable
from itertools import chain, combinations
from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited
from tests.reasoning.records import HERE
from wizard.case.answers import Answers, MultiAnswer
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import MultiFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway, Status
from wizard.pathway.trees import AnyOf, Branch, Outcome
from wizard.reasoning.assessing import assess
from wizard.wording.answers import groups_of_members
from wizard.wording.trees import branch_words

MEMBERS = ("storm", "fungus", "insects")
GROUPED = """  members:
    storm: {label: Storm damage, help: Broken branches.}"""
GROUPS = """  groups:
    above: {label: Above the ground, values: [storm, insects]}
"""


def park(folder: Path, condition: str) -> Pathway:
    """The small pathway with a group, and felling for trees with this damage."""
    made = copied(folder)
    edited(made, "factors.yaml", GROUPED, GROUPS + GROUPED)
    edited(made, "options/fell.yaml", "damage: insects", f"damage: {condition}")
    return read_pathway(made)


@pytest.mark.parametrize(
    ("group", "holds"),
    [
        ("above", lambda present: bool(present & {"storm", "insects"})),
        ("[above, fungus]", bool),
        ("{all: [above, fungus]}", lambda present: "fungus" in present and len(present) > 1),
    ],
)
def test_a_group_is_any_of_its_members(
    tmp_path: Path, group: str, holds: Callable[[frozenset[str]], bool]
) -> None:
    compiled = compile_pathway(park(tmp_path, group))
    every = chain.from_iterable(combinations(MEMBERS, size) for size in range(4))
    for present in map(frozenset, every):
        answers = Answers({"damage": MultiAnswer(present, frozenset(MEMBERS) - present)})
        status = assess(compiled, answers).options["fell"].statements["two_kinds_of_damage"]
        # The other way of the condition is storm and fungus; the rest of each is not known.
        expected = holds(present) or present >= {"storm", "fungus"}
        assert (status is not Status.NOT_DESCRIBED) is expected


def test_a_group_is_told_by_what_it_stands_for(tmp_path: Path) -> None:
    factor = park(tmp_path, "above").factors["damage"]
    assert isinstance(factor, MultiFactor)
    assert groups_of_members(factor) == ["Above the ground: any of Storm damage or Insects"]
    branch = Branch(AnyOf(("storm", "fungus", "insects")), Outcome(True, HERE), False, HERE)
    assert branch_words(factor, branch) == "any of: Above the ground or Fungus"
