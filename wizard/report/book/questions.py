"""Questions as articles to read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.pathway.factors import DerivedFactor, Factor, MultiFactor, NumberFactor, named_values
from wizard.pathway.ranges import with_unit
from wizard.report.book.markup import Html, element, items, section
from wizard.wording.answers import factor_label, groups_of_members, listed_answers
from wizard.wording.deriving import worked_out_from
from wizard.wording.outline import Item, Section, entries, quoted
from wizard.wording.points import points_lines, sums_lines
from wizard.wording.resting import asking_sections
from wizard.wording.text import sentence

if TYPE_CHECKING:
    from wizard.report.book.browsing import Browsing


def question_parts(browsing: "Browsing", factor: Factor) -> tuple[Html, ...]:
    """A question: its answers, where it applies, who asks it, and what it rests on."""
    pathway = browsing.pathway
    asked = asking_sections(pathway, factor.id)
    told = asked or (Section("Asked by", ("No tree and no condition asks it.",)),)
    return (
        element("p", factor.question),
        *(element("p", each, class_="aside") for each in _about(browsing, factor)),
        *_answers(browsing, factor),
        *_applies(browsing, factor),
        *(_worked_out(browsing, factor) if isinstance(factor, DerivedFactor) else ()),
        *(section(each) for each in told),
        browsing.rests_on(factor.claims, factor.assumes),
    )


def _about(browsing: "Browsing", factor: Factor) -> Iterator[str]:
    if factor.help:
        yield factor.help
    match factor:
        case NumberFactor():
            number = "A whole number" if factor.whole else "A number"
            yield f"{number}, {with_unit(factor, f'{factor.minimum} to {factor.maximum}')}."
        case DerivedFactor():
            yield sentence(worked_out_from(browsing.pathway, factor))
        case MultiFactor():
            yield "Each member is present, absent or not known."
    if factor.not_done is not None:
        yield f"That it was not done is an answer: {factor.not_done}."
    if factor.fixed:
        yield "A fact that cannot change."
    if factor.record_only is not None:
        yield f"Recorded only: {factor.record_only}"


def _answers(browsing: "Browsing", factor: Factor) -> Iterator[Html]:
    own = named_values(factor)
    listed = tuple(
        Item(
            each.label,
            (
                *entries([each.help]),
                *quoted(browsing.cited(own[key].claims if key in own else ())),
            ),
            strong=True,
        )
        for key, each in {**own, **listed_answers(factor)}.items()
    )
    if listed:
        title = "Members" if isinstance(factor, MultiFactor) else "Answers"
        yield section(Section(title, items=listed))
    if isinstance(factor, MultiFactor) and factor.groups:
        yield section(Section("Groups", items=entries(groups_of_members(factor))))


def _applies(browsing: "Browsing", factor: Factor) -> Iterator[Html]:
    if factor.applies_when is not None:
        yield element("h4", "It applies where")
        yield browsing.tree(factor.applies_when, "it applies", "it does not")


def _worked_out(browsing: "Browsing", factor: DerivedFactor) -> Iterator[Html]:
    """How a derived factor comes to each of its values."""
    for value, rule in factor.rules.items():
        yield element("h4", f"{factor.values[value].label}: where it is worked out")
        yield browsing.tree(rule, "it is", "it is not")
    if factor.points:
        yield element("h4", "Points")
        factors = browsing.pathway.factors
        every = (
            Item(
                factor_label(factors[each.factor]),
                entries(points_lines(factors[each.factor], each)),
                about=f"factor:{each.factor}",
            )
            for each in factor.points
        )
        yield items(every)
        yield items(entries(sums_lines(factor)))
