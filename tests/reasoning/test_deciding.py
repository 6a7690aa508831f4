"""The part of the answers that decides: enough in every completion, with no member to spare."""

from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import brute
from tests.reasoning.pathways import random_answers, random_pathway
from tests.reasoning.records import (
    HERE,
    a_choice,
    a_multi,
    a_statement,
    an_option,
    branch,
    leaf,
    pathway,
    rule,
)
from wizard.case.answers import Answers, ChoiceAnswer, MultiAnswer
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import Factor, MultiFactor
from wizard.pathway.model import Status
from wizard.pathway.trees import AnyOf, Ask, OneOf, Rest
from wizard.reasoning.assessing import assess
from wizard.reasoning.deciding import deciding_answers


@settings(max_examples=200)
@given(st.integers(0, 2**32 - 1))
@example(437)
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
        assert twin.status(twin.option(name), Answers(kept), answers) is option.status
        for asked, answer in kept.items():
            factor = pathway.factors[asked]
            if not isinstance(answer, MultiAnswer) or not isinstance(factor, MultiFactor):
                assert answer == answers[asked]
            elif len(answer.absent) < len(factor.members):
                for member in answer.present | answer.absent:
                    fewer = MultiAnswer(answer.present - {member}, answer.absent - {member})
                    loose = Answers({**kept, asked: fewer})
                    assert twin.status(twin.option(name), loose, answers) is Status.POSSIBLE
            else:
                assert answer == answers[asked]


def test_of_two_members_that_would_each_do_the_first_is_kept() -> None:
    """Also where the reason names a choice before the multi."""
    signs = (branch(AnyOf(("a", "b")), leaf(True)), branch(Rest(), leaf(False)))
    kinds = (branch(OneOf(("x",)), Ask("signs", signs, HERE)), branch(Rest(), leaf(False)))
    statement = a_statement("s", rule(Ask("kind", kinds, HERE)))
    option = an_option({"s": statement})
    factors: dict[str, Factor] = {
        "kind": a_choice("kind", "xy"),
        "signs": a_multi("signs", "abc"),
    }
    compiled = compile_pathway(pathway(factors, {"o": option}, {}, {}))
    kind = ChoiceAnswer(frozenset("x"))
    answers = Answers({"kind": kind, "signs": MultiAnswer(frozenset("ab"), frozenset("c"))})
    verdict = assess(compiled, answers).options["o"].verdict
    kept = deciding_answers(compiled, answers, compiled.options["o"], verdict)
    assert kept == {"kind": kind, "signs": MultiAnswer(frozenset("a"), frozenset())}
