"""Random small pathways and random partial answers, made straight from the records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import cycle
from random import Random

from tests.reasoning.constructs import with_constructs
from tests.reasoning.records import (
    HERE,
    a_choice,
    a_multi,
    a_number,
    an_option,
    branch,
    leaf,
    pathway,
    plain_values,
    rule,
    shared_fields,
    with_not_done,
)
from wizard.case.answers import (
    UNKNOWN,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    Unknown,
    not_done_answer,
)
from wizard.case.raw import parse_answer
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Points,
    named_values,
)
from wizard.pathway.format.deriving import answer_alert
from wizard.pathway.model import (
    Aim,
    Alert,
    AlertLevel,
    Check,
    Exclusion,
    Option,
    Pathway,
    SharedTree,
    Statement,
    Status,
    UsualSetting,
)
from wizard.pathway.ranges import read_range
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    AtLeast,
    Branch,
    NonePresent,
    Not,
    OneOf,
    Outcome,
    Range,
    Requirement,
    Rest,
    Rule,
    Tree,
    Use,
)

STATUSES = (
    (Status.DESCRIBED,),
    (Status.POSSIBLE,),
    (Status.NOT_DESCRIBED,),
    (Status.DESCRIBED, Status.POSSIBLE),
)


DERIVED = 0.4
"""How often a random pathway has each of two derived factors."""
RANGES = (("below 3", "3 to below 6"), ("up to 3",), ("above 3",), ("from 6", "up to 3"))
"""Ranges that do not overlap.  Few bounds: every number more between them is a case more."""
WHOLE_RANGES = (("below 3", "3 to 5"), ("exactly 3",), ("from 6", "up to 3"), ("0 to 2", "3 to 9"))
PARTIAL = ("below 3", "up to 3", "3 to below 6", "above 3", "from 6", "3")
"""What may be known of a number: some of them together leave nothing out, or meet."""


NOT_DONE_SHARE = 0.3
"""How often a factor has the answer that it was not done."""


@dataclass(frozen=True)
class Maker:
    """Makes trees over factors with a seeded source of chance."""

    random: Random
    factors: Mapping[str, Factor]

    def tree(self, depth: int, shared: Sequence[str] = ()) -> Tree:
        if depth == 0 or self.random.random() < 0.15:
            if shared and self.random.random() < 0.3:
                return Use(self.random.choice(shared), HERE)
            return leaf(self.random.random() < 0.5)
        return self.ask(self.random.choice(list(self.factors.values())), depth, shared)

    def formula(self, depth: int, shared: Sequence[str] = ()) -> Tree:
        """A tree, a condition, or a tree that a condition may silence."""
        kind = self.random.random()
        if kind < 0.4:
            return self.tree(depth, shared)
        if kind < 0.8:
            return self.condition(depth, shared)
        silent = Not(self.condition(max(depth - 1, 0), shared), HERE)
        return AtLeast(2, (self.tree(depth, shared), silent), HERE)

    def condition(self, depth: int, shared: Sequence[str] = ()) -> Tree:
        """What must hold together, or of several so many, or must not."""
        if depth == 0:
            if shared and self.random.random() < 0.25:
                return Use(self.random.choice(shared), HERE)
            return self.requirement(self.random.choice(list(self.factors.values())))
        if self.random.random() < 0.2:
            return Not(self.condition(depth - 1, shared), HERE)
        count = self.random.choice([0, 1, 2, 2, 3])
        trees = [self.condition(self.random.randint(0, depth - 1), shared) for _ in range(count)]
        return AtLeast(self.random.randint(min(count, 1), count), tuple(trees), HERE)

    def requirement(self, asked: Factor) -> Requirement:
        ids = list(named_values(asked))
        chosen = tuple(self.random.sample(ids, self.random.randint(1, len(ids) - 1))) if ids else ()
        test: OneOf | AnyOf | NonePresent | Range
        if isinstance(asked, ChoiceFactor):
            test = OneOf(chosen)
        elif isinstance(asked, NumberFactor):
            written = ["below 3", "3 to below 5", "from 5", *asked.not_done_value]
            parts = [read_range(asked, words) for words in written]
            some = tuple(self.random.sample(parts, self.random.randint(1, 2)))
            return Requirement(asked.id, some, self.random.random() < 0.3, HERE)
        else:
            alone = not asked.at_least and self.random.random() < 0.3
            test = NonePresent() if alone else AnyOf(chosen)
        return Requirement(asked.id, (test,), self.random.random() < 0.3, HERE)

    def ask(self, asked: Factor, depth: int, shared: Sequence[str]) -> Tree:
        """A node, put behind the rule by which its factor applies."""
        node = Ask(asked.id, tuple(self.branches(asked, depth, shared)), HERE)
        if asked.applies_when is None:
            return node
        guard = asked.applies_when.tree
        if not isinstance(guard, Ask | Outcome):
            return leaf(self.random.random() < 0.5)
        return self.grafted(guard, node, leaf(self.random.random() < 0.5))

    def grafted(self, guard: Tree, node: Tree, otherwise: Tree) -> Tree:
        """A guard whose described leaves go on with the node."""
        match guard:
            case Outcome(described=described):
                return node if described else otherwise
            case Ask(factor=name, branches=branches):
                below = tuple(
                    Branch(b.test, self.grafted(b.tree, node, otherwise), b.otherwise, HERE)
                    for b in branches
                )
                return Ask(name, below, HERE)
        raise AssertionError(guard)

    def branches(self, asked: Factor, depth: int, shared: Sequence[str]) -> list[Branch]:
        def below() -> Tree:
            return self.tree(depth - 1, shared)

        ids = list(named_values(asked))
        self.random.shuffle(ids)
        if isinstance(asked, ChoiceFactor):
            cut = self.random.randint(1, len(ids) - 1)
            return [branch(OneOf(tuple(part)), below()) for part in (ids[:cut], ids[cut:])]
        if isinstance(asked, NumberFactor):
            forms = WHOLE_RANGES if asked.whole else RANGES
            parts = [read_range(asked, written) for written in self.random.choice(forms)]
            if asked.not_done and self.random.random() < 0.5:
                parts.append(read_range(asked, NOT_DONE))
            return [branch(part, below()) for part in (*parts, Rest())]
        tests: list[AnyOf | NonePresent | Rest] = []
        if self.random.random() < 0.8:
            tests.append(AnyOf(tuple(ids[: self.random.randint(1, len(ids))])))
        if not asked.at_least and (not tests or self.random.random() < 0.5):
            tests.append(NonePresent())
        taken = {member for test in tests if isinstance(test, AnyOf) for member in test.members}
        if asked.not_done and NOT_DONE not in taken and self.random.random() < 0.5:
            tests.append(AnyOf((NOT_DONE,)))
        tests.append(Rest())
        return [branch(test, below()) for test in tests]


def random_factors(random: Random) -> dict[str, Factor]:
    made: dict[str, Factor] = {}
    # Of a chance of their own, as below.
    aside = Random(str(random.getstate()))
    for index in range(random.randint(2, 4)):
        name = f"f{index}"
        applies = None
        if made and random.random() < 0.4:
            independent = {key: f for key, f in made.items() if f.applies_when is None}
            maker = Maker(random, independent)
            made_by = maker.tree if random.random() < 0.7 else maker.condition
            applies = rule(made_by(random.randint(1, 2)))
        kind = random.choice([ChoiceFactor, MultiFactor, NumberFactor])
        values = [f"{name}v{v}" for v in range(random.choice([2, 2, 3]))]
        if kind is ChoiceFactor:
            made[name] = a_choice(name, values, whole=True, applies_when=applies)
        elif kind is MultiFactor:
            least = int(random.random() < 0.5)
            made[name] = a_multi(name, values, at_least=least, applies_when=applies)
        else:
            whole = random.random() < 0.5
            made[name] = a_number(name, whole=whole, applies_when=applies)
        if aside.random() < NOT_DONE_SHARE:
            made[name] = with_not_done(made[name])
    return made


def random_derived(random: Random, factors: Mapping[str, Factor], name: str) -> DerivedFactor:
    """A factor with exactly one value in every case: by conditions, or by points."""
    values = [f"{name}v{v}" for v in range(random.choice([2, 3]))]
    always = {key: f for key, f in factors.items() if f.applies_when is None}
    applies = rule(Maker(random, always).tree(1)) if random.random() < 0.3 else None
    rules: dict[str, Rule] = {}
    points: list[Points] = []
    sums: dict[str, Range] = {}
    if random.random() < 0.5:
        for asked in random.sample(list(always.values()), random.randint(1, len(always))):
            parts = tuple(Maker(random, always).branches(asked, 1, ()))
            numbers = tuple(random.randint(0, 3) for _ in parts)
            points.append(Points(factor=asked.id, branches=parts, points=numbers, position=HERE))
        cuts = [None, *sorted(random.sample(range(1, 6), len(values) - 1)), None]
        sums = {
            value: Range(*(None if cut is None else Decimal(cut) for cut in cuts[v : v + 2]))
            for v, value in enumerate(values)
        }
    else:
        # Each value but the last holds on a leaf of one tree, so that no two hold together.
        tree = Maker(random, factors).tree(2)
        whose = random.choices(values, k=64)
        rules = {value: rule(only_leaves(tree, whose, value)) for value in values[:-1]}
    return DerivedFactor(
        **shared_fields(name, applies),
        values=plain_values(values),
        groups={},
        may_be_answered=random.random() < 0.6,
        rules=rules,
        points=tuple(points),
        sums=sums,
    )


def only_leaves(tree: Tree, whose: Sequence[str], value: str) -> Tree:
    """The tree, described at those of its leaves alone that are of a value."""
    left = cycle(whose)

    def marked(tree: Tree) -> Tree:
        if isinstance(tree, Ask):
            return replace(
                tree, branches=tuple(replace(b, tree=marked(b.tree)) for b in tree.branches)
            )
        return leaf(next(left) == value)

    return marked(tree)


def random_aims(random: Random, maker: Maker, names: Sequence[str]) -> tuple[Aim, ...]:
    return tuple(
        Aim(
            id=name,
            label=name,
            claims=(),
            when=rule(maker.formula(2)) if random.random() < 0.7 else None,
            assumes=(),
            position=HERE,
        )
        for name in names
        if random.random() < 0.4
    )


def wider(random: Random, maker: Maker, tree: Tree) -> Tree:
    """A tree that is described wherever another is."""
    match tree:
        case Outcome(described=False):
            return maker.tree(0)
        case Ask(factor=name, branches=branches):
            below = tuple(replace(b, tree=wider(random, maker, b.tree)) for b in branches)
            return Ask(name, below, HERE)
        case AtLeast() | Not() | Requirement():
            return AtLeast(1, (tree, maker.condition(1)), HERE)
        case _:
            return tree


def random_scope(random: Random, maker: Maker, statement: Statement) -> Statement:
    if random.random() < 0.3:
        return statement
    return replace(statement, scope=rule(wider(random, maker, statement.rule.tree)))


def random_option(random: Random, maker: Maker, name: str, shared: Sequence[str]) -> Option:
    statements = {
        f"s{index}": Statement(
            id=f"s{index}",
            source="DOC",
            claims=(),
            rule=rule(maker.formula(random.randint(0, 3), shared)),
            aims=random_aims(random, maker, ("relief", "cure")),
            assumes=(),
            position=HERE,
        )
        for index in range(random.randint(1, 3))
    }
    statements = {name: random_scope(random, maker, one) for name, one in statements.items()}
    setting = None
    if random.random() < 0.5:
        setting = UsualSetting(
            label="usual", claims=(), rule=rule(maker.formula(2, shared)), assumes=(), position=HERE
        )
    return replace(
        an_option(statements, name),
        usual_setting=setting,
        aims=random_aims(random, maker, ("control",)),
        excludes=random_exclusions(random, maker, shared),
    )


def random_exclusions(random: Random, maker: Maker, shared: Sequence[str]) -> dict[str, Exclusion]:
    names = (f"x{index}" for index in range(random.randint(0, 2)))
    return {
        name: Exclusion(
            id=name,
            source=random.choice(["DOC", "OTHER"]),
            claims=(),
            when=rule(maker.formula(random.randint(0, 2), shared)),
            position=HERE,
        )
        for name in names
    }


def random_alert(random: Random, maker: Maker, name: str, options: Sequence[str]) -> Alert:
    def wanted() -> dict[str, tuple[Status, ...]]:
        return {option: random.choice(STATUSES) for option in options if random.random() < 0.4}

    def maybe() -> Rule | None:
        return rule(maker.formula(1)) if random.random() < 0.5 else None

    check = (
        Check(options=wanted(), certain=maybe(), possible=maybe())
        if random.random() < 0.5
        else None
    )
    return Alert(
        id=name,
        level=AlertLevel.CAUTION,
        title=name,
        says="",
        claims=(),
        when=rule(maker.formula(random.randint(0, 2))),
        unless=rule(maker.formula(2)) if random.random() < 0.4 else None,
        about=wanted(),
        check=check,
        assumes=(),
        position=HERE,
    )


def random_pathway(random: Random) -> Pathway:
    """A pathway that uses everything which the format can say, together."""
    factors = random_factors(random)
    for name in ("d0", "d1"):
        if random.random() < DERIVED:
            factors[name] = random_derived(random, factors, name)
    maker = Maker(random, factors)
    shared: dict[str, SharedTree] = {}
    for index in range(random.randint(0, 2)):
        name = f"shared{index}"
        tree = rule(maker.formula(2, tuple(shared)))
        shared[name] = SharedTree(id=name, label=name, rule=tree, position=HERE)
    options = {
        f"o{index}": random_option(random, maker, f"o{index}", tuple(shared))
        for index in range(random.randint(1, 3))
    }
    alerts = {
        f"a{index}": random_alert(random, maker, f"a{index}", tuple(options))
        for index in range(random.randint(0, 3))
    }
    for factor in factors.values():
        if isinstance(factor, DerivedFactor) and factor.may_be_answered:
            alerts[f"{factor.id}.not_worked_out"] = answer_alert(factor)
    return with_constructs(random, pathway(factors, options, alerts, shared))


def random_answer(random: Random, asked: Factor) -> Answer:
    ids = list(named_values(asked))
    if random.random() < 0.15:
        return UNKNOWN
    if asked.not_done and random.random() < 0.25:
        return not_done_answer(asked)
    return done_answer(random, asked, ids)


def done_answer(random: Random, asked: Factor, ids: list[str]) -> Answer:
    """An answer of something that was done, or of a choice anything."""
    if isinstance(asked, NumberFactor):
        if random.random() < 0.4 and asked.minimum <= 0:
            return parse_answer(asked, random.sample(PARTIAL, random.randint(1, 2)))
        return NumberAnswer(Decimal(random.randint(0, 9)))
    if isinstance(asked, ChoiceFactor):
        if "every" in asked.groups and random.random() < 0.15:
            return Unknown("every")
        return ChoiceAnswer(frozenset(random.sample(ids, random.randint(1, len(ids) - 1))))
    ids = [each for each in ids if each != NOT_DONE]
    said = {member: random.choice(["present", "absent", "unknown"]) for member in ids}
    if asked.at_least and set(said.values()) == {"absent"}:
        said[random.choice(ids)] = "present"
    return MultiAnswer(
        frozenset(member for member, word in said.items() if word == "present"),
        frozenset(member for member, word in said.items() if word == "absent"),
    )


def answerable(factor: Factor) -> bool:
    """Whether an answer can be given to a factor."""
    return not isinstance(factor, DerivedFactor) or factor.may_be_answered


def random_answers(random: Random, factors: Mapping[str, Factor]) -> Answers:
    asked = [f for f in factors.values() if answerable(f) and random.random() < 0.5]
    random.shuffle(asked)
    return Answers({f.id: random_answer(random, f) for f in asked})


def asked_answers(random: Random, factors: Mapping[str, Factor]) -> Answers:
    """Answers to what is asked, none to what is worked out."""
    asked = {name: f for name, f in factors.items() if not isinstance(f, DerivedFactor)}
    return random_answers(random, asked)
