"""Raw records to the pathway's own: each keeps the pathway's order and the place it stands at."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar

from wizard.pathway.format.fields import CHECK_CONDITIONS
from wizard.pathway.format.files import RawFiles
from wizard.pathway.format.rules import Rules, Written
from wizard.pathway.format.schema import (
    RawAim,
    RawAlert,
    RawFactor,
    RawOption,
    RawReview,
    RawShared,
    RawStatement,
    RawUsualSetting,
    RawValue,
    RawValueGroup,
)
from wizard.pathway.model import (
    Aim,
    Alert,
    Assumption,
    Check,
    ChoiceFactor,
    Claim,
    Factor,
    Hazard,
    Level,
    MultiFactor,
    Note,
    NumberFactor,
    Option,
    Review,
    SharedTree,
    Source,
    Statement,
    Status,
    Term,
    UsualSetting,
    Value,
    ValueGroup,
    named_values,
)
from wizard.pathway.nodes import Node, Text
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem, listed, nearest, quoted
from wizard.pathway.trees import AnyOf, Clause, OneOf, Requirement, Rule

Kept = TypeVar("Kept")


def kept(mapping: Mapping[str, Kept]) -> Mapping[str, Kept]:
    """A mapping that nobody changes, its keys plain text."""
    return MappingProxyType({str(key): value for key, value in mapping.items()})


def plain(words: list[Text] | None) -> tuple[str, ...]:
    """A list of texts as plain text."""
    return tuple(str(word) for word in words or ())


def maybe(text: Text | None) -> str | None:
    """A text as plain text, where there is one."""
    return None if text is None else str(text)


def place(key: str) -> Position:
    """Where a key or text of the files stands."""
    if not isinstance(key, Text):
        raise TypeError(key)
    return key.position


# --- factors ---------------------------------------------------------------------------------


def factor_record(key: str, raw: RawFactor, step: str) -> Factor:
    """A factor without its applies_when.

    What its type needs and the file lacks is a problem of `check_factors`; it is empty here, or
    an infinite bound, so that nothing else is found wrong for it.
    """
    shared = _of_every_factor(key, raw, step)
    values = (raw.values or raw.members or {}).items()
    answers = kept({name: _value(name, value) for name, value in values})
    match str(raw.type):
        case "choice":
            groups = (raw.groups or {}).items()
            return ChoiceFactor(
                **shared,
                values=answers,
                groups=kept({name: _group(name, one, frozenset(answers)) for name, one in groups}),
            )
        case "multi":
            return MultiFactor(
                **shared,
                members=answers,
                none_label=maybe(raw.none_label),
                at_least=0 if raw.at_least is None else int(raw.at_least),
            )
        case _:
            return NumberFactor(
                **shared,
                unit=maybe(raw.unit) or "",
                minimum=Decimal("-Infinity") if raw.min is None else raw.min,
                maximum=Decimal("Infinity") if raw.max is None else raw.max,
            )


def _of_every_factor(key: str, raw: RawFactor, step: str) -> dict[str, Any]:
    """The fields that every factor has, by name."""
    return {
        "id": str(key),
        "label": str(raw.label),
        "question": str(raw.question),
        "help": str(raw.help),
        "step": step,
        "claims": plain(raw.claims),
        "applies_when": None,
        "record_only": maybe(raw.record_only),
        "fixed": raw.fixed is not None,
        "phrases": kept(
            {
                name: str(text)
                for name in ("none", "unknown")
                if raw.phrases is not None and (text := getattr(raw.phrases, name)) is not None
            }
        ),
        "assumes": plain(raw.assumes),
        "position": place(key),
        "also": plain(raw.also),
    }


def _value(key: str, raw: RawValue) -> Value:
    return Value(
        id=str(key),
        label=str(raw.label),
        help=str(raw.help),
        claims=plain(raw.claims),
        phrase=maybe(raw.phrase),
        also=plain(raw.also),
    )


def _group(key: str, raw: RawValueGroup, values: frozenset[str]) -> ValueGroup:
    return ValueGroup(
        id=str(key),
        label=str(raw.label),
        help=maybe(raw.help) or "",
        phrase=maybe(raw.phrase),
        values=plain(raw.values),
        whole=values <= frozenset(raw.values),
        also=plain(raw.also),
    )


# --- options and alerts ----------------------------------------------------------------------


def shared_record(key: str, raw: RawShared, written: Written, rules: Rules) -> SharedTree:
    """A shared tree."""
    return SharedTree(
        id=str(key),
        label=str(raw.label),
        claims=plain(raw.claims),
        rule=rules.rule(written),
        assumes=plain(raw.assumes),
        position=place(key),
    )


def option_record(
    raw: RawOption, group: str, shared: Mapping[Text, RawShared] | None, rules: Rules
) -> Option:
    """An option with its statements."""
    return Option(
        id=str(raw.option),
        label=str(raw.label),
        group=group,
        card=kept({row: plain(claims) for row, claims in raw.card.items()}),
        notes=tuple(
            Note(str(note.says), maybe(note.row), plain(note.claims)) for note in raw.notes
        ),
        statements=kept({key: _statement(key, one, rules) for key, one in raw.statements.items()}),
        usual_setting=(
            None
            if raw.usual_setting is None
            else _usual_setting(raw.option, raw.usual_setting, shared, rules)
        ),
        aims=tuple(_aim(key, aim, rules) for key, aim in raw.aims.items()),
        assumes=plain(raw.assumes),
        position=place(raw.option),
        also=plain(raw.also),
        for_anyone=plain(raw.for_anyone),
    )


def _statement(key: str, raw: RawStatement, rules: Rules) -> Statement:
    sources = list(dict.fromkeys(claim.partition("-")[0] for claim in raw.claims))
    if len(sources) > 1:
        other = next(claim for claim in raw.claims if claim.partition("-")[0] == sources[1])
        rules.problems.append(
            Problem(
                other.position,
                f'the statement "{key}" rests on claims of {listed(sources)}',
                "a statement is one sentence of one document: write a statement for each",
            )
        )
    rule = rules.read(place(key), when=raw.when, tree=raw.tree)
    return Statement(
        id=str(key),
        source=sources[0] if sources else "",
        claims=plain(raw.claims),
        rule=rule,
        scope=None if raw.scope is None else rules.scope(str(key), raw.scope, rule),
        aims=tuple(_aim(name, aim, rules) for name, aim in raw.aims.items()),
        assumes=plain(raw.assumes),
        position=place(key),
    )


def _aim(key: str, raw: RawAim, rules: Rules) -> Aim:
    return Aim(
        id=str(key),
        label=str(raw.label),
        claims=plain(raw.claims),
        when=None if raw.when is None else rules.read(place(key), when=raw.when),
        assumes=plain(raw.assumes),
        position=place(key),
    )


def _usual_setting(
    option: Text, raw: RawUsualSetting, shared: Mapping[Text, RawShared] | None, rules: Rules
) -> UsualSetting | None:
    if raw.use is None:
        if raw.label is None or raw.claims is None or raw.when is None:
            where = place(raw.label) if raw.label is not None else place(option)
            rules.problems.append(
                Problem(
                    where,
                    f'the usual setting of "{option}" is not whole',
                    'it needs "label", "claims" and "when", or "use: NAME" alone',
                )
            )
            return None
        rule = rules.read(place(raw.label), when=raw.when)
        return UsualSetting(
            str(raw.label), plain(raw.claims), rule, plain(raw.assumes), rule.position
        )
    where = place(raw.use)
    if (raw.label, raw.claims, raw.when) != (None, None, None):
        rules.problems.append(
            Problem(where, '"use" stands beside other keys', '"use: NAME" stands alone')
        )
        return None
    if shared is None:
        return None
    tree = shared.get(raw.use)
    if tree is None:
        rules.problems.append(
            Problem(
                where,
                f'there is no shared tree "{raw.use}"',
                f"the trees of shared.yaml are {listed(sorted(shared), near=raw.use) or 'none'}",
                nearest(raw.use, shared),
            )
        )
        return None
    clause = Clause((Requirement(None, str(raw.use), (), where),), where)
    rule = rules.rule(Written((clause,), None, where))
    return UsualSetting(str(tree.label), plain(tree.claims), rule, plain(tree.assumes), where)


_STATUSES = {
    "described": (Status.DESCRIBED,),
    "possible": (Status.POSSIBLE,),
    "not_described": (Status.NOT_DESCRIBED,),
    "described or possible": (Status.DESCRIBED, Status.POSSIBLE),
}


def _statuses(raw: Mapping[Text, Text]) -> Mapping[str, tuple[Status, ...]]:
    return kept({option: _STATUSES[status] for option, status in raw.items()})


def _check(raw: Mapping[Text, Node], rules: Rules) -> Check:
    """A check: statuses by option, and conditions under `certain` and `possible`."""
    conditions: dict[str, Rule] = {}
    statuses: dict[Text, Text] = {}
    for key, value in raw.items():
        if key in CHECK_CONDITIONS:
            conditions[str(key)] = rules.read(place(key), when=value)
        elif isinstance(value, Text) and value in _STATUSES:
            statuses[key] = value
        else:
            shown = f"{quoted(value)} is not known here" if isinstance(value, Text) else None
            rules.problems.append(
                Problem(
                    value.position,
                    shown or f'"{key}" has a condition',
                    f"one of {listed(_STATUSES)} was expected for an option; a condition stands "
                    'under "certain" or "possible"',
                    nearest(value, _STATUSES) if isinstance(value, Text) else None,
                )
            )
    return Check(_statuses(statuses), conditions.get("certain"), conditions.get("possible"))


def alert_record(key: str, raw: RawAlert, rules: Rules) -> Alert:
    """An alert of alerts.yaml."""
    return Alert(
        id=str(key),
        level=Level(str(raw.level)),
        title=str(raw.title),
        says="" if raw.says is None else str(raw.says),
        claims=plain(raw.claims),
        when=rules.read(place(key), when=raw.when),
        unless=None if raw.unless is None else rules.read(place(key), when=raw.unless),
        about=_statuses(raw.about),
        check=None if raw.check is None else _check(raw.check, rules),
        assumes=plain(raw.assumes),
        position=place(key),
        also=plain(raw.also),
    )


def caution_records(raw: RawOption, rules: Rules) -> dict[str, Alert]:
    """The alerts that an option's cautions make, in the order in which they stand."""
    found: dict[str, Alert] = {}
    for name, rows in raw.cautions.items():
        factor = rules.names.factors.get(name)
        if factor is None or isinstance(factor, NumberFactor):
            rules.problems.append(
                Problem(
                    name.position,
                    f'there is no factor "{name}" with values',
                    "cautions name a factor and its values or members",
                    nearest(name, list(rules.names.factors)),
                )
            )
            continue
        values = list(named_values(factor))
        for value in rows:
            if value not in values:
                rules.problems.append(
                    Problem(
                        value.position,
                        f'"{name}" has no value "{value}"',
                        f"it has {listed(values, near=value)}",
                        nearest(value, values),
                    )
                )
        for value in (each for each in rows if each in values):
            alert = _caution(raw, factor, value, plain(rows[value]), rules)
            if alert.id in found:
                rules.problems.append(
                    Problem(
                        value.position,
                        f'a second caution would be the alert "{alert.id}"',
                        "two factors have a value of the same id; rename one",
                    )
                )
            found[alert.id] = alert
    return found


def _caution(
    raw: RawOption,
    factor: ChoiceFactor | MultiFactor,
    value: Text,
    claims: tuple[str, ...],
    rules: Rules,
) -> Alert:
    where = value.position
    only = (str(value),)
    test = OneOf(only) if isinstance(factor, ChoiceFactor) else AnyOf(only)
    clause = Clause((Requirement(factor.id, None, (test,), where),), where)
    return Alert(
        id=f"{raw.option}_caution.{value}",
        level=Level.CAUTION,
        title=f"{raw.label}: {named_values(factor)[value].label}",
        says="",
        claims=claims,
        when=rules.rule(Written((clause,), None, where)),
        unless=None,
        about=MappingProxyType({str(raw.option): _STATUSES["described or possible"]}),
        check=None,
        assumes=(),
        position=where,
    )


# --- sources ---------------------------------------------------------------------------------


def claim_records(files: RawFiles) -> dict[str, Claim]:
    """Every claim, by source in the order of sources.yaml."""
    found = {}
    for source in files.sources or {}:
        raw = files.claims.get(source)
        for key, claim in (raw.claims if raw is not None else {}).items():
            found[str(key)] = Claim(
                id=str(key),
                source=str(source),
                says=str(claim.says),
                section=str(claim.section),
                lines=str(claim.lines),
                anchor=str(claim.anchor),
                kind=str(claim.kind),
                strength=str(claim.strength),
                action=maybe(claim.action),
                stated_for=maybe(claim.stated_for),
                position=place(key),
            )
    return found


def source_records(files: RawFiles) -> dict[str, Source]:
    """Every source."""
    return {
        str(key): Source(
            id=str(key),
            title=str(raw.title),
            short=str(raw.short),
            file=str(raw.file),
            sha256=str(raw.sha256),
            publisher=maybe(raw.publisher),
            publisher_inferred=maybe(raw.publisher_inferred),
            date=maybe(raw.date),
            date_meaning=maybe(raw.date_meaning),
            review_due=maybe(raw.review_due),
            audience=str(raw.audience),
            type=str(raw.type),
            country=str(raw.country),
            sponsor=maybe(raw.sponsor),
            badge=maybe(raw.badge),
            card=plain(raw.card),
            leaves_out=plain(raw.leaves_out),
            position=place(key),
        )
        for key, raw in (files.sources or {}).items()
    }


def term_records(files: RawFiles) -> dict[str, Term]:
    """Every entry of the glossary."""
    return {
        str(key): Term(
            str(key), str(raw.term), plain(raw.claims), plain(raw.assumes), plain(raw.also)
        )
        for key, raw in (files.glossary or {}).items()
    }


def assumption_records(files: RawFiles) -> dict[str, Assumption]:
    """Every assumption."""
    written = files.pathway.assumptions if files.pathway is not None else {}
    return {str(key): Assumption(str(key), str(says)) for key, says in written.items()}


def review_record(raw: RawReview | None) -> Review | None:
    """The review; it stands where its digest does, the part that a lapsed one has to change."""
    if raw is None:
        return None
    return Review(
        by=str(raw.by),
        role=str(raw.role),
        date=str(raw.date),
        version=str(raw.version),
        digest=str(raw.digest),
        position=raw.digest.position,
    )


def hazard_records(files: RawFiles) -> dict[str, Hazard]:
    """Every entry of the hazard log."""
    return {
        str(key): Hazard(
            id=str(key),
            hazard=str(raw.hazard),
            cause=str(raw.cause),
            control=str(raw.control),
            tests=plain(raw.tests),
            places=tuple(test.position for test in raw.tests or ()),
            planned=maybe(raw.planned),
            position=place(key),
        )
        for key, raw in (files.hazards or {}).items()
    }
