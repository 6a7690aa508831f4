"""JSON Schemas of conditions and trees, with the factors and the answers of one pathway."""

import re
from collections.abc import Iterable, Mapping

from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Value,
    ValueGroup,
    named_values,
)
from wizard.pathway.model import Pathway
from wizard.pathway.ranges import ANY_NUMBER, RANGE
from wizard.workbench.key_words import KEYS
from wizard.workbench.record_schema import (
    Schema,
    closed,
    list_of,
    one_kind,
    ref,
    shaped,
    told,
    whole,
    words,
)

_LEAVES = {
    "described": "The statement describes the option in these cases.",
    "not_described": "It does not describe it in these cases.",
}
_WHOLE: Schema = {"type": ["integer", "string"], "pattern": whole("-?[0-9]{1,4}")}


def rule_definitions(pathway: Pathway) -> dict[str, Schema]:
    """What conditions and trees are made of, by the name of the definition."""
    factors = [each for each in pathway.factors.values() if each.record_only is None]
    definitions = {
        "factor": words({each.id: each.question for each in factors}),
        "condition": one_kind(ref("way"), list_of(ref("way"), 1), words(["always"])),
        "way": _way(factors),
        "tree": one_kind(ref("node"), words(_LEAVES)),
        "node": _node(factors),
    }
    for factor in factors:
        definitions[f"test_{factor.id}"] = _test(factor)
        definitions[f"branches_{factor.id}"] = branches(factor, ref("tree"))
    return definitions


def points_schema(pathway: Pathway) -> Schema:
    """The points of a derived factor: by factor, a number for each branch."""
    asked = (each for each in pathway.factors.values() if each.record_only is None)
    return closed(
        {each.id: told(branches(each, _WHOLE), each.question) for each in asked}, minProperties=1
    )


def answer_words(factor: Factor) -> dict[str, str]:
    """The values, members and groups of a factor, each with what it means."""
    groups = factor.groups if isinstance(factor, ChoiceFactor | MultiFactor) else {}
    named: list[Value | ValueGroup] = [*named_values(factor).values(), *groups.values()]
    return {each.id: f"{each.label}. {each.help}".rstrip() for each in named}


def _tested(factor: Factor) -> dict[str, str]:
    """The answers that a rule may name: a group of all values tests nothing."""
    groups = factor.groups if isinstance(factor, ChoiceFactor | MultiFactor) else {}
    return {
        word: says
        for word, says in answer_words(factor).items()
        if word not in groups or not groups[word].whole
    }


def _none_of(factor: MultiFactor) -> dict[str, str]:
    return {} if factor.at_least else {"none": factor.none_label or "None of them is present."}


def _range(factor: NumberFactor) -> Schema:
    unit = f" {factor.unit}" if factor.unit else ""
    says = (
        f"{factor.minimum} to {factor.maximum}{unit}, written as below 20, up to 20, "
        f"20 to {'49' if factor.whole else 'below 50'}, from 50 or above 50"
    )
    return told({"anyOf": [shaped(rf"\s*(?:{RANGE})\s*"), *_beyond(factor)]}, says)


def _beyond(factor: NumberFactor) -> list[Schema]:
    if factor.not_done is None:
        return []
    return [words({NOT_DONE: factor.not_done, ANY_NUMBER: "It was measured."})]


# --- conditions ------------------------------------------------------------------------------


def _way(factors: Iterable[Factor]) -> Schema:
    """A mapping of which every entry holds."""
    own = {
        "claims": list_of(ref("claim"), 1),
        "use": one_kind(list_of(ref("shared_tree"), 1), ref("shared_tree")),
        "any": list_of(ref("way"), 1),
        "not": ref("condition"),
        "at_least": closed(
            {
                "of": told(_WHOLE, KEYS["of"]),
                "among": told(list_of(ref("condition"), 1), KEYS["among"]),
            },
            ("of", "among"),
        ),
    }
    says = {**KEYS, "at_least": "So many of several conditions must hold."}
    entries = {key: told(schema, says[key]) for key, schema in own.items()}
    tests = {each.id: told(ref(f"test_{each.id}"), each.question) for each in factors}
    return closed({**tests, **entries}, minProperties=1)


def _test(factor: Factor) -> Schema:
    """What may stand as the value of a factor in a condition."""
    if isinstance(factor, NumberFactor):
        word = _range(factor)
        return one_kind(_denied(_one_or_more(word)), list_of(word, 1), word)
    known = _tested(factor)
    if not isinstance(factor, MultiFactor):
        word = words(known)
        return one_kind(_denied(_one_or_more(word)), list_of(word, 1), word)
    alone = {"any": "Any of them is present.", **_none_of(factor)}
    word, several = words({**known, **alone}), list_of(words(known), 1)
    every = {"all": told(_one_or_more(words(known)), KEYS["all"])}
    denied = told(one_kind(closed(every, ("all",)), several, word), KEYS["not"])
    return one_kind(closed({**every, "not": denied}, minProperties=1), several, word)


def _denied(what: Schema) -> Schema:
    return closed({"not": told(what, KEYS["not"])}, ("not",))


def _one_or_more(word: Schema) -> Schema:
    return one_kind(list_of(word, 1), word)


# --- trees -----------------------------------------------------------------------------------


def _node(factors: Iterable[Factor]) -> Schema:
    """A question, a shared tree, or a leaf with claims."""
    end = {
        "ask": told(ref("factor"), KEYS["ask"]),
        "use": told(ref("shared_tree"), KEYS["use"]),
        "described": told(list_of(ref("claim"), 1), "Described, and claims for this way alone."),
    }
    asked = [
        {
            "if": {"properties": {"ask": {"const": each.id}}, "required": ["ask"]},
            "then": ref(f"branches_{each.id}"),
        }
        for each in factors
    ]
    return {
        "type": "object",
        "if": {"required": ["ask"]},
        "then": {"properties": {"ask": told(ref("factor"), KEYS["ask"])}, "allOf": asked},
        "else": closed(end, minProperties=1),
    }


def branches(factor: Factor, leaf: Schema) -> Schema:
    """The branches of a question: each key names answers, several with commas."""
    rest = {"ask": {}, "otherwise": told(leaf, KEYS["otherwise"])}
    if isinstance(factor, NumberFactor):
        beyond = {NOT_DONE: leaf, ANY_NUMBER: leaf} if factor.not_done else {}
        return closed({**rest, **beyond}, patternProperties={whole(RANGE): leaf})
    known = _tested(factor)
    none = _none_of(factor) if isinstance(factor, MultiFactor) else {}
    named = {word: told(leaf, says) for word, says in {**known, **none}.items()}
    return closed({**rest, **named}, patternProperties=_with_commas(known, leaf))


def _with_commas(known: Mapping[str, str], leaf: Schema) -> dict[str, Schema]:
    """Keys of two words or more; those of one have a schema, and a meaning, of their own."""
    word = "|".join(map(re.escape, known))
    return {whole(rf"(?:{word})(?:\s*,\s*(?:{word}))+"): leaf} if known else {}
