"""Two versions of a pathway over one space of cases, so that their functions can be compared.

Theory of operation.  Both versions are compiled into one store over one set of variables, so that
equal functions are the same node and a difference is a conjunction (`counting.xor`).  A question
that both versions ask is one variable with the answers of both; an answer that a version does not
know is IMPOSSIBLE in its functions.  A question that changed its type or unit, or shares no answer
with its earlier self, is two questions.  The order of the variables is the walk of the new version
with each question of the old one alone put after its neighbour, so that the trees of both ask
nearly in order (R. E. Bryant, "Graph-based algorithms for Boolean function manipulation", IEEE
Transactions on Computers C-35(8), 1986, on the order's effect).

Cost.  That of compiling both versions.  What is the same in both is built once.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from wizard.engine.compiler import Compiler
from wizard.engine.compiling import Compiled
from wizard.engine.counting import Cases, Slot, and_not, cube, definite, values_of
from wizard.engine.diagrams import FALSE, TRUE, Diagrams, Node
from wizard.engine.ordering import variable_order, wide_conditions
from wizard.engine.space import CaseSpace, cuts_of, parts_of, space_of
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Value,
    named_values,
)
from wizard.pathway.model import Pathway
from wizard.record import Record, replace

BEFORE = " (before)"
"""Ends the key of a question of the old version that cannot be compared with its later self."""


class Joint(Record):
    """Two versions compiled into one store.

    `space` has the questions of both by key; `old` and `new` see it by their own ids, and
    `old_keys` and `new_keys` lead from ids to keys.  `common` counts cases that both versions
    can have: each gives a value to every question that applies in either version, with the members
    of both.  `of_old` and `of_new` count those of each version by itself.
    """

    space: CaseSpace
    diagrams: Diagrams
    old: Compiled
    new: Compiled
    old_keys: Mapping[str, str]
    new_keys: Mapping[str, str]
    common: Cases
    of_old: Cases
    of_new: Cases

    def unshared(self, cases: Cases, keys: Iterable[str]) -> Node:
        """Where a question has an answer that the other version does not know.

        `cases` are those of one version, and `keys` some of its questions.
        """
        function = FALSE
        for key in cases.closed(keys):
            own, both = cases.slots[key], self.common.slots[key]
            foreign = and_not(self.diagrams, own.values, both.values)
            foreign = self.diagrams.both(own.applies, foreign)
            function = self.diagrams.either(function, foreign)
        return function


def joint(old: Pathway, new: Pathway, budget: int) -> Joint:
    """Compile two versions together.  Raises BudgetExceededError."""
    old_keys, new_keys = _keys(old, new)
    factors = _merged(old, new, old_keys, new_keys)
    conditions = [
        [frozenset(keys[name] for name in clause) for clause in clauses]
        for pathway, keys in ((old, old_keys), (new, new_keys))
        for clauses in wide_conditions(pathway, parts_of(pathway))
    ]
    order = variable_order(tuple(factors), conditions)
    space = space_of(factors, _cuts(old, new, old_keys, new_keys), order)
    diagrams = Diagrams(space.sizes, budget)
    compiled = {
        "old": Compiler(old, budget, _view(space, old_keys), diagrams).compiled(),
        "new": Compiler(new, budget, _view(space, new_keys), diagrams).compiled(),
    }
    slots_old = _slots(compiled["old"], old_keys)
    slots_new = _slots(compiled["new"], new_keys)
    slots = {key: _both(diagrams, slots_old.get(key), slots_new.get(key)) for key in factors}
    return Joint(
        space=space,
        diagrams=diagrams,
        old=compiled["old"],
        new=compiled["new"],
        old_keys=old_keys,
        new_keys=new_keys,
        common=Cases(diagrams, space, slots),
        of_old=Cases(diagrams, space, _own(compiled["old"], slots_old, old_keys)),
        of_new=Cases(diagrams, space, _own(compiled["new"], slots_new, new_keys)),
    )


def _keys(old: Pathway, new: Pathway) -> tuple[dict[str, str], dict[str, str]]:
    old_keys = {
        factor: factor
        if factor not in new.factors or comparable(old.factors[factor], new.factors[factor])
        else factor + BEFORE
        for factor in old.factors
    }
    return old_keys, {factor: factor for factor in new.factors}


def comparable(one: Factor, other: Factor) -> bool:
    """Whether two questions of the same id have answers in common."""
    if type(one) is not type(other):
        return False
    match one, other:
        case ChoiceFactor(), ChoiceFactor():
            return bool(one.values.keys() & other.values.keys())
        case MultiFactor(), MultiFactor():
            return bool(one.members.keys() & other.members.keys())
        case NumberFactor(), NumberFactor():
            overlap = one.minimum <= other.maximum and other.minimum <= one.maximum
            return (one.unit, one.whole) == (other.unit, other.whole) and overlap
        case _:
            return False


def _merged(
    old: Pathway, new: Pathway, old_keys: Mapping[str, str], new_keys: Mapping[str, str]
) -> dict[str, Factor]:
    """The questions of both by key: the new walk, each old question after the one before it."""
    order = list(new_keys.values())
    before = None
    for key in old_keys.values():
        if key not in order:
            order.insert(0 if before is None else order.index(before) + 1, key)
        before = key
    back = {key: factor for factor, key in old_keys.items()}
    merged: dict[str, Factor] = {}
    for key in order:
        if key not in new.factors:
            merged[key] = old.factors[back[key]]
        elif key not in back:
            merged[key] = new.factors[key]
        else:
            merged[key] = _one(old.factors[back[key]], new.factors[key])
    return merged


def _one(old: Factor, new: Factor) -> Factor:
    """A question with the answers of both versions, which are comparable; the new ones first."""
    match old, new:
        case DerivedFactor(), DerivedFactor():
            either = old.may_be_answered or new.may_be_answered
            values = _of_both(old.values, new.values)
            return replace(new, values=values, may_be_answered=either)
        case ChoiceFactor(), ChoiceFactor():
            return replace(new, values=_of_both(old.values, new.values))
        case MultiFactor(), MultiFactor():
            members = _of_both(old.members, new.members)
            return replace(new, members=members, not_done=new.not_done or old.not_done)
        case NumberFactor(), NumberFactor():
            least, most = min(old.minimum, new.minimum), max(old.maximum, new.maximum)
            not_done = new.not_done or old.not_done
            return replace(new, minimum=least, maximum=most, not_done=not_done)
        case _:
            raise TypeError(old)


def _of_both(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, Value]:
    return {**new, **{name: value for name, value in old.items() if name not in new}}


def _cuts(
    old: Pathway, new: Pathway, old_keys: Mapping[str, str], new_keys: Mapping[str, str]
) -> dict[str, tuple[Decimal, ...]]:
    found: dict[str, set[Decimal]] = {}
    for pathway, keys in ((old, old_keys), (new, new_keys)):
        for factor, cuts in cuts_of(pathway, parts_of(pathway), {}).items():
            found.setdefault(keys[factor], set()).update(cuts)
    return {key: tuple(sorted(cuts)) for key, cuts in found.items()}


def _view(space: CaseSpace, keys: Mapping[str, str]) -> CaseSpace:
    """The space by the ids of one version; a variable that is not its own keeps its key."""
    ids = {key: factor for factor, key in keys.items()}
    return CaseSpace(
        factors={factor: space.factors[key] for factor, key in keys.items()},
        sizes=space.sizes,
        levels={factor: space.levels[key] for factor, key in keys.items()},
        cuts={factor: space.cuts[key] for factor, key in keys.items() if key in space.cuts},
        owners=tuple(ids.get(key, key) for key in space.owners),
        walk=space.walk,
    )


def _slots(compiled: Compiled, keys: Mapping[str, str]) -> dict[str, Slot]:
    return {
        key: Slot(
            definite(compiled.diagrams, compiled.applies[factor]), values_of(compiled, factor)
        )
        for factor, key in keys.items()
    }


def _own(compiled: Compiled, slots: Mapping[str, Slot], keys: Mapping[str, str]) -> dict[str, Slot]:
    """The slots of one version by itself, in which members of the other are never present."""
    found = dict(slots)
    for factor, key in keys.items():
        record = compiled.pathway.factors[factor]
        if isinstance(record, MultiFactor):
            foreign = {
                compiled.space.member_level(factor, member): (0,)
                for member in named_values(compiled.space.factors[factor])
                if member not in named_values(record)
            }
            values = compiled.diagrams.both(slots[key].values, cube(compiled.diagrams, foreign))
            found[key] = Slot(slots[key].applies, values)
    return found


def _both(diagrams: Diagrams, old: Slot | None, new: Slot | None) -> Slot:
    if old is None or new is None:
        return old or new or Slot(TRUE, TRUE)
    return Slot(diagrams.either(old.applies, new.applies), diagrams.both(old.values, new.values))
