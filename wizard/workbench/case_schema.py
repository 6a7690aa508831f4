"""The JSON Schema of a case of one pathway: its answers, and what it expects."""

from collections.abc import Iterable, Mapping

from wizard.case.decisions import Choice
from wizard.case.expectation import REST, SETTINGS
from wizard.case.transitions import UNKNOWN_WORD, MemberState
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.model import Pathway, Status
from wizard.workbench.key_words import KEYS
from wizard.workbench.record_schema import (
    NOTHING_FITS,
    TEXT,
    Schema,
    closed,
    list_of,
    one_kind,
    ref,
    told,
    words,
)
from wizard.workbench.tree_schema import answer_words

_NULL: Schema = {"type": "null"}
_ANY_MAP: Schema = {"type": "object"}
_NOT_KNOWN = {UNKNOWN_WORD: "It is not known, as where the question is left out."}


def case_schema(pathway: Pathway) -> Schema:
    """The schema of cases/NAME.yaml."""
    answers = {
        each.id: told({"anyOf": [_answer(each), _NULL]}, each.question)
        for each in pathway.factors.values()
    }
    parts: dict[str, Schema] = {
        "pathway": words({pathway.id: pathway.title}),
        "version": TEXT,
        "digest": TEXT,
        "overlays": list_of(
            one_kind(
                closed(_explained({"id": TEXT, "version": TEXT, "digest": TEXT}), ("id",)), TEXT
            )
        ),
        "measures": closed(
            {
                each.id: told(_measure(), each.question)
                for each in pathway.factors.values()
                if isinstance(each, NumberFactor)
            }
        ),
        "title": TEXT,
        "vignette": TEXT,
        "answers": closed(answers),
        "aside": _ANY_MAP,
        "expect": _expectation(pathway),
        "standing": _ANY_MAP,
        "record": _record(pathway, answers),
        "log": list_of(_ANY_MAP),
    }
    return closed(_explained(parts), ("answers",))


def _measure() -> Schema:
    bound: Schema = {"type": "number"}
    return closed(_explained({"unit": TEXT, "min": bound, "max": bound}), ("unit",))


def _explained(parts: Mapping[str, Schema]) -> dict[str, Schema]:
    return {
        key: part if "description" in part else told(part, KEYS[key]) for key, part in parts.items()
    }


def _answer(factor: Factor) -> Schema:
    known = answer_words(factor)
    match factor:
        case DerivedFactor(may_be_answered=False):
            return NOTHING_FITS
        case ChoiceFactor():
            return one_kind(list_of(words(known), 1), words({**known, **_NOT_KNOWN}))
        case MultiFactor():
            members = named_values(factor)
            one = {member: known[member] for member in members}
            alone = {} if factor.at_least else {"none": factor.none_label or "None is present."}
            states = words(tuple(MemberState))
            said = closed({member: told(states, says) for member, says in one.items()})
            word = words({**one, **alone, **_NOT_KNOWN})
            return one_kind(said, list_of(words({**one, **alone})), word)
        case NumberFactor():
            number: Schema = {"type": ["number", "string"]}
            return one_kind(list_of(number, 1), number)


def _expectation(pathway: Pathway) -> Schema:
    options = pathway.options
    option, alerts = list_of(ref("option")), list_of(words({**_alerts(pathway)}))
    factors = list_of(words({each.id: each.question for each in pathway.factors.values()}))

    def by_option(of_one: Mapping[str, Schema]) -> Schema:
        return closed({name: told(of_one[name], options[name].label) for name in of_one})

    def names(known: Iterable[str]) -> Schema:
        return list_of(words(tuple(known)))

    statuses = words(tuple(Status))
    parts = {
        "described": option,
        "possible": by_option(dict.fromkeys(options, factors)),
        "not_described": one_kind(option, words([REST])),
        "alerts": alerts,
        "checks": alerts,
        "aims": by_option({name: names(each.aims_by_id) for name, each in options.items()}),
        "usual_settings": by_option(
            {name: words(SETTINGS) for name, each in options.items() if each.usual_setting}
        ),
        "statements": by_option(
            {
                name: closed(dict.fromkeys(each.statements, told(statuses, "Its status.")))
                for name, each in options.items()
            }
        ),
        "excluded_by": by_option({name: names(each.excludes) for name, each in options.items()}),
        "parked": factors,
    }
    needed = ("described", "possible", "not_described", "alerts", "checks")
    return closed(_explained(parts), needed)


def _record(pathway: Pathway, answers: Mapping[str, Schema]) -> Schema:
    """What a case keeps of the team's own decisions; the wizard writes it."""
    choice = words(tuple(Choice))
    said = one_kind(closed(_explained({"choice": choice, "reason": TEXT})), choice)
    factor = words({each.id: each.question for each in pathway.factors.values()})
    asked = {"factor": factor, "question": told(TEXT, "Words of the team."), "owner": TEXT}
    status = told(words(tuple(Status)), "Its status then.")
    standing = closed(
        {
            "version": told(TEXT, "The version of the pathway then."),
            "digest": told(TEXT, "The SHA-256 of the pathway's content then."),
            "options": told(closed(dict.fromkeys(pathway.options, status)), "Each option then."),
        }
    )
    options = closed({name: told(said, each.label) for name, each in pathway.options.items()})
    return closed(
        {
            "date": told(TEXT, "The day of the record: 2026-11-21."),
            "options": told(options, "What the team says of options."),
            "find_out": told(list_of(one_kind(closed(_explained(asked)), TEXT)), KEYS["find_out"]),
            "standing": told(standing, KEYS["standing"]),
            "answers": told(closed(answers), "The answers when the record was last changed."),
        }
    )


def _alerts(pathway: Pathway) -> dict[str, str]:
    return {each.id: each.title for each in pathway.alerts.values()}
