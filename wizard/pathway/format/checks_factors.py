"""Whether each factor has the keys that its type needs, and no others."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from wizard.pathway.codes import Code
from wizard.pathway.factors import NOT_DONE
from wizard.pathway.format.schema import RawFactor
from wizard.pathway.nodes import place
from wizard.pathway.problems import Problem, Problems, listed, nearest

_KEYS: Mapping[str, tuple[str, ...]] = {
    "choice": ("values", "groups"),
    "derived": ("values", "groups", "may_be_answered", "points"),
    "multi": ("members", "groups", "none_label", "at_least"),
    "number": ("unit", "min", "max"),
    "integer": ("unit", "min", "max"),
}
_MAY_BE_MISSING: Mapping[str, tuple[str, ...]] = {
    "choice": ("groups",),
    "derived": ("groups", "may_be_answered", "points"),
    "multi": ("groups", "none_label", "at_least"),
    "number": (),
    "integer": ("unit",),
}
_TYPE_OF = {name: kind for kind in ("derived", "multi", "choice", "number") for name in _KEYS[kind]}
"""By key, the type that it belongs to; an integer has the keys of a number."""
_NUMBERS = frozenset({"number", "integer"})
_CHOICES = frozenset({"choice", "derived"})


def check_factors(factors: Mapping[str, RawFactor], problems: Problems) -> frozenset[str]:
    """Add what is wrong with the factors' own keys, values, groups and bounds.

    The factors that lack what their type needs, or have what belongs to another, are returned:
    nothing can be said of their answers.
    """
    unclear = set()
    for key, factor in factors.items():
        wrong = list(_wrong_keys(key, factor))
        problems.extend(wrong)
        if wrong:
            unclear.add(str(key))
            continue
        _check_groups(key, factor, problems)
        _check_derived(key, factor, problems)
        _check_not_done(key, factor, problems)
        if factor.type == "multi":
            _check_none(key, factor, problems)
        values = factor.values if factor.type in _CHOICES else factor.members
        if factor.type not in _NUMBERS and values is not None and len(values) < _least(factor):
            problems.tell(
                Code.EMPTY_PART,
                place(key),
                f'"{key}" leaves nothing to answer',
                f"{_least(factor)} or more were expected",
            )
        _check_bounds(key, factor, problems)
    return frozenset(unclear)


def _least(factor: RawFactor) -> int:
    return 2 if factor.type in _CHOICES else 1


def _wrong_keys(key: str, factor: RawFactor) -> Iterator[Problem]:
    own = _KEYS[factor.type]
    needed = [name for name in own if name not in _MAY_BE_MISSING[factor.type]]
    for name, kind in _TYPE_OF.items():
        given = getattr(factor, name) is not None
        if given and name not in own:
            yield Problem(
                Code.UNFIT_KEY,
                place(key),
                f'"{key}" is of type {factor.type} and has "{name}"',
                f'"{name}" belongs to the type {kind}',
                cause=f"keys of {key}",
            )
        elif not given and name in needed:
            yield Problem(
                Code.MISSING_KEY,
                place(key),
                f'"{key}" is of type {factor.type} and has no "{name}"',
                f"this type needs {listed(needed)}",
                cause=f"keys of {key}",
            )


def _check_bounds(key: str, factor: RawFactor, problems: Problems) -> None:
    low, high = factor.min, factor.max
    if low is not None and high is not None and Decimal(low) >= Decimal(high):
        problems.append(
            Problem(
                Code.WRONG_BOUNDS,
                place(low),
                f'the min of "{key}" is {low}, which is not below its max, {high}',
                f"a smaller min was expected, or a larger max on line {place(high).line}",
                cause=f"bounds {key}",
            )
        )
    for name, bound in (("min", low), ("max", high)):
        if factor.type == "integer" and bound is not None and Decimal(bound) % 1:
            problems.tell(
                Code.WRONG_BOUNDS,
                place(bound),
                f'"{key}" is an integer and its {name} is {bound}',
                "an integer was expected, or the type number",
            )


def _check_derived(key: str, factor: RawFactor, problems: Problems) -> None:
    """What only derived factors may leave out, and what only they may have."""
    if factor.type == "derived":
        if factor.record_only is not None:
            problems.tell(
                Code.UNFIT_KEY,
                place(key),
                f'"{key}" is derived and has "record_only"',
                "what no tree asks need not be worked out: take one of the two out",
            )
        return
    for name in ("question", "help"):
        if not getattr(factor, name):
            problems.tell(
                Code.MISSING_KEY,
                place(key),
                f'the key "{name}" is missing',
                "only a factor of type derived, which is not asked, may lack it",
            )
    for name, value in {**(factor.values or {}), **(factor.members or {})}.items():
        if not value.help:
            problems.tell(
                Code.MISSING_KEY,
                place(name),
                'the key "help" is missing',
                "only a value of a factor of type derived may lack it",
            )
        if value.when is not None or value.otherwise or value.points is not None:
            problems.tell(
                Code.UNFIT_KEY,
                place(name),
                f'"{name}" says when it holds, and "{key}" is of type {factor.type}',
                'write "type: derived" for what is worked out and not asked',
            )


def _check_not_done(key: str, factor: RawFactor, problems: Problems) -> None:
    """What is worked out cannot be not done; only an answer has a phrase."""
    if factor.type == "derived" and factor.not_done is not None:
        problems.tell(
            Code.UNFIT_KEY,
            place(factor.not_done),
            f'"{key}" is derived and has "{NOT_DONE}"',
            "what is worked out is not measured: write it at the factors that are asked, and give "
            "a value for it here",
        )
    phrase = factor.phrases.get(NOT_DONE)
    if phrase is not None and factor.not_done is None:
        problems.tell(
            Code.UNFIT_KEY,
            place(phrase),
            f'"{key}" has a phrase for "{NOT_DONE}", which is not an answer to it',
            f'write "{NOT_DONE}: LABEL" at the factor, or take the phrase out',
        )


def _check_none(key: str, factor: RawFactor, problems: Problems) -> None:
    phrase = factor.phrases.get("none")
    if factor.at_least is None:
        if factor.none_label is None:
            problems.tell(
                Code.MISSING_KEY,
                place(key),
                f'"{key}" has no "none_label"',
                'it words the answer that nothing applies; write "at_least: 1" if that is '
                "not an answer",
            )
        return
    for text, name in ((factor.none_label, "none_label"), (phrase, "phrases: none")):
        if text is not None:
            problems.tell(
                Code.UNFIT_KEY,
                place(text),
                f'"{key}" has "at_least: 1", so "{name}" is never shown',
                "take one of the two out",
            )


def _check_groups(of: str, factor: RawFactor, problems: Problems) -> None:
    values, kind = factor.values or {}, "value"
    if factor.type == "multi":
        values, kind = factor.members or {}, "member"
    for key, group in (factor.groups or {}).items():
        if key in values:
            problems.tell(
                Code.NAMED_TWICE,
                place(key),
                f'"{key}" is a {kind} and a group',
                "choose another id",
            )
        if not group.values:
            problems.tell(Code.EMPTY_PART, place(key), f'the group "{key}" has no {kind}s')
        seen: set[str] = set()
        for value in group.values:
            if value not in values:
                problems.append(
                    Problem(
                        Code.UNKNOWN_VALUE,
                        place(value),
                        f'there is no {kind} "{value}" for the group "{key}"',
                        f"the {kind}s are {listed(values, near=value)}",
                        nearest(value, values),
                        cause=f"value {of}.{value}",
                    )
                )
            elif value in seen:
                problems.tell(
                    Code.NAMED_TWICE, place(value), f'"{value}" stands twice in the group'
                )
            seen.add(value)
