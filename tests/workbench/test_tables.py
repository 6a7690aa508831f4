"""A rule, its rows, the cells of those, and back: the same function, the same claims."""

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.program import ROOT
from tests.reasoning.pathways import random_pathway
from wizard.engine.counting import different
from wizard.pathway.format.conditions import read_condition
from wizard.pathway.format.events import read_yaml
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.format.vocabulary import Names
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import owned_rules
from wizard.pathway.problems import Problems
from wizard.pathway.trees import Tree
from wizard.workbench.rule_functions import compiled_for_work
from wizard.workbench.sheets import read_sheet, sheet_bytes
from wizard.workbench.table_checks import told_twice, within_others
from wizard.workbench.table_conditions import way_text
from wizard.workbench.table_edits import has_unless, taken_back, with_condition
from wizard.workbench.table_sheets import rows_of, rule_rows, sheets_of
from wizard.workbench.table_words import CellError, cell_words, read_cell
from wizard.workbench.tables import TooManyWaysError, Way, ways
from wizard.workbench.version_diff import compare

PATHWAYS = (
    ROOT / "pathways" / "neuroendocrine",
    *(ROOT / "tests" / "pathway" / name for name in ("prostate", "park", "small")),
)


def read_again(found: tuple[Way, ...], pathway: Pathway, *, ids: bool) -> Tree:
    """The ways as cells, as ways again, and as the condition that a file would have."""
    again = []
    for way in found:
        needs = {
            name: read_cell(pathway.factors[name], cell_words(pathway.factors[name], own, ids=ids))
            for name, own in way.needs.items()
        }
        again.append(Way(needs, way.uses, way.claims))
    written = [[way_text(way, pathway.factors) for way in each] for each in (found, again)]
    assert written[0] == written[1]
    problems = Problems()
    names = Names(pathway.factors, frozenset(pathway.shared), citing=True)
    # A way that needs nothing always holds, and cannot stand in a list.
    text = "always" if "{}" in written[1] else f"[{', '.join(written[1])}]"
    tree = read_condition(read_yaml(text, "row"), names, problems)
    assert not problems
    assert tree is not None
    return tree


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_any_rule_holds_in_the_same_cases_once_its_rows_are_read(seed: int) -> None:
    pathway = random_pathway(Random(seed))
    compiled, functions = compiled_for_work(pathway)
    for owned in owned_rules(pathway):
        try:
            found = ways(owned.rule.tree, pathway.factors)
        except TooManyWaysError:
            continue
        for ids in (True, False) if found else ():
            tree = read_again(found, pathway, ids=ids)
            own, again = functions.rule(owned.rule), functions.compiler.tree(tree)
            assert not different(compiled.diagrams, own, again), owned.title


@pytest.mark.slow
@pytest.mark.parametrize("folder", PATHWAYS, ids=lambda folder: folder.name)
def test_every_statement_goes_through_a_sheet_and_changes_nothing(
    folder: Path, tmp_path: Path
) -> None:
    pathway = read_pathway(folder, shipped=False)
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    for option in pathway.options.values():
        file = copy / "options" / f"{option.id}.yaml"
        text = file.read_text("utf-8")
        rules = {
            name: rule_rows(statement, pathway, unless=has_unless(text, name))
            for name, statement in option.statements.items()
        }
        for name, ids in (("a.csv", False), ("b.csv", True), ("c.xlsx", False), ("d.xlsx", True)):
            path = tmp_path / name
            path.write_bytes(sheet_bytes(path, sheets_of(option, rules, pathway, ids=ids)))
            sheet = read_sheet(path)
            rows, wrong = rows_of(sheet, option, pathway, None)
            assert wrong == list(told_twice(rows, sheet, pathway.factors)) == []
            assert taken_back(text, option, pathway, rows) == (text, ())
            assert list(within_others(rows, sheet, pathway)) == []
        for name, own in rules.items():
            when, unless = (
                tuple(way_text(way, pathway.factors) for way in each)
                for each in (own.when, own.unless)
            )
            text = with_condition(text, name, when, unless if own.unless else None)
        file.write_text(text, "utf-8")
    after = read_pathway(copy, shipped=False)
    found = compare(pathway, after, ("before", "after"), (folder, copy), lambda _: None)
    assert found.functions.changes == ()
    assert found.clinical == (found.lapsed is not None)


SHIPPED = read_pathway(ROOT / "pathways" / "neuroendocrine")
PARK = read_pathway(ROOT / "tests" / "pathway" / "park")


@pytest.mark.parametrize(
    ("pathway", "factor", "cell", "condition"),
    [
        (SHIPPED, "site", "bowel; LUNG", "{site: [bowel, lung]}"),
        (SHIPPED, "site", "Lung or bowel", "{site: [bowel, lung]}"),
        (SHIPPED, "site", "lung, pancreas", "{site: [pancreas, lung]}"),
        (SHIPPED, "site", "not Lung + not bowel", "{site: {not: [lung, bowel]}}"),
        (SHIPPED, "progress", "growing + SPREADING", "{progress: {all: [growing, spreading]}}"),
        (SHIPPED, "progress", "any", "{progress: any}"),
        (SHIPPED, "progress", "none", "{progress: none}"),
        (
            SHIPPED,
            "progress",
            "growing + not spreading",
            "{progress: growing, not: {progress: spreading}}",
        ),
        (
            SHIPPED,
            "spread_sites",
            "liver; does not apply",
            "{not: {spread_sites: {not: liver}}}",
        ),
        (SHIPPED, "spread_sites", "does not apply", "{not: {spread_sites: any}}"),
        (SHIPPED, "surgery_feasible", "not_removable", "{surgery_feasible: not_removable}"),
        (PARK, "height", "below 20; 30 to below 40 m", "{height: [below 20, 30 to below 40]}"),
        (PARK, "height", "not from 20", "{height: {not: from 20}}"),
        (PARK, "branches", "7", "{branches: exactly 7}"),
        (PARK, "branches", "not counted", "{branches: not_done}"),
    ],
)
def test_a_cell_is_read_as_somebody_types_it(
    pathway: Pathway, factor: str, cell: str, condition: str
) -> None:
    needs = read_cell(pathway.factors[factor], cell)
    assert way_text(Way({factor: needs}), pathway.factors) == condition


@pytest.mark.parametrize(
    ("pathway", "factor", "cell", "told"),
    [
        (SHIPPED, "site", "Lugn", "did you mean Lung?"),
        (SHIPPED, "site", "Lung;", "something is missing beside the ;"),
        (SHIPPED, "site", "Lung + ", "something is missing beside the +"),
        (SHIPPED, "site", "does not apply", "applies in every case"),
        (SHIPPED, "progress", "any; growing", '"any" stands alone in a cell'),
        (PARK, "height", "tall", '"tall" is not a range of numbers'),
        (PARK, "height", "2,5", "is not a range of numbers"),
        (PARK, "branches", "below 2.5", "is not an integer"),
    ],
)
def test_what_a_cell_may_not_say_is_told(
    pathway: Pathway, factor: str, cell: str, told: str
) -> None:
    with pytest.raises(CellError) as error:
        read_cell(pathway.factors[factor], cell)
    assert told in str(error.value)
