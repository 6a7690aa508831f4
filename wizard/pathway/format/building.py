"""Records as files hold them to the pathway's own: rules read, and what other files have put in."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType, NoneType
from typing import Any, Final, TypeVar

from wizard.pathway.codes import Code
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Value,
    ValueGroup,
    named_values,
)
from wizard.pathway.fields import CHECK_CONDITIONS, Unread
from wizard.pathway.format.former import caution_id
from wizard.pathway.format.rules import Rules
from wizard.pathway.format.schema import (
    RawAim,
    RawCaution,
    RawFactor,
    RawOption,
    RawShared,
    RawStatement,
    RawUsualSetting,
    RawValue,
)
from wizard.pathway.format.vocabulary import shared_named
from wizard.pathway.model import (
    STATUSES,
    Aim,
    Alert,
    AlertLevel,
    Check,
    Option,
    Statement,
    Status,
    UsualSetting,
)
from wizard.pathway.model_fields import UnreadCheck
from wizard.pathway.nodes import Node, Text, place
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, listed, nearest, quoted
from wizard.pathway.trees import AnyOf, AtLeast, OneOf, Requirement, Rule, Use, claims_of
from wizard.record import Record, fields_of, replace

Made = TypeVar("Made")
_FINISHED: Final = frozenset({NoneType, bool, int, str, Position})


def made(
    shape: Callable[..., Made], written: object, rules: Rules | None = None, /, **rest: object
) -> Made:
    """A record of a shape from one as a file holds it: `rest`, and the fields of the same names.

    Raises TypeError where a condition is left that no `rules` read.
    """
    # A shape is the class of a record, which typing cannot say of what makes one.
    names = [name for name in fields_of(shape) if name not in rest]  # type: ignore[arg-type]
    every = {name: getattr(written, name) for name in names} | rest
    return shape(
        **{name: finished(value, rules, citing=name == "when") for name, value in every.items()}
    )


def finished(value: Any, rules: Rules | None = None, *, citing: bool = False) -> Any:
    """What stands in a record, made plain and frozen, each condition read by the rules.

    `citing` tells whether the ways of a condition may name claims.
    """
    if type(value) in _FINISHED:
        return value
    match value:
        case Text():
            return str(value)
        case Unread() | UnreadCheck() | RawAim():
            return _read(value, rules, citing=citing)
        case Mapping():
            return MappingProxyType({str(key): finished(one, rules) for key, one in value.items()})
        case tuple() if not isinstance(value, Position):
            return tuple(finished(one, rules) for one in value)
    whole = not isinstance(value, Record) or isinstance(value, Rule)
    return value if whole else made(type(value), value, rules)


def _read(
    value: Unread | UnreadCheck | RawAim, rules: Rules | None, *, citing: bool
) -> Rule | Check | Aim:
    if rules is None:
        raise TypeError(value)
    match value:
        case UnreadCheck():
            return _check(value, rules)
        case RawAim():
            return made(Aim, value, rules, when=_aim_when(value, rules))
        case Unread():
            return rules.read(value.position, when=value.node, citing=citing)


def _aim_when(raw: RawAim, rules: Rules) -> Rule | None:
    when, unless = node_of(raw.when), node_of(raw.unless)
    if when is not None:
        return rules.read(raw.position, when=when, unless=unless, citing=True)
    always = Rule(AtLeast(0, (), raw.position), raw.position)
    return None if unless is None else rules.without(always, unless)


def node_of(rule: Rule | None) -> Node | None:
    """The condition or tree that stands for a rule which is not read yet."""
    return rule.node if isinstance(rule, Unread) else None


# --- factors ---------------------------------------------------------------------------------


def factor_record(raw: RawFactor, step: str) -> Factor:
    """A factor without its applies_when.

    What its type needs and the file lacks is a problem of `check_factors`; it is empty here, or
    an infinite bound, so that nothing else is found wrong for it.
    """
    same = {"step": step, "applies_when": None}
    match raw.type:
        case "choice":
            values = {**plain_values(raw.values or {}), **raw.not_done_value}
            return made(ChoiceFactor, raw, **same, values=values, groups=groups_of(raw))
        case "derived":
            return derived_record(raw, step)
        case "multi":
            members, least = plain_values(raw.members or {}), raw.at_least or 0
            named = {"groups": raw.groups or {}}
            return made(MultiFactor, raw, **same, members=members, at_least=least, **named)
        case _:
            low = Decimal("-Infinity" if raw.min is None else raw.min)
            high = Decimal("Infinity" if raw.max is None else raw.max)
            unit, whole = raw.unit or "", raw.type == "integer"
            return made(
                NumberFactor, raw, **same, unit=unit, minimum=low, maximum=high, whole=whole
            )


def derived_record(raw: RawFactor, step: str) -> DerivedFactor:
    """A derived factor without what it is worked out from; its question may be its label."""
    return made(
        DerivedFactor,
        raw,
        step=step,
        applies_when=None,
        question=raw.question or raw.label,
        values=plain_values(raw.values or {}),
        groups=groups_of(raw),
        may_be_answered=bool(raw.may_be_answered),
        rules=MappingProxyType({}),
        points=(),
        sums=MappingProxyType({}),
    )


def groups_of(raw: RawFactor) -> Mapping[str, ValueGroup]:
    """The groups of a choice, those of all its values marked."""
    values = {*(raw.values or {}), *raw.not_done_value}
    return {
        key: replace(group, whole=values <= set(group.values))
        for key, group in (raw.groups or {}).items()
    }


def plain_values(values: Mapping[str, RawValue]) -> Mapping[str, Value]:
    """Values without what they are worked out from."""
    return {key: made(Value, value) for key, value in values.items()}


# --- options and alerts ----------------------------------------------------------------------


def option_record(
    raw: RawOption, group: str, shared: Mapping[str, RawShared] | None, rules: Rules
) -> Option:
    """An option with its statements."""
    return made(
        Option,
        raw,
        rules,
        id=raw.option,
        position=place(raw.option),
        group=group,
        statements={key: _statement(one, rules) for key, one in raw.statements.items()},
        excludes={
            key: made(type(one), one, rules, source=_document(one.claims))
            for key, one in raw.excludes.items()
        },
        usual_setting=(
            None
            if raw.usual_setting is None
            else _usual_setting(raw.option, raw.usual_setting, shared, rules)
        ),
    )


def _document(claims: tuple[str, ...]) -> str:
    """The document that a sentence is of: that of its claims; none where it lacks them."""
    return claims[0].partition("-")[0] if claims else ""


def _statement(raw: RawStatement, rules: Rules) -> Statement:
    when, tree, unless = (node_of(each) for each in (raw.when, raw.tree, raw.unless))
    told = len(rules.problems)
    rule = rules.read(raw.position, when=when, tree=tree, unless=unless, citing=True)
    # A rule in which something is wrong is not held against its scope.
    held = rule if len(rules.problems) == told else None
    scope = node_of(raw.scope)
    return made(
        Statement,
        raw,
        rules,
        source=_document((*raw.claims, *claims_of(rule.tree))),
        rule=rule,
        scope=None if scope is None else rules.scope(raw.id, scope, held),
    )


def _usual_setting(
    option: str, raw: RawUsualSetting, shared: Mapping[str, RawShared] | None, rules: Rules
) -> UsualSetting | None:
    if raw.use is None:
        if raw.label is None or raw.claims is None or raw.when is None:
            where = place(raw.label) if raw.label is not None else place(option)
            rules.problems.tell(
                Code.MISSING_KEY,
                where,
                f'the usual setting of "{option}" is not whole',
                'it needs "label", "claims" and "when", or "use: NAME" alone',
            )
            return None
        when, unless = node_of(raw.when), node_of(raw.unless)
        rule = rules.read(place(raw.label), when=when, unless=unless, citing=True)
        return made(UsualSetting, raw, rule=rule, position=rule.position)
    where = place(raw.use)
    if (raw.label, raw.claims, raw.when) != (None, None, None):
        rules.problems.tell(
            Code.UNFIT_KEY, where, '"use" stands beside other keys', '"use: NAME" stands alone'
        )
        return None
    if not shared_named(raw.use, rules.names, rules.problems) or shared is None:
        return None
    rule = rules.one_that_needs(Use(str(raw.use), where))
    rule = rules.without(rule, node_of(raw.unless))
    return made(UsualSetting, shared[raw.use], rule=rule, position=where)


def _check(raw: UnreadCheck, rules: Rules) -> Check:
    """A check: statuses by option, and conditions under `certain` and `possible`."""
    conditions: dict[str, Rule] = {}
    statuses: dict[str, tuple[Status, ...]] = {}
    for key, value in raw.written.items():
        if isinstance(value, Text) and value.is_null:
            what = "null stands here"
            rules.problems.tell(
                Code.WRONG_STRUCTURE, value.position, what, "a condition or a tree was expected"
            )
        elif key in CHECK_CONDITIONS:
            conditions[str(key)] = rules.read(key.position, when=value)
        elif isinstance(value, Text) and value in STATUSES:
            statuses[str(key)] = STATUSES[value]
        else:
            shown = f"{quoted(value)} is not known here" if isinstance(value, Text) else None
            rules.problems.tell(
                Code.UNKNOWN_WORD,
                value.position if shown else key.position,
                shown or f'"{key}" has a condition',
                f"one of {listed(STATUSES)} was expected for an option; a condition stands "
                'under "certain" or "possible"',
                nearest(value, STATUSES)
                if isinstance(value, Text)
                else nearest(key, CHECK_CONDITIONS),
            )
    return Check(
        options=MappingProxyType(statuses),
        certain=conditions.get("certain"),
        possible=conditions.get("possible"),
    )


def caution_records(raw: RawOption, rules: Rules, actions: Mapping[str, str]) -> dict[str, Alert]:
    """The alerts that an option's cautions make, in the order in which they stand.

    `actions` are the pathway's words for what a document says to do.
    """
    by_factor = raw.cautions if isinstance(raw.cautions, Mapping) else {}
    listed_ones = () if isinstance(raw.cautions, Mapping) else raw.cautions
    found: dict[str, Alert] = {}
    for name, rows in by_factor.items():
        if name in rules.names.unclear:
            continue
        factor = rules.names.factors.get(name)
        if factor is None or isinstance(factor, NumberFactor):
            rules.problems.append(
                Problem(
                    Code.UNKNOWN_FACTOR,
                    place(name),
                    f'there is no factor "{name}" with values',
                    "cautions name a factor and its values or members",
                    nearest(name, list(rules.names.factors)),
                    cause=f"factor {name}",
                )
            )
            continue
        values = list(named_values(factor))
        for value in rows:
            if value not in values:
                rules.problems.append(
                    Problem(
                        Code.UNKNOWN_VALUE,
                        place(value),
                        f'"{name}" has no value "{value}"',
                        f"it has {listed(values, near=value)}",
                        nearest(value, values),
                        cause=f"value {name}.{value}",
                    )
                )
        for value in (each for each in rows if each in values):
            alert = _caution(raw, factor, value, finished(rows[value]), rules)
            if alert.id in found:
                rules.problems.tell(
                    Code.SECOND_CAUTION,
                    place(value),
                    f'a second caution would be the alert "{alert.id}"',
                    "two factors have a value of the same id; rename one",
                )
            found[alert.id] = alert
    every = (*listed_ones, *raw.more_cautions)
    return found | _cautions_on_conditions(raw, every, rules, actions)


def _cautions_on_conditions(
    raw: RawOption, cautions: Iterable[RawCaution], rules: Rules, actions: Mapping[str, str]
) -> dict[str, Alert]:
    """The alerts of cautions with a condition, each named by its first claim."""
    found: dict[str, Alert] = {}
    for caution in cautions:
        first = caution.claims[0]
        name = caution_id(raw.option, first)
        if name in found:
            rules.problems.tell(
                Code.SECOND_CAUTION,
                place(first),
                f'a second caution would be the alert "{name}"',
                "it is named by its first claim: put another claim first, or write one condition",
            )
        words = actions.get(caution.action, caution.action)
        found[name] = Alert(
            id=name,
            level=AlertLevel.CAUTION,
            title=f"{raw.label}: {words}",
            claims=finished(caution.claims),
            when=finished(caution.when, rules, citing=True),
            about=MappingProxyType({str(raw.option): STATUSES["described or possible"]}),
            action=str(caution.action),
            position=place(first),
        )
    return found


def _caution(
    raw: RawOption,
    factor: ChoiceFactor | MultiFactor,
    value: str,
    claims: tuple[str, ...],
    rules: Rules,
) -> Alert:
    where = place(value)
    only = (str(value),)
    test = OneOf(only) if isinstance(factor, ChoiceFactor) else AnyOf(only)
    return Alert(
        id=f"{raw.option}_caution.{value}",
        level=AlertLevel.CAUTION,
        title=f"{raw.label}: {named_values(factor)[value].label}",
        claims=claims,
        when=rules.one_that_needs(Requirement(factor.id, (test,), negated=False, position=where)),
        about=MappingProxyType({str(raw.option): STATUSES["described or possible"]}),
        position=where,
    )
