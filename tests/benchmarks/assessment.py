"""A whole assessment: the shipped pathway, synthetic ones, and the plain walk of the trees."""

from collections.abc import Callable
from functools import partial
from random import Random
from statistics import median

from tests.benchmarks.cases import complete_case
from tests.benchmarks.synthetic import partial_answers, synthetic_pathway
from tests.benchmarks.timing import line, milliseconds
from tests.reasoning.brute import walk
from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway
from wizard.reasoning.assessing import assess

CASES = 25
GOALS = {"shipped": 5.0, "50 factors, 30 options": 20.0}


def plain_walk(pathway: Pathway) -> Callable[[], object]:
    """The statements of every option, walked for one complete case: no unknowns, no reasons."""
    trees = [s.rule.tree for o in pathway.options.values() for s in o.statements.values()]
    case = complete_case(pathway, Random(1))
    return lambda: [walk(pathway, tree, case) for tree in trees]


def assessing(compiled: Compiled, cases: list[Answers]) -> float:
    times = [milliseconds(partial(assess, compiled, answers), rounds=5) for answers in cases]
    print(f"    worst of {len(cases)} partial cases{max(times):>41.3f} ms")
    return median(times)


def main() -> None:
    shipped = load_pathway()
    sizes = {
        "shipped": shipped,
        "12 factors, 15 options": synthetic_pathway(12, 15, depth=4),
        "25 factors, 20 options": synthetic_pathway(25, 20),
        "50 factors, 30 options": synthetic_pathway(50, 30),
        "100 factors, 100 options": synthetic_pathway(100, 100),
    }
    for name, pathway in sizes.items():
        print(f"  {name}")
        compiled = compile_pathway(pathway, 2_000_000)
        baseline = milliseconds(plain_walk(pathway), rounds=51)
        line("  plain walk of a complete case", baseline)
        line("  compile", milliseconds(partial(compile_pathway, pathway, 2_000_000), rounds=3))
        print(f"    nodes{len(compiled.diagrams):>61}")
        cases = [partial_answers(pathway, share / CASES, share) for share in range(CASES)]
        measured = assessing(compiled, cases)
        line("  assessment, median", measured, baseline=baseline, of="plain walk")
        if name in GOALS:
            print(
                f"    goal {GOALS[name]:.0f} ms: {'met' if measured <= GOALS[name] else 'MISSED'}"
            )
