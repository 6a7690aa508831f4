"""The part of the answers that decides: a reason cut down to the members that matter."""

from collections.abc import Mapping

from wizard.case.answers import Answer, Answers, MultiAnswer
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import Node, settled
from wizard.pathway.model import Status, named_values
from wizard.reasoning.assessment import Verdict


def deciding_answers(
    compiled: Compiled, answers: Answers, function: Node, judged: Verdict
) -> dict[str, Answer]:
    """The answers to the factors of a verdict's `because`, in the order of the walk.

    An answer to a multi is cut down, member by member from the last, as long as what remains
    still settles the function; the answer that no member is present stays whole.
    """
    kept: dict[str, Answer] = {factor: answers[factor] for factor in judged.because}
    wanted = judged.status is Status.DESCRIBED
    for factor in judged.because:
        answer = kept[factor]
        members = tuple(named_values(compiled.pathway.factors[factor]))
        if not isinstance(answer, MultiAnswer) or len(answer.absent) == len(members):
            continue
        for member in reversed(members):
            fewer = _without(answer, member)
            if fewer != answer and _settles(
                compiled, {**kept, factor: fewer}, function, wanted=wanted
            ):
                answer = kept[factor] = fewer
    return kept


def _without(answer: MultiAnswer, member: str) -> MultiAnswer:
    return MultiAnswer(answer.present - {member}, answer.absent - {member})


def _settles(
    compiled: Compiled, answers: Mapping[str, Answer], function: Node, *, wanted: bool
) -> bool:
    values = list(compiled.free)
    for factor, answer in answers.items():
        compiled.space.narrow(values, factor, answer)
    return settled(compiled.diagrams, function, tuple(values), wanted=wanted)
