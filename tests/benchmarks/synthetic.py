"""A made-up pathway of any size, of the shape of real ones: trees that ask in the walk's order."""

from random import Random

from tests.reasoning.pathways import Maker
from tests.reasoning.records import HERE, a_choice, branch, leaf, pathway, rule
from wizard.case.answers import Answer, Answers, ChoiceAnswer
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.model import Alert, AlertLevel, Option, Pathway, Statement, Status, UsualSetting
from wizard.pathway.trees import Ask, OneOf, Tree


def synthetic_factors(random: Random, count: int) -> dict[str, ChoiceFactor]:
    made = {}
    for index in range(count):
        name = f"factor_{index}"
        values = [f"{name}_{v}" for v in range(random.randint(2, 4))]
        made[name] = a_choice(name, values)
    return made


def ordered_tree(random: Random, factors: list[ChoiceFactor], depth: int, disorder: float) -> Tree:
    """A tree that asks a few nearby factors, in order but for a share of its nodes."""
    if depth == 0 or not factors:
        return leaf(random.random() < 0.4)
    index = random.randrange(min(3, len(factors)))
    asked = factors[index]
    rest = factors[index + 1 :]
    if random.random() < disorder:
        rest = factors[:index] + rest
    values = list(asked.values)
    random.shuffle(values)
    cut = random.randint(1, len(values) - 1)
    return Ask(
        asked.id,
        tuple(
            branch(OneOf(tuple(part)), ordered_tree(random, rest, depth - 1, disorder))
            for part in (values[:cut], values[cut:])
        ),
        HERE,
    )


def synthetic_pathway(
    factors: int = 50, options: int = 30, *, depth: int = 6, disorder: float = 0.1, seed: int = 1
) -> Pathway:
    """A pathway of choices; each option has three statements over a window of the walk."""
    random = Random(seed)
    made = synthetic_factors(random, factors)
    walk = list(made.values())

    def tree() -> Tree:
        start = random.randrange(max(1, factors - 3 * depth))
        return ordered_tree(random, walk[start : start + 3 * depth], depth, disorder)

    records = {}
    for index in range(options):
        name = f"option_{index}"
        statements = {
            f"s{s}": Statement(
                id=f"s{s}",
                source="DOC",
                claims=(),
                rule=rule(tree()),
                aims=(),
                assumes=(),
                position=HERE,
            )
            for s in range(3)
        }
        records[name] = Option(
            id=name,
            label=name,
            group="group",
            card={},
            notes=(),
            statements=statements,
            usual_setting=UsualSetting(
                label="usual", claims=(), rule=rule(tree()), assumes=(), position=HERE
            ),
            aims=(),
            assumes=(),
            position=HERE,
        )
    alerts = {
        f"alert_{index}": Alert(
            id=f"alert_{index}",
            level=AlertLevel.CAUTION,
            title="",
            says="",
            claims=(),
            when=rule(Maker(random, made).tree(1)),
            unless=None,
            about={f"option_{index}": (Status.DESCRIBED, Status.POSSIBLE)},
            check=None,
            assumes=(),
            position=HERE,
        )
        for index in range(options)
    }
    return pathway(made, records, alerts, {})


def partial_answers(pathway: Pathway, share: float, seed: int) -> Answers:
    """One value for this share of the choices."""
    random = Random(seed)
    answers: dict[str, Answer] = {}
    for asked in pathway.factors.values():
        if isinstance(asked, ChoiceFactor) and random.random() < share:
            answers[asked.id] = ChoiceAnswer(frozenset([random.choice(list(asked.values))]))
    return Answers(answers)
