"""What two versions conclude, in one store where they are of the same cases, as in two."""

import shutil
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from tests.reasoning.pathways import asked_answers
from tests.saved_cases import fitting
from tests.small import small
from wizard.engine.compiling import compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.reasoning.assessing import conclude
from wizard.workbench.affected import versions

PRUNE = "options/prune.yaml"
OTHERS = frozenset(small().options) - {"prune"}


@pytest.mark.parametrize(
    ("edit", "same"),
    [
        ((PRUNE, "label: Prune", "label: Cut"), OTHERS | {"prune"}),
        ((PRUNE, "storm: described", "storm: not_described"), OTHERS),
        ((PRUNE, "when: {near: path}", "when: {near: house}"), OTHERS),
        ((PRUNE, "below 20: not_described", "below 20: described"), OTHERS),
        (("factors.yaml", "{label: Slow, help", "{label: Rather slow, help"), OTHERS | {"prune"}),
        # Other cases than before: a number cut elsewhere, values that stand otherwise.
        (
            (
                PRUNE,
                "below 20: not_described\n          20 to",
                "below 21: described\n          21 to",
            ),
            0,
        ),
        (
            (
                "factors.yaml",
                "    path: {label: A path, help: People pass.}\n"
                "    house: {label: A house, help: People live there.}\n",
                "    house: {label: A house, help: People live there.}\n"
                "    path: {label: A path, help: People pass.}\n",
            ),
            0,
        ),
    ],
)
def test_versions_conclude_as_each_alone(
    edit: tuple[str, str, str], same: frozenset[str] | int, small_folder: Path, tmp_path: Path
) -> None:
    file, was, now = edit
    folder = tmp_path / "later"
    shutil.copytree(small_folder, folder)
    text = (folder / file).read_text("utf-8")
    assert was in text
    (folder / file).write_text(text.replace(was, now, 1), "utf-8")
    old, new = small().pathway, read_pathway(folder)
    both, apart = versions(old, new), (small(), compile_pathway(new))
    assert both.same == (same or None)
    given = [fitting(old, asked_answers(Random(seed), old.factors)) for seed in range(40)]
    for one, other in pairwise(given):
        assert both.conclude(one, one) == (conclude(apart[0], one), conclude(apart[1], one))
        assert both.conclude(one, other) == (conclude(apart[0], one), conclude(apart[1], other))
