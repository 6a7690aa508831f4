"""Large pathways and many cases: what a key, a view and a case cost, each beside its goal."""

import gc
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from random import Random
from statistics import median
from time import process_time

from tests.benchmarks.cases import answers_of, complete_case
from tests.benchmarks.synthetic import partial_answers, synthetic_pathway
from tests.benchmarks.timing import milliseconds
from tests.reasoning.brute import CaseValue
from tests.reasoning.pathways import random_answers
from tests.reasoning.records import HERE, a_choice, a_statement, an_option, pathway, rule
from tests.small import shipped
from wizard.case.answers import NO_ANSWERS, Answer, Answers
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.trees import AtLeast, OneOf, Requirement
from wizard.reasoning.assessing import assess
from wizard.reasoning.bulk import statuses_of_many
from wizard.reasoning.changes import nearest_changes
from wizard.reasoning.reasons import sufficient_reasons
from wizard.reasoning.settling import settling
from wizard.reasoning.situation import situation
from wizard.reasoning.what_if import whole_case

DAY = date(2026, 11, 27)


def told(what: str, measured: float, goal: float, unit: str = "ms") -> None:
    """Print a figure and its goal, and a mark where that is missed."""
    mark = "" if measured <= goal else "   MISSED"
    print(f"    {what:<58}{measured:10.3f} {unit}, goal {goal:g}{mark}")


def keys(compiled: Compiled) -> None:
    """A case answered question by question: what follows from each answer.

    What stands before the first key is not looked at by the garbage collector, as on the screen.
    """
    gc.freeze()
    now, answers, times = situation(compiled, NO_ANSWERS, DAY), NO_ANSWERS, []
    for factor, answer in partial_answers(compiled.pathway, 0.9, 1).items():
        answers = answers.with_answer(factor, answer)
        start = process_time()
        now = now.after(answers)
        times.append(1000 * (process_time() - start))
    told("a key, median", median(times), 20)
    told("a key, worst", max(times), 50)


def views(compiled: Compiled, goal: float) -> None:
    """The worst of each view over some cases and options."""
    cases = [partial_answers(compiled.pathway, n / 6, n) for n in range(7)]
    known = {answers: assess(compiled, answers) for answers in cases}
    functions = list(compiled.options.values())[:30]
    actions: dict[str, list[Callable[[], object]]] = {
        "reasons of an option, worst": [
            partial(sufficient_reasons, compiled, a, f) for a in cases for f in functions
        ],
        "nearest changes of an option, worst": [
            partial(nearest_changes, compiled, a, f, wanted=wanted)
            for a in cases
            for f in functions
            for wanted in (True, False)
        ],
        "what-if of the whole case, worst": [
            partial(whole_case, compiled, a, known[a]) for a in cases
        ],
        "what to find out first, worst": [partial(settling, compiled, a, known[a]) for a in cases],
    }
    for what, every in actions.items():
        told(what, max(milliseconds(each, rounds=1, warm_up=0) for each in every), goal)


def bulk() -> None:
    """Statuses of the shipped pathway's options, with all that reads the answers.

    Complete cases share the answers that are equal, as read from lines; no two partial ones do.
    """
    compiled, random = shipped(), Random(1)
    pathway, known = compiled.pathway, dict[tuple[str, CaseValue], Answer]()
    complete = (complete_case(pathway, random) for _ in range(40_000))
    runs: dict[str, tuple[list[Answers], float]] = {
        "complete": ([answers_of(pathway, case, known) for case in complete], 1),
        "partial": ([random_answers(random, pathway.factors) for _ in range(20_000)], 20),
    }
    for kind, (cases, goal) in runs.items():
        took = milliseconds(partial(_all_statuses, compiled, cases), rounds=5)
        told(f"statuses of a {kind} case", 1000 * took / len(cases), goal, "us")


def _all_statuses(compiled: Compiled, cases: list[Answers]) -> None:
    """Every result is taken, and none kept."""
    deque(statuses_of_many(compiled, cases), maxlen=0)


def conditions() -> None:
    """24 clauses of three conditions over 40 factors: near each other in the walk, or anywhere."""
    factors = {f"f{at}": a_choice(f"f{at}", ["a", "b", "c"]) for at in range(40)}
    for where, spread in (("near each other", 10), ("anywhere", 40)):
        clauses = AtLeast(1, tuple(_clauses(Random(2), spread)), HERE)
        option = an_option({"wide": a_statement("wide", rule(clauses))})
        wide = pathway(factors, {"o": option}, {}, {})
        compiling = milliseconds(partial(compile_pathway, wide, 2_000_000), rounds=3)
        told(f"24 clauses of three conditions, {where}", compiling, 50)


def _clauses(random: Random, spread: int) -> Iterator[AtLeast]:
    for _ in range(24):
        first = random.randint(0, 40 - spread)
        asked = random.sample(range(first, first + spread), 3)
        needs = (
            Requirement(f"f{at}", (OneOf((random.choice("abc"),)),), negated=False, position=HERE)
            for at in asked
        )
        yield AtLeast(3, tuple(needs), HERE)


def main() -> None:
    print("  one condition over 40 factors")
    conditions()
    for factors, options, depth, goal in ((50, 30, 6, 100), (100, 150, 6, 500), (200, 500, 3, 0)):
        compiled = compile_pathway(synthetic_pathway(factors, options, depth=depth), 2_000_000)
        print(f"  {factors} factors, {options} options, {len(compiled.diagrams):,} nodes")
        keys(compiled)
        if goal:
            views(compiled, goal)
    print("  many cases of the shipped pathway")
    bulk()


if __name__ == "__main__":
    main()
