"""A case that shows why answers are not enough: the same answers, and the other outcome."""

from collections.abc import Iterable
from types import MappingProxyType

from wizard.case.answers import Answers
from wizard.engine.counting import cube
from wizard.engine.diagrams import Allowed, Node, settled
from wizard.practice.case_pool import CasePool
from wizard.practice.sampling import answers_of, draw_assignment, source_of_chance
from wizard.practice.tasks import Decision
from wizard.reasoning.value_sets import answered
from wizard.wording.answers import brief_answers
from wizard.wording.vignettes import changed_text


def counterexample(
    pool: CasePool, answers: Answers, decision: Decision, chosen: Iterable[str]
) -> tuple[str, ...]:
    """In words, what is different in a case with the chosen answers and the other outcome.

    As little as possible is different: every other answer stays if it can, in the order of the
    walk.  Answers to questions that were open are named where the outcome depends on them.
    """
    other = counter_case(pool, answers, decision, chosen)
    pathway = pool.compiled.pathway
    words = []
    for factor in pathway.factors.values():
        before, after = answers.get(factor.id), other.get(factor.id)
        if after is None or before == after:
            continue
        if before is None or not answered(before):
            words.append(brief_answers(pathway, {factor.id: after}))
        else:
            words.append(changed_text(factor, before, after))
    return tuple(words)


def counter_case(
    pool: CasePool, answers: Answers, decision: Decision, chosen: Iterable[str]
) -> Answers:
    """The case itself: the chosen answers, other answers of the case that can stay, and new ones.

    The chosen answers must leave the decision open.
    """
    compiled = pool.compiled
    allowed = list(compiled.space.unanswered(compiled.space.allowed(answers)))
    for factor in chosen:
        compiled.space.narrow(allowed, factor, answers[factor])
    function = pool.made_total(decision.function, wanted=not decision.wanted)
    root = pool.diagrams.both(function, pool.plausible)
    if settled(pool.diagrams, root, allowed, wanted=False):
        root = pool.diagrams.both(function, pool.cases)
    given = compiled.space.allowed(answers)
    _keep(pool, root, allowed, given)
    chance = source_of_chance(0)
    goal = pool.diagrams.both(root, cube(pool.diagrams, dict(enumerate(allowed))))
    whole = draw_assignment(pool, goal, chance)
    drawn = dict(answers_of(compiled, whole, chance))
    for factor in reversed(tuple(drawn)):
        own = compiled.space.levels[factor]
        as_before = dict(drawn)
        if not answered(answers.get(factor)):
            del as_before[factor]
        elif all(whole[level] in given[level] for level in own):
            as_before[factor] = answers[factor]
        if compiled.settles(as_before, decision.function, wanted=not decision.wanted):
            drawn = as_before
    return Answers(MappingProxyType(drawn))


def _keep(pool: CasePool, root: Node, allowed: list[tuple[int, ...]], given: Allowed) -> None:
    """Restrict every variable to what the case has, one after the other, if a model remains."""
    for level, values in enumerate(given):
        before = allowed[level]
        allowed[level] = values
        if settled(pool.diagrams, root, allowed, wanted=False):
            allowed[level] = before
