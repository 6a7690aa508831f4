"""The part of the answers that decides: enough in every completion, with no member to spare."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import brute
from tests.reasoning.pathways import random_answers, random_pathway
from wizard.case.answers import Answers, MultiAnswer
from wizard.pathway.model import Status
from wizard.reasoning.assessing import assess
from wizard.reasoning.compiling import compile_pathway
from wizard.reasoning.deciding import deciding_answers


@settings(max_examples=200)
@given(st.integers(0, 2**32 - 1))
def test_what_decides_is_enough_and_no_member_can_be_left_out(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    twin = brute(pathway, answers)
    for name, option in assess(compiled, answers).options.items():
        if option.status is Status.POSSIBLE:
            continue
        kept = deciding_answers(compiled, answers, compiled.options[name], option.verdict)
        assert tuple(kept) == option.verdict.because
        assert twin.status(twin.option(name), Answers(kept)) is option.status
        for factor, answer in kept.items():
            if not isinstance(answer, MultiAnswer):
                assert answer == answers[factor]
            elif len(answer.absent) < len(pathway.factors[factor].values):
                for member in answer.present | answer.absent:
                    fewer = MultiAnswer(answer.present - {member}, answer.absent - {member})
                    loose = Answers({**kept, factor: fewer})
                    assert twin.status(twin.option(name), loose) is Status.POSSIBLE
            else:
                assert answer == answers[factor]
