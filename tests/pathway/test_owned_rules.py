"""Shared trees that only conditions name whose trees ask the questions themselves."""

from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited
from tests.workbench.expecting import silent
from wizard.engine.diagrams import TRUE
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import RuleKind, owned_rules, users_first, uses
from wizard.workbench.covering import Part, coverage
from wizard.workbench.documents import cited
from wizard.workbench.effects import Consequences
from wizard.workbench.rule_functions import compiled_for_work

SHARED = """
inner:
  label: Near a house
  claims: [HBK-05]
  when: {near: house}
outer:
  label: A tall tree near a house
  claims: [HBK-02]
  tree:
    ask: height
    below 20: not_described
    from 20: {use: inner}
either:
  label: Tall near a house, or near a path
  claims: [HBK-02]
  when:
    - {use: outer}
    - {damage: storm, use: risky_place}
"""


@pytest.fixture
def pathway(tmp_path: Path) -> Pathway:
    folder = copied(tmp_path)
    with (folder / "shared.yaml").open("a", encoding="utf-8") as file:
        file.write(SHARED.lstrip("\n"))
    edited(folder, "options/fell.yaml", "tree: {use: tall_tree}", "when: {use: either}")
    return read_pathway(folder)


def test_a_condition_goes_on_with_the_shared_trees_that_it_names(pathway: Pathway) -> None:
    rule = pathway.shared["either"].rule
    assert uses(rule) == {"outer", "risky_place"}
    order = [p.owner for p in users_first(owned_rules(pathway)) if p.kind is RuleKind.SHARED]
    assert sorted(order) == sorted(pathway.shared)
    assert order.index("either") < order.index("outer") < order.index("inner")


def test_their_branches_are_counted(pathway: Pathway) -> None:
    found = coverage(pathway, {}, silent)
    missed = [miss.what for miss in found.misses if miss.part is Part.BRANCH]
    for shared in ("inner", "outer", "either"):
        assert len([what for what in missed if what.startswith(f"shared tree {shared}:")]) == 2


def test_a_change_of_one_reaches_the_options(pathway: Pathway) -> None:
    compiled, functions = compiled_for_work(pathway)
    consequences = Consequences(compiled, functions)
    owned = next(one for one in owned_rules(pathway) if one.owner == "inner")
    effects = consequences.of(owned, TRUE)
    assert set(effects.statements) == {("fell", "tall_near_people")}


def test_its_claims_are_cited(pathway: Pathway) -> None:
    assert "HBK-05" in set(cited(pathway, pathway.options["fell"]))
