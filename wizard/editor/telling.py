"""What an editor shows over a name or a key, as plain text."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from wizard.editor.names import Thing
from wizard.editor.places import Place
from wizard.editor.structure import key_at
from wizard.editor.view import View
from wizard.pathway.factors import (
    ChoiceFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Value,
    ValueGroup,
    named_values,
)
from wizard.pathway.model import Pathway
from wizard.pathway.nodes import Text, child
from wizard.pathway.position import Position
from wizard.pathway.problems import listed
from wizard.record import Record
from wizard.workbench.key_words import KEYS
from wizard.workbench.naming import Kind

_MOST_PLACES: Final = 10


class Told(Record):
    """What is told of the word at a place."""

    place: Place
    text: str


def told_at(view: View, text: str, position: Position) -> Told | None:
    """What there is to tell of the word at a position of a file with this text."""
    found = view.names.at(text, position)
    if found is not None:
        lines = [each for each in told_of(view, found.thing) if each]
        return Told(found.place, "\n".join(lines)) if lines else None
    spot = key_at(view.nodes.get(position.file), position)
    if spot is None or spot.text not in KEYS:
        return None
    where = spot.text.position
    place = Place(position.file, where.line, where.column, len(spot.text))
    return Told(place, f"{spot.text}: {KEYS[spot.text]}")


def told_of(view: View, thing: Thing) -> Iterator[str]:
    """The lines that tell what a thing is; none where the pathway does not have it."""
    if thing.kind is Kind.CASE:
        root = view.nodes.get(thing.name)
        for key in ("title", "vignette"):
            said = child(root, key)
            if isinstance(said, Text):
                yield str(said)
    elif view.pathway is not None and thing.kind in _TELLING:
        yield from _TELLING[thing.kind](view.pathway, thing)
        if thing.kind is Kind.SHARED:
            yield _used(view, thing)


def _claim(pathway: Pathway, thing: Thing) -> Iterator[str]:
    claim = pathway.claims.get(thing.name)
    if claim is not None:
        source = pathway.sources[claim.source]
        yield claim.says
        yield ""
        yield f"{source.title} ({source.id}), {claim.section}, lines {claim.lines}"
        yield f'"{claim.anchor}"; {claim.kind}, {claim.strength}'


def _factor(pathway: Pathway, thing: Thing) -> Iterator[str]:
    factor = pathway.factors.get(thing.name)
    if factor is not None:
        yield factor.question or factor.label
        yield from (f"- {line}" for line in _answers(factor))


def _answers(factor: Factor) -> Iterator[str]:
    if isinstance(factor, NumberFactor):
        yield " ".join(filter(None, (f"{factor.minimum} to {factor.maximum}", factor.unit)))
    for each in named_values(factor).values():
        yield f"{each.id}: {each.label}"
    if isinstance(factor, ChoiceFactor | MultiFactor):
        for group in factor.groups.values():
            yield f"{group.id}: {group.label} ({listed(group.values)})"


def _value(pathway: Pathway, thing: Thing) -> Iterator[str]:
    factor = pathway.factors.get(thing.of)
    if factor is None:
        return
    groups = factor.groups if isinstance(factor, ChoiceFactor | MultiFactor) else {}
    named: dict[str, Value | ValueGroup] = {**named_values(factor), **groups}
    if thing.name in named:
        yield named[thing.name].label
        yield named[thing.name].help
        yield f"an answer to: {factor.question or factor.label}"


def _option(pathway: Pathway, thing: Thing) -> Iterator[str]:
    option = pathway.options.get(thing.name)
    if option is not None:
        yield option.label
        heading = pathway.groups.get(option.group)
        yield f"under {heading.label}" if heading else ""
        for statement in option.statements.values():
            yield f"- {statement.id}: {listed(statement.every_claim)}"


def _shared(pathway: Pathway, thing: Thing) -> Iterator[str]:
    shared = pathway.shared.get(thing.name)
    if shared is not None:
        yield shared.label


def _used(view: View, thing: Thing) -> str:
    places = [f"{each.file}:{each.line}" for each in view.names.named(thing)]
    return f"used in {listed(places, most=_MOST_PLACES)}" if places else "used nowhere"


def _alert(pathway: Pathway, thing: Thing) -> Iterator[str]:
    alert = pathway.alerts.get(thing.name)
    if alert is not None:
        yield f"{alert.title} ({alert.level})"
        yield alert.says


def _assumption(pathway: Pathway, thing: Thing) -> Iterator[str]:
    assumption = pathway.assumptions.get(thing.name)
    if assumption is not None:
        yield assumption.says


def _source(pathway: Pathway, thing: Thing) -> Iterator[str]:
    source = pathway.sources.get(thing.name)
    if source is not None:
        yield source.title
        yield ", ".join(filter(None, (source.publisher, source.date, source.file)))


def _aim(pathway: Pathway, thing: Thing) -> Iterator[str]:
    option = pathway.options.get(thing.of)
    for aim in option.aims_by_id.get(thing.name, ())[:1] if option else ():
        yield aim.label


def _sentence(pathway: Pathway, thing: Thing) -> Iterator[str]:
    """What the claims of a statement or an exclusion say."""
    option = pathway.options.get(thing.of)
    if option is not None:
        own = option.statements if thing.kind is Kind.STATEMENT else option.excludes
        for claim in own[thing.name].every_claim if thing.name in own else ():
            if claim in pathway.claims:
                yield f"{claim}: {pathway.claims[claim].says}"


def _heading(pathway: Pathway, thing: Thing) -> Iterator[str]:
    if thing.name in pathway.groups:
        yield pathway.groups[thing.name].label


_TELLING: Final[Mapping[Kind, Callable[[Pathway, Thing], Iterator[str]]]] = {
    Kind.CLAIM: _claim,
    Kind.FACTOR: _factor,
    Kind.VALUE: _value,
    Kind.OPTION: _option,
    Kind.SHARED: _shared,
    Kind.ALERT: _alert,
    Kind.ASSUMPTION: _assumption,
    Kind.SOURCE: _source,
    Kind.AIM: _aim,
    Kind.STATEMENT: _sentence,
    Kind.EXCLUSION: _sentence,
    Kind.HEADING: _heading,
}
