"""The engine of the page says of every case what the wizard says: run by node, where that is."""

import json
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.reasoning.pathways import random_pathway
from tests.report.book_cases import COMPARING, ENGINE, NAMES, cases, compiled_named
from tests.small import small
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.problems import PathwayErrors
from wizard.record import replace
from wizard.report.book.exporting import Exporter, TooLargeForAPageError
from wizard.report.book.page import page
from wizard.report.moment import moment

DRIVING = Path(__file__).with_name("driving_engine.mjs")
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no node here")


def differences(compiled: Compiled, told: list[dict[str, Any]], folder: Path) -> list[str]:
    """What the engine says otherwise than the wizard."""
    file = folder / "cases.json"
    file.write_text(json.dumps({"data": Exporter(compiled).data(), "cases": told}))
    ended = subprocess.run(
        ["node", DRIVING, ENGINE, COMPARING, file],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: list[str] = json.loads(ended.stdout)
    return found


@needs_node
@pytest.mark.parametrize("name", NAMES)
def test_the_engine_says_what_the_wizard_says(name: str, tmp_path: Path) -> None:
    compiled = compiled_named(name, tmp_path)
    assert differences(compiled, list(cases(compiled, range(60))), tmp_path) == []


@needs_node
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_it_does_in_any_pathway(seed: int, tmp_path: Path) -> None:
    """With derived factors, what was not done, points, groups of all values and the rest."""
    tried = 0
    for each in range(seed * 1000, seed * 1000 + 12):
        try:
            compiled = compile_pathway(random_pathway(Random(each)))
        except PathwayErrors:  # a derived factor has no value in some case, or two
            continue
        tried += 1
        assert differences(compiled, list(cases(compiled, range(20))), tmp_path) == []
    assert tried


@needs_node
def test_a_difference_is_found(tmp_path: Path) -> None:
    told = list(cases(small(), range(1)))
    told[0]["told"]["parked"] = ["nothing"]
    (found,) = differences(small(), told, tmp_path)
    assert "parked" in found


def test_the_scripts_are_small() -> None:
    """Handwritten and without a library: together less than 20 KB."""
    assert sum(len(each.read_bytes()) for each in ENGINE.parent.glob("*.js")) < 20 * 1024


def test_a_function_that_is_not_a_diagram_is_refused() -> None:
    compiled = compile_pathway(small().pathway)
    diagrams = compiled.diagrams
    held = diagrams.hold(diagrams.pieces(compiled.options["prune"]))
    with pytest.raises(TooLargeForAPageError, match="too large for one page"):
        Exporter(replace(compiled, options={**compiled.options, "prune": held})).data()


def test_what_outgrows_the_store_is_refused() -> None:
    pathway = small().pathway
    least = len(compile_pathway(pathway).diagrams)
    refused = []
    for room in range(0, 400, 20):
        try:
            page(compile_pathway(pathway, least + room), moment({}))
        except TooLargeForAPageError:
            refused.append(room)
    assert refused
    assert refused == list(range(0, max(refused) + 1, 20))
    assert max(refused) < 380
