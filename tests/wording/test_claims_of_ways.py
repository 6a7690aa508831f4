"""A statement whose claims stand on its ways alone."""

from pathlib import Path

import pytest

from tests.pathway.overlays import copied, edited
from tests.small import at
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Status
from wizard.wording.reasons import why_rows

TREE = """    tree:
      ask: growth
      slow: {described: [HBK-05]}
      fast: {ask: damage, none: {described: [HBK-03]}, otherwise: not_described}
"""


@pytest.fixture
def park(tmp_path: Path) -> Compiled:
    folder = copied(tmp_path)
    written = "    claims: [HBK-05]\n    when: {growth: slow, damage: none}\n"
    edited(folder, "options/watch.yaml", written, TREE)
    return compile_pathway(read_pathway(folder))


@pytest.mark.parametrize(
    ("given", "claims", "only_with_more"),
    [
        ({"growth": "slow"}, ["HBK-05"], False),
        ({"growth": "fast", "damage": "none"}, ["HBK-03"], False),
        ({"damage": "none"}, ["HBK-05", "HBK-03"], True),
    ],
)
def test_a_reason_cites_the_ways_that_hold_or_else_may(
    park: Compiled, given: dict[str, object], claims: list[str], only_with_more: bool
) -> None:
    assert park.pathway.options["watch"].statements["slow_growth"].source == "HBK"
    now = at(given, park)
    assert now.assessment.options["watch"].status is Status.DESCRIBED
    [row] = why_rows(now, now.explained.options["watch"])
    assert [each.claim for each in row.citations] == claims
    assert all(("further answers" in each.badge) is only_with_more for each in row.citations)
