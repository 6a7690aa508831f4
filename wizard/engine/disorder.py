"""What costs most where diagrams outgrow their budget: questions asked against the walk's order."""

from wizard.exits import ExitCode, WizardError
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import rules
from wizard.pathway.position import Position
from wizard.pathway.trees import Ask, Rule, Tree, parts
from wizard.record import Record


class Disorder(Record):
    """Two questions that rules ask against the order of the walk, and all places where they do.

    `asked` stands under `later`, which the walk asks after it.
    """

    asked: str
    later: str
    places: tuple[Position, ...]


class BudgetExceededError(WizardError):
    """Rules whose diagrams outgrow the budget, and which two questions disorder them most."""

    code = ExitCode.BAD_PATHWAY

    def __init__(self, rule: Rule, budget: int, disorder: Disorder | None) -> None:
        message = f"the diagrams of this pathway outgrow {budget:,} nodes"
        self.position = rule.position
        if disorder is None:
            message += (
                f" at the rule of line {rule.position.line}; split its trees into smaller ones"
            )
        else:
            asked, later, count = disorder.asked, disorder.later, len(disorder.places)
            times = "once" if count == 1 else f"{count:,} times"
            message += (
                f"; most of the disorder: '{asked}' is asked {times} after '{later}', which the "
                f"walk asks later; put '{asked}' after '{later}' in factors.yaml, or let rules ask "
                "it first"
            )
            self.position = disorder.places[0]
        super().__init__(message, self.position)


def outgrown(pathway: Pathway, budget: int) -> BudgetExceededError:
    """What to raise where the functions of all rules fit, and what is made of them does not."""
    largest = max(rules(pathway), key=lambda rule: sum(1 for _ in parts(rule.tree)))
    return BudgetExceededError(largest, budget, worst_disorder(pathway))


def worst_disorder(pathway: Pathway) -> Disorder | None:
    """The two questions that the rules ask most often against the order of the walk.

    What a diagram has to remember of a question that is asked too early doubles, or more, with each
    such pair; the rule that overflows the store need not be the one that filled it.
    """
    order = {factor: place for place, factor in enumerate(pathway.factors)}
    found: dict[tuple[str, str], list[Position]] = {}

    def note(tree: Tree, above: tuple[str, ...]) -> None:
        if not isinstance(tree, Ask):
            return
        for later in dict.fromkeys(above):
            if order[later] > order[tree.factor]:
                found.setdefault((tree.factor, later), []).append(tree.position)
        for branch in tree.branches:
            note(branch.tree, (*above, tree.factor))

    for rule in rules(pathway):
        note(rule.tree, ())
    if not found:
        return None
    (asked, later), places = max(found.items(), key=lambda each: len(each[1]))
    return Disorder(asked, later, tuple(places))
