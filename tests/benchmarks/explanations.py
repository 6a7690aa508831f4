"""All reasons and nearest changes of all options of a case; what-if, settling and agreement."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.synthetic import partial_answers, synthetic_pathway
from tests.benchmarks.timing import line, milliseconds
from wizard.case.answers import Answers
from wizard.case.files import read_regression_cases
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Status
from wizard.reasoning.agreement import agreement
from wizard.reasoning.assessing import assess
from wizard.reasoning.changes import nearest_changes
from wizard.reasoning.reasons import sufficient_reasons
from wizard.reasoning.settling import settling
from wizard.reasoning.what_if import whole_case

GOAL = 50.0


def explain(compiled: Compiled, answers: Answers) -> int:
    """Every reason, every nearest change to another status; how many searches stopped."""
    stopped = 0
    for function in compiled.options.values():
        reasons = sufficient_reasons(compiled, answers, function)
        stopped += not reasons.complete
        for wanted, status in ((True, Status.DESCRIBED), (False, Status.NOT_DESCRIBED)):
            if reasons.status is not status:
                found = nearest_changes(compiled, answers, function, wanted=wanted)
                stopped += not found.complete
    return stopped


def over(cases: Sequence[Answers], action: Callable[[Answers], object]) -> list[float]:
    return [milliseconds(partial(action, answers), rounds=3) for answers in cases]


def views(compiled: Compiled, cases: Sequence[Answers], baseline: float) -> None:
    """The other views of a case, each as a multiple of an assessment."""
    known = {answers: assess(compiled, answers) for answers in cases}
    actions: dict[str, Callable[[Answers], object]] = {
        "what-if of the whole case": lambda a: whole_case(compiled, a, known[a]),
        "what to find out first": lambda a: settling(compiled, a, known[a]),
        "agreement of the documents": lambda a: agreement(compiled, a, assess(compiled, a)),
    }
    for name, action in actions.items():
        times = over(cases, action)
        line(f"  {name}, median", median(times), baseline=baseline, of="assessment")
        line(f"  {name}, worst", max(times), baseline=baseline, of="assessment")


def main() -> None:
    shipped = load_pathway()
    recorded = read_regression_cases(Path(shipped.folder) / "cases", shipped)
    made = {
        f"{factors} factors, {options} options": (factors, options)
        for factors, options in ((12, 15), (25, 20), (50, 30))
    }
    runs = {"shipped": (shipped, [case.answers for case in recorded.values()])}
    for name, (factors, options) in made.items():
        pathway = synthetic_pathway(factors, options, depth=4 if factors == 12 else 6)
        runs[name] = (pathway, [partial_answers(pathway, n / 6, n) for n in range(7)])
    for name, (pathway, cases) in runs.items():
        print(f"  {name}, {len(cases)} cases")
        compiled = compile_pathway(pathway, 2_000_000)
        baseline = median(over(cases, partial(assess, compiled)))
        line("  assessment, median", baseline)
        times = over(cases, partial(explain, compiled))
        line("  all reasons and changes, median", median(times), baseline=baseline, of="assessment")
        line("  all reasons and changes, worst", max(times), baseline=baseline, of="assessment")
        stopped = sum(explain(compiled, answers) for answers in cases)
        print(f"    searches stopped at their bound{stopped:>36}")
        views(compiled, cases, baseline)
        if name == "shipped":
            print(f"    goal {GOAL:.0f} ms: {'met' if max(times) <= GOAL else 'MISSED'}")
