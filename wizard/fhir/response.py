"""A case as the QuestionnaireResponse to its pathway's questionnaire."""

from collections.abc import Iterator
from typing import Final

from wizard.case.answers import (
    MULTI_NOT_DONE,
    NUMBER_NOT_DONE,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.fhir.elements import (
    Element,
    asked_unknown,
    choice_coding,
    number,
    text_extension,
)
from wizard.fhir.links import (
    ABSENT_REASON,
    ASKED_UNKNOWN,
    DIGEST,
    ONE_OF,
    RANGE,
    measured_link,
    member_link,
    none_link,
    not_done_link,
    questionnaire_url,
    step_link,
)
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.ranges import apart, range_words
from wizard.wording.text import clean

_NOT_KNOWN: Final = {"extension": [{"url": ABSENT_REASON, "valueCode": ASKED_UNKNOWN}]}
_YES: Final = {"answer": [{"valueBoolean": True}]}


def response(
    pathway: Pathway, answers: Answers, authored: str | None, *, complete: bool
) -> Element:
    """The answers as a QuestionnaireResponse that names nobody.

    `authored` is when they were given, in ISO 8601, None where that is not known; `complete` says
    that no question is left which could change anything.  What was not answered is left out.
    """
    steps = []
    for step in pathway.steps:
        given = [pathway.factors[name] for name in step.factors if name in answers]
        items = [item for factor in given for item in _items(pathway, factor, answers[factor.id])]
        if items:
            steps.append({"linkId": step_link(step.id), "text": clean(step.label), "item": items})
    return {
        "resourceType": "QuestionnaireResponse",
        "extension": [text_extension(DIGEST, pathway.digest)],
        "questionnaire": f"{questionnaire_url(pathway.id)}|{pathway.version}",
        "status": "completed" if complete else "in-progress",
        **({"authored": authored} if authored else {}),
        **({"item": steps} if steps else {}),
    }


def _items(pathway: Pathway, factor: Factor, answer: Answer) -> Iterator[Element]:
    """What is said of one factor; nothing where an answer says nothing of any member."""
    item: Element = {"linkId": factor.id, "text": clean(factor.question)}
    match factor:
        case MultiFactor():
            if said := _members(factor, answer):
                yield item | said
        case NumberFactor(not_done=None):
            yield item | _number(factor, answer)
        case NumberFactor():
            if answer == NUMBER_NOT_DONE:
                said = {"linkId": not_done_link(factor.id), "text": _not_done(factor), **_YES}
            else:
                said = item | {"text": clean(factor.label)} | _number(factor, answer)
            yield item | {"linkId": measured_link(factor.id), "item": [said]}
        case ChoiceFactor():
            yield item | _choice(pathway, factor, answer)


def _choice(pathway: Pathway, factor: ChoiceFactor, answer: Answer) -> Element:
    match answer:
        case ChoiceAnswer(values):
            chosen = [value for value in factor.values if value in values]
            groups = [each.id for each in factor.groups.values() if set(each.values) == values]
            if len(chosen) > 1 and not groups:
                return {
                    "extension": [
                        {"url": ONE_OF, "valueCoding": choice_coding(pathway, factor, value)}
                        for value in chosen
                    ]
                }
            code = chosen[0] if len(chosen) == 1 else groups[0]
            coding = choice_coding(pathway, factor, code)
        case Unknown(group=str(code)):
            coding = choice_coding(pathway, factor, code)
        case _:
            coding = asked_unknown()
    return {"answer": [{"valueCoding": coding}]}


def _members(factor: MultiFactor, answer: Answer) -> Element:
    if not isinstance(answer, MultiAnswer):
        return dict(_NOT_KNOWN)
    if answer == MULTI_NOT_DONE:
        link = not_done_link(factor.id)
        return {"item": [{"linkId": link, "text": _not_done(factor), **_YES}]}
    if factor.none_label is not None and answer.absent == frozenset(factor.members):
        link = none_link(factor.id)
        return {"item": [{"linkId": link, "text": clean(factor.none_label), **_YES}]}
    items = [
        {
            "linkId": member_link(factor.id, member.id),
            "text": clean(member.label),
            "answer": [{"valueBoolean": member.id in answer.present}],
        }
        for member in factor.members.values()
        if member.id in answer.present | answer.absent
    ]
    return {"item": items} if items else {}


def _number(factor: NumberFactor, answer: Answer) -> Element:
    match answer:
        case NumberAnswer(value):
            kind = "valueInteger" if factor.whole else "valueDecimal"
            return {"answer": [{kind: number(value)}]}
        case RangesAnswer(ranges):
            words = (range_words(factor, part) for part in apart(factor, ranges))
            return {"extension": [text_extension(RANGE, each) for each in words]}
        case _:
            return dict(_NOT_KNOWN)


def _not_done(factor: Factor) -> str:
    return clean(factor.not_done or "")
