"""Statuses by an engine that nobody here wrote: zen-engine, and each option as a decision table.

What is held: for random partial answers to the shipped pathway, to each pathway of the tests and to
an overlay, the status of every option is what the engine collects from the option's table, which
`decision_tables` writes from the trees: described where every row that the answers leave open says
so, not described where none does, else possible.  The answers hold everything that a case file
may: values, one of several, groups, members, numbers, ranges, "not done", "not known", answers to
what is worked out and answers to what does not apply.  The engine compares every value with every
entry by itself; the trees are walked without a diagram.

Why that is exact.  Every row allows for each column some of its values, the columns can be anything
independently of one another, and every case follows one row.  So a row is open exactly if each of
its entries allows something that the answers leave; a case that fits the answers follows it.  Two
columns of one question depend on one another, and are taken care of: a path on which members are
absent of a multi that has at least one becomes a row for each other member; whatever is said of a
member says that it was looked for.

What is left out: reading YAML (the records of a pathway are what is walked, and the derived values
of a factor are taken to be as the check proves them: exactly one), and all that is not a status of
an option, such as alerts, aims and what a status depends on.  `tests.reasoning.oracle` and
`tests.second_reading` hold those.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.pathway.hospital_copy import hospital
from tests.reasoning.decision_tables import UNKNOWN, Way, context, entry, tables
from tests.reasoning.pathways import random_answers
from wizard.engine.compiling import compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import shipped_folder
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.assessing import assess

zen = pytest.importorskip("zen", reason="zen-engine is not installed")

FOLDERS = Path(__file__).parents[1] / "pathway"
STATUSES = {
    (True,): Status.DESCRIBED,
    (False,): Status.NOT_DESCRIBED,
    (False, True): Status.POSSIBLE,
}


def table(rows: list[Way], option: str) -> dict[str, object]:
    """An option's table as the engine reads it."""
    asked = list(dict.fromkeys(name for row, _ in rows for name in row))
    return {
        "hitPolicy": "collect",
        "outputPath": option,
        "inputs": [{"id": name, "name": name, "field": name} for name in asked],
        "outputs": [{"id": "described", "name": "described", "field": "described"}],
        "rules": [
            {
                "_id": str(number),
                "described": "true" if holds else "false",
                **{name: entry(row[name]) if name in row else "" for name in asked},
            }
            for number, (row, holds) in enumerate(rows)
        ],
    }


def model(contents: Mapping[str, dict[str, object]]) -> str:
    """The tables of all options between the case that comes in and what goes out."""
    nodes: list[dict[str, object]] = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = []
    for option, content in contents.items():
        name = f"table {option}"
        nodes.append({"id": name, "type": "decisionTableNode", "name": name, "content": content})
        for one, other in (("in", name), (name, "out")):
            edge = {"id": f"{one} {other}", "type": "edge", "sourceId": one, "targetId": other}
            edges.append(edge)
    for node in nodes:
        node["position"] = {"x": 0, "y": 0}
    return json.dumps({"nodes": nodes, "edges": edges})


def by_the_engine(pathway: Pathway) -> Callable[[Mapping[str, object]], dict[str, Status]]:
    """The statuses of all options in a case, as the engine collects them.

    The engine passes over an entry that it cannot read without a word: so each is tried before.
    """
    written = tables(pathway)
    rows = {option.id: written.rows(option) for option in pathway.options.values()}
    for cells in {cells for each in rows.values() for row, _ in each for cells in row.values()}:
        unknown = {"is": UNKNOWN, "from": 0, "below": 0}
        case = [UNKNOWN if any(isinstance(cell, str) for cell in cells) else unknown]
        assert zen.evaluate_unary_expression(entry(cells), {"$": case}), entry(cells)
    contents = {option: table(each, option) for option, each in rows.items()}
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(model(contents)))

    def statuses(case: Mapping[str, object]) -> dict[str, Status]:
        found: dict[str, list[dict[str, bool]]] = decision.evaluate(case)["result"]
        return {
            option: STATUSES[tuple(sorted({each["described"] for each in outcomes}))]
            for option, outcomes in found.items()
        }

    return statuses


def agrees(pathway: Pathway, cases: int) -> None:
    """The engine says of every option, in as many random cases, what `assess` says."""
    compiled, statuses = compile_pathway(pathway), by_the_engine(pathway)
    seen: Counter[Status] = Counter()
    for seed in range(cases):
        answers = random_answers(Random(seed), pathway.factors)
        said = assess(compiled, answers).options
        assert statuses(context(pathway, answers)) == {o: said[o].status for o in said}, seed
        seen.update(each.status for each in said.values())
    assert min(seen[status] for status in Status) > cases / 10


@pytest.mark.slow
def test_what_is_shipped() -> None:
    agrees(read_pathway(shipped_folder(), shipped=True), 3000)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "cases"), [("small", 3000), ("stones", 3000), ("park", 600), ("prostate", 100)]
)
def test_the_pathways_of_the_tests(name: str, cases: int) -> None:
    agrees(read_pathway(FOLDERS / name), cases)


@pytest.mark.slow
def test_a_hospitals_own_documents_on_top(tmp_path: Path) -> None:
    agrees(read_pathway(hospital(tmp_path)), 1000)
