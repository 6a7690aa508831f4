"""Every peer that is installed says of random pathways what the wizard says."""

from itertools import repeat
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmarks.cases import answers_of, complete_case
from tests.benchmarks.peers.ours import Ours
from tests.benchmarks.peers.rows import PEERS, Partial, peer
from tests.reasoning.pathways import random_answers, random_pathway
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.model import Pathway, Status


def _pathway(random: Random) -> Pathway:
    """One without derived factors, which the encodings do not have."""
    made = (random_pathway(random) for _ in repeat(None))
    return next(each for each in made if not _has_derived(each))


def _has_derived(pathway: Pathway) -> bool:
    return any(isinstance(factor, DerivedFactor) for factor in pathway.factors.values())


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_says_of_partial_cases_what_the_wizard_says(name: str) -> None:
    try:
        peer(name, _pathway(Random(0)))
    except ImportError as error:
        pytest.skip(f"{name} is not installed: {error}")

    @settings(max_examples=25, deadline=None)
    @given(st.integers(0, 2**32 - 1))
    def says_the_same(seed: int) -> None:
        random = Random(seed)
        pathway = _pathway(random)
        ours = Ours(pathway)
        cases = [random_answers(random, pathway.factors) for _ in range(3)]
        made = Partial(ours, cases, [ours.statuses(answers) for answers in cases])
        asked = peer(name, pathway)
        for place in range(len(cases)):
            for row in (made.statuses, made.relevance, made.reasons):
                row(asked, place)()

    says_the_same()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_zen_says_of_complete_cases_what_the_wizard_says(seed: int) -> None:
    name = "tests.benchmarks.peers.with_zen"
    with_zen = pytest.importorskip(
        name,
        reason="zen-engine is not installed",
        exc_type=ImportError,
    )
    random = Random(seed)
    pathway = _pathway(random)
    ours, asked = Ours(pathway), with_zen.WithZen(pathway)
    for case in [complete_case(pathway, random) for _ in range(3)]:
        statuses = ours.statuses(answers_of(pathway, case, {}))
        described = {option: status is Status.DESCRIBED for option, status in statuses.items()}
        for ask in (asked.compiled, asked.graph):
            assert ask([asked.context(case)]) == [described]
