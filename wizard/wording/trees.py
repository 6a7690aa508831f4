"""Decision trees and conditions as lines of text, with the way that a case takes through them."""

from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from wizard.case.answers import Answer, ChoiceAnswer, MultiAnswer, NumberAnswer, RangesAnswer
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.model import Pathway, Status
from wizard.pathway.ranges import common, holds_all, meet, only
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
    Tree,
    Use,
)
from wizard.reasoning.situation import Situation
from wizard.record import Record, replace
from wizard.wording.answers import colon, ranges_text
from wizard.wording.deriving import as_far_as_worked_out, worked_out_from
from wizard.wording.text import joined, short

_STEM: Final = "│  "
_ELBOWS: Final = ("├─ ", "└─ ")
"""Drawn before the words of a branch: of one that others follow, and of the last."""


class Reach(IntEnum):
    """Whether the case goes through a place of a tree: in no completion, in some, in every."""

    CLOSED = 0
    OPEN = 1
    TAKEN = 2


class TreeLine(Record):
    """One line of a tree: a question, or a branch with the outcome it may have.

    `guides` are the lines drawn before the words; `claims` are cited where a case comes here;
    `about` is what the words name: `factor:ID`, `shared:ID`.
    """

    guides: str
    words: str
    outcome: bool | None
    reach: Reach
    claims: tuple[str, ...] = ()
    about: str = ""

    @property
    def depth(self) -> int:
        """Levels below the root: a branch is one below its question, as a question its branch."""
        return 2 * (len(self.guides) // len(_STEM)) - self.guides.endswith(_ELBOWS)


_REACHED: Final = {
    Status.NOT_DESCRIBED: Reach.CLOSED,
    Status.POSSIBLE: Reach.OPEN,
    Status.DESCRIBED: Reach.TAKEN,
}


def tree_lines(now: Situation, tree: Tree) -> tuple[TreeLine, ...]:
    """A tree or a condition from its root, with how the case goes through it.

    A part of a condition is taken where it holds.
    """
    told = as_far_as_worked_out(now)
    known = {
        factor.id: _known(factor, told.get(factor.id)) for factor in now.pathway.factors.values()
    }
    lines = _Lines(now.pathway, now.holds)
    return tuple(lines.tree(tree, "", Reach.TAKEN, MappingProxyType(known)))


def whole_tree(pathway: Pathway, tree: Tree) -> Iterator[TreeLine]:
    """A tree or a condition from its root, as it is written for every case."""
    known = {factor.id: _known(factor, None) for factor in pathway.factors.values()}
    lines = _Lines(pathway, lambda _part: Status.POSSIBLE)
    return lines.tree(tree, "", Reach.TAKEN, MappingProxyType(known))


def branch_words(factor: Factor, branch: Branch) -> str:
    """What a branch takes, in the factor's own labels."""
    match factor, branch.test:
        case ChoiceFactor(values=known), OneOf(values):
            labels = joined([short(known[value].label) for value in values], "or")
            return f"otherwise ({labels})" if branch.otherwise else labels
        case MultiFactor(), AnyOf(members):
            return joined(_any_of(factor, members), "or")
        case MultiFactor(none_label=none), NonePresent():
            return short(none or "None of these")
        case NumberFactor(), Range() as part:
            return ranges_text(factor, [part])
        case _, Rest():
            return "otherwise"
        case _:
            raise TypeError(branch.test)


def _any_of(factor: MultiFactor, members: tuple[str, ...]) -> list[str]:
    """The labels of members; a group that is whole among them has its own."""
    left, labels = dict.fromkeys(members), []
    for group in factor.groups.values():
        if len(group.values) > 1 and left.keys() >= set(group.values):
            labels.append(f"any of: {short(group.label)}")
            left = {member: None for member in left if member not in group.values}
    return [*labels, *(short(named_values(factor)[member].label) for member in left)]


class _Known(Record):
    """What answers, and the branches gone through, say of one factor."""

    values: frozenset[str]
    present: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    ranges: tuple[Range, ...] = (Range(None, None),)


def _known(factor: Factor, answer: Answer | None) -> _Known:
    match factor, answer:
        case _, ChoiceAnswer(values):
            return _Known(values)
        case MultiFactor(), MultiAnswer(present, absent):
            # Whatever is said of a member says that it was looked for.
            known = _Known(frozenset(), present, absent | {NOT_DONE} if absent else absent)
            return _only_one_left(factor, _with_present(factor, known))
        case NumberFactor(), NumberAnswer(value):
            return _Known(frozenset(), ranges=(only(factor, value),))
        case _, RangesAnswer(ranges):
            return _Known(frozenset(), ranges=ranges)
        case _:
            return _Known(frozenset(named_values(factor)))


def _with_present(factor: MultiFactor, known: _Known) -> _Known:
    """What is known of a multi, with what the members that are present rule out."""
    if NOT_DONE in known.present:
        return replace(known, absent=frozenset(factor.members))
    if known.present:
        return replace(known, absent=known.absent | {NOT_DONE})
    return known


def _only_one_left(factor: MultiFactor, known: _Known) -> _Known:
    left = frozenset(named_values(factor)) - known.absent
    return replace(known, present=left) if factor.at_least and len(left) == 1 else known


class _Lines(Record):
    """Draws trees and conditions; `status` tells over all completions where a part holds."""

    pathway: Pathway
    status: Callable[[Tree], Status]

    def tree(
        self, tree: Tree, guides: str, reach: Reach, known: Mapping[str, _Known]
    ) -> Iterator[TreeLine]:
        match tree:
            case Outcome(described, claims=claims):
                yield TreeLine(guides, "", described, reach, claims)
            case Use(name):
                shared = self.pathway.shared[name]
                yield TreeLine(guides, f"{shared.label}:", None, reach, about=f"shared:{name}")
                yield from self.tree(shared.rule.tree, guides, reach, known)
            case Ask():
                yield from self.question(tree, guides, reach, known)
            case _:
                yield from self.condition(tree, guides, guides, reach, known)

    def question(
        self, node: Ask, guides: str, reach: Reach, known: Mapping[str, _Known]
    ) -> Iterator[TreeLine]:
        factor = self.pathway.factors[node.factor]
        asked = factor.question
        if isinstance(factor, DerivedFactor):
            asked = f"{factor.label}, {worked_out_from(self.pathway, factor)}"
        yield TreeLine(guides, asked, None, reach, about=f"factor:{factor.id}")
        before: list[Reach] = []
        for branch in node.branches:
            elbow, stem = _drawn(last=branch is node.branches[-1])
            local = _reach(factor, branch, known[factor.id], before)
            before.append(local)
            below = min(reach, local)
            words = branch_words(factor, branch)
            if isinstance(branch.tree, Outcome):
                end = branch.tree
                yield TreeLine(guides + elbow, words, end.described, below, end.claims)
                continue
            yield TreeLine(guides + elbow, words, None, below)
            narrowed = {**known, factor.id: _narrowed(factor, node, branch, known[factor.id])}
            there = MappingProxyType(narrowed)
            yield from self.tree(branch.tree, guides + stem, below, there)

    def condition(
        self, tree: Tree, head: str, guides: str, reach: Reach, known: Mapping[str, _Known]
    ) -> Iterator[TreeLine]:
        """A part of a condition behind `head`, and what stands under it behind `guides`."""
        tree, denied, claims = _bare(tree)
        here = min(reach, self.holds(tree, denied=denied))
        match tree:
            case Requirement():
                words, about = self.requirement(tree, denied=denied), f"factor:{tree.factor}"
                yield TreeLine(head, words, None, here, claims, about)
            case AtLeast(least, trees):
                words = _how_many(least, len(trees), denied=denied)
                yield TreeLine(head, words, None, here, claims)
                for part in trees:
                    elbow, stem = _drawn(last=part is trees[-1])
                    yield from self.condition(part, guides + elbow, guides + stem, reach, known)
            case Use(name):
                shared = self.pathway.shared[name]
                words = f"not: {shared.label}:" if denied else f"{shared.label}:"
                yield TreeLine(head, words, None, here, claims, f"shared:{name}")
                yield from self.tree(shared.rule.tree, guides, reach, known)
            case _:
                yield from self.tree(tree, head, reach, known)

    def holds(self, tree: Tree, *, denied: bool) -> Reach:
        """Whether a part of a condition holds (or, if denied, does not) in the case."""
        reach = _REACHED[self.status(tree)]
        return Reach(Reach.TAKEN - reach) if denied else reach

    def requirement(self, need: Requirement, *, denied: bool) -> str:
        """What a condition requires of a factor, in the factor's own labels."""
        factor = self.pathway.factors[need.factor]
        where = factor.position
        branches = (
            Branch(test, Use("", where), otherwise=False, position=where) for test in need.tests
        )
        words = joined([branch_words(factor, branch) for branch in branches], "or")
        told = f"{colon(short(factor.label))} {'not ' if need.negated else ''}{words}"
        return f"not: {told}" if denied else told


def _bare(tree: Tree) -> tuple[Tree, bool, tuple[str, ...]]:
    """A part of a condition without what only denies or wraps it; whether denied; its claims."""
    denied = False
    claims: tuple[str, ...] = ()
    while isinstance(tree, Not) or (isinstance(tree, AtLeast) and len(tree.trees) == 1):
        denied ^= isinstance(tree, Not)
        claims += () if isinstance(tree, Not) else tree.claims
        tree = tree.tree if isinstance(tree, Not) else tree.trees[0]
    return tree, denied, claims + (tree.claims if isinstance(tree, AtLeast) else ())


def _drawn(*, last: bool) -> tuple[str, str]:
    """What is drawn before the words of one of several parts, and before what is under them."""
    return (_ELBOWS[1], "   ") if last else (_ELBOWS[0], _STEM)


def _how_many(least: int, count: int, *, denied: bool) -> str:
    """How many of the conditions below must hold."""
    if not count:
        return "in no case" if denied else "in every case"
    if least == count:
        return "not all of these" if denied else "all of these"
    if least == 1:
        return "none of these" if denied else "any of these"
    return f"fewer than {least} of these" if denied else f"at least {least} of these"


def _reach(factor: Factor, branch: Branch, known: _Known, before: list[Reach]) -> Reach:
    match factor, branch.test:
        case _, OneOf(values):
            return _of(some=bool(known.values & set(values)), all_=known.values <= set(values))
        case _, AnyOf(members):
            ruled_out = known.absent >= set(members)
            return _of(some=not ruled_out, all_=bool(known.present & set(members)))
        case MultiFactor(at_least=least), NonePresent():
            possible = not known.present and not least
            return _of(some=possible, all_=known.absent >= named_values(factor).keys())
        case _, Range() as part:
            return _of(
                some=any(meet(part, each) for each in known.ranges),
                all_=all(holds_all(part, each) for each in known.ranges),
            )
        case _:
            return _of(some=Reach.TAKEN not in before, all_=set(before) <= {Reach.CLOSED})


def _of(*, some: bool, all_: bool) -> Reach:
    if not some:
        return Reach.CLOSED
    return Reach.TAKEN if all_ else Reach.OPEN


def _narrowed(factor: Factor, node: Ask, branch: Branch, known: _Known) -> _Known:
    """What is known of the factor behind one of its branches."""
    match factor, branch.test:
        case _, OneOf(values):
            return replace(known, values=known.values & set(values))
        case MultiFactor(), AnyOf(members):
            told = frozenset(members) if len(members) == 1 else frozenset()
            absent = known.absent if NOT_DONE in members else known.absent | {NOT_DONE}
            known = replace(known, present=known.present | told, absent=absent)
            return _with_present(factor, known)
        case MultiFactor(), NonePresent():
            return replace(known, absent=frozenset(named_values(factor)))
        case _, Range() as part:
            return replace(known, ranges=common(known.ranges, part))
        case MultiFactor(), _:
            others = [each.test for each in node.branches if isinstance(each.test, AnyOf)]
            absent = known.absent.union(*(each.members for each in others))
            return _only_one_left(factor, replace(known, absent=absent))
        case _:
            return known
