"""A pathway as a FHIR R4 Questionnaire, and what of the pathway it does not say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from wizard.fhir.conditions import enabled_when, unless
from wizard.fhir.elements import (
    Element,
    asked_unknown,
    choice_coding,
    claim_artifact,
    number,
    question_coding,
    source_artifact,
    text_extension,
)
from wizard.fhir.links import (
    CANNOT_SAY,
    CLAIM,
    DIGEST,
    NOTICE_LINK,
    SITE_CODE,
    SOURCE,
    help_link,
    measured_link,
    member_link,
    none_link,
    not_done_link,
    questionnaire_url,
    step_link,
)
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.model import Pathway
from wizard.record import NOTHING, Record
from wizard.wording.markup import escaped
from wizard.wording.notices import AUDIENCE, NO_NAMES, review_line
from wizard.wording.text import clean, joined

_STANDARD: Final = "http://hl7.org/fhir/StructureDefinition"
_CONTROL: Final = f"{_STANDARD}/questionnaire-itemControl"
_CONTROLS: Final = "http://hl7.org/fhir/questionnaire-item-control"
_DOWNWARDS: Final = {"url": f"{_STANDARD}/questionnaire-choiceOrientation", "valueCode": "vertical"}
SiteCodes = Mapping[tuple[str, str], Sequence[Element]]
"""By the system and the code of a coding of ours, a site's own codings of the same meaning."""


class Unsaid(Record):
    """Something of a pathway that a questionnaire does not say; `factor` is None for all of it."""

    factor: str | None
    why: str

    def about(self, pathway: Pathway) -> str:
        """The same, with the factor that it is about."""
        if self.factor is None:
            return self.why
        return f"{pathway.factors[self.factor].label} ({self.factor}): {self.why}"


def questionnaire(
    pathway: Pathway, site: SiteCodes = NOTHING
) -> tuple[Element, tuple[Unsaid, ...]]:
    """The questionnaire of a pathway, and what it does not say, which stands in it too.

    The codings of a site stand behind ours, wherever ours stand.
    """
    unsaid = tuple(_unsaid(pathway))
    writer = _Writer(pathway, site, unsaid)
    reviewed = pathway.reviewed is not None and not pathway.review_lapsed
    dates = {each.version: each.date for each in pathway.changes}
    base = pathway.extends
    derived = f"{questionnaire_url(base.pathway)}|{base.version}" if base else None
    return {
        "resourceType": "Questionnaire",
        "extension": [
            text_extension(DIGEST, pathway.digest),
            *(
                {"url": SOURCE, "valueRelatedArtifact": source_artifact(each)}
                for each in pathway.sources.values()
            ),
            *(
                text_extension(CANNOT_SAY, each.about(pathway))
                for each in unsaid
                if each.factor is None or not _is_asked(pathway.factors[each.factor])
            ),
        ],
        "url": questionnaire_url(pathway.id),
        "version": pathway.version,
        "name": "".join(part.capitalize() for part in pathway.id.split("_")),
        "title": clean(pathway.title),
        **({"derivedFrom": [derived]} if derived else {}),
        "status": "active" if reviewed else "draft",
        "experimental": not reviewed,
        **({"date": dates[pathway.version]} if pathway.version in dates else {}),
        "description": escaped(f"{review_line(pathway)} {AUDIENCE}"),
        "purpose": escaped(pathway.intended_use),
        "item": [
            {"linkId": NOTICE_LINK, "text": f"{NO_NAMES} {AUDIENCE}", "type": "display"},
            *writer.steps(),
        ],
    }, unsaid


# --- parts -----------------------------------------------------------------------------------


def _unsaid(pathway: Pathway) -> Iterator[Unsaid]:
    kinds = {type(each) for each in pathway.factors.values()}
    if ChoiceFactor in kinds:
        yield Unsaid(
            None,
            "That an answer is one of several values has no place in a form unless they are a "
            "group; a response that mdt-wizard writes has it in an extension.",
        )
    if NumberFactor in kinds:
        yield Unsaid(
            None,
            "That a number lies in a range has no place in a form; a response that mdt-wizard "
            "writes has it in an extension.",
        )
    for factor in pathway.factors.values():
        if isinstance(factor, DerivedFactor):
            why = "It is worked out from other answers, which a form does not do"
            answered = (
                "an answer to it counts instead" if factor.may_be_answered else "it is left out"
            )
            yield Unsaid(factor.id, f"{why}; {answered}.")
        if enabled_when(pathway, factor) is None and _is_asked(factor):
            why = "When it applies cannot be said by enableWhen: it stays enabled in every case."
            yield Unsaid(factor.id, why)


def _is_asked(factor: Factor) -> bool:
    return not isinstance(factor, DerivedFactor) or factor.may_be_answered


class _Writer(Record):
    """What every item is written from."""

    pathway: Pathway
    site: SiteCodes
    unsaid: tuple[Unsaid, ...]

    def steps(self) -> Iterator[Element]:
        """The groups of the steps that ask anything, each with its questions."""
        for step in self.pathway.steps:
            factors = [self.pathway.factors[each] for each in step.factors]
            items = [self._item(factor) for factor in factors if _is_asked(factor)]
            if items:
                text = clean(step.label)
                link = step_link(step.id)
                yield {"linkId": link, "text": text, "type": "group", "item": items}

    def _item(self, factor: Factor) -> Element:
        """The question of a factor, enabled where it applies as far as that can be said."""
        said = [
            text_extension(CANNOT_SAY, each.why) for each in self.unsaid if each.factor == factor.id
        ]
        rests = [*self._claims(factor.claims), *said]
        item: Element = {
            "linkId": factor.id,
            "code": self._question(factor.id, factor.label),
            "text": clean(factor.question),
        }
        when = enabled_when(self.pathway, factor) or {}
        within = _help(factor)
        match factor:
            case ChoiceFactor():
                rests = [_control("radio-button"), _DOWNWARDS, *rests]
                item |= {"type": "choice", **when, "answerOption": self._options(factor)}
            case MultiFactor():
                item |= {"type": "group", **when}
                within += self._members(factor)
            case NumberFactor(not_done=None):
                rests = [*_limits(factor), *rests]
                item |= {"type": _kind(factor), **when}
            case NumberFactor():
                inner = {"extension": _limits(factor), **item, "text": clean(factor.label)}
                inner |= {"type": _kind(factor), **unless(not_done_link(factor.id))}
                item = {"linkId": measured_link(factor.id), "text": item["text"], "type": "group"}
                item |= when
                within += [self._not_done(factor), inner]
        return {**_extended(rests), **item, **({"item": within} if within else {})}

    def _options(self, factor: ChoiceFactor) -> list[Element]:
        """The values and the groups of a choice, each with its claims and a site's own codes."""
        options = []
        for code in (*factor.values, *factor.groups):
            coding = choice_coding(self.pathway, factor, code)
            claims = factor.values[code].claims if code in factor.values else ()
            others = self.site.get((coding["system"], code), ())
            rests = [{"url": SITE_CODE, "valueCoding": each} for each in others]
            options.append({**_extended([*self._claims(claims), *rests]), "valueCoding": coding})
        return [*options, {"valueCoding": asked_unknown()}]

    def _members(self, factor: MultiFactor) -> Iterator[Element]:
        """Not looked for, none of these, and each member; each of the first two hides the rest."""
        ticked = []
        if factor.not_done is not None:
            yield self._not_done(factor)
            ticked.append(not_done_link(factor.id))
        if factor.none_label is not None:
            yield self._boolean(none_link(factor.id), factor.none_label, ticked)
            ticked.append(none_link(factor.id))
        for member in factor.members.values():
            yield self._boolean(
                member_link(factor.id, member.id), member.label, ticked, self._claims(member.claims)
            )

    def _not_done(self, factor: Factor) -> Element:
        return self._boolean(not_done_link(factor.id), factor.not_done or "", ())

    def _boolean(
        self, link: str, label: str, unticked: Iterable[str], claims: Sequence[Element] = ()
    ) -> Element:
        item = {"linkId": link, "code": self._question(link, label), "text": clean(label)}
        return {**_extended(claims), **item, "type": "boolean", **unless(*unticked)}

    def _question(self, link: str, label: str) -> list[Element]:
        own = question_coding(self.pathway, link, label)
        return [own, *self.site.get((own["system"], link), ())]

    def _claims(self, claims: Iterable[str]) -> list[Element]:
        return [
            {"url": CLAIM, "valueRelatedArtifact": claim_artifact(self.pathway, each)}
            for each in claims
        ]


def _extended(extensions: Sequence[Element]) -> Element:
    """The key of extensions, where there are any."""
    return {"extension": list(extensions)} if extensions else {}


def _kind(factor: NumberFactor) -> str:
    return "integer" if factor.whole else "decimal"


def _help(factor: Factor) -> list[Element]:
    """What a reader of the question may want to know, where there is anything."""
    named = named_values(factor)
    texts = [
        factor.help,
        *(f"{value.label}: {value.help}" for value in named.values() if value.help),
        factor.record_only or "",
    ]
    if isinstance(factor, ChoiceFactor):
        texts += [
            f"{each.label}: {joined([named[value].label for value in each.values], 'or')}, "
            f"and it is not known which. {each.help}"
            for each in factor.groups.values()
        ]
    text = clean(" ".join(texts))
    item = {"linkId": help_link(factor.id), "text": text, "type": "display"}
    return [{**_extended([_control("help")]), **item}] if text else []


def _control(code: str) -> Element:
    """How a form should show an item, as the standard has it."""
    coding = {"system": _CONTROLS, "code": code}
    return {"url": _CONTROL, "valueCodeableConcept": {"coding": [coding]}}


def _limits(factor: NumberFactor) -> list[Element]:
    """The unit and the bounds of a number, both included, as the standard has them."""
    kind = "valueInteger" if factor.whole else "valueDecimal"
    bounds: tuple[tuple[str, Decimal], ...] = (
        ("minValue", factor.minimum),
        ("maxValue", factor.maximum),
    )
    limits: list[Element] = [
        {"url": f"{_STANDARD}/{name}", kind: number(bound)} for name, bound in bounds
    ]
    if factor.unit:
        unit = {"url": f"{_STANDARD}/questionnaire-unit", "valueCoding": {"display": factor.unit}}
        limits.append(unit)
    return limits
