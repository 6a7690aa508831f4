"""The small elements that resources are put together from: plain dictionaries, as JSON has them."""

from decimal import Decimal
from typing import Any

from wizard.fhir.links import (
    ABSENT_SYSTEM,
    ASKED_UNKNOWN,
    answers_system,
    options_system,
    questions_system,
)
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.model import Option, Pathway
from wizard.pathway.sources import Source
from wizard.wording.markup import escaped
from wizard.wording.text import clean

Element = dict[str, Any]
"""A resource or a part of one."""


def number(value: Decimal) -> int | float:
    """A number of a pathway in JSON; all have few enough digits to stay exact."""
    return int(value) if value == value.to_integral_value() else float(value)


def text_extension(url: str, text: str) -> Element:
    """An extension that holds a text."""
    return {"url": url, "valueString": clean(text)}


def choice_coding(pathway: Pathway, factor: ChoiceFactor, code: str) -> Element:
    """A value or a group of values of a choice as a coding of its own code system."""
    named = factor.values.get(code) or factor.groups[code]
    return {
        "system": answers_system(pathway.id, factor.id),
        "version": pathway.version,
        "code": code,
        "display": clean(named.label),
    }


def asked_unknown() -> Element:
    """The coding of "not known" as an answer to a choice, with the display that HL7 gives it."""
    return {"system": ABSENT_SYSTEM, "code": ASKED_UNKNOWN, "display": "Asked But Unknown"}


def question_coding(pathway: Pathway, link: str, label: str) -> Element:
    """A question, or a member of a multi, as a coding; its code is its linkId."""
    return {
        "system": questions_system(pathway.id),
        "version": pathway.version,
        "code": link,
        "display": clean(label),
    }


def option_coding(pathway: Pathway, option: Option) -> Element:
    """An option as a coding."""
    return {
        "system": options_system(pathway.id),
        "version": pathway.version,
        "code": option.id,
        "display": clean(option.label),
    }


def claim_artifact(pathway: Pathway, claim: str) -> Element:
    """A claim as a RelatedArtifact: its id, what it says, and where the document says so."""
    found = pathway.claims[claim]
    source = pathway.sources[found.source]
    lines = f"line{'s' if set(found.lines) & set('-,') else ''} {found.lines.replace(',', ', ')}"
    return {
        "type": "citation",
        "label": claim,
        "display": clean(found.says),
        "citation": escaped(f"{source.short}, {found.section}, {lines}"),
    }


def source_artifact(source: Source) -> Element:
    """A document that a pathway rests on as a RelatedArtifact: its id, title and address."""
    stated = (source.publisher, source.date, f"SHA-256 {source.sha256}")
    return {
        "type": "derived-from",
        "label": source.id,
        "display": clean(source.title),
        "citation": escaped(", ".join(filter(None, (source.title, *stated)))),
        **({"url": source.url} if source.url else {}),
    }
