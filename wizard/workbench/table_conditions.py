"""Rows of a table as conditions in a pathway file."""

from collections.abc import Iterable, Iterator, Mapping

from wizard.pathway.factors import NOT_DONE, ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.trees import AnyOf, Test
from wizard.workbench.table_words import test_words
from wizard.workbench.tables import Need, Way

_ALONE = frozenset({"any", "none"})


def way_text(way: Way, factors: Mapping[str, Factor]) -> str:
    """One way as a condition says it, with its claims."""
    return _map(list(_entries(way, factors)))


def _map(entries: Iterable[tuple[str, str]]) -> str:
    return f"{{{', '.join(f'{key}: {value}' for key, value in entries)}}}"


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"[{', '.join(words)}]"


def _entries(way: Way, factors: Mapping[str, Factor]) -> Iterator[tuple[str, str]]:
    """The entries of a map.  A key stands there once: what needs it again is put together."""
    denied: list[str] = []
    further: list[str] = []
    held = [name for name, holds in way.uses if holds]
    if held:
        yield "use", _list(held)
    for name in (name for name in factors if name in way.needs):
        values, refused = _of_factor(factors[name], way.needs[name])
        if values:
            yield name, values[0]
        further += [_map([(name, each)]) for each in values[1:]]
        denied += [_map([(name, each)]) for each in refused]
    denied += [_map([("use", name)]) for name, holds in way.uses if not holds]
    if denied:
        yield "not", _list(denied)
    if further:
        yield "at_least", f"{{of: {len(further)}, among: [{', '.join(further)}]}}"
    if way.claims:
        yield "claims", f"[{', '.join(way.claims)}]"


def _of_factor(factor: Factor, needs: Iterable[Need]) -> tuple[list[str], list[str]]:
    """What is needed of a factor: values that it has to have, and values that are denied.

    What is denied holds where the factor does not apply too, so that it serves beside a value
    that the factor has, and for a loose need.
    """
    own = list(needs)
    passed = [_words(factor, need.tests) for need in own if not (need.negated or need.loose)]
    failed = _lists(_words(factor, _denied(own, loose=False)))
    refused = _lists(_words(factor, _denied(own, loose=True)))
    if passed:
        values, refused = _together(factor, passed), [*failed, *refused]
    else:
        values = [f"{{not: {words}}}" for words in failed]
    for need in own:
        if need.loose and not need.negated:
            told = _lists(_words(factor, need.tests) or _every_word(factor))
            refused += [f"{{not: {each}}}" for each in told] if need.tests else told
    return values, refused


def _denied(needs: Iterable[Need], *, loose: bool) -> list[Test]:
    """The tests that must not be passed."""
    return [test for need in needs if need.negated and need.loose == loose for test in need.tests]


def _together(factor: Factor, passed: list[list[str]]) -> list[str]:
    """Lists of each of which one word has to hold; members that stand alone go into one `all`."""
    alone = [words[0] for words in passed if len(words) == 1]
    members = [word for word in alone if isinstance(factor, MultiFactor) and word in factor.members]
    if len(members) < 2:
        return [_list(words) for words in passed]
    others = [words for words in passed if len(words) > 1 or words[0] not in members]
    return [f"{{all: {_list(members)}}}", *map(_list, others)]


def _lists(words: Iterable[str]) -> list[str]:
    """Words in one list, but for those that may only stand alone."""
    told = list(words)
    several = [word for word in told if word not in _ALONE]
    return [*([_list(several)] if several else []), *(word for word in told if word in _ALONE)]


def _words(factor: Factor, tests: Iterable[Test]) -> list[str]:
    """The words of tests, each of them once."""
    several = list(tests)
    named = [name for test in several if isinstance(test, AnyOf) for name in test.members]
    merged: list[Test] = [AnyOf(tuple(dict.fromkeys(named)))] if named else []
    merged += [test for test in several if not isinstance(test, AnyOf)]
    return list(dict.fromkeys(word for test in merged for word in test_words(factor, test)))


def _every_word(factor: Factor) -> list[str]:
    """Words of which one holds wherever a factor applies."""
    not_done = [] if factor.not_done is None else [NOT_DONE]
    match factor:
        case ChoiceFactor():
            return list(factor.values)
        case MultiFactor():
            return ["any", *([] if factor.at_least else ["none"]), *not_done]
        case NumberFactor():
            return [f"below {factor.maximum:f}", f"from {factor.maximum:f}", *not_done]
