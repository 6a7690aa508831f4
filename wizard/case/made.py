"""What a saved case was made with: its pathway's version and digest, overlays, and measures.

A measure is what a number meant when it was given: its unit, and the bounds that it was asked in.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from wizard.case.answers import Answers, NumberAnswer, RangesAnswer
from wizard.case.nodes import check_key, entries_of, text_of
from wizard.pathway.codes import Code
from wizard.pathway.factors import NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.problems import Problems, quoted
from wizard.record import NOTHING, Record

if TYPE_CHECKING:
    from wizard.pathway.nodes import Node

_DIGEST: Final = "[0-9a-f]{64}"
_STAMP: Final = ("id", "version", "digest")
_MEASURE: Final = ("unit", "min", "max")


class Stamp(Record):
    """A pathway by its id, and the state of its content; None for what a file does not say."""

    id: str
    version: str | None = None
    digest: str | None = None

    @property
    def name(self) -> str:
        """The id with the version: `trees 2026.11`."""
        return self.id if self.version is None else f"{self.id} {self.version}"


class Made(Record):
    """The pathway that a case was made in, without its overlays, and these."""

    pathway: Stamp
    overlays: tuple[Stamp, ...] = ()

    def differs(self, other: "Made") -> bool:
        """Whether the same answers may mean something else in the other; what is not said fits."""
        ours, theirs = (self.pathway, *self.overlays), (other.pathway, *other.overlays)
        return [each.id for each in ours] != [each.id for each in theirs] or any(
            _differ(one, two) for one, two in zip(ours, theirs, strict=True)
        )


class Measure(Record):
    """What a number meant: its unit, and its bounds where these are known."""

    unit: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def bounds(self) -> str:
        """The bounds with their unit: `0 to 1000 mm`."""
        return f"{self.minimum} to {self.maximum} {self.unit}".rstrip()


Measures = Mapping[str, Measure]
"""By factor."""


def made_in(pathway: Pathway) -> Made:
    """What a case is made with that is saved in this pathway."""
    own = Stamp(pathway.id, pathway.version, pathway.digest)
    base = pathway.extends
    if base is None:
        return Made(own)
    return Made(Stamp(base.pathway, base.version, base.digest), (own,))


def measures_of(pathway: Pathway, answers: Answers) -> dict[str, Measure]:
    """The measure of each question that was answered with a number, or that it was not done."""
    return {
        factor.id: measure_of(factor)
        for factor in pathway.factors.values()
        if isinstance(factor, NumberFactor)
        and isinstance(answers.get(factor.id), NumberAnswer | RangesAnswer)
    }


def measure_of(factor: NumberFactor) -> Measure:
    """What a number means that answers this question."""
    return Measure(factor.unit, factor.minimum, factor.maximum)


def measure_data(measure: Measure) -> dict[str, str | int | float]:
    """A measure as JSON has it."""
    return {
        "unit": measure.unit,
        **{
            name: int(bound) if bound == bound.to_integral_value() else float(bound)
            for name, bound in (("min", measure.minimum), ("max", measure.maximum))
            if bound is not None
        },
    }


# --- read ------------------------------------------------------------------------------------


def read_made(parts: "Mapping[str, Node]", problems: Problems) -> Made | None:
    """What a case says that it was made with; None where it says nothing of it."""
    if not {"version", "digest", "overlays"} & parts.keys():
        return None
    own = _stamp({name: parts.get(name) for name in ("version", "digest")}, "", problems)
    named = parts.get("pathway")
    overlays = parts.get("overlays")
    found: list[Stamp] = []
    if isinstance(overlays, list):
        found = [_overlay(each, problems) for each in overlays]
    elif overlays is not None:
        _tell(problems, overlays, "overlays: a list in [ ] was expected")
    return Made(Stamp(str(named or ""), own.version, own.digest), tuple(found))


def read_measures(node: "Node | None", problems: Problems) -> Measures:
    """The measures of a case, by factor as the case calls it."""
    found = {}
    for key, value in ({} if node is None else entries_of(node, "measures", problems)).items():
        parts = entries_of(value, f"measures: {key}", problems)
        for name in parts:
            check_key(name, _MEASURE, "part of a measure", problems)
        by_name = {str(name): part for name, part in parts.items()}
        unit = by_name.get("unit")
        if isinstance(unit, str):
            bounds = (_bound(by_name.get(name), name, problems) for name in ("min", "max"))
            found[str(key)] = Measure(str(unit), *bounds)
        elif isinstance(value, dict):
            _tell(problems, unit or value, f"measures: {key}: its unit is missing")
    return found or NOTHING


def _overlay(node: "Node", problems: Problems) -> Stamp:
    if isinstance(node, str):
        return Stamp(str(node))
    parts = entries_of(node, "overlays: one of them", problems)
    for name in parts:
        check_key(name, _STAMP, "part of an overlay", problems)
    by_name = {str(name): part for name, part in parts.items()}
    own = text_of(by_name.get("id"), "the id of an overlay", problems)
    if own is None and isinstance(node, dict) and "id" not in by_name:
        _tell(problems, node, "overlays: the id of one is missing")
    return _stamp(by_name, own or "", problems)


def _stamp(parts: "Mapping[str, Node | None]", own: str, problems: Problems) -> Stamp:
    version = text_of(parts.get("version"), "version", problems)
    node = parts.get("digest")
    digest = text_of(node, "digest", problems)
    if digest is not None and node is not None and not re.fullmatch(_DIGEST, digest):
        _tell(problems, node, f"digest: {quoted(digest)} is not the digest of a pathway")
    return Stamp(own, version, digest)


def _bound(node: "Node | None", name: str, problems: Problems) -> Decimal | None:
    if node is None:
        return None
    try:
        number = Decimal(node) if isinstance(node, str) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite():
        return number
    _tell(problems, node, f"{name}: a number was expected")
    return None


def _tell(problems: Problems, node: "Node", what: str) -> None:
    problems.tell(Code.WRONG_PART, node.position, what)


def _differ(one: Stamp, two: Stamp) -> bool:
    if one.digest is not None and two.digest is not None:
        return one.digest != two.digest
    return None not in (one.version, two.version) and one.version != two.version
