"""The maintainers' tools: diff, deep check, coverage, generated cases and the mutation score."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from tests.benchmarks.synthetic import synthetic_pathway
from tests.benchmarks.timing import line, milliseconds
from tests.workbench.expecting import confirmed, silent
from wizard.case.files import Case, read_regression_cases
from wizard.engine.compiling import compile_pathway
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.trees import Ask, Outcome, Rule, Tree
from wizard.workbench.covering import coverage
from wizard.workbench.deep import deep_check
from wizard.workbench.generating import generate
from wizard.workbench.rule_diff import compare_functions
from wizard.workbench.scoring import score
from wizard.workbench.version_diff import compare

DAY = date(2026, 11, 21)
GOALS = {"shipped": 2.0, "50 factors, 30 options": 20.0}
MEASURED = ("diff of one edit", "deep check", "mutation score")


def edited(pathway: Pathway) -> Pathway:
    """The first leaf of the first statement that asks something, flipped."""
    for option in pathway.options.values():
        for statement in option.statements.values():
            tree = statement.rule.tree
            if isinstance(tree, Ask):
                rule = Rule(flipped(tree), statement.rule.position)
                changed = {**option.statements, statement.id: replace(statement, rule=rule)}
                options = {**pathway.options, option.id: replace(option, statements=changed)}
                return replace(pathway, options=options)
    raise AssertionError


def flipped(tree: Tree) -> Tree:
    """The tree with its first leaf turned round."""
    if isinstance(tree, Outcome):
        return Outcome(not tree.described, tree.position)
    assert isinstance(tree, Ask)
    first, *others = tree.branches
    return replace(tree, branches=(replace(first, tree=flipped(first.tree)), *others))


def measure(
    name: str, pathway: Pathway, cases: Mapping[str, Case], diff: Callable[[], object]
) -> None:
    rounds = 5 if name == "shipped" else 1
    compiling = milliseconds(partial(compile_pathway, pathway, 2_000_000), rounds=3)
    line("  compile", compiling)
    actions: dict[str, Callable[[], object]] = {
        "diff of one edit": diff,
        "deep check": partial(deep_check, pathway, DAY, silent),
        "coverage": partial(coverage, pathway, cases, silent),
        "generate": partial(generate, pathway, silent),
        "mutation score": partial(score, pathway, cases, silent),
    }
    for what, action in actions.items():
        took = milliseconds(action, rounds=rounds, warm_up=rounds // 5)
        line(f"  {what}", took, baseline=compiling, of="compile")
        if what in MEASURED:
            met = "met" if took <= 1000 * GOALS[name] else "MISSED"
            print(f"    goal {GOALS[name]:.0f} s: {met}")


def main() -> None:
    shipped = load_pathway()
    folder = Path(shipped.folder)
    cases = read_regression_cases(folder / "cases", shipped)
    print(f"  shipped, {len(cases)} cases")
    names, folders = ("old", "new"), (folder, folder)
    diff = partial(compare, shipped, edited(shipped), names, folders, silent)
    measure("shipped", shipped, cases, diff)
    # Deeper trees have several times as many cases and edits: too many to try each with each.
    made = synthetic_pathway(50, 30, depth=4)
    every = [each.answers for each in generate(made, silent)]
    generated = confirmed(compile_pathway(made, 2_000_000), every)
    print(f"  50 factors, 30 options, 16 leaves a tree, {len(generated)} generated cases")
    functions = partial(compare_functions, made, edited(made))
    measure("50 factors, 30 options", made, generated, functions)
    result = score(made, generated, silent)
    print(f"    {result.caught} mutants caught, {len(result.survivors)} not", end=", ")
    print(f"{result.equivalent} proved equivalent")


if __name__ == "__main__":
    main()
