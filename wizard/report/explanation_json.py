"""Explanations as data, in the forms that the schema files of their names fix."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import repeat

from wizard.case.answers import ChoiceAnswer, MultiAnswer, NumberAnswer, RangesAnswer, Unknown
from wizard.case.raw import raw_answer
from wizard.case.transitions import MemberState
from wizard.pathway.factors import NOT_DONE, Factor, NumberFactor, named_values
from wizard.pathway.model import Pathway, Status
from wizard.pathway.ranges import apart, split_bound
from wizard.pathway.trees import BEYOND, Range
from wizard.reasoning.agreement import OptionAgreement
from wizard.reasoning.assessment import Cited
from wizard.reasoning.case_diff import CaseComparison, Moved
from wizard.reasoning.explanation import NearMiss, OptionExplanation
from wizard.reasoning.situation import Situation
from wizard.reasoning.value_sets import ValueSet
from wizard.reasoning.what_if import Alternative, WhatIf
from wizard.record import as_data
from wizard.report.as_json import (
    alerts_data,
    answers_data,
    cited_data,
    sources_data,
    stamp_data,
    stands_data,
)
from wizard.report.moment import Moment
from wizard.wording.concluding import conclusion_line
from wizard.wording.notices import notice

Data = dict[str, object]


def option_explanation_data(situation: Situation, moment: Moment, found: OptionExplanation) -> Data:
    """One option explained: option_explanation.schema.json."""
    option = situation.pathway.options[found.option]
    parts: Data = {
        "option": {"id": option.id, "label": option.label, "status": found.status.value},
        "reasons": _reasons(situation.pathway, found),
        "reasons_complete": found.reasons.complete,
        "why_not": [_miss(miss) for miss in found.near_misses],
        "changes": {
            "kept": list(found.kept),
            "released": [name for name in situation.pathway.factors if name in found.released],
            **{
                wanted.value: _changes(situation.pathway, found, wanted) for wanted in found.changes
            },
        },
        "agreement": _agreement(found.agreement),
    }
    return _whole(situation, moment, parts)


def case_explanation_data(situation: Situation, moment: Moment) -> Data:
    """The whole case: case_explanation.schema.json."""
    explained, now = situation.explained, situation.explained.conclusion
    parts: Data = {
        "conclusion": {
            "says": conclusion_line(now),
            **{name: list(options) for name, options in as_data(now).items()},
        },
        "questions": [
            {
                "factor": each.factor,
                "settles_at_least": each.least,
                "settles_at_most": each.most,
                "complete": each.complete,
            }
            for each in explained.questions
        ],
        "agreement": [
            {"option": each.option, **_agreement(each)} for each in explained.agreement.values()
        ],
    }
    return _whole(situation, moment, parts)


def what_if_data(situation: Situation, moment: Moment, found: Iterable[WhatIf]) -> Data:
    """Alternatives of factors: what_if.schema.json."""
    factors = [_what_if(situation, each) for each in found]
    return _whole(situation, moment, {"factors": factors})


def comparison_data(
    before: Situation, after: Situation, moment: Moment, found: CaseComparison
) -> Data:
    """Two cases side by side: case_comparison.schema.json."""
    return {
        **stamp_data(before.pathway, moment),
        "before": _case_data(before),
        "after": _case_data(after),
        "answers_that_differ": [move.factor for move in found.answers],
        "moved": _moved(found.moved),
        "sources": sources_data(before.pathway, before.today),
        "notice": notice(before.pathway),
    }


# --- parts -----------------------------------------------------------------------------------


def _whole(situation: Situation, moment: Moment, parts: Data) -> Data:
    return {
        **stamp_data(situation.pathway, moment),
        "answers": answers_data(situation.pathway, situation.answers),
        "alerts": alerts_data(situation.pathway, situation.assessment),
        **parts,
        "sources": sources_data(situation.pathway, situation.today),
        "notice": notice(situation.pathway),
    }


def _reasons(pathway: Pathway, found: OptionExplanation) -> list[Data]:
    return [
        {
            "factors": list(reason.factors),
            "answers": {
                name: raw_answer(pathway.factors[name], answer)
                for name, answer in reason.answers.items()
            },
            "widened": _values_of(pathway, reason.widened),
            "statements": list(carried.statements),
            "jointly": carried.jointly,
        }
        for reason, carried in zip(found.reasons.reasons, found.carriers, strict=True)
    ]


def _miss(miss: NearMiss) -> Data:
    return {
        "statement": miss.statement,
        "source": miss.source,
        **cited_data(miss.cited),
        "distance": miss.distance,
        "stopped_by": [list(reason.factors) for reason in miss.stopped_by.reasons],
        "complete": miss.stopped_by.complete,
    }


def _changes(pathway: Pathway, explained: OptionExplanation, wanted: Status) -> Data:
    found = explained.changes[wanted]
    described_by: Iterable[Mapping[str, Cited]] = repeat({})
    if wanted is Status.DESCRIBED:
        described_by = explained.described_by
    return {
        "nearest": [
            {
                "answers": _values_of(pathway, change.answers),
                "changed": list(change.changed),
                "found_out": list(change.found_out),
                "statements": [{"id": each, **cited_data(own[each])} for each in own],
            }
            for change, own in zip(found.changes, described_by, strict=False)
        ],
        "complete": found.complete,
        "at_least": found.at_least,
    }


def _agreement(agreed: OptionAgreement) -> Data:
    return {
        "documents": stands_data(agreed),
        "differ": {
            Status.DESCRIBED: "always",
            Status.POSSIBLE: "sometimes",
            Status.NOT_DESCRIBED: "never",
        }[agreed.differ],
        "alerts": list(agreed.alerts),
    }


def _what_if(situation: Situation, found: WhatIf) -> Data:
    factor = situation.pathway.factors[found.factor]
    return {
        "factor": factor.id,
        "fixed": factor.fixed,
        "now": raw_answer(factor, situation.answers.get(factor.id)),
        "alternatives": [_alternative(factor, each) for each in found.alternatives],
    }


def _alternative(factor: Factor, each: Alternative) -> Data:
    return {
        "answer": raw_answer(factor, each.answer),
        "values": None if isinstance(each.values, Unknown) else _values(factor, each.values),
        "moved": _moved(each.moved),
    }


def _moved(moved: Moved) -> Data:
    found = as_data(moved)
    return {"usual_settings" if part == "settings" else part: found[part] for part in found}


def _case_data(situation: Situation) -> Data:
    return {
        "answers": answers_data(situation.pathway, situation.answers),
        "options": {each.id: each.status.value for each in situation.assessment.options.values()},
        "alerts": alerts_data(situation.pathway, situation.assessment),
    }


def _values_of(pathway: Pathway, values: Mapping[str, ValueSet]) -> Data:
    return {name: _values(pathway.factors[name], each) for name, each in values.items()}


def _values(factor: Factor, values: ValueSet) -> object:
    """A list of values, a map of what is said of members, or the bounds of a range.

    A number that was not done stands in a list, alone or behind its ranges.
    """
    match values:
        case ChoiceAnswer(values=chosen):
            return [value for value in named_values(factor) if value in chosen]
        case MultiAnswer(present=present, absent=absent):
            said = dict.fromkeys(present, MemberState.PRESENT)
            said |= dict.fromkeys(absent, MemberState.ABSENT)
            return {member: said[member].value for member in named_values(factor) if member in said}
        case Range() | RangesAnswer() if isinstance(factor, NumberFactor):
            ranges = values.ranges if isinstance(values, RangesAnswer) else [values]
            data = [_range(factor, part) for part in apart(factor, ranges)]
            return data if len(data) > 1 or data == [NOT_DONE] else data[0]
        case _:
            raise TypeError(values)


def _range(factor: NumberFactor, part: Range) -> object:
    if part.low == BEYOND:
        return NOT_DONE
    high = None if part.high == BEYOND else part.high
    return dict((_bound(factor, part.low, "from", "above"), _bound(factor, high, "below", "up_to")))


def _bound(factor: Factor, bound: Decimal | None, at: str, above: str) -> tuple[str, object]:
    """A bound under the key that says on which side of its number it lies; null for none."""
    if bound is None:
        return at, None
    number, just_above = split_bound(bound)
    return above if just_above else at, raw_answer(factor, NumberAnswer(number))
